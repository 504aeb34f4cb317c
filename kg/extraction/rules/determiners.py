"""Articles that headlines leave out, and those of authorities, which mislead the parser about the words beside them."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.rules.figures import Money
from kg.extraction.rules.frames import by_trigger
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.headlines import third_person
from kg.extraction.rules.language import FUNCTION_WORDS
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.tokens import Piece


def lacks_article(
    found: Sequence[Piece], index: int, names: Sequence[Name], sums: Sequence[Money]
) -> bool:
    """Whether a headline's verb has a common noun after it: ``Leads $50M Round``, ``Strike Cloud Deal``."""
    if not _is_headline_verb(found, index):
        return False
    taken = [(n.start, n.end) for n in names]
    figures = [(m.start, m.end) for m in sums]
    nouns = 0
    for piece in found[index + 1 : index + 8]:
        if any(a <= piece.start < b for a, b in taken):
            return not nouns and _before_its_deal(found, piece, taken)
        if any(a <= piece.start < b for a, b in figures):
            continue
        word = piece.text.lower()
        if word in FUNCTION_WORDS or not word[0].isalpha() or word in ("worth", "led", "backed"):
            break
        nouns += 1
        gerund = word.endswith("ing") and ("noun", word) not in by_trigger()
        if gerund or (word.endswith("s") and not word.endswith("ss")):
            return False
    return nouns > 0


def _is_headline_verb(found: Sequence[Piece], index: int) -> bool:
    """``Rebuffs``, and ``Off`` of ``Calls Off``."""
    word = found[index].text
    if index > 1 and word.lower() in _PARTICLES:
        word = found[index - 1].text
    elif index + 1 < len(found) and found[index + 1].text.lower() in _PARTICLES:
        return False
    if word in words("names", "headline"):
        return True
    return third_person(word.lower(), table("headlines")["title_verbs"]) is not None


_PARTICLES = frozenset({"off", "out", "up", "down", "back", "away"})


def _before_its_deal(
    found: Sequence[Piece], first: Piece, taken: Sequence[tuple[int, int]]
) -> bool:
    """``Calls Off Y Purchase``: the name goes before the noun for what is done with it."""
    ends = next(b for a, b in taken if a <= first.start < b)
    after = next((p for p in found if p.start >= ends), None)
    told = words("nouns", "deal") | words("nouns", "round") | words("nouns", "case")
    return after is not None and after.text.lower() in told | {"bid", "offer", "stake", "purchase"}


def articles_of_authorities(found: Sequence[Piece], names: Sequence[Name]) -> set[int]:
    """Index of ``the`` in ``the CMA imposed``, ``the FTC's``: to the parser "the Google" is half of a noun."""
    starts = {n.start: n for n in names if n.is_authority}
    out = set[int]()
    for index, piece in enumerate(found[:-1]):
        if piece.text != "the" or (name := starts.get(found[index + 1].start)) is None:
            continue
        after = next((p.text for p in found[index + 2 :] if p.start >= name.end), ".")
        if after in _DOING or after.endswith("ed"):
            out.add(index)
    return out


_DOING = frozenset(
    {"said", "says", "also", "has", "had", "is", "was", "will", "would", "may", "can", "could"}
    | {"'s", "’s", "did", "does", "should", "might", "must", "then", "now", "later", "first"}
)
