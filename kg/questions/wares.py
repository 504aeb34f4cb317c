"""A model that is named where its maker's distributors are asked about: *who offers Llama 3.1*.

A distributor that is known to offer other models of the maker, and not this one, is left out. One
that offers them under the name of the family (*Claude*), or of which no model is named, stays.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.model import Kind
from kg.questions import sparql as q
from kg.questions.plan import Plan
from kg.questions.world import World
from kg.records import RelationshipRecord

_FAMILY = re.compile(r"[^\s\d]+")
"""A name that stands for all models of a line: one word without a number."""


def settled(plan: Plan, world: World) -> Plan:
    """The plan without its model, if this is the name of a line or nobody is known to offer it."""
    if plan.ware is None:
        return plan
    told = world.around(plan.objects, [Kind.DISTRIBUTION], "object")
    line = _FAMILY.fullmatch(world.name(plan.ware)) is not None
    known = any(plan.ware in _products(record) for record in told)
    if not known or line:
        return replace(plan, ware=None)
    return replace(plan, called=world.name(plan.ware))


def offered(plan: Plan, record: RelationshipRecord, world: World) -> bool:
    """Whether a distribution may be of the model that is asked about."""
    products = _products(record)
    if plan.ware is None or not products:
        return True
    asked = plan.called
    return any(
        one == plan.ware
        or (name := world.name(one)).startswith(f"{asked} ")
        or (_FAMILY.fullmatch(name) is not None and asked.startswith(name))
        for one in products
    )


def ware_lines(plan: Plan, r: str) -> list[str]:
    """The lines that keep such distributions."""
    if plan.ware is None:
        return []
    x, name = r.removeprefix("?"), plan.called
    fits = (
        f"?ware_{x} = {q.entity(plan.ware)} || STRSTARTS(STR(?called_{x}), {q.text(name + ' ')}) || "
        f'(REGEX(STR(?called_{x}), "^[^\\\\s\\\\d]+$") && STRSTARTS({q.text(name)}, STR(?called_{x})))'
    )
    product = f"{r} aio:product ?ware_{x} . ?ware_{x} skos:prefLabel ?called_{x}"
    return [
        f"FILTER(NOT EXISTS {{ {r} aio:product ?any_{x} }} || EXISTS {{ {product} . FILTER({fits}) }})"
    ]


def _products(record: RelationshipRecord) -> set[str]:
    return {ref.id for role, ref in record.participants if role == "product"}
