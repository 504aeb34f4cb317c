"""Totals: what was put in, paid or fined in all, one currency at a time or converted to one.

A relationship counts once; for investments what counts of each pair is told in
:mod:`kg.questions.contributions`.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from kg.model import Kind
from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.contributions import Contribution, contributions, told, worth_lines
from kg.questions.deals import deal_lines, gather_deals
from kg.questions.plan import Plan
from kg.questions.result import Result
from kg.questions.sifting import passes
from kg.questions.sums import summed
from kg.questions.world import World
from kg.wording import money

_COLUMNS = (*("name", "count", "relationship", "amounts", "since", "modality", "quote", "article"),)


def total(plan: Plan, world: World) -> Result:
    """The sum of the relationships a plan finds: by currency, or converted to one."""
    if plan.into:
        from kg.questions.converting import converted_total

        return converted_total(plan, plan.into, world)
    plan = summed(plan)
    records, notes = gather_deals(plan, world)
    counted = [r for r in records if passes(r, plan.filters)]
    found = contributions(plan.filters, counted)
    by_currency: dict[str, list[Contribution]] = defaultdict(list)
    for (_, _, currency), one in found.items():
        by_currency[currency].append(one)
    items = []
    for currency, parts in sorted(by_currency.items()):
        value = sum((one.value for one in parts), Decimal(0))
        rests_on = tuple(dict.fromkeys(r for one in parts for r in one.records))
        extra = {"currency": currency, "total": value, "count": sum(one.count for one in parts)}
        items.append(Item(money(value, currency), currency, rests_on, extra))
    return Result(tuple(items), _query(plan), (*notes, *told(found, counted)), _COLUMNS)


def _query(plan: Plan) -> str:
    blocks = [
        worth_lines(
            plan.filters,
            kind,
            [*deal_lines(plan, kind), *q.filters(plan.filters)],
            pair=("?subject", "?object") if kind is Kind.INVESTMENT else (),
        )
        for kind in plan.relations
    ]
    union = " UNION ".join("{ " + b + "}" for b in blocks)
    return (
        f"SELECT ?currency (SUM(?worth) AS ?total) WHERE {{\n{union}\n}}\n"
        "GROUP BY ?currency ORDER BY ?currency\n"
    )
