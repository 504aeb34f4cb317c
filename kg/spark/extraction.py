"""Articles to facts, quads and statements, on the workers; the model is loaded once a process.

Within a partition the rows come sorted by key and rank. An article that is met twice counts as
the last time, as in the embedded run. One that cannot be extracted becomes a row with the
reason; where a worker's process died, the task is run again with every article in a child
process, so that the one at fault is found and the others are kept.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pyoxigraph import Quad, RdfFormat, serialize

from kg import vocabulary as v
from kg.extraction.protocol import Extractor, load
from kg.model import Article, Resolved
from kg.pipeline.extraction import Extracted, extract, facts
from kg.pipeline.ingest import valid_statements
from kg.rdf import article_quads
from kg.rdf.articles import statement_quads
from kg.rdf.terms import article_node
from kg.registry import Registry
from kg.resolution.consolidation import block_of
from kg.resolution.linking import Linker
from kg.spark.isolation import PoisonedError, apart, guarded
from kg.spark.rows import Row, batches, rows
from kg.spark.session import SparkError
from kg.store.texts import decode

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark import Broadcast

SCHEMA = (
    "id string, article binary, place string, problem string, poisoned boolean, "
    "facts array<string>, quads string, statements array<struct<block:string,quads:string>>, "
    "mentions array<struct<entity:string,name:string,kind:string>>, refused array<string>, "
    "unread array<string>, repeats bigint, process string, seconds double"
)
"""A row for every article, and one for every record or article that could not be read.

``quads`` are the article's graph; ``statements`` those of its statements that count towards
relationships, by block; ``mentions`` of entities that are in no registry; ``repeats`` how often
the article was met before; ``process`` is the worker's host and process with the number of
times that it loaded the extractor.
"""
_WARM_UP = Article("Acme Ltd said on Monday that it had invested in Example Inc.", "warm-up")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the workers extract with; called on the batches of one partition of articles.

    ``expected`` is what driver and worker have to agree on: see ``identity``.
    """

    extractor: str
    linker: Broadcast[Linker]
    linker_version: str
    expected: tuple[str, ...]
    seconds: float

    def __call__(self, given: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return batches(self._rows(given), SCHEMA)

    def _rows(self, given: Iterable[pa.RecordBatch]) -> Iterator[Row]:
        for _, same in groupby(rows(given), key=itemgetter("key")):
            *earlier, row = same
            yield self._row(row, len(earlier))

    def _row(self, row: Row, repeats: int) -> Row:
        blank = dict.fromkeys(_NAMES) | {"place": row["place"], "repeats": repeats}
        if row["article"] is None:
            return blank | {"problem": row["problem"], "poisoned": False}
        reader = _reader(self)
        began = time.perf_counter()
        blank |= {"process": reader.process}
        try:
            found = self._extracted(reader, decode(row["article"]))
        except PoisonedError as error:
            place = f"{row['place']}: article {row['key']}"
            return blank | {"problem": f"{place}: {error}", "poisoned": True}
        took = time.perf_counter() - began
        return blank | found | {"id": row["key"], "article": row["article"], "seconds": took}

    def _extracted(self, reader: _Reader, article: Article) -> Row:
        hold = apart if _tried_before() else guarded
        return hold(lambda: reader.read(article), self.seconds)


_NAMES = tuple(pair.split(" ", 1)[0] for pair in SCHEMA.split(", "))


def identity(extractor: Extractor) -> tuple[str, ...]:
    """What must be the same wherever articles are read, for the result to be the same."""
    return (
        f"extractor {extractor.name} {extractor.version}",
        f"base IRI {v.BASE}",
    )


class _Reader:
    """An extractor with its linker, ready for use."""

    def __init__(self, extractor: Extractor, linker: Linker, process: str) -> None:
        self._extractor = extractor
        self._linker = linker
        self.process = process
        # Whatever is missing on this machine shows here, and not as a fault of an article.
        list(extractor.extract_many([_WARM_UP]))

    def read(self, article: Article) -> Row:
        [one] = extract([article], self._extractor, self._linker)
        return _told(one, self._linker)


def _tried_before() -> bool:
    """Whether this task is run again, which it is after a process has died."""
    from pyspark import TaskContext

    task = TaskContext.get()
    return task is not None and int(task.attemptNumber()) > 0


_readers: dict[tuple[object, ...], _Reader] = {}
_loads = 0


def _reader(task: Extraction) -> _Reader:
    """This process's reader: made for its first article, kept for all later tasks."""
    global _loads
    key = (task.extractor, task.linker_version, task.expected)
    if key not in _readers:
        linker = task.linker.value
        extractor = load(task.extractor, linker.registry)
        if (found := identity(extractor)) != task.expected:
            raise SparkError(
                f"the worker on {socket.gethostname()} has {', '.join(found)} where the driver has "
                f"{', '.join(task.expected)}; install the same kg in the workers' Python"
            )
        _loads += 1
        _readers.clear()
        _readers[key] = _Reader(extractor, linker, f"{socket.gethostname()}/{os.getpid()}/{_loads}")
    return _readers[key]


def _told(one: Extracted, linker: Linker) -> Row:
    statements, invalid = valid_statements(one, linker)
    graph = article_node(one.article.id)
    quads = article_quads(one.article, statements, one.rejections, read_by=one.read_by)
    by_id = {r.statement.id: r for r in statements}
    return {
        "facts": [json.dumps(f, ensure_ascii=False) for f in facts(one, linker.registry)],
        "quads": nquads(quads),
        "statements": [
            {"block": block_of(r), "quads": nquads(statement_quads(r, graph))}
            for r in by_id.values()
            if r.judged != "reject"
        ],
        "mentions": [m for r in by_id.values() for m in _mentions(r, linker.registry)],
        "refused": [
            f"{i.source}: statement not stored: {w}" for i in invalid for w in i.violations
        ],
        "unread": [
            f"{one.article.source}: {r.reason}: {r.evidence.quote!r} at "
            f"{r.evidence.start}-{r.evidence.end}"
            for r in one.rejections
        ],
    }


def _mentions(resolved: Resolved, registry: Registry) -> Iterator[dict[str, Any]]:
    statement = resolved.statement
    pairs = [(resolved.subject, statement.subject), (resolved.object, statement.object)]
    pairs += [
        (entity, mention)
        for (_, entity), (_, mention) in zip(
            resolved.participants, statement.participants, strict=True
        )
    ]
    for entity, mention in pairs:
        if entity is not None and mention is not None and entity not in registry:
            yield {"entity": entity, "name": mention.name, "kind": mention.kind}


def nquads(quads: Iterable[Quad]) -> str:
    """Quads as sorted lines of N-Quads without repetition, and without the last line break."""
    written = serialize(set(quads), format=RdfFormat.N_QUADS) or b""
    return "\n".join(sorted(written.decode().splitlines()))
