"""A store follows the terms that the ontology gives up."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from kg import vocabulary as v
from kg.deprecation import follow_replacements
from kg.ontology import graph, replacements, triples
from tests.ontology.conftest import Graph


class Changing(Graph):
    def add(self, quads: Iterable[ox.Quad]) -> None:
        self.store.extend(list(quads))

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        for quad in quads:
            self.store.remove(quad)


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode("urn:x:" + name)


ARTICLE = node("article")


def test_properties_classes_and_values_are_rewritten_in_every_graph() -> None:
    before = [
        ox.Quad(node("a"), node("old"), ox.Literal("1")),
        ox.Quad(node("a"), node("old"), ox.Literal("2"), ARTICLE),
        ox.Quad(node("a"), node("p"), node("old"), ARTICLE),
        ox.Quad(node("a"), node("other"), node("b")),
    ]
    store = Changing(before)
    follow_replacements(store, {"urn:x:old": "urn:x:new", "urn:x:new": "urn:x:newest"})
    assert set(store.store) == {
        ox.Quad(node("a"), node("newest"), ox.Literal("1")),
        ox.Quad(node("a"), node("newest"), ox.Literal("2"), ARTICLE),
        ox.Quad(node("a"), node("p"), node("newest"), ARTICLE),
        ox.Quad(node("a"), node("other"), node("b")),
    }


def test_a_circle_is_an_error() -> None:
    with pytest.raises(ValueError, match="circle"):
        follow_replacements(Changing([]), {"urn:x:a": "urn:x:b", "urn:x:b": "urn:x:a"})


def test_without_terms_given_up_nothing_changes() -> None:
    content = [ox.Quad(node("a"), node("p"), node("b"))]
    store = Changing(content)
    follow_replacements(store)
    assert set(store.store) == set(content)


def test_every_term_given_up_has_a_replacement_in_use() -> None:
    declared = {q.subject.value for q in triples() if isinstance(q.subject, ox.NamedNode)}
    assert set(replacements().values()) <= declared
    given_up = {
        q.subject.value
        for q in triples()
        if q.predicate.value == v.OWL + "deprecated" and isinstance(q.subject, ox.NamedNode)
    }
    assert replacements().keys() == given_up


def test_the_graph_for_stores_has_no_blank_nodes_but_the_hierarchies() -> None:
    quads = list(graph())
    assert {q.graph_name for q in quads} == {ox.NamedNode(v.BASE + "ontology")}
    assert not any(isinstance(t, ox.BlankNode) for q in quads for t in (q.subject, q.object))
    assert any(q.predicate.value == v.RDFS + "subPropertyOf" for q in quads)
