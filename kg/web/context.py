"""What every request handler needs of its server."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import Response

from kg.store.workers import Pool
from kg.web.answers import Answers
from kg.web.lanes import Lanes
from kg.web.settings import Settings
from kg.web.snapshots import Snapshots

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(eq=False)
class Context:
    """One server's settings and what its requests share."""

    settings: Settings
    snapshots: Snapshots
    pool: Pool
    lanes: Lanes
    answers: Answers = field(default_factory=lambda: Answers(16 << 20))
    threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(32))

    @classmethod
    def make(cls, settings: Settings) -> Context:
        """Everything a server with these settings shares; nothing is opened yet."""
        places = settings.quick + settings.slow
        return cls(
            settings,
            Snapshots(settings.location),
            Pool(places + settings.quick, settings.memory),
            Lanes(settings.quick, settings.slow, settings.patience, settings.client_queries),
            threads=CapacityLimiter(places + settings.quick),
        )

    def close(self) -> None:
        """End the workers and let go of the store."""
        self.pool.close()
        self.snapshots.close()

    @cached_property
    def templates(self) -> Environment:
        """The pages' templates; every value is escaped unless it was made to be HTML."""
        from kg.web.rendering import environment

        return environment()


def context(request: Request) -> Context:
    """The context of the server that got a request."""
    found: Context = request.app.state.context
    return found


def plain(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    """A sentence for a program or a terminal."""
    return Response(message + "\n", status, headers, "text/plain; charset=utf-8")


def client(request: Request) -> str:
    """The address a request came from."""
    return request.client.host if request.client else "?"


def header(request: Request, name: str) -> str | None:
    """All values of a header as one, None where it is absent."""
    values = request.headers.getlist(name)
    return ", ".join(values) if values else None
