"""Misspelt words: only looked at where a question was not understood as it stands.

A correction is made if it alone, of the known words and names that are near enough, makes
sense in the question, and told in the answer. Short words must not change a letter into
another (*hate* is not a way to write *have*), only miss, double or swap one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from kg.names import fold
from kg.questions.lexicon import Lexicon
from kg.questions.segments import Segment
from kg.questions.tokens import Word, even
from kg.records import Catalogue

_LONG = 7
_MOST = 12
"""Ways to correct a question that are tried."""


def corrections(
    left: Sequence[Segment], words: Sequence[Word], lexicon: Lexicon, catalogue: Catalogue
) -> list[dict[int, str]]:
    """Ways to correct: word positions with what should stand there; none unless every unknown word has one.

    A short word beside others is left as it is: it may belong to a name (*mistrl ai*).
    """
    found: dict[int, list[str]] = {}
    names: dict[str, None] | None = None
    for segment in left:
        word = words[segment.start]
        if word.key in lexicon.data["misspelt"]:
            found[segment.start] = [lexicon.data["misspelt"][word.key]]
            continue
        if len(word.key) < 4 and word.key.isalpha() and len(left) > 1:
            continue  # perhaps part of a name that another word is
        if len(word.key) < 4 or word.key in lexicon.data["unlike"]:
            return []
        if not word.key.replace("-", "").isalpha():
            return []
        distance, near = _nearest(word.key, (*lexicon.words, *lexicon.data["months"]), lexicon)
        if distance > 1 or word.capital:
            names = _names(catalogue) if names is None else names
            if fold(word.text) in names:
                continue  # part of a name, of which another word is misspelt
            far, named = _nearest(fold(word.text), names, vowels=word.capital)
            near = near if distance < far else named if far < distance else [*near, *named]
        if not near:
            return []
        month = word.capital and near[0] in lexicon.data["months"]
        found[segment.start] = [n.title() for n in near] if month else near
    ways = [dict(zip(found, way, strict=True)) for way in product(*found.values())]
    return ways if found and len(ways) <= _MOST else []


def _names(catalogue: Catalogue) -> dict[str, None]:
    """The names of the store and the longer words in them."""
    names = [n for n, _ in catalogue.names()]
    return dict.fromkeys([*names, *(w for n in names for w in n.split() if len(w) > _LEAST)])


_FAR = 9.0
_VOWELS = frozenset("aeiouy")


def _nearest(
    word: str, known: Iterable[str], lexicon: Lexicon | None = None, *, vowels: bool = False
) -> tuple[float, list[str]]:
    """The words that a word may stand for, and how far they are: several, if they are as near.

    A vowel for another, and letters that changed places, count less than other slips;
    ``vowels`` allows the former in short words too.
    """
    from rapidfuzz.distance import OSA, Levenshtein

    limit = 2 if len(word) >= _LONG else 1
    near: list[tuple[float, bool, bool, str]] = []
    for other in dict.fromkeys(known):
        if abs(len(other) - len(word)) > limit or len(other) < 4 or _opposite(word, other):
            continue
        distance: float = OSA.distance(word, other, score_cutoff=limit)
        if distance > limit:
            continue
        swaps = [e for e in Levenshtein.editops(word, other) if e.tag == "replace"]
        changed = bool(swaps) and sorted(word) != sorted(other)
        vowel = changed and all(
            {word[e.src_pos], other[e.dest_pos]} <= _VOWELS and e.src_pos for e in swaps
        )
        short = len(word) < _LONG and changed and not (vowel and vowels and len(word) > _LEAST)
        nearer = 0.5 * (vowel and not short) + 0.1 * (sorted(word) == sorted(other))
        near.append((distance - nearer, short, not other.startswith(word), other))
    near.sort(key=lambda n: (n[0], n[2], n[1], n[3][-1] != word[-1], n[3]))
    if not near or near[0][1]:
        return _FAR, []
    best = [n[3] for n in near if (n[0], n[2]) == (near[0][0], near[0][2])]
    alike = [
        w
        for i, w in enumerate(best)
        if not (lexicon and any(_mean_the_same(w, b, lexicon) for b in best[:i]))
    ]
    return near[0][0], alike[:_EACH]


_EACH = 3
"""Words that are tried for one."""
_LEAST = 4
"""Letters that a name must exceed for a vowel of it to be mistaken."""


def _mean_the_same(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether two words have the same readings: ``rumors`` and ``rumours``."""
    senses = lexicon.senses(one)
    return bool(senses) and senses == lexicon.senses(other)


def _opposite(one: str, other: str) -> bool:
    """Whether one word denies the other: ``indirectly`` is no way to write ``directly``."""
    short, long = sorted((one, other), key=len)
    return any(long == prefix + short for prefix in ("in", "un", "im", "ir", "non", "dis"))


def forms_of_one(one: dict[int, str], other: dict[int, str]) -> bool:
    """Whether two ways to correct a question differ in forms of the same words: *clear*, *cleared*."""
    return all(_same(word, other[at]) for at, word in one.items())


def _same(one: str, other: str) -> bool:
    """Whether two words are forms of one: ``invest`` and ``invests``."""
    short, long = sorted((even(one), even(other)), key=len)
    return long.startswith(short) and len(long) - len(short) <= 2
