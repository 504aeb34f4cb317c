"""What a remote store does when the server or the network does not do its part."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from kg.store import (
    QueryError,
    QueryTimeoutError,
    Store,
    StoreError,
    StoreMissingError,
    StoreReadOnlyError,
    open_store,
)
from kg.store.dialects import ask_result, recognise
from kg.store.http import Endpoint
from kg.store.rewriting import bind, choose_graphs, declare, form, graphs
from tests.store.conftest import EX, quad, rows
from tests.store.losing import losing
from tests.store.servers import PASSWORD, SERVERS, free_port

EMPTY = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": []}}).encode()
JSON = {"Content-Type": "application/sparql-results+json"}
XSD = "http://www.w3.org/2001/XMLSchema#"
Reply = tuple[int, dict[str, str], bytes]


class Scripted(ThreadingHTTPServer):
    """A server that answers as told, and keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: list[tuple[dict[str, str], dict[str, list[str]]]] = []
        self.reply: Callable[[dict[str, list[str]]], Reply] = lambda _: (200, JSON, EMPTY)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/sparql"


class _Handler(BaseHTTPRequestHandler):
    server: Scripted

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = parse_qs(body)
        self.server.seen.append((dict(self.headers), form))
        status, headers, answer = self.server.reply(form)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Silence."""


@pytest.fixture
def server() -> Iterator[Scripted]:
    server = Scripted()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def remote(server: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("KG_REMOTE_TEXTS", str(tmp_path / "texts.sqlite"))
    for name in ("KG_REMOTE_USER", "KG_REMOTE_PASSWORD", "KG_REMOTE_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return open_store(server.url)


def select(store: Store) -> None:
    with store.read() as reader:
        list(reader.query("SELECT ?s { ?s ?p ?o }"))  # type: ignore[arg-type]


TRUNCATED = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"http://e'


@pytest.mark.parametrize(
    ("reply", "error", "message"),
    [
        ((200, JSON, TRUNCATED), QueryError, "cut off"),
        ((200, {**JSON, "Content-Length": "5000"}, TRUNCATED), QueryError, "broke off"),
        ((200, {**JSON, "X-SPARQL-MaxRows": "10000"}, EMPTY), QueryError, "10000 rows"),
        ((200, {"Content-Type": "text/html"}, b"<html>Welcome</html>"), QueryError, "result"),
        ((400, {}, b"syntax error at line 1"), QueryError, "syntax error at line 1"),
        ((401, {}, b""), StoreReadOnlyError, "KG_REMOTE_USER"),
        ((403, {}, b""), StoreReadOnlyError, "KG_REMOTE_USER"),
        ((404, {}, b""), StoreMissingError, "no SPARQL server"),
        ((307, {"Location": "https://elsewhere.example/"}, b""), StoreError, "elsewhere"),
        ((500, {}, b"boom"), StoreError, "boom"),
        ((503, {}, b"busy"), QueryTimeoutError, "gave up"),
    ],
)
def test_every_fault_of_a_server_is_told(
    server: Scripted, remote: Store, reply: Reply, error: type[StoreError], message: str
) -> None:
    server.reply = lambda form: (
        (200, JSON, b'{"head":{},"boolean":true}') if form.get("query") == ["ASK {}"] else reply
    )
    with pytest.raises(error, match=message):
        select(remote)


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(StoreMissingError, match="cannot be reached"):
        select(open_store(f"http://127.0.0.1:{free_port()}/sparql"))


def test_a_busy_server_is_asked_again(server: Scripted, remote: Store) -> None:
    replies = [(503, {}, b""), (502, {}, b"")]
    server.reply = lambda _: replies.pop() if replies else (200, JSON, EMPTY)
    select(remote)
    assert replies == []


def test_a_slow_answer_ends_at_the_time_limit(server: Scripted, remote: Store) -> None:
    waiting = threading.Event()

    def reply(form: dict[str, list[str]]) -> Reply:
        if form.get("query") != ["ASK {}"]:
            waiting.wait(5)
        return 200, JSON, EMPTY

    server.reply = reply
    with remote.read() as reader, pytest.raises(QueryTimeoutError, match=r"0\.3 s"):
        reader.query("SELECT ?s { ?s ?p ?o }", timeout=0.3)
    waiting.set()


def test_the_password_is_given_when_asked_for_and_told_to_nobody(
    server: Scripted, remote: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_REMOTE_USER", "ada")
    monkeypatch.setenv("KG_REMOTE_PASSWORD", "s3cret")
    server.reply = lambda _: (401, {"WWW-Authenticate": "Basic realm=x"}, b"")
    with pytest.raises(StoreReadOnlyError) as caught:
        select(open_store(server.url))
    assert "Authorization" not in server.seen[0][0]
    assert server.seen[-1][0]["Authorization"].startswith("Basic ")
    assert "s3cret" not in str(caught.value)
    monkeypatch.delenv("KG_REMOTE_USER")
    monkeypatch.setenv("KG_REMOTE_TOKEN", "t0ken")
    server.reply = lambda _: (200, JSON, EMPTY)
    select(open_store(server.url))
    assert server.seen[-1][0]["Authorization"] == "Bearer t0ken"


def test_the_password_is_not_sent_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match="KG_REMOTE_USER") as caught:
        open_store("https://ada:s3cret@example.org/sparql")
    assert "s3cret" not in str(caught.value)
    monkeypatch.setenv("KG_REMOTE_USER", "ada")
    with pytest.raises(StoreError, match="https"):
        open_store("http://example.org/sparql")
    monkeypatch.setenv("KG_REMOTE_INSECURE", "1")
    open_store("http://example.org/sparql")


def test_halves_of_characters_do_not_make_an_answer_unreadable(
    server: Scripted, remote: Store
) -> None:
    value = rb"a\ud800b \ud83d\ude00 \\ud800 \u0001"
    rows_ = b'{"bindings":[{"s":{"type":"literal","value":"%s"}}]}' % value
    server.reply = lambda _: (200, JSON, b'{"head":{"vars":["s"]},"results":%s}' % rows_)
    with remote.read() as reader:
        [row] = reader.query("SELECT ?s { ?s ?p ?o }")  # type: ignore[misc]
    assert row["s"].value == "a\ufffdb \U0001f600 \\ud800 \x01"
    line = rb'<http://a/> <http://a/p> "a\uD800b \\uD800 \u0001" .'
    server.reply = lambda _: (200, {"Content-Type": "application/n-triples"}, line)
    with remote.read() as reader:
        [triple] = reader.query("CONSTRUCT WHERE { ?s ?p ?o }")  # type: ignore[misc]
    assert triple.object.value == "a\ufffdb \\uD800 \x01"


def test_xml_of_a_server_is_passed_on_well_formed(server: Scripted, remote: Store) -> None:
    server.reply = lambda _: (200, {}, "<x>a\x01b\ufffe</x>".encode())
    with remote.read() as reader:
        answer = reader.answer("SELECT ?s { ?s ?p ?o }", timeout=10, solutions="xml")
    assert b"".join(answer.pieces).decode() == "<x>a\ufffdb\ufffd</x>"


def test_nothing_is_sent_before_it_is_published(server: Scripted, remote: Store) -> None:
    with pytest.raises(ZeroDivisionError), remote.write() as writer:
        writer.add([quad("a", 1, "g")])
        raise ZeroDivisionError
    assert not any("update" in form for _, form in server.seen)
    with remote.write() as writer:
        writer.add([quad("a", 1, "g"), quad("a", 1)])
        writer.remove([quad("b", 1, "g")])
    updates = [form["update"][0] for _, form in server.seen if "update" in form]
    assert len(updates) == 1, "one request, which takes effect or does not"
    assert updates[0].index("DELETE") < updates[0].index("INSERT")


def test_queries_are_rewritten_as_little_as_possible() -> None:
    prefixes = {"a": "http://a/", "b": "http://b/"}
    assert declare("SELECT * { ?s ?p 'a:x' }", prefixes) == "SELECT * { ?s ?p 'a:x' }"
    assert declare("ASK { a:x ?p ?o }", prefixes) == "PREFIX a: <http://a/> ASK { a:x ?p ?o }"
    own = "PREFIX a: <http://own/> ASK { a:x b:y ?o }"
    assert declare(own, prefixes) == f"PREFIX b: <http://b/> {own}"
    assert form("# SELECT\nPREFIX select: <http://x/> aSk {}") == "ask"
    with pytest.raises(QueryError):
        form("DROP ALL")
    bound = bind("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", {"s": "<http://a/>"})
    assert bound.count("VALUES") == 1
    assert bound.index("VALUES") > bound.index("WHERE")
    assert "VALUES (?s)" in bind("SELECT ?s { ?s ?p '{' }", {"s": "<http://a/>"})


def test_graphs_asked_by_name_are_found_in_a_text() -> None:
    text = (
        'PREFIX a: <http://a/> SELECT ?o { GRAPH <http://g> { ?s ?p "GRAPH <x>" }'
        " GRAPH a:h { ?s ?p ?o } }"
    )
    assert graphs(text, {}) == (["http://g", "http://a/h"], False)
    assert graphs("ASK { graph ?g { } GRAPH b:c { } }", {"b": "http://b/"}) == (
        ["http://b/c"],
        True,
    )
    chosen = choose_graphs(text)
    assert chosen.count("VALUES") == 2
    assert graphs(chosen, {}) == ([], True)
    assert choose_graphs("ASK { GRAPH ?g { } }") == "ASK { GRAPH ?g { } }"


def test_dialects_are_recognised() -> None:
    for url in ("http://h:7878", "http://h:7878/query"):
        oxigraph = recognise(url, {"Server": "Oxigraph/0.5"}, signed_in=False)
        assert (oxigraph.update, oxigraph.data) == ("http://h:7878/update", "http://h:7878/store")
    fuseki = recognise("http://h/ds/sparql", {"Fuseki-Request-Id": "1"}, signed_in=False)
    assert (fuseki.name, fuseki.update) == ("fuseki", "http://h/ds/update")
    virtuoso = recognise("http://h/sparql", {"Server": "Virtuoso/07"}, signed_in=True)
    assert virtuoso.query == virtuoso.update == "http://h/sparql-auth"
    other = recognise("http://h/endpoint", {}, signed_in=False)
    assert other.query == other.update == "http://h/endpoint"
    row = {"__ASK_RETVAL": {"type": "typed-literal", "value": "0"}}
    body = json.dumps({"head": {}, "results": {"bindings": [row]}}).encode()
    assert json.loads(ask_result(body))["boolean"] is False


@pytest.mark.interop
@pytest.mark.parametrize("name", ["oxigraph", "fuseki"])
def test_an_upload_that_fails_anywhere_leaves_no_half_article_and_nothing_twice(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_REMOTE_TEXTS", str(tmp_path / "texts.sqlite"))
    monkeypatch.setattr(
        "kg.store.http.recognise", lambda *a, **o: replace(recognise(*a, **o), limit=700)
    )
    sizes = {f"article{i}": size for i, size in enumerate([3, 40, 2500, 70, 900, 10])}
    graphs = {g: [quad(f"{g}-{i}", i, g) for i in range(n)] for g, n in sizes.items()}
    default = [quad(f"d{i}", i) for i in range(2000)]
    everything = rows([*default, *(q for quads in graphs.values() for q in quads)])
    server: Any = SERVERS[name]
    with server(tmp_path) as url:
        store = open_store(url)
        for bulk in (False, True):
            for failing in range(1, 40):
                complete = _upload(store, graphs, default, failing, monkeypatch, bulk=bulk)
                with store.read() as reader:
                    for graph, quads in graphs.items():
                        found = rows(reader.quads(graph=EX + graph))
                        assert found in ([], rows(quads)), "an article is there or it is not"
                    found = rows(reader.quads())
                    assert set(found) <= set(everything)
                    assert len(found) == len(set(found))
                if complete:
                    break
                if failing % 3 == 0:
                    _clear(store)
            assert complete
            with store.read() as reader:
                assert rows(reader.quads()) == everything
                assert len(list(reader.graph_names())) == len(graphs)
            _clear(store)


@pytest.mark.interop
@pytest.mark.parametrize("name", SERVERS)
def test_of_what_is_loaded_again_only_what_is_missing_is_sent(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_REMOTE_TEXTS", str(tmp_path / "texts.sqlite"))
    if name == "virtuoso":
        monkeypatch.setenv("KG_REMOTE_USER", "dba")
        monkeypatch.setenv("KG_REMOTE_PASSWORD", PASSWORD)
    monkeypatch.setattr(
        "kg.store.http.recognise",
        lambda *a, **o: replace(recognise(*a, **o), limit=300, page=200),
    )
    values = [f'"0.90"^^<{XSD}decimal>', f'"true"^^<{XSD}boolean>', '"x"@en-GB', '"x"']
    text = "".join(
        f"<{EX}s{number}> <{EX}p{place}> {value} <{EX}g{graph}> .\n"
        for graph, size in enumerate([3, 700, 20])
        for number in range(size)
        for place, value in enumerate(values)
    )
    sent: list[str] = []

    def noted(method: Callable[..., None], sending: Callable[..., str]) -> Callable[..., None]:
        def call(*arguments: Any, **options: Any) -> None:
            sent.append(sending(*arguments))
            method(*arguments, **options)

        return call

    monkeypatch.setattr(Endpoint, "update", noted(Endpoint.update, lambda _, text: text))
    monkeypatch.setattr(Endpoint, "upload", noted(Endpoint.upload, lambda _, __, body: str(body)))
    server: Any = SERVERS[name]
    with server(tmp_path) as url:
        store = open_store(url)
        with store.write() as writer:
            writer.bulk_load(io.BytesIO(text.encode()))
        with store.read() as reader:
            everything = rows(reader.quads())
        assert len(everything) == 723 * len(values)
        sent.clear()
        with store.write() as writer:
            writer.bulk_load(io.BytesIO(text.encode()))
        assert sent == []
        with store.write() as writer:
            writer.bulk_load(io.BytesIO(f'{text}<{EX}s5> <{EX}p1> "new" <{EX}g1> .\n'.encode()))
        assert len(sent) == 1
        assert sent[0].count(" .\n") == 1
        with store.read() as reader:
            assert len(rows(reader.quads())) == len(everything) + 1


@pytest.mark.interop
def test_a_server_that_loses_what_was_uploaded_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_REMOTE_TEXTS", str(tmp_path / "texts.sqlite"))
    monkeypatch.setattr(
        "kg.store.http.recognise", lambda *a, **o: replace(recognise(*a, **o), limit=10)
    )
    quads, update = [quad(f"s{number}", number, "g") for number in range(30)], Endpoint.update

    def deleting(endpoint: Endpoint, text: str, **options: Any) -> None:
        update(endpoint, text, **options)
        if text.startswith(("MOVE", "ADD")):
            update(endpoint, f"DELETE WHERE {{ GRAPH <{EX}g> {{ <{EX}s7> ?p ?o }} }}")

    server: Any = SERVERS["oxigraph"]
    with server(tmp_path) as url:
        store = open_store(url)
        with monkeypatch.context() as patch:
            patch.setattr(Endpoint, "update", deleting)
            with pytest.raises(StoreError, match=r"29 quads.* 30; run"), store.write() as writer:
                writer.bulk_load(quads)
            with pytest.raises(StoreError, match="run the command again"), store.write() as writer:
                writer.replace_graph(f"{EX}g", [*quads[:3], *[quad("t", n, "g") for n in range(9)]])
                writer.add(quads)
        with store.write() as writer:
            writer.bulk_load(quads)
        with store.read() as reader:
            assert set(rows(quads)) <= set(rows(reader.quads()))


def _clear(store: Store) -> None:
    with store.write() as writer:
        writer.update("CLEAR ALL")


def _upload(
    store: Store,
    graphs: dict[str, Any],
    default: list[Any],
    failing: int,
    monkeypatch: pytest.MonkeyPatch,
    *,
    bulk: bool,
) -> bool:
    """Upload everything with the ``failing``-th request lost; whether none was."""
    with losing(failing, monkeypatch):
        try:
            with store.write() as writer:
                if bulk:
                    writer.bulk_load(q for quads in graphs.values() for q in quads)
                    writer.bulk_load(default)
                else:
                    for graph, quads in graphs.items():
                        writer.replace_graph(EX + graph, quads)
                    writer.replace_graph(EX + "none", [])
                    writer.add(default)
        except StoreMissingError:
            return False
    return True
