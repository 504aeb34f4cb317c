"""Which statements of one investor in one organisation are about one investment.

Statements are gathered under *signatures*: round, date, sums. Two are *incompatible* if
their rounds differ, if their dates lie more than ``WINDOW`` days apart, or if they state
different sums and no date or round holds them together. Two compatible ones are *linked* if
they share a round, a sum, or a date. Links are followed from the strongest to the weakest,
and two groups are joined only if no statement of one is incompatible with one of the other.

A sum that states neither date nor round, told in the sentence beside a larger round of the
same investor, is what it put into that round.

What states no date is news of about the day of its publication: groups without a date are
joined to one that was told, or took place, within ``NEAR`` days, the nearest first.

A statement that says no more than that there is an investment joins the one group of about
that time (told up to ``EVE`` days before or ``NEAR`` after) that is not denied, or the only group there is unless it was told long before that began; or else it
stands for itself as the general one. A bare denial joins only what has not been asserted:
it contradicts a deal and does not end it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from kg.dates import days_between, earliest, span
from kg.ids import slug
from kg.model import AmountRole, Modality, Qualifier, Resolved
from kg.resolution.agreement import OWN_SUM, agree

WINDOW = 120
"""Days within which two dates may mean one event."""
NEAR = 31
"""Days within which two dates alone suggest one event."""
EVE = 7
"""Days by which news may come before what others first tell."""
_HARD_CURRENCIES = frozenset({"CHF", "EUR", "GBP", "USD"})
"""None of them has been worth twice another since 2010."""


@dataclass(frozen=True)
class Signature:
    """What tells one investment of a block from another."""

    round: str | None
    date: str | None
    sums: tuple[tuple[str, Decimal, Qualifier], ...]
    cumulative: bool

    @property
    def says_nothing(self) -> bool:
        return not (self.round or self.date or self.sums or self.cumulative)


@dataclass
class _Group:
    """Statements taken to be about one investment, under their signatures."""

    members: dict[Signature, list[Resolved]]

    @property
    def dated(self) -> bool:
        return any(s.date for s in self.members)

    @property
    def all_denied(self) -> bool:
        return all(
            r.statement.modality is Modality.DENIED
            for found in self.members.values()
            for r in found
        )

    @property
    def begin(self) -> str | None:
        """When it took place; if that is not stated, when it was first told."""
        return earliest([s.date for s in self.members if s.date]) or earliest(
            [r.published for found in self.members.values() for r in found if r.published]
        )

    def excludes(self, other: _Group) -> bool:
        return any(_incompatible(a, b) for a in self.members for b in other.members)

    def distance(self, date: str | None) -> int | None:
        """Days from the group's beginning; None if either is not known."""
        return days_between(self.begin, date) if self.begin and date else None

    def in_the_news(self, day: str | None) -> bool:
        """Whether news of that day is likely to be of this: some days before, or weeks after."""
        if self.begin is None or day is None:
            return False
        early = span(day)[1] < span(self.begin)[0]
        return days_between(self.begin, day) <= (EVE if early else NEAR)


def signature(resolved: Resolved) -> Signature:
    """What a statement says that tells its investment from another."""
    statement = resolved.statement
    sums = {
        (a.currency, a.value, a.qualifier)
        for a in statement.amounts
        if a.role in OWN_SUM or a.role is AmountRole.CUMULATIVE
    }
    return Signature(
        round=slug(statement.round) if statement.round else None,
        date=statement.date,
        sums=tuple(sorted(sums)),
        cumulative=any(a.role is AmountRole.CUMULATIVE for a in statement.amounts),
    )


def occasions(ordered: Sequence[Resolved]) -> list[list[Resolved]]:
    """The statements of one block, gathered by the investment they are about."""
    members: dict[Signature, list[Resolved]] = defaultdict(list)
    for resolved in ordered:
        members[_in_its_round(resolved, ordered)].append(resolved)
    telling = sorted((s for s in members if not s.says_nothing), key=_signature_order)
    groups = {i: _Group({s: members[s]}) for i, s in enumerate(telling)}
    strong = [
        (-strength, i, j)
        for (i, a), (j, b) in combinations(enumerate(telling), 2)
        if (strength := _link(a, b)) > 0
    ]
    groups = _joined(groups, strong)
    near = [
        (days, i, j)
        for (i, a), (j, b) in combinations(sorted(groups.items()), 2)
        if not (a.dated and b.dated) and (days := a.distance(b.begin)) is not None and days <= NEAR
    ]
    groups = _joined(groups, near)
    silent = [r for s, found in members.items() if s.says_nothing for r in found]
    rest = _with_silent(list(groups.values()), silent)
    return [
        *([r for found in g.members.values() for r in found] for g in groups.values()),
        *filter(None, rest),
    ]


