"""The formats, and the one function that writes them."""

from __future__ import annotations

import gc
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from kg.export.errors import ExportError
from kg.export.layout import Layout, Positions, positions
from kg.export.target import writing
from kg.export.view import Merge, Progress, View, view

if TYPE_CHECKING:
    from kg.export.view import Graph


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name on the command line, its suffixes, what it is for.

    ``parts`` names the files it consists of where it needs more than one; ``merge`` says
    which relationships share an edge in it; ``placed`` whether it holds positions.
    """

    name: str
    suffixes: tuple[str, ...]
    description: str
    writer_path: str
    merge: Merge = Merge.KIND
    placed: bool = False
    parts: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def writer(self) -> Callable[..., None]:
        """``write(view, stream, positions, progress)``, with ``part`` for a format of parts."""
        module, _, name = self.writer_path.partition(":")
        return cast(Callable[..., None], getattr(import_module(module), name))


_ALL: Final = (
    Format(
        "gexf",
        (".gexf",),
        "Gephi: relations, time, colours, sizes and places",
        "kg.export.gexf:write",
        placed=True,
    ),
    Format(
        "gexf-lite",
        (),
        "Gephi Lite: as gexf, without time",
        "kg.export.gexf:write",
        placed=True,
        options={"lite": True},
    ),
    Format(
        "graphml",
        (".graphml",),
        "yEd, Gephi, igraph, networkx: relations, colours, sizes and places",
        "kg.export.graphml:write",
        placed=True,
    ),
    Format(
        "csv",
        (".csv", ".zip"),
        "Spreadsheets and Gephi's spreadsheet import: a table of nodes and one of edges",
        "kg.export.tables:write",
        parts=("nodes", "edges"),
    ),
    Format(
        "parquet",
        (".parquet",),
        "Data frames: a table of nodes and one of relationships (extra: parquet)",
        "kg.export.parquet:write",
        merge=Merge.NONE,
        parts=("nodes", "edges"),
    ),
    Format(
        "cytoscape",
        (".cyjs",),
        "Cytoscape and Cytoscape.js: relationships, colours and places",
        "kg.export.jsons:write_cytoscape",
        merge=Merge.NONE,
        placed=True,
    ),
    Format(
        "node-link",
        (".json",),
        "networkx and D3: the projection whole, with all statements and evidence",
        "kg.export.jsons:write_node_link",
        merge=Merge.NONE,
    ),
    Format(
        "dot",
        (".dot", ".gv"),
        "Graphviz: colours, evidence as tooltips",
        "kg.export.dot:write",
    ),
    Format(
        "svg",
        (".svg",),
        "A picture for reports and web pages",
        "kg.export.svg:write",
        placed=True,
    ),
    Format(
        "png",
        (".png",),
        "The same picture as pixels",
        "kg.export.png:write",
        placed=True,
    ),
)

FORMATS: Final[Mapping[str, Format]] = MappingProxyType({f.name: f for f in _ALL})
"""Name of a format -> the format."""


def format_of(path: Path) -> Format:
    """The format that the file's suffix stands for; raises ExportError if there is none."""
    suffix = path.suffix.lower()
    for found in FORMATS.values():
        if suffix in found.suffixes:
            return found
    known = ", ".join(s for f in FORMATS.values() for s in f.suffixes)
    problem = f"the suffix {path.suffix!r} stands for no format" if suffix else "it has no suffix"
    raise ExportError(
        f"{path}: {problem}; use one of {known}, or name a format: {', '.join(FORMATS)}"
    )


def export_graph(
    graph: Graph,
    target: Path | BinaryIO,
    format: str | None = None,  # noqa: A002 - the word users know
    *,
    progress: Progress | None = None,
    collapse: bool = False,
    layout: Layout = Layout.AUTO,
) -> tuple[Path, ...]:
    """Write a projection to a file or a binary stream; the files written are returned.

    Without ``format`` the suffix of ``target`` decides. ``collapse`` makes one undirected
    edge of all relationships between two nodes. A format of several files (``csv``) takes
    ``name.csv`` for ``name-nodes.csv`` and ``name-edges.csv``, a folder, or a ``.zip``, and goes
    to a stream as a zip. Files appear whole or not at all. Raises ExportError.
    """
    path = target if isinstance(target, Path) else None
    if format is not None and format not in FORMATS:
        raise ExportError(f"unknown format {format!r}; formats are {', '.join(FORMATS)}")
    if format is None and path is None:
        raise ExportError(f"a stream has no suffix; name a format: {', '.join(FORMATS)}")
    chosen = FORMATS[format] if format is not None else format_of(cast(Path, path))
    with _no_collections():
        return _export(graph, target, chosen, progress, collapse, layout)


def _export(
    graph: Graph,
    target: Path | BinaryIO,
    chosen: Format,
    progress: Progress | None,
    collapse: bool,
    layout: Layout,
) -> tuple[Path, ...]:
    looked_at = view(graph, Merge.PAIR if collapse else chosen.merge)
    places = positions(looked_at, layout) if chosen.placed else {}
    if chosen.parts:
        return _write_parts(chosen, looked_at, target, places, progress)
    if not isinstance(target, Path):
        chosen.writer(looked_at, target, places, progress, **chosen.options)
        return ()
    with writing(target) as stream:
        chosen.writer(looked_at, stream, places, progress, **chosen.options)
    return (target,)


@contextmanager
def _no_collections() -> Iterator[None]:
    """A projection is millions of containers; to look through them for cycles that an export
    does not make takes a tenth of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _write_parts(
    chosen: Format,
    looked_at: View,
    target: Path | BinaryIO,
    places: Positions,
    progress: Progress | None,
) -> tuple[Path, ...]:
    suffix = chosen.suffixes[0]

    def write(part: str, stream: BinaryIO) -> None:
        # Only the last part walks the edges, so only it reports progress.
        chosen.writer(looked_at, stream, places, progress, part=part, **chosen.options)

    def write_zip(stream: BinaryIO) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in chosen.parts:
                # The date of a member is fixed: the same graph gives the same bytes.
                entry = zipfile.ZipInfo(f"{part}{suffix}", (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(entry, "w", force_zip64=True) as member:
                    write(part, cast(BinaryIO, member))

    if not isinstance(target, Path):
        write_zip(target)
        return ()
    if target.suffix.lower() == ".zip":
        with writing(target) as stream:
            write_zip(stream)
        return (target,)
    if target.is_dir():
        files = {part: target / f"{part}{suffix}" for part in chosen.parts}
    else:
        files = {p: target.with_name(f"{target.stem}-{p}{suffix}") for p in chosen.parts}
    _write_files(files, write)
    return tuple(files.values())


def _write_files(files: Mapping[str, Path], write: Callable[[str, BinaryIO], None]) -> None:
    """All parts are written before the first one is put in place."""
    with ExitStack() as stack:
        streams = {part: stack.enter_context(writing(path)) for part, path in files.items()}
        for part, stream in streams.items():
            write(part, stream)
