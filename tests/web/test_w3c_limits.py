"""What a read-only endpoint owes the W3C's other SPARQL 1.1 tests, over HTTP.

The update and graph store tests: to refuse every request, and to change nothing. The tests of
federated query: to ask the servers that an operator named, and no others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
import rdflib
from rdflib.collection import Collection

from tests.web.conftest import Site, running
from tests.web.w3c import (
    BASE,
    CNT,
    EMPTY,
    FEDERATED,
    HT,
    MF,
    QT,
    SUITE,
    UT,
    Case,
    cases,
    compare,
    data_of,
    endpoints,
    file_of,
)

pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C's tests are not here")

UPDATES = cases(
    {"UpdateEvaluationTest", "PositiveUpdateSyntaxTest11", "NegativeUpdateSyntaxTest11"}
)
NOBODY = "http://127.0.0.1:9/sparql"
"""An address where nobody listens, instead of the name of a server that does not exist."""


def number(site: Site) -> int:
    reply = site.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    return int(json.loads(reply.body)["results"]["bindings"][0]["n"]["value"])


@pytest.fixture(scope="module")
def unchanged(w3c: Site) -> Iterator[None]:
    before = number(w3c)
    yield
    assert number(w3c) == before > 0


@pytest.mark.parametrize("case", UPDATES, ids=lambda c: f"{c.folder}/{c.name}")
def test_updates_are_refused(w3c: Site, unchanged: None, case: Case) -> None:
    action = case.graph.value(case.node, MF.action)
    request = case.graph.value(action, UT.request) or action
    text = file_of(request).read_text(encoding="utf-8")
    update = {"Content-Type": "application/sparql-update"}
    assert w3c.send("POST", "/sparql", text.encode(), update).status == 403
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert w3c.send("POST", "/sparql", urlencode({"update": text}).encode(), form).status == 403
    if text.strip():  # as a query it is none, and LOAD is not tried to find that out
        assert w3c.query(text).status in (400, 403)


def _graph_store_requests() -> list[tuple[str, str, str, bytes]]:
    found = []
    for name in ("manifest-direct", "manifest-indirect"):
        path = SUITE / "graph-store-protocol" / f"{name}.ttl"
        if not path.is_file():
            continue
        graph = rdflib.Graph().parse(path)
        for requests in graph.objects(None, HT.requests):
            for request in Collection(graph, requests):
                body = graph.value(request, HT.body)
                text = graph.value(body, CNT.chars) if body is not None else ""
                method = str(graph.value(request, HT.methodName))
                if method in ("GET", "HEAD"):
                    continue  # reading changes nothing
                address = str(graph.value(request, HT.absolutePath))
                query = address.partition("?")[2]
                found.append((name, method, query, str(text).encode()))
    return found


GRAPH_STORE = _graph_store_requests()


@pytest.mark.parametrize(
    ("manifest", "method", "query", "body"),
    GRAPH_STORE,
    ids=[f"{m}-{n}-{method}" for n, (m, method, *_) in enumerate(GRAPH_STORE)],
)
def test_graphs_cannot_be_written(
    w3c: Site, unchanged: None, manifest: str, method: str, query: str, body: bytes
) -> None:
    target = f"/sparql?{query}" if query else f"/sparql?graph={quote(BASE + 'person/1.ttl')}"
    reply = w3c.send(method, target, body, {"Content-Type": "text/turtle"})
    assert reply.status == (415 if method == "POST" else 405), reply.text
    if method != "POST":
        assert "GET" in reply.headers["allow"]


@pytest.fixture(scope="module")
def open_minded(w3c_store: object) -> Iterator[Site]:
    """A server whose operator lets queries ask servers on this machine."""
    with running(str(w3c_store), rate=0, query_timeout=10, allow_service=("127.0.0.1",)) as site:
        yield site


@pytest.mark.parametrize("case", FEDERATED, ids=lambda c: c.name)
def test_federated_query(w3c: Site, open_minded: Site, case: Case) -> None:
    """Each other server is the same one, asked for the graph that the test wants it to hold."""
    action = case.graph.value(case.node, MF.action)
    text = file_of(case.graph.value(action, QT.query)).read_text(encoding="utf-8")
    default, named, _ = data_of(case)
    pairs = [("default-graph-uri", g) for g in default or [EMPTY]]
    pairs += [("named-graph-uri", g) for g in named]
    address = "/sparql?" + urlencode(pairs, quote_via=quote)
    headers = {
        "Content-Type": "application/sparql-query",
        "Accept": "application/sparql-results+xml",
    }
    refused = w3c.send("POST", address, text.encode(), headers)
    assert refused.status == 403, "no server was allowed by name"
    for one, data in endpoints(case).items():
        held = urlencode({"default-graph-uri": data}, quote_via=quote)
        text = text.replace(f"<{one}>", f"<{open_minded.url}/sparql?{held}>")
    text = text.replace("http://invalid.endpoint.org/sparql", NOBODY)
    reply = open_minded.send("POST", address, text.encode(), headers)
    if "SERVICE ?" in text:  # the data would say which server is asked
        assert reply.status == 403
        return
    assert reply.status == 200, reply.text
    compare(reply, file_of(case.graph.value(case.node, MF.result)), ordered=False)


def test_the_suite_was_found() -> None:
    assert len(UPDATES) > 130
    assert len(GRAPH_STORE) > 5
    assert len(FEDERATED) == 7
