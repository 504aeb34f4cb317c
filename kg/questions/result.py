"""What a family of questions hands back, and helpers that several families share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg import vocabulary as v
from kg.graph import EDGE_LABELS
from kg.model import Kind, Modality
from kg.questions.answer import Item
from kg.questions.lexicon import lexicon
from kg.questions.plan import LISTED, Plan
from kg.questions.sifting import begin, passes
from kg.questions.world import World
from kg.records import RelationshipRecord

VERBS: Mapping[Kind, str] = EDGE_LABELS
FAMILY_OF_SUBJECT = frozenset(
    {
        Kind.INVESTMENT,
        Kind.DISTRIBUTION,
        Kind.ACQUISITION,
        Kind.PARTNERSHIP,
        Kind.COMPETITION,
        Kind.RELEASE,
        Kind.LITIGATION,
        Kind.SCRUTINY,
    }
)
"""Kinds in which what a subsidiary does counts, indirectly, for its owner."""
FAMILY_OF_OBJECT = frozenset(
    {Kind.DISTRIBUTION, Kind.SCRUTINY, Kind.PARTNERSHIP, Kind.COMPETITION, Kind.LITIGATION}
)


@dataclass(frozen=True, slots=True)
class Result:
    """Answers with the query that gives them too; ``rates`` by which sums were converted."""

    items: tuple[Item, ...]
    sparql: str
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    verdict: str | None = None
    rates: Mapping[str, Any] | None = None


def title(record: RelationshipRecord) -> str:
    """A relationship as a short sentence; the queries build the same."""
    subject = record.subject.name if record.subject else "unnamed investors"
    return f"{subject} {VERBS[record.kind]} {record.object.name}"


def expanded(world: World, ids: Iterable[str], *, family: bool) -> dict[str, str]:
    """Ids and what belongs to them -> the id through which it was asked for."""
    found: dict[str, str] = {}
    for one in ids:
        found.setdefault(one, one)
    if family:
        for one in list(found):
            for kin in world.family(one):
                found.setdefault(kin, one)
    return found


def big_tech() -> frozenset[str]:
    """The companies that count as big technology, from the lexicon."""
    return frozenset(lexicon().data["big_tech"])


def left_out(records: Iterable[RelationshipRecord], plan: Plan) -> list[str]:
    """Notes on relationships that the default rule leaves out: rumoured, denied, over."""
    from dataclasses import replace

    wide = replace(plan.filters, modalities=frozenset(Modality), ended="all")
    if plan.filters.statuses or plan.filters.ended == "only" or plan.filters.modalities != LISTED:
        return []
    counted: Counter[str] = Counter()
    for record in records:
        if passes(record, plan.filters) or not passes(record, wide):
            continue
        s = record.summary
        counted[
            s.modality.value
            if s.modality not in plan.filters.modalities
            else f"{s.status}".replace("_", " ")
        ] += 1
    return (
        [f"left out: {', '.join(f'{n} {what}' for what, n in sorted(counted.items()))}"]
        if counted
        else []
    )


def whether_first(plan: Plan, items: Sequence[Item], figure: str) -> str | None:
    """Yes or no to *has A more than B*: A is named first; None where one of them has no figure."""
    if not (plan.polar and plan.role == "than"):
        return None
    figures = {i.key: i.extra[figure] for i in items}
    one, other = (figures.get(i) for i in (plan.either or plan.subjects or plan.objects)[:2])
    if one is None or other is None:
        return None
    return "yes" if (one < other if plan.order == "least" else one > other) else "no"


def ordered(items: Iterable[Item], plan: Plan) -> list[Item]:
    """By name, or by the beginning of their relationships, cut to the limit."""
    found = sorted(items, key=lambda i: (i.name.casefold(), i.id))
    if plan.order in ("latest", "first"):
        pick: Callable[[Iterable[str]], str] = max if plan.order == "latest" else min

        def when(item: Item) -> str:
            return pick([d for r in item.relationships if (d := begin(r))] or [""])

        found = [i for i in found if when(i)]
        found.sort(key=when, reverse=plan.order == "latest")
        if plan.limit and found:
            edge = when(found[min(plan.limit, len(found)) - 1])
            found = [
                i for i in found if (when(i) >= edge if plan.order == "latest" else when(i) <= edge)
            ]
    return found


def iri(entity_id: str) -> str:
    return v.entity_iri(entity_id)
