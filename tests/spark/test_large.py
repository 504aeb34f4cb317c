"""Twenty thousand articles on the cluster, one of them poison, one worker dead half way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.articles import ArticleError, read
from kg.extraction.protocol import load
from kg.pipeline import extract, ingest, sync_registry
from kg.pipeline.setup import linker_for
from kg.store import open_store
from tests.spark import articles
from tests.spark.cluster import cluster
from tests.spark.test_cluster import PLUGIN, finished, report, stored, wait_for, written

pytestmark = [pytest.mark.interop, pytest.mark.slow]
COUNT = 20_000


def test_twenty_thousand_articles_through_a_death_and_a_poison(tmp_path: Path) -> None:
    # One file that is divided, with records whose name is their place in it.
    corpus = articles.write(tmp_path / "news", COUNT, files=1, telling=0.1, nameless=True)
    store = tmp_path / "store"
    problems: list[ArticleError] = []
    linker = linker_for(store)
    rules = load("rules", linker.registry)
    with open_store(store).write() as writer:
        sync_registry(writer, linker)
        read_ = read([corpus], on_error=problems.append)
        ingest(writer, extract(read_, rules, linker, processes=2), linker, batch=COUNT)
    assert not problems
    expected = stored(store)
    poison = {"id": "poison", "text": "Microsoft invested in Cohere. POISON: RAISES."}
    (corpus / "poison.jsonl").write_text(json.dumps(poison), encoding="utf-8")
    out = tmp_path / "out"
    with cluster(tmp_path / "cluster", 2, PLUGIN) as running:
        options = ["--engine", "spark", "--extractor", "troubled", "-o", out]
        process = running.start_kg("extract", corpus, *options)
        try:
            wait_for(process, lambda: finished(out) >= 3)
            running.kill_worker()
            _, told = process.communicate(timeout=1800)
        finally:
            process.kill()
            process.wait()
    assert process.returncode == 3, told
    figures = report(out)
    assert (figures["articles"], figures["poisoned"]) == (COUNT, 1)
    assert written(out) == expected
    print(f"\n{figures}")
