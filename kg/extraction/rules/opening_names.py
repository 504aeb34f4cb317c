"""Words of every day that open a sentence as a name: ``Neptune was acquired``, ``Huge, a design firm, has``.

A noun that can be counted takes an article in English, and other words are no subject at all; so one
that stands bare before a verb of business, or is told who it is, is what somebody is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import islice

from kg.extraction.rules.frames import by_trigger
from kg.extraction.rules.language import (
    FUNCTION_WORDS,
    is_adjective,
    is_adverb,
    is_word,
    possible_lemmas,
)
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.tokens import Piece

_HELPING = frozenset(
    {"has", "had", "was", "is", "will", "would", "could", "may", "might", "did", "does"}
)
_BESIDES = frozenset({"also", "then", "now", "later", "recently", "soon", "itself", "first", "reportedly",
                      "already", "since", "just", "once", "initially", "quietly", "previously", "not", "to",
                      "have", "be", "been", "being"})  # fmt: skip
_MAKING = frozenset({"makes", "made", "sells", "sold", "builds", "built", "develops", "provides",
                     "competes", "employs", "operates"})  # fmt: skip
_SPEAKING = frozenset({"said", "says", "announced", "announces", "confirmed"})
_BEGIN_OBJECT = frozenset({"a", "an", "the", "its", "one", "two", "three", "about", "over", "more", "up",
                           "nearly", "almost", "some", "at", "in", "into", "with", "by", "from", "on",
                           "off", "for", "to", "money", "just", "around", "roughly", "and"})  # fmt: skip


def opens_as_name(found: Sequence[Piece], index: int) -> bool:
    """Whether the word at ``index``, which opens a sentence with a capital, is somebody's name there."""
    word = found[index].text
    lowered = word.lower()
    if not (word.isalpha() and word.istitle() and len(word) > 2) or lowered in FUNCTION_WORDS:
        return False
    if lowered in _bare() or (
        lowered.endswith(("s", "ed", "ly", "men")) and _is_inflected(lowered)
    ):
        return False
    rest = [p.text for p in islice(found, index + 1, index + 8)]
    if len(rest) < 3 or (rest[0].isalnum() and found[index + 1].start - found[index].end != 1):
        return False
    if rest[0] in ("'s", "’s") or (rest[0] == "and" and rest[1][0].isupper()):
        # "Neptune's backers", "Ghost and Cisco set up"
        return _is_noun(lowered) and not lowered.endswith("ing")
    if rest[0] == ",":
        return rest[1] in ("a", "an", "which", "whose") and not lowered.endswith(("ing", "ward"))
    if rest[0].lower() in _SPEAKING:
        return rest[1] in ("it", "its")
    if rest[0] in _HELPING:
        return _is_noun(lowered)
    if rest[0] in _MAKING:
        return _is_noun(lowered)
    told = [w for w in rest if w not in _BESIDES]
    if rest[0] in ("to", "not", "be", "been", "being", "have"):
        return False
    return len(told) > 1 and _is_finite(told[0]) and _begins_object(told[1])


@cache
def _bare() -> frozenset[str]:
    """Nouns that stand without an article, and what else opens a sentence before a verb."""
    times = frozenset(w.lower() for w in words("names", "month") | words("names", "day"))
    nouns = (
        times | words("names", "bare_noun") | words("names", "opener") | words("nouns", "company")
    )
    return nouns | words("nouns", "authority") | words("nouns", "part") | words("names", "office")


def _is_noun(word: str) -> bool:
    """Whether it is a noun among others, or no word that tells how or which: ``huge``, ``adept``."""
    return is_word(word) and not is_adverb(word)


def _is_inflected(word: str) -> bool:
    """``customers``, ``acquired``, ``newly``, not ``Cluely`` and ``Limitless``."""
    if word.endswith("ly"):
        return is_adverb(word) or is_adjective(word)
    if word.endswith(("ss", "us")):
        return False
    return is_word(word)


def _is_finite(word: str) -> bool:
    """``buys``, ``bought``: no infinitive, which a noun may be as well."""
    if not word.islower() or word.endswith(("er", "ers", "or", "ors", "ing", "ment")):
        return False
    lemmas = possible_lemmas(word) - {word, "be", "have", "do"}
    return any(("verb", lemma) in by_trigger() for lemma in lemmas)


def _begins_object(word: str) -> bool:
    nations = table("names")["nationality"]
    return (word[0].isupper() and word not in nations) or word[0] in "$€£¥" or word in _BEGIN_OBJECT
