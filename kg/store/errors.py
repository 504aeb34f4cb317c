"""What can go wrong with a store, each with a message that says what to do."""

from __future__ import annotations

import errno
from pathlib import Path

from kg.model import KgError


class StoreError(KgError):
    """Something is wrong with a store."""


class StoreMissingError(StoreError):
    """There is no store at the place given."""


class StoreBusyError(StoreError):
    """Another writer holds the store."""


class StoreDamagedError(StoreError):
    """Files of the store are missing, cut short or altered."""


class StoreTooNewError(StoreError):
    """The store was written by a later version of the program."""


class StoreFullError(StoreError):
    """The disk has no room left."""


class StoreReadOnlyError(StoreError):
    """The store's folder or server does not accept changes."""


class QueryError(StoreError):
    """A query that cannot be understood or evaluated."""


class QueryRefusedError(QueryError):
    """A query that would reach out over the network."""


class QueryTimeoutError(QueryError):
    """A query that ran longer than its time limit and was ended."""


_FULL = ("no space left", "disk quota exceeded", "database or disk is full")
_READ_ONLY = ("read-only file system", "permission denied", "readonly database")
_DAMAGED = ("corruption", "no such file", "checksum", "malformed", "not a database", "invalid data")


def concerns(error: BaseException, place: Path | str) -> bool:
    """Whether an error that came out of a user's block is about the store and not about the
    user's own files: RocksDB's messages begin in their own way, others name the path."""
    text = str(error)
    return str(place) in text or text.startswith(("IO error", "Corruption"))


def explain(error: BaseException, place: Path | str) -> StoreError | None:
    """The store error behind an error of the system, RocksDB or SQLite; None for any other.

    RocksDB and SQLite tell their faults apart in the text of the message only.
    """
    text = str(error).lower()
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOTDIR:
        return StoreError(f"{place}: is a file and no folder; name a folder with --store")
    if number in (errno.ENOSPC, errno.EDQUOT) or any(word in text for word in _FULL):
        return StoreFullError(
            f"{place}: the disk is full; nothing published is lost and this run's changes were "
            "dropped; free some space or move the store, then run the command again"
        )
    if number in (errno.EACCES, errno.EPERM, errno.EROFS) or any(w in text for w in _READ_ONLY):
        return StoreReadOnlyError(
            f"{place}: access is refused ({error}); change the folder's permissions or name "
            "another folder with --store"
        )
    if any(word in text for word in _DAMAGED):
        return StoreDamagedError(
            f"{place}: the files are damaged ({error}); run `kg doctor` to see what can be done"
        )
    return None
