"""A store behind the address of a SPARQL 1.1 server.

It offers what the embedded store offers, with these differences: a reader sees the server's
present state and not a snapshot; there is no lock, so let one process write at a time; the
articles' texts are kept on this machine, because servers keep triples only. What a
writer changes is sent when it publishes; see ``kg.store.remote_writer``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.ids import digest
from kg.store.http import Endpoint
from kg.store.remote_reader import RemoteReader

if TYPE_CHECKING:
    from kg.store.remote_writer import RemoteWriter


class RemoteStore:
    """A store at a http(s) address. Making one of these sends nothing."""

    def __init__(self, url: str) -> None:
        self._endpoint = Endpoint(url)
        self.url = self._endpoint.url

    @property
    def location(self) -> str:
        """What ``open_store`` was given."""
        return self.url

    def exists(self) -> bool:
        """Whether the server holds anything of ours. Raises StoreMissingError if unreachable."""
        with self.read() as reader:
            return next(reader.quads(graph=ox.DefaultGraph(), limit=1), None) is not None

    def version(self) -> int | None:
        """A server has no numbered states: None."""
        return None

    def read(self) -> RemoteReader:
        """Read the server's present state."""
        return RemoteReader(self._endpoint, texts_path(self.url))

    @contextmanager
    def write(self, timeout: float = 10.0) -> Iterator[RemoteWriter]:
        """Change the store; on leaving the block, publish. ``timeout`` is for the texts' lock.

        On an exception what was not published is not sent. A graph of an earlier version's form
        is brought up to date first; one of a later version's is a StoreTooNewError.
        """
        from kg.store.remote_forms import migrate
        from kg.store.remote_writer import RemoteWriter

        with RemoteWriter(self._endpoint, texts_path(self.url)) as writer:
            migrate(writer, self.url)
            yield writer


def texts_path(url: str) -> Path:
    """Where the texts of the articles in a remote store are kept on this machine."""
    named = os.environ.get("KG_REMOTE_TEXTS")
    if named:
        return Path(named)
    return own_folder(url) / "texts.sqlite"


def own_folder(url: str) -> Path:
    """What belongs to a remote store and is kept on this machine: texts, decisions, registry."""
    from platformdirs import user_data_path

    return user_data_path("kg", appauthor=False) / "remote" / digest("remote", url.rstrip("/"))
