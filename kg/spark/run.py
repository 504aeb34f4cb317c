"""A corpus to a folder of results: facts as Parquet, quads as N-Quads that any store bulk-loads.

OUT/extracted/    an article a row: its text, quads and statements; all else follows from it
OUT/facts/        the facts of ``kg extract --format jsonl``, as Parquet with typed columns
OUT/quads/        N-Quads in parts: ``base`` (ontology, registry version), ``articles`` (a
                  graph each), ``relationships`` and ``entities`` (the derived graph)
OUT/problems/     what could not be read, and what was left out of the graph, as JSON lines
OUT/report.json   the figures; written last, so a folder that has it is complete
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import ontology
from kg.articles import Limits
from kg.extraction.protocol import load
from kg.pipeline.maintenance import registry_quad
from kg.resolution.linking import Linker
from kg.spark import corpus, reading
from kg.spark.consolidation import derive
from kg.spark.extraction import SCHEMA, Extraction, identity, nquads
from kg.spark.facts import FACTS
from kg.spark.files import REPORT, Folder
from kg.spark.rows import frame
from kg.spark.session import SparkError, session

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SECONDS = 300.0
"""How long the reading of one article may take."""
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done: ``inputs`` and ``output`` are paths or URIs of any file system that
    Spark knows, ``master`` where Spark runs, ``seconds`` the limit for one article."""

    inputs: tuple[str, ...]
    output: str
    master: str = "local[*]"
    extractor: str = "rules"
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Problem:
    """An input, record or article that could not be read; ``poisoned`` if extraction failed on it."""

    message: str
    poisoned: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of a run. ``problems`` are the first of them; all stand in ``OUT/problems``.

    ``processes`` and ``loads`` say how many of the workers' processes extracted and how often
    one of them loaded the extractor; ``seconds`` by stage, ``busy`` those spent on articles,
    all processes together.
    """

    output: str
    articles: int
    repeats: int
    facts: int
    statements: int
    quads: int
    unreadable: int
    poisoned: int
    refused: int
    unread: int
    processes: int
    loads: int
    busy: float
    seconds: dict[str, float] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def failures(self) -> int:
        return self.unreadable + self.poisoned


Then = Callable[["SparkSession", Folder, Outcome], None]


def extract(job: Job, linker: Linker, *, then: Then | None = None) -> Outcome:
    """Run a job. The folder is complete when this returns, and gone where the run failed.

    ``then`` is called with the complete folder while Spark is still there. Raises SparkError
    where Spark, an input or the folder is at fault.
    """
    extractor = load(job.extractor, linker.registry)
    with session(job.master) as spark:
        folder = Folder(spark, job.output)
        folder.claim()
        done = False
        try:
            outcome = _Run(spark, job, folder, linker, identity(extractor)).outcome()
            folder.write(REPORT, json.dumps(asdict(outcome), ensure_ascii=False, indent=1))
            done = True
        finally:
            if not done:
                folder.remove()
        if then is not None:
            then(spark, folder, outcome)
    return outcome


class _Run:
    def __init__(
        self,
        spark: SparkSession,
        job: Job,
        folder: Folder,
        linker: Linker,
        expected: tuple[str, ...],
    ) -> None:
        self._spark = spark
        self._job = job
        self._folder = folder
        self._linker = linker
        self._expected = expected
        self._broadcast = spark.sparkContext.broadcast(linker)
        self._seconds: dict[str, float] = {}

    def outcome(self) -> Outcome:
        with self._timed("reading and extraction"):
            extracted = self._extracted()
        with self._timed("facts"):
            facts = self._facts(extracted)
        with self._timed("articles' quads"):
            quads = self._write("articles", extracted.select("quads"))
            quads += self._write("base", self._base())
        derived = derive(self._spark, extracted, self._broadcast)
        with self._timed("relationships"):
            quads += self._write("relationships", derived.relationships)
        with self._timed("entities"):
            quads += self._write("entities", derived.entities)
        return self._outcome(extracted, facts, quads)

    def _extracted(self) -> DataFrame:
        from pyspark.sql import Observation
        from pyspark.sql import functions as f

        found = corpus.open_corpus(self._spark, self._job.inputs)
        read = reading.Reading(Limits.from_environment(), found.lines_before)
        work = Extraction(
            self._job.extractor,
            self._broadcast,
            self._linker.version,
            self._expected,
            self._job.seconds,
        )
        tasks = found.tasks(self._spark.sparkContext.defaultParallelism)
        # The exchanges of statements and mentions are as large as this one, about.
        self._spark.conf.set("spark.sql.shuffle.partitions", tasks)
        rows = (
            found.records.mapInArrow(read, reading.SCHEMA)
            .unionByName(self._passed_over(found))
            .repartition(tasks, "key")
            .sortWithinPartitions("key", "rank")
            .mapInArrow(work, SCHEMA)
        )
        counted = Observation()
        place = self._folder.path("extracted")
        rows.observe(counted, f.count(f.lit(1)).alias("rows")).write.parquet(place)
        extracted = self._spark.read.schema(rows.schema).parquet(place)
        if (there := extracted.count()) != (written := counted.get["rows"]):
            raise SparkError(
                f"{self._folder.name}: {written:,} articles were written and {there:,} are there; "
                "name a folder on a file system that the driver and every worker share"
            )
        return extracted

    def _passed_over(self, found: corpus.Corpus) -> DataFrame:
        """Rows for files that no reader is asked about, so that they are told of too."""
        told = [(u.uri, "of unknown form; its ending says what a file is") for u in found.unknown]
        rows = [
            {"key": f"!{uri}", "rank": uri, "place": place, "problem": f"{place}: {why}"}
            for uri, why in told
            for place in [corpus.display(uri)]
        ]
        return frame(self._spark, rows, reading.SCHEMA)

    def _facts(self, extracted: DataFrame) -> int:
        from pyspark.sql import functions as f

        rows = extracted.select(f.explode("facts").alias("fact"))
        parsed = f.from_json("fact", FACTS, {"mode": "FAILFAST"})
        place = self._folder.path("facts")
        rows.select(parsed.alias("fact")).select("fact.*").write.parquet(place)
        return int(self._spark.read.schema(FACTS).parquet(place).count())

    def _write(self, name: str, rows: DataFrame) -> int:
        """Write quads, several lines to a row, as parts; the number of quads."""
        from pyspark.sql import Observation
        from pyspark.sql import functions as f

        lines = f.length("quads") - f.length(f.replace("quads", f.lit("\n"))) + 1
        counted = Observation()
        (
            rows.where(f.length("quads") > 0)
            .observe(counted, f.sum(lines).alias("quads"))
            .write.option("lineSep", "\n")
            .text(self._folder.path(f"quads/{name}"))
        )
        self._folder.rename_parts(f"quads/{name}", ".nq")
        return int(counted.get["quads"] or 0)

    def _base(self) -> DataFrame:
        # Through a store, which writes some literals in a form of its own.
        memory = ox.Store()
        memory.extend([*ontology.graph(), registry_quad(self._linker)])
        return frame(self._spark, [{"quads": nquads(memory)}], "quads string")

    def _outcome(self, extracted: DataFrame, facts: int, quads: int) -> Outcome:
        from pyspark.sql import functions as f

        problems = _problems(extracted)
        problems.write.json(self._folder.path("problems"))
        process = f.col("process")
        figures: Any = extracted.agg(
            f.count("id").alias("articles"),
            f.sum("repeats").alias("repeats"),
            f.sum(f.size("statements")).alias("statements"),
            f.count_if(f.col("problem").isNotNull() & ~f.col("poisoned")).alias("unreadable"),
            f.count_if("poisoned").alias("poisoned"),
            f.sum(f.size("refused")).alias("refused"),
            f.sum(f.size("unread")).alias("unread"),
            f.countDistinct(f.substring_index(process, "/", 2)).alias("processes"),
            f.countDistinct(process).alias("loads"),
            f.sum("seconds").alias("busy"),
        ).collect()[0]
        first = problems.where("kind in ('unreadable', 'poisoned')").orderBy("message").take(_SHOWN)
        return Outcome(
            output=self._folder.name,
            facts=facts,
            quads=quads,
            seconds={k: round(s, 2) for k, s in self._seconds.items()},
            problems=tuple(Problem(p["message"], p["kind"] == "poisoned") for p in first),
            **{k: w or 0 for k, w in figures.asDict().items()},
        )

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self._seconds[stage] = time.perf_counter() - began


def _problems(extracted: DataFrame) -> DataFrame:
    """Everything that did not become part of the graph: its kind, its place, what is told of it."""
    from pyspark.sql import functions as f

    kind = f.when(f.col("poisoned"), "poisoned").otherwise("unreadable").alias("kind")
    failed = extracted.where(f.col("problem").isNotNull()).select(
        kind, "place", f.col("problem").alias("message")
    )
    others: Iterable[DataFrame] = (
        extracted.select(f.lit(name).alias("kind"), "place", f.explode(name).alias("message"))
        for name in ("refused", "unread")
    )
    for other in others:
        failed = failed.unionByName(other)
    return failed
