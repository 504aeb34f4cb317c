"""The ontology keeps its own rules, and the code uses no term that it does not have."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import vocabulary as v
from kg.model import AmountRole, Kind, Modality, Nature, Qualifier, Resolved, Status
from kg.ontology import ALIGNMENTS, ONTOLOGY, SHAPES, Edge, edges, superclasses, text, triples
from kg.rdf import article_quads, relationship_quads
from kg.resolution.consolidation import consolidate
from kg.turtle import formatted
from tests.ontology.dataset import STORIES, quads
from tests.strategies import resolved_statements

KINDS = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
SCHEMES: dict[str, type[StrEnum]] = {
    "status": Status,
    "modality": Modality,
    "amount-role": AmountRole,
    "qualifier": Qualifier,
    "nature": Nature,
}


def said() -> dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]:
    found: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for quad in triples():
        if isinstance(quad.subject, ox.NamedNode) and isinstance(
            quad.object, ox.NamedNode | ox.Literal
        ):
            found.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(
                quad.object
            )
    return found


SAID = said()


def types(iri: str) -> set[str]:
    return {t.value for t in SAID.get(iri, {}).get(v.RDF + "type", [])}


OWN = [iri for iri in SAID if iri.startswith((v.AIO, v.SCHEME))]
DECLARED = {iri for iri in SAID if types(iri) & {v.OWL + k for k in KINDS}}


@pytest.mark.parametrize("iri", OWN, ids=lambda i: i.removeprefix(v.BASE))
def test_every_term_has_label_definition_and_example_in_english(iri: str) -> None:
    for predicate in (v.RDFS + "label", v.SKOS + "definition", v.SKOS + "example"):
        [value] = SAID[iri][predicate]
        assert isinstance(value, ox.Literal)
        assert value.language == "en"
        assert value.value.strip() == value.value != ""
    assert SAID[iri][v.SKOS + "definition"][0].value.endswith(".")


def test_labels_are_unique_among_classes_and_among_properties() -> None:
    for kinds in (KINDS[:1], KINDS[1:]):
        labels = [
            SAID[i][v.RDFS + "label"][0].value for i in OWN if types(i) & {v.OWL + k for k in kinds}
        ]
        assert len(set(labels)) == len(labels)


def test_no_term_is_defined_by_itself_alone() -> None:
    for iri in OWN:
        label = SAID[iri][v.RDFS + "label"][0].value.lower()
        definition = SAID[iri][v.SKOS + "definition"][0].value.lower()
        assert definition.rstrip(".") != label


def test_there_is_no_inverse_and_no_import() -> None:
    forbidden = {v.OWL + "inverseOf", v.OWL + "imports", v.OWL + "sameAs"}
    assert not {q.predicate.value for q in triples()} & forbidden


def test_every_term_used_in_an_axiom_is_declared() -> None:
    for quad in triples():
        assert quad.predicate.value in DECLARED or quad.predicate.value.startswith(
            (v.RDF, v.RDFS, v.OWL)
        ), quad
        if quad.predicate.value in (
            v.RDFS + "domain",
            v.RDFS + "range",
            v.RDFS + "subClassOf",
            v.RDFS + "subPropertyOf",
        ) and isinstance(quad.object, ox.NamedNode):
            assert quad.object.value in DECLARED or quad.object.value.startswith(v.XSD), quad


def test_the_licence_and_the_version_are_stated() -> None:
    [header] = [i for i in SAID if v.OWL + "Ontology" in types(i)]
    assert header == v.BASE + "ontology"
    version = SAID[header][v.OWL + "versionInfo"][0].value
    assert SAID[header][v.OWL + "versionIRI"][0].value == f"{v.BASE}ontology/{version}"
    assert "creativecommons.org/licenses/by/4.0" in SAID[header][v.DCT + "license"][0].value


def test_a_deprecated_term_names_its_replacement() -> None:
    for iri in OWN:
        if v.OWL + "deprecated" in SAID[iri]:
            assert SAID[iri][v.DCT + "isReplacedBy"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_value_of_an_enumeration_has_its_concept(scheme: str) -> None:
    concepts = {
        iri
        for iri in SAID
        if ox.NamedNode(v.SCHEME + scheme) in SAID[iri].get(v.SKOS + "inScheme", [])
    }
    assert concepts == {f"{v.SCHEME}{scheme}-{value}" for value in SCHEMES[scheme]}
    for value in SCHEMES[scheme]:
        iri = f"{v.SCHEME}{scheme}-{value}"
        assert [n.value for n in SAID[iri][v.SKOS + "notation"]] == [value.value]


def test_every_term_of_the_vocabulary_is_in_the_ontology() -> None:
    classes = {t.cls for t in v.TERMS.values()} | set(v.NATURE_CLASS.values())
    classes |= set(v.ENTITY_CLASS.values())
    properties = {p for t in v.TERMS.values() for p in (t.subject, t.object, t.direct)}
    properties |= {p for t in v.TERMS.values() for _, p in t.further}
    assert all(v.OWL + "Class" in types(c) for c in classes)
    assert all(v.OWL + "ObjectProperty" in types(p) for p in properties)


def test_every_term_named_in_the_code_is_in_the_ontology() -> None:
    named: dict[str, str] = {}
    package = Path(v.__file__).parent
    for path in package.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        for pattern in (r'\baio\("(\w+)"\)', r'\bAIO\s*\+\s*"(\w+)"', r"\baio:(\w+)"):
            for local in re.findall(pattern, source):
                named[v.AIO + local] = str(path)
    unknown = {i: p for i, p in named.items() if i not in SAID and not i.endswith("#edge")}
    assert unknown == {}


def _check_terms(written: list[ox.Quad]) -> None:
    for quad in written:
        assert quad.predicate.value in DECLARED or quad.predicate.value == v.RDF + "type", quad
        if quad.predicate.value == v.RDF + "type" or (
            isinstance(quad.object, ox.NamedNode)
            and quad.object.value.startswith((v.AIO, v.SCHEME))
        ):
            assert isinstance(quad.object, ox.NamedNode)
            assert quad.object.value in SAID, quad


def test_everything_written_of_the_dataset_is_in_the_ontology() -> None:
    _check_terms(quads())


@settings(max_examples=60, deadline=None)
@given(st.lists(resolved_statements(), min_size=1, max_size=4))
def test_everything_written_of_any_statement_is_in_the_ontology(reports: list[Resolved]) -> None:
    article = STORIES[0].article()
    written = list(article_quads(article, reports))
    written += [q for r in consolidate(reports) for q in relationship_quads(r)]
    _check_terms(written)


def test_each_kind_of_relationship_declares_how_it_is_drawn() -> None:
    drawn = edges()
    for kind, terms in v.TERMS.items():
        edge = drawn[terms.cls]
        assert (edge.source, edge.target, edge.direct) == (
            terms.subject,
            terms.object,
            terms.direct,
        )
        assert edge.symmetric == (kind in (Kind.PARTNERSHIP, Kind.COMPETITION))
    for cls in v.NATURE_CLASS.values():
        assert isinstance(drawn[cls], Edge)
        assert drawn[cls].symmetric


def test_edge_labels_are_those_of_the_projection() -> None:
    graph = pytest.importorskip("kg.graph")
    labels = {kind: edges()[terms.cls].label for kind, terms in v.TERMS.items()}
    assert labels == graph.EDGE_LABELS


def test_superclasses_are_closed() -> None:
    above = superclasses()
    assert {
        v.AIO + n for n in ("SovereignFund", "InvestmentFirm", "Organisation", "Actor")
    } <= above[v.AIO + "SovereignFund"]
    for classes in above.values():
        assert all(above.get(c, {c}) <= classes for c in classes)


@pytest.mark.parametrize("name", [ONTOLOGY, SHAPES, ALIGNMENTS])
def test_files_are_written_in_the_one_layout(name: str) -> None:
    source = text(name)
    assert formatted(source) == source, "run python -m kg.turtle"


@pytest.mark.parametrize("name", [ONTOLOGY, SHAPES, ALIGNMENTS])
def test_the_layout_changes_no_triple(name: str) -> None:
    before = ox.Dataset(ox.parse(text(name), format=ox.RdfFormat.TURTLE))
    after = ox.Dataset(ox.parse(formatted(text(name)), format=ox.RdfFormat.TURTLE))
    for dataset in (before, after):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert before == after
