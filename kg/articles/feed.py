"""RSS and Atom: one article an entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from kg.articles.decoding import decode
from kg.articles.html import plain
from kg.articles.making import article
from kg.articles.source import ArticleError, Source
from kg.model import Article

_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_ENCODING = re.compile(r"\bencoding\s*=\s*[\"'][^\"']*[\"']")
_CHARSET = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w-]{2,40})")


def read(source: Source) -> Iterator[Article]:
    """The entries of a feed. An article's text is the entry's content, else its summary."""
    data = source.everything()
    declared = _CHARSET.match(data[:400])
    text = decode(
        data, source.place, source.charset or (declared[1].decode() if declared else None)
    )
    if _ENTITY.search(text):
        raise ArticleError(
            f"{source.place}: declares XML entities, which feeds do not need and attacks use; "
            f"remove the <!ENTITY ...> lines"
        )
    head, rest = text[:400], text[400:]
    feed = _parsed(_ENCODING.sub('encoding="utf-8"', head, count=1) + rest, source.place)
    publisher = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, 1):
        place = f"{source.place}: entry {number}"
        if number > source.limits.records:
            raise ArticleError(f"{place}: too many entries; raise KG_LIMIT_RECORDS")
        try:
            yield _entry(entry, place, source, publisher, f"{source.name}:{number}")
        except ArticleError as error:
            source.report(error)


def _parsed(text: str, place: str) -> Any:
    import feedparser

    try:
        feed = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
        )
    except Exception as error:
        raise ArticleError(f"{place}: not a readable feed ({type(error).__name__})") from error
    if not feed.entries:
        trouble = feed.get("bozo_exception")
        why = f" ({str(trouble)[:120]})" if trouble else ""
        raise ArticleError(
            f"{place}: no entries found in the feed{why}; check that it is RSS or Atom"
        )
    return feed


def _entry(entry: Any, place: str, source: Source, publisher: object, name: str) -> Article:
    bodies = [str(c.get("value") or "") for c in entry.get("content") or ()]
    bodies.append(str(entry.get("summary") or ""))
    text = max((plain(body) for body in bodies[:-1]), key=len, default="") or plain(bodies[-1])
    if not text:
        raise ArticleError(
            f"{place}: a link without text; give its page instead: {entry.get('link')}"
        )
    link = entry.get("link")
    fields = {
        "title": plain(str(entry.get("title") or "")),
        "url": link,
        "published": entry.get("published") or entry.get("updated"),
        "publisher": publisher,
        "language": (entry.get("content") or [{}])[0].get("language"),
    }
    return article(
        text, place, source.limits, source=str(entry.get("id") or link or name), fields=fields
    )
