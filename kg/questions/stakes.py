"""Who holds the most of a company: relationships by the stake that is stated, not by their sums."""

from __future__ import annotations

from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.deals import deal_lines, gather_deals
from kg.questions.plan import Plan
from kg.questions.relations import RELATION_COLUMNS
from kg.questions.result import Result, title
from kg.questions.sifting import passes
from kg.questions.world import World


def largest_stake(plan: Plan, world: World) -> Result:
    """Relationships by the stake stated, of several the greatest; how many state none is told."""
    records, notes = gather_deals(plan, world)
    counted = [r for r in records if passes(r, plan.filters)]
    sign = 1 if plan.order == "least" else -1
    held = sorted(
        ((max(r.summary.stakes), r) for r in counted if r.summary.stakes),
        key=lambda found: (sign * found[0], found[1].iri),
    )
    if len(held) < len(counted):
        notes.append(f"of {len(counted) - len(held)} others no stake is stated")
    items = [Item(title(r), r.iri, (r,), {"stake": [f"{stake}%"]}) for stake, r in held]
    query = _query(plan)
    if plan.limit:
        items, query = items[: plan.limit], query + f"LIMIT {plan.limit}\n"
    return Result(tuple(items), query, tuple(notes), ("name", "stake", *RELATION_COLUMNS[1:]))


def _query(plan: Plan) -> str:
    kind = plan.relations[0]
    lines = [*deal_lines(plan, kind), *q.filters(plan.filters), "?r aio:stakePercent ?stake ."]
    each = q.select("?r (MAX(?stake) AS ?held)", lines, "GROUP BY ?r")
    direction = "?held" if plan.order == "least" else "DESC(?held)"
    naming = "\n".join(f"  {line}" for line in q.naming(kind))
    return (
        f"SELECT (?r AS ?id) ?name WHERE {{\n  {{ {each} }}\n{naming}\n}}\n"
        f"ORDER BY {direction} STR(?r)\n"
    )
