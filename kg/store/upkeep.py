"""Backing up, restoring and examining a store wherever it is kept."""

from __future__ import annotations

from pathlib import Path

from kg.store import doctor as examination
from kg.store import maintenance, open_store
from kg.store.doctor import Finding
from kg.store.embedded import EmbeddedStore
from kg.store.maintenance import Copied
from kg.store.remote import RemoteStore


def backup(location: str, target: Path) -> Copied:
    """Copy a store to a new folder, which is a store of its own. Raises StoreError."""
    if isinstance(store := _at(location), EmbeddedStore):
        return maintenance.backup(store, target)
    from kg.store import remote_maintenance

    return remote_maintenance.backup(store, target)


def restore(source: Path, location: str) -> Copied:
    """Make a store hold what a backup holds. Raises StoreError."""
    if isinstance(store := _at(location), EmbeddedStore):
        return maintenance.restore(source, store)
    from kg.store import remote_maintenance

    return remote_maintenance.restore(source, store)


def examine(location: str, *, repair: bool = False) -> list[Finding]:
    """What is wrong with a store; with ``repair``, what was wrong before it was mended."""
    if isinstance(store := _at(location), EmbeddedStore):
        return examination.repair(store) if repair else examination.doctor(store)
    from kg.store import remote_maintenance

    return remote_maintenance.repair(store) if repair else remote_maintenance.doctor(store)


def _at(location: str) -> EmbeddedStore | RemoteStore:
    store = open_store(location)
    assert isinstance(store, (EmbeddedStore, RemoteStore))  # noqa: S101 - there are two kinds
    return store
