"""Questions that stand in a context: *for a piece on X: who backs it?* is asked of X.

The context is left out, and told; what the question refers to in it is put in its place first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from kg.questions.choosing import pick
from kg.questions.clauses import (
    Parting,
    dispensable,
    framed,
    idle,
    narrowing,
    partings,
    trailing,
)
from kg.questions.completing import attached, dated, of_kind, others
from kg.questions.named import Named, named, names_only
from kg.questions.nested import roots
from kg.questions.notes import LEFT_OUT, NARROWING
from kg.questions.plan import Plan
from kg.questions.referring import references, resolved
from kg.questions.segments import Segment

Read = Callable[[str], tuple[Plan, str | None] | None]
Divide = Callable[[str], list[Segment]]
Found = tuple[Plan, str | None] | None

_HOLLOW = frozenset({"WH", "LIST", "YES", "KIND", "FILLER", "OF"})
"""What asks for nothing by itself: *which are they*, *which ones would that be*."""
_COMPARED = frozenset({"MORE", "FEWER", "BOTH", "SAME", "EITHER", "ELSE"})
"""What may be said of several that a context names."""
_TRIES = 6


def in_context(question: str, read: Read, divide: Divide) -> Found:
    """The plan of what is asked, with a note of what was left out; None if nothing can be."""
    for parting in islice(partings(question), _TRIES):
        context, asked = divide(parting.context), divide(parting.asked)
        if parting.strong and _hollow(asked):
            return read(parting.context)
        if not dispensable(parting, context):
            continue
        found = _asked(parting, context, read, divide)
        if found is None and (cut := trailing(parting.asked)) and _empty(cut[1], cut[0], divide):
            shorter = replace(parting, asked=cut[0])
            found = _asked(shorter, context, read, divide)
            found = found and _told(found, f"{LEFT_OUT}{cut[1]}")
        if found is not None:
            return found
    if (cut := trailing(question)) and _empty(cut[1], cut[0], divide):
        found = read(cut[0])
        return found and _told(found, f"{LEFT_OUT}{cut[1]}")
    return None


def _hollow(asked: Sequence[Segment]) -> bool:
    """Whether a clause asks for nothing by itself."""
    would = ("would", "could", "might", "may")
    return all(
        (s.known and s.senses.keys() <= _HOLLOW) or s.text.casefold() in would for s in asked
    )


def asked_of(question: str, divide: Divide) -> str | None:
    """The clause of a question that asks, if what stands before it can be left out."""
    for parting in islice(partings(question), _TRIES):
        if dispensable(parting, divide(parting.context)) and not _hollow(divide(parting.asked)):
            return parting.asked
    return None


def _empty(afterthought: str, asked: str, divide: Divide) -> bool:
    """Whether what stands behind a question says nothing of what is asked."""
    behind, before = divide(afterthought), divide(asked)
    parting = Parting(afterthought, asked, strong=True, restates=False)
    own = {n.entity.id for n in named(before)}
    beyond = [n for n in named(behind) if n.entity.id not in own]
    return not beyond and not narrowing(behind, before) and dispensable(parting, behind)


def _asked(parting: Parting, context: Sequence[Segment], read: Read, divide: Divide) -> Found:
    """What the asking clause asks, once its references are resolved."""
    asked = divide(parting.asked)
    if _hollow(asked):
        return None
    if (besides := others(parting.asked, context, parting.context)) is not None:
        found = read(besides)
        return found and _told(found, f"read as “{besides}”")
    for text in _full(parting, context, asked, read):
        if text is None:
            return None
        day = any("DATE" in s.senses for s in asked)
        for when in () if day else dated(text, context, framed(parting.context)):
            found = read(when)
            if found is not None:
                return _told(found, f"read as “{when}”", f"{LEFT_OUT}{parting.context}")
        found = read(text)
        if found is not None:
            narrows = narrowing(context, asked if text == parting.asked else divide(text))
            note = f"{NARROWING if narrows else LEFT_OUT}{parting.context}"
            completed = [f"read as “{text}”"] if text != parting.asked else []
            return _told(
                found,
                *completed,
                *(() if names_only(context) or idle(parting.context) else (note,)),
            )
    return None


def _full(
    parting: Parting, context: Sequence[Segment], asked: Sequence[Segment], read: Read
) -> Iterator[str | None]:
    """Ways to complete what is asked from its context; None ends the search."""
    text = parting.asked
    beyond = _beyond(context, asked)
    if (whole := of_kind(text, context, asked)) is not None:
        text = whole
    if references(text, asked):
        ways = resolved(text, context, asked, parting.context, read)
        if len(ways) == 1:
            yield ways[0]
        if ways or named(context):
            yield None  # nobody can tell who is meant
    alone = read(text)
    if beyond and (alone is None or _lacking(alone[0])):
        own = _roots(alone[0]) if alone else set()
        for way in attached(text, context, asked, parting.context):
            joined = read(way)
            if joined is not None and _asks_of(joined[0], beyond, own):
                yield way
    compared = _COMPARED if len(beyond) == 1 else _COMPARED | {"MOST", "LEAST"}
    comparing = beyond and any(s.senses.keys() & compared for s in asked)
    if not comparing and (not beyond or not names_only(context)):
        yield text


def _beyond(context: Sequence[Segment], asked: Sequence[Segment]) -> list[Named]:
    own = {pick(s.senses["ENT"]).id for s in asked if "ENT" in s.senses}
    return [n for n in named(context) if n.entity.id not in own]


def _lacking(plan: Plan) -> bool:
    """Whether a plan asks about relationships of which it names but one party, or none."""
    parties = bool(plan.subjects) + bool(plan.objects) + bool(plan.either)
    return parties < 2 and plan.ask == "relationship" and not roots(plan)


def _asks_of(plan: Plan, beyond: Sequence[Named], own: set[str]) -> bool:
    """Whether a plan is about those whom its context names, or whoever makes these."""
    found = _roots(plan)
    made = any(n.entity.developer or n.entity.parent for n in beyond)
    return found >= own and (found >= {n.entity.id for n in beyond} or (made and found > own))


def _roots(plan: Plan) -> set[str]:
    conditions = [root for c in plan.conditions for root in c.roots]
    return {*plan.subjects, *plan.objects, *plan.either, *conditions, *roots(plan)}


def _told(found: tuple[Plan, str | None], *notes: str) -> tuple[Plan, str | None]:
    plan, day = found
    return replace(plan, notes=(*plan.notes, *notes)), day
