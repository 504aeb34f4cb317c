"""The store in every RDF syntax and back: no quad is lost."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from kg import ontology
from kg import vocabulary as v
from kg.rdf.dumps import FORMATS, dump, format_of, graph_of, load
from kg.rdf.terms import DEFAULT
from kg.store import open_store
from tests.cli.inprocess import run
from tests.ontology.dataset import quads


@pytest.fixture(scope="module")
def everything(bundled_store: Path) -> frozenset[ox.Quad]:
    with open_store(bundled_store).read() as reader:
        return frozenset(reader.quads())


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_round_trip_loses_no_quad(
    bundled_store: Path, everything: frozenset[ox.Quad], name: str
) -> None:
    with open_store(bundled_store).read() as reader:
        stream = io.BytesIO()
        dump(reader, stream, name)
    back = load(stream.getvalue(), name)
    reifiers = {q for q in back if q.predicate.value == v.RDF + "reifies"}
    assert back - reifiers == everything
    assert bool(reifiers) is name.endswith("12")


@pytest.mark.parametrize("name", ["turtle", "rdfxml", "jsonld", "trig"])
def test_rdflib_reads_as_much_as_was_written(name: str) -> None:
    """Another parser of each syntax, on a graph with every sort of node."""
    graph = ox.Store()
    graph.extend([*quads(), *ontology.graph()])

    class Source:
        def quads(self, *pattern: Any) -> Iterable[ox.Quad]:
            return graph.quads_for_pattern(*(pattern or (None,) * 4))

    stream = io.BytesIO()
    dump(Source(), stream, name)
    read = rdflib.Dataset()
    form = {"rdfxml": "xml", "jsonld": "json-ld"}.get(name, name)
    read.parse(data=stream.getvalue(), format=form)
    assert len(set(read.quads())) == len(graph)


def test_a_subject_tells_the_graph_of_its_triples() -> None:
    for quad in [*quads(), *ontology.graph()]:
        assert graph_of(quad.subject) == quad.graph_name, quad


def test_a_reifier_stands_for_a_direct_triple_of_the_graph(bundled_store: Path) -> None:
    with open_store(bundled_store).read() as reader:
        stream = io.BytesIO()
        dump(reader, stream, "nquads12")
    back = load(stream.getvalue(), "nquads12")
    direct = {ox.Triple(q.subject, q.predicate, q.object) for q in back if q.graph_name == DEFAULT}
    reified = [q.object for q in back if q.predicate.value == v.RDF + "reifies"]
    assert reified
    assert all(isinstance(t, ox.Triple) and t in direct for t in reified)


def test_rdflib_reads_the_json_ld_as_the_same_dataset(tmp_path: Path) -> None:
    article = tmp_path / "one.txt"
    article.write_text("Nvidia has invested $40 million in Anthropic.", encoding="utf-8")
    store = tmp_path / "store"
    assert run("ingest", article, store=store).code == 0
    target = tmp_path / "graph.jsonld"
    assert run("export", "-o", target, store=store).code == 0
    dataset = rdflib.Dataset()
    dataset.parse(target, format="json-ld")
    with open_store(store).read() as reader:
        assert len(list(dataset.quads())) == len(set(reader.quads()))


def test_suffixes_name_formats() -> None:
    assert format_of(".ttl") == "turtle"
    assert format_of(".gexf") is None


def test_the_past_is_what_was_known_and_true_then(bundled_store: Path) -> None:
    query = "SELECT ?x { id:microsoft aio:investsIn ?x }"
    now = run("sparql", query, "--format", "csv", store=bundled_store).out
    then = run("sparql", query, "--format", "csv", "--as-of", "2019-12-31", store=bundled_store).out
    assert "mistral-ai" in now
    assert "mistral-ai" not in then
    assert "openai" in then
    held = (
        "SELECT ?c { GRAPH <https://w3id.org/ai-industry/ontology> { aio:Lab rdfs:subClassOf ?c } }"
    )
    assert "Organisation" in run("sparql", held, "--as-of", "2019", store=bundled_store).out
    unknown = run("stats", "--known-by", "2018", "--format", "csv", store=bundled_store).out
    assert "articles,0" in unknown
