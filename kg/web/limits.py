"""What surrounds every request: sizes, rates, names and the headers that browsers obey."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.web.settings import LOCAL, Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; worker-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_KNOWN = 10_000
_BODY_TIME = 30.0


class _TooLargeError(Exception):
    """The body is larger than allowed."""


class Guard:
    """ASGI middleware that turns away what the settings do not allow."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._rates = Rates(settings.rate, settings.burst)
        self._running = 0
        named = frozenset(name.lower() for name in settings.hosts)
        self._hosts = named | LOCAL if named or settings.host in LOCAL else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sender = self._sender(scope, send)
        if refusal := self._refusal(scope):
            if refusal[0] == 413:
                await self._pass_over(receive)
            await _refuse(sender, *refusal)
            return
        self._running += 1
        try:
            await self._within_size(scope, receive, sender)
        finally:
            self._running -= 1

    def _refusal(self, scope: Scope) -> tuple[int, str, tuple[tuple[bytes, bytes], ...]] | None:
        settings = self._settings
        if self._hosts is not None and _host(scope) not in self._hosts:
            return 421, "this server is not called by that name; see --allow-host", ()
        size = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if size > settings.max_url:
            return 414, f"the address is longer than {settings.max_url} bytes; use POST", ()
        length = _header(scope, b"content-length")
        if length is not None and length.isdigit() and int(length) > settings.max_body:
            return 413, f"a request may have {settings.max_body} bytes", ()
        if self._running >= settings.concurrency:
            return 503, "too many requests at once; try again", ((b"retry-after", b"1"),)
        address = (scope.get("client") or ("?", 0))[0]
        wait = self._rates.wait(address)
        if wait > 0:
            seconds = str(int(wait) + 1).encode()
            return (
                429,
                f"more than {settings.rate:g} requests a second",
                ((b"retry-after", seconds),),
            )
        return None

    async def _within_size(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application on a body read beforehand, as far as it is allowed to be long."""
        body = bytearray()
        more = True
        try:
            async with asyncio.timeout(_BODY_TIME):
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return
                    body += message.get("body", b"")
                    more = message.get("more_body", False)
                    if len(body) > self._settings.max_body:
                        raise _TooLargeError
        except _TooLargeError:
            await self._pass_over(receive)
            await _refuse(send, 413, f"a request may have {self._settings.max_body} bytes", ())
            return
        except TimeoutError:
            await _refuse(send, 408, f"the request took longer than {_BODY_TIME:g} s to arrive", ())
            return
        given = False

        async def again() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        await self._app(scope, again, send)

    async def _pass_over(self, receive: Receive) -> None:
        """Let a client end its sending, within reason: most read no answer before."""
        left, more = 8 * self._settings.max_body, True
        with suppress(TimeoutError):
            async with asyncio.timeout(2):
                while more and left > 0:
                    message = await receive()
                    left -= len(message.get("body", b""))
                    more = message.get("more_body", False)

    def _sender(self, scope: Scope, send: Send) -> Send:
        extra = list(_HEADERS)
        origin = (_header(scope, b"origin") or b"").decode("latin-1")
        cors = self._settings.cors
        shared = scope["path"] in ("/sparql", "/sparql/") or scope["path"].startswith(
            ("/id/", "/article/")
        )
        if origin and shared and ("*" in cors or origin in cors):
            extra += [
                (b"access-control-allow-origin", b"*" if "*" in cors else origin.encode("latin-1")),
                (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
                (b"access-control-allow-headers", b"accept, content-type"),
                (b"access-control-max-age", b"86400"),
                *(() if "*" in cors else ((b"vary", b"Origin"),)),
            ]

        async def sender(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                headers = [*message["headers"], *extra]
                if b"content-security-policy" not in present:
                    headers.append((b"content-security-policy", POLICY.encode()))
                message = {**message, "headers": headers}
            await send(message)

        return sender


class Rates:
    """A bucket of tokens for each address, filled at a rate, full at a burst; 0 is no limit."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate = rate
        self._burst = float(max(burst, 1))
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str, now: float | None = None) -> float:
        """Seconds until another request is welcome; 0 takes a token."""
        if self._rate <= 0:
            return 0.0
        now = time.monotonic() if now is None else now
        tokens, seen = self._buckets.pop(address, (self._burst, now))
        tokens = min(self._burst, tokens + (now - seen) * self._rate)
        allowed = tokens >= 1
        self._buckets[address] = (tokens - 1 if allowed else tokens), now
        if len(self._buckets) > _KNOWN:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - tokens) / self._rate


def _header(scope: Scope, name: bytes) -> bytes | None:
    return next((value for key, value in scope["headers"] if key == name), None)


def _host(scope: Scope) -> str:
    host = (_header(scope, b"host") or b"").decode("latin-1")
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


async def _refuse(
    send: Send, status: int, message: str, headers: Iterable[tuple[bytes, bytes]]
) -> None:
    body = f"{message}\n".encode()
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
                (b"connection", b"close"),
                *headers,
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})
