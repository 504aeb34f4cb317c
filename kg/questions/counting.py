"""Rankings and comparisons by number: who backs the most labs."""

from __future__ import annotations

from dataclasses import replace

from kg import vocabulary as v
from kg.questions import conditions
from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.plan import Noun, Plan
from kg.questions.relations import gather, related_lines
from kg.questions.result import Result, whether_first
from kg.questions.world import World


def rank_count(plan: Plan, world: World) -> Result:
    """Entities by how many they are related to: who backs the most labs."""
    if plan.either:
        return _compared_count(plan, world)
    groups, notes = gather(plan, world)
    anchor = "subject" if plan.ask == "object" else "object"
    items = []
    kept, told = conditions.keep(plan, world, groups)
    notes += told
    for entity_id in kept:
        found = groups[entity_id]
        others = {a for _, _, a in found}
        if not (plan.fewest or 0) <= len(others) <= (plan.most or len(others)):
            continue
        items.append(
            Item(
                world.name(entity_id),
                v.entity_iri(entity_id),
                tuple(dict.fromkeys(r for r, _, _ in found)),
                {"count": len(others), "of": sorted(world.name(o) for o in others)},
            )
        )
    if plan.role == "candidates":
        notes = [n for n in notes if not n.startswith("not a")]
    sign = 1 if plan.order == "least" else -1
    items.sort(key=lambda i: (sign * i.extra["count"], i.name, i.id))
    lines = related_lines(plan)
    direction = "?count" if plan.order == "least" else "DESC(?count)"
    query = (
        f"SELECT ?id ?name (COUNT(DISTINCT ?{anchor}) AS ?count) WHERE {{\n"
        + "\n".join(f"  {line}" for line in lines)
        + f"\n}}\nGROUP BY ?id ?name{_having(plan, anchor)} ORDER BY {direction} STR(?name) ?id\n"
    )
    if plan.limit:
        items = items[: plan.limit]
        query += f"LIMIT {plan.limit}\n"
    return Result(tuple(items), query, tuple(notes), ("name", "count", "of"))


def _compared_count(plan: Plan, world: World) -> Result:
    """The named entities, with what belongs to them, by how many they are related to."""
    items, blocks, notes = [], [], list[str]()
    for one in plan.either:
        turned = replace(
            plan,
            ask="object" if plan.ask == "subject" else "subject",
            subjects=(one,) if plan.ask == "subject" else (),
            objects=() if plan.ask == "subject" else (one,),
            either=(),
            answer=plan.other,
            other=Noun(),
        )
        groups, told = gather(turned, world)
        notes += [n for n in told if not n.startswith("not a")]
        records = dict.fromkeys(r for found in groups.values() for r, _, _ in found)
        extra = {"count": len(groups), "of": sorted(world.name(o) for o in groups)}
        items.append(Item(world.name(one), v.entity_iri(one), tuple(records), extra))
        lines = "\n".join(f"    {line}" for line in related_lines(turned))
        blocks.append(
            f"{{ SELECT ({q.entity(one)} AS ?one) (COUNT(DISTINCT ?id) AS ?number) WHERE {{\n{lines}\n  }} }}"
        )
    sign = 1 if plan.order == "least" else -1
    items.sort(key=lambda i: (sign * i.extra["count"], i.name, i.id))
    direction = "?count" if plan.order == "least" else "DESC(?count)"
    query = (
        "SELECT (?one AS ?id) (?label AS ?name) (?number AS ?count) WHERE {\n  "
        + "\n  UNION ".join(blocks)
        + f"\n  ?one skos:prefLabel ?label .\n}}\nORDER BY {direction} STR(?label) ?one\n"
    )
    verdict = whether_first(plan, items, "count")
    if plan.role == "whether":
        number = items[0].extra["count"]
        verdict = "yes" if (plan.fewest or 0) <= number <= (plan.most or number) else "no"
    columns = ("name", "count", "of")
    return Result(tuple(items), query, tuple(dict.fromkeys(notes)), columns, verdict)


def _having(plan: Plan, anchor: str) -> str:
    limits = [
        f"COUNT(DISTINCT ?{anchor}) {sign} {count}"
        for sign, count in ((">=", plan.fewest), ("<=", plan.most))
        if count is not None
    ]
    return f" HAVING({' && '.join(limits)})" if limits else ""
