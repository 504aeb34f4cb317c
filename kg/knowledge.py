"""The graph from Python: typed answers, networkx, rdflib, SPARQL and, where installed, pandas.

from kg import KnowledgeGraph

with KnowledgeGraph.open() as graph:
    for lab in graph.labs_backed_by("Microsoft"):
        print(lab.name, [r.summary.amounts for r in lab.relationships])
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kg.model import Entity, EntityKind, KgError, Kind, Modality
from kg.questions.answer import Answer, Item
from kg.questions.asking import ask, run
from kg.questions.plan import Filters, Noun, Plan
from kg.records import Catalogue, Ref, RelationshipRecord

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

    from kg.store.evaluate import Results
    from kg.store.protocol import Reader

    Graph = nx.MultiDiGraph[str]

_ALL = tuple(k for k in Kind if k is not Kind.HEADQUARTERS)
_DEPENDENCE = (Kind.INVESTMENT, Kind.DISTRIBUTION, Kind.PARTNERSHIP)


class UnknownNameError(KgError):
    """No entity bears the name; the message suggests near ones."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entity that answers, with the relationships it rests on.

    ``extra`` holds what some questions add: ``through``, ``count``, ``roles``, ``for``.
    """

    id: str
    name: str
    relationships: tuple[RelationshipRecord, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """A way between two entities: those it passes, and the relationships of each step."""

    entities: tuple[str, ...]
    names: tuple[str, ...]
    relationships: tuple[RelationshipRecord, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A relationship that began or moved on in a period: when, and what happened."""

    on: str
    what: tuple[str, ...]
    relationship: RelationshipRecord


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities with what they have in common."""

    one: Ref
    other: Ref
    shared: tuple[str, ...]
    relationships: tuple[RelationshipRecord, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A relationship for which statements give sums that cannot both be right."""

    relationship: RelationshipRecord
    sums: tuple[str, ...]


