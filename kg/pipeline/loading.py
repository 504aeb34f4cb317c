"""Prepared statements into a store: quads in files, as ``kg export`` and the cluster write them."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from pyoxigraph import DefaultGraph

from kg.articles.streams import Counted
from kg.model import KgError
from kg.pipeline.maintenance import rebuild
from kg.resolution.linking import Linker
from kg.store import StoreError
from kg.store.writer import Writer

ENDINGS = {
    ".nq": "nquads",
    ".nt": "ntriples",
    ".ttl": "turtle",
    ".trig": "trig",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".xml": "rdfxml",
}
"""Endings of the files that are loaded, each with or without ``.gz``."""

_BUFFER = 1 << 20


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load took in; ``derived`` says whether relationships were worked out again."""

    files: int
    bytes: int
    derived: bool


def files(paths: Iterable[str | Path]) -> list[Path]:
    """The files to load: those named, and of folders those with a known ending, in order.

    Raises KgError for what is not there, has no known ending, or holds nothing to load.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and _format(p) is not None)
            inside = [p for p in inside if not p.name.startswith((".", "_"))]
            if not inside:
                raise KgError(f"{path}: holds no quads; give files ending in {_known()}")
            found += inside
        elif not path.exists():
            raise KgError(f"{path}: is not there; check the path")
        elif _format(path) is None:
            raise KgError(f"{path}: of unknown form; give files ending in {_known()}")
        else:
            found.append(path)
    return found


def load(
    writer: Writer,
    paths: list[Path],
    linker: Linker,
    *,
    on_bytes: Callable[[int], None] | None = None,
    on_file: Callable[[], None] | None = None,
) -> Loaded:
    """Load files into a store, in bounded memory; in a folder they appear all or none.

    An empty store takes the quads as they are, the derived ones included. Where the store
    held something, or nothing derived was loaded, relationships are worked out again from
    all statements. Raises StoreError naming file, line and column of what is malformed.
    """
    was_empty = next(iter(writer.quads(graph=DefaultGraph())), None) is None
    total = 0
    for path in paths:
        total += path.stat().st_size
        try:
            with path.open("rb", buffering=_BUFFER) as raw:
                counted = cast(BinaryIO, Counted(raw, on_bytes)) if on_bytes else raw
                stream = gzip.GzipFile(fileobj=counted) if path.suffix == ".gz" else counted
                writer.bulk_load(cast(BinaryIO, stream), format=_format(path) or "")
        except StoreError as error:
            place = f"{path}:" if str(error)[:1].isdigit() else f"{path}: "  # line and column
            raise StoreError(f"{place}{error}") from error
        except (OSError, EOFError) as error:
            if error.errno if isinstance(error, OSError) else False:
                raise
            raise StoreError(f"{path}: damaged gzip data ({error}); fetch it again") from error
        if on_file:
            on_file()
    bare = was_empty and next(iter(writer.quads(graph=DefaultGraph())), None) is None
    if not was_empty or bare:
        rebuild(writer, linker)
    return Loaded(len(paths), total, not was_empty or bare)


def _format(path: Path) -> str | None:
    name = path.name.removesuffix(".gz")
    return ENDINGS.get(Path(name).suffix.lower())


def _known() -> str:
    return ", ".join(ENDINGS) + " (or these with .gz)"
