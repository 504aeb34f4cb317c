"""DOT for Graphviz: labels, colours, and the evidence as tooltips and links."""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from kg.export.layout import Positions
from kg.export.palette import edge_colour, hex_colour, node_colour
from kg.export.text import token
from kg.export.view import Edge, Progress, View

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]|[\ud800-\udfff]")
_CHUNK: Final = 500


def write(
    view: View, stream: BinaryIO, positions: Positions, progress: Progress | None = None
) -> None:
    """Write a digraph; symmetric relations have no arrow head. Graphviz places the nodes."""
    parts = [
        f"digraph {_quoted(view.title or 'kg')} {{\n",
        'graph [overlap="prism", splines="true", outputorder="edgesfirst"];\n'
        'node [shape="ellipse", style="filled", fontname="Helvetica", penwidth="0"];\n'
        'edge [fontname="Helvetica", fontsize="9"];\n',
    ]
    for node in view.nodes:
        data = view.node(node)
        kind = str(data.get("kind") or "")
        colour = node_colour(kind)
        ink = (
            "#000000"
            if sum(c * w for c, w in zip(colour, (3, 6, 1), strict=True)) > 1400
            else "#ffffff"
        )
        attributes = {
            "label": view.labels[node],
            "fillcolor": hex_colour(colour),
            "fontcolor": ink,
            "tooltip": f"{view.labels[node]} ({kind})" if kind else view.labels[node],
            "class": kind,
            "URL": str(data.get("iri") or ""),
        }
        parts.append(f"{_quoted(node)} {_list(attributes)};\n")
    names = {c.name: i for i, c in enumerate(view.edge_columns)}
    for n, edge in enumerate(view.edges(progress)):
        parts.append(_edge(view, edge, names))
        if not n % _CHUNK:
            stream.write("".join(parts).encode())
            parts.clear()
    parts.append("}\n")
    stream.write("".join(parts).encode())


def _edge(view: View, edge: Edge, names: dict[str, int]) -> str:
    values = view.edge_values(edge)
    style = edge.style

    def of(name: str) -> str:
        value = values[names[name]] if name in names else None
        return "" if value is None else str(value)

    firm = all(m == "asserted" for m in of("modality").split("; ")) or not of("modality")
    attributes = {
        "id": edge.id,
        "label": style.label,
        "color": hex_colour(edge_colour(style.kind)),
        "fontcolor": hex_colour(edge_colour(style.kind)),
        "style": "" if firm else "dashed",
        "dir": "" if style.directed else "none",
        "class": style.kind,
        "tooltip": " – ".join(filter(None, (of("amounts"), of("quote"), of("sources")))),
        "URL": of("iri").split(" ")[0],
    }
    return f"{_quoted(edge.source)} -> {_quoted(edge.target)} {_list(attributes)};\n"


def _list(attributes: dict[str, str]) -> str:
    return "[" + ", ".join(f"{k}={_quoted(v)}" for k, v in attributes.items() if v) + "]"


def _quoted(text: str) -> str:
    """In double quotes; a backslash is doubled, for Graphviz reads escapes in labels."""
    clean = token(_FORBIDDEN.sub("", text)).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{clean}"'
