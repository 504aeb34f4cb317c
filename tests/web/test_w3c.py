"""The W3C's SPARQL 1.1 tests over HTTP: protocol, service description, syntax and evaluation.

All data of the evaluation tests are named graphs of one store; each test names its own by
``default-graph-uri`` and ``named-graph-uri``, so that it tests the protocol's datasets as well.
A read-only endpoint owes the update tests one thing: to refuse them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, Namespace
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from tests.conftest import SHARED
from tests.web.conftest import Reply, Site, running

SUITE = SHARED / "w3c" / "sparql11"
pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C's tests are not here")

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
BASE = "http://w3c.example/"
EMPTY = BASE + "nothing"
OUTBOUND = {"service", "syntax-fed"}
"""Folders whose queries ask other servers; a server that reaches nothing refuses them."""

ENGINE = {
    "aggregates/agg-groupconcat-04": "GROUP_CONCAT keeps a language tag that all values share",
    "aggregates/agg-groupconcat-06": "GROUP_CONCAT keeps a language tag that all values share",
    "aggregates/agg-empty-group-count-graph": "GRAPH does not bind its variable around a subquery",
    "bindings/graph": "GRAPH does not bind its variable where the pattern uses no data",
    "csv-tsv-res/csv03": "numbers are spelled in their canonical form",
    "csv-tsv-res/tsv03": "types derived from xsd:integer are stored as xsd:integer",
    "functions/bnode01": "BNODE(label) is the same node in every solution",
    "negation/graph-minus": "the variable of an outer GRAPH counts for MINUS",
    "property-path/zero_or_more_set_start": "a path of length zero needs a term of the data",
    "property-path/zero_or_more_set_end": "a path of length zero needs a term of the data",
    "property-path/zero_or_one_set_start": "a path of length zero needs a term of the data",
    "property-path/zero_or_one_set_end": "a path of length zero needs a term of the data",
    "syntax-query/test_4": "a function that is not known fails the query and not the expression",
}
"""Where the engine (Oxigraph 0.5) deviates; a test that begins to pass must leave the list."""


@dataclass(frozen=True)
class Case:
    """One test of a manifest."""

    folder: str
    name: str
    kind: str
    node: Any
    graph: rdflib.Graph


def _manifest(folder: str) -> rdflib.Graph:
    path = SUITE / folder / "manifest.ttl"
    return rdflib.Graph().parse(path, format="turtle", publicID=f"{BASE}{folder}/manifest.ttl")


def _cases(kinds: set[str]) -> list[Case]:
    found: list[Case] = []
    if not SUITE.is_dir():
        return found
    for path in sorted(SUITE.glob("*/manifest.ttl")):
        graph = _manifest(path.parent.name)
        for entries in graph.objects(None, MF.entries):
            for node in Collection(graph, entries):
                kind = str(graph.value(node, RDF.type)).rpartition("#")[2]
                if kind in kinds:
                    found.append(
                        Case(path.parent.name, str(node).rpartition("#")[2], kind, node, graph)
                    )
    return found


def _parameters(cases: list[Case]) -> list[Any]:
    found = []
    for case in cases:
        name = f"{case.folder}/{case.name}"
        marks = [pytest.mark.xfail(reason=ENGINE[name], strict=True)] if name in ENGINE else []
        found.append(pytest.param(case, id=name, marks=marks))
    return found


def _file(iri: object) -> Path:
    return SUITE / str(iri).removeprefix(BASE)


def _iri(path: Path) -> str:
    return BASE + path.relative_to(SUITE).as_posix()


@pytest.fixture(scope="module")
def w3c(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Every data file of the evaluation tests as a named graph."""
    from kg.store import open_store

    store = tmp_path_factory.mktemp("w3c") / "store"
    quads: list[ox.Quad] = []
    for iri in sorted({iri for case in EVALUATION for iri in _data(case)[2]}):
        path = _file(iri)
        form = {
            ".ttl": ox.RdfFormat.TURTLE,
            ".rdf": ox.RdfFormat.RDF_XML,
            ".nt": ox.RdfFormat.N_TRIPLES,
        }
        parsed = ox.parse(
            path.read_bytes(), format=form[path.suffix], base_iri=iri, rename_blank_nodes=True
        )
        quads += [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(iri)) for q in parsed]
    for name in ("data1", "data2", "data3"):
        iri = f"http://kasei.us/2009/09/sparql/data/{name}.rdf"
        parsed = ox.parse(
            (SUITE / "protocol" / f"{name}.nt").read_bytes(), format=ox.RdfFormat.N_TRIPLES
        )
        quads += [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(iri)) for q in parsed]
    with open_store(store).write() as writer:
        writer.add(quads)
    with running(store, rate=0, query_timeout=10) as site:
        yield site


