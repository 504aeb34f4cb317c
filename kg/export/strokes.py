"""Edges as lines: parallel ones bend apart, heads touch the disc, doubt is dashed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.export.view import Edge

Point = tuple[float, float]
DASHES: Final = {"planned": "6 4", "rumoured": "6 4", "conditional": "6 4", "denied": "1.5 4"}
_HEAD: Final = 8.0
_BEND: Final = 0.16


@dataclass(frozen=True, slots=True)
class Stroke:
    """A quadratic curve from one disc to another, with its head as a path of its own."""

    edge: Edge
    start: Point
    control: Point
    end: Point
    head: str
    dash: str
    ended: bool

    @property
    def path(self) -> str:
        (x, y), (cx, cy), (u, v) = self.start, self.control, self.end
        if self.edge.source == self.edge.target:
            return f"M{x:.1f} {y:.1f}C{cx - 26:.1f} {cy:.1f} {cx + 26:.1f} {cy:.1f} {u:.1f} {v:.1f}"
        return f"M{x:.1f} {y:.1f}Q{cx:.1f} {cy:.1f} {u:.1f} {v:.1f}"

    def at(self, share: float) -> Point:
        """The point of the curve at a share of its way."""
        a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
        return (
            a * self.start[0] + b * self.control[0] + c * self.end[0],
            a * self.start[1] + b * self.control[1] + c * self.end[1],
        )


def strokes(edges: Sequence[Edge], discs: Mapping[str, tuple[float, float, float]]) -> list[Stroke]:
    """A stroke for every edge; ``discs`` are centre and radius of the nodes."""
    totals = Counter(_pair(e) for e in edges)
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for edge in edges:
        pair = _pair(edge)
        number = seen[pair]
        seen[pair] += 1
        bend = (number - (totals[pair] - 1) / 2) * _BEND
        # Seen from the other end, the same side is the other side.
        found.append(_stroke(edge, discs, bend if edge.source == pair[0] else -bend))
    return found


def points_of(lines: Sequence[Stroke], step: float = 5.0) -> Any:
    """Points (n, 2) along the lines, about ``step`` apart."""
    import numpy as np

    found: list[Point] = []
    for line in lines:
        long = math.hypot(line.end[0] - line.start[0], line.end[1] - line.start[1])
        count = max(2, int(long / step))
        found += [line.at(i / count) for i in range(count + 1)]
    return np.array(found, dtype=np.float64).reshape(-1, 2)


def _pair(edge: Edge) -> tuple[str, str]:
    return (min(edge.source, edge.target), max(edge.source, edge.target))


def _stroke(edge: Edge, discs: Mapping[str, tuple[float, float, float]], bend: float) -> Stroke:
    x, y, r = discs[edge.source]
    u, v, s = discs[edge.target]
    dash, ended = _told(edge)
    if edge.source == edge.target:
        control = (x, y - r - 34)
        return Stroke(edge, (x - r * 0.6, y - r), control, (x + r * 0.6, y - r), "", dash, ended)
    control = ((x + u) / 2 - (v - y) * bend, (y + v) / 2 + (u - x) * bend)
    start = _towards((x, y), control, r + 1)
    tip = _towards((u, v), control, s + 1.5)
    if not edge.style.directed:
        return Stroke(edge, start, control, tip, "", dash, ended)
    neck = _towards(tip, control, _HEAD * 0.8)
    return Stroke(edge, start, control, neck, _arrow(tip, control), dash, ended)


def _told(edge: Edge) -> tuple[str, bool]:
    """The dash of the firmest telling, and whether nothing of it is in force any more."""
    moods = {str(d.get("modality") or "asserted") for _, d in edge.members}
    dash = "" if "asserted" in moods else DASHES.get(sorted(moods)[-1], "")
    return dash, all(d.get("in_force") is False for _, d in edge.members)


def _towards(origin: Point, goal: Point, distance: float) -> Point:
    away = math.hypot(goal[0] - origin[0], goal[1] - origin[1]) or 1.0
    share = min(distance / away, 0.95)
    return (
        origin[0] + (goal[0] - origin[0]) * share,
        origin[1] + (goal[1] - origin[1]) * share,
    )


def _arrow(tip: Point, origin: Point) -> str:
    angle = math.atan2(tip[1] - origin[1], tip[0] - origin[0])
    turns = (angle + math.pi - 0.42, angle + math.pi + 0.42)
    barbs = [(tip[0] + _HEAD * math.cos(t), tip[1] + _HEAD * math.sin(t)) for t in turns]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (tip, *barbs)) + "Z"
