"""Who was founded first, or last: of a kind, or of those named."""

from __future__ import annotations

from kg import vocabulary as v
from kg.dates import span
from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.pairs import listed
from kg.questions.plan import Plan
from kg.questions.result import Result, big_tech
from kg.questions.sifting import fits
from kg.questions.world import World


def founding(plan: Plan, world: World) -> Result:
    """Entities by when they were founded, as far as the registry knows; ties go together."""
    asked = plan.either or tuple(listed(world, plan.answer))
    days: dict[str, str] = {}
    unknown = []
    for one in asked:
        entity = world.entity(one)
        if not fits(world, one, plan.answer, big_tech()):
            continue
        if entity is None or not entity.founded:
            unknown.append(world.name(one))
        else:
            days[one] = entity.founded
    starts = {one: span(day)[0].isoformat() for one, day in days.items()}
    if plan.limit == 1 and starts:
        edge = max(starts.values()) if plan.order == "latest" else min(starts.values())
        days = {one: day for one, day in days.items() if starts[one] == edge}
    items = [Item(world.name(i), v.entity_iri(i), (), {"founded": d}) for i, d in days.items()]
    items.sort(key=lambda i: (i.extra["founded"], i.name), reverse=plan.order == "latest")
    notes = (f"not known when founded: {', '.join(sorted(unknown))}",) if unknown else ()
    verdict = None
    if plan.polar and plan.role == "than" and not unknown and len(plan.either) == 2:
        one, other = (starts[i] for i in plan.either)
        verdict = "yes" if (one > other if plan.order == "latest" else one < other) else "no"
    return Result(tuple(items), _query(plan), notes, ("name", "founded"), verdict)


def _query(plan: Plan) -> str:
    who = [f"VALUES ?id {{ {' '.join(map(q.entity, plan.either))} }}"] if plan.either else []
    lines = [*who, "?id a aio:Entity .", *q.noun(plan.answer, "?id", big_tech())]
    lines.append(f"?id aio:founded ?founded . BIND({q.first_day('?founded')} AS ?day)")
    if plan.limit == 1:
        pick = "MAX" if plan.order == "latest" else "MIN"
        inner = "\n    ".join(lines)
        lines.append(f"{{ SELECT ({pick}(?day) AS ?edge) WHERE {{\n    {inner}\n  }} }}")
        lines.append("FILTER(?day = ?edge)")
    lines.append("?id skos:prefLabel ?name .")
    direction = "DESC(?day)" if plan.order == "latest" else "?day"
    return q.select("DISTINCT ?id ?name ?founded", lines, f"ORDER BY {direction} ?name")
