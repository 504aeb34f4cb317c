"""JSON for Cytoscape, and node-link JSON for networkx and D3.

Both hold one edge for every relationship. Node-link JSON is the one format that keeps the
projection whole, with its statements and their evidence as they are; amounts and other
decimals are texts there, so that no digit is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, BinaryIO

from kg.export.columns import plain
from kg.export.layout import Positions
from kg.export.palette import edge_colour, hex_colour, node_colour
from kg.export.view import Progress, View


def write_node_link(
    view: View, stream: BinaryIO, positions: Positions, progress: Progress | None = None
) -> None:
    """What ``networkx.node_link_graph(..., edges="edges")`` reads back."""
    graph = {k: v for k, v in view.graph.graph.items() if v is not None}
    stream.write(
        b'{"directed": true, "multigraph": true, "graph": ' + _json(graph) + b',\n"nodes": [\n'
    )
    _list(stream, ({**view.node(node), "id": node} for node in view.nodes))
    stream.write(b'],\n"edges": [\n')
    if view.collapsed:
        edges: Iterable[Mapping[str, Any]] = (
            {**_edge(view, e), "source": e.source, "target": e.target, "key": e.id}
            for e in view.edges(progress)
        )
    else:
        edges = (
            {**e.members[0][1], "source": e.source, "target": e.target, "key": e.members[0][0]}
            for e in view.edges(progress)
        )
    _list(stream, edges)
    stream.write(b"]}\n")


def write_cytoscape(
    view: View, stream: BinaryIO, positions: Positions, progress: Progress | None = None
) -> None:
    """What Cytoscape and Cytoscape.js open: flat data, places and colours."""
    stream.write(
        b'{"format_version": "1.0", "generated_by": "kg", "target_cytoscapejs_version": "~3.0",\n'
        b'"data": ' + _json({"name": view.title}) + b',\n"elements": {"nodes": [\n'
    )
    _list(stream, (_cytoscape_node(view, node, positions[node]) for node in view.nodes))
    stream.write(b'],\n"edges": [\n')
    _list(
        stream,
        (
            {
                "data": {
                    **_edge(view, e),
                    "id": e.id,
                    "source": e.source,
                    "target": e.target,
                    "interaction": e.style.kind or "related",
                    "label": e.style.label,
                    "symmetric": not e.style.directed,
                    "color": hex_colour(edge_colour(e.style.kind)),
                }
            }
            for e in view.edges(progress)
        ),
    )
    stream.write(b"]}}\n")


def _cytoscape_node(view: View, node: str, place: tuple[float, float]) -> dict[str, Any]:
    names = [c.name for c in view.node_columns]
    values = zip(names, view.node_values(node), strict=True)
    x, y = place
    return {
        "data": {
            **{n: v for n, v in values if v is not None},
            "id": node,
            "name": view.labels[node],
            "label": view.labels[node],
            "color": hex_colour(node_colour(view.node(node).get("kind"))),
        },
        # Screens count downwards.
        "position": {"x": round(x, 2), "y": round(-y, 2)},
    }


def _edge(view: View, edge: Any) -> dict[str, Any]:
    names = [c.name for c in view.edge_columns]
    values = zip(names, view.edge_values(edge), strict=True)
    return {n: v for n, v in values if v is not None and v != ""}


def _list(stream: BinaryIO, items: Iterable[Mapping[str, Any]]) -> None:
    for n, item in enumerate(items):
        stream.write((b",\n" if n else b"") + _json(item))
    stream.write(b"\n")


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, default=_other, allow_nan=False)
    return text.encode("utf-8", "replace")


def _other(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return str(value)
