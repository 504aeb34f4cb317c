"""A request for a page: its snapshot, its form, its answer, its errors."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from kg.model import KgError
from kg.records import Catalogue
from kg.store import StoreError
from kg.web.context import Context, context, header, plain
from kg.web.negotiation import HTML, Accept
from kg.web.rendering import render
from kg.web.snapshots import Snapshot

TWINS: Mapping[str, str] = {
    "jsonld": "application/ld+json",
    "ttl": "text/turtle",
    "csv": "text/csv",
}
"""Suffix of an address -> media type of the data behind a page."""
_ALIASES = {"application/json": "jsonld", "application/x-turtle": "ttl", "text/n3": "ttl"}


def alternatives(address: str, query: str = "") -> list[tuple[str, str]]:
    """The names and addresses of the data behind a page."""
    names = {"jsonld": "JSON-LD", "ttl": "Turtle", "csv": "CSV"}
    return [(names[suffix], f"{address}.{suffix}{query}") for suffix in TWINS]


class NotThereError(Exception):
    """There is no such page; carries a sentence, and entities that may have been meant."""

    def __init__(self, message: str, near: Sequence[Any] = ()) -> None:
        super().__init__(message)
        self.near = near


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a page, with the state of the graph it is answered from."""

    request: Request
    shared: Context
    snapshot: Snapshot

    @property
    def catalogue(self) -> Catalogue:
        return self.snapshot.catalogue

    @property
    def accept(self) -> Accept:
        return Accept.parse(header(self.request, "accept"))

    def parameter(self, name: str, limit: int = 500) -> str:
        """A parameter of the address, without control characters, cut at ``limit``."""
        text = self.request.query_params.get(name, "")
        return "".join(c for c in text if c.isprintable() or c in "\n\t").strip()[:limit]

    def twin(self) -> str | None:
        """Which data form the header asks for instead of the page; None is the page."""
        offered = [HTML, *TWINS.values(), *_ALIASES]
        chosen = self.accept.best(offered)
        if chosen is None or chosen == HTML:
            return None
        return next((s for s, t in TWINS.items() if t == chosen), None) or _ALIASES[chosen]

    def form(self) -> str | None:
        """Which data form the address or the header asks for; None is the page."""
        suffix = self.request.path_params.get("form")
        if suffix is None:
            return self.twin()
        if suffix not in TWINS:
            raise NotThereError(f"This page can be had as {', '.join(TWINS)}, not as {suffix!r}.")
        return str(suffix)

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A rendered page."""
        values = {"path": self.request.url.path, "twins": (), "q": "", **values}
        return Response(render(template, values), status, media_type=HTML)


Handler = Callable[[Visit], Response]


def visit(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A handler as an endpoint: run in a thread on a leased snapshot, answered 304 if known."""

    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        shared = context(request)
        return await run_sync(_run, handler, request, shared)

    return endpoint


def _run(handler: Handler, request: Request, shared: Context) -> Response:
    try:
        snapshot = shared.snapshots.acquire()
    except StoreError as error:
        return trouble(request, 503, "The graph cannot be read", str(error))
    try:
        tag = _tag(request, snapshot)
        known = (request.headers.get("if-none-match") or "").replace(" ", "").split(",")
        if tag in known:
            return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept"})
        try:
            response = handler(Visit(request, shared, snapshot))
        except NotThereError as error:
            return trouble(request, 404, "Not in the graph", str(error), error.near)
        except KgError as error:
            return trouble(request, 400, "That cannot be done", str(error))
        if response.status_code == 200:
            response.headers.setdefault("ETag", tag)
            response.headers.setdefault("Cache-Control", "no-cache")
        response.headers.setdefault("Vary", "Accept")
        return response
    finally:
        shared.snapshots.release(snapshot)


def trouble(
    request: Request, status: int, title: str, message: str, near: Sequence[Any] = ()
) -> Response:
    """An error as a page for a browser, as a sentence for anything else."""
    accept = Accept.parse(header(request, "accept"))
    if not accept.wants_page:
        return plain(status, message, {"Vary": "Accept"})
    values = {
        "path": request.url.path,
        "twins": (),
        "q": "",
        "title": title,
        "message": message,
        "near": near,
    }
    return Response(render("error.html", values), status, {"Vary": "Accept"}, HTML)


@cache
def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("ai-industry-kg")
    except PackageNotFoundError:
        return "(not installed)"


def _tag(request: Request, snapshot: Snapshot) -> str:
    """Weak, since the same page may be compressed or not on its way."""
    parts = (
        _version(),
        snapshot.key,
        request.url.path,
        request.url.query,
        header(request, "accept") or "",
    )
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:20]}"'
