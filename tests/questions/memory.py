"""A store in memory, written as the pipeline writes one: for tests of what reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from kg.model import Article, Entity, Resolved
from kg.rdf import article_quads, entity_quads, relationship_quads
from kg.resolution.consolidation import consolidate
from kg.vocabulary import PREFIXES
from tests.takeovers import write_takeovers


class Memory:
    """What ``Catalogue`` and ``ask`` need of a reader."""

    def __init__(
        self,
        entities: Iterable[Entity],
        said: Iterable[tuple[Article, Iterable[Resolved]]],
    ) -> None:
        self.store = ox.Store()
        everything: list[Resolved] = []
        for article, statements in said:
            listed = list(statements)
            everything += listed
            self.store.extend(article_quads(article, listed))
        for relationship in consolidate(everything):
            self.store.extend(relationship_quads(relationship))
        for entity in entities:
            self.store.extend(entity_quads(entity))
        write_takeovers(self.store)

    def quads(
        self, subject: Any = None, predicate: Any = None, object_: Any = None, graph: Any = None, /
    ) -> Iterator[ox.Quad]:
        return iter(self.store.quads_for_pattern(subject, predicate, object_, graph))

    def query(self, sparql: str) -> Any:
        return self.store.query(sparql, prefixes=PREFIXES)
