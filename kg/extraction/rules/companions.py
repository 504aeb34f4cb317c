"""Those who act beside the one named first: ``X, along with Y, signed``, rewritten as ``X and Y signed``.

The small parser hangs ``along`` where it pleases, and Y is lost with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.rules.idioms import Item

_WAYS = (("along", "with"), ("alongside",))
_PLACED = frozenset({"in", "with", "from", "to", "of", "by", "for", "on", "and", "into", "or"})
_LISTING = frozenset({",", "and", "&"})
_LONGEST = 16


def beside_first(items: Sequence[Item]) -> list[Item]:
    """The items of a sentence, each companion of a doer joined to it by ``and``."""
    out = list(items)
    for at in range(len(items) - 4):
        way = _way_behind(items, at)
        if not way:
            continue
        begin = at + 2 + way
        end = _end(items, begin)
        if end is None:
            continue
        out[at + 1] = (*items[at + 1][:2], "", *items[at + 1][3:])
        out[at + 2] = (*items[at + 2][:2], "and", *items[at + 2][3:])
        for index in range(at + 3, begin):
            out[index] = (*items[index][:2], "", *items[index][3:])
        out[end] = (*items[end][:2], "", *items[end][3:])
    return out


def _way_behind(items: Sequence[Item], at: int) -> int:
    """How many words join another to the name at ``at``, who acts first in its clause; 0 where none do."""
    if items[at][3] is None or items[at + 1][2] != ",":
        return 0
    if at and items[at - 1][2].lower() in _PLACED:
        return 0
    if at > 1 and items[at - 1][2] == "," and items[at - 2][3] is not None:
        # "A, B, along with C": a list, of whatever it is
        return 0
    for way in _WAYS:
        told = tuple(i[2].lower() for i in items[at + 2 : at + 2 + len(way)])
        if told == way:
            return len(way)
    return 0


def _end(items: Sequence[Item], begin: int) -> int | None:
    """Where the comma stands that ends the companions, before a word in small letters; None if none does."""
    named = False
    for index in range(begin, min(begin + _LONGEST, len(items) - 1)):
        word = items[index][2]
        named = named or items[index][3] is not None
        after = items[index + 1]
        if word == "," and named and after[3] is None and after[2].islower():
            if after[2] in _LISTING or after[2] in ("which", "who", "whose", "a", "the"):
                continue
            return index
    return None
