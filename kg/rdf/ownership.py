"""``aio:takenOverBy``: from an organisation to whoever owns it by having acquired it.

Unlike other direct triples it does not follow from one relationship alone, for a later
acquisition by another takes its place. So it is worked out for the organisation, whenever an
acquisition of it changes. ``ontology/rules/takeover.rq`` says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pyoxigraph import NamedNode, Quad

from kg import vocabulary as v
from kg.model import Kind, Resolved, Status
from kg.rdf.quads import QuadSource, QuadStore
from kg.rdf.reading import Node, nodes
from kg.rdf.terms import DEFAULT, aio, entity_node
from kg.resolution.ownership import SCOPE, Takeover, carried_out, owners

TAKEN_OVER_BY = aio("takenOverBy")


def ownership_quads(entity_id: str, owned_by: Iterable[str]) -> Iterator[Quad]:
    """The triples that say who has taken an organisation over."""
    for owner in owned_by:
        yield Quad(entity_node(entity_id), TAKEN_OVER_BY, entity_node(owner), DEFAULT)


def acquired(statements: Iterable[Resolved]) -> set[str]:
    """The ids of the entities of whose acquisition something is said."""
    return {r.object for r in statements if r.statement.kind is Kind.ACQUISITION}


def refresh(store: QuadStore, ids: Iterable[str]) -> None:
    """Work out again who has taken over each of some organisations."""
    for entity_id in ids:
        wanted = set(ownership_quads(entity_id, owners(_takeovers(store, entity_id))))
        stored = set(store.quads(entity_node(entity_id), TAKEN_OVER_BY, None, DEFAULT))
        if wanted != stored:
            store.remove(stored - wanted)
            store.add(wanted - stored)


def _takeovers(source: QuadSource, entity_id: str) -> Iterator[Takeover]:
    found = source.quads(None, aio("acquiree"), entity_node(entity_id), DEFAULT)
    for node in [q.subject for q in found if isinstance(q.subject, NamedNode)]:
        about = _about(source, node)
        status = about.code(v.AIO + "status")
        stakes = [Decimal(s) for s in about.many(v.AIO + "stakePercent")]
        acquirer = about.get(v.AIO + "acquirer")
        in_force = about.get(v.AIO + "inForce") == "true"
        if acquirer in (None, v.entity_iri(entity_id)):
            continue
        if carried_out(in_force, Status(status) if status else None, stakes):
            steps = [_about(source, NamedNode(s)) for s in about.many(v.AIO + "step")]
            last = max(steps, key=lambda step: int(step.one(v.AIO + "position")))
            if _partly(source, about).issuperset(last.many(v.AIO + "statedBy")):
                continue
            since = last.get(v.AIO + "date") or about.get(v.AIO + "firstReported")
            yield Takeover(acquirer.removeprefix(v.ID), since)


def _partly(source: QuadSource, deal: Node) -> set[str]:
    """The statements by which not the organisation is acquired, but a part of it."""
    terms = [_about(source, NamedNode(t)) for t in deal.many(v.AIO + "term")]
    scopes = [t for t in terms if t.one(v.AIO + "termName") == SCOPE]
    return {statement for scope in scopes for statement in scope.many(v.AIO + "statedBy")}


def _about(source: QuadSource, node: NamedNode) -> Node:
    return nodes(source.quads(node, None, None, DEFAULT)).get(node.value, Node())
