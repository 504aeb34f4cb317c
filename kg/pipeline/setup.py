"""What a store is read with: the bundled registry, the user's own entities, the judgements."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from kg.model import KgError
from kg.registry import Registry, bundled, load
from kg.resolution import judgements as judgement_file
from kg.resolution.linking import Linker


def beside(location: str | Path, name: str) -> Path | None:
    """A file of the user's in the store's folder; None for a store on a server."""
    if str(location).startswith(("http://", "https://")):
        return None
    return Path(location) / name


def judgements_path(location: str | Path) -> Path:
    """Where decisions on a store are kept: KG_JUDGEMENTS, else in the store's folder.

    Raises KgError for a store on a server without KG_JUDGEMENTS.
    """
    if named := os.environ.get("KG_JUDGEMENTS"):
        return Path(named)
    path = beside(location, "judgements.jsonl")
    if path is None:
        raise KgError("a store on a server has no folder: name a file with KG_JUDGEMENTS")
    return path


def registry_paths(location: str | Path) -> list[Path]:
    """The user's own registry files: KG_REGISTRY (separated like PATH), and the store's."""
    named = [Path(p) for p in os.environ.get("KG_REGISTRY", "").split(os.pathsep) if p]
    own = beside(location, "registry.yaml")
    return [*named, *([own] if own is not None and own.exists() else [])]


def registry_for(location: str | Path) -> Registry:
    """The bundled registry with the user's own entities; an id given again is replaced."""
    paths = registry_paths(location)
    if not paths:
        return bundled()
    return load(paths, base=bundled())


def linker_for(location: str | Path) -> Linker:
    """The linker that a store's articles are resolved with."""
    judgements = judgement_file.Judgements()
    if beside(location, "") is not None or "KG_JUDGEMENTS" in os.environ:
        judgements = judgement_file.load(judgements_path(location))
    return Linker(registry_for(location), judgements)


def add_entity(location: str | Path, row: dict[str, Any]) -> Path:
    """Append an entity to the store's own registry file; where it is written.

    The file is checked with the addition before it takes its place. Raises RegistryError
    naming what is wrong, and KgError for a store on a server.
    """
    import yaml

    path = beside(location, "registry.yaml")
    if path is None:
        raise KgError("a store on a server has no folder: name registry files with KG_REGISTRY")
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    item = yaml.safe_dump([row], sort_keys=False, allow_unicode=True)
    draft = path.with_name("registry.draft.yaml")
    draft.write_text(f"{text.rstrip()}\n\n{item}".lstrip(), encoding="utf-8")
    try:
        others = [p for p in registry_paths(location) if p != path]
        load([*others, draft], base=bundled())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path
