"""The curated entities: one checked reader for ``data/registry/*.yaml`` and users' own files.

A registry file is a YAML list (or a CSV with the same column names, lists separated by
``;``) of entities; ``docs/registry.md`` describes the fields. Every problem is reported
with its file and line, all of them at once.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from kg.model import Entity, EntityKind, KgError
from kg.names import fold
from kg.resources import data_dir

_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_LISTS = ("kinds", "names", "former", "ambiguous", "sources")
_SCALARS = (
    "id",
    "name",
    "parent",
    "developer",
    "country",
    "city",
    "jurisdiction",
    "founded",
    "released",
    "weights",
    "licence",
)
_IDENTIFIERS = {
    "wikidata": re.compile(r"Q[1-9]\d*"),
    "lei": re.compile(r"[A-Z0-9]{18}\d{2}"),
    "ticker": re.compile(r"[A-Z]+:[A-Z0-9.-]+"),
}
_WEIGHTS = ("open", "closed")


class RegistryError(KgError):
    """The registry cannot be used; the message lists every problem with file and line."""


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
        return (fold(name), entity_id) in self._ambiguous or len(
            self.by_name.get(fold(name), ())
        ) > 1

    def owner(self, entity: Entity) -> Entity:
        """The organisation that answers for a model, product or platform; else the entity itself."""
        seen = {entity.id}
        while entity.developer and entity.developer not in seen:
            seen.add(entity.developer)
            entity = self.entities[entity.developer]
        return entity

    def merged(self, others: Iterable[Entity]) -> Registry:
        """This registry with entities added; an id that is there already is replaced."""
        entities = {**self.entities, **{e.id: e for e in others}}
        problems = list(_cross_problems({e.id: ("", 0) for e in entities.values()}, entities))
        if problems:
            raise RegistryError("\n".join(problems))
        return Registry(entities)


@lru_cache(maxsize=1)
def bundled() -> Registry:
    """The registry that comes with the package."""
    return load(sorted((data_dir() / "registry").glob("*.yaml")))


def load(paths: Iterable[Path]) -> Registry:
    """Read registry files and check them, each by itself and against the others.

    Raises RegistryError naming file and line of every problem.
    """
    entities: dict[str, Entity] = {}
    places: dict[str, tuple[str, int]] = {}
    problems: list[str] = []
    for path in paths:
        for line, row in _rows(path):
            entity, wrong = _entity(row)
            problems += [f"{path}:{line}: {w}" for w in wrong]
            if entity is None:
                continue
            if entity.id in entities:
                first = places[entity.id]
                problems.append(
                    f"{path}:{line}: id {entity.id!r} is taken by {first[0]}:{first[1]}; choose another"
                )
                continue
            entities[entity.id] = entity
            places[entity.id] = (str(path), line)
    problems += _cross_problems(places, entities)
    if problems:
        raise RegistryError(
            f"{len(problems)} problem(s) in the registry:\n" + "\n".join(f"  {p}" for p in problems)
        )
    return Registry(entities)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RegistryError(f"{path}: cannot be read: {error}; give a UTF-8 text file") from error
    if path.suffix == ".csv":
        reader = csv.DictReader(text.splitlines())
        for record in reader:
            row: dict[str, Any] = {k: v.strip() for k, v in record.items() if k and v and v.strip()}
            for key in _LISTS:
                if key in row:
                    row[key] = [part.strip() for part in row[key].split(";") if part.strip()]
            identifiers = {k: row.pop(k) for k in _IDENTIFIERS if k in row}
            if identifiers:
                row["identifiers"] = identifiers
            yield reader.line_num, row
        return
    import yaml

    # The base loader keeps every scalar a text: Norway's NO is no boolean here.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            raise RegistryError(
                f"{path}:1: expected a list of entities, each starting with '- id:'"
            )
        for item in node.value:
            line = item.start_mark.line + 1
            value = loader.construct_object(item, deep=True)
            if not isinstance(value, dict):
                raise RegistryError(f"{path}:{line}: expected an entity (a mapping with an 'id')")
            yield line, value
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        raise RegistryError(
            f"{place}: not valid YAML: {getattr(error, 'problem', error)}; mend the line"
        ) from error
    finally:
        loader.dispose()


def _entity(row: Mapping[str, Any]) -> tuple[Entity | None, list[str]]:
    wrong: list[str] = []
    known = {*_LISTS, *_SCALARS, "identifiers"}
    for key in row.keys() - known:
        wrong.append(f"unknown field {key!r}; fields are {', '.join(sorted(known))}")
    values: dict[str, Any] = {}
    for key in _SCALARS:
        value = row.get(key)
        if value is not None:
            values[key] = str(value).strip()
    for key in _LISTS:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            wrong.append(f"{key} must be a list of non-empty texts (quote numbers)")
            value = []
        values[key] = tuple(value)
    for key in ("id", "name"):
        if not values.get(key):
            return None, [*wrong, f"an entity needs {key!r}"]
    if not _ID.fullmatch(values["id"]):
        wrong.append(f"id {values['id']!r}: use lower-case letters, digits and hyphens")
    kinds = []
    for kind in values["kinds"]:
        if kind in set(EntityKind):
            kinds.append(EntityKind(kind))
        else:
            wrong.append(f"unknown kind {kind!r}; kinds are {', '.join(EntityKind)}")
    if not kinds:
        return None, [*wrong, "an entity needs 'kinds', a list with at least one kind"]
    values["kinds"] = tuple(kinds)
    if (country := values.get("country")) and not _COUNTRY.fullmatch(country):
        wrong.append(f"country {country!r}: use two capital letters (ISO 3166-1), or EU")
    for key in ("founded", "released"):
        if (date := values.get(key)) and not _DATE.fullmatch(date):
            wrong.append(f"{key} {date!r}: use YYYY, YYYY-MM or YYYY-MM-DD")
    if (weights := values.get("weights")) and weights not in _WEIGHTS:
        wrong.append(f"weights {weights!r}: use one of {', '.join(_WEIGHTS)}")
    identifiers = row.get("identifiers") or {}
    if not isinstance(identifiers, dict):
        wrong.append("identifiers must be a mapping such as {wikidata: Q42}")
        identifiers = {}
    for scheme, value in identifiers.items():
        pattern = _IDENTIFIERS.get(scheme)
        if pattern is None:
            wrong.append(f"unknown identifier {scheme!r}; schemes are {', '.join(_IDENTIFIERS)}")
        elif not pattern.fullmatch(str(value)):
            wrong.append(f"{scheme} {value!r} does not look like one ({pattern.pattern})")
    values["identifiers"] = tuple(sorted((k, str(v)) for k, v in identifiers.items()))
    names = {fold(n) for n in (values["name"], *values["names"], *values["former"])}
    for name in values["ambiguous"]:
        if fold(name) not in names:
            wrong.append(f"ambiguous name {name!r} must be the name or one of names or former")
    if any(not fold(n) for n in (values["name"], *values["names"], *values["former"])):
        wrong.append("a name must hold at least one letter or digit")
    if wrong:
        return None, [f"{values['id']}: {w}" for w in wrong]
    return Entity(**values), []


def _cross_problems(
    places: Mapping[str, tuple[str, int]], entities: Mapping[str, Entity]
) -> Iterator[str]:
    for entity in entities.values():
        path, line = places[entity.id]
        at = f"{path}:{line}: " if path else ""
        for key in ("parent", "developer"):
            target = getattr(entity, key)
            if target is not None and target not in entities:
                yield f"{at}{entity.id}: {key} {target!r} is no id of the registry; add it or correct it"
        seen = {entity.id}
        parent = entity.parent
        while parent is not None and parent in entities:
            if parent in seen:
                yield f"{at}{entity.id}: its line of parents runs in a circle at {parent!r}"
                break
            seen.add(parent)
            parent = entities[parent].parent
