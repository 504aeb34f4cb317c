"""Whatever happens to a writer, nothing acknowledged is lost and nothing half-written is seen."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.store import StoreFullError
from kg.store.doctor import doctor
from kg.store.embedded import EmbeddedStore
from tests.store import crashing
from tests.store.conftest import node, quad


def start(what: str, path: Path, amount: int = 1000, step: int = 0) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "tests.store.crashing",
        what,
        str(path),
        str(amount),
        str(step),
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def output(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    with process.stdout:
        lines = process.stdout.read().splitlines()
    process.wait()
    return lines


def kill_at_random(process: subprocess.Popen[str], moment: random.Random) -> list[str]:
    """Wait for the first line, then a random moment, kill; the lines printed until then."""
    assert process.stdout is not None
    first = process.stdout.readline().strip()
    time.sleep(moment.uniform(0, 0.12))
    process.send_signal(signal.SIGKILL)
    return [first, *output(process)]


def survive_kills(store: EmbeddedStore, tries: int, seed: int) -> None:
    moment = random.Random(seed)
    for _ in range(tries):
        lines = kill_at_random(start("rounds", store.path), moment)
        with store.read() as reader:
            seen = crashing.check(reader)
        assert seen >= int(lines[-1]), "what was acknowledged is there"
        assert seen <= int(lines[-1]) + 1
    assert not [finding for finding in doctor(store) if finding.serious]
    crashing.rounds(store.path, 1)
    assert doctor(store) == []


@pytest.mark.slow
def test_kill_9_at_random_moments(store: EmbeddedStore) -> None:
    survive_kills(store, tries=15, seed=1)


def survive_every_step(store: EmbeddedStore, what: str, stride: int) -> int:
    """End the program at every ``stride``-th of its steps; returns how many steps it has."""
    pristine = store.path.with_name("pristine")
    if store.path.exists():
        shutil.copytree(store.path, pristine)
    before = crashing.current_round(store)
    step = 1
    while True:
        process = start(what, store.path, amount=1, step=step)
        lines = output(process)
        if process.returncode == 0:
            return step
        assert process.returncode == 99
        seen = crashing.current_round(store)
        acknowledged = int(lines[-1]) if lines and what == "rounds" else before
        assert acknowledged <= seen <= acknowledged + 1
        if store.path.exists():
            assert not [finding for finding in doctor(store) if finding.serious]
        crashing.rounds(store.path, 1)
        assert crashing.current_round(store) == seen + 3, "the next command works"
        shutil.rmtree(store.path)
        if pristine.exists():
            shutil.copytree(pristine, store.path)
        step += stride


@pytest.mark.parametrize("existing", [False, True])
def test_ended_at_any_step_of_a_publish(store: EmbeddedStore, existing: bool) -> None:
    if existing:
        crashing.rounds(store.path, 2)
    assert survive_every_step(store, "rounds", stride=47) > 100


@pytest.mark.slow
@pytest.mark.parametrize("existing", [False, True])
def test_ended_at_every_step_of_a_publish(store: EmbeddedStore, existing: bool) -> None:
    if existing:
        crashing.rounds(store.path, 2)
    assert survive_every_step(store, "rounds", stride=1) > 100


def test_ended_at_any_step_of_a_backup_and_a_restore(store: EmbeddedStore) -> None:
    crashing.rounds(store.path, 2)
    assert survive_every_step(store, "copies", stride=53) > 40


@pytest.mark.slow
def test_ended_at_every_step_of_a_backup_and_a_restore(store: EmbeddedStore) -> None:
    crashing.rounds(store.path, 2)
    assert survive_every_step(store, "copies", stride=1) > 40


def test_a_killed_migration_leaves_the_old_form(store: EmbeddedStore) -> None:
    crashing.rounds(store.path, 2)
    size = 1 + crashing.SIZE * crashing.GRAPHS
    steps = 0
    for step in range(1, 400, 25):
        process = start("migrate", store.path, step=step)
        lines = output(process)
        new = EmbeddedStore(store.path, migrations=crashing.CHAIN)
        with new.read() as reader:
            migrated = len(list(reader.quads(predicate=node("new"))))
            assert migrated in (0, size)
            assert len(reader) == size
        assert migrated == size or "migrated" not in lines
        steps += 1
        if migrated:
            break
    assert steps > 1
    with new.write() as writer:
        writer.add([quad("next", 1)])
    with new.read() as reader:
        assert len(reader) == size + 1


FULL = """
import sys
from pathlib import Path
from kg.model import Article
from kg.store import StoreFullError, open_store
from kg.store.doctor import doctor
from tests.store.conftest import quad, rows

root = Path(sys.argv[1])
store = open_store(root / "store")
with store.write() as writer:
    writer.add([quad("kept", 1)])
    writer.put_article(Article("kept", "kept"))
failures = 0
for size in (1_000, 60_000, 150_000):
    for bulk in (False, True):
        try:
            with store.write() as writer:
                quads = (quad(f"s{i}", f"{i} " + "x" * (i % 97), "g") for i in range(size))
                writer.bulk_load(quads) if bulk else writer.add(quads)
        except StoreFullError as error:
            failures += 1
            assert "free some space" in str(error), error
        else:
            with store.write() as writer:
                writer.remove_graph("http://example.org/g")
        with store.read() as reader:
            assert rows(reader.quads()) == rows([quad("kept", 1)])
            assert [a.source for a in reader.articles()] == ["kept"]
assert failures, "the disk was never full"
try:
    with store.write() as writer:
        for i in range(1500):
            writer.put_article(Article(str(i) + " ".join(str(hash((i, k))) for k in range(400)), "s"))
except StoreFullError:
    failures += 1
else:
    raise AssertionError("texts did not fill the disk")
ballast = root / "ballast"
with ballast.open("wb", buffering=0) as stream:  # not a byte left
    try:
        while stream.write(b"x" * 4096): pass
    except OSError: pass
try:
    with store.write() as writer:
        writer.add([quad("more", 1)])
except StoreFullError:
    failures += 1
with store.read() as reader:
    assert rows(reader.quads()) == rows([quad("kept", 1)])
assert not [f for f in doctor(store) if f.serious], doctor(store)
ballast.unlink()
with store.write() as writer:
    writer.add([quad("more", 1)])
with store.read() as reader:
    assert rows(reader.quads()) == rows([quad("kept", 1), quad("more", 1)])
print("failures", failures)
"""


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    mount = [
        "unshare",
        "-rm",
        "sh",
        "-c",
        'mount -t tmpfs -o size=7m tmpfs "$1" && shift && exec "$@"',
    ]
    place = tmp_path / "disk"
    place.mkdir()
    if not shutil.which("unshare") or subprocess.run([*mount, "sh", place, "true"]).returncode:
        pytest.skip("cannot mount a small file system here")
    done = subprocess.run(
        [*mount, "sh", place, sys.executable, "-c", FULL, place], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[-1]) >= 3, done.stdout


@pytest.mark.parametrize("call", ["fsync", "replace", "link"])
def test_a_disk_full_at_any_call_is_told(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    with store.write() as writer:
        writer.add([quad("kept", 1)])

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path if call == "replace" else os, call, fail)
        if call == "link":
            patch.setattr(shutil, "copyfile", fail)
        with pytest.raises(StoreFullError), store.write() as writer:
            writer.add([quad("more", 1)])
    with store.read() as reader:
        assert len(reader) == 1
    with store.write() as writer:
        writer.add([quad("more", 1)])
    with store.read() as reader:
        assert len(reader) == 2
