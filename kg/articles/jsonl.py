"""JSONL: one article a line. A bad line is reported with its number; the others are read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kg.articles.decoding import decode
from kg.articles.making import article
from kg.articles.source import ArticleError, Source, size
from kg.model import Article


def read(source: Source) -> Iterator[Article]:
    """The articles of a file of any size, one line in memory at a time.

    Fields: ``text`` (kept exactly), and where known ``id``, ``url``, ``title``,
    ``published``, ``publisher``, ``retrieved``, ``language``; others are left alone.
    """
    seen = 0
    for number, line in _lines(source):
        place = f"{source.place}:{number}"
        seen += 1
        if seen > source.limits.records:
            raise ArticleError(
                f"{place}: more than {seen - 1:,} records; split the file or raise KG_LIMIT_RECORDS"
            )
        try:
            if line is None:
                raise _too_long(place, source)
            yield record(_parsed(line, place), place, source, f"{source.name}:{number}")
        except ArticleError as error:
            source.report(error)
    if not seen:
        raise ArticleError(f"{source.place}: empty; give one JSON object a line with a 'text'")


def article_of_line(data: bytes, source: Source, number: int) -> Article:
    """The article in one line by itself, the ``number``-th of a source (from 1)."""
    place = f"{source.place}:{number}"
    if len(data) > source.limits.document:
        raise _too_long(place, source)
    return record(_parsed(data, place), place, source, f"{source.name}:{number}")


def read_document(source: Source) -> Iterator[Article]:
    """A ``.json`` file: one article, or a list of them."""
    value = _parsed(source.everything(), source.place)
    records = value if isinstance(value, list) else [value]
    if not records:
        raise ArticleError(f"{source.place}: an empty list; give objects with a 'text'")
    for number, item in enumerate(records, 1):
        place = f"{source.place}: record {number}" if isinstance(value, list) else source.place
        name = f"{source.name}:{number}" if isinstance(value, list) else source.name
        if number > source.limits.records:
            raise ArticleError(
                f"{place}: too many records; split the file or raise KG_LIMIT_RECORDS"
            )
        try:
            yield record(item, place, source, name)
        except ArticleError as error:
            source.report(error)


def record(value: Any, place: str, source: Source, name: str) -> Article:
    """The article in one JSON value; ArticleError says what the value lacks."""
    if not isinstance(value, Mapping):
        raise ArticleError(f'{place}: expected an object such as {{"id": ..., "text": ...}}')
    text = value.get("text")
    if not isinstance(text, str):
        what = "no 'text'" if text is None else "a 'text' that is no string"
        raise ArticleError(f"{place}: {what}; give the article's body under 'text'")
    named = value.get("id")
    if named is None or named == "":
        named = value.get("url") or name
    if isinstance(named, (dict, list, bool)):
        raise ArticleError(f"{place}: 'id' must be a text or a number")
    return article(text, place, source.limits, source=str(named), fields=value, strict=True)


def _too_long(place: str, source: Source) -> ArticleError:
    return ArticleError(
        f"{place}: a line longer than {size(source.limits.document)}, the limit for one "
        f"article; split the record or raise KG_LIMIT_DOCUMENT"
    )


def _lines(source: Source) -> Iterator[tuple[int, bytes | None]]:
    """The numbered lines that are not blank, None in place of one that is too long."""
    limit, number = source.limits.document, 0
    while line := source.stream.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            while (line := source.stream.readline(1_000_000)) and not line.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield number, line


def _parsed(data: bytes, place: str) -> Any:
    try:
        return json.loads(decode(data, place, exact=True))
    except json.JSONDecodeError as error:
        where = f"column {error.colno}" if error.lineno == 1 else f"line {error.lineno}"
        raise ArticleError(
            f"{place}: not valid JSON ({where}: {error.msg}); mend or remove it"
        ) from error
    except (RecursionError, ValueError) as error:
        raise ArticleError(
            f"{place}: JSON nested too deeply or with a number too long; mend or remove it"
        ) from error