class KnowledgeGraph:
    """One published state of a store. Use it as a context manager, or ``close`` it.

    Wherever an entity is asked for, give its id, any of its names, or an ``Entity``.
    ``as_of`` answers from what was true on a day, ``known_by`` from what had been
    published by then (ISO 8601). Raises UnknownNameError for a name nobody bears.
    """

    def __init__(
        self, reader: Reader, *, as_of: str | None = None, known_by: str | None = None
    ) -> None:
        self.reader = reader
        self.catalogue = Catalogue(reader, as_of=as_of, known_by=known_by)

    @classmethod
    def open(
        cls,
        store: str | Path | None = None,
        *,
        as_of: str | None = None,
        known_by: str | None = None,
    ) -> Self:
        """Open the store at a folder or SPARQL endpoint; the user's own store by default.

        Raises StoreMissingError if there is none.
        """
        from kg.store import open_store

        if store is None:
            store = _default_store()
        return cls(open_store(store).read(), as_of=as_of, known_by=known_by)

    def close(self) -> None:
        self.reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # entities ---------------------------------------------------------------------

    def entity(self, name: str | Entity) -> Entity:
        """The entity by id or name; an organisation before what it makes."""
        if isinstance(name, Entity):
            return name
        if (found := self.catalogue.entity(name)) is not None:
            return found
        from kg.questions.building import pick

        if named := self.catalogue.find(name):
            return pick(named)
        near = ", ".join(r.name for r in self.catalogue.suggest(name))
        hint = f"; did you mean {near}?" if near else "; see `kg show` for how names are found"
        raise UnknownNameError(f"no entity is called {name!r}{hint}")

    def entities(self, kind: EntityKind | str | None = None) -> Iterator[Entity]:
        """All entities, or those of a kind."""
        return self.catalogue.entities(EntityKind(kind) if kind else None)

    def relationships(
        self, name: str | Entity | None = None, *kinds: Kind | str
    ) -> list[RelationshipRecord]:
        """The relationships of an entity (of everyone, without a name), by their beginning."""
        wanted = tuple(map(Kind, kinds)) or tuple(Kind)
        if name is None:
            return self.catalogue.all_relationships(wanted)
        return self.catalogue.relationships(self.entity(name).id, kinds=wanted)

    # questions --------------------------------------------------------------------

    def ask(self, question: str, *, currency: str | None = None) -> Answer:
        """A question in English; see ``docs/questions.md``.

        ``currency`` (ISO 4217) gives sums asked for as one total in it. Raises
        UnknownCurrencyError if there is no exchange rate for it.
        """
        return ask(
            self.reader,
            question,
            as_of=self.catalogue.as_of,
            known_by=self.catalogue.known_by,
            currency=currency,
        )

    def labs_backed_by(self, investor: str | Entity, **filters: Any) -> list[Found]:
        """The labs an investor backs, itself or through a subsidiary or fund.

        ``filters`` are fields of ``kg.questions.plan.Filters``: ``since``, ``until``,
        ``modalities``, ``ended``, ... Rumoured and denied investments, and those that are
        over, are left out unless the filters say otherwise.
        """
        return self._related(Kind.INVESTMENT, "object", investor, filters, Noun(kind="lab"))

    def backers_of(self, company: str | Entity, **filters: Any) -> list[Found]:
        """Who invests in an organisation."""
        return self._related(Kind.INVESTMENT, "subject", company, filters)

    def distributors_of(self, lab: str | Entity, **filters: Any) -> list[Found]:
        """Who distributes the models of a lab."""
        return self._related(Kind.DISTRIBUTION, "subject", lab, filters)

    def models_distributed_by(self, distributor: str | Entity, **filters: Any) -> list[Found]:
        """Whose models an organisation distributes; the relationships name products."""
        return self._related(Kind.DISTRIBUTION, "object", distributor, filters)

    def competitors_of(self, name: str | Entity, **filters: Any) -> list[Found]:
        """Who competes with an entity."""
        return self._related(Kind.COMPETITION, "subject", name, filters)

    def partners_of(self, name: str | Entity, **filters: Any) -> list[Found]:
        """Who partners with an entity; ``nature="compute"`` narrows."""
        return self._related(Kind.PARTNERSHIP, "subject", name, filters)

    def reviews_of(self, name: str | Entity, **filters: Any) -> list[RelationshipRecord]:
        """The regulatory reviews that concern an organisation, over or not."""
        plan = Plan(
            "deals",
            (Kind.SCRUTINY,),
            objects=(self.entity(name).id,),
            filters=self._filters({"ended": "all", **filters}),
        )
        return self._records(plan)

    def reviews_by(self, authority: str | Entity, **filters: Any) -> list[RelationshipRecord]:
        """The regulatory reviews of an authority, over or not."""
        plan = Plan(
            "deals",
            (Kind.SCRUTINY,),
            subjects=(self.entity(authority).id,),
            filters=self._filters({"ended": "all", **filters}),
        )
        return self._records(plan)

    def co_investors(self, investor: str | Entity, **filters: Any) -> list[Found]:
        """Who backs what an investor backs, most in common first."""
        plan = Plan(
            "co_investors",
            (Kind.INVESTMENT,),
            subjects=(self.entity(investor).id,),
            filters=self._filters(filters),
        )
        return self._found(plan)

    def shared_labs(self, *, limit: int | None = None, **filters: Any) -> list[Pair]:
        """Pairs of investors by how many labs both back."""
        plan = Plan(
            "sharing",
            (Kind.INVESTMENT,),
            other=Noun(kind="lab"),
            limit=limit,
            filters=self._filters(filters),
        )
        return [self._pair(item, tuple(item.extra["shared"])) for item in self._items(plan)]

    def dependence_of(self, name: str | Entity, **filters: Any) -> list[Found]:
        """Backers, distributors and suppliers of an entity; ``extra["for"]`` says which."""
        plan = Plan(
            "dependence",
            _DEPENDENCE,
            subjects=(self.entity(name).id,),
            filters=self._filters(filters),
        )
        return self._found(plan)

    def overlaps(self, **filters: Any) -> list[Pair]:
        """Investors that also distribute or compete with what they back; ``shared`` are the roles."""
        plan = Plan("overlaps", (Kind.INVESTMENT,), filters=self._filters(filters))
        return [self._pair(item, tuple(item.extra["roles"])) for item in self._items(plan)]

    def labs_without_backer(self, *, big_tech: bool = True, **filters: Any) -> list[Found]:
        """Labs that no big-technology company backs, or nobody at all."""
        other = Noun(big_tech=True) if big_tech else Noun()
        plan = Plan("without", (Kind.INVESTMENT,), other=other, filters=self._filters(filters))
        return self._found(plan)

    def paths_between(
        self, one: str | Entity, other: str | Entity, *, all_short: bool = False, **filters: Any
    ) -> list[Way]:
        """The shortest ways between two entities; with ``all_short`` those a step longer too."""
        plan = Plan(
            "paths",
            _ALL,
            subjects=(self.entity(one).id,),
            objects=(self.entity(other).id,),
            order="short" if all_short else None,
            filters=self._filters({"ended": "all", **filters}),
        )
        return [
            Way(
                tuple(i.rsplit("/", 1)[1] for i in item.id.split(" ")),
                tuple(item.extra["path"]),
                item.relationships,
            )
            for item in self._items(plan)
        ]

    def timeline(self, name: str | Entity) -> list[RelationshipRecord]:
        """Everything told of an entity, rumoured, denied and over included, by its beginning."""
        plan = Plan(
            "deals",
            _ALL,
            either=(self.entity(name).id,),
            filters=Filters(modalities=frozenset(Modality), ended="all"),
        )
        return self._records(plan)

    def diff(
        self, since: str, until: str | None = None, name: str | Entity | None = None
    ) -> list[Change]:
        """What began, was first reported or moved on between two days."""
        plan = Plan(
            "changes",
            _ALL,
            either=(self.entity(name).id,) if name is not None else (),
            filters=Filters(
                since=since,
                until=until,
                modalities=frozenset(Modality) - {Modality.DENIED},
                ended="all",
            ),
        )
        return [
            Change(i.extra["on"], tuple(i.extra["change"]), i.relationships[0])
            for i in self._items(plan)
        ]

    def rumours(self, name: str | Entity | None = None) -> list[RelationshipRecord]:
        """What was rumoured and never told more firmly."""
        plan = Plan(
            "deals",
            _ALL,
            either=(self.entity(name).id,) if name is not None else (),
            filters=Filters(modalities=frozenset({Modality.RUMOURED}), ended="all"),
        )
        return self._records(plan)

    def conflicts(self) -> list[Conflict]:
        """Relationships for which articles state sums that cannot both be right."""
        from kg.questions.table import amount_text

        found = []
        for record in self.catalogue.all_relationships():
            sums = [a for a in record.summary.amounts if a.conflicts_with]
            if sums:
                found.append(Conflict(record, tuple(map(amount_text, sums))))
        return found

    # networkx ---------------------------------------------------------------------

    def graph(
        self,
        *kinds: Kind | str,
        around: Iterable[str] | None = None,
        depth: int = 1,
        of: Answer | Iterable[RelationshipRecord] | None = None,
    ) -> Graph:
        """A ``networkx.MultiDiGraph``: all of it, what lies around some entities, or what
        an answer rests on.

        Nodes are entity ids, edge keys relationship ids; ``docs/architecture.md`` lists the
        attributes. Everything is in it, whatever its modality: see the edges' attributes.
        """
        from kg.graph import project

        return project(
            self.reader,
            kinds=tuple(map(Kind, kinds)) or None,
            around=None if around is None else [self.entity(a).id for a in around],
            depth=depth,
            of=_records_of(of) if isinstance(of, Answer) else of,
            as_of=self.catalogue.as_of,
            known_by=self.catalogue.known_by,
        )

    def centrality(self, *kinds: Kind | str, measure: str = "degree") -> list[tuple[Ref, float]]:
        """Entities by centrality: ``degree``, ``betweenness``, ``closeness`` or ``pagerank``."""
        from kg.queries.analysis import centrality

        scores = centrality(self._standing(kinds), measure)
        return [(self.catalogue.ref(i), score) for i, score in scores]

    def communities(self, *kinds: Kind | str) -> list[tuple[Ref, ...]]:
        """Groups of entities that are related among themselves more than to others."""
        from kg.queries.analysis import communities

        groups = communities(self._standing(kinds))
        return [tuple(self.catalogue.ref(i) for i in group) for group in groups]

    def _standing(self, kinds: tuple[Kind | str, ...]) -> Graph:
        from kg.queries.analysis import standing

        return standing(self.graph(*(kinds or _ALL)))

    # other views ------------------------------------------------------------------

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """The same state as an rdflib ``Dataset``, read where it lies."""
        return self.reader.rdflib_dataset()

    def sparql(self, query: str) -> Results:
        """A SPARQL 1.1 query with the project's prefixes declared."""
        return self.reader.query(query)

    def frame(self, what: Answer | Iterable[RelationshipRecord] | None = None) -> pd.DataFrame:
        """A pandas frame: one row per relationship and stated sum (all relationships by default).

        Raises KgError where pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise KgError(
                "frames need pandas: install it with `pip install 'ai-industry-kg[pandas]'`"
            ) from error
        from kg.queries.analysis import flat

        if what is None:
            what = self.catalogue.all_relationships()
        records = _records_of(what) if isinstance(what, Answer) else what
        return pd.DataFrame(row for record in records for row in flat(record))

    # plans ------------------------------------------------------------------------

    def _filters(self, given: Mapping[str, Any]) -> Filters:
        return replace(Filters(), **given)

    def _related(
        self,
        kind: Kind,
        ask_for: str,
        name: str | Entity,
        filters: Mapping[str, Any],
        answer: Noun | None = None,
    ) -> list[Found]:
        ids = (self.entity(name).id,)
        plan = Plan(
            "related",
            (kind,),
            ask=ask_for,
            subjects=ids if ask_for == "object" else (),
            objects=ids if ask_for == "subject" else (),
            answer=answer or Noun(),
            filters=self._filters(filters),
        )
        return self._found(plan)

    def _items(self, plan: Plan) -> tuple[Item, ...]:
        return run(self.catalogue, plan).answers

    def _found(self, plan: Plan) -> list[Found]:
        return [Found(i.key, i.name, i.relationships, i.extra) for i in self._items(plan)]

    def _records(self, plan: Plan) -> list[RelationshipRecord]:
        return [i.relationships[0] for i in self._items(plan)]

    def _pair(self, item: Item, shared: tuple[str, ...]) -> Pair:
        one, other = (self.catalogue.ref(i.rsplit("/", 1)[1]) for i in item.id.split(" "))
        return Pair(one, other, shared, item.relationships)


def _records_of(answer: Answer) -> list[RelationshipRecord]:
    """The relationships that an answer rests on, each once."""
    return list(dict.fromkeys(r for item in answer.answers for r in item.relationships))


def _default_store() -> str:
    """Where the commands keep the store too."""
    import os

    import platformdirs

    named = os.environ.get("KG_STORE")
    return named or str(Path(platformdirs.user_data_dir("kg", appauthor=False)) / "store")
