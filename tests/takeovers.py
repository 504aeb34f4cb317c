"""What the pipeline writes of takeovers, for graphs that tests make by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from kg import vocabulary as v
from kg.rdf import ownership
from kg.rdf.terms import aio


class Changed:
    """A store in memory as one that is open for writing."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def quads(
        self, subject: Any = None, predicate: Any = None, object_: Any = None, graph: Any = None, /
    ) -> Iterator[ox.Quad]:
        return self._store.quads_for_pattern(subject, predicate, object_, graph)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        self._store.extend(quads)

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        for quad in quads:
            self._store.remove(quad)


def write_takeovers(store: ox.Store) -> None:
    """Write who has taken over each organisation of which an acquisition is told."""
    changed = Changed(store)
    acquired = {getattr(q.object, "value", "") for q in changed.quads(None, aio("acquiree"))}
    ownership.refresh(changed, sorted(iri.removeprefix(v.ID) for iri in acquired))
