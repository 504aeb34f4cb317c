"""What an operator decides about a server."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import KgError


class WebError(KgError):
    """The server cannot be started; the message says why and what to do."""


LOCAL = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})
"""Names of this machine that nobody else can reach it by."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One server. Times are in seconds, sizes in bytes.

    ``quick`` queries run at once; a query that takes longer than ``patience`` moves to one of
    the ``slow`` places, so that lookups do not wait behind it. ``client_queries`` bounds what
    one address may have running, ``rate`` its requests in a second (0: any number) and
    ``burst`` how many of them may come together. ``hosts`` are the names by which the server
    may be called; empty means any.
    """

    location: str
    host: str = "127.0.0.1"
    port: int = 7007
    query_timeout: float = 10.0
    quick: int = 4
    slow: int = 6
    patience: float = 0.5
    memory: int | None = 4 << 30
    client_queries: int = 8
    rate: float = 500.0
    burst: int = 2000
    concurrency: int = 256
    max_body: int = 1 << 20
    max_url: int = 32 << 10
    cors: tuple[str, ...] = ()
    allow_service: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    texts: bool | None = None

    @property
    def whole_texts(self) -> bool:
        """Whether articles are shown whole: as ``texts`` says, else only on this machine, since
        an article that others may not copy may still be quoted from."""
        return self.host in LOCAL if self.texts is None else self.texts
