"""The life of a relationship: the steps it took, each once, in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.dates import earliest, span
from kg.model import Modality, Resolved, Status

_PROGRESS = {status: i for i, status in enumerate(Status)}
_MAY_LIE_AHEAD = frozenset(
    {
        Status.ANNOUNCED,
        Status.AGREED,
        Status.INTENDED,
        Status.INFORMATION_REQUESTED,
        Status.REVIEWING,
        Status.OPENED,
    }
)
"""Statuses that a plan or a rumour reaches by being told; others only by coming about."""
_CALLED_OFF = frozenset({Status.TERMINATED, Status.DIVESTED, Status.ENDED, Status.DROPPED})


@dataclass(frozen=True, slots=True)
class Step:
    """A dated point in the life of a relationship."""

    status: Status
    date: str | None
    stated_by: tuple[str, ...]


def steps_of(reports: Sequence[Resolved]) -> tuple[Step, ...]:
    """The steps that the reports tell of, however often each is told, in their order.

    A less exact date, or none, tells of the step that is dated more exactly where there is
    one. A step without a date took place by its first report. What could come about, or is
    denied, is no step: "could be blocked" leaves a review where it was.
    """
    by_status: dict[Status, list[Resolved]] = defaultdict(list)
    for resolved in _that_happened(reports):
        if resolved.statement.status:
            by_status[resolved.statement.status].append(resolved)
    found = []
    for status, told in by_status.items():
        for date, of in _occurrences(told).items():
            first = earliest([r.published for r in of if r.published])
            when = date or first
            order = (span(when)[1].isoformat() if when else "", _PROGRESS[status], date or "")
            found.append((order, Step(status, date, tuple(sorted(r.statement.id for r in of)))))
    return tuple(step for _, step in sorted(found, key=lambda f: f[0]))


def _that_happened(reports: Sequence[Resolved]) -> list[Resolved]:
    modalities = {r.statement.modality for r in reports}
    if Modality.ASSERTED not in modalities:
        denied = modalities == {Modality.DENIED}
        return [r for r in reports if denied or _counts(r, asserted=False)]
    return [r for r in reports if _counts(r, asserted=True)]


def _counts(resolved: Resolved, *, asserted: bool) -> bool:
    modality, status = resolved.statement.modality, resolved.statement.status
    if modality is Modality.ASSERTED:
        return True
    if modality is Modality.DENIED:
        return status in _CALLED_OFF
    return not asserted or status in _MAY_LIE_AHEAD


def _occurrences(told: Sequence[Resolved]) -> dict[str | None, list[Resolved]]:
    """Reports of one status by the date of the step, the most exact dates first."""
    found: dict[str | None, list[Resolved]] = {}
    dates = {r.statement.date for r in told if r.statement.date}
    stands_for: dict[str, str] = {}
    for exact in sorted(dates, key=lambda d: (-len(d), d)):
        within = (d for d in sorted(found, key=str) if d and _contains(exact, d))
        stands_for[exact] = next(within, exact)
        found.setdefault(stands_for[exact], [])
    for resolved in told:
        date = resolved.statement.date
        at: str | None = stands_for[date] if date else _by_then(found, resolved)
        found.setdefault(at, []).append(resolved)
    return found


def _contains(date: str, exact: str) -> bool:
    return span(date)[0] <= span(exact)[0] and span(exact)[1] <= span(date)[1]


def _by_then(found: dict[str | None, list[Resolved]], resolved: Resolved) -> str | None:
    """The last dated step before an undated report; the only one if that has no date either."""
    dates = sorted((d for d in found if d), key=lambda d: span(d))
    if not resolved.published:
        return dates[0] if len(dates) == 1 else None
    limit = span(resolved.published)[1]
    before = [d for d in dates if span(d)[0] <= limit]
    return before[-1] if before else None
