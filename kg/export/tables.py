"""Nodes and edges as tables: CSV for Gephi's spreadsheet import, Parquet for data frames.

The first columns bear the names Gephi looks for. A text that a spreadsheet would run as a
formula is preceded by an apostrophe, which spreadsheets do not show. Gephi reads a backslash as
the start of an escape and a lone carriage return as the end of a record, so in CSV the one is
doubled and the other a line feed. It takes a column of ISO dates for points in time, 2019 for the
2019th millisecond, and no longer any intervals; so dates are written with slashes there, and
``Timeset`` holds the spells.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from kg.export.columns import Column, Value
from kg.export.layout import Positions
from kg.export.spells import edge_spells
from kg.export.view import Edge, Progress, View

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
    timed = view.dated and part == "edges"
    further = columns(view, part)
    first = len(head(part))
    dates = [first + n for n, column in enumerate(further) if column.date]
    titles = [*head(part), *(c.name for c in further)]
    writer.writerow([*titles, "Timeset"] if timed else titles)
    for n, (edge, row) in enumerate(_rows(view, part, progress)):
        for place in dates:
            if value := row[place]:
                row[place] = str(value).replace("-", "/")
        if timed and edge is not None:
            row.append(_timeset(edge))
        writer.writerow([cell(v) if isinstance(v, str) else _plain(v) for v in row])
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
    for _, row in _rows(view, part, progress):
        yield row


def _rows(
    view: View, part: str, progress: Progress | None
) -> Iterator[tuple[Edge | None, list[Value]]]:
    if part == "nodes":
        for node in view.nodes:
            yield None, [node, view.labels[node], *view.node_values(node)]
        return
    kind = [c.name for c in view.edge_columns].index("kind")
    for edge in view.edges(progress):
        values = view.edge_values(edge)
        style = edge.style
        row = [
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
        yield edge, row


def _timeset(edge: Edge) -> str:
    """When the edge exists, as Gephi writes a set of intervals; empty where always."""
    found = edge_spells(edge)
    spans = (f"[{first or '-Infinity'}, {last or 'Infinity'}]" for first, last in found)
    return f"<{'; '.join(spans)}>" if found else ""


def cell(text: str) -> str:
    """The text as a cell that is no formula and that Gephi reads as it is."""
    if "\\" in text or "\r" in text:
        text = text.replace("\\", "\\\\").replace("\r\n", "\n").replace("\r", "\n")
    # Spreadsheets look past blanks; a tab or a line's end is of the formula signs itself.
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
