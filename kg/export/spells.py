"""When an edge exists: the dates of its relationships as spells that do not overlap.

Gephi refuses overlapping intervals and wants whole days, so ``2024`` begins on its first
day and ends on its last, and spells that meet or touch are one. An open end is None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.dates import span
from kg.export.errors import ExportError

if TYPE_CHECKING:
    from kg.export.view import Edge

Spell = tuple[str | None, str | None]
"""First and last day (``YYYY-MM-DD``, both included); None where open."""

_DAY: Final = dt.timedelta(days=1)


def spells(periods: Iterable[tuple[str | None, str | None]]) -> tuple[Spell, ...]:
    """Merge (start, end) pairs of ISO 8601 dates, reduced precision allowed.

    No spell at all means that the edge always exists: so it is when one of the periods is
    open at both ends. A period that ends before it starts says nothing and counts as open.
    Raises ValueError for a text that is not a date.
    """
    bounds = []
    for period in periods:
        first, last = _bounds(*period)
        if first == dt.date.min and last == dt.date.max:
            return ()
        bounds.append((first, last))
    if len(bounds) == 1:
        return (_text(*bounds[0]),)
    bounds.sort()
    merged: list[tuple[dt.date, dt.date]] = []
    for first, last in bounds:
        if merged and (merged[-1][1] == dt.date.max or first <= merged[-1][1] + _DAY):
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    if merged == [(dt.date.min, dt.date.max)]:
        return ()
    return tuple(_text(first, last) for first, last in merged)


def edge_spells(edge: Edge) -> tuple[Spell, ...]:
    """The spells of an edge. Raises ExportError, which names it, for a text that is no date."""
    try:
        return spells((data.get("start"), data.get("end")) for _, data in edge.members)
    except ValueError as error:
        ids = ", ".join(str(key) for key, _ in edge.members)
        raise ExportError(
            f"relationship {ids} ({edge.source} to {edge.target}): {error}; mend it at its source"
        ) from error


@lru_cache(maxsize=4096)
def _bounds(start: str | None, end: str | None) -> tuple[dt.date, dt.date]:
    first = span(start)[0] if start else dt.date.min
    last = span(end)[1] if end else dt.date.max
    return (first, last) if first <= last else (dt.date.min, dt.date.max)


@lru_cache(maxsize=4096)
def _text(first: dt.date, last: dt.date) -> Spell:
    return (
        None if first == dt.date.min else first.isoformat(),
        None if last == dt.date.max else last.isoformat(),
    )
