"""The pages, rendered on the server; each is good without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from kg.web.context import plain


def routes() -> list[BaseRoute]:
    return []


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return plain(error.status_code, error.detail, dict(error.headers or {}))


def error_handlers() -> Mapping[Any, Any]:
    return {HTTPException: _http_error}
