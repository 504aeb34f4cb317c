"""Names become entities: exact and alias match first, then candidates with a reason.

What is unsure is never merged: it becomes a new entity that lists what it is possibly
the same as. A person's judgements come before everything else.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.ids import digest, slug
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
)
from kg.names import fold
from kg.registry import Registry
from kg.resolution.candidates import WHERE, Candidate, Resemblance, squeezed
from kg.resolution.context import Context, stands_idle
from kg.resolution.judgements import Judgements

RULES = "2"
"""Raised when names find other entities than before, so that stores resolve theirs again."""
CONTEXT = 8.0
"""What a context that speaks for a candidate adds to its score."""

_MIXED = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
"""Capitals inside a word: nothing but the name is written so (LLaMA, xAI)."""

_KIND_ORDER = {kind: i for i, kind in enumerate(EntityKind)}
_FAMILIES = (
    ORGANISATION_KINDS,
    ARTEFACT_KINDS,
    frozenset({EntityKind.PERSON}),
    frozenset({EntityKind.PLACE}),
)


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
        """A hash of the rules, of the registry and of the judgements that stand."""
        return digest("linker", RULES, self._registry_version, self.judgements.version)

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
        if judged := self.judgements.same.get(fold(mention.name)):
            known = self.registry.get(judged)
            renamed = replace(mention, name=judged, entity=None)
            return Link(known or entity_from_mentions([renamed]), "judged the same by a person")
        entity = self.registry.get(mention.entity)
        if entity and self._idle(mention, entity, article):
            mention = replace(mention, name=mention.text, entity=None)
        elif entity and not self._apart(mention, entity):
            how = self.registry.bears(mention.name, entity.id)
            return Link(entity, how or "recognised in the text by the extractor")
        exact = [
            e
            for e in self.registry.lookup(mention.name)
            if self._may_be(mention, e) and self._in_its_capitals(mention, e)
        ]
        sure = [e for e in exact if not self._needs_context(mention, e)]
        if found := _foremost(sure, mention):
            return Link(found, self.registry.bears(mention.name, found.id) or "")
        told = [e for e in exact if e not in sure and self._context.speaks_for(e, article)]
        if found := None if sure else _foremost(told, mention):
            how = self.registry.bears(mention.name, found.id)
            return Link(found, f"{how}, and the article speaks of it by others")
        if article is not None and not sure and not told:
            told = [e for e in exact if self._context.of_its_field(mention, e, article)]
            if found := _foremost(told, mention):
                how = self.registry.bears(mention.name, found.id)
                return Link(found, f"{how}, and the article speaks of others of its field")
        if not exact and (found := self._spaced_otherwise(mention)):
            return Link(found, "a name of the registry but for spaces and hyphens")
        if not exact and (short := self._short_form(mention, article)):
            return Link(short, "short for a name of the registry that the article has in full")
        candidates = tuple(self.candidates(mention, article))
        return Link(entity_from_mentions([mention]), "not in the registry", candidates)

    def thinly_read(self, statement: Statement, article: Article | None) -> str | None:
        """Why a statement's ends may be misread: an ambiguous name that only its role speaks for."""
        for mention in filter(None, (statement.subject, statement.object)):
            entity = self.registry.get(mention.entity)
            if article is None or entity is None or entity.kind in WHERE:
                continue
            if self._needs_context(replace(mention, name=mention.text), entity) and not (
                self._context.speaks_for(entity, article)
                or self._context.of_its_field(mention, entity, article)
            ):
                return f"{mention.text!r} may mean something else than {entity.name} ({entity.id})"
        return None

    def candidates(
        self, mention: Mention, article: Article | None = None, limit: int = 5
    ) -> list[Candidate]:
        """Registry entities that a mention may stand for, best first; none of them is certain.

        The score is that of the names; where the article also names the entity, or what
        belongs to it, by a name that is its own, it rises by up to ``CONTEXT``.
        """
        found = []
        for candidate in self._resemblance.of(mention.name).values():
            entity = self.registry[candidate.entity]
            if not self._may_be(mention, entity):
                continue
            if article is not None and self._context.speaks_for(entity, article):
                candidate = replace(
                    candidate,
                    score=min(99.0, candidate.score + CONTEXT),
                    reason=f"{candidate.reason}, and the article speaks of {entity.name}",
                )
            elif candidate.score == 100.0:
                candidate = replace(
                    candidate, score=95.0, reason=f"{candidate.reason}, but the context is silent"
                )
            found.append(candidate)
        scores = {c.entity: c.score for c in found}
        # Whoever may be the lab need not be offered every model of it as well.
        others = [
            c for c in found if scores.get(self.registry[c.entity].developer or "", 0.0) < c.score
        ]
        return sorted(others, key=lambda c: (-c.score, c.entity))[:limit]

    @cached_property
    def _resemblance(self) -> Resemblance:
        return Resemblance(self.registry)

    def _in_its_capitals(self, mention: Mention, entity: Entity) -> bool:
        """Whether "Epic" may stand for EPIC: not where the acronym is ambiguous anyway."""
        if mention.name.isupper() or not self.registry.needs_context(mention.name, entity.id):
            return True
        return any(
            fold(name) == fold(mention.name) and not (name.isupper() and " " not in name)
            for name in entity.all_names
        )

    def _idle(self, mention: Mention, entity: Entity, article: Article | None) -> bool:
        """Whether a word was taken for a name that it need not be, and nothing else speaks for it."""
        return (
            article is not None
            and self.registry.needs_context(mention.text, entity.id)
            and stands_idle(mention, article)
            and not self._context.speaks_for(entity, article)
        )

    def _needs_context(self, mention: Mention, entity: Entity) -> bool:
        """Whether the name may mean something else; not if its very capitals are the entity's."""
        if mention.text in entity.all_names and _MIXED.search(mention.text):
            return False
        return self.registry.needs_context(mention.name, entity.id)

    def _apart(self, mention: Mention, entity: Entity) -> bool:
        return (fold(mention.name), entity.id) in self.judgements.apart

    def _may_be(self, mention: Mention, entity: Entity) -> bool:
        return compatible(mention.kind, entity) and not self._apart(mention, entity)

    @cached_property
    def _squeezed(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for entity in self.registry:
            for name in entity.all_names:
                if len(key := squeezed(name)) > 3:
                    found[key].add(entity.id)
        return found

    def _spaced_otherwise(self, mention: Mention) -> Entity | None:
        """The only entity by the name when "Scale AI" and "ScaleAI", "GPT-5" and "GPT 5" are one."""
        ids = self._squeezed.get(squeezed(mention.name), set())
        entity = self.registry[next(iter(ids))] if len(ids) == 1 else None
        if entity is None or not self._may_be(mention, entity):
            return None
        own = [n for n in entity.all_names if squeezed(n) == squeezed(mention.name)]
        return None if any(self.registry.is_ambiguous(n, entity.id) for n in own) else entity

    def _short_form(self, mention: Mention, article: Article | None) -> Entity | None:
        """The only entity that the article names in full and the mention shortens."""
        if article is None or not mention.name[:1].isupper():
            return None
        found = [
            e for e in self._context.in_full(mention.name, article) if self._may_be(mention, e)
        ]
        return found[0] if len(found) == 1 else None

    @cached_property
    def _context(self) -> Context:
        return Context(self.registry)


def _foremost(bearers: list[Entity], mention: Mention) -> Entity | None:
    """Of several bearers of one name the organisation, before its own model or product."""
    if mention.kind is None and len(bearers) > 1:
        makers = [e for e in bearers if ARTEFACT_KINDS.isdisjoint(e.kinds)]
        if len(makers) == 1 and all(
            e.developer == makers[0].id for e in bearers if e is not makers[0]
        ):
            return makers[0]
    return bearers[0] if len(bearers) == 1 else None


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
