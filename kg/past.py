"""The graph as it stood: what was true on a day, from what had been published by another.

The relationships are worked out again from the statements known by then and put into a
store in memory, which answers what a snapshot answers: SPARQL, counts, exports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import pyoxigraph as ox

from kg import vocabulary as v
from kg.dates import span
from kg.model import Kind, Relationship
from kg.rdf.derived import relationship_quads
from kg.rdf.ownership import TAKEN_OVER_BY, ownership_quads
from kg.rdf.quads import QuadSource
from kg.rdf.reading import read_statements
from kg.rdf.terms import DEFAULT, TYPE, aio
from kg.resolution.consolidation import consolidate
from kg.resolution.ownership import owners_then
from kg.resolution.summary import Summary, summarise
from kg.resolution.summary import as_of as summary_as_of
from kg.store.evaluate import Options, Results, evaluate
from kg.store.guard import refuse_outbound

_PARENT = aio("parent")
_REGISTRY = ox.NamedNode(v.BASE + "registry")
_ONTOLOGY = ox.NamedNode(v.BASE + "ontology")
_Told = tuple[str, Summary, Summary | None]
"""An acquisition: its acquirer, what it comes to, and what it came to by the day asked about."""


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
    acquisitions: dict[str, list[_Told]] = defaultdict(list)
    for relationship in consolidate(statements):
        summary = summarise(relationship)
        then = summary if as_of is None else summary_as_of(summary, as_of, published)
        if _may_change_owner(relationship):
            acquisitions[relationship.object].append((relationship.subject or "", summary, then))
        if then is None:
            continue
        mentioned |= {e for e in (relationship.subject, relationship.object) if e}
        mentioned |= {e for _, e in then.participants}
        yield from relationship_quads(relationship, then)
    yield from _entities(source, mentioned, acquisitions)
    yield from source.quads(_REGISTRY, None, None, DEFAULT)
    yield from source.quads(None, None, None, _ONTOLOGY)


def _published_by(source: QuadSource, article: Any, known_by: str) -> bool:
    dates = source.quads(article, ox.NamedNode(v.SCHEMA + "datePublished"), None, article)
    limit = span(known_by)[1]
    return any(span(getattr(q.object, "value", ""))[0] <= limit for q in dates)


def _may_change_owner(relationship: Relationship) -> bool:
    """Whether it is an acquisition by somebody else who is named."""
    return relationship.kind is Kind.ACQUISITION and relationship.subject not in (
        None,
        relationship.object,
    )


def _entities(
    source: QuadSource, mentioned: set[str], acquisitions: Mapping[str, list[_Told]]
) -> Iterator[ox.Quad]:
    """What the registry knows, and the entities known from articles that are still spoken of.

    Each belongs to whom it belonged to then.
    """
    derived = {terms.direct for terms in v.TERMS.values()} | {TAKEN_OVER_BY.value}
    for typed in source.quads(None, TYPE, aio("Entity"), DEFAULT):
        about = list(source.quads(typed.subject, None, None, DEFAULT))
        from_article = any(
            q.predicate == aio("origin") and getattr(q.object, "value", "") == "article"
            for q in about
        )
        entity_id = getattr(typed.subject, "value", "").removeprefix(v.ID)
        if not from_article or entity_id in mentioned:
            parents = [getattr(q.object, "value", "") for q in about if q.predicate == _PARENT]
            parent = parents[0].removeprefix(v.ID) if parents else None
            registered, taken_over_by = owners_then(parent, acquisitions.get(entity_id, ()))
            left_out = derived if registered else derived | {_PARENT.value}
            yield from (q for q in about if q.predicate.value not in left_out)
            yield from ownership_quads(entity_id, taken_over_by)
