"""Who gives and who gets in a partnership: *who licenses content to X* leaves out whom X licenses to."""

from __future__ import annotations

from kg.questions.plan import Plan
from kg.records import RelationshipRecord

_WAYS = {
    "licence": ("licensor", "licensee"),
    "data": ("licensor", "licensee"),
    "compute": ("provider", "customer"),
    "supply": ("provider", "customer"),
}
"""Nature of a partnership -> the role of who gives and the role of who gets."""


def misplaced(plan: Plan, record: RelationshipRecord, one: str) -> bool:
    """Whether the one named is known to stand at the other end, and there alone."""
    ways = _ways(plan)
    if ways is None:
        return False
    other, own = ways
    roles = {role for role, ref in record.participants if ref.id == one}
    return other in roles and own not in roles


def supplied_lines(plan: Plan, one: str, r: str) -> list[str]:
    """The lines that leave such partnerships out; ``one`` and ``r`` are variables."""
    ways = _ways(plan)
    if ways is None:
        return []
    other, own = ways
    return [f"FILTER(NOT EXISTS {{ {r} aio:{other} {one} }} || EXISTS {{ {r} aio:{own} {one} }})"]


def _ways(plan: Plan) -> tuple[str, str] | None:
    """The role that the one named must not have alone, and the one it may have."""
    ways = _WAYS.get(plan.filters.nature or "")
    if ways is None or plan.role not in ("supplier", "customer"):
        return None
    giving, getting = ways
    return (giving, getting) if plan.role == "supplier" else (getting, giving)
