"""What the typed answers are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.model import KgError
from kg.records import Ref, RelationshipRecord


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
