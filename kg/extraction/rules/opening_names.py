"""Words of every day that open a sentence as a name: ``Neptune was acquired``, ``Huge, a design firm, has``.

A noun that can be counted takes an article in English, and other words are no subject at all; so one
that stands bare before a verb of business, or is told who it is, is what somebody is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from kg.extraction.rules.language import FUNCTION_WORDS, is_word, possible_lemmas
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.tokens import Piece

_HAVING = frozenset({"has", "had"})
_BEING = frozenset({"was", "is", "will", "would", "could", "may"})
_BESIDES = frozenset({"also", "then", "now", "later", "recently", "soon", "itself", "first", "reportedly",
                      "already", "since", "just", "once", "initially", "quietly", "previously", "not", "to",
                      "have", "be", "been", "being"})  # fmt: skip
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
    if lowered in _bare() or (lowered.endswith(("s", "ed", "ly", "men")) and is_word(lowered)):
        return False
    rest = [p.text for p in islice(found, index + 1, index + 8)]
    if len(rest) < 3 or (rest[0].isalnum() and found[index + 1].start - found[index].end != 1):
        return False
    if rest[0] == ",":
        return rest[1] in ("a", "an", "which", "whose") and not lowered.endswith(("ing", "ward"))
    if rest[0].lower() in _SPEAKING:
        return rest[1] in ("it", "its")
    told = [w for w in rest if w not in _BESIDES]
    if rest[0] in _HAVING | _BEING:
        told = [w for w in told if w not in _HAVING | _BEING]
        return bool(told) and _is_deal(told[0], rest[0] in _BEING) and told[0] in rest[:5]
    if rest[0] in ("to", "not", "be", "been", "being", "have"):
        return False
    return len(told) > 1 and _is_finite(told[0]) and _begins_object(told[1])


def _bare() -> frozenset[str]:
    """Nouns that stand without an article, and what else opens a sentence before a verb."""
    nouns = words("names", "bare_noun") | words("names", "opener") | words("nouns", "company")
    return nouns | words("nouns", "authority") | words("nouns", "part") | words("names", "office")


def _is_deal(word: str, passive: bool) -> bool:
    lemmas = possible_lemmas(word)
    verbs = words("names", "done_to_companies") | words("names", "done_by_companies")
    return bool(lemmas & verbs) or (passive and word in ("valued", "backed"))


def _is_finite(word: str) -> bool:
    """``buys``, ``bought``: no infinitive, which a noun may be as well."""
    if not word.islower() or word.endswith(("er", "ers", "or", "ors", "ing", "ment")):
        return False
    return bool((possible_lemmas(word) - {word}) & words("names", "done_by_companies"))


def _begins_object(word: str) -> bool:
    nations = table("names")["nationality"]
    return (word[0].isupper() and word not in nations) or word[0] in "$€£¥" or word in _BEGIN_OBJECT
