"""The picture: what stands where, and how it looks.

Up to a few hundred nodes every name is written, each in a box of its own that no other box
overlaps. Beyond that only the best-connected nodes are named, where there is room.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.export.arrange import arranged
from kg.export.layout import Positions
from kg.export.legend import legend
from kg.export.palette import edge_colour, hex_colour, node_colour
from kg.export.strokes import Stroke, strokes
from kg.export.text import attribute, content
from kg.export.typography import FAMILY, short_amount, width, wrapped
from kg.export.view import Edge, Progress, View

ALL_NAMED: Final = 400
_NAMED: Final = 90  # names in a picture of more nodes than that
_AMOUNTS: Final = 80  # edges up to which sums are written on them
_MARGIN: Final = 36.0
_INK, _GREY, _HALO = "#1b1f24", "#5b6470", "#ffffff"


@dataclass(frozen=True, slots=True)
class Dot:
    """A node as drawn: centre and radius of the disc, the lines of its name below it."""

    node: str
    x: float
    y: float
    radius: float
    lines: tuple[str, ...]
    size: float
    bold: bool

    def boxes(self) -> list[tuple[float, float, float, float]]:
        """Left, top, right and bottom of the disc and of the name."""
        r = self.radius
        found = [(self.x - r, self.y - r, self.x + r, self.y + r)]
        if self.lines:
            half = max(width(line, self.size, self.bold) for line in self.lines) / 2
            top = self.y + r + 2
            bottom = top + len(self.lines) * self.size * 1.12
            found.append((self.x - half, top, self.x + half, bottom))
        return found


def draw(view: View, positions: Positions, progress: Progress | None = None) -> str:
    """The picture as the text of an SVG file."""
    edges = list(view.edges(progress))
    dots = _dots(view, positions, edges)
    lines = strokes(edges, {d.node: (d.x, d.y, d.radius) for d in dots})
    right = max((b[2] for d in dots for b in d.boxes()), default=200.0) + _MARGIN
    below = max((b[3] for d in dots for b in d.boxes()), default=40.0) + _MARGIN
    across = max(right, 520.0)
    key, height = legend(view, edges, across - 2 * _MARGIN)
    total = below + height + _MARGIN
    crowded = len(view.nodes) > ALL_NAMED
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across:.0f}" height="{total:.0f}" '
        f'viewBox="0 0 {across:.0f} {total:.0f}" font-family="{attribute(FAMILY)}" role="img">\n'
        f"<title>{content(view.title or 'Graph')}</title>\n"
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n',
        _heading(view),
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
    top = _MARGIN + (46 if view.title else 0)
    most = max(view.degree.values(), default=1) or 1
    if len(view.nodes) > ALL_NAMED:
        return _crowd(view, positions, top)
    plain = [_dot(view, node, most) for node in view.nodes]
    sizes = []
    for dot in plain:
        boxes = dot.boxes()
        wide = max(b[2] - b[0] for b in boxes) + 10
        sizes.append((wide, boxes[-1][3] - boxes[0][1] + 10))
    index = {node: i for i, node in enumerate(view.nodes)}
    pairs = sorted({tuple(sorted((index[e.source], index[e.target]))) for e in edges})
    length = 150.0 if len(view.nodes) <= 40 else 95.0
    places = arranged(view.nodes, positions, sizes, [(a, b) for a, b in pairs], length)
    found = []
    for dot, (_, high) in zip(plain, sizes, strict=True):
        x, y = places[dot.node]
        # The place is the middle of the box; the disc stands at its upper end.
        centre = y - high / 2 + 5 + dot.radius
        found.append(
            Dot(dot.node, x + _MARGIN, centre + top, dot.radius, dot.lines, dot.size, dot.bold)
        )
    return found


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
    taken: list[tuple[float, float, float, float]] = []
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
            if any(_overlap(box, other) for other in taken):
                dot = Dot(dot.node, dot.x, dot.y, dot.radius, (), dot.size, False)
            else:
                taken.append(box)
        found.append(dot)
    return found[::-1]  # the best-connected on top


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _heading(view: View) -> str:
    if not view.title:
        return ""
    graph = view.graph.graph
    counts = f"{_count(len(view.nodes), 'entity', 'entities')}, "
    counts += _count(view.size, "relationship", "relationships")
    notes = [counts]
    notes += [f"as of {graph['as_of']}"] if graph.get("as_of") else []
    notes += [f"as known by {graph['known_by']}"] if graph.get("known_by") else []
    return (
        f'<text x="{_MARGIN:.0f}" y="{_MARGIN + 8:.0f}" font-size="20" font-weight="600" '
        f'fill="{_INK}">{content(view.title)}</text>\n'
        f'<text x="{_MARGIN:.0f}" y="{_MARGIN + 28:.0f}" font-size="13" fill="{_GREY}">'
        f"{content('; '.join(notes))}</text>\n"
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


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
    weight = ' font-weight="600"' if dot.bold else ""
    first = dot.y + dot.radius + 2 + dot.size * 0.82
    return "".join(
        f'<text x="{dot.x:.1f}" y="{first + i * dot.size * 1.12:.1f}" font-size="{dot.size:.1f}"'
        f'{weight} fill="{_INK}" stroke="{_HALO}" stroke-width="3">{content(line)}</text>\n'
        for i, line in enumerate(dot.lines)
    )


def _amounts(view: View, lines: Sequence[Stroke], dots: Sequence[Dot]) -> Iterable[str]:
    """Sums on the edges that state one, where they cover neither a name nor another sum."""
    names = {c.name: i for i, c in enumerate(view.edge_columns)}
    if "amount" not in names:
        return
    taken = [box for dot in dots for box in dot.boxes()]
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
        for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73):
            x, y = stroke.at(share)
            box = (x - half - 1, y - 6, x + half + 1, y + 6)
            if not any(_overlap(box, other) for other in taken):
                taken.append(box)
                colour = hex_colour(edge_colour(stroke.edge.style.kind))
                yield (
                    f'<rect x="{box[0]:.1f}" y="{box[1]:.1f}" width="{2 * half + 2:.1f}" height="12" '
                    f'rx="3" fill="#ffffff" opacity="0.86"/>'
                    f'<text x="{x:.1f}" y="{y + 3.7:.1f}" font-size="10.5" fill="{colour}" '
                    f'stroke="{_HALO}" stroke-width="3">{content(text)}</text>\n'
                )
                break
