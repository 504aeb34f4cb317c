"""What the rules know, as data: frames of verbs, nouns and roles; words about names and modality."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""That of libyaml, where PyYAML is built with it: seven times as fast."""


@cache
def table(name: str) -> dict[str, Any]:
    """The mapping in ``<name>.yaml`` of this package."""
    text = files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    # The base loader keeps every scalar a text: the preposition "on" is no boolean here.
    loaded = yaml.load(text, Loader=_LOADER)  # noqa: S506 - builds texts only
    if not isinstance(loaded, dict):
        raise TypeError(f"{name}.yaml must hold a mapping")
    return loaded


@cache
def words(table_name: str, key: str) -> frozenset[str]:
    """A list of words of a table as a set."""
    return frozenset(str(w) for w in table(table_name)[key])


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Given names by which a person's name is recognised."""
    return frozenset(
        files(__name__).joinpath("first_names.txt").read_text(encoding="utf-8").split()
    )
