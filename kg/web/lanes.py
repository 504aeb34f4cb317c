"""Which query may run when: long ones step aside, and no address takes every place.

A query starts in one of the quick places. If it is still running after a moment it moves to
one of the slow places and frees the quick one; only when those are full does it stay.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class BusyError(Exception):
    """No place became free in time."""


class Lanes:
    """Places for queries; of one event loop."""

    def __init__(self, quick: int, slow: int, patience: float, each: int) -> None:
        self._quick = asyncio.Semaphore(quick)
        self._slow = slow
        self._patience = patience
        self._each = each
        self._clients: dict[str, tuple[asyncio.Semaphore, int]] = {}

    @asynccontextmanager
    async def place(self, client: str, wait: float) -> AsyncIterator[None]:
        """A place for one query of an address; waits at most ``wait`` seconds, then BusyError."""
        own, users = self._clients.get(client, (asyncio.Semaphore(self._each), 0))
        self._clients[client] = own, users + 1
        taken: list[asyncio.Semaphore] = []
        try:
            try:
                async with asyncio.timeout(wait):
                    await own.acquire()
                    taken.append(own)
                    await self._quick.acquire()
                    taken.append(self._quick)
            except TimeoutError:
                raise BusyError(f"no place became free within {wait:g} s") from None
            moved = False

            def move() -> None:
                nonlocal moved
                if self._slow > 0:
                    self._slow -= 1
                    moved = True
                    taken.remove(self._quick)
                    self._quick.release()

            timer = asyncio.get_running_loop().call_later(self._patience, move)
            try:
                yield
            finally:
                timer.cancel()
                self._slow += moved
        finally:
            for semaphore in taken:
                semaphore.release()
            own, users = self._clients.pop(client)
            if users > 1:
                self._clients[client] = own, users - 1
