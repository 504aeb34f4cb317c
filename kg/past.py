"""The graph as it stood: what was true on a day, from what had been published by another.

The relationships are worked out again from the statements known by then and put into a
store in memory, which answers what a snapshot answers: SPARQL, counts, exports.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import pyoxigraph as ox

from kg import vocabulary as v
from kg.dates import span
from kg.rdf.derived import relationship_quads
from kg.rdf.quads import QuadSource
from kg.rdf.reading import read_statements
from kg.rdf.terms import DEFAULT, TYPE, aio
from kg.resolution.consolidation import consolidate
from kg.resolution.summary import as_of as summary_as_of
from kg.resolution.summary import summarise
from kg.store.evaluate import Options, Results, evaluate
from kg.store.guard import refuse_outbound

_REGISTRY = ox.NamedNode(v.BASE + "registry")
_ONTOLOGY = ox.NamedNode(v.BASE + "ontology")


class View(QuadSource, Protocol):
    """What both a snapshot and the past can do."""

    def query(self, sparql: str, *, union: bool = False) -> Results:
        """Run a SPARQL query with the project's prefixes."""
        ...


class Past:
    """A graph in memory with the ``quads`` and ``query`` of a reader."""

    def __init__(self, quads: Iterator[ox.Quad]) -> None:
        self._store = ox.Store()
        self._store.bulk_extend(quads)

    def quads(
        self,
        subject: Any = None,
        predicate: Any = None,
        object_: Any = None,
        graph: Any = None,
        /,
    ) -> Iterator[ox.Quad]:
        """The quads that match; None is anything."""
        return self._store.quads_for_pattern(subject, predicate, object_, graph)

    def query(self, sparql: str, *, union: bool = False) -> Results:
        """Run a SPARQL query with the project's prefixes; what reaches out is refused."""
        refuse_outbound(sparql)
        return evaluate(self._store, sparql, Options(v.PREFIXES, union), "the past")


def at(source: View, *, as_of: str | None = None, known_by: str | None = None) -> View:
    """The graph as of a day, known by a day; the source itself where neither is asked for.

    Takes memory in proportion to the whole graph. Dates are ISO 8601, possibly of reduced
    precision, and mean their last day.
    """
    if as_of is None and known_by is None:
        return source
    return Past(_quads(source, as_of, known_by))


def _quads(source: View, as_of: str | None, known_by: str | None) -> Iterator[ox.Quad]:
    articles = source.quads(None, TYPE, ox.NamedNode(v.SCHEMA + "NewsArticle"), None)
    graphs = [
        typed.subject
        for typed in articles
        if known_by is None or _published_by(source, typed.subject, known_by)
    ]
    statements = []
    for graph in graphs:
        quads = list(source.quads(None, None, None, graph))
        yield from quads
        statements += read_statements(quads)
    published = {r.statement.id: r.published for r in statements}
    mentioned: set[str] = set()
    for relationship in consolidate(statements):
        summary = summarise(relationship)
        if as_of is not None:
            then = summary_as_of(summary, as_of, published)
            if then is None:
                continue
            summary = then
        mentioned |= {e for e in (relationship.subject, relationship.object) if e}
        mentioned |= {e for _, e in summary.participants}
        yield from relationship_quads(relationship, summary)
    yield from _entities(source, mentioned)
    yield from source.quads(_REGISTRY, None, None, DEFAULT)
    yield from source.quads(None, None, None, _ONTOLOGY)


def _published_by(source: QuadSource, article: Any, known_by: str) -> bool:
    dates = source.quads(article, ox.NamedNode(v.SCHEMA + "datePublished"), None, article)
    limit = span(known_by)[1]
    return any(span(getattr(q.object, "value", ""))[0] <= limit for q in dates)


def _entities(source: QuadSource, mentioned: set[str]) -> Iterator[ox.Quad]:
    """What the registry knows, and the entities known from articles that are still spoken of."""
    direct = {terms.direct for terms in v.TERMS.values()}
    for typed in source.quads(None, TYPE, aio("Entity"), DEFAULT):
        about = list(source.quads(typed.subject, None, None, DEFAULT))
        from_article = any(
            q.predicate == aio("origin") and getattr(q.object, "value", "") == "article"
            for q in about
        )
        entity_id = getattr(typed.subject, "value", "").removeprefix(v.ID)
        if not from_article or entity_id in mentioned:
            yield from (q for q in about if q.predicate.value not in direct)
