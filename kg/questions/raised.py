"""What a company has raised: each round once, by its total, and what was put in outside of any.

Who took part in a round tells what it came to or what they put in themselves: added up, these
would count it several times, or a part of it only. One article names a round that another tells
the day of: totals of the same sum are of one round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from kg import vocabulary as v
from kg.model import AmountRole, Kind
from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.converting import (
    Converter,
    by_rate,
    dated,
    described,
    rounded,
    ways,
    without,
)
from kg.questions.converting import told as rates_told
from kg.questions.deals import deal_lines, gather_deals
from kg.questions.plan import Plan
from kg.questions.result import Result, title
from kg.questions.sifting import begin, passes
from kg.questions.sums import HEDGED, beside, figure, figure_lines, summed
from kg.questions.world import World
from kg.rates import rates
from kg.records import RelationshipRecord
from kg.wording import money

Part = tuple[Decimal, tuple[RelationshipRecord, ...]]
Round = tuple[str, str]
"""A company and what tells its round from others: its name, else the day."""


def raised(plan: Plan, world: World) -> Result:
    """The total raised, by currency or in one."""
    plan = summed(plan)
    records, notes = gather_deals(plan, world)
    counted = [r for r in records if passes(r, plan.filters)]
    rounds: dict[Round, list[RelationshipRecord]] = defaultdict(list)
    for record in counted:
        rounds[_round(record)].append(record)
    converter = Converter(rates(), plan.into) if plan.into else None
    parts: dict[str, list[Part]] = defaultdict(list)
    once: dict[tuple[str, str, Decimal], int] = {}
    for (company, name), together in rounds.items():
        notes += _differing(world, company, name, together)
        whole = any(map(_totals, together))
        for currency, (value, told_by) in _parts(together, converter):
            known = once.get((company, currency, value)) if whole else None
            if known is not None:
                parts[currency][known] = (value, (*parts[currency][known][1], *told_by))
                continue
            if whole:
                once[company, currency, value] = len(parts[currency])
            parts[currency].append((value, told_by))
    items = []
    for currency, found in sorted(parts.items()):
        value = sum((x for x, _ in found), Decimal(0))
        told = tuple(dict.fromkeys(r for _, rs in found for r in rs))
        extra = {"currency": currency, "total": value, "count": len(found)}
        name = money(value, currency)
        if converter and converter.used:
            name = f"about {money(rounded(value), currency)}"
        items.append(Item(name, currency, told, extra))
    used = None
    if converter:
        notes += [*rates_told(converter), *converter.left]
        used = described(converter) if converter.used else None
    if once:
        notes.append("each round counts once, by its total where one is stated")
    if len(once) < sum(map(len, parts.values())):
        notes.append("what is stated of one investor alone may have been part of a round")
    unnamed = [r for r in counted if not figure(r) and not any(map(_totals, rounds[_round(r)]))]
    notes += [f"no sum is stated: {title(r)}" for r in unnamed]
    notes += [n for n in beside(counted) if "(whole round)" not in n]
    columns = ("name", "count", "relationship", "amounts", "since", "modality", "quote", "article")
    return Result(tuple(items), _query(plan), tuple(notes), columns, rates=used)


def _differing(
    world: World, company: str, name: str, together: list[RelationshipRecord]
) -> Iterator[str]:
    """Where statements put a round at several totals: which are told, and that the lowest counts."""
    sums: dict[str, set[Decimal]] = defaultdict(set)
    for record in together:
        for currency, value in _totals(record):
            sums[currency].add(value)
    for currency, values in sums.items():
        if len(values) > 1:
            low, high = money(min(values), currency), money(max(values), currency)
            who = f"{world.name(company)} ({name})"
            yield f"statements differ for the round of {who}: {low} to {high}; the lower is counted"


def _parts(
    together: list[RelationshipRecord], converter: Converter | None
) -> Iterator[tuple[str, Part]]:
    """What a round counts for: its total, or where none is stated what each put in."""
    if any(map(_totals, together)):
        whole: dict[str, list[Decimal]] = defaultdict(list)
        for record in together:
            for currency, value in _totals(record):
                whole[currency].append(value)
        if converter and converter.into not in whole:
            told = [(r, t) for r in together if (t := _totals(r))]
            values = [x for r, t in told if (x := converter.convert(t, r)) is not None]
            whole = {converter.into: values} if values else {}
        for currency, values in whole.items():
            if converter is None or currency == converter.into:
                yield currency, (min(values), tuple(together))
        return
    for record in together:
        if converter is None:
            for currency, value in figure(record).items():
                yield currency, (value, (record,))
        elif (worth := converter.figure(record)) is not None:
            yield converter.into, (worth, (record,))


def _round(record: RelationshipRecord) -> Round:
    named = sorted(r.casefold() for r in record.summary.rounds)
    return record.object.id, named[0] if named else begin(record) or record.iri


def _totals(record: RelationshipRecord) -> list[tuple[str, Decimal]]:
    return [
        (a.currency, a.value)
        for a in record.summary.amounts
        if a.role is AmountRole.ROUND_TOTAL and a.qualifier not in HEDGED and not a.rounding_of
    ]


def _query(plan: Plan) -> str:
    lines = [*deal_lines(plan, Kind.INVESTMENT), *q.filters(plan.filters)]
    found = [*lines, *_key("?r", plan)]
    whole = _others(plan, "?currency_other")
    total = _total("?r", "?a", "?currency")
    if plan.into:
        into = q.text(plan.into)
        parts = [
            [*found, *_total("?r", "?a", into), "BIND(?value AS ?worth)"],
            [*found, *total, *by_rate(plan.into), without(_others(plan, into))],
        ]
        singles = [
            [*way, *_key("?r", plan, begun="?begin_r" in " ".join(way)), without(whole)]
            for way in ways(plan, Kind.INVESTMENT, plan.into)
        ]
        asked = f"({into} AS ?currency)"
    else:
        parts = [[*found, *total, "BIND(?value AS ?worth)"]]
        singles = [
            [
                *found,
                *figure_lines(Kind.INVESTMENT),
                "BIND(?value AS ?worth)",
                without(whole),
            ]
        ]
        asked = "?currency"
    currency = "" if plan.into else " ?currency"
    each = q.select(
        f"?object ?round_r {asked} (MIN(?worth) AS ?low)",
        [_union(f"?object ?round_r{currency} ?worth", parts)],
        f"GROUP BY ?object ?round_r{currency}",
    )
    blocks = [
        q.select("DISTINCT ?object ?currency ?low", ["{ " + each + "}"], ""),
        q.select(
            f"?r {asked} (MIN(?worth) AS ?low)",
            [_union(f"?r{currency} ?worth", singles)],
            f"GROUP BY ?r{currency}",
        ),
    ]
    union = " UNION ".join("{ " + b + "}" for b in blocks)
    return (
        "SELECT ?currency (SUM(?low) AS ?total) (COUNT(?low) AS ?count) WHERE {\n"
        f"{union}\n}}\nGROUP BY ?currency ORDER BY ?currency\n"
    )


def _union(variables: str, ways: list[list[str]]) -> str:
    return " UNION ".join("{ " + q.select(variables, lines, "") + "  }" for lines in ways)


def _others(plan: Plan, currency: str) -> list[str]:
    """The lines by which another relationship states the total, in a currency, of the same round."""
    return [
        "?other a aio:Investment ; aio:investee ?object .",
        *q.filters(plan.filters, "?other"),
        *_key("?other", plan),
        *_total("?other", "?sum", currency),
        "FILTER(?round_other = ?round_r)",
    ]


def _key(r: str, plan: Plan, *, begun: bool = False) -> list[str]:
    """The lines that bind what tells a round from others, as ``?round_``."""
    x = r.removeprefix("?")
    return [
        *([] if begun or dated(plan) else [q.begin(r)]),
        f"OPTIONAL {{ SELECT {r} (MIN(LCASE(?name_{x})) AS ?named_{x}) WHERE "
        f"{{ {r} aio:round ?name_{x} }} GROUP BY {r} }}",
        f"BIND(COALESCE(?named_{x}, ?begin_{x}, STR({r})) AS ?round_{x})",
    ]


def _total(r: str, a: str, currency: str) -> list[str]:
    role = q.short(f"{v.SCHEME}amount-role-{AmountRole.ROUND_TOTAL}")
    value = "?value" if a == "?a" else f"{a}_value"
    return [
        f"{r} aio:amount {a} . {a} aio:amountRole {role} ; schema:value {value} ; "
        f"schema:currency {currency} ; aio:amountQualifier {a}_how .",
        f"FILTER({a}_how NOT IN ({q.concepts('qualifier', HEDGED)}))",
        f"FILTER NOT EXISTS {{ {a} aio:roundingOf {a}_exact }}",
    ]
