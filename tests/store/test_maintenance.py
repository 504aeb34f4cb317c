"""Backups, restoring them, and what the doctor finds and mends."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Article
from kg.store import StoreDamagedError, StoreError, StoreFullError, open_store
from kg.store.doctor import RESCUED, doctor, repair
from kg.store.embedded import EmbeddedStore
from kg.store.maintenance import backup, restore
from kg.vocabulary import ARTICLE
from tests.store.conftest import quad, rows

FIRST = Article("The first text.", "first.txt", title="One", published="2026-01-02")
SECOND = Article("The second text.", "second.txt")


def fill(store: EmbeddedStore) -> None:
    """Two snapshots: one with the first article, one with both."""
    for number, article in enumerate((FIRST, SECOND), 1):
        with store.write() as writer:
            writer.bulk_load(quad(f"s{i}", i, f"g{number}") for i in range(2000))
            writer.replace_graph(ARTICLE + article.id, [])
            writer.put_article(article)


def state(store: EmbeddedStore) -> tuple[list[str], list[str]]:
    with store.read() as reader:
        return rows(reader.quads()), [article.source for article in reader.articles()]


def serious(store: EmbeddedStore) -> list[str]:
    return [
        f"{Path(finding.place).name}: {finding.problem}"
        for finding in doctor(store)
        if finding.serious
    ]


def truncate_largest(folder: Path) -> None:
    victim = max(folder.glob("*.sst"), key=lambda path: path.stat().st_size)
    data = victim.read_bytes()
    victim.unlink()  # not the file shared with other snapshots
    victim.write_bytes(data[: len(data) // 2])


def alter_largest(folder: Path) -> None:
    victim = max(folder.glob("*.sst"), key=lambda path: path.stat().st_size)
    data = bytearray(victim.read_bytes())
    data[len(data) // 3] ^= 0xFF
    victim.unlink()
    victim.write_bytes(data)


def test_a_sound_store_has_no_findings(store: EmbeddedStore) -> None:
    fill(store)
    assert doctor(store) == []
    with store.write() as writer:
        writer.add([quad("more", 1)])
        assert doctor(store) == [], "a writer at work is no finding"


def test_a_missing_store_is_one_finding(store: EmbeddedStore) -> None:
    assert ["kg ingest" in finding.remedy for finding in doctor(store)] == [True]
    assert not store.path.exists()


def test_a_backup_is_a_store_with_nothing_shared(store: EmbeddedStore, tmp_path: Path) -> None:
    fill(store)
    with store.write() as writer:
        writer.add([quad("unpublished", 1)])
        done = backup(store, tmp_path / "copy")
        assert done.articles == 2
        assert done.bytes > 1000
        copied = state(open_store(tmp_path / "copy"))
    assert copied[1] == [a.source for a in sorted((FIRST, SECOND), key=lambda a: a.id)]
    assert len(copied[0]) == 4000
    assert all(path.stat().st_nlink == 1 for path in (tmp_path / "copy").rglob("*.sst"))
    assert doctor(open_store(tmp_path / "copy")) == []
    with pytest.raises(StoreError, match="exists already"):
        backup(store, tmp_path / "copy")


def test_a_backup_that_finds_no_room_says_where_and_leaves_nothing(
    store: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)

    def copyfile(source: Path, copy: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(source), None, str(copy))

    monkeypatch.setattr(shutil, "copyfile", copyfile)
    with pytest.raises(StoreFullError, match=r"copy: the disk is full; free some space or back up"):
        backup(store, tmp_path / "copy")
    assert not list(tmp_path.glob("copy*"))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder in which none can be made")
def test_a_place_where_no_store_can_be_made_is_not_called_damaged() -> None:
    with (
        pytest.raises(StoreError, match=r"cannot be made .*; name another folder"),
        open_store("/proc/no-store-here").write(),
    ):
        pass


def test_restoring_brings_back_the_state_and_keeps_the_present_one(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    fill(store)
    before = state(store)
    backup(store, tmp_path / "copy")
    with store.write() as writer:
        writer.update("CLEAR ALL")
        writer.remove_article(FIRST.id)
        writer.put_article(Article("A third text.", "third.txt"))
    old = store.read()
    restore(tmp_path / "copy", store)
    assert state(store) == before
    assert len(old) == 0, "a reader keeps its state"
    assert [article.source for article in old.articles()] != before[1]
    old.close()
    assert doctor(store) == []
    with store.write() as writer:
        writer.add([quad("after", 1)])
    assert len(state(store)[0]) == len(before[0]) + 1


def test_restoring_into_a_new_folder(store: EmbeddedStore, tmp_path: Path) -> None:
    fill(store)
    backup(store, tmp_path / "copy")
    other = open_store(tmp_path / "other")
    restore(tmp_path / "copy", other)
    assert state(other) == state(store)


def test_a_damaged_backup_is_refused_and_changes_nothing(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    fill(store)
    backup(store, tmp_path / "copy")
    alter_largest(open_store(tmp_path / "copy").layout.database(2))
    before = state(store)
    with pytest.raises(StoreDamagedError, match="another backup"):
        restore(tmp_path / "copy", store)
    assert state(store) == before
    assert doctor(store) == []


DAMAGES: dict[str, Callable[[EmbeddedStore], object]] = {
    "pointer gone": lambda s: s.layout.pointer.unlink(),
    "pointer mutilated": lambda s: s.layout.pointer.write_bytes(b"\xff\x00"),
    "pointer empty": lambda s: s.layout.pointer.write_text(""),
    "pointer to nowhere": lambda s: s.layout.pointer.write_text("77\n"),
    "file truncated": lambda s: truncate_largest(s.layout.database(2)),
    "file altered": lambda s: alter_largest(s.layout.database(2)),
    "manifest gone": lambda s: next(s.layout.database(2).glob("MANIFEST*")).unlink(),
    "snapshot gone": lambda s: shutil.rmtree(s.layout.folder(2)),
    "description mutilated": lambda s: (s.layout.folder(2) / "snapshot.json").write_text("[]"),
    "format gone": lambda s: s.layout.format.unlink(),
    "format mutilated": lambda s: s.layout.format.write_text("{"),
    "texts overwritten": lambda s: s.layout.texts.write_bytes(b"no database" * 1000),
    "texts gone": lambda s: s.layout.texts.unlink(),
    "texts truncated": lambda s: os.truncate(s.layout.texts, 5000),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damage_is_found_and_mended_or_restored(
    store: EmbeddedStore, tmp_path: Path, damage: str
) -> None:
    fill(store)
    before = state(store)
    backup(store, tmp_path / "copy")
    DAMAGES[damage](store)
    assert len(serious(store)) >= 1
    for finding in doctor(store):
        assert finding.remedy
    repair(store)
    assert [problem for problem in serious(store) if "texts are missing" not in problem] == []
    quads, sources = state(store)
    assert set(quads) <= set(before[0])
    assert len(quads) >= 2000, "the snapshot before is good"
    rescued = store.path / RESCUED
    if rescued.exists():
        sources += [json.loads(line)["id"] for line in rescued.read_text().splitlines()]
    if not damage.startswith("texts"):
        assert sorted(sources) == ["first.txt", "second.txt"], "no text is lost"
    restore(tmp_path / "copy", store)
    assert state(store) == before
    assert serious(store) == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_can_be_restored_over_at_once(
    store: EmbeddedStore, tmp_path: Path, damage: str
) -> None:
    fill(store)
    before = state(store)
    backup(store, tmp_path / "copy")
    DAMAGES[damage](store)
    restore(tmp_path / "copy", store)
    assert state(store) == before
    assert serious(store) == []


def test_without_any_good_snapshot_the_articles_are_saved(store: EmbeddedStore) -> None:
    fill(store)
    for number in store.layout.numbers():
        alter_largest(store.layout.database(number))
    repair(store)
    assert serious(store) == []
    assert not store.exists()
    records = [json.loads(line) for line in (store.path / RESCUED).read_text().splitlines()]
    assert {record["id"]: record["text"] for record in records} == {
        "first.txt": FIRST.text,
        "second.txt": SECOND.text,
    }
    with store.write() as writer:
        writer.add([quad("again", 1)])
    assert store.exists()


def test_what_an_interrupted_writer_left_is_no_serious_finding(store: EmbeddedStore) -> None:
    fill(store)
    shutil.copytree(store.layout.folder(2), store.layout.folder(3))
    shutil.copytree(store.layout.database(2), store.layout.work)
    findings = doctor(store)
    assert len(findings) == 2
    assert not any(finding.serious for finding in findings)
    with store.write() as writer:
        writer.add([quad("next", 1)])
    assert doctor(store) == []


def test_articles_without_text_are_mentioned(store: EmbeddedStore) -> None:
    fill(store)
    with store.write() as writer:
        writer.remove_article(FIRST.id)
        writer.replace_graph(ARTICLE + FIRST.id, [quad("s", 1).triple])
    assert ["without their text" in finding.problem for finding in doctor(store)] == [True]
