"""What the derived graph says of entities: those of the registry and those only articles know.

The rules are pure; ``refresh_entities`` applies them to a store.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg import vocabulary as v
from kg.model import ORGANISATION_KINDS, Entity, EntityKind, Mention
from kg.rdf import entity_quads, ownership
from kg.rdf.reading import nodes, read_mention
from kg.rdf.terms import TYPE, aio, entity_node
from kg.registry import Registry
from kg.resolution.linking import Linker, entity_from_mentions
from kg.store.evaluate import Term
from kg.store.writer import Writer

_DEFAULT = DefaultGraph()
_DERIVED = frozenset(terms.direct for terms in v.TERMS.values()) | {ownership.TAKEN_OVER_BY.value}
"""What is said of an entity and follows from relationships."""
_LAB = aio("Lab")
_RELEASES = aio("releases")
_MANY = 100
"""From so many entities on all releases are read at once: one question instead of one for each."""


def described(entity_id: str, mentions: Sequence[Mention], linker: Linker) -> Entity | None:
    """The entity as the registry has it, else as its mentions do; None where neither does."""
    if (entity := linker.registry.get(entity_id)) is not None:
        return entity
    # A person may have judged names the same that do not fold alike.
    return replace(entity_from_mentions(mentions), id=entity_id) if mentions else None


def quads_of(entity: Entity, mentions: Sequence[Mention], linker: Linker) -> Iterator[Quad]:
    """The entity's own quads, with what one that is in no registry is possibly the same as.

    Whether it is a lab by its releases is said elsewhere: see ``is_lab``.
    """
    if entity.origin != "article":
        return entity_quads(entity)
    # Under the name and kind that all mentions together give, so that their order is no matter.
    kind = entity.kind if any(m.kind for m in mentions) else None
    return entity_quads(
        entity, linker.candidates(Mention(entity.name, 0, 0, entity.name, kind=kind))
    )


def is_lab(entity: Entity, registry: Registry, *, releases_a_model: bool) -> bool:
    """Whether an organisation counts as a lab: it is called one, or models come from it."""
    if EntityKind.LAB in entity.kinds:
        return True
    return not ORGANISATION_KINDS.isdisjoint(entity.kinds) and (
        releases_a_model or entity.id in _developers_of_models(registry)
    )


def lab_quad(entity_id: str) -> Quad:
    """Says that an entity is a lab."""
    return Quad(entity_node(entity_id), TYPE, _LAB, _DEFAULT)


def refresh_entities(writer: Writer, ids: Iterable[str], linker: Linker) -> None:
    """Write entities as the registry and the present mentions have them.

    An entity of no registry that is no longer mentioned is removed. Who releases one of the
    entities may be a lab or not by what that has become, and is looked at too. Who has taken
    an entity over is no matter of its mentions; see ``kg.rdf.ownership``.
    """
    wanted = set(ids)
    found: dict[str, Entity | None] = {}
    about = _about(writer, wanted)
    for entity_id in sorted(wanted):
        mentions = _mentions(writer, entity_id, linker)
        entity = found[entity_id] = described(entity_id, mentions, linker)
        new = set(quads_of(entity, mentions, linker)) if entity else set()
        stored = {q for q in about[entity_id] if q.predicate.value not in _DERIVED}
        writer.remove(stored - new - {lab_quad(entity_id)})
        writer.add(new - stored)
    looked_at = wanted | _releasers(writer, wanted)
    about = _about(writer, looked_at)
    released = {e: {q.object for q in about[e] if q.predicate == _RELEASES} for e in looked_at}
    models = _models(writer, set().union(*released.values()))
    for entity_id in sorted(looked_at):
        if entity_id not in found:
            found[entity_id] = described(entity_id, _mentions(writer, entity_id, linker), linker)
        entity, lab = found[entity_id], lab_quad(entity_id)
        releases = not models.isdisjoint(released[entity_id])
        should = entity is not None and is_lab(entity, linker.registry, releases_a_model=releases)
        if should != (lab in about[entity_id]):
            (writer.add if should else writer.remove)([lab])


def _about(writer: Writer, ids: Collection[str]) -> dict[str, set[Quad]]:
    """The stored quads of each entity."""
    about: dict[str, set[Quad]] = {entity_id: set() for entity_id in ids}
    for quad in writer.quads_about(map(entity_node, ids), _DEFAULT):
        if isinstance(quad.subject, NamedNode):
            about[quad.subject.value.removeprefix(v.ID)].add(quad)
    return about


def _mentions(writer: Writer, entity_id: str, linker: Linker) -> list[Mention]:
    if entity_id in linker.registry:
        return []
    found = []
    for quad in list(writer.quads(None, aio("entity"), entity_node(entity_id), None)):
        if isinstance(quad.subject, NamedNode):
            [about] = nodes(writer.quads(quad.subject, None, None, quad.graph_name)).values()
            found.append(read_mention(about)[0])
    return found


@lru_cache(maxsize=2)
def _developers_of_models(registry: Registry) -> frozenset[str]:
    return frozenset(e.developer for e in registry if e.developer and EntityKind.MODEL in e.kinds)


def _models(writer: Writer, nodes: Iterable[Term]) -> set[Term]:
    """Those of the nodes that are models."""
    named = [node for node in nodes if isinstance(node, NamedNode)]
    model = aio("Model")
    return {
        quad.subject
        for quad in writer.quads_about(named, _DEFAULT)
        if quad.predicate == TYPE and quad.object == model
    }


def _releasers(writer: Writer, ids: Collection[str]) -> set[str]:
    """Who releases one of these."""
    wanted = {entity_node(entity_id) for entity_id in ids}
    if len(wanted) > _MANY:
        quads = [q for q in writer.quads(None, _RELEASES, None, _DEFAULT) if q.object in wanted]
    else:
        quads = [q for node in wanted for q in writer.quads(None, _RELEASES, node, _DEFAULT)]
    return {
        quad.subject.value.removeprefix(v.ID)
        for quad in quads
        if isinstance(quad.subject, NamedNode)
    }