def _data(case: Case) -> tuple[list[str], list[str], set[str]]:
    """Default graphs, named graphs, and all files of a test."""
    action = case.graph.value(case.node, MF.action)
    default = [str(g) for g in case.graph.objects(action, QT.data)]
    named = [str(g) for g in case.graph.objects(action, QT.graphData)]
    text = _file(case.graph.value(action, QT.query)).read_text(encoding="utf-8")
    folder = f"{BASE}{case.folder}/"
    spoken_of = {folder + name for name in re.findall(r"FROM\s+(?:NAMED\s+)?<([\w.-]+)>", text)}
    return default, named, {*default, *named, *(g for g in spoken_of if _file(g).exists())}


EVALUATION = [
    c for c in _cases({"QueryEvaluationTest", "CSVResultFormatTest"}) if c.folder not in OUTBOUND
]
POSITIVE = _cases({"PositiveSyntaxTest11"})
NEGATIVE = _cases({"NegativeSyntaxTest11"})
PROTOCOL = _cases({"ProtocolTest"})


@pytest.mark.parametrize("case", _parameters(EVALUATION))
def test_evaluation(w3c: Site, case: Case) -> None:
    action = case.graph.value(case.node, MF.action)
    query_iri = case.graph.value(action, QT.query)
    result = _file(case.graph.value(case.node, MF.result))
    default, named, _ = _data(case)
    text = _file(query_iri).read_text(encoding="utf-8")
    pairs = [("default-graph-uri", g) for g in default or [EMPTY]]
    pairs += [("named-graph-uri", g) for g in named]
    if re.search(r"\bFROM\b", text):
        pairs = []  # the query has a dataset of its own
    query = f"BASE <{query_iri}>\n{text}"
    accept = {
        ".srx": "application/sparql-results+xml",
        ".srj": "application/sparql-results+json",
        ".csv": "text/csv",
        ".tsv": "text/tab-separated-values",
        ".ttl": "text/turtle, application/sparql-results+json",
        ".rdf": "application/rdf+xml, application/sparql-results+json",
    }[result.suffix]
    reply = w3c.send(
        "POST",
        "/sparql?" + urlencode(pairs, quote_via=quote),
        query.encode(),
        {"Content-Type": "application/sparql-query", "Accept": accept},
    )
    assert reply.status == 200, reply.text
    _compare(reply, result, ordered="ORDER BY" in text.upper())


_TYPES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_SUFFIXES = {
    ".srj": ox.QueryResultsFormat.JSON,
    ".srx": ox.QueryResultsFormat.XML,
    ".tsv": ox.QueryResultsFormat.TSV,
}


