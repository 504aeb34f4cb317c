"""Reviews of one kind of deal: *which takeovers are under review*.

A review tells its parties and not the deal: it is of an acquisition if one of its parties is to
acquire another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg import vocabulary as v
from kg.model import Kind, Status
from kg.questions import sparql as q
from kg.questions.plan import Plan
from kg.questions.result import title
from kg.questions.sifting import passes
from kg.questions.world import World
from kg.records import RelationshipRecord


def concerns(record: RelationshipRecord, kinds: tuple[Kind, ...], world: World) -> bool:
    """Whether there is a deal of such a kind between the parties of a review."""
    parties = _parties(record)
    return any(
        deal.subject is not None and {deal.subject.id, deal.object.id} <= parties
        for deal in world.around(parties, kinds)
    )


def whether_of_deals(plan: Plan, records: list[RelationshipRecord], world: World) -> list[str]:
    """Notes on reviews that are not known to be of a deal, and on those of a deal given up."""
    if plan.relations != (Kind.SCRUTINY,):
        return []
    counted = [r for r in records if passes(r, plan.filters)]
    notes = []
    if plan.about:
        others = [r for r in counted if not concerns(r, plan.about, world)]
        counted = [r for r in counted if r not in others]
        if others:
            notes.append(f"not known to be of such a deal: {_some(map(title, others))}")
    if plan.filters.ended == "no" and not plan.filters.statuses:
        over = [f"{title(r)} ({d})" for r in counted for d in _given_up(r, world)]
        if over:
            notes.append(f"no end of the review is told, but the deal was given up: {_some(over)}")
    return notes


def otherwise(plan: Plan, records: list[RelationshipRecord]) -> list[str]:
    """Notes on what is known of reviews that did not come to what a question asks: *cleared*."""
    anyhow = replace(
        plan.filters, statuses=frozenset(), ended="all", since=None, until=None, period=None
    )
    found = [r for r in records if r.kind is Kind.SCRUTINY and passes(r, anyhow)]
    return [f"known of the review: {title(r)}, {_last(r)}" for r in found[:_SHOWN]]


def _given_up(record: RelationshipRecord, world: World) -> list[str]:
    """The takeovers between the parties of a review that were called off."""
    parties = _parties(record)
    deals = world.around(parties, [Kind.ACQUISITION])
    between = [d for d in deals if d.subject and {d.subject.id, d.object.id} <= parties]
    off = [d for d in between if d.summary.status is Status.TERMINATED]
    return [f"{title(d)}: {_last(d)}" for d in off] if off and off == between else []


def _last(record: RelationshipRecord) -> str:
    """The last status of a relationship, with the day on which it was reached."""
    status = record.summary.status
    if status is None:
        return "of no known status"
    days = [s.date for s in record.summary.steps if s.status is status and s.date]
    word = status.value.replace("_", " ")
    return f"{word} in {days[-1]}" if days else word


def _parties(record: RelationshipRecord) -> set[str]:
    return {record.object.id, *(ref.id for role, ref in record.participants if role == "party")}


def _some(names: Iterable[str]) -> str:
    told = list(dict.fromkeys(names))
    return ", ".join(told[:_SHOWN]) + (" …" if len(told) > _SHOWN else "")


_SHOWN = 8
"""How many a note names."""


def concerning(plan: Plan) -> list[str]:
    """The lines that keep the reviews of such deals."""
    if not plan.about:
        return []
    party = "?r aio:reviewedParty|aio:party"
    ways = []
    for kind in plan.about:
        terms = v.TERMS[kind]
        deal = f"?deal a {q.short(terms.cls)} ; {q.short(terms.subject)} ?giver ; {q.short(terms.object)} ?taker ."
        ways.append(
            f"EXISTS {{ {deal} {party} ?giver . {party} ?taker . FILTER(?giver != ?taker) }}"
        )
    return [f"FILTER({' || '.join(ways)})"]
