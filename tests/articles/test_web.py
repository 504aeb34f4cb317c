"""Only the public internet, only as much as allowed, only as long as allowed."""

from __future__ import annotations

import gzip
import ipaddress
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.articles import ArticleError, Limits
from kg.articles.web import fetch, is_public

from .conftest import read_all

PAGE = (
    b"<html><body><p>Acme Cloud put $5 million into Beta Labs on Monday in Paris.</p></body></html>"
)
Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def server(
    answer: Answer, context: ssl.SSLContext | None = None
) -> Iterator[tuple[int, list[str]]]:
    """A server on loopback; gives its port and the paths that were asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            with suppress(OSError):
                answer(self)

        def log_message(self, *_: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    if context is not None:
        running.socket = context.wrap_socket(running.socket, server_side=True)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield running.server_port, asked
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


def respond(status: int = 200, body: bytes = PAGE, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def loopback(host: str, port: int) -> list[str]:
    """Every name is this machine, for the tests of what comes after the address check."""
    return ["127.0.0.1"]


def anything(address: object) -> bool:
    return True


def get(port: int, path: str = "/a", **limits: int) -> bytes:
    url = f"http://news.example:{port}{path}"
    return fetch(url, Limits(**limits), resolve=loopback, allowed=anything).body  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.1",
        "0.0.0.0",  # noqa: S104 - to be refused
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.2.1",
        "198.18.0.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::1",
        "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    with pytest.raises(ArticleError, match="not on the public internet"):
        fetch("http://news.example/a", Limits(), resolve=lambda host, port: [address])


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_one_private_address_among_public_ones_is_refused() -> None:
    with pytest.raises(ArticleError, match=r"10\.0\.0\.1"):
        fetch("http://news.example/", Limits(), resolve=lambda host, port: ["1.1.1.1", "10.0.0.1"])


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]"],
)
def test_loopback_is_never_asked(host: str) -> None:
    with server(respond()) as (port, asked):
        articles, [error] = read_all(f"http://{host}:{port}/secret")
    assert not articles
    assert not asked
    assert "save the page" in error or "has no address" in error


def test_a_redirect_into_the_network_is_refused_before_it_is_followed() -> None:
    with server(respond()) as (inner, asked_inside):
        answer = respond(302, b"", Location=f"http://inside.example:{inner}/")
        with (
            server(answer) as (port, asked),
            pytest.raises(ArticleError, match="not on the public"),
        ):
            fetch(
                f"http://news.example:{port}/a",
                Limits(),
                resolve=lambda host, _: ["127.0.0.1" if host == "news.example" else "127.0.0.2"],
                allowed=lambda address: str(address) == "127.0.0.1",
            )
    assert asked == ["/a"]
    assert not asked_inside


def test_the_address_that_was_checked_is_the_one_connected_to() -> None:
    """A name that answers differently the second time gains nothing."""
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    with server(respond()) as (port, asked):
        fetch(
            f"http://news.example:{port}/a",
            Limits(),
            resolve=lambda *_: next(answers),
            allowed=anything,
        )
    assert asked == ["/a"]
    assert len(list(answers)) == 1


def test_redirects_are_followed_and_counted() -> None:
    def step(handler: BaseHTTPRequestHandler) -> None:
        left = int(handler.path.rpartition("/")[2])
        respond(301, b"", Location=f"/step/{left - 1}")(handler) if left else respond()(handler)

    with server(step) as (port, asked):
        assert get(port, "/step/3") == PAGE
        assert asked == ["/step/3", "/step/2", "/step/1", "/step/0"]
        with pytest.raises(ArticleError, match="more than 5 redirects"):
            get(port, "/step/6")


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://p.example/", "gopher://p.example/"]
)
def test_redirects_to_other_schemes_are_refused(target: str) -> None:
    with (
        server(respond(302, b"", Location=target)) as (port, _),
        pytest.raises(ArticleError, match="only http and https"),
    ):
        get(port)


@pytest.mark.parametrize(
    "url",
    ["http://user:pw@news.example/", "http://[::1", "http://news.example:99999/", "http:///a"],
)
def test_addresses_that_cannot_be(url: str) -> None:
    with pytest.raises(ArticleError):
        fetch(url, Limits(), resolve=loopback, allowed=anything)


def test_sizes_are_limited_however_they_are_declared() -> None:
    big = b"x" * 5000
    bomb = gzip.compress(b"x" * 5_000_000)
    assert len(bomb) < 6000
    for answer in (
        respond(body=big, Content_Length="5000"),
        respond(body=big),
        respond(body=gzip.compress(big), Content_Encoding="gzip"),
    ):
        with server(answer) as (port, _), pytest.raises(ArticleError, match="larger than 1 kB"):
            get(port, document=1000)
    with (
        server(respond(body=bomb, Content_Encoding="gzip")) as (port, _),
        pytest.raises(ArticleError, match="larger than"),
    ):
        get(port, document=10_000)


def test_compressed_pages_that_were_not_asked_for_are_read_all_the_same() -> None:
    with server(respond(body=gzip.compress(PAGE), Content_Encoding="gzip")) as (port, _):
        assert get(port) == PAGE
    with (
        server(respond(body=b"junk", Content_Encoding="gzip")) as (port, _),
        pytest.raises(ArticleError, match="damaged"),
    ):
        get(port)
    with (
        server(respond(Content_Encoding="br")) as (port, _),
        pytest.raises(ArticleError, match="sent as br"),
    ):
        get(port)


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_server_that_drips_is_given_up_in_time(part: str) -> None:
    stop = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if part == "body" else b""))
        while not stop.wait(0.05):
            handler.wfile.write(b"x" if part == "body" else b"X-A: b\r\n")

    with server(drip) as (port, _):
        started = time.monotonic()
        with pytest.raises(ArticleError, match=r"within 1 s|cannot be fetched"):
            get(port, seconds=1)
        assert time.monotonic() - started < 3
        stop.set()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (respond(404), "404"),
        (respond(503, b""), "503"),
        (respond(Content_Type="image/png"), "image/png"),
        (respond(body=b"short", Content_Length="900"), "cannot be fetched"),
    ],
)
def test_what_is_no_article(answer: Answer, expected: str) -> None:
    with server(answer) as (port, _), pytest.raises(ArticleError, match=expected):
        get(port)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=news.example",
         "-addext", "subjectAltName=DNS:news.example", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with server(respond(), context) as (port, asked):
        url = f"https://news.example:{port}/a"
        with pytest.raises(ArticleError, match="certificate"):
            fetch(url, Limits(), resolve=loopback, allowed=anything)
        assert not asked
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SSL_CERT_FILE", str(certificate))
            assert fetch(url, Limits(), resolve=loopback, allowed=anything).body == PAGE
            other = url.replace("news.", "other.")
            with pytest.raises(ArticleError, match="certificate"):
                fetch(other, Limits(), resolve=loopback, allowed=anything)
    assert asked == ["/a"]


def test_no_server_at_all() -> None:
    with server(respond()) as (port, _):
        pass
    with pytest.raises(ArticleError, match="cannot be fetched"):
        get(port)


def test_a_name_that_does_not_resolve() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    for resolve in (unknown, lambda host, port: []):
        with pytest.raises(ArticleError, match="check the spelling"):
            fetch("https://news.example/", Limits(), resolve=resolve)


def test_a_page_from_the_web_becomes_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    import kg.articles.web as web

    real = web.fetch
    monkeypatch.setattr(
        web, "fetch", lambda url, limits: real(url, limits, resolve=loopback, allowed=anything)
    )
    with server(respond()) as (port, asked):
        [article], errors = read_all(f"http://news.example:{port}/über?a=b c#part")
    assert not errors
    assert asked == ["/%C3%BCber?a=b%20c"]
    assert article.text == "Acme Cloud put $5 million into Beta Labs on Monday in Paris."
    assert article.url == article.source
    assert article.retrieved is not None
