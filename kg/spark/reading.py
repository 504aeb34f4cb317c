"""Records to articles, on the workers: the embedded readers, fed by Spark.

Every record gives rows of ``SCHEMA``: articles, and in the place of what cannot be read the
reason. ``key`` is the article's id, so that one that is met twice ends up in one task;
``rank`` orders records as the embedded run meets them.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kg.articles import ArticleError, Limits, jsonl
from kg.articles.reading import articles
from kg.articles.source import Source
from kg.articles.streams import Peekable
from kg.model import Article
from kg.spark.corpus import display
from kg.spark.rows import batches, rows
from kg.store.texts import encode

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA = "key string, rank string, article binary, place string, problem string"
_BLANK = b" \t\r\n\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the workers read with; called on the batches of one partition of the records."""

    limits: Limits
    lines_before: Mapping[tuple[str, int], int]

    def __call__(self, given: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return batches(self._rows(given), SCHEMA)

    def _rows(self, given: Iterable[pa.RecordBatch]) -> Iterator[dict[str, Any]]:
        lines: Counter[tuple[str, int]] = Counter()
        for row in rows(given):
            place = row["uri"], row["block"]
            number = row["number"]
            if row["form"] == "line":
                lines[place] += 1
                number = lines[place] + self.lines_before.get(place, 0)
                if not row["content"].strip(_BLANK):
                    continue
            found = self._file(row) if row["form"] == "file" else self._record(row, number)
            rank = "\x01".join([f"{row['source']:06}", *unquote(row["uri"]).split("/")])
            for part, one in enumerate(found):
                yield _row(one, f"{rank}\x01{number:012}\x01{part:09}", display(row["uri"]))

    def _record(self, row: Mapping[str, Any], number: int) -> Iterator[Article | ArticleError]:
        path = display(row["uri"])
        source = Source(path, PurePosixPath(path).name, io.BytesIO(), _unused, self.limits)
        try:
            yield jsonl.article_of_line(row["content"], source, number)
        except ArticleError as error:
            yield error

    def _file(self, row: Mapping[str, Any]) -> Iterator[Article | ArticleError]:
        path = display(row["uri"])
        problems: list[ArticleError] = []
        stream = Peekable(io.BytesIO(row["content"]))
        found = articles(stream, path, PurePosixPath(path).name, problems.append, self.limits)
        try:
            for article in found:
                yield from problems
                problems.clear()
                yield article
        except ArticleError as error:
            problems.append(error)
        yield from problems


def _row(found: Article | ArticleError, rank: str, place: str) -> dict[str, Any]:
    if isinstance(found, Article):
        return {
            "key": found.id,
            "rank": rank,
            "article": encode(found),
            "place": place,
            "problem": None,
        }
    return {
        "key": f"!{rank}",
        "rank": rank,
        "article": None,
        "place": place,
        "problem": str(found),
    }


def _unused(error: ArticleError) -> None:
    raise error
