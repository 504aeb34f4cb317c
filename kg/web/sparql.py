"""The SPARQL endpoint: a request in, serialised results out as they are made."""

from __future__ import annotations

import hashlib
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import lru_cache

from anyio import CancelScope
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from kg.store import QueryError, QueryRefusedError, QueryTimeoutError, StoreError
from kg.store.workers import Answer
from kg.web.answers import Kept, is_settled
from kg.web.context import Context, client, context, header, plain
from kg.web.description import describe
from kg.web.lanes import BusyError
from kg.web.negotiation import GRAPHS, NAMES, SOLUTIONS, Accept, named
from kg.web.protocol import METHODS, Operation, RequestError, read
from kg.web.snapshots import Snapshot

_HELD = 1 << 16
"""Bytes of an answer that are waited for before any is sent: a failure in them has a status."""

_LATE = (
    "the query took longer than {:g} s, this server's limit, and was ended; make it more specific "
    "or add a LIMIT"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The media types that suit a client best; None where none will do."""

    solutions: str | None
    graph: str | None

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, accept: Accept, name: str | None) -> Wanted:
        """From the header, or from the parameter ``format``; raises RequestError."""
        if name is None:
            return cls(accept.best(list(SOLUTIONS)), accept.best(list(GRAPHS)))
        types = named(name)
        if types is None:
            raise RequestError(400, f"format: {name!r} is not one of {', '.join(NAMES)}")
        return cls(*types)

    @property
    def formats(self) -> tuple[str, str]:
        """The store's names of the two formats; any, where nothing will do."""
        return (
            SOLUTIONS[self.solutions] if self.solutions else "json",
            GRAPHS[self.graph] if self.graph else "turtle",
        )

    def media_type(self, kind: str) -> str:
        """The type for an answer of a kind (select, ask, graph); raises RequestError with 406."""
        chosen = self.graph if kind == "graph" else self.solutions
        if chosen is None:
            offered = GRAPHS if kind == "graph" else SOLUTIONS
            raise RequestError(406, f"this answer can be had as {', '.join(offered)}")
        return chosen


@dataclass(frozen=True, slots=True)
class Running:
    """An answer under way: its first bytes, and the rest where there is more."""

    kind: str
    held: bytes
    rest: Iterator[bytes] | None


async def endpoint(request: Request) -> Response:
    """``/sparql``: a query's answer, or what the endpoint is."""
    accept = Accept.parse(header(request, "accept"))
    try:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": METHODS})
        operation = read(
            request.method,
            request.scope["query_string"],
            request.headers.get("content-type"),
            await request.body(),
        )
        if operation.format is None and accept.wants_page:
            from kg.web.pages.query import query_page

            return await query_page(request, operation)
        if operation.query is None:
            return await _description(request, accept)
        return await _answer(request, operation, Wanted.of(accept, operation.format))
    except RequestError as error:
        return plain(error.status, error.message, {**error.headers, "Vary": "Accept"})


async def start(
    shared: Context,
    stack: AsyncExitStack,
    snapshot: Snapshot,
    operation: Operation,
    formats: tuple[str, str],
    address: str,
) -> Running:
    """Begin a query; the stack holds what must be given back when its answer has been read.

    Raises RequestError with the status that fits.
    """
    limit = shared.settings.query_timeout
    begun = time.monotonic()
    try:
        await stack.enter_async_context(shared.lanes.place(address, limit))
    except BusyError as error:
        raise RequestError(503, f"{error}; try again", {"Retry-After": "2"}) from error
    left = max(limit - (time.monotonic() - begun), 0.01)

    def begin() -> Running:
        reader = snapshot.reader
        answer: Answer = reader.answer(
            operation.query,
            timeout=left,
            solutions=formats[0],
            graph=formats[1],
            default_graph=operation.default_graphs,
            named_graphs=operation.named_graphs,
            union=operation.union,
            allow_service=shared.settings.allow_service,
            pool=shared.pool,
        )
        held = bytearray()
        for piece in answer.pieces:
            held += piece
            if len(held) >= _HELD:
                return Running(answer.kind, bytes(held), answer.pieces)
        return Running(answer.kind, bytes(held), None)

    try:
        running = await run_sync(begin, limiter=shared.threads)
    except QueryTimeoutError as error:
        raise RequestError(504, _LATE.format(limit)) from error
    except QueryRefusedError as error:
        raise RequestError(403, str(error)) from error
    except QueryError as error:
        raise RequestError(400, str(error)) from error
    except StoreError as error:
        raise RequestError(503, str(error)) from error
    if running.rest is not None:
        stack.push_async_callback(_end, running.rest, shared)
    return running


async def _end(rest: Iterator[bytes], shared: Context) -> None:
    close = getattr(rest, "close", None)
    if close is not None:
        with CancelScope(shield=True):  # the worker must end though the client has gone
            await run_sync(close, limiter=shared.threads)


async def _description(request: Request, accept: Accept) -> Response:
    media_type = accept.best(list(GRAPHS))
    if media_type is None:
        raise RequestError(406, f"the description can be had as {', '.join(GRAPHS)}")
    shared = context(request)
    address = str(request.url.replace(query="", fragment=""))

    def work() -> bytes:
        with shared.snapshots.lease() as snapshot:
            return describe(snapshot, address, GRAPHS[media_type])

    try:
        body = await run_sync(work, limiter=shared.threads)
    except StoreError as error:
        raise RequestError(503, str(error)) from error
    return Response(body, 200, {"Vary": "Accept"}, media_type)


async def _answer(request: Request, operation: Operation, wanted: Wanted) -> Response:
    shared = context(request)
    async with AsyncExitStack() as stack:
        snapshot = await lease(shared, stack)
        headers = {"Vary": "Accept", "Cache-Control": "no-store"}
        tag = None
        if is_settled(operation.query or ""):
            tag = _tag(snapshot, operation, wanted)
            headers |= {"ETag": tag, "Cache-Control": "no-cache"}
            if tag in (request.headers.get("if-none-match") or "").replace(" ", "").split(","):
                return Response(status_code=304, headers=headers)
            if kept := shared.answers.get(tag):
                return Response(kept.body, 200, headers, kept.media_type)
        running = await start(shared, stack, snapshot, operation, wanted.formats, client(request))
        media_type = wanted.media_type(running.kind)
        if running.rest is None:
            if tag is not None:
                shared.answers.put(tag, Kept(media_type, running.held))
            return Response(running.held, 200, headers, media_type)
        return _Streaming(running, stack.pop_all(), shared, headers, media_type)


async def lease(shared: Context, stack: AsyncExitStack) -> Snapshot:
    """The newest snapshot until the stack is closed; raises RequestError with 503."""
    try:
        snapshot = shared.snapshots.acquire_known()
        if snapshot is None:
            snapshot = await run_sync(shared.snapshots.acquire, limiter=shared.threads)
    except StoreError as error:
        raise RequestError(503, str(error)) from error
    stack.callback(shared.snapshots.release, snapshot)
    return snapshot


def _tag(snapshot: Snapshot, operation: Operation, wanted: Wanted) -> str:
    said = repr((snapshot.key, operation, wanted)).encode("utf-8", "surrogatepass")
    return f'"{hashlib.sha256(said).hexdigest()[:24]}"'


class _Streaming(StreamingResponse):
    """Passes an answer on; a failure half-way breaks the connection, so nobody takes a part
    for the whole."""

    def __init__(
        self,
        running: Running,
        stack: AsyncExitStack,
        shared: Context,
        headers: dict[str, str],
        media_type: str,
    ) -> None:
        super().__init__(self._body(running, shared), 200, headers, media_type)
        self._stack = stack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._stack:
            await super().__call__(scope, receive, send)

    @staticmethod
    async def _body(running: Running, shared: Context) -> AsyncIterator[bytes]:
        yield running.held
        rest = running.rest or iter(())
        while piece := await run_sync(next, rest, b"", limiter=shared.threads):
            yield piece
