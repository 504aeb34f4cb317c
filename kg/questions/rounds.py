"""Funding rounds by their totals, which several investors share and nobody put in alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal

from kg import vocabulary as v
from kg.model import AmountRole, Kind
from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.deals import deal_lines, gather_deals
from kg.questions.plan import Plan
from kg.questions.relations import RELATION_COLUMNS
from kg.questions.result import Result
from kg.questions.sifting import passes
from kg.questions.sums import HEDGED, summed
from kg.questions.world import World
from kg.records import RelationshipRecord
from kg.wording import money


def largest_round(plan: Plan, world: World) -> Result:
    """Companies by their largest (or smallest) round, in the currency that most rounds are stated in."""
    plan = summed(plan)
    records, notes = gather_deals(plan, world)
    totals: dict[tuple[str, str], dict[Decimal, list[RelationshipRecord]]] = defaultdict(dict)
    for record in records:
        if not passes(record, plan.filters):
            continue
        for amount in record.summary.amounts:
            if (
                amount.role is AmountRole.ROUND_TOTAL
                and amount.qualifier not in HEDGED
                and not amount.rounding_of
            ):
                key = (record.object.id, amount.currency)
                totals[key].setdefault(amount.value, []).append(record)
    spread = Counter(currency for _, currency in totals)
    chosen = min(spread, key=lambda c: (-spread[c], c), default="USD")
    pick, sign = (min, 1) if plan.order == "least" else (max, -1)
    found = sorted(
        (
            (pick(sums), company)
            for (company, currency), sums in totals.items()
            if currency == chosen
        ),
        key=lambda f: (sign * f[0], world.name(f[1]), f[1]),
    )
    if plan.limit:
        found = found[: plan.limit]
    items = tuple(
        Item(
            world.name(company),
            v.entity_iri(company),
            tuple(dict.fromkeys(totals[company, chosen][value])),
            {"total": value, "currency": chosen, "sum": money(value, chosen)},
        )
        for value, company in found
    )
    others = sorted(c for c in spread if c != chosen)
    if others:
        notes.append(
            f"ranked in {chosen}; rounds stated in {', '.join(others)} are not compared with these"
        )
    return Result(items, _query(plan, chosen), tuple(notes), ("name", "sum", *RELATION_COLUMNS[1:]))


def _query(plan: Plan, currency: str) -> str:
    role = q.short(f"{v.SCHEME}amount-role-{AmountRole.ROUND_TOTAL}")
    lines = [
        *deal_lines(plan, Kind.INVESTMENT),
        *q.filters(plan.filters),
        f"?r aio:amount ?a . ?a aio:amountRole {role} ; schema:value ?value ; "
        f"schema:currency {q.text(currency)} ; aio:amountQualifier ?how .",
        f"FILTER(?how NOT IN ({q.concepts('qualifier', HEDGED)}))",
        "FILTER NOT EXISTS { ?a aio:roundingOf ?exact }",
        "?object skos:prefLabel ?name .",
    ]
    inner = "\n".join(f"  {line}" for line in lines if line)
    pick, direction = ("MIN", "?total") if plan.order == "least" else ("MAX", "DESC(?total)")
    return (
        f"SELECT (?object AS ?id) ?name ({pick}(?value) AS ?total) WHERE {{\n{inner}\n}}\n"
        f"GROUP BY ?object ?name ORDER BY {direction} STR(?name) ?object\n"
        + (f"LIMIT {plan.limit}\n" if plan.limit else "")
    )
