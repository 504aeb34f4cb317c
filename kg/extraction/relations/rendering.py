"""A sentence as the classifier reads it: plain words, every name replaced by a word for its sort.

Names are hidden on purpose. What a classifier could learn of them (Microsoft invests, the
FTC investigates) holds for those it has seen and misleads it on the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extraction.relations.mentions import Mention, Sort, references, sort_of
from kg.extraction.rules.figures import Money
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.tokens import Piece

MOST_WORDS = 100
MOST_MENTIONS = 14


@dataclass(frozen=True, slots=True)
class Rendered:
    """``words`` of the sentence and its ``mentions``, the i-th at word ``places[i]``.

    The last mention is the topic of what came before, at place -1.
    """

    words: tuple[str, ...]
    mentions: tuple[Mention, ...]
    places: tuple[int, ...]


def render(
    pieces: Sequence[Piece], names: Sequence[Name], sums: Sequence[Money], start: int
) -> Rendered:
    """The sentence with these pieces, names and sums; ``start`` is where it begins in the article."""
    fixed = [Mention(n.start, n.end, sort_of(n), name=n) for n in names]
    fixed += [Mention(m.start, m.end, Sort.MONEY, money=m) for m in sums]
    fixed.sort(key=lambda m: m.start)
    referring = references(pieces, [(m.start, m.end) for m in fixed])
    ends = {m.end: m for m in referring}
    text: list[str] = []
    mentions: list[Mention] = []
    places: list[int] = []
    after = 0
    for piece in pieces:
        while after < len(fixed) and fixed[after].end <= piece.start:
            after += 1
        here = fixed[after] if after < len(fixed) else None
        if here is not None and here.start < piece.end and piece.start < here.end:
            if not mentions or mentions[-1] is not here:
                text.append(here.sort.value)
                mentions.append(here)
                places.append(len(text) - 1)
            continue
        text.append(piece.text.lower())
        if piece.end in ends:
            mentions.append(ends[piece.end])
            places.append(len(text) - 1)
    kept = [
        (m, p)
        for m, p in zip(mentions, places, strict=True)
        if p < MOST_WORDS and m.sort is not Sort.PLACE
    ]
    if len(kept) > MOST_MENTIONS:
        kept = _fewer(kept)
    topic = Mention(start, start, Sort.TOPIC)
    return Rendered(
        tuple(text[:MOST_WORDS]),
        (*(m for m, _ in kept), topic),
        (*(p for _, p in kept), -1),
    )


def _fewer(kept: list[tuple[Mention, int]]) -> list[tuple[Mention, int]]:
    """Leave out references first, then what comes last."""
    named = [k for k in kept if k[0].sort is not Sort.REFERENCE]
    chosen = named[:MOST_MENTIONS]
    rest = [k for k in kept if k[0].sort is Sort.REFERENCE][: MOST_MENTIONS - len(chosen)]
    return sorted(chosen + rest, key=lambda k: k[1])


_THINGS = frozenset({Sort.MODEL, Sort.PRODUCT})
_OFFICES = frozenset({Sort.REGULATOR, Sort.GOVERNMENT})


def pairs(rendered: Rendered) -> list[tuple[int, int]]:
    """Indices of the mentions that may be related, the first mention first, the topic before all."""
    n = len(rendered.mentions)
    order = [n - 1, *range(n - 1)]
    found = []
    for a, i in enumerate(order):
        for j in order[a + 1 :]:
            if may_relate(rendered.mentions[i], rendered.mentions[j]):
                found.append((i, j))
    return found


def may_relate(one: Mention, other: Mention) -> bool:
    """Whether some relation can hold between mentions of these sorts."""
    both = {one.sort, other.sort}
    if one.name is not None and other.name is not None and one.name.name == other.name.name:
        return False
    if Sort.MONEY in both:
        return len(both) == 2 and not both & (_THINGS | {Sort.TOPIC, Sort.PERSON})
    if both <= _THINGS or both <= _OFFICES or both == {Sort.PERSON}:
        return False
    if Sort.TOPIC in both and Sort.REFERENCE in both:
        return False
    return both not in ({Sort.PERSON, Sort.REGULATOR}, {Sort.REFERENCE})
