"""``/ontology``: what every class and property means; ``/openapi.json``: what can be asked."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable
from functools import cache

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.ontology import ALIGNMENTS, ONTOLOGY, SHAPES, text
from kg.web.limits import POLICY
from kg.web.negotiation import HTML
from kg.web.openapi import api
from kg.web.visits import Visit, visit

_STYLE = re.compile(r"<style>(.*?)</style>", re.S)
FILES = (ONTOLOGY, SHAPES, ALIGNMENTS)


@cache
def _page() -> tuple[str, str]:
    """The reference, and the policy that lets its own style sheet through and no other."""
    from kg.ontology_docs.page import html

    page = html()
    hashes = [
        base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in _STYLE.findall(page)
    ]
    allowed = " ".join(["'self'", *(f"'sha256-{h}'" for h in hashes)])
    return page, POLICY.replace("style-src 'self'", f"style-src {allowed}")


@visit
def page(visit: Visit) -> Response:
    """The reference as a page, or the ontology itself as Turtle."""
    if visit.twin() == "ttl":
        return Response(text(ONTOLOGY), media_type="text/turtle")
    page, policy = _page()
    return Response(page, headers={"Content-Security-Policy": policy}, media_type=HTML)


def file(name: str) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that gives one of ``FILES``."""

    @visit
    def endpoint(_: Visit) -> Response:
        return Response(text(name), media_type="text/turtle")

    return endpoint


@visit
def openapi(visit: Visit) -> Response:
    """The description of every address in OpenAPI 3.1."""
    return JSONResponse(api())
