"""Which reader an input needs: by its name, and where that does not tell, by its beginning."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum
from pathlib import PurePath


class Format(StrEnum):
    """The formats that have a reader; the value is the reader's module."""

    TEXT = "plain"
    MARKDOWN = "markdown"
    HTML = "html"
    JSONL = "jsonl"
    JSON = "json"
    PDF = "pdf"
    FEED = "feed"
    WARC = "warc"


_SUFFIXES = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".json": Format.JSON,
    ".pdf": Format.PDF,
    ".rss": Format.FEED,
    ".atom": Format.FEED,
    ".warc": Format.WARC,
    ".wet": Format.WARC,
}
HEAD = 4096
"""How many bytes from the beginning decide."""

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_OTHER = (
    (b"PK\x03\x04", "a zip archive or an office document; save it as PDF, HTML or text"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as PDF, HTML or text"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd; decompress it first"),
    (b"BZh", "compressed with bzip2; decompress it first"),
    (b"\xfd7zXZ", "compressed with xz; decompress it first"),
    (b"{\\rtf", "rich text (RTF); save it as text or HTML"),
    (b"SQLite format 3", "a database; give articles"),
)


def known(name: str) -> bool:
    """Whether the name alone says that this is an article or a file of articles."""
    return _suffix(name) in _SUFFIXES


def sniff(name: str, head: bytes, content_type: str | None = None) -> Format:
    """The format of an input; anything that shows no other is taken for text."""
    start = head.lstrip(codecs.BOM_UTF8 + b" \t\r\n")
    if head.startswith(b"%PDF-"):
        return Format.PDF
    if head.startswith(b"WARC/"):
        return Format.WARC
    by_name = _SUFFIXES.get(_suffix(name))
    if by_name is not None:
        return by_name
    if _FEED.search(head[:2000]) and start.startswith(b"<"):
        return Format.FEED
    if _HTML.match(start) or (content_type or "").startswith(("text/html", "application/xhtml")):
        return Format.HTML
    if start.startswith((b'{"', b"{ ")):
        return Format.JSONL
    if start.startswith((b"[{", b"{\n", b"{\r", b"[\n")):
        return Format.JSON
    if start.startswith((b"---\n", b"---\r\n")):
        return Format.MARKDOWN
    return Format.TEXT


def other(head: bytes) -> str | None:
    """What a file is that has no reader, and the remedy; None if it may have one."""
    for magic, what in _OTHER:
        if head.startswith(magic):
            return what
    return None


def _suffix(name: str) -> str:
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix
