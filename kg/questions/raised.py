"""What a company has raised: each round once, by its total, and what was put in outside of any.

Who took part in a round tells what it came to or what they put in themselves: added up, these
would count it several times, or a part of it only.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from kg import vocabulary as v
from kg.model import AmountRole, Kind
from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.deals import deal_lines, gather_deals
from kg.questions.plan import Plan
from kg.questions.result import Result, title
from kg.questions.sifting import begin, passes
from kg.questions.sums import HEDGED, beside, figure, figure_lines, summed
from kg.questions.world import World
from kg.records import RelationshipRecord
from kg.wording import money

Round = tuple[str, str]
"""A company and what tells its round from others: its name, else the day."""


def raised(plan: Plan, world: World) -> Result:
    """The total raised, by currency."""
    plan = summed(plan)
    records, notes = gather_deals(plan, world)
    counted = [r for r in records if passes(r, plan.filters)]
    rounds: dict[Round, list[RelationshipRecord]] = defaultdict(list)
    for record in counted:
        rounds[_round(record)].append(record)
    parts: dict[str, list[tuple[Decimal, tuple[RelationshipRecord, ...]]]] = defaultdict(list)
    for together in rounds.values():
        whole: dict[str, list[Decimal]] = defaultdict(list)
        for record in together:
            for currency, value in _totals(record):
                whole[currency].append(value)
        for currency, values in whole.items():
            parts[currency].append((min(values), tuple(together)))
        for record in together if not whole else ():
            for currency, value in figure(record).items():
                parts[currency].append((value, (record,)))
    items = []
    for currency, found in sorted(parts.items()):
        if plan.into not in (None, currency):
            notes.append(f"not converted: {money(sum(x for x, _ in found), currency)}")  # type: ignore[arg-type]
            continue
        value = sum((x for x, _ in found), Decimal(0))
        told = tuple(dict.fromkeys(r for _, rs in found for r in rs))
        extra = {"currency": currency, "total": value, "count": len(found)}
        items.append(Item(money(value, currency), currency, told, extra))
    if any(r.summary.rounds or _totals(r) for r in counted):
        notes.append("each round counts once, by its total where one is stated")
    unnamed = [r for r in counted if not figure(r) and not any(map(_totals, rounds[_round(r)]))]
    notes += [f"no sum is stated: {title(r)}" for r in unnamed]
    notes += [n for n in beside(counted) if "(whole round)" not in n]
    columns = ("name", "count", "relationship", "amounts", "since", "modality", "quote", "article")
    return Result(tuple(items), _query(plan), tuple(notes), columns)


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
    found = [*deal_lines(plan, Kind.INVESTMENT), *q.filters(plan.filters), *_key("?r", plan)]
    only = [f"FILTER(?currency = {q.text(plan.into)})"] if plan.into else []
    inside = "\n    ".join(
        [
            "?other a aio:Investment ; aio:investee ?object .",
            *q.filters(plan.filters, "?other"),
            *_key("?other", plan),
            *_total("?other", "?sum", "?any"),
            "FILTER(?round_other = ?round_r)",
        ]
    )
    whole = [*found, *_total("?r", "?a", "?currency"), *only]
    single = [*found, *figure_lines(Kind.INVESTMENT), *only]
    single.append(f"FILTER NOT EXISTS {{\n    {inside}\n  }}")
    grouped = (
        q.select(
            "?object ?round_r ?currency (MIN(?value) AS ?low)",
            whole,
            "GROUP BY ?object ?round_r ?currency",
        ),
        q.select("?r ?currency (MIN(?value) AS ?low)", single, "GROUP BY ?r ?currency"),
    )
    union = " UNION ".join("{ " + g + "}" for g in grouped)
    return (
        "SELECT ?currency (SUM(?low) AS ?total) (COUNT(?low) AS ?count) WHERE {\n"
        f"{union}\n}}\nGROUP BY ?currency ORDER BY ?currency\n"
    )


def _key(r: str, plan: Plan) -> list[str]:
    x = r.removeprefix("?")
    dated = plan.filters.since or plan.filters.until or plan.filters.as_of
    return [
        *([] if dated else [q.begin(r)]),
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
