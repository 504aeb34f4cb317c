"""Markdown with YAML front matter: the metadata above, the article's text below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.articles.decoding import decode
from kg.articles.making import article
from kg.articles.source import ArticleError, Source
from kg.model import Article

_FRONT = re.compile(
    r"\A\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_HEADING = re.compile(r"^#{1,2}[ \t]+(\S.*?)[ \t#]*$", re.MULTILINE)
_BLANK_START = re.compile(r"\A(?:[ \t]*\n)+")
_FRONT_LIMIT = 64_000
_BRACKETS = 500


def read(source: Source) -> Iterator[Article]:
    """One article. Its text is the body without the blank lines at its ends, markup kept."""
    data = decode(source.everything(), source.place, source.charset)
    fields, body, line = front_matter(data, source.place)
    text = _BLANK_START.sub("", body).rstrip()
    if not text:
        raise ArticleError(
            f"{source.place}:{line}: nothing below the front matter; write the article's text there"
        )
    if not fields.get("title") and (heading := _HEADING.search(text[:2000])):
        fields["title"] = heading[1]
    fields.setdefault("url", source.url)
    yield article(
        text,
        source.place,
        source.limits,
        source=str(fields.get("id") or source.name),
        fields=fields,
        strict=True,
    )


def front_matter(text: str, place: str) -> tuple[dict[str, Any], str, int]:
    """The fields above the body, the body, and the line on which it begins.

    Every value stays the text that was written: a date is no date object, ``no`` no
    boolean. Raises ArticleError naming the line of what is not valid YAML.
    """
    found = _FRONT.match(text)
    if not found:
        return {}, text, 1
    if len(found[1]) > _FRONT_LIMIT:
        raise ArticleError(
            f"{place}:1: front matter of {len(found[1]):,} characters; keep it short"
        )
    if found[1].count("[") + found[1].count("{") > _BRACKETS:
        raise ArticleError(f"{place}:1: front matter with too many brackets; keep it flat")
    import yaml

    first = text[: found.start(1)].count("\n") + 1
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(found[1])):
            raise ArticleError(
                f"{place}:{first}: front matter with aliases (*name); write values out"
            )
        fields = yaml.load(found[1], Loader=yaml.BaseLoader)  # noqa: S506 - makes texts only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        at = first + mark.line if mark else first
        problem = getattr(error, "problem", None) or "unreadable"
        raise ArticleError(
            f"{place}:{at}: front matter is not valid YAML ({problem}); "
            f"put values with a colon or a hash in quotes"
        ) from error
    if fields in (None, ""):
        fields = {}
    if not isinstance(fields, dict):
        raise ArticleError(
            f"{place}:{first}: front matter must be fields such as 'title: ...', one a line"
        )
    return (
        {str(k).casefold(): v for k, v in fields.items()},
        text[found.end() :],
        text[: found.end()].count("\n") + 1,
    )
