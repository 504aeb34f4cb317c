"""What a store is read with: the bundled registry, the user's own entities, the judgements."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from kg.registry import Registry, RegistryError, bundled, load
from kg.resolution import judgements as judgement_file
from kg.resolution.linking import Linker


def beside(location: str | Path, name: str) -> Path:
    """A file of the user's: in the store's folder, or on this machine for a store on a server."""
    if str(location).startswith(("http://", "https://")):
        from kg.store.remote import own_folder

        return own_folder(str(location)) / name
    return Path(location) / name


def judgements_path(location: str | Path) -> Path:
    """Where decisions on a store are kept: KG_JUDGEMENTS, else beside the store."""
    if named := os.environ.get("KG_JUDGEMENTS"):
        return Path(named)
    return beside(location, "judgements.jsonl")


def registry_paths(location: str | Path) -> list[Path]:
    """The user's own registry files: KG_REGISTRY (separated like PATH), and the store's."""
    named = [Path(p) for p in os.environ.get("KG_REGISTRY", "").split(os.pathsep) if p]
    own = beside(location, "registry.yaml")
    return [*named, *([own] if own.exists() else [])]


def registry_for(location: str | Path) -> Registry:
    """The bundled registry with the user's own entities; an id given again is replaced."""
    paths = registry_paths(location)
    if not paths:
        return bundled()
    return load(paths, base=bundled())


def linker_for(location: str | Path) -> Linker:
    """The linker that a store's articles are resolved with."""
    judgements = judgement_file.load(judgements_path(location))
    return Linker(registry_for(location), judgements)


def add_entity(location: str | Path, row: dict[str, Any]) -> Path:
    """Append an entity to the store's own registry file; where it is written.

    The file is checked with the addition before it takes its place. Raises RegistryError
    naming what is wrong.
    """
    import yaml

    path = beside(location, "registry.yaml")
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    item = yaml.safe_dump([row], sort_keys=False, allow_unicode=True)
    draft = path.with_name("registry.draft.yaml")
    draft.write_text(f"{text.rstrip()}\n\n{item}".lstrip(), encoding="utf-8")
    try:
        others = [p for p in registry_paths(location) if p != path]
        load([*others, draft], base=bundled())
        draft.replace(path)
    except RegistryError as error:
        told = str(error).replace(str(draft), f"{path} with the addition")
        raise RegistryError(told) from error
    finally:
        draft.unlink(missing_ok=True)
    return path
