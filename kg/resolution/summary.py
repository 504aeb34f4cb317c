"""What a relationship comes to, worked out from its statements; nothing is averaged away.

Every stated value is kept with the statements that state it. Modality is the firmest of
the statements'; the status is that of the latest step; amounts are put side by side with
how they agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.dates import earliest, latest, span
from kg.model import (
    Amount,
    AmountRole,
    Modality,
    Nature,
    Qualifier,
    Relationship,
    Resolved,
    Statement,
    Status,
)
from kg.resolution.agreement import DIVISIBLE, contradict, own_sums, rounds_to
from kg.resolution.steps import Step, steps_of

FIRMNESS = (
    Modality.ASSERTED,
    Modality.PLANNED,
    Modality.CONDITIONAL,
    Modality.RUMOURED,
    Modality.DENIED,
)
OVER = frozenset(
    {
        Status.ENDED,
        Status.TERMINATED,
        Status.DIVESTED,
        Status.CLEARED,
        Status.CLEARED_WITH_CONDITIONS,
        Status.BLOCKED,
        Status.DROPPED,
    }
)
"""Statuses after which a relationship is no longer in force."""
_NOT_YET = frozenset({Status.INTENDED, Status.ANNOUNCED})
_BRING_ABOUT = frozenset(Status) - OVER
"""Steps before which a relationship of that kind did not hold."""
_Sum = tuple[Decimal, str, AmountRole, Qualifier]


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """One distinct sum: ``value`` in ``currency``, with every way and place it is stated."""

    value: Decimal
    currency: str
    role: AmountRole
    qualifier: Qualifier
    stated: tuple[str, ...]
    stated_by: tuple[str, ...]
    equivalent_to: tuple[int, ...] = ()
    rounding_of: tuple[int, ...] = ()
    conflicts_with: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """Names the sum within its relationship."""
        value = f"{self.value.normalize():f}".replace(".", "_")
        return f"{self.role}-{self.qualifier}-{self.currency.lower()}-{value}"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a relationship's statements come to."""

    modality: Modality
    status: Status | None
    in_force: bool
    natures: tuple[Nature, ...]
    instruments: tuple[str, ...]
    rounds: tuple[str, ...]
    stakes: tuple[Decimal, ...]
    start: str | None
    end: str | None
    first_reported: str | None
    last_reported: str | None
    confidence: float
    amounts: tuple[StatedAmount, ...]
    terms: tuple[tuple[str, str, tuple[str, ...]], ...]
    steps: tuple[Step, ...]
    participants: tuple[tuple[str, str], ...]


def summarise(relationship: Relationship) -> Summary:
    """Work out a relationship from its statements; independent of their order."""
    all_of = relationship.statements
    statements = [r.statement for r in all_of]
    modality = min((s.modality for s in statements), key=FIRMNESS.index)
    steps = steps_of(all_of)
    denied_last = _denied_last(all_of)
    status = steps[-1].status if steps else None
    if status is None and denied_last and modality is not Modality.DENIED:
        status = Status.TERMINATED
    over = status in OVER or denied_last
    published = [r.published for r in all_of if r.published]
    happened = [
        s.date
        for s in statements
        if s.date and s.modality is not Modality.DENIED and s.status not in OVER
    ]
    ended = [s.date for s in statements if s.date and s.status in OVER]
    start = earliest(happened)
    return Summary(
        modality=modality,
        status=status,
        in_force=_holds(statements) and not over,
        natures=tuple(sorted({s.nature for s in statements if s.nature})),
        instruments=tuple(sorted({s.instrument for s in statements if s.instrument})),
        rounds=tuple(sorted({s.round for s in statements if s.round})),
        stakes=tuple(sorted({s.stake_percent for s in statements if s.stake_percent is not None})),
        start=start,
        end=_end(ended, start) if over else None,
        first_reported=earliest(published),
        last_reported=latest(published),
        confidence=max(1.0 if r.judged else r.statement.confidence for r in all_of),
        amounts=_amounts(relationship),
        terms=_terms(all_of),
        steps=steps,
        participants=tuple(sorted({p for r in all_of for p in r.participants})),
    )


def _holds(statements: Sequence[Statement]) -> bool:
    """Whether a statement asserts it, and not merely that it was announced."""
    return any(s.modality is Modality.ASSERTED and s.status not in _NOT_YET for s in statements)


def _end(ended: list[str], start: str | None) -> str | None:
    """The latest end that is told; none if it lies before the start, for then one of them is wrong."""
    end = latest(ended)
    return None if start and end and span(end)[1] < span(start)[0] else end


