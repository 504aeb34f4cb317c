"""``kill -9`` at 200 random moments of ingest, review, publish and migrate.

Nothing acknowledged is lost, nothing half-written is seen, and the next command, which is the
next try, works without repair. KG_KILLS sets the number of tries.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.past import at
from kg.resolution import judgements
from kg.store.doctor import doctor
from kg.store.embedded import EmbeddedStore
from kg.store.protocol import Reader
from kg.vocabulary import BASE
from tests.cli.inprocess import run
from tests.store import crashing, killed
from tests.store.conftest import node

pytestmark = pytest.mark.slow

TRIES = int(os.environ.get("KG_KILLS", "200"))
BATCH = 3
PAIRS = [("Nvidia", "Anthropic"), ("Microsoft", "OpenAI"), ("Google", "Mistral AI")]
_DEFAULT = ox.DefaultGraph()
_REGISTRY = ox.NamedNode(BASE + "registry")


@dataclass
class Tally:
    """One row of the table of faults."""

    case: str
    tries: int = 0
    killed: int = 0
    lost: int = 0
    half: int = 0
    refused: int = 0

    def __str__(self) -> str:
        return (
            f"{self.case:8} tries {self.tries}, killed at work {self.killed}, lost {self.lost}, "
            f"half-written {self.half}, next command refused {self.refused}"
        )

    def tell(self) -> None:
        print(f"\n{self}")
        assert self.killed >= self.tries // 8, "too few were killed at work"
        assert (self.lost, self.half, self.refused) == (0, 0, 0)


class Moments:
    """Random moments of a command that takes about ``within`` seconds, however busy the machine."""

    def __init__(self, seed: int, within: float) -> None:
        self._random = random.Random(seed)
        self._within, self._most = within, 2 * within

    def wait(self, process: BaseProcess) -> None:
        """Wait for a random moment, or for the end of the process."""
        process.join(self._random.uniform(0, self._within))
        self._within = min(self._most, self._within * (1.05 if process.is_alive() else 0.9))

    def kill(self, process: BaseProcess) -> bool:
        """Kill at a random moment; whether the process was still at work."""
        self.wait(process)
        process.kill()
        process.join()
        return process.exitcode != 0


def duration(action: Callable[[], BaseProcess]) -> float:
    """Seconds of an undisturbed run."""
    started = time.perf_counter()
    process = action()
    process.join()
    assert process.exitcode == 0
    return time.perf_counter() - started


def contents(store: EmbeddedStore) -> tuple[list[str], list[str]]:
    with store.read() as reader:
        return _state(reader)


def _state(reader: Reader) -> tuple[list[str], list[str]]:
    return sorted(map(str, reader.quads())), sorted(a.source for a in reader.articles())


def reset(store: EmbeddedStore, pristine: Path) -> None:
    shutil.rmtree(store.path, ignore_errors=True)
    shutil.copytree(pristine, store.path)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Articles of one sentence each, as lines of JSONL."""
    lines = []
    for number in range(24):
        one, other = PAIRS[number % 3]
        text = f"{one} has invested ${number + 2} million in {other}."
        lines.append(json.dumps({"id": f"a{number:02}", "text": text, "published": "2025-01-02"}))
    return lines


@pytest.fixture(scope="module")
def states(
    corpus: list[str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[tuple[list[str], list[str]]]]:
    """A store with the registry alone, and what it holds after each batch."""
    folder = tmp_path_factory.mktemp("states")
    found = []
    for number in range(0, len(corpus) + 1, BATCH):
        path = folder / f"first-{number}.jsonl"
        path.write_text("\n".join(corpus[:number]) + "\n")
        store = EmbeddedStore(folder / f"store-{number}")
        if number:
            shutil.copytree(folder / "store-0", store.path)
        ran = run("ingest", path if number else _nothing(folder), store=store.path)
        assert ran.code == 0, ran.err
        found.append(contents(store))
    return folder / "store-0", found


def _nothing(folder: Path) -> Path:
    path = folder / "nothing.txt"
    path.write_text("Nobody did anything on Monday, and nobody said that they would.")
    return path


def test_ingest(
    store: EmbeddedStore,
    tmp_path: Path,
    corpus: list[str],
    states: tuple[Path, list[tuple[list[str], list[str]]]],
) -> None:
    pristine, wanted = states
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join(corpus) + "\n")
    said = tmp_path / "said"

    def ingest() -> BaseProcess:
        arguments = ["ingest", str(path), "--batch", str(BATCH)]
        return killed.start(killed.command, store.path, arguments, said)

    reset(store, pristine)
    took = duration(ingest)
    assert contents(store) == wanted[-1]
    reset(store, pristine)
    moments, tally, seen = Moments(1, took), Tally("ingest"), 0
    while tally.tries < TRIES:
        tally.tries += 1
        process = ingest()
        moments.wait(process)
        acknowledged = max(seen, _batches(store))
        process.kill()
        process.join()
        tally.killed += process.exitcode != 0
        seen = _batches(store)
        tally.lost += seen < acknowledged or (process.exitcode == 0 and seen < len(wanted) - 1)
        tally.half += contents(store) != wanted[seen]
        tally.refused += process.exitcode not in (0, -9)
        if seen == len(wanted) - 1:
            reset(store, pristine)
            seen = 0
    assert not [f for f in doctor(store) if f.serious]
    tally.tell()


