"""One published state of a store: opening it, and the entities and relationships in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg.knowledge.values import UnknownNameError
from kg.model import Entity, EntityKind, Kind
from kg.records import Catalogue, RelationshipRecord

if TYPE_CHECKING:
    from kg.store.protocol import Reader

BETWEEN_ENTITIES = tuple(k for k in Kind if k is not Kind.HEADQUARTERS)
"""The kinds that tell of two who act or are offered; a headquarters leads to a place."""


class State:
    """A store opened for reading, with its records as of a day and known by a day."""

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
        from kg.store import default_location, open_store

        reader = open_store(default_location() if store is None else store).read()
        return cls(reader, as_of=as_of, known_by=known_by)

    def close(self) -> None:
        """Give the snapshot back; nothing can be asked afterwards."""
        self.reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def entity(self, name: str | Entity) -> Entity:
        """The entity by id or name; an organisation before what it makes."""
        if isinstance(name, Entity):
            return name
        if (found := self.catalogue.entity(name)) is not None:
            return found
        from kg.questions.choosing import pick

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
