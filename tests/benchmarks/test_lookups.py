"""Cold lookups, each in a process of its own, beside the imports that any such program needs.

    python -m pytest -m benchmark -s tests/benchmarks/test_lookups.py

On the bundled graph, and on one of a million quads: copies of an invented industry, with names
and ids of their own, around the one that is asked about.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store import open_store
from tests.benchmarks.measure import command, report, take_turns
from tests.conftest import ROOT, kg
from tests.questions.industry import industry

QUADS = int(os.environ.get("KG_BENCH_QUADS", "1000000"))
KG = Path(sys.executable).with_name("kg")
LOOKUPS = {
    "cold-ask": ("ask", "Which labs does Microsoft back?"),
    "cold-show": ("show", "Mistral AI"),
}
_ID = re.compile(r"(?<=/ai-industry/id/)[^>#]+")
_ARTICLE = re.compile(r"(?<=/ai-industry/article/)[0-9a-f]+")
_KEY = re.compile(r'(<\S+(?:nameKey|prefLabel|altLabel|formerName)> "[^"]*)(")')

pytestmark = pytest.mark.benchmark


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("lookups") / "bundled"
    done = kg("ingest", ROOT / "data" / "articles", store=store)
    assert done.code == 0, done.err
    return store


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lookups")
    file = folder / "quads.nq"
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(_copies())
    with open_store(folder / "million").write() as writer:
        writer.bulk_load(file)
        writer.publish()
    file.unlink()
    return folder / "million"


def _copies() -> Iterator[str]:
    lines = ox.serialize(industry().store, format=ox.RdfFormat.N_QUADS).decode().splitlines(True)
    yield from lines
    for number in range(1, QUADS // len(lines) + 1):
        yield from (_renamed(line, number) for line in lines)


def _renamed(line: str, number: int) -> str:
    """A line about the same things under other ids and names."""
    line = _ID.sub(lambda m: "/".join(f"{part}-{number}" for part in m[0].split("/")), line)
    line = _ARTICLE.sub(lambda m: f"{int(m[0], 16) + number:x}", line)
    return _KEY.sub(rf"\1 {number}\2", line)


@pytest.mark.parametrize("size", ["bundled", "million"])
@pytest.mark.parametrize("name", LOOKUPS)
def test_a_cold_lookup_costs_little_more_than_its_imports(
    name: str, size: str, request: pytest.FixtureRequest
) -> None:
    store: Path = request.getfixturevalue(size)
    arguments = LOOKUPS[name]
    answer = kg(*arguments, store=store)
    assert answer.code == 0, answer.err
    assert "Mistral AI" in answer.out
    turns = take_turns(
        ours=command(KG, *arguments, env={"KG_STORE": str(store)}),
        baseline=command(sys.executable, "-c", "import click, networkx, pyoxigraph"),
        rounds=15,
    )
    report(name, turns.ours, turns.baseline, case=size)
