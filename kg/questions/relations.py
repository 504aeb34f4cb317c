"""Questions about who stands in one kind of relationship: who, whom."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import replace
from typing import Any

from kg import vocabulary as v
from kg.model import SYMMETRIC
from kg.questions import conditions, wares
from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.plan import Noun, Plan
from kg.questions.result import (
    FAMILY_OF_OBJECT,
    FAMILY_OF_SUBJECT,
    Result,
    big_tech,
    expanded,
    left_out,
    ordered,
)
from kg.questions.sifting import aimed, fits, passes
from kg.questions.supplying import misplaced, supplied_lines
from kg.questions.world import World, ends
from kg.records import RelationshipRecord

Groups = dict[str, list[tuple[RelationshipRecord, str, str]]]
"""Answer id -> the relationships it rests on, each with whom asked for and whom found."""
RELATION_COLUMNS = ("name", "amounts", "since", "terms", "status", "modality", "quote", "article")


def related(plan: Plan, world: World) -> Result:
    """The entities at one end of a kind of relationship."""
    plan = wares.settled(plan, world)
    named = None
    if plan.by == "round":
        from kg.questions.changes import last_round

        plan, named = last_round(plan, world)
    from kg.questions.accumulated import accumulates, altogether

    groups, notes = gather(plan, world)
    if accumulates(plan):
        groups = altogether(plan, world, groups)
    if plan.by == "new":
        before = gather(_before(plan), world)[0]
        groups = {k: found for k, found in groups.items() if k not in before}
    notes += [f"the {named} round"] if named else []
    roots: set[str]
    if plan.role == "together":
        roots = set(plan.objects)
        groups = {k: [f for f in g if f[0] in _covering(g, roots)] for k, g in groups.items()}
        groups = {k: g for k, g in groups.items() if g}
    elif plan.both and len(plan.subjects or plan.objects) > 1:
        roots = set(plan.subjects or plan.objects)
        groups = {k: g for k, g in groups.items() if {root for _, root, _ in g} >= roots}
    items = []
    kept, told = conditions.keep(plan, world, groups)
    notes += told
    for entity_id, further in kept.items():
        found = groups[entity_id]
        records = tuple(dict.fromkeys([*(r for r, _, _ in found), *further]))
        items.append(
            Item(world.name(entity_id), v.entity_iri(entity_id), records, _through(world, found))
        )
    chosen = ordered(items, plan)
    columns: tuple[str, ...] = RELATION_COLUMNS
    if any(i.extra.get("through") for i in chosen):
        columns = ("name", "through", *columns[1:])
    return Result(tuple(chosen), _related_query(plan), tuple(notes), columns)


def _before(plan: Plan) -> Plan:
    """The plan as of before its period: whoever it finds is not new."""
    last = dt.date.fromisoformat(plan.filters.since or "0001-01-02") - dt.timedelta(days=1)
    filters = replace(plan.filters, since=None, until=last.isoformat(), ended="all", least=None)
    return replace(plan, by=None, filters=filters)


def _covering(
    found: list[tuple[RelationshipRecord, str, str]], roots: set[str]
) -> set[RelationshipRecord]:
    """The relationships that concern every one of the roots."""
    return {r for r, _, _ in found if {root for x, root, _ in found if x is r} >= roots}


def gather(plan: Plan, world: World) -> tuple[Groups, list[str]]:
    """The answers of a plan with what they rest on, and notes on what was left out."""
    kind = plan.relations[0]
    asked_subject = plan.ask == "subject"
    roots = plan.objects if asked_subject else plan.subjects
    family = not plan.filters.direct and kind in (
        FAMILY_OF_OBJECT if asked_subject else FAMILY_OF_SUBJECT
    )
    known = expanded(world, roots, family=family)
    if roots:
        role = None if kind in SYMMETRIC else ("object" if asked_subject else "subject")
        records = world.around(known, [kind], role)
    else:
        records = world.all_of([kind])
    groups: Groups = defaultdict(list)
    touched: dict[str, RelationshipRecord] = {}
    aside: set[str] = set()
    of_kind = Noun(kind=plan.answer.kind)
    for record in records:
        for subject, object_ in ends(record):
            answer, anchor = (subject, object_) if asked_subject else (object_, subject)
            if answer is None or anchor is None or (roots and anchor not in known):
                continue
            if plan.filters.indirect and anchor in roots:
                continue
            if aimed(plan.filters) and object_ != record.object.id:
                continue
            if misplaced(plan, record, anchor) or not wares.offered(plan, record, world):
                continue
            if answer in plan.filters.exclude or anchor in plan.filters.exclude:
                continue
            if not roots and not fits(world, anchor, plan.other, big_tech()):
                continue
            if not fits(world, answer, plan.answer, big_tech()):
                if passes(record, plan.filters) and not fits(world, answer, of_kind):
                    aside.add(answer)
                continue
            touched[record.id] = record
            if passes(record, plan.filters):
                groups[answer].append((record, known.get(anchor, anchor), anchor))
    notes = left_out(touched.values(), plan)
    if aside and plan.answer.kind and roots:
        names = sorted(world.name(i) for i in aside)
        what = "lab" if plan.answer.kind == "lab" else plan.answer.kind.replace("-", " ")
        article = "an" if what[0] in "aeiou" else "a"
        notes.append(
            f"not {article} {what}: {', '.join(names[:8])}" + (" …" if len(names) > 8 else "")
        )
    return groups, notes


def _through(world: World, found: list[tuple[RelationshipRecord, str, str]]) -> dict[str, Any]:
    """The subsidiary or fund by which an answer holds, where no relationship is direct."""
    if any(root == anchor for _, root, anchor in found):
        return {}
    ways = {_way(world, anchor, root) for _, root, anchor in found}
    return {"through": ", ".join(sorted(ways))}


def _way(world: World, anchor: str, root: str) -> str:
    """What belongs to whom was asked for; where it was taken over, by whom and when."""
    parts, taken_over = [world.name(anchor)], False
    for owned, owner in world.chain(anchor, root):
        if deal := world.catalogue.takeover(owned, owner):
            day = deal.summary.steps[-1].date
            parts[-1] += f" (taken over by {world.name(owner)}{f' {day}' if day else ''})"
            taken_over = True
        if owner != root:
            parts.append(world.name(owner))
    return ", which belongs to ".join(parts) if taken_over else parts[0]


def _related_query(plan: Plan) -> str:
    if plan.order in ("latest", "first"):
        return in_order(plan, related_lines(plan))
    return q.select("DISTINCT ?id ?name", answer_lines(plan))


def answer_lines(plan: Plan) -> list[str]:
    """The lines that find the answers of a plan, as ``?id`` and ``?name``."""
    from kg.questions import accumulated

    return accumulated.lines(plan) if accumulated.accumulates(plan) else related_lines(plan)


def related_lines(plan: Plan) -> list[str]:
    """The lines that find the entities at the end asked for, as ``?id`` and ``?name``."""
    kind = plan.relations[0]
    asked = "subject" if plan.ask == "subject" else "object"
    anchor = "object" if asked == "subject" else "subject"
    roots = plan.objects if asked == "subject" else plan.subjects
    family = not plan.filters.direct and kind in (
        FAMILY_OF_OBJECT if asked == "subject" else FAMILY_OF_SUBJECT
    )
    variables = {asked: "?id", anchor: f"?{anchor}"}

    def block(r: str, ids: tuple[str, ...]) -> list[str]:
        held = f"?{anchor}" + r.removeprefix("?r")
        below = plan.filters.indirect
        lines = [q.given(plan, ids, held, family=family, below=below)] if ids else []
        names = {asked: "?id", anchor: held}
        parties = not aimed(plan.filters)
        lines.append(q.pattern(kind, names["subject"], names["object"], r, parties=parties))
        if r in ("?r", "?r1"):  # before what is optional, after which engines look up every name
            lines.append("?id skos:prefLabel ?name .")
        lines += q.filters(plan.filters, r)
        lines += [*supplied_lines(plan, held, r), *wares.ware_lines(plan, r)]
        if plan.filters.exclude:
            out = ", ".join(map(q.entity, plan.filters.exclude))
            lines.append(f"FILTER(?id NOT IN ({out}) && {held} NOT IN ({out}))")
        if not ids:
            lines += q.noun(plan.other, held, big_tech())
        return lines

    if plan.role == "together" and len(roots) > 1:
        lines = block("?r", roots[:1])
        for n, one in enumerate(roots[1:], 2):
            lines.append(q.given(plan, (one,), f"?party{n}", family=family))
            lines.append(f"?r aio:reviewedParty|aio:party ?party{n} . FILTER(?party{n} != ?id)")
    elif plan.both and len(roots) > 1:
        lines = [line for n, one in enumerate(roots, 1) for line in block(f"?r{n}", (one,))]
    else:
        lines = block("?r", roots)
    lines += q.noun(plan.answer, variables[asked], big_tech())
    lines += conditions.lines(plan)
    if plan.by == "new":
        earlier = "\n    ".join(line for line in related_lines(_before(plan)) if line)
        renamed = re.sub(r"\?(?!id\b)(\w+)", r"?\1_before", earlier)
        lines.append(f"FILTER NOT EXISTS {{\n    {renamed}\n  }}")
    return lines


def in_order(plan: Plan, lines: list[str]) -> str:
    """The query whose answers come by when their relationships began, the first or last of them."""
    has_begin = bool(plan.filters.since or plan.filters.until or plan.filters.as_of)
    body = [*lines, *([] if has_begin else [q.begin("?r")]), "FILTER(BOUND(?begin_r))"]
    pick, order = ("MAX", "DESC(?when)") if plan.order == "latest" else ("MIN", "?when")
    inner = "\n".join(f"  {line}" for line in body)
    each = f"SELECT ?id ?name ({pick}(?begin_r) AS ?when) WHERE {{\n{inner}\n}}\nGROUP BY ?id ?name"
    if plan.limit == 1:  # all that share the day
        edge = f"SELECT ({pick}(?begin_r) AS ?edge) WHERE {{\n{inner}\n}}"
        return (
            f"SELECT ?id ?name ?when WHERE {{\n{{ {each} }}\n{{ {edge} }}\n"
            f"FILTER(?when = ?edge)\n}}\nORDER BY {order} ?name\n"
        )
    return f"{each} ORDER BY {order} ?name" + (f" LIMIT {plan.limit}\n" if plan.limit else "\n")
