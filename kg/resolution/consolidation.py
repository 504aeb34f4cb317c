"""Statements become relationships, by a deterministic rule that does not know their order.

Statements are first divided into blocks by kind and participants; blocks never touch
each other, so one more article costs only the blocks it speaks of. Inside a block:

* A standing relationship (distribution, partnership, competition, release, appointment,
  headquarters) and an acquisition is one per block.
* Reviews and lawsuits are told apart by what they concern and by the course they take:
  ``kg.resolution.proceedings``.
* Investments are told apart by round, date and amount: ``kg.resolution.investments``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.dates import earliest, span
from kg.model import SYMMETRIC, Kind, Relationship, Resolved
from kg.resolution.investments import occasions, signature
from kg.resolution.proceedings import PROCEEDINGS, courses, parties

UNNAMED = "unnamed"
"""Stands in a block for an investor that the article does not name."""


def block_of(resolved: Resolved) -> str:
    """The block a statement belongs to: ``kind|subject|object``."""
    ends = [resolved.subject or UNNAMED, resolved.object]
    if resolved.statement.kind in SYMMETRIC:
        ends.sort()
    return "|".join([resolved.statement.kind, *ends])


def consolidate(statements: Iterable[Resolved]) -> list[Relationship]:
    """All relationships that the statements are about, sorted by id.

    Statements that a person has rejected count for nothing.
    """
    blocks: dict[str, dict[str, Resolved]] = defaultdict(dict)
    for resolved in statements:
        if resolved.judged != "reject":
            blocks[block_of(resolved)][resolved.statement.id] = resolved
    found = [
        relationship
        for block in blocks.values()
        for relationship in consolidate_block(list(block.values()))
    ]
    return sorted(found, key=lambda r: r.id)


def consolidate_block(block: Sequence[Resolved]) -> list[Relationship]:
    """The relationships of one block; all statements share kind and participants."""
    ordered = sorted(block, key=lambda r: r.statement.id)
    if not ordered:
        return []
    kind = ordered[0].statement.kind
    if kind is Kind.INVESTMENT:
        groups = occasions(ordered)
    elif kind in PROCEEDINGS:
        groups = courses(ordered)
    else:
        groups = [ordered]
    base = block_of(ordered[0]).split("|")
    found = []
    for group, anchor in zip(groups, _anchors(groups), strict=True):
        parts = [*base, anchor] if anchor else base
        found.append(
            Relationship(
                id="/".join(parts),
                kind=kind,
                subject=None if base[1] == UNNAMED else base[1],
                object=base[2],
                statements=tuple(sorted(group, key=_telling_order)),
            )
        )
    return found


def _anchors(groups: Sequence[Sequence[Resolved]]) -> list[str | None]:
    """What names each group within its block, stable while further reports join it."""
    anchors = [_anchor(group) for group in groups]
    for name in (_month, _least_id):
        anchors = [
            "-".join(filter(None, [anchor, name(group)])) or None
            if anchors.count(anchor) > 1
            else anchor
            for anchor, group in zip(anchors, groups, strict=True)
        ]
    return anchors


def _month(group: Sequence[Resolved]) -> str | None:
    date = earliest([d for r in group if (d := r.statement.date or r.published)])
    return date[:7] if date else None


def _least_id(group: Sequence[Resolved]) -> str:
    return min(r.statement.id for r in group)


def _anchor(group: Sequence[Resolved]) -> str | None:
    kind = group[0].statement.kind
    if kind not in PROCEEDINGS and kind is not Kind.INVESTMENT:
        return None
    if kind in PROCEEDINGS and (concerned := sorted({p for r in group for p in parties(r)})):
        return concerned[0]
    signatures = [signature(r) for r in group]
    if any(s.cumulative for s in signatures):
        return "cumulative"
    rounds = sorted({s.round for s in signatures if s.round})
    if rounds:
        return rounds[0]
    date = earliest([s.date for s in signatures if s.date])
    if date:
        return date[:7]
    sums = sorted({(c, v) for s in signatures for c, v, _ in s.sums})
    if sums:
        currency, value = sums[0]
        return f"{currency.lower()}-{value.normalize():f}".replace(".", "-")
    return None


def _telling_order(resolved: Resolved) -> tuple[str, str]:
    published = resolved.published
    return (span(published)[0].isoformat() if published else "9999", resolved.statement.id)
