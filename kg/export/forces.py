"""A force-directed layout after ForceAtlas2 (Jacomy et al. 2014), exact and deterministic.

Nodes repel each other by their degrees, edges pull, gravity keeps islands near. It starts
from a given arrangement, not from chance; at the end overlapping nodes are parted and islands
set side by side.
Time grows with the square of the number of nodes: a second or two for a thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from kg.export.arrange import arranged
from kg.export.palette import node_size

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from kg.export.view import View

    Array = npt.NDArray[np.float64]

_SCALING: Final = 80.0
_GRAVITY: Final = 1.0
_GAP: Final = 12.0
_PARTED: Final = 400  # nodes up to which overlaps are looked for
_LENGTH: Final = 150.0  # the median length of an edge, in Gephi's units
_WORK: Final = 80_000_000  # pairs of nodes looked at, over all steps
_STEPS: Final = (50, 600)


def settle(view: View, start: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Positions (x, y) of all nodes, starting from ``start``; the centre is the origin."""
    import numpy as np

    nodes = view.nodes
    index = {node: i for i, node in enumerate(nodes)}
    ends = _ends(view, index)
    place = np.array([start[n] for n in nodes], dtype=np.float64)
    mass = np.ones(len(nodes))
    np.add.at(mass, ends.ravel(), 1.0)
    steps = int(min(max(_WORK / len(nodes) ** 2, _STEPS[0]), _STEPS[1]))
    place = _relax(place, ends, mass, steps)
    settled = {n: (float(x), float(y)) for n, (x, y) in zip(nodes, place, strict=True)}
    widths = np.array([node_size(view.degree[n]) + _GAP for n in nodes])
    sizes = np.stack((widths, widths), axis=1)
    placed = arranged(
        nodes,
        settled,
        lambda part, _: (sizes[part], np.zeros((len(part), 2))),
        [(int(a), int(b)) for a, b in ends],
        _LENGTH,
        apart=len(nodes) <= _PARTED,
    )
    x, y = (sum(p[axis] for p in placed.values()) / len(nodes) for axis in (0, 1))
    return {node: (left - x, y - down) for node, (left, down) in placed.items()}


def _ends(view: View, index: Mapping[str, int]) -> Any:
    """Pairs of connected nodes, each once, as an integer array of shape (pairs, 2)."""
    import numpy as np

    found = {
        (min(index[s], index[t]), max(index[s], index[t]))
        for s, after in view.graph.adjacency()
        for t in after
        if s != t
    }
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)


def _relax(place: Array, ends: Any, mass: Array, steps: int) -> Array:
    import numpy as np

    speed, efficiency = 1.0, 1.0
    before = np.zeros_like(place)
    for _ in range(steps):
        force = _forces(place, ends, mass)
        swing = np.hypot(*(force - before).T)
        traction = np.hypot(*(force + before).T) / 2
        before = force
        total_swing, total_traction = float(mass @ swing), float(mass @ traction)
        if total_swing == 0.0:
            break
        jitter = max(np.sqrt(0.05 * np.sqrt(len(place))) * 0.2, 0.05)
        target = jitter * efficiency * total_traction / total_swing
        if total_swing > total_traction and efficiency > 0.05:
            efficiency *= 0.9
        elif speed < 1000:
            efficiency *= 1.05
        speed += min(target - speed, 0.5 * speed)
        step = speed / (1.0 + np.sqrt(speed * swing * mass))
        place = place + force * step[:, None]
    return place


def _forces(place: Array, ends: Any, mass: Array) -> Array:
    import numpy as np

    delta_x = place[:, None, 0] - place[None, :, 0]
    delta_y = place[:, None, 1] - place[None, :, 1]
    square = delta_x * delta_x + delta_y * delta_y
    np.fill_diagonal(square, 1.0)
    push = _SCALING * mass[:, None] * mass[None, :] / np.maximum(square, 1e-4)
    force: Array = np.stack(((delta_x * push).sum(axis=1), (delta_y * push).sum(axis=1)), axis=1)
    if len(ends):
        a, b = ends[:, 0], ends[:, 1]
        pull = place[b] - place[a]
        np.add.at(force, a, pull)
        np.add.at(force, b, -pull)
    distance = np.maximum(np.hypot(place[:, 0], place[:, 1]), 1e-9)
    force -= place * (_GRAVITY * _SCALING * mass / distance)[:, None] * 0.1
    return force
