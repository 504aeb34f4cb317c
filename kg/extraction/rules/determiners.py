"""Articles that headlines leave out, without which the parser takes their verbs for nouns."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.rules.figures import Money
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.language import FUNCTION_WORDS
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.tokens import Piece


def lacks_article(
    found: Sequence[Piece], index: int, names: Sequence[Name], sums: Sequence[Money]
) -> bool:
    """Whether a headline's verb has a common noun after it: ``Leads $50M Round``, ``Strike Cloud Deal``."""
    if found[index].text not in words("names", "headline"):
        return False
    taken = [(n.start, n.end) for n in names]
    figures = [(m.start, m.end) for m in sums]
    nouns = 0
    for piece in found[index + 1 : index + 8]:
        if any(a <= piece.start < b for a, b in taken):
            return False
        if any(a <= piece.start < b for a, b in figures):
            continue
        word = piece.text.lower()
        if word in FUNCTION_WORDS or not word[0].isalpha() or word in ("worth", "led", "backed"):
            break
        nouns += 1
        if word.endswith("s") and not word.endswith("ss"):
            return False
    return nouns > 0
