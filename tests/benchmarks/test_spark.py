"""Spark beside the embedded run, and beside itself with more workers and more articles.

    python -m pytest -m benchmark -s tests/benchmarks/test_spark.py

On a cluster on loopback with workers of one core, so two workers need two cores that nobody else
uses; ``KG_BENCH_ARTICLES`` sets the size of the large corpus (100,000 takes about half an hour).
One in ten articles speaks of companies in it, as in a crawl of news; all do in the small one.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.benchmarks.measure import command, report, seconds
from tests.spark import articles
from tests.spark.cluster import Cluster, cluster, environment, python

pytestmark = pytest.mark.benchmark
SMALL = 1_000
MEDIUM = int(os.environ.get("KG_BENCH_MEDIUM", "20000"))
"""Enough to extract for what every job costs at its start (some ten seconds) to fade."""
LARGE = int(os.environ.get("KG_BENCH_ARTICLES", "100000"))


def run(running: Cluster, corpus: Path, out: Path) -> dict[str, float]:
    """Seconds by stage of one run, and all of them."""
    done = running.kg("extract", corpus, "--engine", "spark", "-o", out, timeout=7200)
    assert done.code == 0, done.err
    told = json.loads((out / "report.json").read_text("utf-8"))
    print(f"\n{corpus.name}, {len(running.workers)} workers: {told}")
    stages: dict[str, float] = told["seconds"]
    return stages | {"all": sum(stages.values()), "busy": told["busy"]}


def test_two_workers_and_one(tmp_path: Path) -> None:
    corpus = articles.write(tmp_path / "news", MEDIUM)
    warm = articles.write(tmp_path / "warm", 40)
    took: dict[int, float] = {}
    for workers in (1, 2):
        with cluster(tmp_path / f"cluster-{workers}", workers) as running:
            run(running, warm, tmp_path / f"warm-{workers}")
            took[workers] = run(running, corpus, tmp_path / f"out-{workers}")["all"]
    note = f"{MEDIUM:,} articles; driver and master on the same machine"
    report("spark-two-workers", took[2], took[1], note=note)


def test_one_worker_and_none(tmp_path: Path) -> None:
    corpus = articles.write(tmp_path / "news", 2 * SMALL)
    with cluster(tmp_path / "cluster", 1) as running:
        run(running, articles.write(tmp_path / "warm", 40), tmp_path / "warm-out")
        spark = run(running, corpus, tmp_path / "out")["all"]
    line = [python(), "-m", "kg", "ingest", corpus, "--store", tmp_path / "store"]
    embedded = seconds(command(*line, env={"PYTHONPATH": environment()["PYTHONPATH"]}))
    note = f"{2 * SMALL:,} articles; driver and master on the same machine"
    report("spark-overhead", spark, embedded, note=note)


def test_an_article_costs_the_same_however_many_there_are(tmp_path: Path) -> None:
    with cluster(tmp_path / "cluster", 2) as running:
        cost = {}
        for count in (SMALL, LARGE):
            corpus = articles.write(tmp_path / f"news-{count}", count, telling=0.1)
            took = run(running, corpus, tmp_path / f"out-{count}")
            cost[count] = took["all"] / count
    note = f"{SMALL:,} and {LARGE:,} articles, one in ten speaks of companies"
    report("spark-flat", cost[LARGE], cost[SMALL], note=note)
