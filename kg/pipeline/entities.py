"""What the derived graph says of entities: those of the registry and those only articles know.

The rules are pure; ``refresh_entities`` applies them to a store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg import vocabulary as v
from kg.model import ORGANISATION_KINDS, Entity, EntityKind, Mention
from kg.rdf import entity_quads
from kg.rdf.reading import nodes, read_mention
from kg.rdf.terms import TYPE, aio, entity_node
from kg.registry import Registry
from kg.resolution.linking import Linker, entity_from_mentions
from kg.store.writer import Writer

_DEFAULT = DefaultGraph()
_DIRECT = frozenset(terms.direct for terms in v.TERMS.values())
_LAB = aio("Lab")


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
    entities may be a lab or not by what that has become, and is looked at too.
    """
    wanted = set(ids)
    found: dict[str, Entity | None] = {}
    for entity_id in sorted(wanted):
        mentions = _mentions(writer, entity_id, linker)
        entity = found[entity_id] = described(entity_id, mentions, linker)
        new = set(quads_of(entity, mentions, linker)) if entity else set()
        node, lab = entity_node(entity_id), lab_quad(entity_id)
        stored = {
            q for q in writer.quads(node, None, None, _DEFAULT) if q.predicate.value not in _DIRECT
        }
        writer.remove(stored - new - {lab})
        writer.add(new - stored)
    for entity_id in sorted(wanted | _releasers(writer, wanted)):
        if entity_id not in found:
            found[entity_id] = described(entity_id, _mentions(writer, entity_id, linker), linker)
        entity, lab = found[entity_id], lab_quad(entity_id)
        releases = _releases_a_model(writer, entity_id)
        should = entity is not None and is_lab(entity, linker.registry, releases_a_model=releases)
        if should != (lab in writer):
            (writer.add if should else writer.remove)([lab])


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


def _releases_a_model(writer: Writer, entity_id: str) -> bool:
    return any(
        Quad(quad.object, TYPE, aio("Model"), _DEFAULT) in writer
        for quad in writer.quads(entity_node(entity_id), aio("releases"), None, _DEFAULT)
        if isinstance(quad.object, NamedNode)
    )


def _releasers(writer: Writer, ids: Iterable[str]) -> set[str]:
    return {
        quad.subject.value.removeprefix(v.ID)
        for entity_id in ids
        for quad in writer.quads(None, aio("releases"), entity_node(entity_id), _DEFAULT)
        if isinstance(quad.subject, NamedNode)
    }
