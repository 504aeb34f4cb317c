"""Which statements of one authority and one party, or of two litigants, are about one case.

A case is told by what it *concerns*, the further parties that a report names, and by its
*course*: intended, information requested, looked into, opened, decided. A course takes
years, so that no window of days tells two cases apart; what does is that a case which has
ended does not go on, and that one under way does not begin again:

* Reports that name further parties are of one *matter* if each two of them share one.
* Within a matter, in the order of time, a new case begins ``WINDOW`` days or more after the
  last one ended; with a first step (intended, information requested, opened, sued) that
  falls behind what had been reached, ``WINDOW`` days or more after the last report; and
  with a first step more than ``YEAR`` days after it.
* A report that names no further party belongs to the one case that was in the news within
  ``WINDOW`` days of it, or else was under way; where there is none or more than one, such
  reports make up cases among themselves by the same rule.

The time of a report is the date it states, else that of its publication.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from kg.dates import span
from kg.model import Kind, Modality, Resolved, Status

PROCEEDINGS = frozenset({Kind.SCRUTINY, Kind.LITIGATION})
WINDOW = 120
"""Days within which a report is still about a case that was last heard of, or has ended."""
NEAR = 31
"""Days within which a decision that names no party is that of a case in the news."""
YEAR = 366
"""Days after which a first step begins a new case, though nothing ended the last one."""

ENDS = frozenset({Status.CLEARED, Status.CLEARED_WITH_CONDITIONS, Status.BLOCKED, Status.DROPPED})
"""Steps after which a case does not go on."""
_STAGE = {
    Status.INTENDED: 0,
    Status.INFORMATION_REQUESTED: 1,
    Status.REVIEWING: 1,
    Status.OPENED: 2,
    Status.SUED: 3,
}
_DECIDED = 4


def parties(resolved: Resolved) -> frozenset[str]:
    """The entities that a case concerns beside its two ends."""
    named = frozenset(e for role, e in resolved.participants if role == "party")
    return named - {resolved.subject, resolved.object}


def courses(block: Sequence[Resolved]) -> list[list[Resolved]]:
    """The statements of one block, gathered by the case they are about."""
    cases = [case for matter in _matters(block) for case in _in_time(matter)]
    rest = []
    joined: list[tuple[list[Resolved], Resolved]] = []
    for resolved in block:
        if parties(resolved):
            continue
        case = _the_one(cases, resolved)
        if case is None:
            rest.append(resolved)
        else:
            joined.append((case, resolved))
    for case, resolved in joined:
        case.append(resolved)
    return [*cases, *_in_time(rest)]


def _matters(block: Sequence[Resolved]) -> list[list[Resolved]]:
    """Reports that name further parties, by what they concern."""
    told: dict[frozenset[str], list[Resolved]] = defaultdict(list)
    for resolved in block:
        if concerned := parties(resolved):
            told[concerned].append(resolved)
    matters: list[list[frozenset[str]]] = []
    for concerned in sorted(told, key=lambda c: (len(c), sorted(c))):
        fitting = (m for m in matters if all(concerned & other for other in m))
        matter = next(fitting, None)
        if matter is None:
            matters.append([concerned])
        else:
            matter.append(concerned)
    return [[r for concerned in matter for r in told[concerned]] for matter in matters]


def _in_time(matter: Sequence[Resolved]) -> list[list[Resolved]]:
    """One matter, or what names no matter, divided into cases by their course."""
    timed = sorted(
        ((when, _stage(r), r.statement.id, r) for r in matter if (when := _when(r))),
        key=lambda t: t[:3],
    )
    timeless = [r for r in matter if _when(r) is None]
    cases: list[list[Resolved]] = []
    ended: dt.date | None = None
    last = dt.date.min
    reached = 0
    for when, stage, _, resolved in timed:
        if not cases or _begins_anew(resolved, (when - last).days, reached, ended, when):
            cases.append([])
            ended, reached = None, 0
        cases[-1].append(resolved)
        last = when
        if resolved.statement.modality is Modality.ASSERTED:
            reached = max(reached, stage)
            if resolved.statement.status in ENDS:
                ended = ended or when
    if timeless and len(cases) == 1:
        cases[0] += timeless
    elif timeless:
        cases.append(timeless)
    return cases


def _begins_anew(
    resolved: Resolved, since: int, reached: int, ended: dt.date | None, when: dt.date
) -> bool:
    """Whether a report is of another case than the one before it, ``since`` days ago."""
    if ended is not None:
        return (when - ended).days > WINDOW
    if since <= WINDOW or not _is_first_step(resolved):
        return False
    if resolved.statement.modality is Modality.DENIED or since > YEAR:
        return True
    return _stage(resolved) < reached and not _goes_on(resolved)


def _is_first_step(resolved: Resolved) -> bool:
    """Whether a report tells of a step with which a case may begin, and not that it goes on."""
    statement = resolved.statement
    if statement.modality is Modality.DENIED:
        return True
    if _goes_on(resolved):
        return statement.date is not None and statement.kind is Kind.SCRUTINY
    return _stage(resolved) < _DECIDED


def _goes_on(resolved: Resolved) -> bool:
    """Whether a report says no more than that the case is being looked into."""
    return resolved.statement.status in (Status.REVIEWING, None)


def _stage(resolved: Resolved) -> int:
    status = resolved.statement.status
    return _STAGE[Status.REVIEWING] if status is None else _STAGE.get(status, _DECIDED)


def _when(resolved: Resolved) -> dt.date | None:
    date = resolved.statement.date or resolved.published
    return span(date)[0] if date else None


def _the_one(cases: Sequence[list[Resolved]], resolved: Resolved) -> list[Resolved] | None:
    """The only case that a report without further parties can be about; None if unsure."""
    when = _when(resolved)
    if when is None:
        return cases[0] if len(cases) == 1 else None
    ends = resolved.statement.status in ENDS
    window = NEAR if ends else WINDOW
    near = [case for case in cases if any(_apart(r, when) <= window for r in case)]
    if near or resolved.statement.modality is Modality.DENIED:
        return near[0] if len(near) == 1 else None
    going_on = [
        case
        for case in cases
        if _under_way(case, when)
        and not (ends and _told_after(case, when))
        and not (_is_first_step(resolved) and _silent_for_a_year(case, when))
    ]
    return going_on[0] if len(going_on) == 1 else None


def _apart(resolved: Resolved, when: dt.date) -> int:
    then = _when(resolved)
    return YEAR + 1 if then is None else abs((then - when).days)


def _under_way(case: Sequence[Resolved], when: dt.date) -> bool:
    """Whether a case had begun by then and not ended; none has that was only denied."""
    told = (r for r in case if r.statement.modality is not Modality.DENIED)
    days = [d for r in told if (d := _when(r))]
    ends = [d for r in case if r.statement.status in ENDS and (d := _when(r))]
    return bool(days) and min(days) <= when and not (ends and min(ends) <= when)


def _silent_for_a_year(case: Sequence[Resolved], when: dt.date) -> bool:
    return all(_apart(r, when) > YEAR for r in case)


def _told_after(case: Sequence[Resolved], when: dt.date) -> bool:
    """Whether a case was in the news so long after a day that it had not ended by then."""
    days = [span(r.published)[0] for r in case if r.published]
    return bool(days) and (max(days) - when).days > WINDOW
