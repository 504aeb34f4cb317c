"""Statements become relationships, by a deterministic rule that does not know their order.

Statements are first divided into blocks by kind and participants; blocks never touch
each other, so one more article costs only the blocks it speaks of. Inside a block:

* A standing relationship (distribution, partnership, competition, release, appointment,
  headquarters) and an acquisition is one per block.
* Investments are told apart by round, date and amount; reviews and lawsuits by what they
  concern and by date. Two statements are *incompatible* if their rounds differ, if their
  dates lie more than ``WINDOW`` days apart, if they name different further parties, or if
  they state different sums in one currency and no date or round holds them together. Two
  compatible statements are *linked* if they share a round, a sum, a further party, or a
  date. Links are followed from the strongest to the weakest, and two groups are joined
  only if no statement of one is incompatible with one of the other.
* A statement that says no more than that the relationship exists joins the only group
  there is, or else stands for itself as the general one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from kg.dates import days_between, earliest, span
from kg.model import (
    SYMMETRIC,
    Amount,
    AmountRole,
    Kind,
    Qualifier,
    Relationship,
    Resolved,
    slug,
)

WINDOW = 120
"""Days within which two dates may mean one event."""
NEAR = 31
"""Days within which two dates alone suggest one event."""
UNNAMED = "unnamed"
"""Stands in a block for an investor that the article does not name."""

_EVENTS = frozenset({Kind.INVESTMENT, Kind.SCRUTINY, Kind.LITIGATION})
_OWN_SUM = frozenset(
    {
        AmountRole.COMMITTED,
        AmountRole.EQUIVALENT,
        AmountRole.ROUND_TOTAL,
        AmountRole.TRANCHE,
        AmountRole.PROCEEDS,
        AmountRole.FINE,
    }
)


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
    groups = _events(ordered) if kind in _EVENTS else [ordered]
    base = block_of(ordered[0]).split("|")
    anchors = [_anchor(group) for group in groups]
    found = []
    for group, anchor in zip(groups, anchors, strict=True):
        parts = [*base, anchor] if anchor else base
        if anchors.count(anchor) > 1:
            parts = [*base, *filter(None, [anchor]), min(r.statement.id for r in group)]
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


@dataclass(frozen=True)
class _Signature:
    """What tells one event of a block from another."""

    round: str | None
    date: str | None
    sums: tuple[tuple[str, Decimal, Qualifier], ...]
    parties: frozenset[str]
    cumulative: bool

    @property
    def says_nothing(self) -> bool:
        return not (self.round or self.date or self.sums or self.parties or self.cumulative)


def _signature(resolved: Resolved) -> _Signature:
    statement = resolved.statement
    sums = tuple(
        sorted(
            {
                (a.currency, a.value, a.qualifier)
                for a in statement.amounts
                if a.role in _OWN_SUM or a.role is AmountRole.CUMULATIVE
            }
        )
    )
    parties: frozenset[str] = frozenset()
    if statement.kind is not Kind.INVESTMENT:
        ends = {resolved.subject, resolved.object}
        parties = frozenset(e for role, e in resolved.participants if role == "party") - ends
    return _Signature(
        round=slug(statement.round) if statement.round else None,
        date=statement.date,
        sums=sums,
        parties=parties,
        cumulative=any(a.role is AmountRole.CUMULATIVE for a in statement.amounts),
    )


def _events(ordered: Sequence[Resolved]) -> list[list[Resolved]]:
    members: dict[_Signature, list[Resolved]] = defaultdict(list)
    for resolved in ordered:
        members[_signature(resolved)].append(resolved)
    silent = [s for s in members if s.says_nothing]
    telling = sorted((s for s in members if not s.says_nothing), key=_signature_order)
    group_of = {s: i for i, s in enumerate(telling)}
    groups = {i: [s] for i, s in enumerate(telling)}
    pairs = [
        (-strength, i, j)
        for (i, a), (j, b) in combinations(enumerate(telling), 2)
        if (strength := _link(a, b)) > 0
    ]
    for _, i, j in sorted(pairs):
        one, other = sorted((group_of[telling[i]], group_of[telling[j]]))
        if one == other or any(_incompatible(a, b) for a in groups[one] for b in groups[other]):
            continue
        for signature in groups[other]:
            group_of[signature] = one
        groups[one] += groups.pop(other)
    found = [[r for s in group for r in members[s]] for group in groups.values()]
    rest = [r for s in silent for r in members[s]]
    if rest and len(found) == 1:
        found[0] += rest
    elif rest:
        found.append(rest)
    return found


def _incompatible(a: _Signature, b: _Signature) -> bool:
    if a.cumulative != b.cumulative:
        return True
    if a.round and b.round and a.round != b.round:
        return True
    if a.date and b.date and days_between(a.date, b.date) > WINDOW:
        return True
    if a.parties and b.parties and not a.parties & b.parties:
        return True
    held_together = bool(
        (a.round and a.round == b.round)
        or (a.date and b.date and days_between(a.date, b.date) <= NEAR)
    )
    return _sums(a, b) is False and not held_together


def _link(a: _Signature, b: _Signature) -> int:
    """How strongly two signatures speak for one event; 0 if they do not."""
    if _incompatible(a, b):
        return 0
    strength = 0
    if a.round and a.round == b.round:
        strength += 4
    if _sums(a, b):
        strength += 3
    if a.parties & b.parties:
        strength += 2
    if a.date and b.date and days_between(a.date, b.date) <= NEAR:
        strength += 1
    return strength


def _sums(a: _Signature, b: _Signature) -> bool | None:
    """Whether the sums agree in some currency; None where none can be compared."""
    verdicts = [agree(x, p, y, q) for c, x, p in a.sums for d, y, q in b.sums if c == d]
    return any(verdicts) if verdicts else None


def agree(one: Decimal, how: Qualifier, other: Decimal, how_other: Qualifier) -> bool:
    """Whether two figures in one currency may state one sum: equal, rounded, or hedged.

    A figure is a rounding of another if it equals it at the figure's own precision;
    ``more than 13`` agrees with ``13.2``, ``about 10`` with anything within a tenth.
    """
    if one == other or rounds_to(one, other) or rounds_to(other, one):
        return True
    low, high = sorted((one, other))
    if high > low * Decimal("1.1"):
        return False
    hedges = {(one, how), (other, how_other)}
    return (
        any(q is Qualifier.ABOUT for _, q in hedges)
        or (low, Qualifier.AT_LEAST) in hedges
        or (high, Qualifier.LESS_THAN) in hedges
    )


def rounds_to(exact: Decimal, rounded: Decimal) -> bool:
    """Whether ``rounded`` is ``exact`` at fewer digits (at least two for long figures).

    A single leading digit counts only if the rest is off by less than a tenth:
    16.3 million rounds to 16 million, 13 billion does not round to 10 billion.
    """
    if exact <= 0 or rounded <= 0 or exact == rounded:
        return False
    step = Decimal(1).scaleb(_trailing_exponent(rounded))
    return abs(exact - rounded) <= step / 2 and abs(exact - rounded) * 20 <= exact


def _trailing_exponent(value: Decimal) -> int:
    normal = value.normalize().as_tuple()
    return int(normal.exponent)


def own_sums(statement_amounts: Iterable[Amount]) -> list[Amount]:
    """Those amounts that are sums of the relationship itself, not valuations and the like."""
    return [a for a in statement_amounts if a.role in _OWN_SUM]


def _anchor(group: Sequence[Resolved]) -> str | None:
    """What names a group within its block, stable while further reports join it."""
    if group[0].statement.kind not in _EVENTS:
        return None
    signatures = [_signature(r) for r in group]
    if any(s.cumulative for s in signatures):
        return "cumulative"
    rounds = sorted({s.round for s in signatures if s.round})
    if rounds:
        return rounds[0]
    parties = sorted({p for s in signatures for p in s.parties})
    date = earliest([s.date for s in signatures if s.date])
    if parties:
        return parties[0]
    if date:
        return date[:7]
    sums = sorted({(c, v) for s in signatures for c, v, _ in s.sums})
    if sums:
        currency, value = sums[0]
        return f"{currency.lower()}-{value.normalize():f}".replace(".", "-")
    return None


def _signature_order(s: _Signature) -> tuple[object, ...]:
    return (
        s.date or "",
        s.round or "",
        [(c, v, q.value) for c, v, q in s.sums],
        sorted(s.parties),
        s.cumulative,
    )


def _telling_order(resolved: Resolved) -> tuple[str, str]:
    published = resolved.published
    return (span(published)[0].isoformat() if published else "9999", resolved.statement.id)
