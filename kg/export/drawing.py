"""The picture: what stands where, and how it looks.

Up to a few hundred nodes every name is written, each in a box of its own that no other box
overlaps. Beyond that only the best-connected nodes are named, where there is room.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from kg.export.arrange import arranged
from kg.export.labels import LINE, Box, Dot, covered, free_side, overlap, settled
from kg.export.layout import Positions
from kg.export.legend import heading, legend
from kg.export.palette import edge_colour, hex_colour, node_colour
from kg.export.strokes import Stroke, points_of, strokes
from kg.export.text import attribute, content
from kg.export.typography import FAMILY, short_amount, width, wrapped
from kg.export.view import Edge, Progress, View

ALL_NAMED: Final = 400
_NAMED: Final = 90  # names in a picture of more nodes than that
_AMOUNTS: Final = 80  # edges up to which sums are written on them
_SHARES: Final = (0.5, 0.44, 0.38, 0.56, 0.32, 0.62, 0.27, 0.68, 0.23, 0.74)
_MARGIN: Final = 36.0
_ROOM: Final = 8.0  # kept free between names
_FILLED: Final = 0.45  # share of the picture that discs and names take before they are parted
_INK, _HALO = "#1b1f24", "#ffffff"


def draw(view: View, positions: Positions, progress: Progress | None = None) -> str:
    """The picture as the text of an SVG file."""
    edges = list(view.edges(progress))
    dots = _dots(view, positions, edges)
    lines = strokes(edges, {d.node: (d.x, d.y, d.radius) for d in dots})
    if len(view.nodes) <= ALL_NAMED:
        dots = settled(dots, points_of(lines))
    right = max((b[2] for d in dots for b in d.boxes()), default=200.0) + _MARGIN
    below = max((b[3] for d in dots for b in d.boxes()), default=40.0) + _MARGIN
    head, wide = heading(view, _MARGIN)
    across = max(right, 560.0, wide + 2 * _MARGIN)
    key, height = legend(view, edges, across - 2 * _MARGIN)
    total = below + height + _MARGIN
    crowded = len(view.nodes) > ALL_NAMED
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across:.0f}" height="{total:.0f}" '
        f'viewBox="0 0 {across:.0f} {total:.0f}" font-family="{attribute(FAMILY)}" role="img">\n'
        f"<title>{content(view.title or 'Graph')}</title>\n"
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n',
        head,
        f'<g fill="none" stroke-linecap="round" opacity="{0.35 if crowded else 0.9}">\n',
        *(_line(view, line, crowded) for line in lines),
        "</g>\n<g>\n",
        *(_disc(view, dot) for dot in dots),
        '</g>\n<g text-anchor="middle" paint-order="stroke" stroke-linejoin="round">\n',
        *(_amounts(view, lines, dots) if len(edges) <= _AMOUNTS else ()),
        *(_name(dot) for dot in dots if dot.lines),
        "</g>\n",
        f'<g transform="translate({_MARGIN:.0f} {below:.1f})">\n{key}</g>\n</svg>\n',
    ]
    return "".join(parts)


def _dots(view: View, positions: Positions, edges: Sequence[Edge]) -> list[Dot]:
    import numpy as np

    top = _MARGIN + (46 if view.title else 0)
    most = max(view.degree.values(), default=1) or 1
    if len(view.nodes) > ALL_NAMED:
        return _crowd(view, positions, top)
    plain = [_dot(view, node, most) for node in view.nodes]
    index = {node: i for i, node in enumerate(view.nodes)}
    ends = sorted({(index[e.source], index[e.target]) for e in edges if e.source != e.target})
    pairs = sorted({(min(p), max(p)) for p in ends})
    beside: list[set[int]] = [set() for _ in plain]
    for a, b in pairs:
        beside[a].add(b)
        beside[b].add(a)

    def boxes(part: list[int], places: Any) -> tuple[Any, Any]:
        at = {i: (float(x), float(y)) for i, (x, y) in zip(part, places, strict=True)}
        sizes, offsets = [], []
        for i in part:
            (x, y), others = at[i], [at[j] for j in sorted(beside[i])]
            plain[i] = replace(plain[i], side=free_side([(u - x, v - y) for u, v in others]))
            left, up, right, down = plain[i].extent()
            sizes.append((right - left + _ROOM, down - up + _ROOM))
            offsets.append(((left + right) / 2, (up + down) / 2))
        return np.array(sizes), np.array(offsets)

    few = len(view.nodes) <= 40
    places = arranged(
        view.nodes, positions, boxes, pairs, 150.0 if few else 95.0, filled=None if few else _FILLED
    )
    return [replace(d, x=places[d.node][0] + _MARGIN, y=places[d.node][1] + top) for d in plain]


def _dot(view: View, node: str, most: int) -> Dot:
    share = math.sqrt(view.degree[node] / most)
    bold = share > 0.6 and view.degree[node] > 3
    size = 12.0 + 3.0 * share
    return Dot(node, 0.0, 0.0, 6.0 + 14.0 * share, wrapped(view.labels[node]), size, bold)


def _crowd(view: View, positions: Positions, top: float) -> list[Dot]:
    """All nodes, scaled to a page; names for the best-connected where they fit."""
    xs, ys = zip(*(positions[n] for n in view.nodes), strict=True)
    low, high = (min(xs), max(ys)), (max(xs), min(ys))
    page = min(2400.0, 900.0 + 10 * math.sqrt(len(view.nodes)))
    scale = page / max(high[0] - low[0], low[1] - high[1], 1.0)
    most = max(view.degree.values()) or 1
    taken: list[Box] = []
    found = []
    order = sorted(view.nodes, key=lambda n: (-view.degree[n], n))
    for rank, node in enumerate(order):
        x, y = positions[node]
        share = math.sqrt(view.degree[node] / most)
        dot = Dot(
            node,
            (x - low[0]) * scale + _MARGIN + 40,
            (low[1] - y) * scale + top,
            1.2 + 9.0 * share,
            wrapped(view.labels[node]) if rank < _NAMED else (),
            10.0 + 4.0 * share,
            False,
        )
        if dot.lines:
            box = dot.boxes()[1]
            if any(overlap(box, other) for other in taken):
                dot = Dot(dot.node, dot.x, dot.y, dot.radius, (), dot.size, False)
            else:
                taken.append(box)
        found.append(dot)
    return found[::-1]  # the best-connected on top


def _line(view: View, stroke: Stroke, crowded: bool) -> str:
    edge = stroke.edge
    colour = hex_colour(edge_colour(edge.style.kind))
    dash = f' stroke-dasharray="{stroke.dash}"' if stroke.dash else ""
    faded = ' opacity="0.4"' if stroke.ended else ""
    told = content(f"{view.labels[edge.source]} {edge.style.label} {view.labels[edge.target]}")
    thick = 0.6 if crowded else 1.5
    line = f'<path d="{stroke.path}" stroke="{colour}" stroke-width="{thick}"{dash}/>'
    head = f'<path d="{stroke.head}" fill="{colour}"/>' if stroke.head and not crowded else ""
    return f"<g{faded}><title>{told}</title>{line}{head}</g>\n"


def _disc(view: View, dot: Dot) -> str:
    colour = hex_colour(node_colour(view.node(dot.node).get("kind")))
    rim = 1.5 if dot.radius > 4 else 0.4
    return (
        f'<circle cx="{dot.x:.1f}" cy="{dot.y:.1f}" r="{dot.radius:.1f}" fill="{colour}" '
        f'stroke="#ffffff" stroke-width="{rim}"><title>{content(view.labels[dot.node])}</title></circle>\n'
    )


def _name(dot: Dot) -> str:
    box = dot.name()
    weight = ' font-weight="600"' if dot.bold else ""
    across = dot.side.value[0]
    anchor = "" if not across else f' text-anchor="{"start" if across > 0 else "end"}"'
    x = (box[0] + box[2]) / 2 if not across else box[0] if across > 0 else box[2]
    first = box[1] + dot.size * 0.86
    return "".join(
        f'<text x="{x:.1f}" y="{first + i * dot.size * LINE:.1f}" font-size="{dot.size:.1f}"'
        f'{anchor}{weight} fill="{_INK}" stroke="{_HALO}" stroke-width="3">{content(line)}</text>\n'
        for i, line in enumerate(dot.lines)
    )


def _amounts(view: View, lines: Sequence[Stroke], dots: Sequence[Dot]) -> Iterable[str]:
    """Sums on the edges that state one, where they cover neither a name nor another sum."""
    names = {c.name: i for i, c in enumerate(view.edge_columns)}
    if "amount" not in names or "currency" not in names:
        return
    taken = [box for dot in dots for box in dot.boxes()]
    points = points_of(lines)
    for stroke in lines:
        values = view.edge_values(stroke.edge)
        amount = values[names["amount"]]
        if not isinstance(amount, float):
            continue
        text = short_amount(
            amount,
            str(values[names["currency"]] or ""),
            str(values[names["amount_qualifier"]] or "exact"),
            str(values[names["amount_role"]] or "committed"),
        )
        half = width(text, 10.5) / 2
        own = points_of([stroke])
        best: tuple[int, Box] | None = None
        for share in _SHARES:
            x, y = stroke.at(share)
            box = (x - half - 1, y - 6, x + half + 1, y + 6)
            if any(overlap(box, other) for other in taken):
                continue
            # Fewest other lines below it.
            cost = covered(box, points) - covered(box, own)
            if best is None or cost < best[0]:
                best = (cost, box)
        if best is not None:
            taken.append(best[1])
            yield _amount(text, best[1], hex_colour(edge_colour(stroke.edge.style.kind)))


def _amount(text: str, box: Box, colour: str) -> str:
    left, top, right, _ = box
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="12" '
        f'rx="3" fill="#ffffff" opacity="0.86"/>'
        f'<text x="{(left + right) / 2:.1f}" y="{top + 9.7:.1f}" font-size="10.5" fill="{colour}" '
        f'stroke="{_HALO}" stroke-width="3">{content(text)}</text>\n'
    )
