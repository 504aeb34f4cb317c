"""The pages, rendered on the server; each is good without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg.web.pages import article, ask, explorer, home, lists, ontology, search, things
from kg.web.pages.palette import palette
from kg.web.visits import trouble

_STATIC = Path(__file__).parents[1] / "static"


def routes() -> list[BaseRoute]:
    """Every address but the endpoint's."""
    return [
        Route("/", home.page),
        Route("/id/{name:path}", things.page),
        Route("/article/{name:path}", article.page),
        Route("/kind/{kind}", lists.kind_page),
        Route("/entities/{kind}", lists.entities_page),
        Route("/regulators", lists.regulators),
        Route("/conflicts", lists.conflicts),
        Route("/search", search.page),
        Route("/suggest", search.suggest),
        Route("/ask", ask.page),
        Route("/index.{form}", home.page),
        Route("/regulators.{form}", lists.regulators),
        Route("/conflicts.{form}", lists.conflicts),
        Route("/search.{form}", search.page),
        Route("/ask.{form}", ask.page),
        Route("/explorer", explorer.page),
        Route("/explorer/graph.json", explorer.graph),
        Route("/explorer/evidence/{name:path}", explorer.evidence),
        Route("/ontology", ontology.page),
        *(Route(f"/ontology/{name}", ontology.file(name)) for name in ontology.FILES),
        Route("/openapi.json", ontology.openapi),
        Route("/static/palette.css", palette),
        Route("/favicon.ico", lambda _: RedirectResponse("/static/icon.svg", 301)),
        Mount("/static", StaticFiles(directory=_STATIC)),
    ]


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    titles = {404: "Nothing here", 405: "Not that way"}
    messages = {
        404: "There is no page at this address.",
        405: "This address is read with GET.",
    }
    title = titles.get(status, "That went wrong")
    response = await run_sync(trouble, request, status, title, messages.get(status, str(error)))
    for name, value in (getattr(error, "headers", None) or {}).items():
        response.headers[name] = value
    return response


def error_handlers() -> Mapping[Any, Any]:
    """Errors as pages or sentences; nothing of the inside of the server in them."""
    return {HTTPException: _http_error}
