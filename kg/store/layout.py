"""Where things are in a store's folder, and how a snapshot becomes the current one.

format.json          version of this layout, who made it
lock                 held by the one writer
CURRENT              number of the published snapshot; replaced atomically
snapshots/<n>/db/    an immutable RocksDB folder; large files hard-linked between snapshots
snapshots/<n>/snapshot.json   files with size and SHA-256, version of the graph's form
snapshots/<n>/readers         readers hold it with a shared lock; then it is not removed
texts.sqlite         the articles' texts
work/<name>/         the writer's copy; worthless once the writer is gone
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.store.errors import StoreDamagedError, StoreError, StoreTooNewError
from kg.store.files import Lock, remove_tree, sync_directory, sync_file, write_atomically

LAYOUT = 1
"""Version of the folder's layout."""

_BEGUN = frozenset(
    {
        "lock",
        "snapshots",
        "CURRENT",
        "CURRENT.tmp",
        "format.json.tmp",
        "registry.yaml",
        "judgements.jsonl",
    }
)
"""What a store holds whose making was interrupted."""

KEEP = 2
"""Published snapshots kept besides the current one, to fall back to."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What ``snapshot.json`` records: file name -> (size in bytes, SHA-256 in hex)."""

    number: int
    schema: int
    published: float
    files: dict[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of one store; nothing is touched until a method is called."""

    root: Path

    @property
    def format(self) -> Path:
        return self.root / "format.json"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def pointer(self) -> Path:
        return self.root / "CURRENT"

    @property
    def snapshots(self) -> Path:
        return self.root / "snapshots"

    @property
    def work(self) -> Path:
        return self.root / "work"

    @property
    def texts(self) -> Path:
        return self.root / "texts.sqlite"

    def folder(self, number: int) -> Path:
        return self.snapshots / str(number)

    def database(self, number: int) -> Path:
        return self.folder(number) / "db"

    def readers(self, number: int) -> Path:
        return self.folder(number) / "readers"

    def create(self) -> None:
        """Lay out an empty store; does nothing where there is one.

        Raises StoreError where the folder holds something else.
        """
        if self.format.exists():
            self.check_format()
            return
        if self.root.exists() and not self.is_begun():
            strange = {path.name for path in self.root.iterdir()} - _BEGUN
            raise StoreError(
                f"{self.root}: is no store: it has no format.json but holds "
                f"{min(strange, default='snapshots')!r}; name an empty or a new folder with "
                "--store, or run `kg doctor` if it was a store"
            )
        try:
            self.snapshots.mkdir(parents=True, exist_ok=True)
        except FileNotFoundError as error:  # a file system that takes no folders, such as /proc
            raise StoreError(
                f"{self.root}: cannot be made ({error.strerror}); name another folder with --store"
            ) from error
        self.switch(0)
        made = {"layout": LAYOUT, "created_by": f"ai-industry-kg {_version()}"}
        write_atomically(self.format, json.dumps(made, indent=1) + "\n")

    def is_begun(self) -> bool:
        """Whether the folder holds a store whose making was interrupted, or nothing at all."""
        if self.format.exists() or self.numbers():
            return False
        return {path.name for path in self.root.iterdir()} <= _BEGUN

    def check_format(self) -> None:
        """Raise StoreTooNewError or StoreDamagedError unless this program can read the layout."""
        try:
            layout = json.loads(self.format.read_text(encoding="utf-8"))["layout"]
        except (ValueError, KeyError, TypeError, FileNotFoundError) as error:
            raise StoreDamagedError(
                f"{self.format}: cannot be understood ({error}); run `kg doctor`"
            ) from error
        if layout > LAYOUT:
            raise StoreTooNewError(
                f"{self.root}: was made by a later version of kg (layout {layout}, this one "
                f"reads up to {LAYOUT}); upgrade with `pip install -U ai-industry-kg`"
            )

    def current(self) -> int | None:
        """Number of the published snapshot; 0 before the first; None where there is no store.

        Raises StoreDamagedError where the number cannot be read.
        """
        try:
            text = self.pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            if not self.format.exists() and not self.numbers():
                return None
            text = ""
        except UnicodeDecodeError:
            text = "no text"
        if not text.isascii() or not text.isdigit():
            raise StoreDamagedError(
                f"{self.pointer}: holds {text[:20]!r} and no snapshot's number; run "
                "`kg doctor --repair` to go to the newest good snapshot"
            )
        return int(text)

    def switch(self, number: int) -> None:
        """Make a complete snapshot the current one: from here on every new reader sees it."""
        write_atomically(self.pointer, f"{number}\n")

    def numbers(self) -> list[int]:
        """Numbers of the complete snapshots there are, ascending, published or not."""
        try:
            names = [path.name for path in self.snapshots.iterdir()]
        except FileNotFoundError:
            return []
        return sorted(int(name) for name in names if name.isascii() and name.isdigit())

    def describe(self, number: int) -> Snapshot:
        """Read ``snapshot.json``; raises StoreDamagedError if it is missing or mutilated."""
        path = self.folder(number) / "snapshot.json"
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            files = {name: (size, sha) for name, (size, sha) in raw["files"].items()}
            return Snapshot(number, raw["schema"], raw["published"], files)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            if isinstance(error, PermissionError):
                raise
            raise StoreDamagedError(
                f"{path}: snapshot {number} is damaged ({error}); run `kg doctor --repair` to go "
                "back to the last good snapshot, or `kg restore` a backup"
            ) from error

    def check_sizes(self, snapshot: Snapshot) -> None:
        """Raise StoreDamagedError unless every file of the snapshot has its size.

        RocksDB itself opens a folder whose manifest was cut short as an empty database.
        """
        folder = self.database(snapshot.number)
        for name, (size, _) in snapshot.files.items():
            try:
                found = (folder / name).stat().st_size
            except FileNotFoundError:
                found = -1
            if found != size:
                state = "is missing" if found < 0 else f"has {found} bytes instead of {size}"
                raise StoreDamagedError(
                    f"{folder / name}: {state}; run `kg doctor --repair` to go back to the last "
                    "good snapshot, or `kg restore` a backup"
                )

    def check_schema(self, snapshot: Snapshot, known: int) -> None:
        """Raise StoreTooNewError if a later version wrote the graph in a form not known here."""
        if snapshot.schema > known:
            raise StoreTooNewError(
                f"{self.root}: the graph was written by a later version of kg (form "
                f"{snapshot.schema}, this one reads up to {known}); upgrade with "
                "`pip install -U ai-industry-kg`"
            )

    def freeze(self, store: ox.Store, number: int, previous: int, schema: int) -> None:
        """Write snapshot ``number`` of an open store, whole and on disk, without switching to it.

        Checksums of files shared with snapshot ``previous`` are taken over from it.
        """
        temporary = self.snapshots / f"{number}.tmp"
        remove_tree(temporary)
        temporary.mkdir(parents=True)
        store.flush()
        store.backup(temporary / "db")
        known = self.describe(previous).files if previous else {}
        files: dict[str, tuple[int, str]] = {}
        for entry in os.scandir(temporary / "db"):
            size = entry.stat().st_size
            if entry.name in known and self._same_file(entry, previous):
                files[entry.name] = known[entry.name]
            else:
                sync_file(Path(entry.path))
                files[entry.name] = (size, checksum(Path(entry.path)))
        described = {"schema": schema, "published": time.time(), "files": files}
        write_atomically(temporary / "snapshot.json", json.dumps(described, indent=1) + "\n")
        (temporary / "readers").touch()
        sync_directory(temporary / "db")
        sync_directory(temporary)
        temporary.replace(self.folder(number))
        sync_directory(self.snapshots)

    def _same_file(self, entry: os.DirEntry[str], number: int) -> bool:
        """Whether a file is hard-linked with that of the same name in a snapshot."""
        try:
            other = (self.database(number) / entry.name).stat()
        except FileNotFoundError:
            return False
        return os.path.samestat(entry.stat(), other)

    def sweep(self) -> int:
        """Remove what nobody needs and return the oldest snapshot left.

        To be called with the writer's lock held. Snapshots above the current one were never
        published; of those below, the last few and those with readers stay.
        """
        current = self.current()
        numbers = self.numbers()
        if current is None:
            return 0
        older = [n for n in numbers if n < current]
        for number in older[:-KEEP] + [n for n in numbers if n > current]:
            lock = Lock(self.readers(number))
            if not lock.acquire():
                continue
            with lock, suppress(PermissionError):  # Windows: still open somewhere; next time
                doomed = self.snapshots / f"{number}.old"
                remove_tree(doomed)
                self.folder(number).replace(doomed)
        for path in self.snapshots.iterdir():
            if path.suffix in (".old", ".tmp"):
                remove_tree(path)
        return min(self.numbers(), default=0)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # 20 ms, for a new store only

    try:
        return version("ai-industry-kg")
    except PackageNotFoundError:
        return "(not installed)"


def checksum(path: Path) -> str:
    """SHA-256 of a file in hex."""
    import hashlib  # for writers only

    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
