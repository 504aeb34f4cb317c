"""GEXF against ``networkx.write_gexf``, in time and memory, at a hundred thousand and a million edges."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.measure import report
from tests.conftest import ROOT

pytestmark = pytest.mark.benchmark
FEW, MANY = 100_000, 1_000_000


def run(what: str, edges: int, folder: Path) -> float:
    path = folder / f"{what}.gexf"
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.export_run", what, str(edges), str(path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:] or f"ended by signal {-done.returncode}"
    path.unlink()
    return float(done.stdout)


@pytest.mark.parametrize(("edges", "rounds"), [(FEW, 3), (MANY, 1)])
def test_time(edges: int, rounds: int, tmp_path: Path) -> None:
    taken: dict[str, list[float]] = {"ours": [], "networkx": [], "projection": []}
    for n in range(rounds):
        for what in list(taken) if n % 2 else reversed(taken):
            taken[what].append(run(what, edges, tmp_path))
    ours, baseline, whole = (statistics.median(found) for found in taken.values())
    report(
        "gexf-time",
        ours,
        baseline,
        case=f"{edges:,} edges",
        note=f"{ours / edges * 1e6:.1f} µs an edge",
    )
    # networkx cannot write a projection: its statements and sums are lists, its numbers decimals.
    report("gexf-projection", whole, baseline, case=f"{edges:,} edges")


def test_memory(tmp_path: Path) -> None:
    many, few = (run("memory", edges, tmp_path) for edges in (MANY, FEW))
    report("gexf-memory", many, few, unit="MB", note="allocated by Python while writing")
