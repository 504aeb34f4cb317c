"""The colours of the kinds as a style sheet, those of every exported picture."""

from __future__ import annotations

from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from kg.export.palette import EDGE_COLOURS, NODE_COLOURS, Colour, hex_colour

_LIGHT: Colour = (255, 255, 255)
_DARK: Colour = (28, 32, 37)
"""The paper of the two themes, ``--card`` in style.css."""
_LEAST = 3.0
"""Contrast that a line must have with the paper (WCAG 2.2, 1.4.11)."""


@cache
def sheet() -> str:
    """One class for each kind of relationship (``k-``) and of entity (``e-``).

    Lines are darkened or lightened as far as the theme's paper demands; dots keep their colour,
    since they have a rim.
    """
    light = [
        f".k-{kind}{{--k:{hex_colour(legible(c, _LIGHT))}}}" for kind, c in EDGE_COLOURS.items()
    ]
    dark = [(f".k-{kind}", hex_colour(legible(c, _DARK))) for kind, c in EDGE_COLOURS.items()]
    nodes = [f".e-{kind}{{--k:{hex_colour(c)}}}" for kind, c in NODE_COLOURS.items()]
    chosen = [f':root[data-theme="dark"] {name}{{--k:{c}}}' for name, c in dark]
    system = [f':root:not([data-theme="light"]) {name}{{--k:{c}}}' for name, c in dark]
    preferred = ["@media (prefers-color-scheme: dark){", *system, "}"]
    return "\n".join([*light, *nodes, *preferred, *chosen]) + "\n"


def legible(colour: Colour, paper: Colour) -> Colour:
    """The colour itself, or as little nearer to black or white as it takes to stand out."""
    far = 0 if sum(paper) > 384 else 255
    for step in range(21):
        red, green, blue = (round(part + (far - part) * step / 20) for part in colour)
        found = (red, green, blue)
        if contrast(found, paper) >= _LEAST:
            return found
    return (far, far, far)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""
    dim, bright = sorted(map(_luminance, (one, other)))
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (x / 255 for x in colour)
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


async def palette(_: Request) -> Response:
    """``/static/palette.css``."""
    return Response(sheet(), media_type="text/css", headers={"Cache-Control": "max-age=3600"})
