"""``kg load``, ``kg backup``, ``kg restore`` and ``kg doctor`` as a user runs them."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store import open_store
from tests.cli.inprocess import run


def contents(store: Path) -> list[str]:
    with open_store(store).read() as reader:
        return sorted(map(str, reader.quads()))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two articles that report one deal."""
    folder = tmp_path_factory.mktemp("small")
    for name, text in (
        ("a.txt", "Nvidia has invested $40 million in Anthropic."),
        ("b.txt", "Nvidia has invested $40 million in Anthropic, two people said."),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    ran = run("ingest", folder / "a.txt", folder / "b.txt", store=folder / "store")
    assert ran.code == 0, ran.err
    return folder / "store"


def dumped(store: Path, path: Path) -> Path:
    with open_store(store).read() as reader, path.open("wb") as stream:
        reader.dump(stream)
    return path


def test_loading_what_was_dumped_gives_the_same_store(small: Path, tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    parts.mkdir()
    lines = dumped(small, tmp_path / "all.nq").read_bytes().splitlines(keepends=True)
    half = len(lines) // 2
    (parts / "part-00000.nq").write_bytes(b"".join(lines[:half]))
    (parts / "part-00001.nq.gz").write_bytes(gzip.compress(b"".join(lines[half:])))
    (parts / "_SUCCESS").touch()
    ran = run("load", parts, store=tmp_path / "store")
    assert (ran.code, ran.out) == (0, ""), ran.err
    assert "2 files loaded" in ran.err
    assert contents(tmp_path / "store") == contents(small)


def test_loading_twice_or_into_what_is_there_derives_again(small: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    (tmp_path / "a.txt").write_text("Nvidia has invested $40 million in Anthropic.")
    run("ingest", tmp_path / "a.txt", store=store)
    statements = tmp_path / "statements.nq"
    with open_store(small).read() as reader:
        quads = [q for q in reader.quads() if q.graph_name != ox.DefaultGraph()]
    statements.write_text("".join(f"{quad} .\n" for quad in quads))
    for _ in range(2):
        ran = run("load", statements, store=store)
        assert ran.code == 0, ran.err
        assert "worked out again" in ran.err
        assert contents(store) == contents(small)


def test_malformed_quads_are_named_and_nothing_is_loaded(small: Path, tmp_path: Path) -> None:
    before = contents(small)
    good, bad = tmp_path / "a.nq", tmp_path / "b.nq"
    good.write_text('<http://example.org/s> <http://example.org/p> "x" .\n')
    bad.write_text('<http://example.org/s> <http://example.org/p> "x" .\n<oops\n')
    ran = run("load", good, bad, store=small)
    assert ran.code == 1
    assert f"{bad}:2:" in ran.err
    assert contents(small) == before
    (tmp_path / "c.nq.gz").write_bytes(gzip.compress(good.read_bytes() * 1000)[:-20])
    assert "damaged gzip" in run("load", tmp_path / "c.nq.gz", store=small).err
    for wrong, told in (
        (tmp_path / "none.nq", "not there"),
        (tmp_path, "b.nq"),
        (tmp_path / "x.csv", "unknown form"),
    ):
        (tmp_path / "x.csv").touch()
        ran = run("load", wrong, store=small)
        assert ran.code == 1
        assert told in ran.err
        assert "Traceback" not in ran.err


def test_a_backup_brings_back_decisions_too(small: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(small, store)
    assert run("add", "entity", "Bolt", "--kind", "lab", store=store).code == 0
    decision = '{"verdict": "not-same", "name": "Bolt", "entity": "nvidia"}\n'
    (store / "judgements.jsonl").write_text(decision)
    before = contents(store)
    ran = run("backup", tmp_path / "copy", store=store)
    assert ran.code == 0, ran.err
    assert contents(tmp_path / "copy") == before
    assert run("backup", tmp_path / "copy", store=store).code == 1, "never over something"
    run("add", "entity", "Wrong", "--kind", "lab", store=store)
    registry = (store / "registry.yaml").read_text()
    ran = run("restore", tmp_path / "copy", store=store)
    assert ran.code == 0, ran.err
    assert contents(store) == before
    assert "Wrong" not in (store / "registry.yaml").read_text()
    assert (store / "registry.yaml.before-restore-1").read_text() == registry
    assert (store / "judgements.jsonl").read_text() == decision
    other = tmp_path / "other"
    assert run("restore", tmp_path / "copy", store=other).code == 0
    assert contents(other) == before
    assert run("restore", tmp_path / "nothing", store=other).code == 1


def test_the_doctor_says_what_is_wrong_and_mends_it(small: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(small, store)
    ran = run("doctor", store=store)
    assert (ran.code, ran.out) == (0, "The store is sound.\n")
    (store / "CURRENT").write_text("nonsense")
    ran = run("doctor", "--format", "json", store=store)
    assert ran.code == 1
    [finding] = json.loads(ran.out)
    assert finding["serious"] is True
    assert "kg doctor --repair" in finding["remedy"]
    ran = run("doctor", "--repair", store=store)
    assert ran.code == 0, ran.out
    assert "1 findings, 0 left" in ran.out
    assert contents(store) == contents(small)
    assert run("doctor", store=tmp_path / "nothing").code == 1
