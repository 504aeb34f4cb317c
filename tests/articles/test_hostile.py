"""Whatever an input holds, its reader gives articles and ArticleErrors, in bounded time."""

from __future__ import annotations

import io
import json
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.articles import ArticleError, Limits
from kg.articles.reading import articles
from kg.articles.streams import Peekable
from kg.model import Article

from .conftest import Reader, pdf, warc

NAMES = [
    "a.txt",
    "a.md",
    "a.html",
    "a.jsonl",
    "a.json",
    "a.pdf",
    "a.rss",
    "a.warc",
    "a.warc.gz",
    "a.gz",
    "a",
]
PIECES = [
    b"<html>", b"<body>", b"<p>", b"</p>", b"<div", b">", b"<table><tr><td>", b"<![CDATA[", b"]]>", b"<!--", b"-->",
    b"<?xml version='1.0'?>", b"<rss>", b"<channel>", b"<item>", b"<title>", b"<description>", b"</item>", b"<feed>",
    b"<entry>", b"&#0;", b"&#xD800;", b"&amp", b"---\n", b"title: ", b"- ", b"{", b"}", b'"text"', b": ", b'"', b"[",
    b"]", b"\\ud800", b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\r\n", b"\n", b"%PDF-1.7\n", b"1 0 obj",
    b"<< /Type /Page >>", b"stream", b"endobj", b"xref", b"trailer", b"startxref\n0\n%%EOF", b"WARC/1.0\r\n",
    b"WARC-Type: response\r\n", b"Content-Length: 5\r\n", b"Content-Type: text/html\r\n", b"\x1f\x8b\x08", b"PK",
    "\u202e\u200b\u2066".encode(), "Acme bought Beta. ".encode("utf-16"), b"Acme bought Beta for $5m. ",
]  # fmt: skip
QUICK = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def check(name: str, data: bytes) -> list[Article]:
    """The articles of the input; fails on any error but ArticleError and on an unsound article."""
    found: list[Article] = []
    errors: list[ArticleError] = []
    limits = Limits(any_language=True)
    try:
        found += articles(Peekable(io.BytesIO(data)), name, name, errors.append, limits)
    except ArticleError as error:
        errors.append(error)
    for article in found:
        assert article.text.strip()
        for value in (article.text, article.source, article.title, article.url, article.id):
            (value or "").encode("utf-8")
        assert "\0" not in article.text
    for error in errors:
        assert str(error).startswith(name)
    assert found or errors
    return found


@QUICK
@given(st.sampled_from(NAMES), st.binary(max_size=300))
def test_any_bytes(name: str, data: bytes) -> None:
    check(name, data)


@QUICK
@given(st.sampled_from(NAMES), st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))
def test_any_pieces(name: str, data: bytes) -> None:
    check(name, data)


@QUICK
@given(
    st.sampled_from(["pdf", "warc", "gz"]),
    st.integers(0, 10_000),
    st.binary(min_size=1, max_size=8),
)
def test_damaged_files(kind: str, at: int, damage: bytes) -> None:
    page = (
        "https://p.example/a",
        "text/html",
        b"<p>Acme bought Beta for $5 million on Monday.</p>",
    )
    whole = {
        "pdf": pdf("Acme bought Beta for five million dollars."),
        "warc": warc(page, compressed=False),
        "gz": warc(page, page),
    }[kind]
    at %= len(whole)
    check(
        {"gz": "a.warc.gz"}.get(kind, f"a.{kind}"), whole[:at] + damage + whole[at + len(damage) :]
    )
    check({"gz": "a.warc.gz"}.get(kind, f"a.{kind}"), whole[:at])


@QUICK
@given(st.text(st.characters(codec=None, categories=("L", "P", "C", "Z")), max_size=200))
def test_any_text_of_a_record_keeps_its_length(text: str) -> None:
    found = check("a.jsonl", json.dumps({"text": text + "."}).encode())
    assert [len(a.text) for a in found] == [len(text) + 1]


ENTITIES = "".join(f'<!ENTITY l{n} "{("&l" + str(n - 1) + ";") * 10}">' for n in range(1, 12))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{ENTITIES}]><rss><channel><item><description>&l11;</description></item></channel></rss>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><description>&x;</description></item></channel></rss>'


