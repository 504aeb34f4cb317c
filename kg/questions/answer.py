"""What a question is answered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg import vocabulary as v
from kg.records import Ref, RelationshipRecord


@dataclass(frozen=True, slots=True)
class Item:
    """One answer: an entity or a relationship, and the relationships it rests on.

    ``id`` is an IRI, as ``?id`` of the SPARQL query gives it. ``extra`` holds further
    columns by name (``count``, ``total``, ``through``, ``path``, ...).
    """

    name: str
    id: str
    relationships: tuple[RelationshipRecord, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The id without its namespace, as commands and the library take it."""
        return self.id.removeprefix(v.ID)

    @property
    def ref(self) -> Ref:
        return Ref(self.key, self.name)


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, how it was understood, and what the graph says.

    ``understood`` is False where no form fits the whole question: then ``left_out`` lists
    the words that could not be read and ``nearest`` questions that can. ``verdict`` is
    ``yes`` or ``no`` where the question wants one. ``notes`` tell what was left out of the
    answers and why. ``columns`` names the columns of ``rows()`` in their order. ``rates``
    is the table of exchange rates by which a total was converted, with the rates used.
    """

    question: str
    interpretation: str
    understood: bool
    sparql: str | None = None
    answers: tuple[Item, ...] = ()
    columns: tuple[str, ...] = ()
    verdict: str | None = None
    notes: tuple[str, ...] = ()
    count: int | None = None
    rates: Mapping[str, Any] | None = None
    left_out: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()

    def rows(self) -> list[dict[str, str]]:
        """The answers as a table: one row per relationship, texts by column name."""
        from kg.questions.table import rows

        return rows(self)

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON values; ``docs/questions.md`` describes the fields."""
        from kg.questions.table import as_dict

        return as_dict(self)
