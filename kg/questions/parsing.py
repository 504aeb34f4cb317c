"""From segments to a plan: filters are taken out, what is left must match a form whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from kg.model import Entity, Kind
from kg.questions.lexicon import load
from kg.questions.patterns import Hit, compiled, hits
from kg.questions.plan import Noun, Plan
from kg.questions.rewrites import Notes, rewrite
from kg.questions.segments import Segment

_OPTIONAL = ("MODALITY", "STATUS", "NATURE", "INSTRUMENT", "ROUND", "ELSE", "FILLER")


@dataclass(frozen=True, slots=True)
class Match:
    """A form that matched the whole question."""

    form: Mapping[str, Any]
    bound: dict[str, Hit]
    tags: dict[str, Hit]
    notes: Notes
    cost: int = 0


@lru_cache(maxsize=1)
def grammar() -> dict[str, Any]:
    """The forms that come with the package."""
    loaded: dict[str, Any] = load("forms.json")
    return loaded


def matches(segments: Sequence[Segment]) -> Iterator[Match]:
    """The forms that match, those with the fewest words taken as filters first."""
    if any(not s.known for s in segments):
        return
    for dropped, kept, notes in _variants(list(segments)):
        core, notes = rewrite(kept, notes, grammar())
        for form in grammar()["forms"]:
            for pattern in form["patterns"]:
                elements = compiled(pattern)
                for _, found in hits(elements, core, 0, whole=True):
                    bound = {e.name: h for e, h in found if e.name}
                    tags = {h.tag: h for _, h in found}
                    yield Match(form, bound, tags, notes, dropped)


def _variants(segments: list[Segment]) -> Iterator[tuple[int, list[Segment], Notes]]:
    """The question with its optional filters kept as words or taken out as filters."""
    at = [i for i, s in enumerate(segments) if any(t in s.senses for t in _OPTIONAL)]
    at = at[:5]
    for mask in sorted(range(1 << len(at)), key=lambda m: m.bit_count()):
        taken = {i for n, i in enumerate(at) if mask >> n & 1}
        notes = Notes()
        for i in sorted(taken):
            notes = notes.filtered(segments[i])
        yield len(taken), [s for i, s in enumerate(segments) if i not in taken], notes
