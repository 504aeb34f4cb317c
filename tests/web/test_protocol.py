"""The SPARQL endpoint as clients meet it: forms of request, formats, statuses, limits."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.web.conftest import Site, running

ASK = "ASK { id:microsoft aio:investsIn id:openai }"
NAMES = "SELECT ?name { id:microsoft skos:prefLabel ?name }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_three_ways_to_ask(site: Site) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    direct = {"Content-Type": "application/sparql-query; charset=utf-8"}
    replies = [
        site.query(NAMES),
        site.send("POST", "/sparql", urlencode({"query": NAMES}).encode(), form),
        site.send("POST", "/sparql", NAMES.encode(), direct),
    ]
    for reply in replies:
        assert reply.status == 200
        assert reply.type == "application/sparql-results+json"
        names = [b["name"]["value"] for b in json.loads(reply.body)["results"]["bindings"]]
        assert names == ["Microsoft"]
    head = site.send("HEAD", f"/sparql?query={quote(NAMES)}")
    assert (head.status, head.body) == (200, b"")


def test_xml_is_well_formed_whatever_a_text_holds(site: Site) -> None:
    reply = site.query(r'SELECT ("a\u0001b\uFFFE\r" AS ?x) {}', "application/sparql-results+xml")
    assert reply.status == 200
    [literal] = etree.fromstring(reply.body).iterfind(".//{*}literal")
    assert literal.text == "a\ufffdb\ufffd\r"
    made = r'CONSTRUCT { <http://example.org/s> <http://example.org/p> "a\u0001" } {}'
    reply = site.query(made, "application/rdf+xml")
    assert reply.status == 200
    assert "a\ufffd" in [element.text for element in etree.fromstring(reply.body).iter()]


def test_half_a_character_is_refused(site: Site) -> None:
    assert site.query(r'SELECT ("a\uD800" AS ?x) {}').status == 400


@pytest.mark.parametrize(
    ("accept", "got"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/json", "application/json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.3, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        ("text/turtle, application/sparql-results+json;q=0.2", "application/sparql-results+json"),
    ],
)
def test_solutions_are_negotiated(site: Site, accept: str | None, got: str) -> None:
    reply = site.query(NAMES, accept)
    assert (reply.status, reply.type) == (200, got)
    assert b"Microsoft" in reply.body
    assert reply.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("accept", "got", "form"),
    [
        ("*/*", "text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/trig", "application/trig", ox.RdfFormat.TRIG),
        ("application/n-quads", "application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/sparql-results+json, text/turtle;q=0.1", "text/turtle", ox.RdfFormat.TURTLE),
    ],
)
def test_graphs_are_negotiated(site: Site, accept: str, got: str, form: ox.RdfFormat) -> None:
    reply = site.query("CONSTRUCT { ?s aio:investsIn ?o } { ?s aio:investsIn ?o }", accept)
    assert (reply.status, reply.type) == (200, got)
    assert len(list(ox.parse(reply.body, format=form))) > 20


def test_the_parameter_format_leads_to_files(site: Site) -> None:
    assert site.query(NAMES, "text/html,*/*;q=0.8", format="csv").text == "name\r\nMicrosoft\r\n"
    assert site.query(NAMES, format="word").status == 400


def test_what_cannot_be_had_is_406(site: Site) -> None:
    assert site.query(NAMES, "image/png").status == 406
    assert site.query(NAMES, "text/turtle").status == 406
    assert site.query("DESCRIBE id:microsoft", "text/csv").status == 406
    assert site.get("/sparql", "image/png").status == 406


@pytest.mark.parametrize(
    ("method", "target", "body", "content_type", "status"),
    [
        ("GET", "/sparql?query=SELEC", None, None, 400),
        ("GET", "/sparql?query=ASK{}&query=ASK{}", None, None, 400),
        ("GET", "/sparql?default-graph-uri=http://a/", None, None, 400),
        ("GET", "/sparql?query=ASK{}&default-graph-uri=not%20an%20iri", None, None, 400),
        ("GET", "/sparql?query=%FF%FE", None, None, 400),
        ("GET", "/sparql?update=CLEAR%20ALL", None, None, 403),
        ("POST", "/sparql", b"DROP ALL", "application/sparql-update", 403),
        ("POST", "/sparql", b"update=DROP+ALL", "application/x-www-form-urlencoded", 403),
        ("POST", "/sparql", b"", "application/x-www-form-urlencoded", 400),
        ("POST", "/sparql", b"ASK {}", "text/plain", 415),
        ("POST", "/sparql", b"ASK {}", None, 415),
        ("POST", "/sparql", b"ASK {}", "application/sparql-query; charset=utf-16", 415),
        ("POST", "/sparql", b"ASK { \xff }", "application/sparql-query", 400),
        ("POST", "/sparql?query=ASK{}", b"ASK {}", "application/sparql-query", 400),
        ("PUT", "/sparql", b"", None, 405),
        ("DELETE", "/sparql", None, None, 405),
        ("GET", "/sparql?query=" + quote("SELECT * { SERVICE <http://x.example/> { } }"), None, None, 403),
        ("GET", "/sparql?query=" + quote("INSERT DATA { <a:a> <a:b> <a:c> }"), None, None, 400),
    ],
)  # fmt: skip
def test_statuses(
    site: Site, method: str, target: str, body: bytes | None, content_type: str | None, status: int
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    reply = site.send(method, target, body, headers)
    assert reply.status == status, reply.text
    assert reply.text.strip()
    if status == 405:
        assert "POST" in reply.headers["allow"]


def test_sizes_are_bounded(site: Site) -> None:
    large = b"ASK {} #" + b"x" * (2 << 20)
    reply = site.send("POST", "/sparql", large, {"Content-Type": "application/sparql-query"})
    assert reply.status == 413
    assert site.get("/sparql?query=" + "a" * 40_000).status == 414
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    try:  # without a length beforehand
        kind = {"Content-Type": "application/sparql-query", "Transfer-Encoding": "chunked"}
        connection.request("POST", "/sparql", iter([b"x" * 65536] * 32), kind, encode_chunked=True)
        assert connection.getresponse().status == 413
    finally:
        connection.close()


def test_the_dataset_of_the_request_is_the_whole_one(site: Site) -> None:
    article = json.loads(
        site.query("SELECT ?g { GRAPH ?g { ?s a schema:NewsArticle } } LIMIT 1").body
    )
    graph = article["results"]["bindings"][0]["g"]["value"]
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    inside = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"

    def number(sparql: str, **parameters: str) -> int:
        reply = site.query(sparql, **parameters)
        assert reply.status == 200, reply.text
        return int(json.loads(reply.body)["results"]["bindings"][0]["n"]["value"])

    alone = number(count, **{"default-graph-uri": graph})
    assert 0 < alone < number(count)
    assert number(inside, **{"named-graph-uri": graph}) == alone
    assert number(inside, **{"default-graph-uri": graph}) == 0
    assert number(count, **{"named-graph-uri": graph}) == 0
    assert number(count.replace("{", f"FROM <{graph}> {{", 1)) == alone
    assert number(count, **{"union-default-graph": ""}) > number(count)


def test_relative_iris_are_relative_to_the_graph(site: Site) -> None:
    assert json.loads(site.query("ASK { <id/microsoft> ?p ?o }").body)["boolean"] is True


def test_answers_have_tags(site: Site) -> None:
    first = site.query(NAMES)
    again = site.get(f"/sparql?query={quote(NAMES)}", None, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    other = site.query(NAMES, "text/csv")
    assert other.headers["etag"] != first.headers["etag"]


def test_cors_only_when_asked_for(site: Site, bundled_store: Path) -> None:
    reply = site.get(f"/sparql?query={quote(ASK)}", None, Origin="https://elsewhere.example")
    assert "access-control-allow-origin" not in reply.headers
    with running(bundled_store, cors=("https://elsewhere.example",)) as shared:
        reply = shared.get(f"/sparql?query={quote(ASK)}", None, Origin="https://elsewhere.example")
        assert reply.headers["access-control-allow-origin"] == "https://elsewhere.example"
        reply = shared.get(f"/sparql?query={quote(ASK)}", None, Origin="https://third.example")
        assert "access-control-allow-origin" not in reply.headers
        preflight = shared.send("OPTIONS", "/sparql", None, {"Origin": "https://elsewhere.example"})
        assert preflight.status == 204
        assert "POST" in preflight.headers["access-control-allow-methods"]


@pytest.fixture(scope="module")
def impatient(bundled_store: Path) -> Iterator[Site]:
    with running(bundled_store, rate=0, query_timeout=1.5, patience=0.2, quick=2, slow=4) as found:
        yield found


def test_a_runaway_query_ends_at_the_limit(impatient: Site) -> None:
    begun = time.monotonic()
    reply = impatient.query(RUNAWAY)
    assert reply.status == 504
    assert "1.5 s" in reply.text
    assert time.monotonic() - begun < 4


def test_runaway_queries_do_not_hold_up_lookups(impatient: Site) -> None:
    impatient.query(NAMES)
    runaways = [threading.Thread(target=impatient.query, args=(RUNAWAY,)) for _ in range(4)]
    for thread in runaways:
        thread.start()
    time.sleep(0.6)
    times = []
    for n in range(15):
        begun = time.monotonic()
        assert impatient.query(f"{NAMES} #{n}").status == 200
        times.append(time.monotonic() - begun)
    for thread in runaways:
        thread.join()
    assert sorted(times)[len(times) // 2] < 0.5, times


def test_an_answer_cut_off_is_not_taken_for_whole(impatient: Site) -> None:
    pairs = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        impatient.query(pairs, "text/csv")


def test_large_answers_stream_whole(site: Site) -> None:
    reply = site.query("SELECT * { ?s ?p ?o }", "text/csv")
    count = json.loads(site.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body)
    assert reply.headers.get("transfer-encoding") == "chunked"
    import csv
    import io

    rows = sum(1 for _ in csv.reader(io.StringIO(reply.text, newline="")))
    assert rows == int(count["results"]["bindings"][0]["n"]["value"]) + 1


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_accept_header_is_understood(text: str) -> None:
    from kg.web.negotiation import GRAPHS, SOLUTIONS, Accept

    accept = Accept.parse(text)
    for offered in (list(SOLUTIONS), list(GRAPHS)):
        best = accept.best(offered)
        assert best is None or best in offered
        assert best is None or accept.quality(best) == max(map(accept.quality, offered))


@given(
    st.sampled_from(["GET", "POST"]),
    st.binary(max_size=80),
    st.sampled_from(
        [None, "", "application/sparql-query", "application/x-www-form-urlencoded", "x"]
    ),
    st.binary(max_size=80),
)
@settings(max_examples=200, deadline=None)
def test_any_request_is_read_or_refused(
    method: str, query_string: bytes, content_type: str | None, body: bytes
) -> None:
    from kg.web.protocol import Operation, RequestError, read

    try:
        assert isinstance(read(method, query_string, content_type, body), Operation)
    except RequestError as error:
        assert 400 <= error.status < 500
        assert error.message
