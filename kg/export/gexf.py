"""GEXF 1.3, written as a stream: what Gephi reads without a word of complaint.

Choices that Gephi's importer asks for: numeric attribute ids; one attribute block a class;
the relation in ``kind``, where Gephi keeps parallel edges apart by it; days as dates, whole
and without overlap; colours as integers. The lite variant leaves time out, for Gephi Lite.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from kg.export.columns import Column
from kg.export.layout import Positions
from kg.export.palette import edge_colour, node_colour, node_size
from kg.export.rows import EdgeLines, EdgeMarkup, Markup
from kg.export.spells import Spell, edge_spells
from kg.export.text import attribute
from kg.export.view import Edge, Progress, Style, View

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
    "<meta>\n<creator>kg</creator>\n"
)
_CHUNK: Final = 200
_MARKUP: Final = Markup('<attvalue for="%d" value="', '"/>', attribute)
_KEPT: Final = 20_000


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
    parts: list[str] = []
    for node in view.nodes:
        data = view.node(node)
        x, y = positions[node]
        r, g, b = node_colour(data.get("kind"))
        parts.append(f'<node id="{attribute(node)}" label="{attribute(view.labels[node])}">')
        parts.append("<attvalues>")
        parts.append(_MARKUP.row(view.node_values(node)))
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
    markup = EdgeMarkup(_MARKUP, _head, _Times() if timed else _no_times, _tail)
    line = EdgeLines(view, markup, {node: attribute(node) for node in view.nodes})
    parts: list[str] = []
    for n, edge in enumerate(view.edges(progress)):
        parts.append(line(edge))
        if not n % _CHUNK:
            stream.write("".join(parts).encode())
            parts.clear()
    parts.append("</edges>\n")
    stream.write("".join(parts).encode())


def _head(edge: Edge) -> str:
    style = edge.style
    if style.kind:
        relation = f'kind="{attribute(style.kind)}"'
    else:  # a pair: all kinds in one edge
        relation = f'weight="{len(edge.members)}.0"'
    direction = "directed" if style.directed else "undirected"
    rest = f'type="{direction}" {relation} label="{attribute(style.label)}"'.replace("%", "%%")
    return f'<edge id="%s" source="%s" target="%s" {rest}><attvalues>'


def _tail(style: Style) -> str:
    r, g, b = edge_colour(style.kind)
    return f'<viz:color r="{r}" g="{g}" b="{b}"/></edge>\n'


def _no_times(_: Edge) -> str:
    return "</attvalues>"


class _Times(dict[tuple[str | None, str | None], str]):
    """Start and end of a relationship -> its spells as written after the values."""

    def __call__(self, edge: Edge) -> str:
        if len(edge.members) > 1:
            return _spells(edge_spells(edge))
        data = edge.members[0][1]
        period = (data.get("start"), data.get("end"))
        written = self.get(period)
        if written is None:
            written = _spells(edge_spells(edge))
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
