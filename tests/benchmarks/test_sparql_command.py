"""``kg sparql`` beside a program that does the same with pyoxigraph in its own process.

    python -m pytest -m benchmark -s tests/benchmarks/test_sparql_command.py

Both start Python, open the same snapshot of a million quads, run the query and print CSV. The
second comparison leaves the start of Python out: the command's own work in one process.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from unittest import mock

import pyoxigraph as ox
import pytest

from kg.cli import main
from kg.store.embedded import EmbeddedStore
from tests.benchmarks.measure import command, report, take_turns

pytestmark = pytest.mark.benchmark

QUADS = int(os.environ.get("KG_BENCH_QUADS", "1000000"))
EX = "http://example.org/"
QUERIES = {
    "lookup": f"SELECT ?p ?o {{ <{EX}statement/77> ?p ?o }}",
    "join of 20,000 rows": f"SELECT ?a {{ ?s <{EX}p0> ?a ; <{EX}p2> ?b }} LIMIT 20000",
    "count": f"SELECT (COUNT(*) AS ?n) {{ ?s <{EX}p4> ?o }}",
}
PLAIN = """
import sys, pyoxigraph
store = pyoxigraph.Store.read_only(sys.argv[1])
store.query(sys.argv[2]).serialize(sys.stdout.buffer, pyoxigraph.QueryResultsFormat.CSV)
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    path = tmp_path_factory.mktemp("sparql") / "quads.nq"
    with path.open("w") as stream:
        for i in range(QUADS):
            stream.write(
                f'<{EX}statement/{i // 10}> <{EX}p{i % 10}> "value {i} of the statement" .\n'
            )
    store = EmbeddedStore(path.with_name("store"))
    with store.write() as writer:
        writer.bulk_load(path)
    path.unlink()
    return store


def folder(store: EmbeddedStore) -> Path:
    return store.layout.database(store.version() or 0)


@pytest.mark.parametrize("name", QUERIES)
def test_the_command(store: EmbeddedStore, name: str) -> None:
    query = QUERIES[name]
    kg = [sys.executable, "-m", "kg", "sparql", query, "--format", "csv", "--store", store.path]
    turns = take_turns(
        ours=command(*kg),
        baseline=command(sys.executable, "-c", PLAIN, folder(store), query),
        rounds=9,
    )
    report("kg-sparql-process", turns.ours, turns.baseline, case=name, note=f"{QUADS:,} quads")


@pytest.mark.parametrize("name", list(QUERIES)[1:])
def test_the_commands_work(store: EmbeddedStore, name: str) -> None:
    query = QUERIES[name]
    arguments = ["sparql", query, "--format", "csv", "--store", str(store.path)]

    def ours() -> None:
        output = io.TextIOWrapper(io.BytesIO())
        with mock.patch.object(sys, "stdout", output), pytest.raises(SystemExit):
            main(arguments)

    def plain() -> None:
        opened = ox.Store.read_only(str(folder(store)))
        found = opened.query(query)
        found.serialize(io.BytesIO(), ox.QueryResultsFormat.CSV)  # type: ignore[union-attr]

    turns = take_turns(ours=ours, baseline=plain, rounds=9)
    report("kg-sparql", turns.ours, turns.baseline, case=name, note=f"{QUADS:,} quads")
