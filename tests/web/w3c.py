"""The W3C's SPARQL 1.1 tests: their manifests read, and results compared as they demand."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib import RDF, Namespace
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from tests.conftest import SHARED
from tests.web.conftest import Reply

SUITE = SHARED / "w3c" / "sparql11"
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

_FORMS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".nt": ox.RdfFormat.N_TRIPLES,
}


@dataclass(frozen=True)
class Case:
    """One test of a manifest."""

    folder: str
    name: str
    kind: str
    node: Any
    graph: rdflib.Graph


@cache
def manifest(folder: str) -> rdflib.Graph:
    path = SUITE / folder / "manifest.ttl"
    return rdflib.Graph().parse(path, format="turtle", publicID=f"{BASE}{folder}/manifest.ttl")


def cases(kinds: set[str]) -> list[Case]:
    found: list[Case] = []
    if not SUITE.is_dir():
        return found
    for path in sorted(SUITE.glob("*/manifest.ttl")):
        graph = manifest(path.parent.name)
        for entries in graph.objects(None, MF.entries):
            for node in Collection(graph, entries):
                kind = str(graph.value(node, RDF.type)).rpartition("#")[2]
                if kind in kinds:
                    found.append(
                        Case(path.parent.name, str(node).rpartition("#")[2], kind, node, graph)
                    )
    return found


def file_of(iri: object) -> Path:
    return SUITE / str(iri).removeprefix(BASE)


def iri_of(path: Path) -> str:
    return BASE + path.relative_to(SUITE).as_posix()


EVALUATION = [
    c for c in cases({"QueryEvaluationTest", "CSVResultFormatTest"}) if c.folder not in OUTBOUND
]
FEDERATED = [c for c in cases({"QueryEvaluationTest"}) if c.folder == "service"]


def quads() -> list[ox.Quad]:
    """Every data file of the evaluation tests as a named graph."""
    files = {iri for case in (*EVALUATION, *FEDERATED) for iri in data_of(case)[2]}
    files |= {iri for case in FEDERATED for iri in endpoints(case).values()}
    found: list[ox.Quad] = []
    for iri in sorted(files):
        path = file_of(iri)
        form = _FORMS[path.suffix]
        parsed = ox.parse(path.read_bytes(), format=form, base_iri=iri, rename_blank_nodes=True)
        found += [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(iri)) for q in parsed]
    for name in ("data1", "data2", "data3"):
        iri = f"http://kasei.us/2009/09/sparql/data/{name}.rdf"
        path = SUITE / "protocol" / f"{name}.nt"
        parsed = ox.parse(path.read_bytes(), format=ox.RdfFormat.N_TRIPLES)
        found += [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(iri)) for q in parsed]
    return found


def endpoints(case: Case) -> dict[str, str]:
    """The other servers that a test needs: address -> the data that each holds."""
    action = case.graph.value(case.node, MF.action)
    return {
        str(case.graph.value(node, QT.endpoint)): str(case.graph.value(node, QT.data))
        for node in case.graph.objects(action, QT.serviceData)
    }


def data_of(case: Case) -> tuple[list[str], list[str], set[str]]:
    """Default graphs, named graphs, and all files of a test."""
    action = case.graph.value(case.node, MF.action)
    default = [str(g) for g in case.graph.objects(action, QT.data)]
    named = [str(g) for g in case.graph.objects(action, QT.graphData)]
    text = file_of(case.graph.value(action, QT.query)).read_text(encoding="utf-8")
    folder = f"{BASE}{case.folder}/"
    spoken_of = {folder + name for name in re.findall(r"FROM\s+(?:NAMED\s+)?<([\w.-]+)>", text)}
    return default, named, {*default, *named, *(g for g in spoken_of if file_of(g).exists())}


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


def compare(reply: Reply, path: Path, *, ordered: bool) -> None:
    if path.suffix == ".csv":
        # The order of columns under SELECT * is the server's.
        assert _cells(reply.text) == _cells(path.read_text(encoding="utf-8"))
        return
    if reply.type in ("text/turtle", "application/rdf+xml"):
        got_graph = rdflib.Graph().parse(data=reply.body, format=reply.type)
        want_graph = rdflib.Graph().parse(path, publicID=iri_of(path))
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
        want = _result_set(rdflib.Graph().parse(path, publicID=iri_of(path)))
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
