"""The application: which address leads where."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from kg.web.context import Context
from kg.web.limits import Guard
from kg.web.pages import error_handlers, routes
from kg.web.protocol import METHODS
from kg.web.settings import Settings
from kg.web.sparql import endpoint


def create_app(settings: Settings) -> Starlette:
    """The web application over one store, as an ASGI application."""
    shared = Context.make(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        shared.close()

    app = Starlette(
        routes=[
            *(
                Route(path, endpoint, methods=METHODS.split(", "))
                for path in ("/sparql", "/sparql/")
            ),
            *routes(),
        ],
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers=error_handlers(),
        lifespan=lifespan,
    )
    app.state.context = shared
    return app
