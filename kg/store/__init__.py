"""The store of the graph: a folder on this machine, or a SPARQL 1.1 server by its address.

with open_store("graph").write() as writer:      # published when the block ends
    writer.replace_graph(article_iri, quads)
with open_store("graph").read() as reader:       # one unchanging state
    for row in reader.query("SELECT ?lab WHERE { id:microsoft aio:investsIn ?lab }"):
        print(row["lab"])
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.store.errors import (
    QueryError,
    QueryRefusedError,
    QueryTimeoutError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreMissingError,
    StoreReadOnlyError,
    StoreTooNewError,
)

if TYPE_CHECKING:
    from kg.store.protocol import Reader, Store, Writer

__all__ = [
    "QueryError",
    "QueryRefusedError",
    "QueryTimeoutError",
    "Reader",
    "Store",
    "StoreBusyError",
    "StoreDamagedError",
    "StoreError",
    "StoreFullError",
    "StoreMissingError",
    "StoreReadOnlyError",
    "StoreTooNewError",
    "Writer",
    "default_location",
    "open_store",
]


def open_store(location: str | Path) -> Store:
    """The store at a folder or at the http(s) address of a SPARQL endpoint.

    Nothing is touched or made yet: see ``exists``, ``read`` and ``write``.
    """
    if isinstance(location, str) and location.startswith(("http://", "https://")):
        from kg.store.remote import RemoteStore

        return RemoteStore(location)
    from kg.store.embedded import EmbeddedStore

    return EmbeddedStore(location)


def default_location() -> str:
    """Where a user's store is where none is named: KG_STORE, else a folder of the user's account."""
    import os

    import platformdirs

    named = os.environ.get("KG_STORE")
    return named or str(Path(platformdirs.user_data_dir("kg", appauthor=False)) / "store")


def __getattr__(name: str) -> object:
    """The protocols, imported when asked for."""
    if name in ("Reader", "Store", "Writer"):
        from kg.store import protocol

        return getattr(protocol, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
