"""The colours of the kinds as a style sheet, the same as in every exported picture."""

from __future__ import annotations

from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from kg.export.palette import EDGE_COLOURS, NODE_COLOURS, hex_colour


@cache
def sheet() -> str:
    """One class for each kind of relationship (``k-``) and of entity (``e-``)."""
    edges = [f".k-{kind}{{--k:{hex_colour(c)}}}" for kind, c in EDGE_COLOURS.items()]
    nodes = [f".e-{kind}{{--k:{hex_colour(c)}}}" for kind, c in NODE_COLOURS.items()]
    return "\n".join([*edges, *nodes]) + "\n"


async def palette(_: Request) -> Response:
    """``/static/palette.css``."""
    return Response(sheet(), media_type="text/css", headers={"Cache-Control": "max-age=3600"})
