"""What one has put into another in all: the parts told one by one, or what articles say it came to.

An article that says what somebody has put in *so far* knows of more than was told one by one: where
that is more than the parts, it counts, and with it what was put in after the article appeared. Only
the whole of what was put in can be told so: a period, a round or the like is the sum of its parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from kg.dates import span
from kg.model import AmountRole, Kind, Modality
from kg.questions import sparql as q
from kg.questions.plan import Filters
from kg.questions.result import title
from kg.questions.sifting import begin
from kg.questions.sums import HEDGED, amount_lines, beside, figure, figure_lines
from kg.records import RelationshipRecord
from kg.wording import money


class InOne(Protocol):
    """What gives sums in one currency, ``into``."""

    @property
    def into(self) -> str:
        """ISO 4217 code."""

    def figures(self, record: RelationshipRecord) -> Mapping[str, Decimal]:
        """What a relationship counts for, by the one currency."""

    def worth(self, value: Decimal, currency: str, day: str) -> Decimal | None:
        """A sum of a day in the one currency; None for want of a rate."""


Key = tuple[str | None, str, str]
"""Who puts in (None if unnamed), into whom, in which currency."""
_LATER = (AmountRole.COMMITTED, AmountRole.TRANCHE)
"""The sums that count after one "so far": what it leaves out cannot be a part of it."""
_PAIR = ("?subject", "?object")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one has put into another in one currency, with the relationships that tell it.

    ``so_far`` is the sum, with its currency, that an article gives as the whole up to then, and
    the day on which it was first said, where that counts instead of the parts.
    """

    value: Decimal
    records: tuple[RelationshipRecord, ...]
    count: int
    so_far: tuple[Decimal, str, str] | None = None


def whole(f: Filters) -> bool:
    """Whether filters leave all that was put in, so that a sum "so far" can stand for it."""
    narrowed = f.since or f.until or f.least or f.most or f.round or f.instrument or f.nature
    asserted = f.modalities == frozenset({Modality.ASSERTED})
    return asserted and not (narrowed or f.statuses or f.as_of or f.ended == "only")


def figures(record: RelationshipRecord, into: InOne | None) -> Mapping[str, Decimal]:
    """What a relationship counts for: in each currency, or in the one."""
    return into.figures(record) if into else figure(record)


def contributions(
    f: Filters, records: Iterable[RelationshipRecord], into: InOne | None = None
) -> dict[Key, Contribution]:
    """By investor, investee and currency, what was put in; ``into`` gives all in one currency."""
    pairs: dict[tuple[str | None, str], list[RelationshipRecord]] = defaultdict(list)
    for record in records:
        pairs[record.subject.id if record.subject else None, record.object.id].append(record)
    return {
        (*pair, currency): one
        for pair, together in pairs.items()
        for currency, one in between(f, together, into).items()
    }


def between(
    f: Filters, records: Sequence[RelationshipRecord], into: InOne | None = None
) -> dict[str, Contribution]:
    """By currency, what was put in by the relationships of one pair."""
    parts: dict[str, list[tuple[Decimal, RelationshipRecord]]] = defaultdict(list)
    for record in records:
        for currency, value in figures(record, into).items():
            parts[currency].append((value, record))
    found = {
        currency: Contribution(
            sum((x for x, _ in told), Decimal(0)), tuple(r for _, r in told), len(told)
        )
        for currency, told in parts.items()
    }
    for currency, one in _so_far(f, records, into):
        known = found.get(currency)
        if known is None or one.value > known.value:
            found[currency] = one
    return found


def _so_far(
    f: Filters, records: Sequence[RelationshipRecord], into: InOne | None
) -> Iterator[tuple[str, Contribution]]:
    """By currency, the greatest sum "so far" with what came after it was first said."""
    if not whole(f):
        return
    said: dict[str, dict[Decimal, str]] = defaultdict(dict)
    told: dict[tuple[str, Decimal], list[RelationshipRecord]] = defaultdict(list)
    for record in records:
        if record.kind is not Kind.INVESTMENT or record.subject is None:
            continue
        published = {s.id: s.published for s in record.statements}
        for a in record.summary.amounts:
            if a.role is not AmountRole.CUMULATIVE or a.qualifier in HEDGED or a.rounding_of:
                continue
            days = [span(d)[0].isoformat() for s in a.stated_by if (d := published.get(s))]
            if days:
                first = min(*days, said[a.currency].get(a.value, "9999"))
                said[a.currency][a.value] = first
                told[a.currency, a.value].append(record)
    for currency, values in said.items():
        top = max(values)
        day = values[top]
        later = [(x, r) for r in records if (x := _after(r, currency, day)) is not None]
        worths = [(top, day), *((x, begin(r) or "") for x, r in later)]
        if into:
            given = [into.worth(x, currency, on) for x, on in worths]
        else:
            given = [x for x, _ in worths]
        known = [x for x in given if x is not None]
        if len(known) == len(given):
            rests_on = tuple(dict.fromkeys([*told[currency, top], *(r for _, r in later)]))
            one = Contribution(sum(known, Decimal(0)), rests_on, len(known), (top, currency, day))
            yield into.into if into else currency, one


def _after(record: RelationshipRecord, currency: str, day: str) -> Decimal | None:
    """The lowest sum in a currency of what began after a day."""
    if (begin(record) or "") <= day:
        return None
    return min(
        (
            a.value
            for a in record.summary.amounts
            if a.role in _LATER
            and a.currency == currency
            and a.qualifier not in HEDGED
            and not a.rounding_of
        ),
        default=None,
    )


