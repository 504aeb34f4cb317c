"""Entities by id and by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.model import Entity
from kg.names import fold
from kg.registry.checks import cross_problems
from kg.registry.rows import RegistryError


@dataclass(frozen=True, eq=False)
class Registry:
    """Entities by id and by name.

    ``lookup`` is exact on folded names. A name listed as ``ambiguous`` is returned by
    ``lookup`` too; ``is_ambiguous`` tells.
    """

    entities: Mapping[str, Entity]

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.entities.values())

    def __len__(self) -> int:
        return len(self.entities)

    def __getitem__(self, entity_id: str) -> Entity:
        return self.entities[entity_id]

    def __contains__(self, entity_id: object) -> bool:
        return entity_id in self.entities

    def get(self, entity_id: str | None) -> Entity | None:
        return self.entities.get(entity_id) if entity_id else None

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Folded name -> ids of the entities that bear it."""
        found: dict[str, list[str]] = defaultdict(list)
        for entity in self:
            for name in entity.all_names:
                ids = found[fold(name)]
                if entity.id not in ids:
                    ids.append(entity.id)
        return {name: tuple(ids) for name, ids in found.items()}

    @cached_property
    def _ambiguous(self) -> frozenset[tuple[str, str]]:
        return frozenset((fold(name), e.id) for e in self for name in e.ambiguous)

    def lookup(self, name: str) -> tuple[Entity, ...]:
        return tuple(self.entities[i] for i in self.by_name.get(fold(name), ()))

    def is_ambiguous(self, name: str, entity_id: str) -> bool:
        """Whether the name needs a context that speaks for the entity."""
        return self.needs_context(name, entity_id) or len(self.by_name.get(fold(name), ())) > 1

    def needs_context(self, name: str, entity_id: str) -> bool:
        """Whether the registry lists the name among the entity's ``ambiguous`` ones."""
        return (fold(name), entity_id) in self._ambiguous

    def bears(self, name: str, entity_id: str) -> str | None:
        """How an entity comes by a name, in words; None if it does not bear it."""
        entity, key = self.entities[entity_id], fold(name)
        if key == fold(entity.name):
            return "its name in the registry"
        if key in {fold(other) for other in entity.names}:
            return "one of its other names in the registry"
        if key in {fold(other) for other in entity.former}:
            return "a former name of it in the registry"
        return None

    def owner(self, entity: Entity) -> Entity:
        """The organisation that answers for a model, product or platform; else the entity itself."""
        seen = {entity.id}
        while entity.developer and entity.developer not in seen:
            seen.add(entity.developer)
            entity = self.entities[entity.developer]
        return entity

    def merged(self, others: Iterable[Entity]) -> Registry:
        """This registry with entities added; an id that is there already is replaced.

        Raises RegistryError where the whole does not hold together.
        """
        entities = {**self.entities, **{e.id: e for e in others}}
        problems = list(cross_problems({}, entities))
        if problems:
            raise RegistryError("\n".join(problems))
        return Registry(entities)
