"""Names become entities: exact and alias match first, then candidates with a reason.

What is unsure is never merged: it becomes a new entity that lists what it is possibly
the same as. A person's judgements come before everything else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.model import (
    ARTEFACT_KINDS,
    ORGANISATION_KINDS,
    Article,
    Entity,
    EntityKind,
    Extraction,
    Mention,
    Resolved,
    Statement,
    digest,
    slug,
)
from kg.names import fold
from kg.registry import Registry
from kg.resolution.judgements import Judgements

CANDIDATE_SCORE = 86
"""Least similarity (0 to 100, rapidfuzz WRatio on folded names) of a candidate."""

_KIND_ORDER = {kind: i for i, kind in enumerate(EntityKind)}
_FAMILIES = (
    ORGANISATION_KINDS,
    ARTEFACT_KINDS,
    frozenset({EntityKind.PERSON}),
    frozenset({EntityKind.PLACE}),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may stand for, with a similarity (0 to 100) and a reason."""

    entity: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """What a mention was resolved to, how, and what else it might have been."""

    entity: Entity
    reason: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(eq=False)
class Linker:
    """Resolves mentions against a registry and a person's judgements."""

    registry: Registry
    judgements: Judgements = field(default_factory=Judgements)

    @property
    def version(self) -> str:
        """A hash of the registry and of the judgements that stand."""
        return digest("linker", self._registry_version, self.judgements.version)

    @cached_property
    def _registry_version(self) -> str:
        return digest("registry", sorted(repr(entity) for entity in self.registry))

    def resolve(self, extraction: Extraction) -> tuple[list[Resolved], list[Entity]]:
        """The statements with entity ids, and the entities that are not in the registry."""
        new: dict[str, list[Mention]] = {}
        article = extraction.article

        def entity_of(mention: Mention) -> str:
            link = self.link(mention, article)
            if link.entity.origin == "article":
                known = replace(mention, name=link.entity.name)
                new.setdefault(link.entity.id, []).append(known)
            return link.entity.id

        resolved = [self._resolve(s, article, entity_of) for s in extraction.statements]
        entities = [entity_from_mentions(mentions) for _, mentions in sorted(new.items())]
        return resolved, entities

    def _resolve(
        self, statement: Statement, article: Article, entity_of: Callable[[Mention], str]
    ) -> Resolved:
        resolved = Resolved(
            statement=statement,
            subject=entity_of(statement.subject) if statement.subject else None,
            object=entity_of(statement.object),
            participants=tuple((role, entity_of(m)) for role, m in statement.participants),
            published=article.published,
        )
        return replace(resolved, judged=self.judgements.verdict_on(resolved))

    def link(self, mention: Mention, article: Article | None = None) -> Link:
        """The entity a mention stands for: a registry entity or a new one."""
        name = fold(mention.name)
        if judged := self.judgements.same.get(name):
            known = self.registry.get(judged)
            renamed = replace(mention, name=judged, entity=None)
            return Link(known or entity_from_mentions([renamed]), "judged the same by a person")
        if (entity := self.registry.get(mention.entity)) and (
            name,
            entity.id,
        ) not in self.judgements.apart:
            return Link(entity, "recognised in the text by a name of the registry")
        exact = [
            e
            for e in self.registry.lookup(mention.name)
            if (name, e.id) not in self.judgements.apart and compatible(mention.kind, e)
        ]
        if len(exact) == 1 and (
            not self.registry.is_ambiguous(mention.name, exact[0].id)
            or self._context_speaks_for(exact[0], article)
        ):
            return Link(exact[0], "a name of the registry")
        candidates = tuple(
            [Candidate(e.id, 100.0, "same name, but the context does not tell") for e in exact]
        ) or tuple(self.candidates(mention))
        return Link(entity_from_mentions([mention]), "not in the registry", candidates)

    def candidates(self, mention: Mention, limit: int = 5) -> list[Candidate]:
        """Registry entities with a similar name, best first; none of them is certain."""
        from rapidfuzz import fuzz, process

        name = fold(mention.name)
        found: dict[str, Candidate] = {}
        matches = process.extract(
            name, self._names, scorer=fuzz.WRatio, score_cutoff=CANDIDATE_SCORE, limit=4 * limit
        )
        for other, score, _ in matches:
            if _digits(name) != _digits(other):
                continue
            for entity_id in self.registry.by_name[other]:
                entity = self.registry[entity_id]
                if (name, entity_id) in self.judgements.apart or not compatible(
                    mention.kind, entity
                ):
                    continue
                if entity_id not in found:
                    reason = f"its name {other!r} resembles {name!r}"
                    found[entity_id] = Candidate(entity_id, round(float(score), 1), reason)
        return sorted(found.values(), key=lambda c: (-c.score, c.entity))[:limit]

    @cached_property
    def _names(self) -> list[str]:
        return sorted(self.registry.by_name)

    def _context_speaks_for(self, entity: Entity, article: Article | None) -> bool:
        """Whether the article also uses a name of the entity, or of its kin, that is not ambiguous."""
        if article is None:
            return False
        text = f"{article.title or ''}\n{article.text}"
        kin = [entity]
        kin += [e for e in self.registry if entity.id in (e.developer, e.parent)]
        kin += [e for i in (entity.developer, entity.parent) if (e := self.registry.get(i))]
        return any(
            re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
            for e in kin
            for name in e.all_names
            if not self.registry.is_ambiguous(name, e.id)
        )


def compatible(kind: EntityKind | None, entity: Entity) -> bool:
    """Whether a mention guessed to be of ``kind`` may stand for the entity."""
    if kind is None:
        return True
    for family in _FAMILIES:
        if kind in family:
            return any(k in family for k in entity.kinds)
    return True


def new_entity_id(name: str) -> str:
    """The id of an entity known from articles only: the same for names that fold alike."""
    key = fold(name)
    return f"{slug(key) or 'entity'}-{digest('entity', key)[:6]}"


def entity_from_mentions(mentions: Iterable[Mention]) -> Entity:
    """An entity that is in no registry, as its mentions have it; their order does not matter."""
    listed = list(mentions)
    names = sorted({m.name for m in listed}, key=lambda n: (n.isupper(), n.islower(), len(n), n))
    return Entity(
        id=new_entity_id(names[0]),
        name=names[0],
        kinds=_kinds(listed),
        names=tuple(names[1:]),
        origin="article",
    )


def _kinds(mentions: Iterable[Mention]) -> tuple[EntityKind, ...]:
    """What the contexts suggest; where they contradict each other, what most of them do.

    Nothing is both an organisation and a person, so only kinds of one family are kept.
    """
    guesses = Counter(m.kind for m in mentions if m.kind)
    family = max(_FAMILIES, key=lambda kinds: sum(guesses[kind] for kind in kinds))
    kinds = sorted(guesses.keys() & family, key=_KIND_ORDER.__getitem__)
    return tuple(kinds) or (EntityKind.ORGANISATION,)


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)
