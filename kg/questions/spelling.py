"""Misspelt words: only looked at where a question was not understood as it stands.

A correction is made if exactly one known word or name is near enough, and told in the
answer. Short words must not change a letter into another (*hate* is not a way to write
*have*), only miss, double or swap one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.names import fold
from kg.questions.lexicon import Lexicon
from kg.questions.segments import Segment
from kg.questions.tokens import Word, even
from kg.records import Catalogue

_LONG = 7


def corrections(
    left: Sequence[Segment], words: Sequence[Word], lexicon: Lexicon, catalogue: Catalogue
) -> dict[int, str]:
    """Word positions with what should stand there; empty unless every unknown word has one.

    A short word beside others is left as it is: it may belong to a name (*mistrl ai*).
    """
    found: dict[int, str] = {}
    names: list[str] | None = None
    for segment in left:
        word = words[segment.start]
        if word.key in lexicon.data["misspelt"]:
            found[segment.start] = lexicon.data["misspelt"][word.key]
            continue
        if len(word.key) < 4 and word.key.isalpha() and len(left) > 1:
            continue  # perhaps part of a name that another word is
        if len(word.key) < 4 or word.key in lexicon.data["unlike"]:
            return {}
        if not word.key.replace("-", "").isalpha():
            return {}
        near = _nearest(word.key, lexicon.words, lexicon)
        if near is None:
            names = names if names is not None else [n for n, _ in catalogue.names()]
            near = _nearest(fold(word.text), names)
        if near is None:
            return {}
        found[segment.start] = near
    return found


def _nearest(word: str, known: Iterable[str], lexicon: Lexicon | None = None) -> str | None:
    from rapidfuzz.distance import OSA, Levenshtein

    limit = 2 if len(word) >= _LONG else 1
    near = []
    for other in dict.fromkeys(known):
        if abs(len(other) - len(word)) > limit or len(other) < 4 or _opposite(word, other):
            continue
        distance = OSA.distance(word, other, score_cutoff=limit)
        if distance > limit:
            continue
        changed = any(e.tag == "replace" for e in Levenshtein.editops(word, other))
        if len(word) < _LONG and changed and sorted(word) != sorted(other):
            continue
        near.append((distance, not other.startswith(word), other))
    near.sort()
    if not near:
        return None
    best = [other for *far, other in near if far == list(near[0][:2])]
    alike = all(
        _same(best[0], o) or (lexicon and _mean_the_same(best[0], o, lexicon)) for o in best
    )
    return best[0] if alike else None


def _mean_the_same(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether two words have the same readings: ``rumors`` and ``rumours``."""
    senses = lexicon.senses(one)
    return bool(senses) and senses == lexicon.senses(other)


def _opposite(one: str, other: str) -> bool:
    """Whether one word denies the other: ``indirectly`` is no way to write ``directly``."""
    short, long = sorted((one, other), key=len)
    return any(long == prefix + short for prefix in ("in", "un", "im", "ir", "non", "dis"))


def _same(one: str, other: str) -> bool:
    """Whether two words are forms of one: ``invest`` and ``invests``."""
    short, long = sorted((even(one), even(other)), key=len)
    return long.startswith(short) and len(long) - len(short) <= 2
