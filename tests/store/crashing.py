"""A program that changes a store until it is killed. Run by the tests of ``test_faults``.

It writes rounds: round ``r`` replaces one graph by ten quads about ``r``, keeps the article of
the round and sets the round in the default graph; what it has published it says on
standard output. Given a number of steps, it ends itself without any clean-up at that
step, a step being a file opened, renamed, linked or removed inside the store.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pyoxigraph as ox

from kg.model import Article
from kg.store.embedded import EmbeddedStore
from kg.store.maintenance import backup, restore
from kg.store.migrations import MIGRATIONS, Migration
from kg.store.protocol import Reader
from kg.store.writer import Writer
from tests.store.conftest import EX, node, quad

SIZE = 10
GRAPHS = 5


def article(turn: int) -> Article:
    return Article(f"The text of round {turn}.", f"round {turn}")


def write_round(writer: Writer, turn: int) -> None:
    writer.replace_graph(
        EX + f"g{turn % GRAPHS}", [quad(f"s{i}", turn, f"g{turn % GRAPHS}") for i in range(SIZE)]
    )
    writer.replace_graph(ox.DefaultGraph(), [quad("round", turn)])
    writer.put_article(article(turn))


def check(reader: Reader) -> int:
    """The round a state shows; an AssertionError if it is not exactly that round."""
    turns = [int(q.object.value) for q in reader.quads(node("round"))]  # type: ignore[union-attr]
    assert len(turns) == 1, turns
    (turn,) = turns
    for back in range(min(turn, GRAPHS)):
        graph = f"g{(turn - back) % GRAPHS}"
        found = sorted(str(q) for q in reader.quads(graph=EX + graph))
        assert found == sorted(str(quad(f"s{i}", turn - back, graph)) for i in range(SIZE)), graph
    assert {a.source for a in reader.articles()} == {f"round {t}" for t in range(1, turn + 1)}
    assert len(reader) == 1 + SIZE * min(turn, GRAPHS)
    return turn


def current_round(store: EmbeddedStore) -> int:
    if not store.exists():
        return 0
    with store.read() as reader:
        return check(reader)


def migrate(writer: Writer) -> None:
    """A change of form that touches every quad and is undone by ``demigrate``."""
    for old in list(writer.quads()):
        writer.remove([old])
        writer.add([ox.Quad(old.subject, node("new"), old.object, old.graph_name)])


CHAIN: tuple[Migration, ...] = (*MIGRATIONS, migrate)


def rounds(path: Path, count: int) -> None:
    store = EmbeddedStore(path)
    turn = current_round(store)
    for _ in range(count):
        with store.write(timeout=30) as writer:
            for _ in range(3):
                turn += 1
                write_round(writer, turn)
                writer.publish()
                print(turn, flush=True)


def migrations(path: Path) -> None:
    with EmbeddedStore(path, migrations=CHAIN).write(timeout=30):
        print("migrated", flush=True)


def copies(path: Path, count: int) -> None:
    store = EmbeddedStore(path)
    for number in range(count):
        copy = path.with_name(f"backup-{os.getpid()}-{time.time_ns()}-{number}")
        backup(store, copy)
        print("backup", copy.name, flush=True)
        restore(copy, store, timeout=30)
        print("restored", flush=True)


def stop_at(step: int, root: str) -> None:
    """End the process at the given file operation inside ``root``, as a kill would."""
    watched = {"open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.truncate"}
    left = step

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in watched and str(arguments[0]).startswith(root):
            left -= 1
            if left == 0:
                os._exit(99)

    sys.addaudithook(watch)


if __name__ == "__main__":
    what, where, amount, steps = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    if steps:
        stop_at(steps, str(where))
    if what == "rounds":
        rounds(where, amount)
    elif what == "migrate":
        migrations(where)
    else:
        copies(where, amount)
