"""What an article, an address or a client might try."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.web.conftest import Site, running
from tests.web.hostile import SCRIPT, addresses


class _Tags(HTMLParser):
    """What a browser would make of a page: its tags with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_nothing_of_an_article_becomes_markup(hostile: Site) -> None:
    pages = addresses(hostile)
    assert len(pages) > 9
    shown = 0
    for address in pages:
        reply = hostile.page(address)
        assert reply.status == 200, address
        parser = _Tags()
        parser.feed(reply.text)
        scripts = [attrs for tag, attrs in parser.tags if tag == "script"]
        assert all((attrs.get("src") or "").startswith("/static/") for attrs in scripts), address
        for tag, attrs in parser.tags:
            assert tag not in ("img", "iframe", "object", "base"), address
            assert not any(name.startswith("on") or name == "style" for name in attrs), (
                address,
                tag,
                attrs,
            )
            for name in ("href", "src", "action"):
                assert (
                    not (attrs.get(name) or "")
                    .lower()
                    .lstrip()
                    .startswith(("javascript:", "data:"))
                ), address
        assert "49" not in re.findall(r"under terms that (\S+)", reply.text)
        assert "\u202e" not in reply.text
        shown += "&lt;script&gt;" in reply.text
    assert shown >= 3, "the mischief must be shown for what it is"


@pytest.mark.parametrize("name", ["q", "query", "authority", "page", "focus", "format"])
def test_nothing_of_an_address_becomes_markup(hostile: Site, name: str) -> None:
    for path in ("/search", "/ask", "/sparql", "/regulators", "/kind/investment", "/explorer"):
        reply = hostile.page(f"{path}?{name}=%22%3E%3Cscript%3Ealert(1)%3C/script%3E%00%0d%0aX:y")
        assert reply.status < 500
        assert SCRIPT not in reply.text
        assert "x" not in reply.headers
    for path in ("/id/", "/article/", "/kind/", "/entities/", "/explorer/evidence/", "/static/"):
        reply = hostile.page(f"{path}%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        assert reply.status == 404
        assert SCRIPT not in reply.text


def test_a_spreadsheet_runs_nothing(hostile: Site) -> None:
    deal = next(a for a in addresses(hostile) if a.startswith("/id/investment/"))
    for form in (f"{deal}.csv", "/id/microsoft.csv"):
        text = hostile.get(form).text
        assert not re.search(r"(^|,)\"?[=+@]", text, re.MULTILINE)


@pytest.mark.parametrize(
    "address", ["/", "/id/microsoft", "/sparql", "/nothing", "/static/site.js"]
)
def test_headers(site: Site, address: str) -> None:
    headers = site.page(address).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/static/..%2fsettings.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/....//settings.py",
        "/ontology/../kg/model.py",
        "/ontology/%2e%2e%2fpyproject.toml",
        "/id/../../etc/passwd",
        "/article/..%2f..%2fetc%2fpasswd",
        "/static/built/../../app.py",
        "/static/%00",
    ],
)
def test_no_path_outside(site: Site, path: str) -> None:
    reply = site.get(path)
    assert reply.status in (400, 404)
    assert "root:" not in reply.text
    assert "import" not in reply.text


def test_it_answers_to_its_own_names_only(site: Site, bundled_store: Path) -> None:
    assert site.get("/", None, Host="evil.example").status == 421
    assert site.get("/", None, Host="").status in (400, 421)
    assert site.get("/", None, Host="localhost:1").status == 200
    with running(bundled_store, hosts=("graph.example",)) as named:
        assert named.get("/", None, Host="graph.example").status == 200
        assert named.get("/", None, Host="evil.example").status == 421


def test_rates_are_bounded(bundled_store: Path) -> None:
    with running(bundled_store, rate=5, burst=10) as site:
        replies = [site.get("/static/icon.svg") for _ in range(30)]
    refused = [r for r in replies if r.status == 429]
    assert 10 <= len(refused) <= 20
    assert all(int(r.headers["retry-after"]) >= 1 for r in refused)


def test_a_bucket_fills_again() -> None:
    from kg.web.limits import Rates

    rates = Rates(2.0, 3)
    assert [rates.wait("a", 0.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert rates.wait("a", 0.0) == pytest.approx(0.5)
    assert rates.wait("b", 0.0) == 0.0
    assert rates.wait("a", 0.5) == 0.0
    assert Rates(0, 1).wait("a", 0.0) == 0.0


def test_no_address_is_remembered_for_ever() -> None:
    from kg.web import limits

    rates = limits.Rates(1.0, 1)
    for n in range(limits._KNOWN + 100):
        rates.wait(str(n), 0.0)
    assert len(rates._buckets) <= limits._KNOWN


def test_many_at_once_are_turned_away_and_not_the_server_down(bundled_store: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with running(bundled_store, rate=0, concurrency=6, query_timeout=1) as site:
        statuses: list[int] = []

        def ask(n: int) -> None:
            statuses.append(site.query(f"{slow} #{n}").status)

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(statuses) == {503, 504}
        assert site.get("/").status == 200


def test_a_client_that_goes_away_leaves_nothing_behind(site: Site) -> None:
    for _ in range(5):
        connection = socket.create_connection(("127.0.0.1", site.port), timeout=5)
        connection.sendall(
            b"GET /sparql?query=SELECT%20*%20%7B?a%20?b%20?c.%20?d%20?e%20?f%7D HTTP/1.1\r\n"
            b"Host: localhost\r\nAccept: text/csv\r\n\r\n"
        )
        connection.recv(1000)
        connection.close()
    time.sleep(0.5)
    begun = time.monotonic()
    assert site.query("ASK {}").status == 200
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "raw",
    [
        b"NONSENSE\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\n",
    ],
)
def test_malformed_requests_do_no_harm(site: Site, raw: bytes) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=5) as connection:
        try:
            connection.sendall(raw)
            answer = connection.recv(200)
        except ConnectionError:
            answer = b""
    assert not answer.startswith(b"HTTP/1.1 5")
    assert site.get("/static/icon.svg").status == 200


def test_it_listens_on_loopback_unless_told_otherwise() -> None:
    from kg.web.settings import Settings

    assert Settings("x").host == "127.0.0.1"


def test_inside_errors_stay_inside(site: Site) -> None:
    for address in (
        "/id/" + "a" * 5000,
        "/kind/%f0%9f%92%a9",
        "/ask?q=" + "x" * 5000,
        "/article/zz.ttl",
    ):
        reply = site.page(address)
        assert reply.status < 500
        assert "Traceback" not in reply.text


def test_keep_alive_serves_many_on_one_connection(site: Site) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    try:
        for _ in range(20):
            connection.request("GET", "/suggest?q=op")
            response = connection.getresponse()
            assert (response.status, bool(response.read())) == (200, True)
    finally:
        connection.close()
