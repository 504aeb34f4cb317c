"""Who reaches a sum, or exceeds it, by several investments together.

*Who has put more than $10bn into OpenAI* asks for what each has put in altogether.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from kg.model import Kind
from kg.questions import sparql as q
from kg.questions.contributions import between, worth_lines
from kg.questions.plan import Bound, Plan
from kg.questions.relations import Groups, gather, related_lines
from kg.questions.sums import summed
from kg.questions.world import World
from kg.records import RelationshipRecord


def accumulates(plan: Plan) -> bool:
    """Whether a plan asks who has put in more, or less, than a sum, or into whom it was put."""
    bound = _bound(plan)
    own = bound is not None and bound.of == "own" and bool(bound.currency)
    return own and plan.relations == (Kind.INVESTMENT,) and not plan.order


def _bound(plan: Plan) -> Bound | None:
    """The one limit of a plan; None if it has two or none."""
    least, most = plan.filters.least, plan.filters.most
    return None if least and most else least or most


def altogether(plan: Plan, world: World, groups: Groups) -> Groups:
    """The answers with those that reach the sum by several together, or without those that exceed it."""
    reached = _reached(plan, world)
    if plan.filters.least:
        return groups | reached
    return {answer: found for answer, found in groups.items() if answer not in reached}


def _reached(plan: Plan, world: World) -> Groups:
    """Those that come to the limit by what they have put in altogether, none of it hedged."""
    bound = _bound(plan)
    if bound is None:
        return {}
    found: Groups = {}
    bare, currency = _unbounded(plan), bound.currency or ""
    more = _strict(plan, bound)
    for answer, related in gather(bare, world)[0].items():
        by_anchor: dict[str, list[RelationshipRecord]] = defaultdict(list)
        for record, _, anchor in related:
            by_anchor[anchor].append(record)
        enough = set()
        for anchor, records in by_anchor.items():
            put_in = between(bare.filters, records).get(currency)
            reached = put_in.value if put_in else Decimal(0)
            if reached > bound.value or (reached == bound.value and not more):
                enough.add(anchor)
        if enough:
            found[answer] = [f for f in related if f[2] in enough]
    return found


def _strict(plan: Plan, bound: Bound) -> bool:
    """Whether only more than the limit counts: *more than* it, or what *at most* leaves out."""
    return bound.strict == bool(plan.filters.least)


def lines(plan: Plan) -> list[str]:
    """The lines that find those who keep to the limit, by one investment or by several."""
    bound = _bound(plan)
    if bound is None:
        return related_lines(plan)
    anchor = "?object" if plan.ask == "subject" else "?subject"
    bare = _unbounded(plan)
    inner = worth_lines(
        bare.filters,
        Kind.INVESTMENT,
        related_lines(bare),
        currency=bound.currency or "",
        pair=("?id", "?name", anchor),
    )
    sign = ">" if _strict(plan, bound) else ">="
    reached = f"FILTER(?worth {sign} {bound.value:f})"
    several = q.select("?id ?name", ["{ " + inner + "}", reached], "")
    if not plan.filters.least:
        return [*related_lines(plan), f"MINUS {{ {several} }}"]
    one = "\n    ".join(line for line in related_lines(plan) if line)
    return [f"{{\n    {one}\n  }} UNION {{ {several} }}"]


def _unbounded(plan: Plan) -> Plan:
    return summed(replace(plan, filters=replace(plan.filters, least=None, most=None)))
