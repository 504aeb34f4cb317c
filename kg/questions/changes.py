"""What happened when: between two days, over an entity's life, in the last round."""

from __future__ import annotations

from dataclasses import replace

from kg import vocabulary as v
from kg.dates import span
from kg.model import Kind
from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.deals import deal_lines, gather_deals
from kg.questions.plan import Filters, Plan
from kg.questions.relations import RELATION_COLUMNS
from kg.questions.result import Result, big_tech, left_out, title
from kg.questions.sifting import begin, fits, passes
from kg.questions.world import World
from kg.records import RelationshipRecord


def changes(plan: Plan, world: World) -> Result:
    """Relationships that began, were first reported or moved on within a period."""
    if plan.filters.as_of:
        last = min(plan.filters.until or "9999", span(plan.filters.as_of)[1].isoformat())
        plan = replace(plan, filters=replace(plan.filters, until=last))
    since, until = plan.filters.since or "0000", plan.filters.until or "9999"
    undated = replace(plan, filters=replace(plan.filters, since=None, until=None))
    records, _ = gather_deals(undated, world)
    items = []
    for record in records:
        if not passes(record, undated.filters):
            continue
        moved = _moves(record, since, until)
        if moved:
            items.append(
                Item(
                    title(record),
                    record.iri,
                    (record,),
                    {"change": [w for _, w in moved], "on": moved[0][0]},
                )
            )
    items.sort(key=lambda i: (i.extra["on"], i.name.casefold(), i.id))
    blocks = []
    for kind in plan.relations:
        moves = _move_filter(plan.filters)
        blocks.append(
            [
                *deal_lines(undated, kind),
                *q.filters(undated.filters),
                *([] if undated.filters.as_of else [q.begin()]),
                moves,
                *q.naming(kind),
            ]
        )
    parts = ["{\n" + "\n".join(f"    {line}" for line in b) + "\n  }" for b in blocks]
    query = q.select("DISTINCT (?r AS ?id) ?name", ["\n  UNION\n  ".join(parts)])
    return Result(tuple(items), query, (), ("on", "change", *RELATION_COLUMNS))


def _moves(record: RelationshipRecord, since: str, until: str) -> list[tuple[str, str]]:
    found = []
    day = begin(record)
    if day and since <= day <= until:
        found.append((day, "began" if record.summary.start else "first reported"))
    found += [
        (at, step.status.value.replace("_", " "))
        for step in record.summary.steps
        if step.date and since <= (at := span(step.date)[0].isoformat()) <= until
    ]
    return sorted(set(found))


def _move_filter(f: Filters) -> str:
    def within(variable: str) -> str:
        limits = [f"{variable} >= {q.text(f.since)}"] if f.since else []
        limits += [f"{variable} <= {q.text(f.until)}"] if f.until else []
        return " && ".join(limits) or "true"

    return (
        f"FILTER((BOUND(?begin_r) && {within('?begin_r')}) || EXISTS {{ ?r aio:step ?step . ?step aio:date ?on . "
        f"FILTER({within('SUBSTR(CONCAT(STR(?on), ' + chr(34) + '-01-01' + chr(34) + '), 1, 10)')}) }})"
    )


def last_round(plan: Plan, world: World) -> tuple[Plan, str | None]:
    """The plan for one round where it asks for the last (or first): that round, by name."""
    if plan.order not in ("latest", "first") or plan.filters.round or not plan.objects:
        return plan, None
    bare = replace(plan.filters, since=plan.filters.since)
    rounds = [
        (day, sorted(r.summary.rounds)[0])
        for r in world.around(plan.objects, [Kind.INVESTMENT], "object")
        if r.summary.rounds and passes(r, bare) and (day := begin(r))
    ]
    if not rounds:
        return plan, None
    _, name = max(rounds) if plan.order == "latest" else min(rounds)
    return replace(
        plan, order=None, limit=None, filters=replace(plan.filters, round=name.casefold())
    ), name


def leads(plan: Plan, world: World) -> Result:
    """Who led the rounds of a company, or whose rounds an investor led."""
    plan, name = last_round(plan, world)
    notes = [f"the {name} round"] if name else []
    kind = Kind.INVESTMENT
    found: dict[str, list[RelationshipRecord]] = {}
    if plan.objects:
        records = world.around(plan.objects, [kind], "object")
    else:
        ids = [i for s in plan.subjects for i in world.family(s)]
        records = [
            r
            for i in ids
            for r in world.catalogue.as_party(i)
            if r.kind is kind
            and any(role == "lead" and ref.id == i for role, ref in r.participants)
        ]
    for record in records:
        if not passes(record, plan.filters):
            continue
        led = [ref.id for role, ref in record.participants if role == "lead"]
        answers = led if plan.objects else [record.object.id]
        for answer in answers:
            if fits(world, answer, plan.answer, big_tech()) and (
                not plan.objects or record.object.id in plan.objects
            ):
                found.setdefault(answer, []).append(record)
    items = [
        Item(
            world.name(e),
            v.entity_iri(e),
            tuple(dict.fromkeys(rs)),
            {"round": sorted({x for r in rs for x in r.summary.rounds})},
        )
        for e, rs in found.items()
    ]
    items.sort(key=lambda i: (i.name.casefold(), i.id))
    terms = v.TERMS[kind]
    if plan.objects:
        lines = [
            q.given(plan, plan.objects, "?company", family=False),
            f"?r a {q.short(terms.cls)} ; aio:investee ?company ; aio:leadInvestor ?id .",
        ]
    else:
        lines = [
            q.given(plan, plan.subjects, "?lead", family=True),
            f"?r a {q.short(terms.cls)} ; aio:investee ?id ; aio:leadInvestor ?lead .",
        ]
    lines += [
        *q.filters(plan.filters),
        *q.noun(plan.answer, "?id", big_tech()),
        "?id skos:prefLabel ?name .",
    ]
    columns = ("name", "round", *RELATION_COLUMNS[1:])
    return Result(
        tuple(items),
        q.select("DISTINCT ?id ?name", lines),
        (*notes, *left_out(records, plan)),
        columns,
    )
