"""A picture of the graph for reports: names that do not overlap, and a legend."""

from __future__ import annotations

from typing import BinaryIO

from kg.export.drawing import draw
from kg.export.layout import Positions
from kg.export.view import Progress, View


def write(
    view: View, stream: BinaryIO, positions: Positions, progress: Progress | None = None
) -> None:
    """Write an SVG; sizes are in CSS pixels."""
    stream.write(draw(view, positions, progress).encode("utf-8", "replace"))
