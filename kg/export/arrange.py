"""Room for labels: boxes moved apart until none overlaps, islands set side by side.

A layout places points; a reader needs names. Each node is given a box that holds its disc and
its label, and the boxes are pushed apart along the way that takes the least, again and again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

_ROUNDS: Final = 600
_PATIENCE: Final = 200
_GROWTH: Final = 1.03
_DRAWN_IN: Final = 0.6  # the power that distances from the centre are taken to in a dense picture


def separate(centres: Array, sizes: Array) -> Array:
    """Centres (n, 2) of boxes of the sizes (n, 2), as near the given as need be, none overlapping.

    Boxes of the same centre are parted in the order given, so the result is always the same.
    """
    import numpy as np

    centres = centres.copy()
    count = len(centres)
    if count < 2:
        return centres
    # A box exactly upon another has no way to go: the order gives it one.
    centres += np.stack((np.arange(count), np.arange(count)[::-1]), axis=1) * 1e-6
    room = (sizes[:, None, :] + sizes[None, :, :]) / 2
    off = ~np.eye(count, dtype=bool)
    for turn in range(_ROUNDS):
        delta = centres[:, None, :] - centres[None, :, :]
        depth = room - np.abs(delta)
        clash = (depth > 1e-6).all(axis=2) & off
        if not clash.any():
            return centres
        across = depth[:, :, 0] <= depth[:, :, 1]
        sign = np.where(delta >= 0, 1.0, -1.0)
        push_x = np.where(clash & across, depth[:, :, 0] * sign[:, :, 0], 0.0)
        push_y = np.where(clash & ~across, depth[:, :, 1] * sign[:, :, 1], 0.0)
        centres[:, 0] += push_x.sum(axis=1) * 0.5 / np.maximum(1, (push_x != 0).sum(axis=1)) * 1.1
        centres[:, 1] += push_y.sum(axis=1) * 0.5 / np.maximum(1, (push_y != 0).sum(axis=1)) * 1.1
        if turn % 20 == 19 and turn >= _PATIENCE:  # too dense to settle: widen it a little
            centres *= _GROWTH
    return _spread(centres, room, off)


def _spread(centres: Array, room: Array, off: Any) -> Array:
    """Blow the whole up until nothing overlaps: always ends, as no two centres are the same."""
    import numpy as np

    while True:
        delta = np.abs(centres[:, None, :] - centres[None, :, :])
        if not ((room - delta > 1e-6).all(axis=2) & off).any():
            return centres
        centres = centres * 1.25


def islands(nodes: Sequence[str], pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The connected parts as lists of indices, largest first."""
    above = list(range(len(nodes)))

    def top(i: int) -> int:
        while above[i] != i:
            above[i] = above[above[i]]
            i = above[i]
        return i

    for a, b in pairs:
        x, y = sorted((top(a), top(b)))
        above[y] = x
    found: dict[int, list[int]] = {}
    for i in range(len(nodes)):
        found.setdefault(top(i), []).append(i)
    return sorted(found.values(), key=lambda part: (-len(part), part[0]))


def pack(
    boxes: Sequence[tuple[float, float]], gap: float, aspect: float
) -> list[tuple[float, float]]:
    """Top left corners for boxes (width, height) in rows, the whole about ``aspect`` wide by high."""
    area = sum((w + gap) * (h + gap) for w, h in boxes)
    limit = max(max(w for w, _ in boxes), (area * aspect) ** 0.5)
    places: list[tuple[float, float]] = [(0.0, 0.0)] * len(boxes)
    order = sorted(range(len(boxes)), key=lambda i: (-boxes[i][1], i))
    x = y = row = 0.0
    for i in order:
        w, h = boxes[i]
        if x and x + w > limit:
            x, y, row = 0.0, y + row + gap, 0.0
        places[i] = (x, y)
        x += w + gap
        row = max(row, h)
    return places


Boxes = Callable[[list[int], "Array"], tuple["Array", "Array"]]
"""From indices of nodes and their places (n, 2), y downwards, to the sizes of their boxes (n, 2)
and to where the centres of the boxes lie as seen from the places (n, 2)."""


def arranged(
    nodes: Sequence[str],
    positions: Mapping[str, tuple[float, float]],
    boxes: Boxes,
    pairs: Sequence[tuple[int, int]],
    length: float,
    *,
    filled: float | None = None,
    apart: bool = True,
) -> dict[str, tuple[float, float]]:
    """Places (y downwards, all above nought) whose boxes do not overlap.

    ``length`` is the wished-for distance of connected nodes; ``filled`` instead the share of the
    room that the boxes of an island take before they are parted. Without ``apart`` boxes
    may overlap, and only the islands are set side by side.
    """
    import numpy as np

    if not nodes:
        return {}
    points = np.array([positions[n] for n in nodes], dtype=np.float64) * (1.0, -1.0)
    found = np.zeros_like(points)
    parts = islands(nodes, pairs)
    spans = []
    for part in parts:
        index = {node: i for i, node in enumerate(part)}
        ends = [(index[a], index[b]) for a, b in pairs if a in index and a != b]
        centres = points[part] - points[part].mean(axis=0)
        if ends:
            gaps = centres[[a for a, _ in ends]] - centres[[b for _, b in ends]]
            usual = float(np.median(np.hypot(gaps[:, 0], gaps[:, 1])))
            centres *= length / max(usual, 1e-9)
        centres = _wide(centres)
        sizes, offsets = boxes(part, centres)
        if filled is not None and len(part) > 3:
            centres = _dense(centres, sizes, filled)
        centres = centres + offsets
        if apart:
            centres = separate(centres, sizes)
        low = (centres - sizes / 2).min(axis=0)
        high = (centres + sizes / 2).max(axis=0)
        found[part] = centres - offsets - low
        spans.append((float(high[0] - low[0]), float(high[1] - low[1])))
    for part, place in zip(parts, pack(spans, length * 0.35, 1.45), strict=True):
        found[part] += place
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, found, strict=True)}


def _dense(centres: Array, sizes: Array, filled: float) -> Array:
    """The same arrangement drawn in at its ends, in as little room as the boxes ask for."""
    import numpy as np

    away = np.maximum(np.hypot(centres[:, 0], centres[:, 1]), 1e-9)
    centres = centres * (away ** (_DRAWN_IN - 1.0))[:, None]
    wide, high = np.maximum(np.ptp(centres, axis=0), 1e-9)
    room = float((sizes[:, 0] * sizes[:, 1]).sum()) / filled
    # Between the arrangement's own shape and that of a page.
    across = (room * (1.45 * wide / high) ** 0.5) ** 0.5
    drawn: Array = centres * (across / wide, room / across / high)
    return drawn


def _wide(centres: Array) -> Array:
    """Turned so that the longest way lies across: pictures are wider than high."""
    import numpy as np

    if len(centres) < 3:
        return np.array([[i * 1.0, 0.0] for i in range(len(centres))]) * _extent(centres)
    _, axes = np.linalg.eigh(centres.T @ centres)
    axes = axes[:, ::-1] * np.where(axes[0, ::-1] < 0, -1.0, 1.0)
    turned: Array = centres @ axes
    return turned


def _extent(centres: Array) -> float:
    import numpy as np

    return float(np.ptp(centres, axis=0).max()) or 1.0
