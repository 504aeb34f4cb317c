"""Terms of others, matched or used, exist; each match has its reason and where it was looked up."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import URIRef, namespace
from rdflib.namespace import ORG, PROV, SDO

from kg import vocabulary as v
from kg.ontology import ALIGNMENTS, ONTOLOGY, SHAPES, triples

MATCHES = [
    q
    for q in triples(ALIGNMENTS)
    if q.predicate.value.startswith(v.SKOS) and q.predicate.value.endswith("Match")
]
ELSEWHERE = {
    "https://spec.edmcouncil.org/fibo/ontology/": "FIBO",
    "https://www.omg.org/spec/Commons/": "OMG Commons",
    "https://w3id.org/semanticarts/ns/ontology/gist/": "gist",
}


@pytest.mark.parametrize("name", ["ORG", "PROV", "SDO"])
def test_the_terms_matched_exist(name: str) -> None:
    """Against the vocabularies as published, which rdflib carries as closed namespaces."""
    published = getattr(namespace, name)
    matched = {q.object.value for q in MATCHES if q.object.value.startswith(str(published))}
    assert matched
    assert {iri for iri in matched if URIRef(iri) not in published} == set()
    assert URIRef(f"{published}noSuchTerm") not in published


@pytest.mark.parametrize(
    "name", ["DCTERMS", "ORG", "OWL", "PROV", "RDFS", "SDO", "SH", "SKOS", "VANN"]
)
def test_the_terms_used_exist(name: str) -> None:
    """In every place of a triple, of every file; Web Annotation is not among rdflib's."""
    published = getattr(namespace, name)
    used = {
        term.value
        for file in (ONTOLOGY, SHAPES, ALIGNMENTS)
        for quad in triples(file)
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(str(published))
    }
    used -= {str(published)}
    assert used
    assert {iri for iri in used if URIRef(iri) not in published} == set()


def test_the_documentation_says_what_each_vocabulary_was_checked_against() -> None:
    page = (Path(__file__).parents[2] / "docs" / "ontology" / "README.md").read_text("utf-8")
    table = page[page.index("## What the terms of others were checked against") :]
    named = {
        cell.strip() for row in table.split("\n| ")[1:] for cell in row.split("|")[0].split(",")
    }
    assert {"FIBO", "OMG Commons", "gist", "schema.org", "W3C ORG", "PROV-O"} <= named


def test_every_match_is_to_one_of_the_six_vocabularies() -> None:
    bases = (str(ORG), str(PROV), str(SDO), *ELSEWHERE)
    assert all(q.object.value.startswith(bases) for q in MATCHES)


def test_every_match_has_its_reason_and_its_source() -> None:
    said: dict[ox.BlankNode, dict[str, str]] = {}
    for quad in triples(ALIGNMENTS):
        if isinstance(quad.subject, ox.BlankNode):
            said.setdefault(quad.subject, {})[quad.predicate.value] = quad.object.value
    explained = {
        (
            about[v.OWL + "annotatedSource"],
            about[v.OWL + "annotatedProperty"],
            about[v.OWL + "annotatedTarget"],
        ): about
        for about in said.values()
    }
    assert explained.keys() == {
        (q.subject.value, q.predicate.value, q.object.value) for q in MATCHES
    }
    for (_, _, target), about in explained.items():
        assert len(about[v.RDFS + "comment"]) > 10
        for base, name in ELSEWHERE.items():
            if target.startswith(base):
                assert about[v.DCT + "source"].startswith(name)
