"""What the rest of an article tells about a name in it."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property, lru_cache

from kg.model import ORGANISATION_KINDS, Article, Entity, EntityKind, Mention
from kg.names import fold
from kg.registry import Registry
from kg.resolution.candidates import FORM

FIELD = 2
"""So many others of its field an article must name for a name that is written as one."""
_OFFICES = frozenset({EntityKind.AUTHORITY, EntityKind.GOVERNMENT})
_TRADE = frozenset(
    {
        EntityKind.LAB,
        EntityKind.CLOUD_PROVIDER,
        EntityKind.CHIP_MAKER,
        EntityKind.INVESTOR,
        EntityKind.MODEL_HUB,
        EntityKind.MODEL,
        EntityKind.PLATFORM,
    }
)
_WORD = re.compile(r"\w+")
_SENTENCE_START = re.compile(r"(?:^|[.!?•|\n][\"'”’)]*)\s*[\"'“‘(\[]*$")
_LEADING_WORDS = (
    "all and as at both but by even for if in like on or so than then though unlike when while with"
)
_LEADING = frozenset(_LEADING_WORDS.split())
"""Words that begin a sentence before a name and are no part of it."""
_TITLES = frozenset({"CEO", "CTO", "CFO", "COO", "Inc", "Ltd", "API", "AI"})


class Context:
    """Looks for a registry's own names in articles."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._named = lru_cache(maxsize=64)(self._own_names_in)

    def of_its_field(self, mention: Mention, entity: Entity, article: Article) -> bool:
        """Whether a name is written as one, among others of the field that the entity is in.

        "Together" between commas in an article on three clouds is the company; at the head
        of a sentence, after an article or as part of a longer name it proves nothing. The
        field of an office is its country's offices; people and places have none.
        """
        kinds = set(entity.kinds)
        if kinds & {EntityKind.PERSON, EntityKind.PLACE} - _OFFICES or not written_as_a_name(
            mention, article
        ):
            return False
        others = [e for i in self._named(article) - {entity.id} if (e := self._registry.get(i))]
        if kinds & _OFFICES:
            fellows = [e for e in others if _OFFICES & set(e.kinds) and e.country == entity.country]
        else:
            fellows = [e for e in others if _TRADE & set(e.kinds)]
        return len(fellows) >= FIELD

    def _own_names_in(self, article: Article) -> frozenset[str]:
        words = set(_WORD.findall(f"{article.title or ''}\n{article.text}"))
        return frozenset(
            entity_id
            for word in words & self._own_names.keys()
            for name, entity_id in self._own_names[word]
            if named_in(name, article)
        )

    @cached_property
    def _own_names(self) -> dict[str, list[tuple[str, str]]]:
        """First word -> names that mean one entity only, each with its id."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for entity in self._registry:
            for name in entity.all_names:
                first = _WORD.search(name)
                if first and len(name) > 2 and not self._registry.is_ambiguous(name, entity.id):
                    found[first.group()].append((name, entity.id))
        return found

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


def written_as_a_name(mention: Mention, article: Article) -> bool:
    """Whether a mention stands in its text as a name of its own, where only names are capitals."""
    text = article.text
    if text[mention.start : mention.end] != mention.text or not mention.text[:1].isupper():
        return False
    before, after = text[: mention.start][-80:], text[mention.end :][:40]
    if _SENTENCE_START.search(before) or before.rstrip()[-1:] in "-/&_@#]" or after[:1] in "-_@":
        return False
    previous, following = re.search(r"(\w+) $", before), re.match(r"(?:'s|’s)? (\w+)", after)
    if previous and previous.group(1).lower() in ("a", "an", "the"):
        return False
    if previous and previous.group(1)[0].isupper() and previous.group(1).lower() not in _LEADING:
        return False
    word = following.group(1) if following and not after.startswith(("'", "’")) else ""
    return word in _TITLES or not (word[:1].isupper() or word[:1].isdigit())


def stands_idle(mention: Mention, article: Article) -> bool:
    """Whether a word at the head of a sentence and before a comma need be no name: "Together, ..."."""
    before, after = article.text[: mention.start][-80:], article.text[mention.end :][:3]
    heads_a_list = re.fullmatch(r", [A-Z]", after)  # not "Augment, a rival of ..."
    return bool(_SENTENCE_START.search(before) and heads_a_list) and " " not in mention.text
