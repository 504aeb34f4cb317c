"""GEXF 1.3, written as a stream: what Gephi reads without a word of complaint.

Choices that Gephi's importer asks for: numeric attribute ids; one attribute block a class;
the relation in ``kind``, where Gephi keeps parallel edges apart by it; days as dates, whole
and without overlap; colours as integers. The lite variant leaves time out, for Gephi Lite.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from kg.export.columns import Column, Value, node_values
from kg.export.layout import Positions
from kg.export.palette import edge_colour, node_colour
from kg.export.spells import Spell
from kg.export.text import attribute
from kg.export.view import Edge, Merge, Progress, View

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
    "<meta>\n<creator>kg</creator>\n"
)
_CHUNK: Final = 200
_KEPT: Final = 2000


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
    default = "undirected" if view.merge is Merge.PAIR else "directed"
    parts.append(f'</meta>\n<graph {time} defaultedgetype="{default}" idtype="string">\n')
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
    styles: dict[tuple[str, str], tuple[str, str]] = {}
    parts: list[str] = []
    for n, edge in enumerate(view.edges(progress)):
        style = styles.get((edge.kind, edge.label))
        if style is None:
            style = styles[edge.kind, edge.label] = _style(edge)
        weight = f' weight="{edge.relationships}.0"' if collapsed else ""
        parts.append(
            f'<edge id="{attribute(edge.id)}" source="{ids[edge.source]}" '
            f'target="{ids[edge.target]}"{weight}{style[0]}'
        )
        parts += [known[value] for known, value in zip(pieces, edge.values, strict=True)]
        parts.append(_spells(edge.spells) if timed and edge.spells else "</attvalues>")
        parts.append(style[1])
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


def _spells(spells: Sequence[Spell]) -> str:
    marks = []
    for start, end in spells:
        first = f' start="{start}"' if start else ""
        last = f' end="{end}"' if end else ""
        marks.append(f"<spell{first}{last}/>")
    return f"</attvalues><spells>{''.join(marks)}</spells>"


def _style(edge: Edge) -> tuple[str, str]:
    """What edges of one kind and label share: the end of the opening tag, and the colour."""
    r, g, b = edge_colour(edge.kind)
    kind = f' kind="{attribute(edge.kind)}"' if edge.kind else ""
    return (
        f' type="{"directed" if edge.directed else "undirected"}"{kind} '
        f'label="{attribute(edge.label)}"><attvalues>',
        f'<viz:color r="{r}" g="{g}" b="{b}"/></edge>\n',
    )