def told(
    contributed: Mapping[Key, Contribution], records: Iterable[RelationshipRecord]
) -> list[str]:
    """Notes on the sums "so far" that count, and on what is not counted."""
    notes = [
        f"counted: {money(one.so_far[0], one.so_far[1])}, given as put in so far on {one.so_far[2]}, "
        f"and what came after — {title(one.records[0])}"
        for one in contributed.values()
        if one.so_far
    ]
    until = {(s, o): one.so_far[2] for (s, o, _), one in contributed.items() if one.so_far}
    for record in records:
        day = until.get((record.subject.id if record.subject else None, record.object.id))
        if day is None:
            notes += beside([record])
        elif (begin(record) or "") > day:
            notes += beside([record], also=_LATER)
    return list(dict.fromkeys(notes))


def worth_lines(
    f: Filters,
    kind: Kind,
    lines: Sequence[str],
    *,
    currency: str | None = None,
    pair: Sequence[str] = _PAIR,
    converted: Converted | None = None,
) -> str:
    """A subquery that binds ``?currency`` and ``?worth`` of each pair (or each deal that is no investment).

    ``lines`` find the relationships ``?r`` with their ends, of which ``pair`` names the
    variables; ``converted`` gives all in one currency.
    """
    keys = " ".join(pair)
    only = [f"FILTER(?currency = {q.text(currency)})"] if currency else []
    own = (
        converted.parts
        if converted
        else q.select(
            f"?r {keys} ?currency (MIN(?value) AS ?low)",
            [*lines, *figure_lines(kind), *only],
            f"GROUP BY ?r {keys} ?currency",
        )
    )
    if kind is not Kind.INVESTMENT:
        return q.select(f"{keys} ?currency (?low AS ?worth)", ["{ " + own + "}"], "")
    summed = q.select(
        f"{keys} ?currency (SUM(?low) AS ?one)",
        ["{ " + own + "}"],
        f"GROUP BY {keys} ?currency",
    )
    if not whole(f):
        return q.select(f"{keys} ?currency (?one AS ?worth)", ["{ " + summed + "}"], "")
    so_far = _so_far_lines(lines, only, pair, converted)
    return q.select(
        f"{keys} ?currency (MAX(?one) AS ?worth)",
        ["{ " + summed + "} UNION { " + so_far + "}"],
        f"GROUP BY {keys} ?currency",
    )


@dataclass(frozen=True, slots=True)
class Converted:
    """How a query gives sums in one currency, ``into``.

    ``parts`` is a subquery that binds ``?currency`` and ``?low`` of each ``?r``; ``rates`` are
    the rows of first day, last day, currency and rate, among them those of ``into`` itself.
    """

    into: str
    parts: str
    rates: str


def _so_far_lines(
    lines: Sequence[str], only: list[str], pair: Sequence[str], converted: Converted | None
) -> str:
    keys = " ".join(pair)
    by = f"GROUP BY {keys} ?currency"
    stated = [*lines, *(f"FILTER(BOUND({x}))" for x in pair), *only]
    so_far = amount_lines((AmountRole.CUMULATIVE,))
    said = "?a aio:statedBy ?by . GRAPH ?in { ?by aio:published ?told }"
    first = '(MIN(SUBSTR(CONCAT(STR(?told), "-01-01"), 1, 10)) AS ?said)'
    top = q.select(f"{keys} ?currency (MAX(?value) AS ?top)", [*stated, *so_far, said], by)
    when = q.select(
        f"{keys} ?currency (?value AS ?top) {first}", [*stated, *so_far, said], f"{by} ?value"
    )
    begun = [] if "?begin_r" in " ".join(lines) else [q.begin()]
    later = q.select(
        f"?r {keys} ?currency ?begin_r (MIN(?value) AS ?low)",
        [*stated, *begun, *amount_lines(_LATER)],
        f"GROUP BY ?r {keys} ?currency ?begin_r",
    )
    if converted is None:
        inside = ["{ " + top + "}", "{ " + when + "}"]
        inside += ["OPTIONAL { { " + later + "} FILTER(?begin_r > ?said) }"]
        sums = f"{keys} ?currency (MAX(?top) + COALESCE(SUM(?low), 0) AS ?one)"
        return q.select(sums, inside, by)
    inside = ["{ " + top + "}", "{ " + when + "}", *_rated(converted, "?said", "")]
    rated = " ".join(_rated(converted, "?begin_r", "_later"))
    inside += ["OPTIONAL { { " + later + "} " + rated]
    inside += ["  FILTER(?begin_r > ?said) BIND(ROUND(?low * ?rate_later) AS ?worth_later) }"]
    sums = f"{keys} (MAX(ROUND(?top * ?rate)) + COALESCE(SUM(?worth_later), 0) AS ?one)"
    each = q.select(sums, inside, by)
    return q.select(f"{keys} ({q.text(converted.into)} AS ?currency) ?one", ["{ " + each + "}"], "")


def _rated(converted: Converted, day: str, suffix: str) -> list[str]:
    """The lines that bind the rate of ``?currency`` on a day."""
    first, last, rate = (f"?{name}{suffix}" for name in ("first", "last", "rate"))
    return [
        f"VALUES ({first} {last} ?currency {rate}) {{\n    {converted.rates}\n  }}",
        f"FILTER({day} >= {first} && {day} <= {last})",
    ]
