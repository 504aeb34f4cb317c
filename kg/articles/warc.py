"""WARC: one article for every page in a crawl, compressed or not, WET files too."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kg.articles import html, pdf, plain
from kg.articles.making import date
from kg.articles.source import ArticleError, Source, size
from kg.model import Article

_TYPES = {
    "text/html": html.read,
    "application/xhtml+xml": html.read,
    "text/plain": plain.read,
    "application/pdf": pdf.read,
}
_KINDS = {"response", "resource", "conversion"}
_DRAIN = 20  # how often the limit is read on to reach the next record before giving up


def read(source: Source) -> Iterator[Article]:
    """The pages of an archive, one record in memory at a time.

    Passed over without a word: requests, redirects, errors of the server, and everything
    that is no HTML, plain text or PDF.
    """
    from warcio.archiveiterator import ArchiveIterator

    seen = number = 0
    try:
        for number, record in enumerate(ArchiveIterator(source.stream), 1):
            kind = _content_type(record)
            if record.rec_type not in _KINDS or kind not in _TYPES:
                continue
            seen += 1
            if seen > source.limits.records:
                raise ArticleError(
                    f"{source.place}: more than {seen - 1:,} pages; split it or raise KG_LIMIT_RECORDS"
                )
            yield from _record(record, kind, number, source)
    except ArticleError:
        raise
    except Exception as error:
        raise ArticleError(
            f"{source.place}: damaged after record {number} ({type(error).__name__}: "
            f"{str(error)[:120]}); what came before was read; fetch the archive again"
        ) from error
    if not seen:
        raise ArticleError(
            f"{source.place}: no pages in {number:,} records; give an archive with HTML, text or PDF"
        )


def _record(record: Any, kind: str, number: int, source: Source) -> Iterator[Article]:
    url = record.rec_headers.get_header("WARC-Target-URI")
    place = f"{source.place}: record {number} ({str(url)[:200]})"
    stream, limit = record.content_stream(), source.limits.document
    data = _bounded(stream, limit + 1)
    if len(data) > limit:
        del data
        for _ in range(_DRAIN):
            if not _bounded(stream, limit):
                break
        else:
            raise ArticleError(
                f"{place}: unpacks to more than {size(_DRAIN * limit)}; the rest of the archive is not read"
            )
        source.report(
            ArticleError(f"{place}: larger than {size(limit)}; raise KG_LIMIT_DOCUMENT to read it")
        )
        return
    page = Source(
        place,
        str(url or f"{source.name}:{number}"),
        io.BytesIO(data),
        source.report,
        source.limits,
        url=url,
        charset=_charset(record),
    )
    retrieved = date(record.rec_headers.get_header("WARC-Date"))
    try:
        for found in _TYPES[kind](page):
            yield replace(found, retrieved=found.retrieved or retrieved)
    except ArticleError as error:
        source.report(error)


def _bounded(stream: Any, limit: int) -> bytes:
    """Up to that many bytes, however little a single read gives."""
    parts, missing = [], limit
    while missing > 0 and (part := stream.read(min(missing, 1_000_000))):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _content_type(record: Any) -> str:
    headers = record.http_headers
    if headers is not None:
        if headers.get_statuscode() not in ("200", "203", None, ""):
            return ""
        value = headers.get_header("Content-Type")
    else:
        value = record.rec_headers.get_header("Content-Type")
    return (value or "").partition(";")[0].strip().lower()


def _charset(record: Any) -> str | None:
    headers = record.http_headers
    value = (headers.get_header("Content-Type") or "") if headers is not None else ""
    name = value.lower().partition("charset=")[2].strip(" \"';")
    return name[:40] or None
