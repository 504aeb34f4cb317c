"""A corpus on any file system that Spark knows, as rows of unread records.

Lines of JSONL and rows of Parquet are records by themselves, so large files are divided among
the workers; every other format is read file by file, as the embedded readers do. A record knows
its place, and its rank in the order in which the embedded run would meet it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import ceil
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kg.spark.session import SparkError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LINES = (".jsonl", ".ndjson")
COLUMNS = (".parquet",)
WHOLE = (
    *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".json", ".pdf"),
    *(".rss", ".atom", ".warc", ".wet"),
)
"""Endings of what is read line by line, by columns, and as whole files; all also with .gz."""

_FIELDS = ("id", "url", "title", "text", "published", "date", "publisher", "retrieved", "language")
_SPLIT = 4 << 20
"""Bytes above which Spark may divide a file (``spark.sql.files.openCostInBytes``)."""
PER_TASK = 1 << 20
"""Bytes of corpus that one task of the extraction is given, about."""
_MOST_TASKS = 20_000
"""More would cost the driver more memory than the smaller tasks are worth."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of the corpus: the input it belongs to, its escaped URI, its size in bytes."""

    source: int
    uri: str
    size: int

    @property
    def ending(self) -> str:
        """The ending that decides on the reader, without ``.gz``."""
        path = PurePosixPath(unquote(self.uri).lower())
        return PurePosixPath(path.stem).suffix if path.suffix == ".gz" else path.suffix


@dataclass(frozen=True, slots=True)
class Corpus:
    """Records as a frame of (source, form, uri, block, number, content), and what they come from.

    ``unknown`` are files whose ending no reader is known for; ``lines_before`` gives the number
    of lines of a file that stand before one of its blocks.
    """

    records: DataFrame
    files: tuple[Listed, ...]
    unknown: tuple[Listed, ...]
    lines_before: dict[tuple[str, int], int]

    def tasks(self, cores: int) -> int:
        """Among how many tasks the extraction is divided."""
        wanted = ceil(sum(f.size for f in self.files) / PER_TASK)
        return max(4 * cores, min(wanted, _MOST_TASKS))


def open_corpus(spark: SparkSession, inputs: Sequence[str]) -> Corpus:
    """List the inputs (files, folders, patterns, URIs) and plan how they are read.

    Raises SparkError for an input that is not there or holds nothing to read.
    """
    listed: list[Listed] = []
    frames: list[DataFrame] = []
    for source, name in enumerate(inputs):
        path = _path(name)
        found = _list(spark, source, path)
        endings = {f.ending for f in found}
        if not endings & {*LINES, *COLUMNS, *WHOLE}:
            raise SparkError(f"{name}: holds no articles; give JSONL, Parquet, WARC or pages")
        listed += found
        if endings & set(LINES):
            frames.append(_lines(spark, source, path))
        if endings & set(COLUMNS):
            frames.append(_columns(spark, source, path, name))
        if endings & set(WHOLE):
            frames.append(_whole(spark, source, path))
    known = {*LINES, *COLUMNS, *WHOLE}
    return Corpus(
        records=reduce(lambda one, other: one.unionByName(other), frames),
        files=tuple(f for f in listed if f.ending in known),
        unknown=tuple(f for f in listed if f.ending not in known),
        lines_before=_lines_before(listed, frames),
    )


def display(uri: str) -> str:
    """A URI as people write it: a path on this machine, or the address unescaped."""
    return unquote(re.sub(r"^file:/+", "/", uri))


def _path(name: str) -> str:
    if name == "-" or name.lower().startswith(("http://", "https://")):
        raise SparkError(f"{name}: a cluster reads files; save it where every worker reaches it")
    path = Path(name)
    if "://" not in name and path.exists():
        # Spark takes patterns: what is there is meant as it is.
        return "file://" + re.sub(r"([\[\]{}*?\\])", r"\\\1", str(path.resolve()))
    return name


def _pattern(endings: Sequence[str]) -> str:
    """A file name pattern for the endings, in whatever case, with or without ``.gz``."""

    def either_case(text: str) -> str:
        return "".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in text)

    return "*{" + ",".join(either_case(e + z) for e in endings for z in ("", ".gz")) + "}"


def _reader(spark: SparkSession, endings: Sequence[str] = ()) -> Any:
    reader = spark.read.option("recursiveFileLookup", True)
    return reader.option("pathGlobFilter", _pattern(endings)) if endings else reader


def _list(spark: SparkSession, source: int, path: str) -> list[Listed]:
    frame = _reader(spark).format("binaryFile").load(path)
    rows = frame.select("_metadata.file_path", "length").collect()
    return [Listed(source, row[0], row[1]) for row in rows]


def _lines(spark: SparkSession, source: int, path: str) -> DataFrame:
    from pyspark.sql import functions as f

    # Other readers take a lone carriage return for a line's end too.
    frame = _reader(spark, LINES).option("lineSep", "\n").text(path)
    return _records(
        frame,
        source,
        "line",
        block=f.col("_metadata.file_block_start"),
        number=f.lit(0),
        content=f.col("value").cast("binary"),
    )


def _columns(spark: SparkSession, source: int, path: str, name: str) -> DataFrame:
    from pyspark.sql import functions as f

    frame = _reader(spark, COLUMNS).option("mergeSchema", True).parquet(path)
    fields = [c for c in _FIELDS if c in frame.columns]
    if "text" not in fields:
        raise SparkError(
            f"{name}: no column 'text' in its Parquet files (there are "
            f"{', '.join(frame.columns)}); give the articles' bodies under 'text'"
        )
    return _records(
        frame,
        source,
        "row",
        block=f.lit(0),
        number=f.col("_metadata.row_index") + 1,
        content=f.to_json(f.struct(*fields)).cast("binary"),
    )


def _whole(spark: SparkSession, source: int, path: str) -> DataFrame:
    from pyspark.sql import functions as f

    frame = _reader(spark, WHOLE).format("binaryFile").load(path)
    return _records(
        frame, source, "file", block=f.lit(0), number=f.lit(0), content=f.col("content")
    )


def _records(
    frame: DataFrame, source: int, form: str, *, block: Any, number: Any, content: Any
) -> DataFrame:
    from pyspark.sql import functions as f

    return frame.select(
        f.lit(source).alias("source"),
        f.lit(form).alias("form"),
        f.col("_metadata.file_path").alias("uri"),
        block.cast("long").alias("block"),
        number.cast("long").alias("number"),
        content.alias("content"),
    )


def _lines_before(listed: Sequence[Listed], frames: Sequence[DataFrame]) -> dict[Any, int]:
    """How many lines precede each block of the files that are divided; read once more for that."""
    if not any(f.size > _SPLIT for f in listed if f.ending in LINES):
        return {}
    counts: dict[tuple[str, int], int] = {}
    for frame in frames:
        lines = frame.where("form = 'line'").groupBy("source", "uri", "block").count().collect()
        counts |= {(row["uri"], row["block"]): row["count"] for row in lines}
    before: dict[tuple[str, int], int] = {}
    total, last = 0, ""
    for uri, block in sorted(counts):
        total = total if uri == last else 0
        before[uri, block] = total
        total, last = total + counts[uri, block], uri
    return before
