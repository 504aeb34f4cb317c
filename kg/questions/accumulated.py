"""Who reaches a sum by several investments together: *who has put more than $10bn into OpenAI?*"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from kg.model import Kind
from kg.questions import sparql as q
from kg.questions.plan import Plan
from kg.questions.relations import Groups, gather, related_lines
from kg.questions.sums import figure, figure_lines, summed
from kg.questions.world import World


def accumulates(plan: Plan) -> bool:
    """Whether a plan asks who has put in more than a sum, or into whom more was put."""
    least = plan.filters.least
    own = least is not None and least.of == "own" and bool(least.currency)
    return own and plan.relations == (Kind.INVESTMENT,) and not (plan.filters.most or plan.order)


def reached(plan: Plan, world: World) -> Groups:
    """Those that reach the sum by what they have put in altogether, none of it hedged."""
    least = plan.filters.least
    if least is None:
        return {}
    found: Groups = {}
    for answer, related in gather(_unbounded(plan), world)[0].items():
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for record, _, anchor in related:
            sums[anchor] += figure(record).get(least.currency or "", Decimal(0))
        enough = {
            a for a, x in sums.items() if x > least.value or (x == least.value and not least.strict)
        }
        if enough:
            found[answer] = [f for f in related if f[2] in enough]
    return found


def lines(plan: Plan) -> list[str]:
    """The lines that find those who reach the sum, by one investment or by several."""
    least = plan.filters.least
    if least is None:
        return related_lines(plan)
    anchor = "?object" if plan.ask == "subject" else "?subject"
    each = [
        *related_lines(_unbounded(plan)),
        *figure_lines(Kind.INVESTMENT),
        f"FILTER(?currency = {q.text(least.currency or '')})",
    ]
    variables = f"?r ?id ?name {anchor}"
    inner = q.select(f"{variables} (MIN(?value) AS ?low)", each, f"GROUP BY {variables}")
    sign = ">" if least.strict else ">="
    having = f"GROUP BY ?id ?name {anchor} HAVING(SUM(?low) {sign} {least.value:f})"
    several = q.select("?id ?name", ["{ " + inner + "}"], having)
    one = "\n    ".join(line for line in related_lines(plan) if line)
    return [f"{{\n    {one}\n  }} UNION {{ {several} }}"]


def _unbounded(plan: Plan) -> Plan:
    return summed(replace(plan, filters=replace(plan.filters, least=None)))
