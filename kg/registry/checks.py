"""What an entity must be, by itself and beside the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kg.model import ORGANISATION_KINDS, Entity, EntityKind
from kg.names import fold
from kg.registry.rows import LISTS, SCALARS

_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_IDENTIFIERS = {
    "wikidata": re.compile(r"Q[1-9]\d*"),
    "lei": re.compile(r"[A-Z0-9]{18}\d{2}"),
    "ticker": re.compile(r"[A-Z]+:[A-Z0-9.-]+"),
}
_URL = re.compile(r"https?://[^\s/]+\.[^\s]+")
_WEIGHTS = ("open", "closed")


def entity_of(row: Mapping[str, Any]) -> tuple[Entity | None, list[str]]:
    """The entity a row describes; else None and every reason why not."""
    values, wrong = _texts(row)
    entity_id = values.get("id", "")
    for key in ("id", "name"):
        if not values.get(key):
            wrong.append(f"an entity needs {key!r}")
    if entity_id and not _ID.fullmatch(entity_id):
        wrong.append(f"id {entity_id!r}: use lower-case letters, digits and hyphens")
    values["kinds"], problems = _kinds(values["kinds"])
    wrong += problems
    wrong += _field_problems(values)
    values["identifiers"], problems = _identifiers(row.get("identifiers"))
    wrong += problems
    if wrong:
        return None, [f"{entity_id}: {w}" if entity_id else w for w in wrong]
    return Entity(**values), []


def _texts(row: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    known = {*LISTS, *SCALARS, "identifiers"}
    wrong = [
        f"unknown field {key!r}; fields are {', '.join(sorted(known))}"
        for key in row
        if key not in known
    ]
    values: dict[str, Any] = {}
    for key in SCALARS:
        value = row.get(key)
        if isinstance(value, str) and value.strip():
            values[key] = value.strip()
        elif value is not None:
            wrong.append(f"{key} must be one non-empty text")
    for key in LISTS:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            wrong.append(f"{key} must be a list of non-empty texts, such as [a, b]")
            value = []
        values[key] = tuple(v.strip() for v in value)
    return values, wrong


def _kinds(given: tuple[str, ...]) -> tuple[tuple[EntityKind, ...], list[str]]:
    known = set(EntityKind)
    wrong = [
        f"unknown kind {kind!r}; kinds are {', '.join(EntityKind)}"
        for kind in given
        if kind not in known
    ]
    if not given:
        wrong.append("an entity needs 'kinds', a list with at least one kind")
    return tuple(EntityKind(kind) for kind in given if kind in known), wrong


def _field_problems(values: Mapping[str, Any]) -> Iterator[str]:
    country = values.get("country")
    if country and (not _COUNTRY.fullmatch(country) or country == "UK"):
        yield f"country {country!r}: use two capital letters (ISO 3166-1, GB for the UK), or EU"
    for key in ("founded", "released"):
        if (day := values.get(key)) and not _is_date(day):
            yield f"{key} {day!r}: use a date as YYYY, YYYY-MM or YYYY-MM-DD"
    if (weights := values.get("weights")) and weights not in _WEIGHTS:
        yield f"weights {weights!r}: use one of {', '.join(_WEIGHTS)}"
    for source in values["sources"]:
        if not _URL.fullmatch(source):
            yield f"source {source!r}: use the address of a page, https://..."
    names = [n for n in (values.get("name"), *values["names"], *values["former"]) if n]
    for name in names:
        if not fold(name):
            yield f"name {name!r} must hold at least one letter or digit"
    folded = {fold(n) for n in names}
    for name in values["ambiguous"]:
        if fold(name) not in folded:
            yield f"ambiguous name {name!r} must be the name or one of names or former"


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def _identifiers(given: object) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    if not given:
        return (), []
    if not isinstance(given, dict):
        return (), ["identifiers must be a mapping such as {wikidata: Q42}"]
    wrong = []
    for scheme, value in given.items():
        pattern = _IDENTIFIERS.get(scheme)
        if pattern is None:
            wrong.append(f"unknown identifier {scheme!r}; schemes are {', '.join(_IDENTIFIERS)}")
        elif not pattern.fullmatch(str(value)):
            wrong.append(f"{scheme} {value!r} does not look like one ({pattern.pattern})")
    return tuple(sorted((k, str(v)) for k, v in given.items())), wrong


def cross_problems(
    places: Mapping[str, tuple[str, int]], entities: Mapping[str, Entity]
) -> Iterator[str]:
    """What is wrong between entities; ``places`` gives file and line where they are known."""
    for entity in entities.values():
        path, line = places.get(entity.id, ("", 0))
        at = f"{path}:{line}: {entity.id}" if path else entity.id
        for key, target in (("parent", entity.parent), ("developer", entity.developer)):
            if target is None:
                continue
            if target not in entities:
                yield f"{at}: {key} {target!r} is no id of the registry; add it or correct it"
            elif not ORGANISATION_KINDS.intersection(entities[target].kinds):
                yield f"{at}: {key} {target!r} is no organisation; name the one behind it"
        if _in_circle(entity, entities):
            yield f"{at}: its line of parents runs in a circle; correct one 'parent' of it"


def _in_circle(entity: Entity, entities: Mapping[str, Entity]) -> bool:
    seen: set[str] = set()
    step: Entity | None = entity
    while step is not None and step.parent is not None:
        if step.parent == entity.id:
            return True
        if step.id in seen:
            return False
        seen.add(step.id)
        step = entities.get(step.parent)
    return False
