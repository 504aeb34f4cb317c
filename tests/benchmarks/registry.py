"""Every ratio that the project promises: what is compared with what, and how far it may go.

One entry a promise. A benchmark test reports to it by ``name`` through
``tests.benchmarks.measure.report``; ``make bench`` tells which entries nobody reported to.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One promise. ``at_most`` bounds ours / baseline, ``at_least`` bounds baseline / ours.

    With neither, the ratio is told as ours / baseline and held to nothing. What is measured is
    a cost (seconds, megabytes), so that less is better.
    """

    name: str
    what: str
    baseline: str
    at_most: float | None = None
    at_least: float | None = None

    def ratio(self, ours: float, baseline: float) -> float:
        """The ratio that the target speaks of, from two costs in one unit."""
        return baseline / ours if self.at_least is not None else ours / baseline

    def holds(self, ratio: float) -> bool:
        """Whether a ratio keeps the promise."""
        if self.at_least is not None:
            return ratio >= self.at_least
        return self.at_most is None or ratio <= self.at_most

    @property
    def target(self) -> str:
        """The bound as it is printed, such as ``>= 0.7``."""
        if self.at_least is not None:
            return f">= {self.at_least:g}"
        return "" if self.at_most is None else f"<= {self.at_most:g}"

    def worse(self, ratio: float, last: float) -> float:
        """By which share a ratio is worse than the last (negative: better)."""
        return last / ratio - 1 if self.at_least is not None else ratio / last - 1


ALL = (
    # Store
    Benchmark(
        "bulk-ingest",
        "prepared statements bulk-loaded into a folder and published",
        "`pyoxigraph.Store.bulk_load` of the same quads",
        at_least=0.7,
    ),
    Benchmark(
        "store-query",
        "a query through `kg.store`",
        "the same query through pyoxigraph in process",
        at_most=1.2,
    ),
    Benchmark(
        "kg-sparql",
        "`kg sparql`: open the store, query, print",
        "the same through pyoxigraph in process",
        at_most=1.2,
    ),
    Benchmark(
        "kg-sparql-process",
        "`kg sparql`, the whole command, with the start of Python",
        "a Python program that does the same with pyoxigraph alone",
    ),
    Benchmark(
        "cold-read",
        "a new process that opens the store and looks one thing up",
        "the same with pyoxigraph alone",
    ),
    Benchmark(
        "bulk-memory",
        "memory at its highest while quads are bulk-loaded and published",
        "while pyoxigraph's `bulk_load` loads the same",
        at_most=1.3,
    ),
    Benchmark(
        "bulk-memory-flat",
        "memory at its highest while four times as many quads are loaded",
        "while a million are",
        at_most=1.5,
    ),
    Benchmark(
        "small-change",
        "one small graph replaced and published",
        "all the quads of the store loaded and published",
        at_most=0.1,
    ),
    Benchmark(
        "one-more-article",
        "one article ingested into a store of a million statements",
        "into an empty store",
        at_most=1.5,
    ),
    # Ontology
    Benchmark(
        "validation",
        "the shapes checked by `kg.validation`",
        "by pySHACL, same shapes and triples",
        at_least=10,
    ),
    # Extraction
    Benchmark(
        "extraction",
        "articles extracted, one process",
        "plain `nlp.pipe` over the same texts",
        at_least=3,
    ),
    # Questions and lookups
    Benchmark(
        "cold-ask",
        "`kg ask`, the whole command",
        '`python -c "import click, networkx, pyoxigraph"`',
        at_most=1.3,
    ),
    Benchmark(
        "cold-show",
        "`kg show`, the whole command",
        '`python -c "import click, networkx, pyoxigraph"`',
        at_most=1.3,
    ),
    # Exports
    Benchmark(
        "gexf-time",
        "GEXF of a graph with plain attributes",
        "`networkx.write_gexf` of the same graph",
        at_least=5,
    ),
    Benchmark(
        "gexf-projection",
        "GEXF of a projection: sums, statements and quotes made into attributes while writing",
        "`networkx.write_gexf` of a graph that has these attributes already",
    ),
    Benchmark(
        "gexf-memory",
        "memory at its highest for GEXF of a million edges, the projection aside",
        "of a hundred thousand edges",
        at_most=1.3,
    ),
    # Server
    Benchmark(
        "serve-lookup",
        "median latency of lookups under load, `kg serve`",
        "`oxigraph serve` on the same data",
        at_most=3,
    ),
    # Spark
    Benchmark(
        "spark-two-workers",
        "a corpus extracted by two Spark workers",
        "by one",
        at_least=1.7,
    ),
    Benchmark(
        "spark-overhead",
        "a corpus extracted by one Spark worker",
        "by the embedded run",
    ),
    Benchmark(
        "spark-flat",
        "cost per article at 100,000 articles",
        "at 1,000 articles",
        at_most=1.2,
    ),
)

BY_NAME = {one.name: one for one in ALL}
