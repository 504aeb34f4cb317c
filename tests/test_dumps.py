"""The store in every RDF syntax and back: no quad is lost."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg import vocabulary as v
from kg.rdf.dumps import FORMATS, dump, format_of, load
from kg.rdf.terms import DEFAULT
from kg.store import open_store
from tests.conftest import kg


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_round_trip_loses_no_quad(bundled_store: Path, name: str) -> None:
    with open_store(bundled_store).read() as reader:
        stream = io.BytesIO()
        dump(reader, stream, name)
        everything = set(reader.quads())
    back = load(stream.getvalue(), name)
    if FORMATS[name][0].supports_datasets:
        reifiers = {q for q in back if q.predicate.value == v.RDF + "reifies"}
        assert back - reifiers == everything
        assert bool(reifiers) is name.endswith("12")
    else:
        assert back == {q for q in everything if q.graph_name == DEFAULT}


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
    assert kg("ingest", article, store=store).code == 0
    target = tmp_path / "graph.jsonld"
    assert kg("export", "-o", target, store=store).code == 0
    dataset = rdflib.Dataset()
    dataset.parse(target, format="json-ld")
    with open_store(store).read() as reader:
        assert len(list(dataset.quads())) == len(set(reader.quads()))


def test_suffixes_name_formats() -> None:
    assert format_of(".ttl") == "turtle"
    assert format_of(".gexf") is None


def test_the_past_is_what_was_known_and_true_then(bundled_store: Path) -> None:
    query = "SELECT ?x { id:microsoft aio:investsIn ?x }"
    now = kg("sparql", query, "--format", "csv", store=bundled_store).out
    then = kg("sparql", query, "--format", "csv", "--as-of", "2019-12-31", store=bundled_store).out
    assert "mistral-ai" in now
    assert "mistral-ai" not in then
    assert "openai" in then
    unknown = kg("stats", "--known-by", "2018", "--format", "csv", store=bundled_store).out
    assert "articles,0" in unknown