def _compare(reply: Reply, path: Path, *, ordered: bool) -> None:
    if path.suffix == ".csv":
        # The order of columns under SELECT * is the server's.
        assert _cells(reply.text) == _cells(path.read_text(encoding="utf-8"))
        return
    if reply.type in ("text/turtle", "application/rdf+xml"):
        got_graph = rdflib.Graph().parse(data=reply.body, format=reply.type)
        want_graph = rdflib.Graph().parse(path, publicID=_iri(path))
        assert isomorphic(got_graph, want_graph)
        return
    got_results = ox.parse_query_results(reply.body, _TYPES[reply.type])
    if path.suffix in _SUFFIXES:
        want_results = ox.parse_query_results(path.read_bytes(), _SUFFIXES[path.suffix])
        if isinstance(want_results, ox.QueryBoolean):
            assert isinstance(got_results, ox.QueryBoolean)
            assert bool(got_results) == bool(want_results)
            return
        want = _rows(want_results)
    else:
        want = _result_set(rdflib.Graph().parse(path, publicID=_iri(path)))
    got = _rows(got_results)
    if ordered and not any("_:" in value for row in want for value in row.values()):
        assert got == want
    assert _same(got, want), f"got {got}\nwant {want}"


def _rows(results: Any) -> list[dict[str, str]]:
    names = [v.value for v in results.variables]
    return [{n: _term(row[n]) for n in names if row[n] is not None} for row in results]


def _result_set(graph: rdflib.Graph) -> list[dict[str, str]]:
    rows = []
    for solution in graph.objects(None, RS.solution):
        row = {}
        for binding in graph.objects(solution, RS.binding):
            value = graph.value(binding, RS.value)
            row[str(graph.value(binding, RS.variable))] = _term_of_rdflib(value)
        rows.append(row)
    return rows


_NUMBERS = re.compile(r"XMLSchema#(decimal|double|float|integer)$")


def _term(term: Any) -> str:
    """A term as text, numbers and booleans by value and not by spelling."""
    if isinstance(term, ox.Literal) and term.datatype.value.endswith("XMLSchema#boolean"):
        return {"0": "false", "1": "true"}.get(term.value, term.value)
    if isinstance(term, ox.Literal) and _NUMBERS.search(term.datatype.value):
        try:
            return f"{float(term.value):.9g}^^{term.datatype.value}"
        except ValueError:
            return str(term)
    return str(term)


def _term_of_rdflib(value: Any) -> str:
    if isinstance(value, rdflib.URIRef):
        return _term(ox.NamedNode(str(value)))
    if isinstance(value, rdflib.BNode):
        return f"_:{value}"
    datatype = ox.NamedNode(str(value.datatype)) if value.datatype else None
    if value.language:
        return _term(ox.Literal(str(value), language=value.language))
    return _term(ox.Literal(str(value), datatype=datatype) if datatype else ox.Literal(str(value)))


def _cells(text: str) -> Counter[tuple[tuple[str, str], ...]]:
    """The rows of a CSV file by column, blank nodes all alike."""
    return Counter(
        tuple(sorted((k, "_:" if v.startswith("_:") else v) for k, v in row.items()))
        for row in csv.DictReader(io.StringIO(text))
    )


def _same(got: list[dict[str, str]], want: list[dict[str, str]]) -> bool:
    """The same solutions, however often each, with blank nodes matched to one another."""
    if not any(v.startswith("_:") for row in (*got, *want) for v in row.values()):
        return _counted(got) == _counted(want)
    return isomorphic(_as_graph(got), _as_graph(want))


def _counted(rows: list[dict[str, str]]) -> Counter[tuple[tuple[str, str], ...]]:
    return Counter(tuple(sorted(row.items())) for row in rows)


