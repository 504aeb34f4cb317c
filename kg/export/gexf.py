"""GEXF 1.3, written as a stream: what Gephi reads without a word of complaint.

Choices that Gephi's importer asks for: numeric attribute ids; one attribute block a class;
the relation in ``kind``, where Gephi keeps parallel edges apart by it; days as dates, whole
and without overlap; colours as integers. The lite variant leaves time out, for Gephi Lite.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from kg.export.columns import Column, Value, node_values
from kg.export.errors import ExportError
from kg.export.layout import Positions
from kg.export.palette import edge_colour, node_colour
from kg.export.spells import Spell, spells
from kg.export.text import attribute
from kg.export.view import Edge, Merge, Progress, Style, View

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
    "<meta>\n<creator>kg</creator>\n"
)
_CHUNK: Final = 200
_KEPT: Final = 5000


def write(
    view: View,
    stream: BinaryIO,
    positions: Positions,
    progress: Progress | None = None,
    *,
    lite: bool = False,
) -> None:
    """Write the graph; with ``lite`` without time. ``positions`` maps a node to (x, y)."""
    _write_head(view, stream, dynamic=view.dated and not lite)
    _write_nodes(view, stream, positions)
    _write_edges(view, stream, progress, timed=view.dated and not lite)
    stream.write(b"</graph>\n</gexf>\n")


def _write_head(view: View, stream: BinaryIO, *, dynamic: bool) -> None:
    parts = [_HEAD]
    if view.title:
        parts.append(f"<description>{attribute(view.title)}</description>\n")
    time = (
        'mode="dynamic" timeformat="date" timerepresentation="interval"'
        if dynamic
        else 'mode="static"'
    )
    # Gephi drops undirected edges from a graph whose default is directed, and the other way
    # round; with edges of both sorts there must be no default.
    default = ""
    if len(view.directions) == 1:
        directed = True in view.directions
        default = f' defaultedgetype="{"directed" if directed else "undirected"}"'
    parts.append(f'</meta>\n<graph {time}{default} idtype="string">\n')
    parts.append(_declare("node", view.node_columns))
    parts.append(_declare("edge", view.edge_columns))
    stream.write("".join(parts).encode())


def _declare(owner: str, columns: Sequence[Column]) -> str:
    if not columns:
        return ""
    lines = [f'<attributes class="{owner}" mode="static">\n']
    for i, column in enumerate(columns):
        title = attribute(column.name)
        lines.append(f'<attribute id="{i}" title="{title}" type="{column.type}"/>\n')
    return "".join([*lines, "</attributes>\n"])


def _write_nodes(view: View, stream: BinaryIO, positions: Positions) -> None:
    stream.write(b"<nodes>\n")
    columns = view.node_columns
    pieces = _pieces(columns)
    parts: list[str] = []
    for node in view.nodes:
        data = view.node(node)
        x, y = positions[node]
        r, g, b = node_colour(data.get("kind"))
        parts.append(f'<node id="{attribute(node)}" label="{attribute(view.labels[node])}">')
        parts.append("<attvalues>")
        row = node_values(data, columns)
        parts += [known[value] for known, value in zip(pieces, row, strict=True)]
        parts.append(
            f'</attvalues><viz:size value="{node_size(view.degree[node]):.1f}"/>'
            f'<viz:position x="{x:.2f}" y="{y:.2f}" z="0.0"/>'
            f'<viz:color r="{r}" g="{g}" b="{b}"/></node>\n'
        )
        if len(parts) > _CHUNK * 20:
            stream.write("".join(parts).encode())
            parts.clear()
    parts.append("</nodes>\n")
    stream.write("".join(parts).encode())


def _write_edges(view: View, stream: BinaryIO, progress: Progress | None, *, timed: bool) -> None:
    stream.write(b"<edges>\n")
    collapsed = view.merge is Merge.PAIR
    pieces = _pieces(view.edge_columns)
    ids = {node: attribute(node) for node in view.nodes}
    styles: dict[Style, tuple[str, str]] = {}
    times = _Times()
    parts: list[str] = []
    for n, edge in enumerate(view.edges(progress)):
        name, source, target, style, members, values = edge
        head, tail = styles.get(style) or styles.setdefault(style, _style(style))
        weight = f' weight="{len(members)}.0"' if collapsed else ""
        parts.append(
            f'<edge id="{attribute(name)}" source="{ids[source]}" target="{ids[target]}"{weight}{head}'
        )
        parts += [known[value] for known, value in zip(pieces, values, strict=True)]
        parts.append(times.of(edge) if timed else "</attvalues>")
        parts.append(tail)
        if not n % _CHUNK:
            stream.write("".join(parts).encode())
            parts.clear()
    parts.append("</edges>\n")
    stream.write("".join(parts).encode())


def node_size(degree: int) -> float:
    """Diameter in Gephi's units: the area grows with the degree, and the least stay visible."""
    return float(8 + 6 * min(degree, 400) ** 0.5)


class _Pieces(dict[Value, str]):
    """A column's value -> what is written for it, remembered where values come again."""

    def __init__(self, number: int, column: Column) -> None:
        super().__init__({None: "", "": ""})
        self._prefix = f'<attvalue for="{number}" value="'
        self._room = _KEPT if column.repeats else 0

    def __missing__(self, value: Value) -> str:
        piece = f'{self._prefix}{_text(value)}"/>'
        if self._room:
            self._room -= 1
            self[value] = piece
        return piece


def _pieces(columns: Sequence[Column]) -> list[_Pieces]:
    return [_Pieces(i, column) for i, column in enumerate(columns)]


def _text(value: Value) -> str:
    if isinstance(value, str):
        return attribute(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)


class _Times(dict[tuple[str | None, str | None], str]):
    """Start and end of a relationship -> its spells as written after the values, remembered within bounds."""

    def of(self, edge: Edge) -> str:
        try:
            if len(edge.members) == 1:
                data = edge.members[0][1]
                return self[data.get("start"), data.get("end")]
            return _spells(spells((d.get("start"), d.get("end")) for _, d in edge.members))
        except ValueError as error:
            ids = ", ".join(str(key) for key, _ in edge.members)
            raise ExportError(
                f"relationship {ids} ({edge.source} to {edge.target}): {error}; mend it at its source"
            ) from error

    def __missing__(self, period: tuple[str | None, str | None]) -> str:
        written = _spells(spells([period]))
        if len(self) < _KEPT:
            self[period] = written
        return written


def _spells(found: Sequence[Spell]) -> str:
    marks = []
    for start, end in found:
        first = f' start="{start}"' if start else ""
        last = f' end="{end}"' if end else ""
        marks.append(f"<spell{first}{last}/>")
    return f"</attvalues><spells>{''.join(marks)}</spells>" if marks else "</attvalues>"


def _style(style: Style) -> tuple[str, str]:
    """What edges of one style share: the end of the opening tag, and all after the times."""
    r, g, b = edge_colour(style.kind)
    kind = f' kind="{attribute(style.kind)}"' if style.kind else ""
    return (
        f' type="{"directed" if style.directed else "undirected"}"{kind} '
        f'label="{attribute(style.label)}"><attvalues>',
        f'<viz:color r="{r}" g="{g}" b="{b}"/></edge>\n',
    )
