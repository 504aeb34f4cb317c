"""Lists whose members are parted by semicolons: ``in X, which makes robots; Y, a lab; and Z``.

The small parser takes each semicolon for the end of a clause; commas, and members without what
is told of them, it reads well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extraction.rules.figures import Money
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.tokens import Piece

_SEVERAL = 2


def semicolons(found: Sequence[Piece], names: Sequence[Name]) -> frozenset[int]:
    """Indices of those between members of a list: ``in X, which makes robots; Y, a lab; and Z``."""
    starts = {n.start for n in names if n.is_organisation}
    marks = [i for i, p in enumerate(found[:-2]) if p.text == ";"]
    if len(marks) < _SEVERAL:
        return frozenset()
    last = found[marks[-1] + 1]
    named = [found[i + 1].start in starts for i in marks[:-1]]
    closes = last.text == "and" and found[marks[-1] + 2].start in starts
    return frozenset(marks) if closes and all(named) else frozenset()


def told_of_members(
    text: str, marks: Sequence[int], names: Sequence[Name], sums: Sequence[Money]
) -> Iterator[tuple[int, int]]:
    """Places of what is told of each member before its semicolon, where it names nobody else, or whose people."""
    since = 0
    for mark in marks:
        before = [n for n in names if since <= n.start < mark and not n.is_place]
        whose = [n for n in before if text.startswith(", whose", n.end)]
        member = (whose or before)[-1:]
        if member and not any(member[0].end <= m.start < mark for m in sums):
            yield member[0].end, mark
        since = mark
