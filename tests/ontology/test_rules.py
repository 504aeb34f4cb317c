"""What follows by rule, and what must not."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import vocabulary as v
from kg.model import Kind, Resolved
from kg.ontology import rules
from kg.rdf import relationship_quads
from kg.rdf.articles import statement_quads
from kg.rdf.ownership import TAKEN_OVER_BY
from kg.rdf.terms import article_node
from kg.resolution.consolidation import consolidate
from kg.rules import derived
from tests.ontology.conftest import Graph
from tests.strategies import resolved_statements
from tests.takeovers import write_takeovers


def aio(name: str) -> ox.NamedNode:
    return ox.NamedNode(v.AIO + name)


def entity(name: str) -> ox.NamedNode:
    return ox.NamedNode(v.entity_iri(name))


def graph_of(*triples: tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]) -> Graph:
    return Graph([ox.Quad(*triple) for triple in triples])


TYPE = ox.NamedNode(v.RDF + "type")


def test_whoever_develops_a_model_is_a_lab() -> None:
    graph = graph_of(
        (entity("phi"), TYPE, aio("Model")),
        (entity("phi"), aio("developedBy"), entity("microsoft")),
        (entity("azure"), TYPE, aio("Platform")),
        (entity("azure"), aio("developedBy"), entity("other")),
    )
    assert set(derived(graph)) == {ox.Triple(entity("microsoft"), TYPE, aio("Lab"))}


def test_backing_follows_from_investment_and_not_from_distribution() -> None:
    graph = graph_of(
        (entity("a"), aio("investsIn"), entity("b")),
        (entity("c"), aio("distributesModelsOf"), entity("b")),
        (entity("d"), aio("partnersWith"), entity("b")),
    )
    assert set(derived(graph)) == {ox.Triple(entity("a"), aio("backs"), entity("b"))}


def test_owners_back_indirectly_at_any_remove_and_never_themselves() -> None:
    graph = graph_of(
        (entity("fund"), aio("investsIn"), entity("lab")),
        (entity("fund"), aio("parent"), entity("company")),
        (entity("company"), aio("parent"), entity("holding")),
        (entity("company"), aio("investsIn"), entity("fund")),
        (entity("spin-off"), aio("investsIn"), entity("company")),
        (entity("spin-off"), aio("parent"), entity("company")),
    )
    indirect = {t for t in derived(graph) if t.predicate == aio("backsIndirectly")}
    assert indirect == {
        ox.Triple(entity("company"), aio("backsIndirectly"), entity("lab")),
        ox.Triple(entity("holding"), aio("backsIndirectly"), entity("lab")),
        ox.Triple(entity("holding"), aio("backsIndirectly"), entity("fund")),
        ox.Triple(entity("holding"), aio("backsIndirectly"), entity("company")),
    }


def test_owners_back_indirectly_what_a_company_that_was_taken_over_holds() -> None:
    graph = graph_of(
        (entity("start-up"), aio("investsIn"), entity("lab")),
        (entity("start-up"), aio("takenOverBy"), entity("company")),
        (entity("company"), aio("parent"), entity("holding")),
        (entity("holding"), aio("takenOverBy"), entity("start-up")),
    )
    indirect = {t for t in derived(graph) if t.predicate == aio("backsIndirectly")}
    assert indirect == {
        ox.Triple(entity("company"), aio("backsIndirectly"), entity("lab")),
        ox.Triple(entity("holding"), aio("backsIndirectly"), entity("lab")),
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(resolved_statements([Kind.ACQUISITION]), max_size=10))
def test_the_rule_of_takeovers_says_what_is_written(reports: list[Resolved]) -> None:
    graph = Graph(
        [q for r in reports for q in statement_quads(r, article_node(r.statement.article))]
    )
    graph.store.extend(q for r in consolidate(reports) for q in relationship_quads(r))
    write_takeovers(graph.store)
    written = {
        ox.Triple(q.subject, q.predicate, q.object) for q in graph.quads(None, TAKEN_OVER_BY)
    }
    assert {t for t in derived(graph) if t.predicate == TAKEN_OVER_BY} == written


def test_a_denied_investment_makes_no_round() -> None:
    graph = graph_of(
        (entity("i"), TYPE, aio("Investment")),
        (entity("i"), aio("investee"), entity("lab")),
        (entity("i"), aio("round"), ox.Literal("Series B")),
        (entity("i"), aio("modality"), ox.NamedNode(v.SCHEME + "modality-denied")),
    )
    assert set(derived(graph)) == set()


def test_a_review_concerns_only_deals_reported_by_then(graph: Graph) -> None:
    later = graph_of(
        (entity("r"), aio("reviewedParty"), entity("a")),
        (entity("r"), aio("party"), entity("b")),
        (entity("r"), aio("lastReported"), ox.Literal("2022-01-01")),
        (entity("old"), aio("investor"), entity("a")),
        (entity("old"), aio("investee"), entity("b")),
        (entity("old"), aio("firstReported"), ox.Literal("2021-01-01")),
        (entity("new"), aio("acquirer"), entity("b")),
        (entity("new"), aio("acquiree"), entity("a")),
        (entity("new"), aio("firstReported"), ox.Literal("2023-01-01")),
    )
    assert set(derived(later)) == {ox.Triple(entity("r"), aio("concerns"), entity("old"))}


def test_no_rule_makes_blank_nodes_or_uses_unknown_terms(graph: Graph) -> None:
    assert len(list(rules())) == 6
    for triple in derived(graph):
        assert isinstance(triple.subject, ox.NamedNode)
        assert not isinstance(triple.object, ox.BlankNode)
