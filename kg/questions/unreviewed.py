"""Deals that no authority is known to have looked at."""

from __future__ import annotations

from kg import vocabulary as v
from kg.model import Kind
from kg.questions import sparql as q
from kg.questions.deals import deal_lines, deals, gather_deals
from kg.questions.plan import Filters, Plan
from kg.questions.result import Result
from kg.questions.sifting import passes
from kg.questions.world import World


def unreviewed(plan: Plan, world: World) -> Result:
    """The deals a plan finds without those both of whose parties stand in one review."""
    found = deals(plan, world)
    parties = [
        {r.object.id, *(ref.id for role, ref in r.participants if role == "party")}
        for r in world.all_of([Kind.SCRUTINY])
        if passes(r, _reviews(plan))
    ]
    reviewed = {
        record.iri
        for record in gather_deals(plan, world)[0]
        if passes(record, plan.filters)
        and record.subject
        and any({record.subject.id, record.object.id} <= both for both in parties)
    }
    items = tuple(i for i in found.items if i.id not in reviewed)
    notes = list(found.notes)
    if out := len(found.items) - len(items):
        notes.append(f"looked at by an authority: {out}")
    return Result(items, _query(plan), tuple(notes), found.columns)


def _reviews(plan: Plan) -> Filters:
    """Reviews of any outcome count, unless they are only rumoured or were denied."""
    return Filters(ended="all", as_of=plan.filters.as_of)


def _query(plan: Plan) -> str:
    blocks = []
    for kind in plan.relations:
        review = "\n    ".join(q.filters(_reviews(plan), "?review"))
        seen = (
            f"FILTER(!BOUND(?subject) || NOT EXISTS {{ ?review a {q.short(v.TERMS[Kind.SCRUTINY].cls)} ; "
            f"aio:reviewedParty|aio:party ?subject , ?object .\n    {review} }})"
        )
        lines = [*deal_lines(plan, kind), seen, *q.filters(plan.filters), *q.naming(kind)]
        blocks.append("{\n" + "\n".join(f"    {line}" for line in lines) + "\n  }")
    return q.select("DISTINCT ?id ?name", ["\n  UNION\n  ".join(blocks), "BIND(?r AS ?id)"])