def _as_graph(rows: list[dict[str, str]]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for row in rows:
        node = rdflib.BNode()
        graph.add((node, RDF.type, RS.ResultSet))
        for name, value in row.items():
            thing = rdflib.BNode(value[2:]) if value.startswith("_:") else rdflib.Literal(value)
            graph.add((node, rdflib.URIRef(f"urn:var:{name}"), thing))
    return graph


def _post(site: Site, case: Case) -> Reply:
    path = _file(case.graph.value(case.node, MF.action))
    return site.send(
        "POST",
        f"/sparql?default-graph-uri={quote(EMPTY, safe='')}",
        f"BASE <{BASE}>\n".encode() + path.read_bytes(),
        {"Content-Type": "application/sparql-query"},
    )


@pytest.mark.parametrize("case", _parameters(POSITIVE))
def test_positive_syntax(w3c: Site, case: Case) -> None:
    reply = _post(w3c, case)
    text = _file(case.graph.value(case.node, MF.action)).read_text(encoding="utf-8")
    asks_another = re.search(r"\bservice\b", text, re.IGNORECASE) is not None
    assert reply.status == (403 if asks_another else 200), reply.text


@pytest.mark.parametrize("case", _parameters(NEGATIVE))
def test_negative_syntax(w3c: Site, case: Case) -> None:
    reply = _post(w3c, case)
    assert reply.status in (400, 403), reply.text


@pytest.mark.parametrize("case", _parameters(PROTOCOL))
def test_protocol(w3c: Site, case: Case) -> None:
    graph = case.graph
    connection = graph.value(case.node, MF.action)
    requests = list(Collection(graph, graph.value(connection, HT.requests)))
    updates = "update" in case.name and not case.name.startswith("bad_")
    for request in requests:
        reply = _ask(w3c, graph, request)
        response = graph.value(request, HT.resp)
        if updates:
            if _is_update(graph, request):
                assert reply.status == 403
                assert "read-only" in reply.text
            continue
        expected = {str(s)[-3] for s in graph.objects(response, MF.expectedStatus)}
        assert str(reply.status)[0] in expected, reply.text
        boolean = graph.value(response, MF.expectedBoolean)
        if boolean is not None:
            assert json.loads(reply.body)["boolean"] is bool(boolean.toPython())
        expected_type = graph.value(response, MF.expectedFormat)
        if expected_type is not None and str(expected_type) == "RDF":
            assert reply.type in ("text/turtle", "application/rdf+xml", "application/n-triples")
        elif expected_type is not None:
            assert reply.type.startswith("application/sparql-results+")


def _is_update(graph: rdflib.Graph, request: Any) -> bool:
    body = graph.value(request, HT.body)
    text = str(graph.value(body, CNT.chars)) if body is not None else ""
    return "sparql-update" in str(_headers(graph, request)) or text.startswith("update=")


def _headers(graph: rdflib.Graph, request: Any) -> dict[str, str]:
    listed = graph.value(request, HT.headers)
    if listed is None:
        return {}
    return {
        str(graph.value(h, HT.fieldName)): str(graph.value(h, HT.fieldValue))
        for h in Collection(graph, listed)
    }


def _ask(site: Site, graph: rdflib.Graph, request: Any) -> Reply:
    body = graph.value(request, HT.body)
    sent = None
    if body is not None:
        encoding = str(graph.value(body, CNT.characterEncoding) or "UTF-8")
        sent = str(graph.value(body, CNT.chars)).encode(encoding)
    target = str(graph.value(request, HT.absolutePath))
    return site.send(
        str(graph.value(request, HT.methodName)), target, sent, _headers(graph, request)
    )


def test_service_description(w3c: Site) -> None:
    """has-endpoint-triple, returns-rdf and conforms-to-schema of the suite."""
    for media_type in ("text/turtle", "application/rdf+xml", "application/n-triples"):
        reply = w3c.get("/sparql", media_type)
        assert reply.status == 200
        assert reply.type == media_type
        sd = Namespace("http://www.w3.org/ns/sparql-service-description#")
        graph = rdflib.Graph().parse(data=reply.body, format=media_type)
        service = graph.value(None, sd.endpoint, rdflib.URIRef(f"{w3c.url}/sparql"))
        assert (service, RDF.type, sd.Service) in graph
        assert (service, sd.supportedLanguage, sd.SPARQL11Query) in graph
        dataset = graph.value(service, sd.defaultDataset)
        assert (dataset, RDF.type, sd.Dataset) in graph
        assert (graph.value(dataset, sd.defaultGraph), RDF.type, sd.Graph) in graph


def test_the_suite_was_found() -> None:
    assert len(EVALUATION) > 200
    assert len(POSITIVE) > 50
    assert len(NEGATIVE) > 30
    assert len(PROTOCOL) == 34
