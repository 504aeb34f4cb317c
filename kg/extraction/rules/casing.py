"""How an article spells its words: which of them are names by their capitals."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.rules.language import FUNCTION_WORDS, is_word
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.tokens import Piece


@dataclass(frozen=True, slots=True)
class Casing:
    """What an article's own spelling tells: words seen in small letters, words seen as names."""

    lower: frozenset[str]
    names: frozenset[str]


def is_namely(piece: Piece, position: int, casing: Casing, titled: bool) -> bool:
    """Whether a word, the first of its sentence at ``position`` 0, is spelt as a name is."""
    word = piece.text
    lowered = word.lower()
    if lowered == word or not (word[0].isalpha() and any(c.isupper() for c in word)):
        return False
    if position and lowered in table("headlines")["verbs"] and word not in casing.names:
        # "X to Acquire Y": a headline's verb
        return False
    if len(word) == 1 and word in "AI":
        return False
    bare = lowered.replace("’", "'").split("'")[0]
    if bare in FUNCTION_WORDS or word in ("Series", "SERIES"):
        return False
    if word in words("names", "month") or word in words("names", "day"):
        return False
    nations = table("names")["nationality"]
    if word in nations or (word.endswith("s") and word[:-1] in nations):
        # "Italian", "Italians", "Emiratis"
        return False
    if titled:
        return (not is_word(word) and not word.isupper()) or word in casing.names
    if position == 0:
        return word in casing.names or not (is_word(bare) or bare in casing.lower)
    return True
