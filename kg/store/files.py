"""Files that are written whole or not at all, and locks that die with their holder."""

from __future__ import annotations

import errno
import os
import sys
import time
import weakref
from pathlib import Path
from typing import Any, ClassVar, Self

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def write_atomically(path: Path, text: str) -> None:
    """Replace a small file so that every reader sees the old or the new text, even after a crash."""
    temporary = path.with_name(path.name + ".tmp")
    with temporary.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
    sync_directory(path.parent)


def sync_file(path: Path) -> None:
    """Force a file's content to disk."""
    descriptor = os.open(path, os.O_RDONLY if sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_directory(path: Path) -> None:
    """Force a directory's entries to disk (Windows has no such call and needs none)."""
    if sys.platform != "win32":
        sync_file(path)


def link_tree(source: Path, target: Path, *, share: str) -> None:
    """Copy the files of a flat directory; those with the suffix ``share`` are hard-linked.

    Only files that are never changed in place may be shared. Where the file system knows no
    hard links they are copied.
    """
    import shutil  # 2 ms, for writers only

    target.mkdir(parents=True)
    for entry in os.scandir(source):
        destination = target / entry.name
        if entry.name.endswith(share):
            try:
                os.link(entry.path, destination)
                continue
            except OSError:
                pass  # no hard links here: copy
        shutil.copyfile(entry.path, destination)


def remove_tree(path: Path) -> None:
    """Remove a directory; that it is gone already is no error.

    RocksDB's threads may still write into a folder whose store was just let go: what appears in
    the meantime is removed by the next try. Raises OSError where it does not end.
    """
    if not path.exists():
        return
    import shutil

    for left in reversed(range(_TRIES)):
        try:
            shutil.rmtree(path, onerror=_unless_gone)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST) or not left:
                raise
            time.sleep(_PAUSE)
        else:
            return


_TRIES = 20
_PAUSE = 0.05
"""Seconds between two tries."""


def _unless_gone(_call: object, _path: str, error: tuple[Any, BaseException, Any]) -> None:
    """RocksDB may still be removing files of its own while the folder is removed."""
    if not isinstance(error[1], FileNotFoundError):
        raise error[1]


class Lock:
    """A lock on a file, held by an open descriptor: the system frees it when the process ends.

    A lock file left behind by a killed process is therefore no lock.
    """

    _held: ClassVar[weakref.WeakSet[Lock]] = weakref.WeakSet()

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        self.path = path
        self.shared = shared
        self._descriptor: int | None = None

    def acquire(self, timeout: float = 0.0) -> bool:
        """Take the lock, waiting up to ``timeout`` seconds; False if another holds it.

        Raises OSError if the file cannot be opened (FileNotFoundError for a shared lock on
        a file that is not there).
        """
        flags = os.O_RDONLY if self.shared else os.O_RDWR | os.O_CREAT
        descriptor = os.open(self.path, flags | getattr(os, "O_CLOEXEC", 0), 0o666)
        deadline = time.monotonic() + timeout
        try:
            while not _try_lock(descriptor, shared=self.shared):
                if time.monotonic() >= deadline:
                    os.close(descriptor)
                    return False
                time.sleep(0.02)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        Lock._held.add(self)
        return True

    def still_names(self, path: Path) -> bool:
        """Whether the file locked is the one now at ``path`` (it may have been replaced)."""
        if self._descriptor is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._descriptor), path.stat())
        except FileNotFoundError:
            return False

    def write(self, text: str) -> None:
        """Leave a note in the lock file for those who find it taken."""
        if self._descriptor is None:
            raise ValueError("the lock is not held")
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, text.encode())

    def release(self) -> None:
        """Give the lock back; again is harmless."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        Lock._held.discard(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    @classmethod
    def _forget_after_fork(cls) -> None:
        # A forked child shares the descriptor and would keep the lock after its parent's death.
        for lock in list(cls._held):
            lock.release()


def _try_lock(descriptor: int, *, shared: bool) -> bool:
    if sys.platform == "win32":
        if shared:  # Windows refuses to remove files in use, which protects readers as well
            return True
        try:  # a byte far behind the note, so that others can read the note
            os.lseek(descriptor, 1 << 20, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=Lock._forget_after_fork)
