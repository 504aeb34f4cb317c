"""Typed answers: the questions of ``kg ask`` as methods, run by the same plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kg.knowledge.state import BETWEEN_ENTITIES, State
from kg.knowledge.values import Change, Conflict, Found, Pair, Way
from kg.model import Entity, Kind, Modality
from kg.questions.answer import Answer, Item
from kg.questions.asking import ask, run
from kg.questions.plan import Filters, Noun, Plan
from kg.records import RelationshipRecord

_DEPENDENCE = (Kind.INVESTMENT, Kind.DISTRIBUTION, Kind.PARTNERSHIP)


class Answers(State):
    """Questions about who is related to whom."""

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
            BETWEEN_ENTITIES,
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
            BETWEEN_ENTITIES,
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
            BETWEEN_ENTITIES,
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
            BETWEEN_ENTITIES,
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
