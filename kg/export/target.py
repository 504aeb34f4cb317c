"""Where an export goes: a file that appears whole or not at all, or a stream.

A file is written beside the asked name, flushed to the disk and put in place in one step,
so that a full disk, a signal or an error leaves what was there before.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kg.export.errors import ExportError

_REMEDY = {
    errno.ENOSPC: "the disk is full; free some space or choose another place",
    errno.EDQUOT: "your quota is used up; free some space or choose another place",
    errno.EACCES: "you may not write there; choose another place",
    errno.EROFS: "the file system is read-only; choose another place",
    errno.ENOENT: "the folder does not exist; create it first",
    errno.ENOTDIR: "a part of the path is not a folder; choose another place",
    errno.EISDIR: "it is a folder; name a file",
}


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A binary file that replaces ``path`` when the block ends without an exception.

    Devices and pipes (``/dev/stdout``) are written directly. Raises ExportError with the
    remedy where the operating system refuses; a broken pipe passes through.
    """
    try:
        with _open(path) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        remedy = _REMEDY.get(error.errno or 0, "choose another place")
        raise ExportError(
            f"{path}: cannot be written ({error.strerror or error}): {remedy}; "
            "nothing was left under that name that was not there before"
        ) from error


@contextlib.contextmanager
def _open(path: Path) -> Iterator[BinaryIO]:
    target = Path(os.path.realpath(path))  # through a symbolic link, not over it
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    handle, name = tempfile.mkstemp(
        prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent
    )
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb", buffering=1 << 20) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(target))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, else those a new file gets."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    # Not every file system can flush a folder; the file itself is safe already.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
