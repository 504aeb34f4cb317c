"""PDF: the text layer, its lines joined into paragraphs, page furniture left out."""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator

from kg.articles.making import article
from kg.articles.plain import title
from kg.articles.source import ArticleError, Source
from kg.model import Article

_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE
)
_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad\u2010]$")
_SENTENCE_END = (".", "!", "?", ":", ".”", '."', ".’", "?”", "!”")
_EDGE = 2  # lines at the top and bottom of a page that may be furniture


def read(source: Source) -> Iterator[Article]:
    """One article. Its text is what the layout was read as, one paragraph a line."""
    data = source.everything()
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pages, declared = _pages(data, source)
    except ArticleError:
        raise
    except Exception as error:
        raise ArticleError(
            f"{source.place}: damaged PDF ({type(error).__name__}: {str(error)[:120]}); "
            f"print it to a new PDF or save its text"
        ) from error
    text = "\n".join(paragraphs(pages))
    if not text.strip():
        raise ArticleError(
            f"{source.place}: a PDF without text, perhaps scanned; run it through OCR first"
        )
    yield article(
        text,
        source.place,
        source.limits,
        source=source.name,
        fields={"title": declared or title(text), "url": source.url},
    )


def _pages(data: bytes, source: Source) -> tuple[list[list[str]], str | None]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ArticleError(f"{source.place}: a PDF with a password; save a copy without it")
    count, limits = len(reader.pages), source.limits
    if count > limits.pages:
        raise ArticleError(
            f"{source.place}: {count:,} pages, more than {limits.pages:,}; "
            f"take out the article's pages or raise KG_LIMIT_PAGES"
        )
    started, length, pages = time.monotonic(), 0, []
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text() or ""
        length += len(text)
        if length > 2 * limits.text:
            raise ArticleError(
                f"{source.place}: more than {limits.text:,} characters by page {number}; "
                f"take out the article's pages or raise KG_LIMIT_TEXT"
            )
        if time.monotonic() - started > limits.seconds:
            raise ArticleError(
                f"{source.place}: page {number} not read after {limits.seconds} s; "
                f"save its text, or raise KG_LIMIT_SECONDS"
            )
        pages.append([line.rstrip() for line in text.splitlines()])
    metadata = reader.metadata
    return pages, str(metadata.title) if metadata and metadata.title else None


def paragraphs(pages: list[list[str]]) -> list[str]:
    """Lines of pages as paragraphs: running heads gone, words broken at line ends mended.

    >>> paragraphs([["Acme has invest-", "ed in a start-up."]])
    ['Acme has invested in a start-up.']
    """
    lines = [line for page in _without_furniture(pages) for line in page]
    width = max((len(line) for line in lines), default=0)
    found: list[str] = []
    current, before = "", ""
    for line in lines:
        line = " ".join(line.split())
        # A line that stops early, at the head of a paragraph or far from the margin.
        short = 0.8 if current == before else 0.5
        heading = len(before) < short * width and line[:1].isupper()
        ended = heading or (before.endswith(_SENTENCE_END) and len(before) < 0.8 * width)
        if current and (not line or ended):
            found.append(current)
            current = ""
        if line:
            if not current:
                current = line
            elif _HYPHEN.search(current) and line[0].islower():
                current = current[:-1] + line
            else:
                current += " " + line
        before = line
    return [*found, current] if current else found


def _without_furniture(pages: list[list[str]]) -> Iterator[list[str]]:
    """The pages without the lines at their edges that recur on most of them, and page numbers."""
    edges = [{_pattern(line) for line in _edge_lines(page)} for page in pages]
    counted = Counter(pattern for edge in edges for pattern in edge)
    recurring = {p for p, n in counted.items() if n >= 3 and n > len(pages) / 2}
    for page in pages:
        edge = {id(line) for line in _edge_lines(page)}
        yield [
            line
            for line in page
            if id(line) not in edge
            or not (_PAGE_NUMBER.fullmatch(line.strip()) or _pattern(line) in recurring)
        ]


def _edge_lines(page: list[str]) -> list[str]:
    written = [line for line in page if line.strip()]
    return written[:_EDGE] + written[-_EDGE:]


def _pattern(line: str) -> str:
    """The line without a page number at its beginning or end."""
    return re.sub(r"^\d+\s+|\s+\d+$", "#", line.strip())
