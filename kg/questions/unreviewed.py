"""Deals that no authority is known to have looked at."""

from __future__ import annotations

from collections import defaultdict

from kg.model import Kind
from kg.questions import sparql as q
from kg.questions.deals import deal_lines, deals, gather_deals
from kg.questions.plan import Plan
from kg.questions.result import Result
from kg.questions.sifting import passes
from kg.questions.world import World, ends


def unreviewed(plan: Plan, world: World) -> Result:
    """The deals a plan finds without those both of whose parties stand in one review."""
    found = deals(plan, world)
    parties: dict[str, set[str]] = defaultdict(set)
    for review in world.all_of([Kind.SCRUTINY]):
        parties[review.id] |= {object_ for _, object_ in ends(review)}
    reviewed = {
        record.iri
        for record in gather_deals(plan, world)[0]
        if passes(record, plan.filters)
        and record.subject
        and any({record.subject.id, record.object.id} <= both for both in parties.values())
    }
    items = tuple(i for i in found.items if i.id not in reviewed)
    notes = list(found.notes)
    if out := len(found.items) - len(items):
        notes.append(f"looked at by an authority: {out}")
    return Result(items, _query(plan), tuple(notes), found.columns)


def _query(plan: Plan) -> str:
    blocks = []
    for kind in plan.relations:
        seen = (
            "FILTER NOT EXISTS { ?review aio:reviewedParty|aio:party ?subject . "
            "?review aio:reviewedParty|aio:party ?object }"
        )
        lines = [*deal_lines(plan, kind), seen, *q.filters(plan.filters), *q.naming(kind)]
        blocks.append("{\n" + "\n".join(f"    {line}" for line in lines) + "\n  }")
    return q.select("DISTINCT ?id ?name", ["\n  UNION\n  ".join(blocks), "BIND(?r AS ?id)"])
