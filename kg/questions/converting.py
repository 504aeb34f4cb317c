"""Totals in one currency: by what articles state in it, and else by a table of dated rates.

A relationship counts once. What it states of itself in the currency wins, then what an article
gives as the equal of that; only what is stated in other currencies alone is converted, by the
rate of the period in which the relationship began, rounded to a whole unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kg import vocabulary as v
from kg.model import AmountRole, Kind
from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.contributions import Converted, contributions, worth_lines
from kg.questions.contributions import told as put_in
from kg.questions.deals import deal_lines, gather_deals
from kg.questions.plan import Plan
from kg.questions.result import Result, title
from kg.questions.sifting import begin, passes
from kg.questions.sums import HEDGED, figure, figure_lines, role_of, summed
from kg.questions.world import World
from kg.rates import Period, Rates, converted, rates
from kg.records import RelationshipRecord
from kg.wording import money

_FIGURES = 4
"""Significant figures of a total in which something is converted: the rates bear no more."""


@dataclass(slots=True)
class Converter:
    """Figures in one currency, with the rates used and what could not be converted."""

    table: Rates
    into: str
    used: dict[tuple[str, str], tuple[Period, Decimal]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def figure(self, record: RelationshipRecord) -> Decimal | None:
        """What a relationship counts for; None if it states no sum that can be given."""
        own = figure(record)
        stated = own.get(self.into) or _equivalent(record, self.into)
        if stated is not None or not own:
            return stated
        return self.convert(sorted(own.items()), record)

    def figures(self, record: RelationshipRecord) -> dict[str, Decimal]:
        """The same, by the one currency."""
        value = self.figure(record)
        return {} if value is None else {self.into: value}

    def worth(self, value: Decimal, currency: str, day: str) -> Decimal | None:
        """A sum of a day in the currency; None for want of a rate."""
        if currency == self.into:
            return value
        period = self.table.on(day) if day else None
        factor = self.table.factor(period, currency, self.into) if period else None
        if period is None or factor is None:
            return None
        self.used[(period.first, currency)] = (period, factor)
        return converted(value, factor)

    def convert(
        self, sums: list[tuple[str, Decimal]], record: RelationshipRecord
    ) -> Decimal | None:
        """The lowest of some sums of a relationship once converted; None for want of a rate."""
        day = begin(record)
        given = (self.worth(value, currency, day or "") for currency, value in sums)
        found = [x for x in given if x is not None]
        if not found:
            listed = ", ".join(money(x, c) for c, x in sums)
            when = f"of {day}" if day else "of unknown date"
            self.left.append(
                f"not converted, for want of a rate: {listed} {when} — {title(record)}"
            )
        return min(found, default=None)


def _equivalent(record: RelationshipRecord, currency: str) -> Decimal | None:
    """The lowest sum that an article gives as the equal of a figure that counts."""
    role, amounts = role_of(record.kind), record.summary.amounts

    def counts(number: int) -> bool:
        other = amounts[number]
        return other.role is role and other.qualifier not in HEDGED and not other.rounding_of

    return min(
        (
            a.value
            for a in amounts
            if a.role is AmountRole.EQUIVALENT
            and a.currency == currency
            and a.qualifier not in HEDGED
            and not a.rounding_of
            and any(map(counts, a.equivalent_to))
        ),
        default=None,
    )


def converted_total(plan: Plan, into: str, world: World) -> Result:
    """The sum of the relationships a plan finds, in one currency."""
    plan = summed(plan)
    records, notes = gather_deals(plan, world)
    counted = [r for r in records if passes(r, plan.filters)]
    converter = Converter(rates(), into)
    found = contributions(plan.filters, counted, converter)
    items = []
    if found:
        value = sum((one.value for one in found.values()), Decimal(0))
        count = sum(one.count for one in found.values())
        extra = {"currency": into, "total": value, "count": count}
        name = money(value, into)
        if converter.used:
            name = f"about {money(rounded(value), into)}"
        rests_on = tuple(dict.fromkeys(r for one in found.values() for r in one.records))
        items.append(Item(name, into, rests_on, extra))
    said = [*notes, *told(converter), *converter.left, *put_in(found, counted)]
    columns = ("name", "count", "relationship", "amounts", "since", "modality", "quote", "article")
    used = described(converter) if converter.used else None
    return Result(tuple(items), _query(plan, into), tuple(said), columns, rates=used)


def rounded(value: Decimal) -> Decimal:
    """A converted sum with as many figures as the rates bear."""
    return value.quantize(Decimal((0, (1,), value.adjusted() - _FIGURES + 1)))


def told(converter: Converter) -> list[str]:
    """By which rates sums were converted."""
    if not converter.used:
        return []
    pairs = "; ".join(
        f"{period.label}: {currency} 1 = {converter.into} {factor.normalize():f}"
        for (_, currency), (period, factor) in sorted(converter.used.items())
    )
    return [f"converted by the {converter.table.title}, of when each began ({pairs})"]


def described(converter: Converter) -> dict[str, Any]:
    """The table and the rates used, as the answer tells them."""
    table = converter.table
    return {
        "table": table.title,
        "publisher": table.publisher,
        "url": table.url,
        "into": converter.into,
        "used": [
            {"currency": currency, "from": p.first, "to": p.last, "rate": factor}
            for (_, currency), (p, factor) in sorted(converter.used.items())
        ],
    }


def _query(plan: Plan, into: str) -> str:
    blocks = [
        converted_lines(
            plan, kind, into, ("?subject", "?object") if kind is Kind.INVESTMENT else ()
        )
        for kind in plan.relations
    ]
    union = " UNION ".join("{ " + b + "}" for b in blocks)
    return f"SELECT ?currency (SUM(?worth) AS ?total) WHERE {{\n{union}\n}}\nGROUP BY ?currency\n"


def converted_lines(plan: Plan, kind: Kind, into: str, pair: Sequence[str]) -> str:
    """A subquery that binds ``?worth`` of each pair, or each deal that is no investment, in one currency."""
    keys = " ".join(pair)
    inner = "\n  UNION ".join(
        "{ " + q.select(f"?r {keys} ?worth", lines, "") + "  }" for lines in ways(plan, kind, into)
    )
    parts = q.select(
        f"?r {keys} ({q.text(into)} AS ?currency) (MIN(?worth) AS ?low)",
        [inner],
        f"GROUP BY ?r {keys}",
    )
    found = [*deal_lines(plan, kind), *q.filters(plan.filters)]
    own = f"({q.text('0000')} {q.text('9999')} {q.text(into)} 1)"
    given = Converted(into, parts, "\n".join([own, *_rows(into)]))
    return worth_lines(plan.filters, kind, found, pair=pair, converted=given)


def ways(plan: Plan, kind: Kind, into: str) -> list[list[str]]:
    """Stated in the currency; else given as equal in it; else converted."""
    found = [*deal_lines(plan, kind), *q.filters(plan.filters)]
    stated = _stated(kind, into, "own", "?worth")
    not_stated = without(_stated(kind, into, "own", "?in_own"))
    equal = _equal(kind, into, "equal", "?worth")
    not_equal = without(_equal(kind, into, "equal", "?in_equal"))
    convert = [*figure_lines(kind), *([] if dated(plan) else [q.begin()]), *by_rate(into)]
    return [
        [*found, *stated],
        [*found, *equal, not_stated],
        [*found, *convert, not_stated, not_equal],
    ]


def dated(plan: Plan) -> bool:
    """Whether the filters of a plan bind the beginning of each relationship."""
    f = plan.filters
    return bool(f.since or f.until or f.as_of)


def by_rate(into: str) -> list[str]:
    """The lines that convert ``?value`` of ``?currency`` by the rate of ``?begin_r``, as ``?worth``."""
    return [
        f"VALUES (?first ?last ?currency ?rate) {{\n    {chr(10).join(_rows(into))}\n  }}",
        "FILTER(?begin_r >= ?first && ?begin_r <= ?last)",
        "BIND(ROUND(?value * ?rate) AS ?worth)",
    ]


def _rows(into: str) -> list[str]:
    """First day, last day, currency and rate of each period, as rows of VALUES."""
    table = rates()
    rows = []
    for period in table.periods:
        for currency in sorted(table.currencies - {into}):
            factor = table.factor(period, currency, into)
            if factor is not None:
                rows.append(
                    f"({q.text(period.first)} {q.text(period.last)} {q.text(currency)} {factor:f})"
                )
    return rows


def _stated(kind: Kind, into: str, name: str, worth: str) -> list[str]:
    return _amount(f"?{name}", q.short(f"{v.SCHEME}amount-role-{role_of(kind)}"), into, worth)


def _equal(kind: Kind, into: str, name: str, worth: str) -> list[str]:
    role = q.short(f"{v.SCHEME}amount-role-{role_of(kind)}")
    equivalent = q.short(f"{v.SCHEME}amount-role-{AmountRole.EQUIVALENT}")
    return [
        *_amount(f"?{name}", equivalent, into, worth),
        f"?{name} aio:equivalentTo ?{name}_of .",
        f"?{name}_of aio:amountRole {role} ; aio:amountQualifier ?{name}_of_how .",
        f"FILTER(?{name}_of_how NOT IN ({q.concepts('qualifier', HEDGED)}))",
        f"FILTER NOT EXISTS {{ ?{name}_of aio:roundingOf ?{name}_of_exact }}",
    ]


def _amount(a: str, role: str, currency: str, worth: str) -> list[str]:
    return [
        f"?r aio:amount {a} . {a} aio:amountRole {role} ; schema:currency {q.text(currency)} ; "
        f"schema:value {worth} ; aio:amountQualifier {a}_how .",
        f"FILTER({a}_how NOT IN ({q.concepts('qualifier', HEDGED)}))",
        f"FILTER NOT EXISTS {{ {a} aio:roundingOf {a}_exact }}",
    ]


def without(lines: Iterable[str]) -> str:
    """Filter: nothing matches the lines."""
    inside = "\n    ".join(lines)
    return f"FILTER NOT EXISTS {{\n    {inside}\n  }}"
