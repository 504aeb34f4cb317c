"""One suite for every store: embedded, and behind three SPARQL servers."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.model import Article
from kg.store import QueryError, QueryRefusedError, Store, StoreError, open_store
from kg.vocabulary import AIO, ID
from tests.store.conftest import EX, node, quad, rows
from tests.store.servers import PASSWORD, SERVERS

INTEROP = [pytest.param(name, marks=pytest.mark.interop) for name in SERVERS]


@pytest.fixture(scope="module", params=["embedded", *INTEROP])
def location(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "embedded":
        yield str(folder / "store")
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_REMOTE_TEXTS", str(folder / "texts.sqlite"))
        if request.param == "virtuoso":
            patch.setenv("KG_REMOTE_USER", "dba")
            patch.setenv("KG_REMOTE_PASSWORD", PASSWORD)
        server: Any = SERVERS[request.param]
        with server(folder) as url:
            yield url


@pytest.fixture
def store(location: str) -> Store:
    """The store, emptied."""
    store = open_store(location)
    with store.write() as writer:
        for name in list(writer.graph_names()):
            writer.remove_graph(name)  # type: ignore[arg-type]
        writer.remove_graph(ox.DefaultGraph())
        for article in list(writer.articles()):
            writer.remove_article(article.id)
    return store


def contents(store: Store) -> list[str]:
    with store.read() as reader:
        return rows(reader.quads())


def test_adding_and_removing(store: Store) -> None:
    with store.write() as writer:
        writer.add([quad("a", 1), quad("a", 2), quad("a", 1, "g"), quad("b", 1, "h")])
        assert quad("a", 2) in writer
        writer.remove([quad("a", 2), quad("a", 3)])
        assert quad("a", 2) not in writer
        assert rows(writer.quads(node("a"))) == rows([quad("a", 1), quad("a", 1, "g")])
    assert contents(store) == rows([quad("a", 1), quad("a", 1, "g"), quad("b", 1, "h")])
    with store.read() as reader:
        assert len(reader) == 3
        assert {g.value for g in reader.graph_names()} == {EX + "g", EX + "h"}
        assert rows(reader.quads(graph=EX + "g")) == rows([quad("a", 1, "g")])
        assert rows(reader.quads(graph=ox.DefaultGraph())) == rows([quad("a", 1)])
        assert rows(reader.quads(predicate=node("p"), object=ox.Literal("1"))) == contents(store)
        assert rows(reader.quads(node("nobody"))) == []
    assert store.exists()


def test_many_subjects_at_once(store: Store) -> None:
    many = [quad(f"s{i}", i % 3, place) for i in range(450) for place in (None, "g")]
    wanted = [node(f"s{i}") for i in range(0, 450, 2)]
    with store.write() as writer:
        writer.add(many)
        writer.publish()
        writer.add([quad("s2", "later")])
        writer.remove([quad("s4", 1)])
        found = rows(writer.quads_about(wanted, ox.DefaultGraph()))
        expected = [q for q in many[::2] if q.subject in wanted and q != quad("s4", 1)]
        assert found == rows([*expected, quad("s2", "later")])
    with store.read() as reader:
        assert rows(reader.quads_about(wanted, EX + "g")) == rows(
            q for q in many[1::2] if q.subject in wanted
        )
        assert rows(reader.quads_about([], EX + "g")) == []


def test_replacing_a_graph(store: Store) -> None:
    first = [quad("a", 1, "g"), quad("b", 1, "g")]
    second = [quad("b", 1, "g"), quad("c", 1, "g")]
    with store.write() as writer:
        writer.add([quad("other", 1), quad("other", 1, "h")])
        assert writer.replace_graph(EX + "g", first)
        assert rows(writer.quads(graph=EX + "g")) == rows(first)
    with store.write() as writer:
        assert writer.replace_graph(EX + "g", second)
        assert not writer.replace_graph(EX + "g", second)
        with pytest.raises(ValueError, match="not in the graph"):
            writer.replace_graph(EX + "g", [quad("x", 1, "h")])
    expected = [quad("other", 1), quad("other", 1, "h"), *second]
    assert contents(store) == rows(expected)
    with store.write() as writer:
        assert writer.replace_graph(ox.DefaultGraph(), [quad("new", 1).triple])
        assert writer.remove_graph(EX + "h")
        assert not writer.remove_graph(EX + "h")
    assert contents(store) == rows([quad("new", 1), *second])


def test_an_exception_drops_what_was_not_published(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write() as writer:
        writer.add([quad("kept", 1, "g")])
        writer.publish()
        writer.add([quad("dropped", 1, "g")])
        raise ZeroDivisionError
    assert contents(store) == rows([quad("kept", 1, "g")])


def test_literals_come_back(store: Store) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    literals = [
        ox.Literal("quotes \"' and \\ backslashes"),
        ox.Literal("lines\nand\ttabs\r"),
        ox.Literal("é ß 漢字 𝔘 \u200f \u2028"),
        ox.Literal(""),
        ox.Literal("Bonjour", language="fr"),
        ox.Literal("15000000.5", datatype=ox.NamedNode(xsd + "decimal")),
        ox.Literal("7", datatype=ox.NamedNode(xsd + "integer")),
        ox.Literal("true", datatype=ox.NamedNode(xsd + "boolean")),
        ox.Literal("2024-02-26", datatype=ox.NamedNode(xsd + "date")),
        ox.Literal("2023-02", datatype=ox.NamedNode(xsd + "gYearMonth")),
        ox.Literal("2022", datatype=ox.NamedNode(xsd + "gYear")),
        ox.Literal("2024-02-26T10:00:00Z", datatype=ox.NamedNode(xsd + "dateTime")),
        ox.Literal("https://example.org/a?b=c", datatype=ox.NamedNode(xsd + "anyURI")),
        ox.Literal("x" * 20_000),
    ]
    quads = [
        ox.Quad(node(f"s{i}"), node("p"), literal, node("g")) for i, literal in enumerate(literals)
    ]
    with store.write() as writer:
        writer.replace_graph(EX + "g", quads)
    assert contents(store) == rows(quads)
    with store.write() as writer:
        assert not writer.replace_graph(EX + "g", quads), "the same again changes nothing"


def test_values_a_store_may_write_differently_are_still_the_same(store: Store) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    values = [("0.900", "decimal"), ("007", "integer"), ("true", "boolean"), ("1.50", "decimal")]
    quads = [
        ox.Quad(node(f"s{i}"), node("p"), ox.Literal(v, datatype=ox.NamedNode(xsd + d)), node("g"))
        for i, (v, d) in enumerate(values)
    ]
    quads.append(ox.Quad(node("t"), node("p"), ox.Literal("colour", language="en-GB"), node("g")))
    with store.write() as writer:
        assert writer.replace_graph(EX + "g", quads)
    with store.write() as writer:
        assert not writer.replace_graph(EX + "g", quads)
        writer.replace_graph(EX + "g", [])
    assert contents(store) == []


def test_iris_come_back(store: Store) -> None:
    iris = ["urn:x:y", EX + "ü/漢#fragment", EX + "a?b=c&d='e'", EX + "%20(x)", EX + "a,b;c"]
    quads = [ox.Quad(ox.NamedNode(i), node("p"), ox.NamedNode(i), ox.NamedNode(i)) for i in iris]
    with store.write() as writer:
        writer.add(quads)
    assert contents(store) == rows(quads)


def test_queries(store: Store) -> None:
    with store.write() as writer:
        writer.add(
            [
                ox.Quad(ox.NamedNode(ID + "a"), ox.NamedNode(AIO + "investsIn"), node("b")),
                quad("x", "in g", "g"),
                quad("x", "in h", "h"),
            ]
        )
    with store.read() as reader:
        found = reader.query("SELECT ?o { id:a aio:investsIn ?o }")
        assert isinstance(found, ox.QuerySolutions)
        assert [row["o"] for row in found] == [node("b")]
        found = reader.query(
            f"PREFIX id: <{EX}>\nSELECT ?g ?o {{ GRAPH ?g {{ id:x id:p ?o }} }} ORDER BY ?o"
        )
        assert [row["o"] for row in found] == [ox.Literal("in g"), ox.Literal("in h")]  # type: ignore[union-attr, index]
        assert bool(reader.query("ASK { id:a aio:investsIn ?o }"))
        assert not bool(reader.query("ASK { ?s ?p 'in g' }")), "the default graph alone"
        assert bool(reader.query("ASK { ?s ?p 'in g' }", union=True))
        assert bool(reader.query("ASK { ?s ?p 'in g' }", default_graph=EX + "g"))
        assert not bool(reader.query("ASK { ?s ?p 'in g' }", default_graph=EX + "h"))
        triples = reader.query("CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o }")
        assert isinstance(triples, ox.QueryTriples)
        assert [str(t.subject) for t in triples] == [f"<{EX}b>"]
        bound = reader.query("SELECT ?s ?o { ?s ?p ?o }", substitutions={"o": node("b")})
        assert [row["s"] for row in bound] == [ox.NamedNode(ID + "a")]  # type: ignore[union-attr, index]
        none = reader.query("SELECT ?s ?o { ?s ?p ?o }", substitutions={"o": ox.Literal('"} #')})
        assert list(none) == []  # type: ignore[arg-type]
        count = reader.query(
            "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <http://example.org/p> ?o } }"
        )
        assert [row["n"].value for row in count] == ["2"]  # type: ignore[union-attr, index]
        with pytest.raises(QueryError):
            reader.query("SELECT nonsense")
        with pytest.raises(QueryRefusedError):
            reader.query("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (f"GRAPH <{EX}g> {{ ?s ?p ?o }}", ["in g"]),
        ("GRAPH ex:h { ?s ?p ?o }", ["in h"]),
        (f"GRAPH <{EX}none> {{ ?s ?p ?o }}", []),
        (f"GRAPH <{EX}g> {{ ?s ?p ?x }} ?s ?p ?o", ["in none"]),
        (f"GRAPH <{EX}g> {{ ?s ?p ?x }} GRAPH ex:h {{ ?s ?p ?o }}", ["in h"]),
        (f"GRAPH <{EX}g> {{ ?s ?p ?x }} GRAPH ?g {{ ?s ?p ?o }} FILTER(?g = ex:h)", ["in h"]),
    ],
)
def test_graphs_are_asked_by_name(store: Store, pattern: str, found: list[str]) -> None:
    with store.write() as writer:
        writer.add([quad("a", "in g", "g"), quad("a", "in h", "h"), quad("a", "in none")])
    query = f"PREFIX ex: <{EX}> SELECT ?o {{ {pattern} }}"
    with store.read() as reader:
        assert [row["o"].value for row in reader.query(query)] == found  # type: ignore[union-attr]
        answer = json.loads(b"".join(reader.answer(query, timeout=20).pieces))
        assert [row["o"]["value"] for row in answer["results"]["bindings"]] == found


def test_answers_are_serialised(store: Store) -> None:
    with store.write() as writer:
        writer.add([quad("a", 1)])
    with store.read() as reader:
        for solutions in ("json", "xml", "csv", "tsv"):
            answer = reader.answer("SELECT ?s { ?s ?p ?o }", timeout=30, solutions=solutions)
            body = b"".join(answer.pieces)
            assert answer.kind == "select"
            assert EX.encode() + b"a" in body
        answer = reader.answer("CONSTRUCT WHERE { ?s ?p ?o }", timeout=30, graph="ntriples")
        assert answer.kind == "graph"
        assert b"".join(answer.pieces).strip().startswith(f"<{EX}a>".encode())


def test_bulk_loading_and_dumping(store: Store, tmp_path: Path) -> None:
    many = [quad(f"s{i}", i, f"g{i // 700}") for i in range(7000)]
    many += [quad(f"d{i}", i) for i in range(5000)]
    with store.write() as writer:
        writer.bulk_load(io.BytesIO("".join(f"{q} .\n" for q in many).encode()))
    with store.read() as reader:
        assert len(reader) == len(many)
        reader.dump(stream := io.BytesIO())
    assert rows(ox.parse(stream.getvalue(), ox.RdfFormat.N_QUADS)) == rows(many)
    file = tmp_path / "more.ttl"
    file.write_text(f'<{EX}t> <{EX}p> "t" .\n')
    with store.write() as writer:
        writer.bulk_load(many)  # again: nothing twice
        writer.bulk_load(file, format="turtle", graph=EX + "t")
    with store.read() as reader:
        assert len(reader) == len(many) + 1
        assert rows(reader.quads(graph=EX + "t")) == rows([quad("t", "t", "t")])
    with pytest.raises(StoreError, match="not valid nquads"), store.write() as writer:
        writer.bulk_load(io.BytesIO(b"<oops\n"))


def test_large_graphs(store: Store) -> None:
    many = [quad(f"s{i}", i, "large") for i in range(6000)]
    with store.write() as writer:
        writer.bulk_load(many)
        writer.add([quad("other", 1, "g")])
    assert contents(store) == rows([*many, quad("other", 1, "g")])
    changed = [quad(f"s{i}", i + 1, "large") for i in range(5500)]
    with store.write() as writer:
        assert writer.replace_graph(EX + "large", changed)
        writer.replace_graph(ox.DefaultGraph(), [quad(f"d{i}", i) for i in range(5000)])
    expected = [*changed, quad("other", 1, "g"), *(quad(f"d{i}", i) for i in range(5000))]
    assert contents(store) == rows(expected)
    with store.write() as writer:
        assert writer.remove_graph(EX + "large")
        assert writer.remove_graph(ox.DefaultGraph())
    assert contents(store) == rows([quad("other", 1, "g")])


def test_updates(store: Store) -> None:
    with store.write() as writer:
        writer.update(f"INSERT DATA {{ GRAPH <{EX}g> {{ id:a aio:investsIn id:b }} }}")
        with pytest.raises(QueryRefusedError):
            writer.update("LOAD <http://example.org/data.ttl>")
    with store.read() as reader:
        assert [q.object for q in reader.quads(graph=EX + "g")] == [ox.NamedNode(ID + "b")]


def test_articles(store: Store) -> None:
    article = Article("The text.", "source", title="Title")
    with store.write() as writer:
        writer.put_article(article)
    with store.read() as reader:
        assert reader.article(article.id) == article
        assert reader.text(article.id) == "The text."
        assert reader.article("unknown") is None
        assert list(reader.articles()) == [article]
    with store.write() as writer:
        assert writer.remove_article(article.id)
    with store.read() as reader:
        assert reader.article(article.id) is None


def test_rdflib(store: Store) -> None:
    import rdflib

    with store.write() as writer:
        writer.add([quad("a", 1), quad("b", 2, "g")])
    with store.read() as reader:
        dataset = reader.rdflib_dataset()
        assert [str(o) for o in dataset.objects(rdflib.URIRef(EX + "a"))] == ["1"]
        graph = dataset.graph(rdflib.URIRef(EX + "g"))
        assert [str(o) for o in graph.objects(rdflib.URIRef(EX + "b"))] == ["2"]