def _batches(store: EmbeddedStore) -> int:
    with store.read() as reader:
        return sum(1 for a in reader.articles() if a.source != "nothing.txt") // BATCH


def test_review(
    store: EmbeddedStore,
    tmp_path: Path,
    corpus: list[str],
    states: tuple[Path, list[tuple[list[str], list[str]]]],
) -> None:
    pristine = tmp_path / "pristine"
    shutil.copytree(states[0].with_name(f"store-{len(corpus)}"), pristine)
    said, path = tmp_path / "said", store.path / "judgements.jsonl"

    def review() -> BaseProcess:
        said.unlink(missing_ok=True)
        arguments = ["review", "--below", "1"]
        return killed.start(killed.command, store.path, arguments, said, len(corpus))

    reset(store, pristine)
    took = duration(review)
    final = contents(store)
    everything = len(judgements.load(path).taken)
    assert everything >= len(corpus) // 2
    reset(store, pristine)
    moments, tally, before = Moments(2, took), Tally("review"), 0
    while tally.tries < TRIES:
        tally.tries += 1
        process = review()
        tally.killed += moments.kill(process)
        text = said.read_text() if said.exists() else ""
        prompts = len(re.findall(r"^\[\d+/\d+\] ", text, re.MULTILINE))
        taken = len(judgements.load(path).taken)  # a torn line would be an error
        tally.lost += taken < before + max(0, prompts - 1)
        tally.refused += process.exitcode not in (0, -9)
        tally.half += not _agrees_with_itself(store)
        before = taken
        if process.exitcode == 0:
            # Decisions of walks that broke off are in the graph as well.
            ran = run("review", "--below", "1", "--list", "--format", "csv", store=store.path)
            tally.lost += ran.out.count("\n") != 1
            tally.half += len(contents(store)[0]) < len(final[0]) // 2
            reset(store, pristine)
            before = 0
    tally.tell()


def _agrees_with_itself(store: EmbeddedStore) -> bool:
    """Whether the relationships are those that the statements of the same state make."""
    with store.read() as reader:
        derived = {q for q in at(reader, known_by="9999").quads() if q.graph_name == _DEFAULT}
        stored = set(reader.quads(graph=_DEFAULT))
    return {q for q in derived ^ stored if q.subject != _REGISTRY} == set()


def test_publish(store: EmbeddedStore, tmp_path: Path) -> None:
    moments, tally = Moments(3, 0.3), Tally("publish")
    said = tmp_path / "said"
    crashing.rounds(store.path, 1)
    acknowledged = crashing.current_round(store)
    while tally.tries < TRIES:
        tally.tries += 1
        said.unlink(missing_ok=True)
        process = killed.start(killed.rounds, store.path, said)
        tally.killed += moments.kill(process)
        tally.refused += process.exitcode != -9
        lines = said.read_text().split() if said.exists() else []
        acknowledged = max(acknowledged, int(lines[-1]) if lines else 0)
        try:
            seen = crashing.current_round(store)
        except AssertionError:
            tally.half += 1
            continue
        tally.lost += seen < acknowledged
        acknowledged = seen
    assert not [f for f in doctor(store) if f.serious]
    tally.tell()


def test_migrate(store: EmbeddedStore, tmp_path: Path) -> None:
    tally = Tally("migrate")
    crashing.rounds(store.path, 20)
    pristine = tmp_path / "pristine"
    shutil.copytree(store.path, pristine)
    size = len(contents(store)[0])
    took = duration(lambda: killed.start(killed.migration, store.path))
    new = EmbeddedStore(store.path, migrations=crashing.CHAIN)
    assert _migrated(new) == size
    reset(store, pristine)
    moments = Moments(4, took)
    while tally.tries < TRIES:
        tally.tries += 1
        process = killed.start(killed.migration, store.path)
        tally.killed += moments.kill(process)
        tally.refused += process.exitcode not in (0, -9)
        state, done = contents(new), _migrated(new)
        tally.half += done not in (0, size)
        tally.lost += len(state[0]) != size or len(state[1]) != 60
        tally.lost += process.exitcode == 0 and not done
        if done:
            reset(store, pristine)
    tally.tell()


def _migrated(store: EmbeddedStore) -> int:
    with store.read() as reader:
        return len(list(reader.quads(predicate=node("new"))))
