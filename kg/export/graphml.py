"""GraphML that yEd opens as a picture and Gephi, networkx and igraph as data.

Every edge is written as directed and the symmetric ones carry ``symmetric``: neither networkx
nor igraph reads a file of both sorts. yEd takes shapes, colours and places from its own
elements, Gephi from the keys ``x``, ``y``, ``size``, ``r``, ``g`` and ``b``. The keys of yEd's
elements bear names under which Gephi knows a label, for without a name it complains of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import BinaryIO, Final

from kg.export.columns import Column
from kg.export.layout import Positions
from kg.export.palette import edge_colour, hex_colour, node_colour, node_size
from kg.export.rows import EdgeLines, EdgeMarkup, Markup
from kg.export.text import attribute, content
from kg.export.view import Edge, Progress, Style, View, escaped

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:y="http://www.yworks.com/xml/graphml" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd">
<key id="ny" for="node" attr.name="nodelabel" attr.type="string" yfiles.type="nodegraphics"/>
<key id="ey" for="edge" attr.name="edgelabel" attr.type="string" yfiles.type="edgegraphics"/>
<key id="nl" for="node" attr.name="label" attr.type="string"/>
<key id="el" for="edge" attr.name="label" attr.type="string"/>
<key id="es" for="edge" attr.name="symmetric" attr.type="boolean"/>
<key id="nx" for="node" attr.name="x" attr.type="double"/>
<key id="np" for="node" attr.name="y" attr.type="double"/>
<key id="ns" for="node" attr.name="size" attr.type="double"/>
<key id="nr" for="node" attr.name="r" attr.type="int"/>
<key id="ng" for="node" attr.name="g" attr.type="int"/>
<key id="nb" for="node" attr.name="b" attr.type="int"/>
"""
_TYPES: Final = {"string": "string", "double": "double", "integer": "int", "boolean": "boolean"}
_NODE: Final = Markup('<data key="n%d">', "</data>", content)
_EDGE: Final = Markup('<data key="e%d">', "</data>", content)
_CHUNK: Final = 200
_TOKEN: Final = re.compile(
    "[-.:_A-Za-z0-9\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
    "\u3041-\u3094\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3]+"
).fullmatch


def write(
    view: View, stream: BinaryIO, positions: Positions, progress: Progress | None = None
) -> None:
    """Write the graph; ``positions`` maps a node to (x, y)."""
    parts = [
        _HEAD,
        _declare("n", "node", view.node_columns),
        _declare("e", "edge", view.edge_columns),
    ]
    if view.collapsed:
        parts.append('<key id="ew" for="edge" attr.name="weight" attr.type="double"/>\n')
    title = f"<desc>{content(view.title)}</desc>\n" if view.title else ""
    parts.append(f'<graph id="kg" edgedefault="directed">\n{title}')
    ids = _ids(view.nodes)
    for node in view.nodes:
        parts.append(_node(view, node, ids[node], positions[node]))
        if len(parts) > _CHUNK:
            stream.write("".join(parts).encode())
            parts.clear()
    markup = EdgeMarkup(_EDGE, _head, lambda _: "", _tail)
    line = EdgeLines(view, markup, ids)
    for edge in view.edges(progress):
        parts.append(line(edge))
        if len(parts) > _CHUNK:
            stream.write("".join(parts).encode())
            parts.clear()
    parts.append("</graph>\n</graphml>\n")
    stream.write("".join(parts).encode())


def _declare(prefix: str, owner: str, columns: Sequence[Column]) -> str:
    return "".join(
        f'<key id="{prefix}{i}" for="{owner}" attr.name="{attribute(c.name)}" '
        f'attr.type="{_TYPES[c.type]}"/>\n'
        for i, c in enumerate(columns)
    )


def _ids(nodes: Sequence[str]) -> dict[str, str]:
    """The ids of nodes as tokens of XML, which GraphML asks for; nearly all are such already."""
    found = {node: node for node in nodes if _TOKEN(node)}
    taken = set(found)
    for node in nodes:
        if node not in found:
            name = escaped(node)
            while name in taken or not name:
                name += "."
            taken.add(name)
            found[node] = name
    return found


def _node(view: View, node: str, name: str, place: tuple[float, float]) -> str:
    x, y = place
    r, g, b = colour = node_colour(view.node(node).get("kind"))
    size = node_size(view.degree[node])
    label = content(view.labels[node])
    # The y axis of yEd points down, that of Gephi up. The shape comes first: networkx takes
    # places from it as texts, and then as numbers from the keys that follow.
    return (
        f'<node id="{name}">'
        f'<data key="ny"><y:ShapeNode><y:Geometry height="{size:.1f}" width="{size:.1f}" '
        f'x="{x:.2f}" y="{-y:.2f}"/><y:Fill color="{hex_colour(colour)}" transparent="false"/>'
        f'<y:BorderStyle color="#ffffff" type="line" width="1.0"/>'
        f'<y:NodeLabel modelName="sides" modelPosition="s">{label}</y:NodeLabel>'
        f'<y:Shape type="ellipse"/></y:ShapeNode></data>'
        f'<data key="nl">{label}</data>{_NODE.row(view.node_values(node))}'
        f'<data key="nx">{x:.2f}</data><data key="np">{y:.2f}</data>'
        f'<data key="ns">{size:.1f}</data>'
        f'<data key="nr">{r}</data><data key="ng">{g}</data><data key="nb">{b}</data></node>\n'
    )


def _head(edge: Edge) -> str:
    style = edge.style
    symmetric = "false" if style.directed else "true"
    weight = "" if style.kind else f'<data key="ew">{len(edge.members)}.0</data>'
    label = content(style.label).replace("%", "%%")
    return (
        '<edge id="%s" source="%s" target="%s">'
        f'<data key="el">{label}</data><data key="es">{symmetric}</data>{weight}'
    )


def _tail(style: Style) -> str:
    arrow = "standard" if style.directed else "none"
    return (
        f'<data key="ey"><y:PolyLineEdge>'
        f'<y:LineStyle color="{hex_colour(edge_colour(style.kind))}" type="line" width="1.0"/>'
        f'<y:Arrows source="none" target="{arrow}"/></y:PolyLineEdge></data></edge>\n'
    )
