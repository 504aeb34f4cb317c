"""What the rest of an article tells about a name in it."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from kg.model import ORGANISATION_KINDS, Article, Entity, EntityKind
from kg.names import fold
from kg.registry import Registry
from kg.resolution.candidates import FORM


class Context:
    """Looks for a registry's own names in articles."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @cached_property
    def _kin(self) -> dict[str, list[Entity]]:
        """Id -> what belongs to the entity: its units, models, products."""
        found: dict[str, list[Entity]] = defaultdict(list)
        for entity in self._registry:
            for owner in {entity.parent, entity.developer} - {None}:
                found[str(owner)].append(entity)
        return found

    def speaks_for(self, entity: Entity, article: Article | None) -> bool:
        """Whether the article also uses a name of the entity, or of its kin, that is not ambiguous."""
        if article is None:
            return False
        owners = [self._registry.get(i) for i in (entity.developer, entity.parent)]
        kin = [entity, *self._kin[entity.id], *filter(None, owners)]
        return any(
            named_in(name, article)
            for e in kin
            for name in e.all_names
            if not self._registry.is_ambiguous(name, e.id)
        )

    def in_full(self, name: str, article: Article) -> list[Entity]:
        """The entities that the article names in full and ``name`` shortens.

        A person by the family name, an organisation without the words that only give its
        name a form: "Stability" for Stability AI. "Koch" is not Koch Ventures.
        """
        words = fold(name).split()
        found = {
            entity.id: entity
            for full, entity in self._by_word.get(words[0] if words else "", ())
            if _shortens(words, fold(full).split(), entity) and named_in(full, article)
        }
        return list(found.values())

    @cached_property
    def _by_word(self) -> dict[str, list[tuple[str, Entity]]]:
        """First words of organisations' names and family names -> name and entity."""
        found: dict[str, list[tuple[str, Entity]]] = defaultdict(list)
        for entity in self._registry:
            person = entity.kind is EntityKind.PERSON
            if not person and ORGANISATION_KINDS.isdisjoint(entity.kinds):
                continue
            for name in entity.all_names:
                words = fold(name).split()
                if len(words) > 1 and not self._registry.is_ambiguous(name, entity.id):
                    found[words[-1 if person else 0]].append((name, entity))
        return found


def named_in(name: str, article: Article) -> bool:
    """Whether a name stands in an article, written as the registry writes it."""
    text = f"{article.title or ''}\n{article.text}"
    return name in text and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _shortens(words: list[str], full: list[str], entity: Entity) -> bool:
    if entity.kind is EntityKind.PERSON:
        return words == full[-1:]
    rest = full[len(words) :]
    return full[: len(words)] == words and bool(rest) and FORM.issuperset(rest)
