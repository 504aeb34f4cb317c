"""No query that is let through makes a request over the network."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.store import QueryRefusedError
from kg.store.guard import refuse_outbound

HARMLESS = [
    "SELECT * { ?s ?p ?o }",
    "SELECT ?service ?load { ?service ?p $load }",
    "SELECT * { ?s ?p 'SERVICE <http://e.org/> {}' }",
    'SELECT * { ?s ?p """SERVICE\n"<http://e.org/>""" }',
    "SELECT * { ?s ?p ?o } # SERVICE <http://e.org/> {}",
    "SELECT * { <http://e.org/service#SERVICE> <http://e.org/load> ?o }",
    "PREFIX service: <http://e.org/> SELECT * { service:a service:SERVICE ?o }",
    "PREFIX e: <http://e.org/> SELECT * { ?s e:service e:load ; e:customer-service ?o }",
    "SELECT * { GRAPH service:x { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'text'@service-load }",
    "SELECT * { ?s ?p _:service . _:load ?p ?o }",
    "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?s = 'service') }",
    "SELECT * { ?s ?p 'it\\'s service' }",
    "SELECT * { ?s e:a\\'service ?o }",
]

OUTBOUND = [
    "SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://e.org/> { ?s ?p ?o } }",
    "SELECT * { SERVICE?s{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o } LIMIT 1 VALUES ?x { 'a' } SERVICE",
    "PREFIX : <http://e.org/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<http://e.org/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<http://e.org/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<http://e.org/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?o<?s)SERVICE#>\n<http://e.org/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?o<?s)#> '''\n SERVICE <http://e.org/> {} #'''\n }",
    "SELECT * { ?s ?p ?o FILTER(?o<'>'||?s='x') SERVICE <http://e.org/> {} FILTER(?o='y') }",
    "SELECT * { <http://e.org/\\u0062#> ?p ?o . SERVICE <http://e.org/> {} }",
    "SELECT * { ?s ?p 'a\\\\' SERVICE <http://e.org/> {} FILTER('') }",
    "SELECT * { \\u0053ERVICE <http://e.org/> {} }",
    "SELECT * { ?s ?p true.SERVICE<http://e.org/>{ ?s ?p ?o } }",
    "LOAD <http://e.org/data.ttl>",
    "load silent <http://e.org/data.ttl> INTO GRAPH <http://e.org/g>",
    "CLEAR ALL ; LOAD <http://e.org/>",
    "PREFIX : <http://e.org/> LOAD:x",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <http://e.org/> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", HARMLESS)
def test_the_words_are_harmless_where_they_are_no_keywords(query: str) -> None:
    refuse_outbound(query)


@pytest.mark.parametrize("query", OUTBOUND)
def test_every_way_to_write_the_keyword_is_found(query: str) -> None:
    with pytest.raises(QueryRefusedError):
        refuse_outbound(query)


def test_named_hosts_are_let_through_and_no_others() -> None:
    hosts = ["Query.Example.org"]
    refuse_outbound("SELECT * { SERVICE <https://query.example.org/sparql> { ?s ?p ?o } }", hosts)
    refuse_outbound("SELECT * { SERVICE SILENT <http://query.example.org:8/> {} }", hosts)
    for target in (
        "<https://evil.org/sparql>",
        "<https://query.example.org.evil.org/>",
        "<https://query.example.org@evil.org/>",
        "?anything",
        "e:endpoint",
    ):
        with pytest.raises(QueryRefusedError, match="allow_service"):
            refuse_outbound(f"SELECT * {{ SERVICE {target} {{ ?s ?p ?o }} }}", hosts)
    with pytest.raises(QueryRefusedError):
        refuse_outbound("LOAD <https://query.example.org/>", hosts)


LONG = ["a.", "'", '"""', "<", "<a", "\\", "e:", "?", "(", "#", "load ", "é·"]


@pytest.mark.parametrize("text", LONG)
def test_a_long_text_takes_no_longer_than_its_length(text: str) -> None:
    started = time.process_time()
    with suppress(QueryRefusedError):
        refuse_outbound("SELECT ?service " + text * 100_000)
    assert time.process_time() - started < 3


@pytest.fixture(scope="module")
def visits() -> Iterator[tuple[str, list[int]]]:
    """A port that notes every visit, and the notes."""
    seen: list[int] = []
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]

    def note() -> None:
        while True:
            try:
                connection, (_, visitor) = server.accept()
            except OSError:
                return
            seen.append(visitor)
            connection.close()

    thread = threading.Thread(target=note, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}/", seen
    server.close()


WORDS = """SERVICE service LOAD SILENT SERVICE: :x e:x e: <URL> <URL#a> </a> <#a> <x'y> ?s ?p ?o ?o<?s
    FILTER( ) ( { } . ; , < > <= = != && || ! + - * / ^ | ' " ''' \\" \\' \\\\ \\u0027 \\u003c #
    true 1 1. 1e0 'a' "b" 'c'@en @en ^^ a UNION OPTIONAL GRAPH BIND( AS VALUES UNDEF EXISTS NOT
    MINUS IN STR( \\u0053ERVICE \\. e:a\\' e:a%20b _:b [] SELECT WHERE * LIMIT é · _"""
PIECES = st.sampled_from([*WORDS.split(), " ", "  ", "\n", "\t", ""])
SHAPES = st.sampled_from(
    [
        "SELECT * { %s SERVICE <URL> { ?s ?p ?o } %s }",
        "SELECT * { %sSERVICE<URL>{?s ?p ?o}%s }",
        "SELECT * { %s SERVICE SILENT <URL> { ?s ?p ?o } %s }",
        "SELECT * { FILTER(%s) SERVICE <URL> {} FILTER(%s) }",
        "SELECT * { ?s ?p ?o FILTER(?s %s ?o) SERVICE:x {} # %s\n }",
        "SELECT * { %s %s }",
    ]
)


@settings(
    max_examples=1000,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    shape=SHAPES,
    first=st.lists(PIECES, max_size=7).map("".join),
    second=st.lists(PIECES, max_size=7).map("".join),
)
def test_what_is_let_through_stays_at_home(
    visits: tuple[str, list[int]], shape: str, first: str, second: str
) -> None:
    url, seen = visits
    query = (shape % (first, second)).replace("URL", url)
    try:
        refuse_outbound(query)
    except QueryRefusedError:
        return
    store = ox.Store()
    store.add(
        ox.Quad(ox.NamedNode("http://e.org/s"), ox.NamedNode("http://e.org/p"), ox.Literal(1))
    )
    before = len(seen)
    try:
        results = store.query(query, prefixes={"e": "http://e.org/", "": url}, base_iri=url)
        if not isinstance(results, ox.QueryBoolean):
            list(results)
    except (SyntaxError, OSError, RuntimeError, ValueError):
        pass
    assert len(seen) == before, query


def test_the_port_does_note_visits(visits: tuple[str, list[int]]) -> None:
    url, seen = visits
    before = len(seen)
    list(ox.Store().query(f"SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]
    assert len(seen) > before
