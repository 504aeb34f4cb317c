"""What every reader shares: the input as it is handed over, its limits, its error."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import BinaryIO

from kg.model import KgError


class ArticleError(KgError):
    """An input, or a record in it, that could not be read: where, why, and the remedy."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an input is read before it is refused.

    ``document`` is the size in bytes of one article as it lies in the input (a file, a
    line of JSONL, a response in a WARC); ``text`` the length in characters of what is
    read from it; ``records`` the number of articles taken from one input; ``pages``
    those of one PDF, ``tags`` those of one HTML page; ``depth`` the number of folders
    below the one named. ``seconds`` and ``redirects`` hold for one request to the web.
    ``any_language`` takes texts that are plainly not English too.
    """

    document: int = 20_000_000
    text: int = 1_000_000
    records: int = 1_000_000
    pages: int = 1_000
    tags: int = 100_000
    depth: int = 32
    seconds: int = 30
    redirects: int = 5
    any_language: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Limits:
        """The limits, each overridden by ``KG_LIMIT_<NAME>`` where that is set.

        Raises ArticleError where a value is not a whole number above zero.
        """
        given: dict[str, int | bool] = {}
        for field in fields(cls):
            name = f"KG_LIMIT_{field.name.upper()}"
            value = environment.get(name, "").strip().replace("_", "")
            if not value:
                continue
            if field.name == "any_language":
                given[field.name] = value.lower() not in {"0", "no", "false"}
            elif value.isascii() and value.isdigit() and len(value) <= 18 and int(value) > 0:
                given[field.name] = int(value)
            else:
                raise ArticleError(f"{name}={value!r}: give a whole number above zero")
        return cls(**given)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a stream of bytes with the names it goes by.

    ``place`` is how errors call it (path, ``standard input`` or URL), ``name`` what an
    article of it is called when it does not say itself. ``report`` takes the errors of
    single records, so that the others are still read.
    """

    place: str
    name: str
    stream: BinaryIO
    report: Callable[[ArticleError], None]
    limits: Limits
    url: str | None = None
    charset: str | None = None

    def everything(self) -> bytes:
        """The whole input, for formats that hold one article."""
        limit = self.limits.document
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise ArticleError(
                f"{self.place}: larger than {size(limit)}, the limit for one article; split it into "
                f"articles (JSONL, one a line, may be of any size) or raise KG_LIMIT_DOCUMENT"
            )
        if not data.strip():
            raise ArticleError(f"{self.place}: empty; give a file that holds an article")
        return data


def size(count: int) -> str:
    """A number of bytes for people.

    >>> size(20_000_000)
    '20 MB'
    """
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:.3g} {unit}"
        count = count // 1000 if count % 1000 == 0 else int(count / 1000)
    return f"{count:,} GB"
