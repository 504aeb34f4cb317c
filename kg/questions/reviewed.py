"""Reviews of one kind of deal: *which takeovers are under review*.

A review tells its parties and not the deal: it is of an acquisition if one of its parties is to
acquire another.
"""

from __future__ import annotations

from kg import vocabulary as v
from kg.model import Kind
from kg.questions import sparql as q
from kg.questions.plan import Plan
from kg.questions.world import World
from kg.records import RelationshipRecord


def concerns(record: RelationshipRecord, kind: Kind, world: World) -> bool:
    """Whether there is such a deal between the parties of a review."""
    parties = {record.object.id, *(ref.id for role, ref in record.participants if role == "party")}
    return any(
        deal.subject is not None and {deal.subject.id, deal.object.id} <= parties
        for deal in world.around(parties, [kind])
    )


def concerning(plan: Plan) -> list[str]:
    """The lines that keep the reviews of such deals."""
    if plan.about is None:
        return []
    terms = v.TERMS[plan.about]
    party = "?r aio:reviewedParty|aio:party"
    deal = f"?deal a {q.short(terms.cls)} ; {q.short(terms.subject)} ?giver ; {q.short(terms.object)} ?taker ."
    return [
        f"FILTER EXISTS {{ {deal} {party} ?giver . {party} ?taker . FILTER(?giver != ?taker) }}"
    ]
