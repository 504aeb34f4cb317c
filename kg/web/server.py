"""Running the application with uvicorn."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from kg.web.settings import Settings, WebError

if TYPE_CHECKING:
    from starlette.applications import Starlette


_BACKLOG = 256
_NEEDED = ("starlette", "jinja2", "uvicorn")


def run(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until interrupted; ``say`` is told the address. Raises WebError."""
    for name in _NEEDED:
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            raise WebError(
                f"the web server needs {name}: install it with pip install 'ai-industry-kg[web]'"
            ) from error
    from kg.web.app import create_app

    with listen(settings) as listening:
        say(f"The graph is at {address(settings, listening)} (stop with Ctrl-C)")
        serve(create_app(settings), listening)


def listen(settings: Settings) -> socket.socket:
    """The socket to serve at; raises WebError where the address cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # asyncio turns Nagle's delay off for sockets that say they are TCP, 40 ms an answer.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((settings.host, settings.port))
        listening.listen(_BACKLOG)  # who comes before the application is ready waits
    except (OSError, OverflowError) as error:
        listening.close()
        raise WebError(
            f"{settings.host}:{settings.port}: cannot be listened at ({error}); choose another "
            "with --port or --host"
        ) from error
    return listening


def address(settings: Settings, listening: socket.socket) -> str:
    """Where a browser finds the server."""
    port = listening.getsockname()[1]
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "") else settings.host  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def serve(app: Starlette, listening: socket.socket) -> None:
    """Serve until interrupted; requests under way are given a moment to end."""
    import uvicorn

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=5,
        backlog=_BACKLOG,
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])
