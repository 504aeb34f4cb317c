"""A run's results into a store: a new one takes them whole, another article by article."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from kg.pipeline import loading
from kg.pipeline.ingest import IngestReport, store_article
from kg.pipeline.maintenance import sync_registry
from kg.rdf.reading import read_statements
from kg.resolution.linking import Linker
from kg.spark.files import Folder
from kg.spark.run import Job, Outcome, extract
from kg.spark.session import SparkError, is_local
from kg.store import open_store
from kg.store.texts import decode

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from kg.store.writer import Writer

_LINES = 10_000


def ingest(job: Job, location: str | Path, linker: Linker) -> tuple[Outcome, IngestReport]:
    """Run a job and store the result, which becomes visible all at once.

    Without an output folder the results are kept for as long as it takes, which needs a
    master on this machine.
    """
    report = IngestReport()

    def store(spark: SparkSession, folder: Folder, outcome: Outcome) -> None:
        with open_store(location).write() as writer:
            if next(iter(writer.quads(graph=DefaultGraph())), None) is None:
                _load(spark, folder, writer, linker)
                report.added, report.statements = outcome.articles, outcome.statements
            else:
                _add(spark, folder, writer, linker, report)

    if job.output:
        return extract(job, linker, then=store), report
    if not is_local(job.master):
        raise SparkError(
            "name with --output a folder that the driver and every worker share; the store takes "
            "the results from there"
        )
    with tempfile.TemporaryDirectory(prefix="kg-spark-") as folder:
        job = replace(job, output=str(Path(folder) / "out"))
        return extract(job, linker, then=store), report


def _load(spark: SparkSession, folder: Folder, writer: Writer, linker: Linker) -> None:
    if folder.local is not None:
        loading.load(writer, loading.files([Path(folder.local) / "quads"]), linker)
    else:
        frame = spark.read.option("recursiveFileLookup", True).option("lineSep", "\n")
        lines = frame.text(folder.path("quads")).toLocalIterator(prefetchPartitions=True)
        writer.bulk_load(_parsed(row[0] for row in lines))
    for row in _extracted(spark, folder, "article"):
        writer.put_article(decode(row[0]))


def _add(
    spark: SparkSession, folder: Folder, writer: Writer, linker: Linker, report: IngestReport
) -> None:
    sync_registry(writer, linker)
    for data, text in _extracted(spark, folder, "article", "quads"):
        quads = list(parse(text, format=RdfFormat.N_QUADS))
        store_article(writer, decode(data), read_statements(quads), quads, linker, report)


def _extracted(spark: SparkSession, folder: Folder, *columns: str) -> Iterator[Any]:
    frame = spark.read.parquet(folder.path("extracted")).where("id is not null")
    yield from frame.select(*columns).toLocalIterator(prefetchPartitions=True)


def _parsed(lines: Iterator[str]) -> Iterator[Quad]:
    while some := "\n".join(islice(lines, _LINES)):
        yield from parse(some, format=RdfFormat.N_QUADS)
