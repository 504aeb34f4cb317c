"""The store in a folder: an embedded Oxigraph, one writer, any number of readers."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.store.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreMissingError,
    concerns,
    explain,
)
from kg.store.files import Lock
from kg.store.layout import Layout
from kg.store.migrations import MIGRATIONS, Migration
from kg.store.reader import EmbeddedReader

if TYPE_CHECKING:
    from kg.store.writer import EmbeddedWriter


class EmbeddedStore:
    """A store in a folder. Making one of these touches nothing."""

    def __init__(self, path: Path | str, *, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        self.path = Path(path)
        self._migrations = migrations
        self.layout = Layout(self.path)

    @property
    def location(self) -> str:
        """What ``open_store`` was given."""
        return str(self.path)

    def exists(self) -> bool:
        """Whether anything was ever published here."""
        try:
            return bool(self.layout.current())
        except StoreDamagedError:
            return True
        except OSError as error:
            raise explain(error, self.path) or StoreError(f"{self.path}: {error}") from error

    def version(self) -> int | None:
        """Number of the current snapshot: a cheap way to see that something was published."""
        return self.layout.current() or None

    def read(self) -> EmbeddedReader:
        """Open the current snapshot.

        Raises StoreMissingError, StoreDamagedError or StoreTooNewError.
        """
        try:
            number, lock = self._pin()
        except OSError as error:
            raise explain(error, self.path) or StoreError(f"{self.path}: {error}") from error
        try:
            self.layout.check_format()
            snapshot = self.layout.describe(number)
            self.layout.check_schema(snapshot, len(self._migrations) + 1)
            self.layout.check_sizes(snapshot)
            folder = self.layout.database(number)
            store = _open_read_only(folder)
        except BaseException:
            lock.release()
            raise
        return EmbeddedReader(store, self.path, number, self.layout.texts, folder=folder, lock=lock)

    @contextmanager
    def write(self, timeout: float = 10.0) -> Iterator[EmbeddedWriter]:
        """Open the store for writing, creating it if need be; on leaving the block, publish.

        On an exception everything since the last ``publish`` is dropped. Only one writer at
        a time: another waits up to ``timeout`` seconds, then StoreBusyError names the holder.
        """
        from kg.store.writer import EmbeddedWriter  # sqlite3 comes with it

        with self.locked(timeout):
            try:
                opened = EmbeddedWriter(self.layout, len(self._migrations) + 1)
            except (OSError, RuntimeError) as error:
                raise explain(error, self.path) or StoreError(f"{self.path}: {error}") from error
            try:
                with opened as writer:
                    writer.migrate(self._migrations)
                    yield writer
            except (OSError, RuntimeError) as error:
                if concerns(error, self.path) and (explained := explain(error, self.path)):
                    raise explained from error
                raise

    @contextmanager
    def locked(self, timeout: float = 10.0, *, create: bool = True) -> Iterator[None]:
        """Hold the writer's lock, laying out an empty store first if ``create``."""
        try:
            if create:
                self.layout.create()
            lock = Lock(self.layout.lock)
            taken = lock.acquire(timeout)
        except OSError as error:
            raise explain(error, self.path) or StoreError(f"{self.path}: {error}") from error
        if not taken:
            raise StoreBusyError(
                f"{self.path}: is being written by {_holder(self.layout.lock)}; "
                "wait until it is done, then run the command again"
            )
        with lock:
            lock.write(f"process {os.getpid()} since {time.strftime('%Y-%m-%d %H:%M:%S')}\n")
            yield

    def is_being_written(self) -> bool:
        """Whether a writer is at work now."""
        with suppress(OSError), Lock(self.layout.lock, shared=True) as lock:
            return not lock.acquire()
        return False

    def _pin(self) -> tuple[int, Lock]:
        """The current snapshot's number, with a shared lock that keeps it from being removed."""
        while True:
            number = self.layout.current()
            if not number:
                raise self._missing()
            lock = Lock(self.layout.readers(number), shared=True)
            try:
                lock.acquire(timeout=5)
            except FileNotFoundError:
                if self.layout.current() == number:
                    raise StoreDamagedError(
                        f"{self.layout.folder(number)}: the current snapshot is missing; run "
                        "`kg doctor --repair` to go back to the last good one, or `kg restore`"
                    ) from None
                continue  # removed between the two steps: there is a newer one
            if lock.still_names(self.layout.readers(number)):
                return number, lock
            lock.release()

    def _missing(self) -> StoreMissingError:
        if self.layout.format.exists():
            self.layout.check_format()
            return StoreMissingError(
                f"{self.path}: nothing has been stored here yet; run `kg ingest` first"
            )
        return StoreMissingError(
            f"{self.path}: there is no store here; make one with `kg ingest`, or name another "
            "folder with --store"
        )


def _open_read_only(folder: Path) -> ox.Store:
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:
        raise explain(error, folder) or StoreDamagedError(
            f"{folder}: cannot be opened ({error}); run `kg doctor`"
        ) from error


def _holder(lock: Path) -> str:
    try:
        return lock.read_text(encoding="utf-8").strip() or "another process"
    except OSError:
        return "another process"
