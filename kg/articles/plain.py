"""Plain text: the file as it is is the article's text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.articles.decoding import decode
from kg.articles.making import article
from kg.articles.source import Source
from kg.model import Article

_HEADLINE = re.compile(r"\s*(\S[^\n]{0,199}?)[ \t]*\n[ \t]*\n")


def read(source: Source) -> Iterator[Article]:
    """One article. Its text is the whole file, so that offsets count from its first character.

    A first line that stands by itself, a blank line after it, and is no full sentence is
    the title too, and stays in the text.
    """
    text = decode(source.everything(), source.place, source.charset)
    yield article(
        text,
        source.place,
        source.limits,
        source=source.name,
        fields={"title": title(text), "url": source.url},
    )


def title(text: str) -> str | None:
    """The headline at the top of a text, None where the text begins at once."""
    found = _HEADLINE.match(text)
    return found[1] if found and not found[1].endswith((".", ":", ";", ",")) else None
