"""Nodes and edges as tables: CSV for Gephi's spreadsheet import, Parquet for data frames.

The first columns bear the names Gephi looks for. A text that a spreadsheet would run as a
formula is preceded by an apostrophe, which spreadsheets do not show.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from kg.export.columns import Column, Value
from kg.export.layout import Positions
from kg.export.view import Progress, View

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CHUNK: Final = 2000

NODE_HEAD: Final = ("Id", "Label")
EDGE_HEAD: Final = ("Source", "Target", "Type", "Kind", "Id", "Label", "Weight")


def write(
    view: View, stream: BinaryIO, positions: Positions, progress: Progress | None, *, part: str
) -> None:
    """Write one part, ``nodes`` or ``edges``, as CSV in UTF-8 with a header."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*head(part), *(c.name for c in columns(view, part))])
    for n, row in enumerate(rows(view, part, progress)):
        writer.writerow([guarded(v) if isinstance(v, str) else _plain(v) for v in row])
        if not n % _CHUNK:
            stream.write(text.getvalue().encode("utf-8", "replace"))
            text.seek(0)
            text.truncate()
    stream.write(text.getvalue().encode("utf-8", "replace"))


def head(part: str) -> Sequence[str]:
    """The names of the columns that every graph has."""
    return NODE_HEAD if part == "nodes" else EDGE_HEAD


def columns(view: View, part: str) -> list[Column]:
    """The further columns. The kind of an edge has its place in the head already."""
    found = view.node_columns if part == "nodes" else view.edge_columns
    return [c for c in found if part == "nodes" or c.name != "kind"]


def rows(view: View, part: str, progress: Progress | None = None) -> Iterator[list[Value]]:
    """The table's rows, in the order of ``head`` and ``columns``."""
    if part == "nodes":
        for node in view.nodes:
            yield [node, view.labels[node], *view.node_values(node)]
        return
    kind = [c.name for c in view.edge_columns].index("kind")
    for edge in view.edges(progress):
        values = view.edge_values(edge)
        style = edge.style
        yield [
            edge.source,
            edge.target,
            "Directed" if style.directed else "Undirected",
            style.kind or values[kind],
            edge.id,
            style.label,
            1.0 if style.kind else float(len(edge.members)),
            *values[:kind],
            *values[kind + 1 :],
        ]


def guarded(text: str) -> str:
    """The text, kept from being a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
