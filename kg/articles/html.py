"""HTML: the article of a page, without its furniture."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from kg.articles.decoding import decode
from kg.articles.making import article
from kg.articles.source import ArticleError, Limits, Source
from kg.model import Article

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_ROOT = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_FURNITURE = [
    "//nav|//footer|//aside|//form|//dialog|//template|//noscript|//button|//select",
    "//*[@role='navigation' or @role='contentinfo' or @role='search' or @aria-hidden='true']",
    # What a reader does not see is not read either.
    "//*[not(self::html or self::body or self::main or self::article)]"
    "[@hidden or contains(translate(@style, ' ', ''), 'display:none')"
    " or contains(translate(@style, ' ', ''), 'visibility:hidden')"
    " or contains(concat(translate(@style, ' ', ''), ';'), 'font-size:0;')"
    " or contains(translate(@style, ' ', ''), 'font-size:0px')]",
]
# A day of publication that is declared; none guessed from figures somewhere in the page.
_DATES = {"original_date": True, "extensive_search": False}
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "br",
        "blockquote",
        "section",
        "article",
        "pre",
        "dt",
        "dd",
        "figcaption",
    ]
)
_NEWLINES = re.compile(r"[ \t]*\n\s*")


def read(source: Source) -> Iterator[Article]:
    """One article: the page's main text, one paragraph a line, and the metadata it declares."""
    yield page(source.everything(), source.place, source.name, source.limits, source)


def page(data: bytes, place: str, name: str, limits: Limits, source: Source) -> Article:
    """The article in one page; ArticleError where there is none."""
    declared = _CHARSET.search(data[:4096])
    charset = source.charset or (declared[1].decode("ascii") if declared else None)
    return from_text(decode(data, place, charset), place, name, limits, source.url)


def from_text(html: str, place: str, name: str, limits: Limits, url: str | None = None) -> Article:
    """The article in a page that is decoded already."""
    if (tags := html.count("<")) > limits.tags:
        raise ArticleError(
            f"{place}: a page of {tags:,} tags; save its article as text or raise KG_LIMIT_TAGS"
        )
    document = _extract(html, url)
    if document is None or not (document.text or "").strip():
        raise ArticleError(
            f"{place}: no article text found in the page; save the article as text or Markdown"
        )
    fields = {
        "title": document.title,
        "url": url or document.url,
        "published": document.date,
        "publisher": document.sitename,
        "language": document.language,
    }
    return article(document.text, place, limits, source=name, fields=fields)


def plain(html: str) -> str:
    """A fragment, such as the body of a feed's entry, as text, one paragraph a line."""
    if "<" not in html and "&" not in html:
        return html.strip()
    from lxml import etree
    from lxml.html import document_fromstring

    try:
        root = document_fromstring(f"<div>{html}</div>")
    except (etree.LxmlError, ValueError):
        return ""
    parts: list[str] = []
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start" and tag and tag not in {"script", "style", "template"}:
            parts += ["\n"] if tag in _BLOCKS else []
            parts.append(re.sub(r"\s+", " ", node.text or ""))
        elif event == "end":
            parts += ["\n"] if tag in _BLOCKS else []
            parts.append(re.sub(r"\s+", " ", node.tail or ""))
    return _NEWLINES.sub("\n", "".join(parts)).strip()


def _extract(html: str, url: str | None) -> Any:
    # Both would write their doubts about a page to the user's terminal.
    for noisy in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    import trafilatura

    if not _ROOT.search(html[:5000]):
        html = f"<!DOCTYPE html><html><body>{html}</body></html>"
    try:
        return trafilatura.bare_extraction(
            html,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            prune_xpath=_FURNITURE,
            date_extraction_params=_DATES,
        )
    except Exception:  # noqa: BLE001 - the libraries below raise what they like on broken pages
        return None
