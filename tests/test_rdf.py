"""Quads and back: nothing is lost, no blank node is made."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Dataset, RdfFormat, parse, serialize

from kg.model import Article, Entity, EntityKind, Resolved
from kg.rdf import article_quads, entity_quads, read_entity, read_statements, relationship_quads
from kg.rdf.reading import nodes
from kg.resolution.consolidation import consolidate
from tests.strategies import resolved_statements


@settings(max_examples=100, deadline=None)
@given(resolved_statements())
def test_a_statement_survives_the_way_to_quads_and_back(resolved: Resolved) -> None:
    article = Article("text", "x.txt")
    quads = list(article_quads(article, [resolved]))
    written = serialize(quads, format=RdfFormat.N_QUADS)
    [back] = read_statements(parse(written, format=RdfFormat.N_QUADS))
    assert back == resolved
    assert back.statement.id == resolved.statement.id
    assert back.statement.derivation == resolved.statement.derivation


@settings(max_examples=60, deadline=None)
@given(st.lists(resolved_statements(), max_size=6))
def test_relationships_have_no_blank_nodes_and_stand_in_the_default_graph(
    reports: list[Resolved],
) -> None:
    quads = [q for r in consolidate(reports) for q in relationship_quads(r)]
    assert not any(isinstance(t, BlankNode) for q in quads for t in (q.subject, q.object))
    assert len(Dataset(quads)) == len(set(quads))


def test_an_entity_survives_the_way_to_quads_and_back() -> None:
    entity = Entity(
        id="mistral-ai",
        name="Mistral AI",
        kinds=(EntityKind.LAB, EntityKind.COMPANY),
        names=("Mistral",),
        country="FR",
        city="Paris",
        founded="2023-04",
        identifiers=(("wikidata", "Q1"),),
        sources=("https://mistral.ai/",),
    )
    about = nodes(entity_quads(entity))
    [node] = about.values()
    assert read_entity(node, "mistral-ai") == entity
