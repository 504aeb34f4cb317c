"""The part of the graph that a plan needs, read on demand.

networkx is imported only by what walks the graph: it would cost a lookup more than all the
rest of the answer. ``KnowledgeGraph.graph(of=answer)`` draws what an answer rests on.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import SYMMETRIC, Entity, EntityKind, Kind
from kg.records import Catalogue, RelationshipRecord

_BEARS_PARTIES = frozenset({Kind.SCRUTINY})
"""Kinds whose further parties count as objects: a deal under review has more than one."""


class World:
    """Entities and relationships read on demand, each once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.records: dict[str, RelationshipRecord] = {}
        self._labs: dict[str, bool] = {}

    # reading ----------------------------------------------------------------------

    def around(
        self, ids: Iterable[str], kinds: Iterable[Kind], role: str | None = None
    ) -> list[RelationshipRecord]:
        """The relationships of some entities; in order of their beginning."""
        kinds = tuple(kinds)
        found: dict[str, RelationshipRecord] = {}
        for entity_id in ids:
            for record in self.catalogue.relationships(entity_id, kinds=kinds, role=role):
                found[record.id] = record
            if role != "subject" and _BEARS_PARTIES & set(kinds):
                for record in self.catalogue.as_party(entity_id):
                    if record.kind in _BEARS_PARTIES and record.kind in kinds:
                        found[record.id] = record
        return self._once(found.values())

    def all_of(self, kinds: Iterable[Kind]) -> list[RelationshipRecord]:
        """Every relationship of some kinds."""
        return self._once(self.catalogue.all_relationships(tuple(kinds)))

    def _once(self, records: Iterable[RelationshipRecord]) -> list[RelationshipRecord]:
        return [self.records.setdefault(r.id, r) for r in records]

    # entities ---------------------------------------------------------------------

    def name(self, entity_id: str) -> str:
        return self.catalogue.ref(entity_id).name

    def entity(self, entity_id: str) -> Entity | None:
        return self.catalogue.entity(entity_id)

    def family(self, entity_id: str) -> list[str]:
        """The entity and everything that belongs to it, directly or through others."""
        found = [entity_id]
        for one in found:
            found += [k for k in self.catalogue.owned(one) if k not in found]
        return found

    def units(self, entity_id: str) -> list[str]:
        """The entity and what the registry lists as belonging to it, at any remove."""
        found = [entity_id]
        for one in found:
            found += [k for k in self.catalogue.kin(one) if k not in found]
        return found

    def chain(self, entity_id: str, owner: str) -> list[tuple[str, str]]:
        """The steps (owned, owner) by which an entity belongs to another, the fewest there are."""
        ways = {entity_id: list[tuple[str, str]]()}
        for one in (waiting := [entity_id]):
            for above in self.catalogue.owners(one):
                if above not in ways:
                    ways[above] = [*ways[one], (one, above)]
                    waiting.append(above)
        return ways.get(owner, [])

    def owners(self, entity_id: str) -> list[str]:
        """The entity and those the registry says it belongs to, upwards."""
        found = [entity_id]
        while (entity := self.entity(found[-1])) and entity.parent and entity.parent not in found:
            found.append(entity.parent)
        return found

    def is_lab(self, entity_id: str) -> bool:
        """Whether the entity is a lab or develops a model."""
        known = self._labs.get(entity_id)
        if known is None:
            entity = self.entity(entity_id)
            known = (entity is not None and EntityKind.LAB in entity.kinds) or any(
                (made := self.entity(m)) is not None and EntityKind.MODEL in made.kinds
                for m in self.catalogue.kin(entity_id, "developedBy")
            )
            self._labs[entity_id] = known
        return known


def ends(record: RelationshipRecord) -> list[tuple[str | None, str]]:
    """The pairs (subject, object) that a relationship holds between.

    A symmetric one holds both ways; a review concerns each further party too. Nothing is
    related to itself.
    """
    subject = record.subject.id if record.subject else None
    pairs: list[tuple[str | None, str]] = [(subject, record.object.id)]
    if record.kind in SYMMETRIC and subject is not None:
        pairs.append((record.object.id, subject))
    if record.kind in _BEARS_PARTIES:
        pairs += [(subject, ref.id) for role, ref in record.participants if role == "party"]
    return [p for p in dict.fromkeys(pairs) if p[0] != p[1]]
