"""From segments to forms: filters are taken out, what is left must match a form whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.questions.lexicon import load
from kg.questions.patterns import Hit, compiled, hits
from kg.questions.rewrites import Notes, rewrite
from kg.questions.segments import Segment

_OPTIONAL = (
    "MODALITY",
    "STATUS",
    "NATURE",
    "INSTRUMENT",
    "ROUND",
    "ELSE",
    "LAST",
    "FIRST",
    "FILLER",
)
_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class Match:
    """A form that matched the whole question, with what stood in its named places."""

    form: Mapping[str, Any]
    bound: dict[str, Hit]
    hits: tuple[Hit, ...]
    notes: Notes

    def tagged(self, *tags: str) -> list[Hit]:
        return [h for h in self.hits if h.tag in tags]


@lru_cache(maxsize=1)
def grammar() -> dict[str, Any]:
    """The forms that come with the package."""
    loaded: dict[str, Any] = load("forms.json")
    return loaded


def matches(segments: Sequence[Segment]) -> Iterator[Match]:
    """The forms that match, those with the fewest words taken as filters first."""
    if any(not s.known for s in segments):
        return
    for kept, notes in _variants(list(segments)):
        for core, found in rewrite(kept, notes, grammar()):
            yield from _fitting(core, found)


def _fitting(core: list[Segment], notes: Notes) -> Iterator[Match]:
    if core:
        for form in grammar()["forms"]:
            for pattern in form["patterns"]:
                if _possible(pattern, len(core)):
                    for _, found in hits(compiled(pattern), core, 0, whole=True):
                        bound = {e.name: h for e, h in found if e.name}
                        yield Match(form, bound, tuple(h for _, h in found), notes)


def _possible(pattern: str, length: int) -> bool:
    """Whether a pattern can match so many segments; told without taking it apart."""
    places = pattern.count(" ") + 1
    return places - pattern.count("?") <= length <= places


def _variants(segments: list[Segment]) -> Iterator[tuple[list[Segment], Notes]]:
    """The question with its optional words kept as words or taken out as filters."""
    at = [i for i, s in enumerate(segments) if any(t in s.senses for t in _OPTIONAL)][:_AT_MOST]
    for mask in sorted(range(1 << len(at)), key=lambda m: m.bit_count()):
        taken = [i for n, i in enumerate(at) if mask >> n & 1]
        choices: list[Notes] = [Notes()]
        for i in taken:
            following = segments[i + 1] if i + 1 < len(segments) else None
            choices = [n for known in choices for n in known.filtered(segments[i], following)]
        kept = [s for i, s in enumerate(segments) if i not in taken]
        for notes in choices:
            yield kept, notes
