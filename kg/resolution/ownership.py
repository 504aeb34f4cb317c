"""Who has taken an organisation over: what the acquisitions told of it come to.

Only an acquisition that was carried out makes an owner: not one that is planned, agreed or
called off, nor one for half of the whole or less, nor one of employees or assets alone. Who
takes it over later owns it in the earlier one's place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kg.dates import span
from kg.model import Status
from kg.resolution.summary import Summary

SCOPE = "scope"
"""The term that says which part of an organisation is acquired, such as its employees."""
_HALF = Decimal(50)


@dataclass(frozen=True, slots=True)
class Takeover:
    """Who took it over, and when: the day it was carried out, else that of the first report."""

    owner: str
    since: str | None


def takeover(acquirer: str, summary: Summary) -> Takeover | None:
    """The change of owner that an acquisition brought about; None if it did not."""
    if not carried_out(summary.in_force, summary.status, summary.stakes):
        return None
    done = summary.steps[-1]
    partly = {s for name, _, stated_by in summary.terms if name == SCOPE for s in stated_by}
    if partly.issuperset(done.stated_by):
        return None
    return Takeover(acquirer, done.date or summary.first_reported)


def carried_out(in_force: bool, status: Status | None, stakes: Iterable[Decimal]) -> bool:
    """Whether control passed: ``stakes`` are the shares of the whole as stated, in per cent."""
    return in_force and status is Status.COMPLETED and max(stakes, default=_HALF + 1) > _HALF


def owners(takeovers: Iterable[Takeover]) -> tuple[str, ...]:
    """Those from whom nobody took it over later; several only where no dates tell."""
    found = set(takeovers)
    return tuple(
        sorted({one.owner for one in found if not any(_later(other, one) for other in found)})
    )


def owners_then(
    parent: str | None, acquisitions: Iterable[tuple[str, Summary, Summary | None]]
) -> tuple[bool, tuple[str, ...]]:
    """Whether the registered ``parent`` was one by then, and who had taken it over.

    An acquisition is given by its acquirer, its summary, and its summary as of the day
    (None if it had not begun or was over). The registry gives no dates: where articles tell
    that the parent took the organisation over later, it was none yet.
    """
    told = list(acquisitions)
    then = [t for who, _, as_of in told if as_of and (t := takeover(who, as_of))]
    ever = {who for who, summary, _ in told if takeover(who, summary)}
    registered = parent is not None and parent not in ever - {t.owner for t in then}
    return registered, owners(then)


def _later(one: Takeover, other: Takeover) -> bool:
    return (
        one.owner != other.owner
        and one.since is not None
        and other.since is not None
        and span(one.since)[0] > span(other.since)[1]
    )
