"""The store through rdflib's eyes."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore

from kg.store.guard import refuse_outbound
from kg.vocabulary import PREFIXES


class _GuardedStore(OxigraphStore):
    """An Oxigraph store that makes no requests over the network."""

    def add_graph(self, graph: Any) -> None:
        """rdflib announces each graph it looks at; a reader has nothing to add."""

    def query(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        refuse_outbound(str(query))
        return super().query(query, *args, **kwargs)

    def update(self, update: Any, *args: Any, **kwargs: Any) -> None:
        refuse_outbound(str(update))
        super().update(update, *args, **kwargs)


def dataset(store: ox.Store) -> rdflib.Dataset:
    """An rdflib Dataset over an open store, with the project's prefixes bound."""
    view = rdflib.Dataset(store=_GuardedStore(store=store))
    for prefix, namespace in PREFIXES.items():
        view.bind(prefix, namespace)
    return view
