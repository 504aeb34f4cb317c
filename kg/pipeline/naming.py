"""What an article itself calls those it speaks of, where the registry may call them otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kg.model import ARTEFACT_ROLES, End, Entity, EntityKind, Kind, Resolved, Statement
from kg.registry import Registry

_GENERIC = re.compile(r"(?: (?:family|line|series|models?|chatbot))+$")
"""Words behind a model's name that only say what it is: ``Claude models``."""


class Naming:
    """The names that one article gives to entities.

    ``labels`` are those of entities new to the registry, ``text`` is the article's.
    """

    def __init__(
        self, text: str, statements: Iterable[Resolved], labels: dict[str, str], registry: Registry
    ) -> None:
        self._text = text
        self._labels = labels
        self._registry = registry
        self._told: dict[str, str] = {}
        self._named: dict[str, Counter[str]] = {}
        self._described: dict[str, Counter[str]] = {}
        for resolved in statements:
            said = resolved.statement
            told = [(resolved.subject, said.subject), (resolved.object, said.object)]
            parties = zip(resolved.participants, said.participants, strict=True)
            told += [(entity, mention) for (_, entity), (_, mention) in parties]
            for entity_id, mention in told:
                if entity_id and mention and self._bears(mention.text, entity_id):
                    self._named.setdefault(entity_id, Counter())[mention.text] += 1
                elif entity_id and mention and self._in_office(mention.text, entity_id):
                    self._described.setdefault(entity_id, Counter())[mention.text] += 1

    def label(self, entity_id: str) -> str:
        """The entity's preferred label, in the registry or as all its mentions give it."""
        entity = self._registry.get(entity_id)
        return entity.name if entity else self._labels.get(entity_id, entity_id)

    def told(self, entity_id: str) -> str:
        """The name that the statements use most, of equals the longest; else one of the article's.

        The label where the article only describes the entity, but for the person who stands
        for an authority.
        """
        if entity_id not in self._told:
            forms = self._named.get(entity_id) or self._forms(entity_id)
            forms = forms or self._described.get(entity_id, forms)
            self._told[entity_id] = max(
                forms, key=lambda form: (forms[form], len(form)), default=self.label(entity_id)
            )
        return self._told[entity_id]

    def _forms(self, entity_id: str) -> Counter[str]:
        """The entity's names in the article, by how often each stands there."""
        entity = self._registry.get(entity_id)
        if entity is None:
            return Counter()
        names = {entity.name, *entity.names, *entity.former}
        if EntityKind.AUTHORITY in entity.kinds:
            # an authority's names in the registry are descriptions, too
            names = {name for name in names if _is_proper(name)}
            names = {n for n in names if not any(n.endswith(f" {other}") for other in names)}
            if not names:
                return Counter()
        if EntityKind.PERSON in entity.kinds:
            names.add(entity.name.split()[-1])
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"
        return Counter(found[0] for found in re.finditer(pattern, self._text))

    def of(self, entity_id: str | None, group: Sequence[Resolved], end: End) -> str | None:
        """What the article calls the entity at one end of a fact; None for nobody.

        A model, product or platform goes by its own name where the fact's statements do not name
        its maker and speak of no other; but for distribution, only if the article names it nowhere.
        """
        if entity_id is None:
            return None
        if entity_id not in self._named:
            kind = group[0].statement.kind
            if kind is Kind.DISTRIBUTION:
                offered = {self._artefact(r.statement, end, entity_id) for r in group}
            elif kind is Kind.COMPETITION:
                offered = set()  # models are compared, their makers compete
            else:
                offered = {self._made(r, entity_id) for r in group}
            if len(offered) == 1 and (name := offered.pop()):
                return _GENERIC.sub("", name)
        return self.told(entity_id)

    def _bears(self, text: str, entity_id: str) -> bool:
        entity = self._registry.get(entity_id)
        if entity is None:
            return False
        return self._registry.bears(text, entity_id) is not None or _is_surname(text, entity)

    def _in_office(self, text: str, entity_id: str) -> bool:
        entity = self._registry.get(entity_id)
        return (
            entity is not None
            and entity.kind is EntityKind.AUTHORITY
            and re.fullmatch(r"(?:[A-Z][a-zé]+ ?){2,3}", text) is not None
            and entity.name.casefold() not in text.casefold()
        )

    def _made(self, resolved: Resolved, entity_id: str) -> str | None:
        """The name of what stands for its maker; None where the article names the maker anywhere."""
        said = resolved.statement
        mention = said.subject if resolved.subject == entity_id else said.object
        if mention is None or self._forms(entity_id):
            return None
        made = (e for e in self._registry.lookup(mention.text) if e.developer == entity_id)
        return mention.text if next(made, None) else None

    def _artefact(self, said: Statement, end: End, entity_id: str) -> str | None:
        """The name of the model or platform that stands for its maker; None where the maker is named."""
        maker = getattr(said, end)
        owner = None if maker is None else re.split(r"['’]s ", maker.text)[0]
        if maker is None or owner is None or self._bears(owner, entity_id):
            return None
        for role, artefact in said.participants:
            if role == ARTEFACT_ROLES[end] and artefact.start == maker.start:
                known = artefact.entity is not None and artefact.entity in self._registry
                named = known and self._registry.bears(artefact.text, artefact.entity or "")
                return artefact.text if named else artefact.name
        return None


def _is_proper(name: str) -> bool:
    """``KTA``, ``Dutch Trade Authority``, not ``Dutch trade watchdog`` or ``Dutch regulators``."""
    words = [w for w in name.split() if w not in ("of", "for", "and", "the", "in", "on")]
    return all(w[0].isupper() for w in words) and (len(words) > 2 or name.isupper())


def _is_surname(text: str, entity: Entity) -> bool:
    """``Altman`` of Sam Altman."""
    return (
        EntityKind.PERSON in entity.kinds
        and text[:1].isupper()
        and entity.name.endswith(f" {text}")
    )
