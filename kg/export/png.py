"""The picture as pixels, through resvg.

The font comes with the program, so the pixels are the same on every machine. Only a label that
Source Sans Pro cannot write (Chinese, say) takes a font of the system.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Final

from kg.export.drawing import draw
from kg.export.layout import Positions
from kg.export.view import Progress, View

_ZOOM: Final = 2.0
_WIDEST: Final = 12_000.0  # pixels: more than any viewer shows at once
_LAST_LATIN: Final = "\u052f"  # the font covers Latin, Greek and Cyrillic


def write(
    view: View, stream: BinaryIO, positions: Positions, progress: Progress | None = None
) -> None:
    """Write a PNG at twice the size in CSS pixels."""
    import font_source_sans_pro
    import resvg_py

    picture = draw(view, positions, progress)
    folder = Path(font_source_sans_pro.__file__).parent
    fonts = sorted(
        str(p)
        for p in folder.rglob("SourceSansPro-*.ttf")
        if p.stem.endswith(("-Regular", "-Semibold", "-It"))
    )
    size = max(float(n) for n in picture.split('viewBox="0 0 ', 1)[1].split('"', 1)[0].split())
    foreign = any(max(label, default=" ") > _LAST_LATIN for label in view.labels.values())
    stream.write(
        bytes(
            resvg_py.svg_to_bytes(
                svg_string=picture,
                zoom=min(_ZOOM, _WIDEST / size),
                font_files=fonts,
                skip_system_fonts=not foreign,
                sans_serif_family="Source Sans Pro",
                font_family="Source Sans Pro",
            )
        )
    )
