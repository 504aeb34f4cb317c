"""Quads out of files, streams and values, and in pieces of a bounded size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.store.errors import StoreError
from kg.store.evaluate import FORMATS, GraphName, graph_name

PIECE = 400_000
"""Quads loaded at a time. pyoxigraph's loader keeps what it is given until it has a million for
each of its threads, which is gigabytes; so it is given less."""


def parsed(
    source: Iterable[ox.Quad] | IO[bytes] | Path,
    format: str,  # noqa: A002 - the name users know
    graph: GraphName | str | None,
    note: str = "",
) -> Iterator[ox.Quad]:
    """The quads of a source; those without a graph are put into ``graph``.

    Raises StoreError naming file, line and column of what is malformed, and ``note`` after it.
    """
    if format not in FORMATS:
        raise StoreError(f"unknown format {format!r}; choose one of {', '.join(FORMATS)}")
    place = graph_name(graph)
    try:
        if isinstance(source, Path):
            with source.open("rb", buffering=1 << 20) as stream:
                yield from _placed(ox.parse(stream, FORMATS[format]), place)
        elif hasattr(source, "read"):
            yield from _placed(ox.parse(cast(IO[bytes], source), FORMATS[format]), place)
        else:
            yield from _placed(source, place)
    except SyntaxError as error:
        where = f"{source}:" if isinstance(source, Path) else ""
        raise StoreError(
            f"{where}{error.lineno or 0}:{error.offset or 0}: not valid {format}: {error.msg}{note}"
        ) from error


def in_pieces(quads: Iterable[ox.Quad], size: int = PIECE) -> Iterator[Iterable[ox.Quad]]:
    """The quads in pieces; each is to be read to its end before the next."""
    rest = iter(quads)
    for first in rest:
        yield chain([first], islice(rest, size - 1))


def _placed(quads: Iterable[ox.Quad], place: GraphName | None) -> Iterable[ox.Quad]:
    if place is None:
        return quads
    default = ox.DefaultGraph()
    return (
        ox.Quad(q.subject, q.predicate, q.object, place) if q.graph_name == default else q
        for q in quads
    )
