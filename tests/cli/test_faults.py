"""A full disk, a read-only folder, a stale lock, a newer version, damage, two writers: as a user meets them.

Each is told clearly, loses nothing, and the next command works.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.store import open_store
from tests.cli.inprocess import run
from tests.conftest import ROOT

FIRST = "Nvidia has invested $40 million in Anthropic."
SECOND = "Microsoft has invested $50 million in OpenAI."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults")
    for number, text in enumerate((FIRST, SECOND)):
        (folder / f"{number}.txt").write_text(text)
        ran = run("ingest", folder / f"{number}.txt", store=folder / "store")
        assert ran.code == 0, ran.err
    return folder / "store"


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "store")
    return tmp_path / "store"


def contents(store: Path) -> list[str]:
    with open_store(store).read() as reader:
        return sorted(map(str, reader.quads()))


def tree(store: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(store)): p.read_bytes()
        for p in sorted(store.rglob("*"))
        if p.is_file() and p.name != "lock"
    }


def newer_layout(store: Path) -> None:
    (store / "format.json").write_text('{"layout": 99}')


def newer_graph(store: Path) -> None:
    path = store / "snapshots" / (store / "CURRENT").read_text().strip() / "snapshot.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema": 99}))


READERS = (["ask", "Who invests in OpenAI?"], ["stats"], ["show", "openai"], ["validate"])
WRITERS = (["ingest", str(ROOT / "README.md")], ["add", "entity", "B", "--kind", "lab"])


@pytest.mark.parametrize("change", [newer_layout, newer_graph])
def test_a_store_of_a_newer_version_is_left_alone(
    store: Path, change: Callable[[Path], None]
) -> None:
    change(store)
    before = tree(store)
    for line in (*READERS, WRITERS[0]):
        ran = run(*line, store=store)
        assert (ran.code, ran.out) == (1, "")
        assert "later version of kg" in ran.err
        assert "upgrade" in ran.err
    assert tree(store) == before


def cut(store: Path) -> None:
    folder = store / "snapshots" / (store / "CURRENT").read_text().strip() / "db"
    victim = max(folder.glob("*.sst"), key=lambda path: path.stat().st_size)
    data = victim.read_bytes()
    victim.unlink()  # not the file shared with other snapshots
    victim.write_bytes(data[: len(data) // 2])


def pointer(store: Path) -> None:
    (store / "CURRENT").write_bytes(b"\xff\x00")


def gone(store: Path) -> None:
    shutil.rmtree(store / "snapshots" / (store / "CURRENT").read_text().strip())


@pytest.mark.parametrize("damage", [cut, pointer, gone])
def test_damage_is_told_and_what_is_lost_is_named(
    store: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    before = contents(store)
    assert run("backup", tmp_path / "copy", store=store).code == 0
    damage(store)
    for line in (*READERS, WRITERS[0]):
        ran = run(*line, store=store)
        assert (ran.code, ran.out) == (1, "")
        assert "kg doctor" in ran.err
    assert run("doctor", store=store).code == 1
    ran = run("doctor", "--repair", store=store)
    assert ran.code == 0, ran.out
    again = store / "ingest-again.jsonl"
    if again.exists():  # what the last good snapshot did not know
        assert run("ingest", again, store=store).code == 0
    assert contents(store) == before
    damage(store)
    assert run("restore", tmp_path / "copy", store=store).code == 0
    assert contents(store) == before


def test_a_lock_left_behind_is_no_lock(store: Path, tmp_path: Path) -> None:
    (store / "lock").write_text("process 1 since 2020-01-01 00:00:00\n")
    (tmp_path / "third.txt").write_text("Google has invested $60 million in Mistral AI.")
    assert run("ingest", tmp_path / "third.txt", store=store).code == 0


@pytest.mark.slow
def test_a_second_writer_waits_or_is_told(store: Path, tmp_path: Path) -> None:
    (tmp_path / "third.txt").write_text("Google has invested $60 million in Mistral AI.")
    with open_store(store).write():
        started = time.monotonic()
        ran = run("ingest", tmp_path / "third.txt", store=store)
        assert ran.code == 1
        assert time.monotonic() - started > 9, "it waits first"
        assert f"process {os.getpid()}" in ran.err
        assert run("ask", "Who invests in OpenAI?", store=store).code == 0, "reading goes on"
    holding, release = threading.Event(), threading.Event()

    def hold() -> None:
        with open_store(store).write():
            holding.set()
            release.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    holding.wait(20)
    threading.Timer(1, release.set).start()
    ran = run("ingest", tmp_path / "third.txt", store=store)
    holder.join()
    assert ran.code == 0, ran.err


DISK = """
set -e
mount -t tmpfs -o size=40m tmpfs "$1"; cd "$1"; kg="$2 -m kg"; export KG_STORE="$1/store" PYTHONPATH="$3"
expect() { code=$1; shift; set +e; "$@" > out 2> err; got=$?; set -e
  [ $got -eq $code ] || { echo "exit code $got: $*"; cat out err; exit 9; } }
echo "$4" > first.txt; echo "$5" > second.txt
expect 0 $kg ingest first.txt
$kg export -o - --format nquads | sort > before
dd if=/dev/zero of=ballast bs=4k 2> /dev/null || true
cp before /dev/shm/before.$$ ; rm out err; dd if=/dev/zero of=ballast2 bs=512 2> /dev/null || true
set +e; $kg ingest second.txt 2> /dev/shm/err.$$; got=$?; set -e; cat /dev/shm/err.$$
[ $got -eq 1 ]; grep -q "disk is full" /dev/shm/err.$$; ! grep -q Traceback /dev/shm/err.$$
set +e; $kg backup "$1/copy" 2> /dev/shm/err.$$; got=$?; set -e; cat /dev/shm/err.$$
[ $got -eq 1 ]; grep -q "disk is full" /dev/shm/err.$$; [ ! -e copy ]
set +e; $kg export -o "$1/graph.gexf" 2> /dev/shm/err.$$; got=$?; set -e; cat /dev/shm/err.$$
[ $got -eq 1 ]; ! grep -q Traceback /dev/shm/err.$$; [ ! -e graph.gexf ]
$kg export -o - --format nquads | sort | cmp - /dev/shm/before.$$
rm -f ballast ballast2 /dev/shm/err.$$ /dev/shm/before.$$
expect 0 $kg ingest second.txt
expect 0 $kg doctor
$kg export -o - --format nquads | sort > after
mount -o remount,ro "$1"
export TMPDIR=/dev/shm
$kg export -o - --format nquads | sort | cmp - after
for line in "ingest first.txt" "add entity B --kind lab" "backup copy"; do
  set +e; told=$($kg $line 2>&1); got=$?; set -e; echo "$told"
  [ $got -eq 1 ]; echo "$told" | grep -qi "refused\\|read-only"; ! echo "$told" | grep -q Traceback
done
$kg export -o - --format nquads | sort | cmp - after
echo sound
"""


@pytest.mark.slow
def test_a_full_and_a_read_only_disk(tmp_path: Path) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rm", "true"]).returncode:
        pytest.skip("cannot mount a small file system here")
    done = subprocess.run(
        ["unshare", "-rm", "bash", "-c", DISK, "bash", place, sys.executable, ROOT, FIRST, SECOND],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("sound\n"), done.stdout
