"""The relationships themselves: between two, of one, or of a kind; whether there are any."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg import vocabulary as v
from kg.model import SYMMETRIC, AmountRole, Kind, Modality
from kg.questions import sparql as q
from kg.questions import wares
from kg.questions.answer import Item
from kg.questions.plan import LISTED, Plan
from kg.questions.relations import RELATION_COLUMNS, in_order
from kg.questions.result import (
    FAMILY_OF_OBJECT,
    FAMILY_OF_SUBJECT,
    Result,
    big_tech,
    expanded,
    left_out,
    ordered,
    title,
)
from kg.questions.reviewed import concerning, concerns, otherwise, whether_of_deals
from kg.questions.sifting import fits, passes
from kg.questions.world import World, ends
from kg.records import RelationshipRecord
from kg.records.model import in_time


def deals(plan: Plan, world: World) -> Result:
    """The relationships themselves: between two, of one, or of a kind."""
    plan = wares.settled(plan, world)
    records, notes = gather_deals(plan, world)
    records = [r for r in records if wares.offered(plan, r, world)]
    items = [
        Item(title(r), r.iri, (r,), _deal_extra(plan, r))
        for r in records
        if passes(r, plan.filters) and _answers(plan, r)
        if not plan.about or concerns(r, plan.about, world)
    ]
    notes += whether_of_deals(plan, records, world)
    chosen = ordered(items, plan) if plan.order else items
    verdict = ("yes" if _holds(plan, records, world) else "no") if plan.op == "exists" else None
    if plan.op == "exists" and verdict == "no":
        notes += [f"only conditional: {i.name}" for i in items]
    if plan.op == "exists" and plan.filters.ended == "only" and not items:
        standing = replace(plan.filters, ended="no")
        notes += [f"not over: {title(r)}" for r in records if passes(r, standing)]
    if verdict == "no" and plan.filters.statuses and not items:
        notes += otherwise(plan, records)
    f = plan.filters
    if verdict == "no" and (f.least_stake or f.most_stake):
        bare = replace(f, least_stake=None, most_stake=None)
        held = [r for r in records if passes(r, bare)]
        if held and not all(r.summary.stakes for r in held):
            verdict = None
            notes += [f"no stake is stated: {title(r)}" for r in held if not r.summary.stakes]
    on = ("on",) if any(i.extra.get("on") for i in chosen) else ()
    columns = ("name", *on, *RELATION_COLUMNS[1:])
    return Result(tuple(chosen), deals_query(plan), tuple(notes), columns, verdict)


def _holds(plan: Plan, records: list[RelationshipRecord], world: World) -> bool:
    """Whether a relationship is there; with ``both``, one of every entity named."""
    held = [r for r in records if passes(r, plan.filters) and _answers(plan, r)]
    conditional = all(r.summary.modality is Modality.CONDITIONAL for r in held)
    if plan.filters.modalities == LISTED and conditional:
        return False  # what may come about is not there yet
    if not plan.both or plan.either:
        return bool(held)
    touched = {i for r in held for pair in ends(r) for i in pair if i}
    return bool(held) and all(
        touched & (expanded(world, [one], family=not plan.filters.direct).keys())
        for one in (*plan.subjects, *plan.objects)
    )


def gather_deals(plan: Plan, world: World) -> tuple[list[RelationshipRecord], list[str]]:
    """The relationships between the ends of a plan, whatever their modality, with notes."""
    direct = plan.filters.direct
    found: dict[str, RelationshipRecord] = {}
    for kind in plan.relations:
        subjects = expanded(world, plan.subjects, family=not direct and kind in FAMILY_OF_SUBJECT)
        objects = expanded(world, plan.objects, family=not direct and kind in FAMILY_OF_OBJECT)
        either = expanded(world, plan.either, family=not direct and kind in FAMILY_OF_SUBJECT)
        if subjects:
            records = world.around(subjects, [kind], None if kind in SYMMETRIC else "subject")
        elif objects or either:
            records = world.around(
                objects or either, [kind], None if kind in SYMMETRIC or either else "object"
            )
        else:
            records = world.all_of([kind])
        for record in records:
            for subject, object_ in ends(record):
                if (subjects and subject not in subjects) or (objects and object_ not in objects):
                    continue
                if either and not {subject, object_} & either.keys():
                    continue
                if plan.both and plan.either and not {subject, object_} >= set(plan.either):
                    continue
                if {subject, object_} & set(plan.filters.exclude):
                    continue
                if not fits_ends(world, plan, subject, object_):
                    continue
                found[record.id] = record
    records = sorted(found.values(), key=in_time)
    if plan.role == "together":
        records = [r for r in records if _concerns(world, r, plan)]
    return records, left_out(records, plan)


def _concerns(world: World, record: RelationshipRecord, plan: Plan) -> bool:
    """Whether a relationship concerns every one of the objects."""
    objects = {o for _, o in ends(record)}
    family = not plan.filters.direct and record.kind in FAMILY_OF_OBJECT
    return all(expanded(world, [o], family=family).keys() & objects for o in plan.objects)


def fits_ends(world: World, plan: Plan, subject: str | None, object_: str) -> bool:
    """Whether the ends are of the kinds the plan wants (``other`` subject, ``answer`` object)."""
    if not plan.answer.any and not fits(world, object_, plan.answer, big_tech()):
        return False
    return plan.other.any or (subject is not None and fits(world, subject, plan.other, big_tech()))


def _answers(plan: Plan, record: RelationshipRecord) -> bool:
    """Whether a relationship states what is wanted of it."""
    s = record.summary
    if plan.op == "valuation":
        return any(a.role is AmountRole.VALUATION for a in s.amounts)
    if plan.op == "stake":
        return bool(s.stakes)
    return True


def answering(plan: Plan) -> list[str]:
    """The line that keeps the relationships that state what is wanted."""
    if plan.op == "valuation":
        role = q.short(f"{v.SCHEME}amount-role-valuation")
        return [f"FILTER EXISTS {{ ?r aio:amount ?a . ?a aio:amountRole {role} }}"]
    return ["FILTER EXISTS { ?r aio:stakePercent ?stake }"] if plan.op == "stake" else []


def _deal_extra(plan: Plan, record: RelationshipRecord) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    if plan.op == "stake":
        extra["stake"] = [f"{s}%" for s in record.summary.stakes]
    if plan.op in ("when", "exists") and plan.filters.statuses:
        steps = [s for s in record.summary.steps if s.status in plan.filters.statuses]
        extra["on"] = [s.date for s in steps if s.date]
    return extra


def deal_lines(plan: Plan, kind: Kind) -> list[str]:
    """The lines that find the relationships of one kind between the ends of a plan."""
    direct = plan.filters.direct
    lines = []
    if plan.subjects:
        family = not direct and kind in FAMILY_OF_SUBJECT
        lines.append(q.given(plan, plan.subjects, "?subject", family=family))
    if plan.objects:
        family = not direct and kind in FAMILY_OF_OBJECT
        first = plan.objects[:1] if plan.role == "together" else plan.objects
        lines.append(q.given(plan, first, "?object", family=family))
        for n, one in enumerate(plan.objects[1:] if plan.role == "together" else (), 2):
            lines.append(q.given(plan, (one,), f"?party{n}", family=family))
            lines.append(f"?r aio:reviewedParty|aio:party ?party{n} .")
    if plan.either:
        family = not direct and kind in FAMILY_OF_SUBJECT
        lines.append(q.given(plan, plan.either, "?one", family=family))
    if plan.subjects or not plan.other.any or kind in SYMMETRIC:
        lines.append(q.pattern(kind))
    else:
        lines.append(_with_unnamed(kind))
    if plan.either:
        lines.append("FILTER(?one = ?subject || ?one = ?object)")
        if plan.both:
            lines += [f"FILTER({q.entity(e)} IN (?subject, ?object))" for e in plan.either]
    if plan.filters.exclude:
        out = ", ".join(map(q.entity, plan.filters.exclude))
        lines.append(
            f"FILTER(?object NOT IN ({out}) && (!BOUND(?subject) || ?subject NOT IN ({out})))"
        )
    lines += q.noun(plan.answer, "?object", big_tech())
    lines += q.noun(plan.other, "?subject", big_tech())
    return lines


def _with_unnamed(kind: Kind) -> str:
    terms = v.TERMS[kind]
    path = q.short(terms.object) + ("|aio:party" if kind is Kind.SCRUTINY else "")
    return (
        f"?r a {q.short(terms.cls)} ; {path} ?object .\n"
        f"  OPTIONAL {{ ?r {q.short(terms.subject)} ?subject }}\n"
        "  FILTER(!BOUND(?subject) || ?subject != ?object)"
    )


def deals_query(plan: Plan) -> str:
    """SELECT of the relationships, named by their ends."""
    blocks = [
        [
            *deal_lines(plan, kind),
            *q.filters(plan.filters),
            *answering(plan),
            *concerning(plan),
            *wares.ware_lines(plan, "?r"),
            *q.naming(kind),
        ]
        for kind in plan.relations
    ]
    if len(blocks) == 1:
        lines = blocks[0]
    else:
        parts = ["{\n" + "\n".join(f"    {line}" for line in b) + "\n  }" for b in blocks]
        lines = ["\n  UNION\n  ".join(parts)]
    lines.append("BIND(?r AS ?id)")
    if plan.order in ("latest", "first"):
        return in_order(plan, lines)
    return q.select("DISTINCT ?id ?name", lines)
