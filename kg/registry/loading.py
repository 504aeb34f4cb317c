"""Registry files into a checked registry."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kg.model import Entity
from kg.registry.checks import cross_problems, entity_of
from kg.registry.entities import Registry
from kg.registry.rows import RegistryError, rows
from kg.resources import data_dir


@lru_cache(maxsize=1)
def bundled() -> Registry:
    """The registry that comes with the package."""
    folder = data_dir() / "registry"
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise RegistryError(f"{folder}: holds no registry file; install the package again")
    return load(paths)


def load(paths: Iterable[Path], base: Registry | None = None) -> Registry:
    """Read registry files and check them, each by itself and against the others.

    ``base`` is a registry that they add to; an id of it that is given again is replaced.
    Raises RegistryError naming file and line of every problem.
    """
    entities: dict[str, Entity] = dict(base.entities) if base else {}
    places: dict[str, tuple[str, int]] = {}
    problems: list[str] = []
    for path in paths:
        for row in rows(path):
            at = f"{path}:{row.line}"
            entity, wrong = entity_of(row.fields)
            problems += [f"{at}: {w}" for w in (*row.problems, *wrong)]
            if entity is None:
                continue
            if entity.id in places:
                first, line = places[entity.id]
                problems.append(
                    f"{at}: id {entity.id!r} is taken by {first}:{line}; choose another"
                )
                continue
            entities[entity.id] = entity
            places[entity.id] = (str(path), row.line)
    problems += cross_problems(places, entities)
    if problems:
        raise RegistryError(
            f"{len(problems)} problem(s) in the registry:\n" + "\n".join(f"  {p}" for p in problems)
        )
    return Registry(entities)