def _in_its_round(resolved: Resolved, ordered: Sequence[Resolved]) -> Signature:
    """The signature; with round and date of the round beside it that the sum is a part of."""
    own = signature(resolved)
    if own.round or own.date or own.cumulative or not own.sums:
        return own
    beside = {
        (s.round, s.date)
        for other in ordered
        if _beside(resolved, other) and _holds(other, resolved)
        for s in (signature(other),)
        if s.round or s.date
    }
    if len(beside) != 1:
        return own
    [(round_, date)] = beside
    return replace(own, round=round_, date=date)


def _beside(one: Resolved, other: Resolved) -> bool:
    """Whether one article tells them in two sentences, one right after the other."""
    if one.statement.article != other.statement.article:
        return False
    a, b = sorted((one.statement.evidence[0], other.statement.evidence[0]), key=lambda e: e.start)
    return 0 <= b.start - a.end <= 1


def _holds(whole: Resolved, part: Resolved) -> bool:
    """Whether the one tells the total of a round that is larger than the sum of the other."""
    totals = [a for a in whole.statement.amounts if a.role is AmountRole.ROUND_TOTAL]
    parts = [a for a in part.statement.amounts if a.role is AmountRole.COMMITTED]
    return bool(parts) and any(
        all(p.currency == t.currency and p.value < t.value for p in parts) for t in totals
    )


def _joined(groups: dict[int, _Group], links: list[tuple[int, int, int]]) -> dict[int, _Group]:
    """Groups joined along the links, the least first, where nothing speaks against it."""
    at = {i: i for i in groups}
    for _, i, j in sorted(links):
        one, other = sorted((at[i], at[j]))
        if one == other or groups[one].excludes(groups[other]):
            continue
        groups[one].members.update(groups.pop(other).members)
        at = {k: one if v == other else v for k, v in at.items()}
    return groups


def _with_silent(groups: list[_Group], silent: list[Resolved]) -> tuple[list[Resolved], ...]:
    """Put what only says that there is an investment where it belongs; what is left over."""
    only = groups[0] if len(groups) == 1 else None
    joins: list[tuple[_Group, Resolved]] = []
    general: list[Resolved] = []
    denials: list[Resolved] = []
    for resolved in silent:
        if resolved.statement.modality is Modality.DENIED and resolved.statement.status is None:
            if only and not _asserted(only):
                joins.append((only, resolved))
            else:
                denials.append(resolved)
            continue
        denied = resolved.statement.modality is Modality.DENIED
        near = [
            g for g in groups if g.in_the_news(resolved.published) and (denied or not g.all_denied)
        ]
        if len(near) == 1:
            joins.append((near[0], resolved))
        elif only and not _told_before(resolved, only):
            joins.append((only, resolved))
        else:
            general.append(resolved)
    for group, resolved in joins:
        group.members.setdefault(signature(resolved), []).append(resolved)
    if (
        denials
        and not groups
        and not any(r.statement.modality is Modality.ASSERTED for r in general)
    ):
        return (general + denials,)
    return general, denials


def _asserted(group: _Group) -> bool:
    return any(
        r.statement.modality is Modality.ASSERTED for found in group.members.values() for r in found
    )


def _told_before(resolved: Resolved, group: _Group) -> bool:
    """Whether it was told so long before the group began that it means something earlier."""
    days = group.distance(resolved.published)
    return (
        days is not None
        and days > WINDOW
        and span(resolved.published or "")[1] < span(group.begin or "")[0]
    )


def _incompatible(a: Signature, b: Signature) -> bool:
    if a.cumulative != b.cumulative:
        return True
    if a.round and b.round and a.round != b.round:
        return True
    if a.date and b.date and days_between(a.date, b.date) > WINDOW:
        return True
    held_together = bool(
        (a.round and a.round == b.round)
        or (a.date and b.date and days_between(a.date, b.date) <= NEAR)
    )
    return _sums(a, b) is False and not held_together


def _link(a: Signature, b: Signature) -> int:
    """How strongly two signatures speak for one event; 0 if they do not."""
    if _incompatible(a, b):
        return 0
    strength = 0
    if a.round and a.round == b.round:
        strength += 4
    if _sums(a, b) and any(c == d for c, *_ in a.sums for d, *_ in b.sums):
        strength += 3
    if a.date and b.date and days_between(a.date, b.date) <= NEAR:
        strength += 1
    return strength


def _sums(a: Signature, b: Signature) -> bool | None:
    """Whether the sums agree in some currency; None where none can be compared.

    Sums in different hard currencies may be one sum only if neither is twice the other.
    """
    verdicts = [agree(x, p, y, q) for c, x, p in a.sums for d, y, q in b.sums if c == d]
    if verdicts:
        return any(verdicts)
    far = [
        max(x, y) > 2 * min(x, y)
        for c, x, _ in a.sums
        for d, y, _ in b.sums
        if {c, d} <= _HARD_CURRENCIES
    ]
    return False if far and all(far) else None


def _signature_order(s: Signature) -> tuple[object, ...]:
    return (
        s.date or "",
        s.round or "",
        [(c, v, q.value) for c, v, q in s.sums],
        s.cumulative,
    )