def as_of(summary: Summary, day: str, published: Mapping[str, str | None]) -> Summary | None:
    """A relationship as it stood on a day; None if it had not begun or was over.

    ``published`` gives the date of publication by statement id. What has no known beginning
    counts from its first report, an undated step from the first report of it.
    """
    last_day = span(day)[1]

    def by_then(date: str | None) -> bool:
        return date is None or span(date)[0] <= last_day

    def reported(step: Step) -> str | None:
        return earliest([d for s in step.stated_by if (d := published.get(s))])

    if not by_then(summary.start or summary.first_reported):
        return None
    if summary.end and span(summary.end)[1] <= last_day:
        return None
    steps = tuple(s for s in summary.steps if by_then(s.date or reported(s)))
    status = steps[-1].status if steps else None
    if summary.status in OVER and status in OVER and summary.end is None:
        return None
    return replace(
        summary,
        steps=steps,
        status=status,
        end=None if summary.status in OVER and status not in OVER else summary.end,
        in_force=summary.in_force if steps == summary.steps else _held_then(summary, steps),
    )


def _held_then(summary: Summary, steps: tuple[Step, ...]) -> bool:
    """Whether a relationship was in force when it had taken some of its steps only."""
    if summary.modality is not Modality.ASSERTED:
        return False
    if steps:
        return steps[-1].status not in OVER | _NOT_YET
    return summary.steps[0].status not in _BRING_ABOUT


def _denied_last(all_of: Sequence[Resolved]) -> bool:
    """Whether the newest word on the relationship is that it is not, or no longer."""
    by_publication = [
        (span(r.published)[1].isoformat() if r.published else "", r.statement.modality)
        for r in all_of
    ]
    newest = max(date for date, _ in by_publication)
    return {m for date, m in by_publication if date == newest} == {Modality.DENIED}


def _terms(all_of: Sequence[Resolved]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    grouped: dict[tuple[str, str], set[str]] = defaultdict(set)
    for resolved in all_of:
        for term in resolved.statement.terms:
            grouped[term].add(resolved.statement.id)
    return tuple(
        (name, value, tuple(sorted(ids))) for (name, value), ids in sorted(grouped.items())
    )


def _amounts(relationship: Relationship) -> tuple[StatedAmount, ...]:
    places: dict[_Sum, list[tuple[Amount, str]]] = defaultdict(list)
    together: set[frozenset[tuple[Decimal, str]]] = set()
    for resolved in relationship.statements:
        amounts = resolved.statement.amounts
        for amount in amounts:
            key = (amount.value, amount.currency, amount.role, amount.qualifier)
            places[key].append((amount, resolved.statement.id))
            if amount.role is AmountRole.EQUIVALENT:
                together |= {
                    frozenset({(amount.value, amount.currency), (a.value, a.currency)})
                    for a in own_sums(amounts)
                    if a.currency != amount.currency
                }
    keys = sorted(places, key=lambda k: (list(AmountRole).index(k[2]), k[1], k[0], k[3]))
    own = {a.role for key in keys for a, _ in places[key] if own_sums([a])}

    def stated_together(one: _Sum, another: _Sum) -> bool:
        """Whether one statement gives both: then they are parts, not contradictions."""
        return bool({s for _, s in places[one]} & {s for _, s in places[another]})

    result = []
    for key in keys:
        value, currency, role, qualifier = key
        equivalent, rounding, conflicts = [], [], []
        for j, (other, other_currency, other_role, other_qualifier) in enumerate(keys):
            if (other, other_currency, other_role, other_qualifier) == key:
                continue
            if frozenset({(value, currency), (other, other_currency)}) in together:
                equivalent.append(j)
            if currency != other_currency or value == other:
                continue
            comparable = role == other_role or (role in own and other_role in own)
            if comparable and rounds_to(other, value):
                rounding.append(j)
            elif (
                role == other_role
                and role is not AmountRole.TRANCHE
                and not (role in DIVISIBLE and stated_together(key, keys[j]))
                and contradict(value, qualifier, other, other_qualifier)
            ):
                conflicts.append(j)
        result.append(
            StatedAmount(
                value=value,
                currency=currency,
                role=role,
                qualifier=qualifier,
                stated=tuple(sorted({a.stated for a, _ in places[key]})),
                stated_by=tuple(sorted({s for _, s in places[key]})),
                equivalent_to=tuple(equivalent),
                rounding_of=tuple(rounding),
                conflicts_with=tuple(conflicts),
            )
        )
    return tuple(result)
