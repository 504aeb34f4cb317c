"""What must hold of the answers besides: who backs one lab *but not another*, *and distributes it*.

An entity meets a condition by itself or by what belongs to it, as everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kg.model import SYMMETRIC
from kg.questions import sparql as q
from kg.questions.plan import Condition, Filters, Plan
from kg.questions.result import (
    FAMILY_OF_OBJECT,
    FAMILY_OF_SUBJECT,
    big_tech,
    expanded,
    left_out,
)
from kg.questions.sifting import fits, passes
from kg.questions.world import World, ends
from kg.records import RelationshipRecord

Met = dict[str, list[RelationshipRecord]]


def keep(
    plan: Plan, world: World, answers: Iterable[str]
) -> tuple[dict[str, tuple[RelationshipRecord, ...]], list[str]]:
    """The answers that meet all conditions, with the relationships by which they do, and notes."""
    kept: dict[str, list[RelationshipRecord]] = {a: [] for a in answers}
    notes: list[str] = []
    for condition in plan.conditions:
        filters = _filters(plan.filters)
        met, looked_at, unnamed = _met(condition, filters, world, kept)
        if condition.holds:
            kept = {a: [*rs, *met[a]] for a, rs in kept.items() if a in met}
        else:
            kept = {a: rs for a, rs in kept.items() if a not in met}
            if others := sorted(world.name(a) for a in unnamed & kept.keys()):
                notes.append(f"there are others, not named, for {', '.join(others)}")
            near = [r for a in kept for r in looked_at.get(a, ())]
            doubts = left_out(dict.fromkeys(near), replace(plan, filters=filters))
            notes += [f"not held against them: {d.removeprefix('left out: ')}" for d in doubts]
    return {a: tuple(dict.fromkeys(rs)) for a, rs in kept.items()}, notes


def _filters(of_plan: Filters) -> Filters:
    """What counts for a condition: period, sums and the like belong to the main relation."""
    ended = of_plan.ended if of_plan.ended == "past" else "no"
    return Filters(ended=ended, direct=of_plan.direct, as_of=of_plan.as_of)


def _families(condition: Condition, filters: Filters) -> tuple[bool, bool]:
    """Whether what belongs to an answer, and what belongs to a root, counts for it."""
    of_answer, of_root = FAMILY_OF_SUBJECT, FAMILY_OF_OBJECT
    if condition.ask == "object":
        of_answer, of_root = of_root, of_answer
    return (
        not filters.direct and condition.relation in of_answer,
        not filters.direct and condition.relation in of_root,
    )


def _met(
    condition: Condition, filters: Filters, world: World, answers: Iterable[str]
) -> tuple[Met, Met, set[str]]:
    """The answers with what meets a condition, with all that was looked at, and where no name is told."""
    kind = condition.relation
    family_of_answer, family_of_root = _families(condition, filters)
    known = expanded(world, condition.roots, family=family_of_root)
    # Of an earlier day no query can tell who belonged to answers that are not known beforehand.
    belonging = world.units if filters.as_of else world.family
    members: dict[str, list[str]] = defaultdict(list)
    for answer in answers:
        for member in belonging(answer) if family_of_answer else [answer]:
            members[member].append(answer)
    if known and not condition.beyond:
        other_end = "object" if condition.ask == "subject" else "subject"
        records = world.around(known, [kind], None if kind in SYMMETRIC else other_end)
    else:
        own_end = condition.ask
        records = world.around(members, [kind], None if kind in SYMMETRIC else own_end)
    unnamed = set[str]()
    met: Met = defaultdict(list)
    looked_at: Met = defaultdict(list)
    for record in records:
        for subject, object_ in ends(record):
            own, other = (subject, object_) if condition.ask == "subject" else (object_, subject)
            if own not in members:
                continue
            if other is None:
                if condition.beyond and passes(record, filters):
                    unnamed |= set(members[own])
                continue
            if known and (other in known) is condition.beyond:
                continue
            if not fits(world, other, condition.other, big_tech()):
                continue
            for answer in members[own]:
                looked_at[answer].append(record)
                if passes(record, filters):
                    met[answer].append(record)
    return met, looked_at, unnamed


def lines(plan: Plan) -> list[str]:
    """The lines that keep the answers ``?id`` that meet all conditions."""
    return [line for n, c in enumerate(plan.conditions, 1) for line in _block(n, c, plan)]


def _block(n: int, condition: Condition, plan: Plan) -> list[str]:
    filters = _filters(plan.filters)
    family_of_answer, family_of_root = _families(condition, filters)
    r, other = f"?condition{n}", f"?other{n}"
    own = f"?own{n}" if family_of_answer else "?id"
    owners = "aio:parent" if filters.as_of else q.OWNERS
    body = [f"?id ^{owners}* {own} ."] if family_of_answer else []
    if condition.roots and not condition.beyond:
        body.append(q.given(plan, condition.roots, other, family=family_of_root))
    subject, object_ = (own, other) if condition.ask == "subject" else (other, own)
    body.append(q.pattern(condition.relation, subject, object_, r))
    if condition.roots and condition.beyond:
        body += q.beyond(plan, condition.roots, other, family=family_of_root)
    body += q.filters(filters, r)
    body += q.noun(condition.other, other, big_tech())
    if condition.holds:
        return body
    inside = "\n    ".join(line for line in body if line)
    return [f"FILTER NOT EXISTS {{\n    {inside}\n  }}"]
