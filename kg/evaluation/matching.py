"""When two facts are the same fact: the type and who its two ends are."""

from __future__ import annotations

from kg.evaluation.gold import Fact
from kg.model import SYMMETRIC, EntityKind
from kg.names import fold
from kg.registry import Registry

Key = tuple[str, str | None, str | None]

# Kinds whose own standing matters: a fund is not its sponsor, an agency not its ministry.
_STANDS_ALONE = {
    EntityKind.INVESTOR,
    EntityKind.SOVEREIGN_FUND,
    EntityKind.AUTHORITY,
    EntityKind.GOVERNMENT,
}


class Keys:
    """What makes two facts the same fact: the type and who its two ends are."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def key(self, fact: Fact) -> Key:
        kind = str(fact["type"])
        names = [fact.get(f"{end}_resolved") or fact.get(end) for end in ("subject", "object")]
        ends = [self._group(n) if n else None for n in names]
        if ends[0] == ends[1] and None not in ends:  # a company and its own unit
            ends = [self._owner(str(n)) for n in names]
        if kind in SYMMETRIC and None not in ends:
            ends.sort(key=str)
        return kind, ends[0], ends[1]

    def pair(self, one: str, other: str) -> frozenset[str]:
        return frozenset((self._group(one), self._group(other)))

    def _owner(self, name: str) -> str:
        entities = [self._registry.owner(e) for e in self._registry.lookup(name)]
        if not entities:
            return fold(name)
        sure = [e for e in entities if not self._registry.is_ambiguous(name, e.id)]
        return min(sure or entities, key=lambda e: (EntityKind.AUTHORITY not in e.kinds, e.id)).id

    def _group(self, name: str) -> str:
        """The organisation at the head of the one named, as the public speaks of it."""
        entity = self._registry.get(found := self._owner(name))
        seen = set()
        while entity and entity.parent and entity.id not in seen:
            if _STANDS_ALONE & set(entity.kinds):
                break
            seen.add(entity.id)
            entity = self._registry.owner(self._registry[entity.parent])
        return entity.id if entity else found
