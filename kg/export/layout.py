"""Where nodes stand: the same places for the same graph, every time.

Small graphs get a force-directed layout (``kg.export.forces``). For large ones that would
take minutes and memory for every edge, so each node goes to the best-connected of its
neighbours and the trees that result are laid out as discs within discs: hubs stand out,
their satellites surround them, and the cost is one walk over the edges.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.export.view import View

Positions = Mapping[str, tuple[float, float]]

FORCE_NODES: Final = 1500
"""Above this many nodes ``AUTO`` takes the layout by hubs."""
_GOLDEN: Final = math.pi * (3 - math.sqrt(5))
_SPACE: Final = 30.0  # half the distance between neighbouring leaves, in Gephi's units


class Layout(Enum):
    """How nodes are placed."""

    AUTO = "auto"
    FORCE = "force"
    HUBS = "hubs"


def positions(view: View, layout: Layout = Layout.AUTO) -> Positions:
    """A place for every node, in Gephi's units (a small node measures about ten)."""
    if layout is Layout.AUTO:
        layout = Layout.FORCE if len(view.nodes) <= FORCE_NODES else Layout.HUBS
    hubs = _by_hubs(view)
    if layout is Layout.HUBS or len(view.nodes) < 2:
        return hubs
    from kg.export.forces import settle

    return settle(view, hubs)


def _by_hubs(view: View) -> dict[str, tuple[float, float]]:
    order = sorted(view.nodes, key=lambda n: (-view.degree[n], n))
    rank = {node: i for i, node in enumerate(order)}
    parent = _parents(view, order, rank)
    children: list[list[int]] = [[] for _ in order]
    roots: list[int] = []
    for i, p in enumerate(parent):
        (roots if p < 0 else children[p]).append(i)
    radius = [_SPACE] * len(order)
    # A parent always ranks before its children, so backwards every child is done first.
    for i in range(len(order) - 1, -1, -1):
        if children[i]:
            radius[i] = _ring(children[i], radius)[1]
    places: list[tuple[float, float]] = [(0.0, 0.0)] * len(order)
    for i, place in zip(roots, _pack(roots, radius), strict=True):
        places[i] = place
    for i in range(len(order)):
        if children[i]:
            x, y = places[i]
            for child, (dx, dy) in zip(children[i], _ring(children[i], radius)[0], strict=True):
                places[child] = (x + dx, y + dy)
    return {node: places[i] for i, node in enumerate(order)}


def _parents(view: View, order: list[str], rank: Mapping[str, int]) -> list[int]:
    """The rank of each node's best-connected neighbour, -1 where none is better than itself."""
    graph = view.graph
    found = []
    for i, node in enumerate(order):
        # Straight from the dictionaries of networkx: its views would take most of the time.
        neighbours = chain(graph._succ[node], graph._pred[node])  # type: ignore[attr-defined]
        best = min(map(rank.__getitem__, neighbours), default=i)
        found.append(best if best < i else -1)
    return found


def _ring(children: list[int], radius: list[float]) -> tuple[list[tuple[float, float]], float]:
    """Discs on a spiral around their parent, largest first; and the radius of the whole."""
    places = _pack(children, radius, hole=_SPACE)
    reach = max(math.hypot(x, y) + radius[c] for c, (x, y) in zip(children, places, strict=True))
    return places, reach


def _pack(members: list[int], radius: list[float], hole: float = 0.0) -> list[tuple[float, float]]:
    """Places for discs on a sunflower whose area grows with the area of the discs."""
    area = hole * hole * 1.5
    found: dict[int, tuple[float, float]] = {}
    for n, member in enumerate(sorted(members, key=lambda m: (-radius[m], m))):
        own = radius[member] ** 2 * 1.3
        distance = math.sqrt(area + own) if area or n else 0.0
        found[member] = (distance * math.cos(n * _GOLDEN), distance * math.sin(n * _GOLDEN))
        area += own
    return [found[m] for m in members]
