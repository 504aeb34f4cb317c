"""What one more article costs in a store of a million statements, beside an empty one.

    python -m pytest -m benchmark -s tests/benchmarks/test_incremental.py

The ratio is that of the median times of ten ingests, publishing included.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.model import Article, Evidence, Kind, Mention, Resolved, Statement
from kg.pipeline.extraction import Extracted
from kg.pipeline.ingest import ingest
from kg.pipeline.maintenance import sync_registry
from kg.rdf import article_quads, relationship_quads
from kg.registry import bundled
from kg.resolution.consolidation import consolidate
from kg.resolution.linking import Linker
from kg.store import open_store
from tests.benchmarks.measure import report

STATEMENTS = int(os.environ.get("KG_BENCH_STATEMENTS", "1000000"))
PER_ARTICLE = 5


def extracted(number: int, *, investors: int) -> Extracted:
    """An article with a few statements between companies of a large made-up industry."""
    text = f"Article {number}."
    article = Article(text, f"{number}.txt", published="2025-01-01")
    statements = []
    for i in range(PER_ARTICLE):
        subject = f"investor-{(number * 7 + i) % investors}"
        object_ = f"lab-{(number * 13 + i * 5) % investors}"
        statement = Statement(
            article=article.id,
            kind=Kind.INVESTMENT,
            subject=Mention(subject, 0, 7, subject),
            object=Mention(object_, 0, 7, object_),
            evidence=(Evidence(0, len(text), text),),
            date=f"{2019 + (number + i) % 7}-03-01",
        )
        statements.append(Resolved(statement, subject, object_, (), article.published))
    return Extracted(article, tuple(statements), (), ())


def quads(articles: int, investors: int) -> Iterator[Quad]:
    gathered = []
    for number in range(articles):
        one = extracted(number, investors=investors)
        yield from article_quads(one.article, one.statements)
        gathered += one.statements
    for relationship in consolidate(gathered):
        yield from relationship_quads(relationship)


def median_of_ten(store: Path, first: int, investors: int) -> float:
    linker = Linker(bundled())
    times = []
    for number in range(first, first + 10):
        one = extracted(number, investors=investors)
        started = time.perf_counter()
        with open_store(store).write() as writer:
            ingest(writer, [one], linker)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


@pytest.mark.benchmark
def test_one_article_costs_the_same_in_a_large_store(tmp_path: Path) -> None:
    investors = max(STATEMENTS // 20, 50)
    empty, large = tmp_path / "empty", tmp_path / "large"
    articles = STATEMENTS // PER_ARTICLE
    linker = Linker(bundled())
    with open_store(empty).write() as writer:
        sync_registry(writer, linker)
    with open_store(large).write() as writer:
        sync_registry(writer, linker)
        writer.bulk_load(quads(articles, investors))
    small_time = median_of_ten(empty, articles, investors)
    large_time = median_of_ten(large, articles, investors)
    report(
        "one-more-article",
        large_time,
        small_time,
        note=f"{STATEMENTS:,} statements, medians of ten, published",
    )