@pytest.mark.parametrize("xml", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_feeds(reading: Reader, xml: str, encoding: str) -> None:
    found, [error] = reading(
        "feed.xml" if encoding == "utf-8" else "feed.rss", xml.encode(encoding)
    )
    assert not found
    assert "entities" in error


@pytest.mark.parametrize("xml", [LAUGHS, OUTSIDE])
def test_entities_do_nothing_in_html(reading: Reader, xml: str) -> None:
    started = time.monotonic()
    found, _ = reading("page.html", xml)
    assert time.monotonic() - started < 5
    assert not any("root:" in a.text or len(a.text) > 10_000 for a in found)


@pytest.mark.parametrize("tag", ["div", "b", "table", "ul><li", "blockquote", "span"])
@pytest.mark.parametrize("depth", [300, 5_000, 200_000])
def test_nested_html(reading: Reader, tag: str, depth: int) -> None:
    started = time.monotonic()
    found, errors = reading(
        "page.html", f"<html><body>{f'<{tag}>' * depth}Acme bought Beta.</body></html>"
    )
    assert found or errors
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.rss"])
def test_a_single_line_of_10_mb(reading: Reader, name: str) -> None:
    started = time.monotonic()
    line = "Acme bought Beta. " * 550_000
    data = json.dumps({"text": line}) if name == "a.jsonl" else line
    found, errors = reading(name, data)
    assert not found
    assert len(errors) == 1
    assert time.monotonic() - started < 15


def test_a_pdf_that_unpacks_to_gigabytes(reading: Reader) -> None:
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(10_000_000)) for _ in range(40)) + packer.flush()
    started = time.monotonic()
    found, errors = reading("bomb.pdf", pdf("x", stream=bomb))
    assert not found
    assert len(errors) == 1
    assert time.monotonic() - started < 20


def test_a_record_that_unpacks_to_more_than_is_read(reading: Reader) -> None:
    page = b"<p>Acme bought Beta for $5 million on Monday.</p>"
    huge = ("https://p.example/huge", "text/html", b"<p>" + b"x" * 900_000)
    small = ("https://p.example/small", "text/html", page)
    found, errors = reading("crawl.warc.gz", warc(huge, small), document=100_000)
    assert [a.url for a in found] == ["https://p.example/small"]
    assert "larger than 100 kB" in errors[0]
    found, errors = reading("crawl.warc.gz", warc(huge, small), document=10_000)
    assert not found
    assert "the rest of the archive is not read" in errors[0]


def test_direction_marks_and_invisible_characters_stay_where_they_are(reading: Reader) -> None:
    text = "\u2067Acme\u2069 bought\u200b Be\u00adta \u202efor $5\u202c million\u2060."
    for name in ("a.txt", "a.md"):
        [article], errors = reading(name, text)
        assert (article.text, errors) == (text, [])


def test_front_matter_makes_no_objects_and_no_explosions(reading: Reader, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    for front in (
        f"a: !!python/object/apply:os.mkdir ['{marker}']",
        "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]",
        "a: " + "[" * 20_000,
        "<<: {title: x}",
        "? [a]\n: b",
        "title: {a: b}",
        "title: \x07",
    ):
        found, errors = reading("a.md", f"---\n{front}\n---\nAcme bought Beta.")
        assert len(found) + len(errors) == 1
    assert not marker.exists()


class Failing(io.RawIOBase):
    """A stream of a device that fails, after so many bytes."""

    def __init__(self, head: bytes) -> None:
        self.head = head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not self.head:
            raise OSError(5, "Input/output error")
        piece, self.head = self.head[: len(buffer)], self.head[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


@pytest.mark.parametrize("head", [b"", b"Acme bought Beta. " * 9000])
def test_an_input_that_cannot_be_read_is_named(head: bytes) -> None:
    stream = Peekable(io.BufferedReader(Failing(head)))
    with pytest.raises(ArticleError, match=r"a\.txt: cannot be read.*Input/output error"):
        list(articles(stream, "a.txt", "a.txt", lambda _: None, Limits()))
