"""Names of the registry in a text: longest first, whatever the spacing and the quotes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extraction.rules.language import is_word
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.tokens import Piece, pieces
from kg.model import ARTEFACT_KINDS, ORGANISATION_KINDS, Entity, EntityKind
from kg.registry import Registry


@dataclass(frozen=True, slots=True)
class Name:
    """A name at ``start:end``, of a known entity or a guessed one.

    ``name`` is the fullest form known; ``owner`` the id of the organisation that answers
    for it where it is a model, product or platform; ``ambiguous`` where the registry says
    that the name needs a context which speaks for the entity; ``official`` the person who
    stands for an authority in ``FTC Chair Lina Khan``; ``apposed`` where it says again, between
    commas, who the name before it is.
    """

    text: str
    start: int
    end: int
    name: str
    entity: Entity | None = None
    kind: EntityKind | None = None
    owner: str | None = None
    ambiguous: bool = False
    official: str = ""
    apposed: bool = False

    @property
    def is_person(self) -> bool:
        return self.kind is EntityKind.PERSON

    @property
    def is_artefact(self) -> bool:
        return self.kind in ARTEFACT_KINDS

    @property
    def is_place(self) -> bool:
        return self.kind is EntityKind.PLACE

    @property
    def is_authority(self) -> bool:
        return self.kind in (EntityKind.AUTHORITY, EntityKind.GOVERNMENT)

    @property
    def is_organisation(self) -> bool:
        return self.kind is None or self.kind in ORGANISATION_KINDS


def publishes(name: Name) -> bool:
    """Whether it is a newspaper or the like, which tells of others."""
    told = (name.text, name.name)
    bare = (n.removeprefix("The ") for n in told)
    return not words("names", "publisher").isdisjoint((*told, *bare, f"The {name.text}"))


class Gazetteer:
    """Finds the registry's names among the pieces of a text."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._starts: dict[str, list[tuple[tuple[str, ...], str, tuple[str, ...]]]] = defaultdict(
            list
        )
        self._words: set[str] = set()
        self._single: set[str] = set()
        seen: set[tuple[str, ...]] = set()
        for entity in registry:
            for name in entity.all_names:
                parts = _parts(name)
                folded = tuple(map(_folded, parts))
                if not parts or folded in seen:
                    continue
                seen.add(folded)
                self._starts[folded[0]].append(
                    (folded, name, tuple(e.id for e in registry.lookup(name)))
                )
                self._words.update(p for p in parts if len(p) > 2 and not p.islower())
                self._words.update(p.upper() for p in parts[:1] if len(p) > 3)
                if len(folded) == 1:
                    self._single.add(folded[0])
        for stem, developer in table("names")["model_family"].items():
            parts = _parts(stem)
            folded = tuple(map(_folded, parts))
            if developer in registry.entities and folded not in seen:
                seen.add(folded)
                self._starts[folded[0]].append((folded, stem, ()))
            self._words.update(p for p in parts if len(p) > 2 and not p.islower())
        for candidates in self._starts.values():
            candidates.sort(key=lambda c: -len(c[0]))

    def known(self, word: str) -> bool:
        """Whether the word is part of a known name, written as names are, or a whole one in other capitals."""
        return word in self._words or (len(word) > 5 and word.casefold() in self._single)

    def scan(self, text: str, found: Sequence[Piece]) -> list[tuple[Name, int, int]]:
        """Known names with the indices of their first piece and of the one after their last."""
        names: list[tuple[Name, int, int]] = []
        said = tuple([_folded(p.text) for p in found])
        after = 0
        for index, word in enumerate(said):
            if index < after or word not in self._starts:
                continue
            hit = self._at(text, found, said, index)
            if hit is not None and word == "the" and said[index + 1] in self._starts:
                # "the Information Commissioner's Office" is none of The Information
                inside = self._at(text, found, said, index + 1)
                hit = inside if inside is not None and inside[2] > hit[2] else hit
            if hit is not None:
                names.append(hit)
                after = hit[2]
        return names

    def _at(
        self, text: str, found: Sequence[Piece], said: tuple[str, ...], index: int
    ) -> tuple[Name, int, int] | None:
        for folded, name, ids in self._starts[said[index]]:
            after = index + len(folded)
            if said[index:after] != folded or not _close(found, index, after):
                continue
            start, end = found[index].start, found[after - 1].end
            surface = text[start:end]
            if "\n" in surface or not _cased(surface, name, len(folded)):
                continue
            if after < len(found) and _continues(found[after - 1], found[after]):
                continue
            return self._name(surface, start, end, name, ids), index, after
        return None

    def _name(self, surface: str, start: int, end: int, name: str, ids: tuple[str, ...]) -> Name:
        if not ids:
            developer = table("names")["model_family"][name]
            return Name(surface, start, end, surface, None, EntityKind.MODEL, developer)
        entities = [self.registry[i] for i in ids]
        entity = entities[0]
        if len(entities) > 1:
            # One name, several bearers: the organisation rather than its model or product.
            entity = min(
                entities, key=lambda e: (e.kind in ARTEFACT_KINDS, e.parent is not None, e.id)
            )
        owner = self.registry.owner(entity)
        ambiguous = self.registry.is_ambiguous(name, entity.id)
        return Name(
            surface,
            start,
            end,
            entity.name,
            entity,
            entity.kind,
            owner.id if owner is not entity else None,
            ambiguous,
        )


def _parts(name: str) -> tuple[str, ...]:
    return tuple(p.text.replace("’", "'") for p in pieces(name, lambda _: True))


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    """One spelling for a word in whatever capitals and quotes: ``u.s.`` for ``U.S``."""
    folded = word.replace("’", "'").casefold()
    return folded + "." if folded in ("u.s", "u.k") else folded


def _close(found: Sequence[Piece], first: int, after: int) -> bool:
    """Whether no more than one mark of space lies between the pieces."""
    return all(found[i].start - found[i - 1].end <= 1 for i in range(first + 1, after))


def _continues(last: Piece, following: Piece) -> bool:
    """Whether the name goes on as another word: ``Meta-analysis``, ``Scale-up``."""
    return False if following.start != last.end else following.text in ("_", "@")


def _cased(surface: str, name: str, length: int) -> bool:
    """Whether the surface is written as a name is: capitals where the name has them."""
    if surface == name:
        return True
    letters = [c for c in surface if c.isalpha()]
    if not letters:
        return False
    first, wanted = letters[0], next((c for c in name if c.isalpha()), "")
    if wanted.islower():
        return first.islower() or surface.isupper() or length > 1
    if not first.isupper():
        return False
    if length == 1 and name.isupper() and len(name) <= 4:
        return surface == name
    if length == 1 and is_word(surface):
        return surface[1:].islower() or surface.isupper()
    return True


def is_version(text: str) -> bool:
    """Whether a piece goes on with the name of a model: ``4.5``, ``70B``, ``Flash``, ``v2``."""
    return text in words("names", "version_word") or bool(
        re.fullmatch(r"[vVrRoO]?\d+(?:\.\d+)?[a-zA-Z]{0,2}|\d+x\d+[bB]|A\d+[bB]", text)
    )
