"""What the functions read: a networkx projection, the records behind it, and short texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg import vocabulary as v
from kg.graph import project
from kg.model import SYMMETRIC, Entity, EntityKind, Kind, Resolved
from kg.rdf.quads import QuadSource
from kg.rdf.terms import decimal_literal
from kg.records import Catalogue, RelationshipRecord

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

Row = tuple[str | None, ...]
Function = Callable[..., Iterable[Row]]
FUNCTIONS: dict[str, Function] = {}
"""The functions by the name of their question."""


def answers(name: str) -> Callable[[Function], Function]:
    """Declares which question a function answers; its parameters stand as in the ``.rq`` file."""

    def declare(function: Function) -> Function:
        FUNCTIONS[name] = function
        return function

    return declare


class View:
    """A store as a ``networkx.MultiDiGraph`` with its records and entities, each read once."""

    def __init__(self, source: QuadSource) -> None:
        self.source = source
        self.catalogue = Catalogue(source)

    @cached_property
    def graph(self) -> Graph:
        """The projection of everything."""
        return project(self.source)

    @cached_property
    def entities(self) -> dict[str, Entity]:
        return {e.id: e for e in self.catalogue.entities()}

    @cached_property
    def records(self) -> dict[str, RelationshipRecord]:
        """All relationships by id, those without an edge (an investor not named) included."""
        return {r.id: r for r in self.catalogue.all_relationships()}

    @cached_property
    def statements(self) -> list[tuple[str, Resolved]]:
        """Every statement with the id of its article, the rejected ones included."""
        return [
            (article_id, resolved)
            for article_id, _ in self.catalogue.articles()
            for resolved in self.catalogue.statements_of_article(article_id)
        ]

    def edges(self, *kinds: Kind) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        """Edges of some kinds: source, target, id of the relationship, attributes."""
        named = {k.value for k in kinds}
        for s, o, key, data in self.graph.edges(keys=True, data=True):
            if data["kind"] in named:
                yield s, o, key, data

    def direct(self, kind: Kind) -> set[tuple[str, str]]:
        """Who stands in a relationship in force to whom; symmetric kinds hold both ways."""
        held = {(s, o) for s, o, _, d in self.edges(kind) if d["in_force"]}
        return held | {(o, s) for s, o in held} if kind in SYMMETRIC else held

    def between(self, kind: Kind, one: str, other: str | None = None) -> Iterator[tuple[str, str]]:
        """Of a symmetric kind: whom an entity is related to, and by which relationship."""
        for s, o, key, _ in self.edges(kind):
            for here, there in {(s, o), (o, s)}:
                if here == one and there != one and other in (None, there):
                    yield there, key

    def of_kind(self, *kinds: EntityKind) -> list[Entity]:
        return [e for e in self.entities.values() if set(kinds) & set(e.kinds)]

    def has_kind(self, entity_id: str, *kinds: EntityKind) -> bool:
        return entity_id in self.entities and bool(set(kinds) & set(self.entities[entity_id].kinds))

    def name(self, entity_id: str) -> str | None:
        found = self.entities.get(entity_id)
        return found.name if found else None

    def owners(self, entity_id: str) -> Iterator[str]:
        """Those that own an entity, directly or through others, by the registry or a takeover."""
        waiting = [entity_id]
        for one in waiting:
            waiting += [o for o in self.catalogue.owners(one) if o not in waiting]
        yield from waiting[1:]


def ident(name: str) -> str:
    """An entity or relationship as ``kg sparql`` prints it."""
    return f"id:{name}"


def cls(iri: str) -> str:
    """A class or property of the ontology as ``kg sparql`` prints it."""
    return f"aio:{iri.removeprefix(v.AIO)}"


def code(scheme: str, value: str | None) -> str | None:
    """A concept of a scheme as ``kg sparql`` prints it."""
    return None if value is None else f"scheme:{scheme}-{value}"


def statement(article_id: str, statement_id: str) -> str:
    return f"article:{article_id}/statement/{statement_id}"


def said_by(record: RelationshipRecord, statement_ids: Iterable[str]) -> list[str]:
    """Statements of a relationship by their ids."""
    articles = {s.id: s.article_id for s in record.statements}
    return [statement(articles[i], i) for i in statement_ids]


def decimal(value: Any) -> str:
    return str(decimal_literal(value).value)
