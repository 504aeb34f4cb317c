"""A block of the graph: the statements of one kind between two entities, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import vocabulary as v
from kg.model import SYMMETRIC, Kind, Resolved
from kg.rdf.derived import relationship_quads
from kg.rdf.quads import QuadSource, QuadStore
from kg.rdf.reading import read_statements
from kg.rdf.terms import DEFAULT, aio, entity_node
from kg.resolution.consolidation import UNNAMED, consolidate_block

_BELOW_A_STATEMENT = frozenset(aio(p) for p in ("mention", "amount", "term", "evidence"))


def statements_of(source: QuadSource, block: str) -> list[Resolved]:
    """All statements of one block, whatever article they stand in."""
    found: list[Resolved] = []
    for quad in source.quads(None, aio("block"), Literal(block), None):
        if not isinstance(quad.graph_name, DefaultGraph):
            found += read_statements(_statement_quads(source, quad))
    return found


def refresh(store: QuadStore, block: str) -> int:
    """Work out the relationships of one block again; the number there are now."""
    relationships = consolidate_block(statements_of(store, block))
    wanted = {quad for r in relationships for quad in relationship_quads(r)}
    stored = set(_stored(store, block))
    store.remove(stored - wanted)
    store.add(wanted - stored)
    return len(relationships)


def names(source: QuadSource) -> set[str]:
    """The blocks of a store, of statements and of relationships alike."""
    return {
        str(getattr(quad.object, "value", ""))
        for quad in source.quads(None, aio("block"), None, None)
    }


def _statement_quads(source: QuadSource, quad: Quad) -> Iterator[Quad]:
    graph = quad.graph_name
    for own in source.quads(quad.subject, None, None, graph):
        yield own
        if own.predicate in _BELOW_A_STATEMENT:
            yield from source.quads(own.object, None, None, graph)


def _stored(source: QuadSource, block: str) -> Iterator[Quad]:
    for found in list(source.quads(None, aio("block"), Literal(block), DEFAULT)):
        if not isinstance(found.subject, NamedNode):
            continue
        for quad in list(source.quads(found.subject, None, None, DEFAULT)):
            yield quad
            # Amounts, terms and steps hang below their relationship's IRI.
            if isinstance(quad.object, NamedNode) and quad.object.value.startswith(
                f"{found.subject.value}#"
            ):
                yield from source.quads(quad.object, None, None, DEFAULT)
    kind, subject, object_ = block.split("|")
    if subject == UNNAMED:
        return
    direct = NamedNode(v.TERMS[Kind(kind)].direct)
    ends = [(entity_node(subject), entity_node(object_))]
    if Kind(kind) in SYMMETRIC:
        ends.append((ends[0][1], ends[0][0]))
    for one, other in ends:
        yield from source.quads(one, direct, other, DEFAULT)
