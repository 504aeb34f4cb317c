"""Ties that count although they are not there yet: told beside every count they are part of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.model import Kind, Modality
from kg.questions.answer import Item
from kg.questions.plan import LISTED, Plan
from kg.questions.result import title
from kg.records import RelationshipRecord

_COUNTING = frozenset({"rank_count", "sharing", "co_investors", "combined"})
_SHOWN = 8
"""How many a note names."""


def promised(plan: Plan, items: Sequence[Item]) -> list[str]:
    """A note on what a count includes that is only planned or conditional."""
    if plan.filters.modalities != LISTED:
        return []
    if plan.op == "count" and plan.family == "related":
        names = [i.name for i in items if i.relationships and not any(map(_there, i.relationships))]
        return [f"of these only planned: {len(names)} ({_some(names)})"] if names else []
    common = plan.family == "related" and plan.both
    if not (common or plan.family in _COUNTING):
        return []
    ties: dict[tuple[str | None, str, Kind], list[RelationshipRecord]] = defaultdict(list)
    for record in (r for i in items for r in i.relationships):
        ties[record.subject.id if record.subject else None, record.object.id, record.kind].append(
            record
        )
    names = [title(rs[0]) for rs in ties.values() if not any(map(_there, rs))]
    return [f"counted, but only planned: {_some(names)}"] if names else []


def _there(record: RelationshipRecord) -> bool:
    return record.summary.modality is Modality.ASSERTED


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
