"""Names beside their discs: on the side where fewest lines run, never upon one another.

First each name takes the side away from the neighbours of its node. Once everything stands in
its place, names are tried on the other sides, and move where they cover fewer lines and no
other name or disc.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from kg.export.typography import width

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""

LINE: Final = 1.12  # height of a line in the size of its letters
_GAP: Final = 3.0
_SWEEPS: Final = 3
_SPARE: Final = 2.0  # what is kept free around a name that moves


class Side(Enum):
    """Where a name stands, as seen from its disc: right and down are positive."""

    SOUTH = (0, 1)
    NORTH = (0, -1)
    EAST = (1, 0)
    WEST = (-1, 0)
    SOUTH_EAST = (1, 1)
    SOUTH_WEST = (-1, 1)
    NORTH_EAST = (1, -1)
    NORTH_WEST = (-1, -1)


_STRAIGHT: Final = (Side.SOUTH, Side.NORTH, Side.EAST, Side.WEST)


@dataclass(frozen=True, slots=True)
class Dot:
    """A node as drawn: centre and radius of its disc, the lines of its name and their side."""

    node: str
    x: float
    y: float
    radius: float
    lines: tuple[str, ...]
    size: float
    bold: bool
    side: Side = Side.SOUTH

    def disc(self) -> Box:
        r = self.radius
        return (self.x - r, self.y - r, self.x + r, self.y + r)

    def name(self) -> Box:
        """Where the name stands; nowhere and no room without one."""
        if not self.lines:
            return (self.x, self.y, self.x, self.y)
        wide = max(width(line, self.size, self.bold) for line in self.lines)
        high = len(self.lines) * self.size * LINE
        across, down = self.side.value
        reach = self.radius * (0.75 if across and down else 1.0) + (_GAP if across else 2.0)
        left = self.x + (across * reach if across > 0 else across * reach - wide)
        if not across:
            left = self.x - wide / 2
        top = self.y + (reach if down > 0 else -reach - high)
        if not down:
            top = self.y - high / 2
        return (left, top, left + wide, top + high)

    def boxes(self) -> list[Box]:
        """The disc and, if there is one, the name."""
        return [self.disc(), self.name()] if self.lines else [self.disc()]

    def extent(self) -> Box:
        """The least box around disc and name."""
        boxes = self.boxes()
        return (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def free_side(directions: Sequence[tuple[float, float]]) -> Side:
    """The side of four that is farthest from the directions in which lines leave."""
    if not directions:
        return Side.SOUTH
    angles = [math.atan2(y, x) for x, y in directions]

    def nearest(side: Side) -> float:
        x, y = side.value
        own = math.atan2(y, x)
        return min(abs(math.remainder(own - angle, math.tau)) for angle in angles)

    # Below and above take less room across than beside.
    return max(_STRAIGHT, key=lambda s: nearest(s) - (0.25 if s.value[0] else 0.0))


def settled(dots: Sequence[Dot], points: Array) -> list[Dot]:
    """Dots whose names cover as few of the ``points`` (n, 2) of lines as can be.

    Names and discs that did not overlap before do not overlap after it.
    """
    import numpy as np

    found = list(dots)
    discs = np.array([d.disc() for d in found], dtype=np.float64)
    names = np.array([d.name() for d in found], dtype=np.float64)
    for _ in range(_SWEEPS):
        moved = False
        for i, dot in enumerate(found):
            if not dot.lines:
                continue
            best, least = dot, covered(dot.name(), points)
            for side in Side:
                if least == 0:
                    break
                other = replace(dot, side=side)
                if side is dot.side or not _clear(other.name(), i, discs, names):
                    continue
                if (cost := covered(other.name(), points)) < least:
                    best, least = other, cost
            if best is not dot:
                found[i], names[i], moved = best, best.name(), True
        if not moved:
            break
    return found


def covered(box: Box, points: Array) -> int:
    """How many of the points (n, 2) lie in the box."""
    inside = (
        (points[:, 0] > box[0])
        & (points[:, 0] < box[2])
        & (points[:, 1] > box[1])
        & (points[:, 1] < box[3])
    )
    return int(inside.sum())


def _clear(box: Box, own: int, discs: Array, names: Array) -> bool:
    left, top, right, bottom = (box[0] - _SPARE, box[1] - _SPARE, box[2] + _SPARE, box[3] + _SPARE)
    for other in (discs, names):
        clash = (
            (other[:, 0] < right)
            & (other[:, 2] > left)
            & (other[:, 1] < bottom)
            & (other[:, 3] > top)
        )
        clash[own] = False
        if clash.any():
            return False
    return True
