"""The published state that requests are answered from, followed without a restart.

A request leases the newest snapshot and keeps it to its end, so that nothing changes under
it; a snapshot is closed when a newer one has been opened and its last lease has ended.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kg.records import Catalogue
from kg.store import open_store

_LOOK_EVERY = 0.25
T = TypeVar("T")


@dataclass(eq=False)
class Snapshot:
    """One state of the store, with what has been worked out from it so far.

    ``version`` is its number; ``key`` is fit for an entity tag.
    """

    reader: Any
    version: int
    key: str
    catalogue: Catalogue
    leases: int = 0
    retired: bool = False
    _kept: dict[str, Any] = field(default_factory=dict)
    _locks: dict[str, threading.Lock] = field(default_factory=dict)

    def once(self, name: str, work: Callable[[Snapshot], T]) -> T:
        """What ``work`` makes of this snapshot, made once however many ask for it."""
        if name not in self._kept:
            # One lock for each name: what is quickly made does not wait for what is slowly made.
            with self._locks.setdefault(name, threading.Lock()):
                if name not in self._kept:
                    self._kept[name] = work(self)
        found: T = self._kept[name]
        return found


class Snapshots:
    """Gives out the newest snapshot of a store. Safe to share by threads."""

    def __init__(self, location: str) -> None:
        self.store = open_store(location)
        self._guard = threading.Lock()
        self._opening = threading.Lock()
        self._current: Snapshot | None = None
        self._looked = 0.0

    def acquire(self) -> Snapshot:
        """The newest snapshot, to be given back with ``release``; raises StoreError."""
        if self._is_stale():
            self._renew()
        with self._guard:
            snapshot = self._current
            if snapshot is not None:
                snapshot.leases += 1
                return snapshot
        self._renew()
        return self.acquire()

    def acquire_known(self) -> Snapshot | None:
        """As ``acquire``, if the newest snapshot is open already; else None. Does not wait."""
        if self._is_stale():
            return None
        with self._guard:
            snapshot = self._current
            if snapshot is not None:
                snapshot.leases += 1
            return snapshot

    def release(self, snapshot: Snapshot) -> None:
        """Give a snapshot back."""
        with self._guard:
            snapshot.leases -= 1
            finished = snapshot.retired and snapshot.leases == 0
        if finished:
            snapshot.reader.close()

    @contextmanager
    def lease(self) -> Iterator[Snapshot]:
        """The newest snapshot for the length of a block."""
        snapshot = self.acquire()
        try:
            yield snapshot
        finally:
            self.release(snapshot)

    def close(self) -> None:
        """Let go of the store; leases still out end by themselves."""
        with self._guard:
            self._retire(None)

    def _is_stale(self) -> bool:
        current = self._current
        if current is None:
            return True
        now = time.monotonic()
        if now - self._looked < _LOOK_EVERY:
            return False
        if self.store.version() != current.version:
            return True  # and so it stays for everyone until the newer one is open
        self._looked = now
        return False

    def _renew(self) -> None:
        with self._opening:
            wanted = self.store.version()
            current = self._current
            if current is not None and wanted == current.version:
                return
            reader = self.store.read()
            version = int(getattr(reader, "version", 0) or 0)
            fresh = Snapshot(reader, version, f"{version:x}", Catalogue(reader))
            with self._guard:
                self._looked = time.monotonic()
                unused = self._retire(fresh)
            if unused is not None:
                unused.reader.close()

    def _retire(self, fresh: Snapshot | None) -> Snapshot | None:
        """Put another snapshot in place; returns the old one if it can be closed now."""
        old, self._current = self._current, fresh
        if old is None:
            return None
        old.retired = True
        return old if old.leases == 0 else None
