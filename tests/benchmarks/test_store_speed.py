"""The store beside pyoxigraph itself, with a million quads.

    python -m pytest -m benchmark -s tests/benchmarks/test_store_speed.py

Bulk loading includes publishing; the baseline is pyoxigraph's ``bulk_load`` of the same file into
a store on disk, flushed.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store import open_store
from tests.benchmarks.measure import command, peak_memory, report, take_turns

QUADS = int(os.environ.get("KG_BENCH_QUADS", "1000000"))
EX = "http://example.org/"

pytestmark = pytest.mark.benchmark


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Statements as the pipeline writes them: half in graphs of articles, half derived."""
    path = tmp_path_factory.mktemp("speed") / "quads.nq"
    with path.open("w") as stream:
        for i in range(QUADS):
            graph = f"<{EX}article/{i // 50}> " if i % 2 else ""
            stream.write(
                f'<{EX}statement/{i // 10}> <{EX}p{i % 10}> "value {i} of the statement" {graph}.\n'
            )
    return path


@pytest.fixture(scope="module")
def loaded(file: Path) -> tuple[Path, Path, float, float]:
    """Both stores, and the seconds each took to load."""
    plain, ours = file.parent / "plain", file.parent / "ours"
    base = _load(file.parent / "first", file)
    started = time.perf_counter()
    with open_store(ours).write() as writer:
        writer.bulk_load(file)
    mine = time.perf_counter() - started
    return plain, ours, min(base, _load(plain, file)), mine


def _load(folder: Path, file: Path) -> float:
    started = time.perf_counter()
    store = ox.Store(folder)
    store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS)
    store.flush()
    return time.perf_counter() - started


def test_bulk_loading(loaded: tuple[Path, Path, float, float]) -> None:
    _, _, base, ours = loaded
    report("bulk-ingest", ours, base, case="in process", note=f"{QUADS:,} quads in a file")


PLAIN = """
import sys, pyoxigraph
store = pyoxigraph.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS)
store.flush()
"""


def test_the_command_that_loads(file: Path, tmp_path: Path) -> None:
    count = iter(range(1000))
    kg = [sys.executable, "-m", "kg", "load", file, "--store"]
    turns = take_turns(
        ours=lambda: command(*kg, tmp_path / f"kg-{next(count)}")(),
        baseline=lambda: command(
            sys.executable, "-c", PLAIN, file, tmp_path / f"plain-{next(count)}"
        )(),
        rounds=3,
    )
    note = f"`kg load` of {QUADS:,} quads, both with the start of Python"
    report("bulk-ingest", turns.ours, turns.baseline, case="the command", note=note)


def test_memory(file: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.nq"
    with large.open("wb") as stream:
        for number in range(4):  # four times as many, all of them different
            with file.open("rb") as lines:
                for line in lines:
                    stream.write(line.replace(b"/statement/", b"/statement/%d-" % number))
    kg = [sys.executable, "-m", "kg", "load"]
    plain = peak_memory([sys.executable, "-c", PLAIN, file, tmp_path / "plain"])
    ours = peak_memory([*kg, file, "--store", tmp_path / "ours"])
    most = peak_memory([*kg, large, "--store", tmp_path / "most"])
    report("bulk-memory", ours, plain, unit="MB", note=f"{QUADS:,} quads")
    report("bulk-memory-flat", most, ours, unit="MB", note=f"{4 * QUADS:,} quads")


QUERIES = {
    "one subject": f"SELECT * {{ <{EX}statement/77> ?p ?o }}",
    "one graph": f"SELECT * {{ GRAPH <{EX}article/77> {{ ?s ?p ?o }} }}",
    "join": f"SELECT ?a {{ ?s <{EX}p0> ?a ; <{EX}p2> ?b }} LIMIT 20000",
    "count": f"SELECT (COUNT(*) AS ?n) {{ ?s <{EX}p4> ?o }}",
}


@pytest.mark.parametrize("name", QUERIES)
def test_queries(loaded: tuple[Path, Path, float, float], name: str) -> None:
    plain = ox.Store.read_only(str(loaded[0]))
    query = QUERIES[name]
    # What takes microseconds is done often enough to be measured.
    times = 1 if name in ("join", "count") else 200
    with open_store(loaded[1]).read() as reader:
        turns = take_turns(
            ours=lambda: [list(reader.query(query)) for _ in range(times)],  # type: ignore[arg-type]
            baseline=lambda: [list(plain.query(query)) for _ in range(times)],  # type: ignore[arg-type]
            rounds=15,
        )
    report("store-query", turns.ours / times, turns.baseline / times, case=name)


def test_a_cold_lookup(loaded: tuple[Path, Path, float, float]) -> None:
    query = QUERIES["one subject"]
    plain = (
        f"import pyoxigraph; list(pyoxigraph.Store.read_only({str(loaded[0])!r}).query({query!r}))"
    )
    ours = (
        "from kg.store import open_store\n"
        f"with open_store({str(loaded[1])!r}).read() as reader: list(reader.query({query!r}))"
    )
    turns = take_turns(
        ours=command(sys.executable, "-c", ours),
        baseline=command(sys.executable, "-c", plain),
        rounds=9,
    )
    report("cold-read", turns.ours, turns.baseline, note=f"{QUADS:,} quads")


def test_publishing_a_small_change(loaded: tuple[Path, Path, float, float]) -> None:
    store = open_store(loaded[1])
    times = []
    for number in range(5):
        started = time.perf_counter()
        with store.write() as writer:
            triple = ox.Triple(ox.NamedNode(EX + "s"), ox.NamedNode(EX + "p"), ox.Literal(number))
            writer.replace_graph(EX + "small", [triple])
        times.append(time.perf_counter() - started)
    report("small-change", statistics.median(times), loaded[3], note=f"{QUADS:,} quads")
