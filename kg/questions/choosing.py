"""Which entities are meant where a name, or a noun, could mean several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from kg.model import ARTEFACT_KINDS, Entity, EntityKind, Kind
from kg.questions.lexicon import Lexicon
from kg.questions.misfit import Context, Misfit
from kg.questions.patterns import Hit
from kg.questions.plan import Noun

_BY_UNITS = frozenset({Kind.DISTRIBUTION, Kind.PARTNERSHIP})
"""Kinds in which articles name the owner for its cloud unit."""


def plain(noun: Noun, lexicon: Lexicon) -> Noun:
    """``companies`` means anyone."""
    return replace(noun, kind=None) if noun.kind in lexicon.data["plain_kinds"] else noun


def choose(
    value: Any, kinds: tuple[Kind, ...], told: list[str], context: Context
) -> tuple[tuple[str, ...], str | None]:
    """The ids of the entities meant; for an artefact, those of its maker."""
    if isinstance(value, dict):
        groups, word = [(e,) for e in value["entities"]], value["word"]
    else:
        groups, word = [value], None
    ids = []
    for group in groups:
        entity = pick(group)
        if kinds and Kind.RELEASE not in kinds and ARTEFACT_KINDS & set(entity.kinds[:1]):
            owner = entity.developer and context.entity(entity.developer)
            if not owner:
                raise Misfit(f"{entity.name} is no organisation")
            told.append(f"{entity.name} is {owner.name}'s")
            entity = owner
        if (
            kinds
            and kinds[0] in _BY_UNITS
            and entity.parent
            and entity.kind is EntityKind.CLOUD_PROVIDER
        ):
            parent = context.entity(entity.parent)
            if parent:
                told.append(f"{entity.name} counts as {parent.name}")
                entity = parent
        ids.append(entity.id)
    return tuple(dict.fromkeys(ids)), word


def pick(group: Iterable[Entity]) -> Entity:
    """The entity that a name most likely stands for: an organisation before what it makes."""
    found = sorted(group, key=lambda e: (rank(e), e.origin != "registry", e.id))
    return found[0]


def rank(entity: Entity) -> int:
    if entity.kind in (EntityKind.PLACE,):
        return 2
    return 1 if entity.kind in ARTEFACT_KINDS else 0


def ware(named: Mapping[str, Hit], kinds: tuple[Kind, ...]) -> str | None:
    """The one model that is asked about where its distributors are."""
    if kinds != (Kind.DISTRIBUTION,):
        return None
    found = [
        pick(hit.value)
        for name, hit in named.items()
        if name[0] == "o" and hit.tag in ("ENT", "ENTM") and not isinstance(hit.value, dict)
    ]
    models = [e.id for e in found if e.kind in (EntityKind.MODEL, EntityKind.PRODUCT)]
    return models[0] if len(models) == len(found) == 1 else None
