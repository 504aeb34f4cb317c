"""Backups of an embedded store, and their return.

A backup is a store of its own, in a folder with nothing shared: `--store BACKUP` reads it.
Restoring is a publish like any other: readers see the old state or the restored one, and
an interrupted restore changes nothing. What people wrote beside the graph (decisions, their own
registry) goes with it. For stores on servers see ``kg.store.remote_maintenance``.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg.model import Article
from kg.store.doctor import repair
from kg.store.embedded import EmbeddedStore
from kg.store.errors import StoreDamagedError, StoreError, StoreFullError, explain
from kg.store.files import remove_tree, sync_directory, sync_file
from kg.store.layout import Layout, Snapshot, checksum
from kg.store.texts import Texts

PEOPLES = ("judgements.jsonl", "registry.yaml")
"""Files of a store's folder that people made and no program can make again."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a backup or a restore copied: the snapshot's number at the source, its size."""

    source: str
    target: str
    version: int
    bytes: int
    articles: int


def backup(store: EmbeddedStore, target: Path) -> Copied:
    """Copy the current state to a new folder, checked file by file, while others read and write.

    Raises StoreError if ``target`` exists, StoreDamagedError if the store is damaged.
    """
    if target.exists():
        raise StoreError(f"{target}: exists already; name a folder that does not")
    unfinished = target.with_name(target.name + ".unfinished")
    with store.read() as reader:
        # Within the block, for the reader would take a fault of the target for the store's.
        try:
            remove_tree(unfinished)
            snapshot = store.layout.describe(reader.version)
            copy = Layout(unfinished)
            size = _copy_snapshot(store.layout, snapshot, copy, snapshot.number)
            articles = _copy_texts(reader.articles(), copy.texts, snapshot.number)
            shutil.copyfile(store.layout.format, copy.format)
            _copy_peoples(store.path, unfinished)
            copy.switch(snapshot.number)
            sync_file(copy.format)
            sync_directory(unfinished)
            unfinished.replace(target)
            sync_directory(target.absolute().parent)
        except OSError as error:
            raise _not_copied(error, target) from error
        finally:
            with suppress(OSError):
                remove_tree(unfinished)
    return Copied(store.location, str(target), snapshot.number, size, articles)


def _not_copied(error: OSError, target: Path) -> StoreError:
    """Why a backup could not be written where it should be, and what to do."""
    reason = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFullError(
            f"{target}: the disk is full; free some space or back up to another place"
        )
    return StoreError(f"{target}: cannot be written ({reason}); name a folder that can be made")


def restore(source: Path, store: EmbeddedStore, timeout: float = 10.0) -> Copied:
    """Publish a backup's state as the newest state of ``store``, making the store if need be.

    The backup's files are checked against their checksums first; the state there was before
    stays as the previous snapshot. A damaged store can be restored over: whatever of it can
    be read is kept, the rest is set aside.
    """
    origin = EmbeddedStore(source)
    with origin.read() as reader:
        snapshot = origin.layout.describe(reader.version)
        layout = store.layout
        if layout.format.exists() or layout.numbers():
            repair(store, timeout=timeout)
        with store.locked(timeout):
            number = max([*layout.numbers(), layout.current() or 0]) + 1
            try:
                size = _copy_snapshot(origin.layout, snapshot, layout, number)
                articles = _adopt_texts(reader.articles(), layout, number)
                _copy_peoples(source, store.path)
                layout.switch(number)
                layout.sweep()
            except OSError as error:
                raise explain(error, store.path) or StoreError(f"{store.path}: {error}") from error
    return Copied(str(source), store.location, snapshot.number, size, articles)


def _copy_snapshot(origin: Layout, snapshot: Snapshot, target: Layout, number: int) -> int:
    """Copy a snapshot's files, checked; it appears at the target complete. Returns bytes."""
    unfinished = target.snapshots / f"{number}.tmp"
    remove_tree(unfinished)
    (unfinished / "db").mkdir(parents=True)
    total = 0
    for name, (size, sha) in snapshot.files.items():
        copy = unfinished / "db" / name
        shutil.copyfile(origin.database(snapshot.number) / name, copy)
        if checksum(copy) != sha:
            raise StoreDamagedError(
                f"{origin.database(snapshot.number) / name}: was altered since it was written; "
                "run `kg doctor`, or use another backup"
            )
        sync_file(copy)
        total += size
    shutil.copyfile(origin.folder(snapshot.number) / "snapshot.json", unfinished / "snapshot.json")
    sync_file(unfinished / "snapshot.json")
    (unfinished / "readers").touch()
    sync_directory(unfinished / "db")
    sync_directory(unfinished)
    unfinished.replace(target.folder(number))
    sync_directory(target.snapshots)
    return total


def _copy_peoples(source: Path, target: Path) -> None:
    """Copy what people wrote; what stands at the target and differs is kept under another name."""
    for name in PEOPLES:
        there, here = source / name, target / name
        if not there.exists():
            continue
        text = there.read_bytes()
        if here.exists():
            if here.read_bytes() == text:
                continue
            here.replace(_free_name(here))
        temporary = target / f"{name}.restored"
        temporary.write_bytes(text)
        sync_file(temporary)
        temporary.replace(here)
    sync_directory(target)


def _free_name(path: Path) -> Path:
    number = 1
    while (free := path.with_name(f"{path.name}.before-restore-{number}")).exists():
        number += 1
    return free


def _copy_texts(articles: Iterator[Article], path: Path, version: int) -> int:
    texts = Texts(path, version)
    texts.open_for_writing(newest=version)
    count = sum(texts.put(article) for article in articles)
    texts.commit()
    texts.close()
    return count


def _adopt_texts(articles: Iterator[Article], layout: Layout, number: int) -> int:
    """Make the texts as of snapshot ``number`` those of a backup."""
    texts = Texts(layout.texts, number)
    texts.open_for_writing(newest=number - 1)
    gone = {article.id for article in texts}
    count = 0
    for article in articles:
        texts.put(article)
        gone.discard(article.id)
        count += 1
    for article_id in gone:
        texts.remove(article_id)
    texts.commit()
    texts.close()
    return count
