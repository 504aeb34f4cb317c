"""Questions that would be understood, for one that was not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.model import ARTEFACT_KINDS, Entity, EntityKind
from kg.questions.choosing import pick
from kg.questions.parsing import grammar
from kg.questions.segments import Segment

_DEFAULTS = {
    "org": ["Microsoft", "Google"],
    "lab": ["Mistral AI", "OpenAI"],
    "authority": ["the European Commission"],
    "company": ["Mistral AI"],
    "model": ["Claude"],
    "platform": ["Azure"],
}
_SLOT = re.compile(r"\{(org|lab|authority|company|model|platform)2?\}")


def nearest(question: str, segments: Iterable[Segment], limit: int = 3) -> tuple[str, ...]:
    """The most similar examples of the forms, about the entities the question names."""
    from rapidfuzz import fuzz

    named = [pick(s.senses["ENT"]) for s in segments if "ENT" in s.senses]
    plain = question
    for entity in named:
        plain = plain.replace(entity.name, "")
    scored = []
    for form in grammar()["forms"]:
        example = form["example"]
        bare = _SLOT.sub("", example)
        scored.append(
            (-fuzz.token_set_ratio(plain.casefold(), bare.casefold()), len(example), example)
        )
    chosen = list(dict.fromkeys(filled(example, named) for _, _, example in sorted(scored)))
    return tuple(chosen[:limit])


def filled(example: str, named: Sequence[Entity]) -> str:
    """An example with names in its places: those of the question as far as they suit."""
    left = list(named)

    def fill(match: re.Match[str]) -> str:
        slot = match[1]
        for entity in left:
            if _suits(entity, slot):
                left.remove(entity)
                return entity.name
        used.setdefault(slot, 0)
        used[slot] += 1
        options = [n for n in _DEFAULTS[slot] if n not in taken]
        return options[(used[slot] - 1) % len(options)] if options else _DEFAULTS[slot][0]

    used: dict[str, int] = {}
    taken = {e.name for e in named}
    return _SLOT.sub(fill, example)


def _suits(entity: Entity, slot: str) -> bool:
    kinds = set(entity.kinds)
    if slot == "authority":
        return EntityKind.AUTHORITY in kinds
    if slot == "lab":
        return EntityKind.LAB in kinds
    if slot == "model":
        return entity.kind is EntityKind.MODEL
    if slot == "platform":
        return entity.kind is EntityKind.PLATFORM
    return not kinds & (
        ARTEFACT_KINDS | {EntityKind.AUTHORITY, EntityKind.PLACE, EntityKind.PERSON}
    )
