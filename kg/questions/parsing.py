"""From segments to forms: filters are taken out, what is left must match a form whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from kg.questions.lexicon import load
from kg.questions.notes import Notes
from kg.questions.patterns import PASSING, Element, Hit, compiled, hits, loosened
from kg.questions.rewrites import rewrite
from kg.questions.segments import Segment
from kg.questions.turning import joined

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


def matches(
    segments: Sequence[Segment],
    *,
    polar: bool = False,
    within: Callable[[list[Segment]], Iterable[list[Segment]]] | None = None,
) -> Iterator[Match]:
    """The forms that match, those with the fewest words taken as filters first.

    ``polar`` says that the question wants a yes or a no: some forms fit such only. ``within``
    gives other readings of what is left of a question, for when none of its own fits.
    """
    if any(not s.known for s in segments):
        return
    found = list(cores(segments))
    for core, notes in found:
        yield from _fitting(core, notes, polar, compiled)
    if within is not None:
        for core, notes in found:
            if notes.order or "modality" in notes.filters:
                continue  # nobody can tell of which relationship it is said
            for other in within(core):
                yield from _fitting(other, notes, polar, compiled)
    for core, notes in found:
        bare = [s for s in core if s.senses.keys() - PASSING]
        yield from _fitting(bare, notes, polar, loosened)


def cores(segments: Sequence[Segment]) -> Iterator[tuple[list[Segment], Notes]]:
    """What is left of a question in each way of taking out its filters, with these."""
    for kept, notes in _variants(joined(segments)):
        for core, found in rewrite(kept, notes, grammar()):
            if core:
                yield core, found


def _fitting(
    core: list[Segment],
    notes: Notes,
    polar: bool,
    read: Callable[[str], tuple[Element, ...]],
) -> Iterator[Match]:
    if not core:
        return
    patterns, starting = _of_length(len(core), read), _starting(len(core), read)
    for n in sorted({n for tag in core[0].senses for n in starting.get(tag, ())}):
        form, elements = patterns[n]
        if form.get("polar") and not polar:
            continue
        for _, found in hits(elements, core, 0, whole=True):
            bound = {h.name: h for h in found if h.name}
            yield Match(form, bound, tuple(found), notes)


@cache
def _of_length(
    length: int, read: Callable[[str], tuple[Element, ...]]
) -> tuple[tuple[Mapping[str, Any], tuple[Element, ...]], ...]:
    """The patterns, with their forms, that so many segments can match, in the order of the grammar."""
    return tuple(
        (form, elements)
        for form in grammar()["forms"]
        # the prepositions of a strict form are what tells it from others
        if not (form.get("strict") and read is loosened)
        for elements in map(read, form["patterns"])
        if elements and sum(not e.optional for e in elements) <= length <= len(elements)
    )


@cache
def _starting(length: int, read: Callable[[str], tuple[Element, ...]]) -> dict[str, list[int]]:
    """Which of the patterns of a length may begin with a tag, by their numbers."""
    found: dict[str, list[int]] = defaultdict(list)
    for n, (_, elements) in enumerate(_of_length(length, read)):
        for element in elements:
            for place in element.places:
                found[place.tag].append(n)
            if not element.optional:
                break
    return found


def _as_round(segment: Segment) -> Segment:
    """The name of a round where it stands for the round: *in its Series A*."""
    return replace(segment, senses={"ROUNDWORD": None})


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
        if any("ROUND" in segments[i].senses for i in taken):
            named = [
                _as_round(s) if i in taken and "ROUND" in s.senses else s
                for i, s in enumerate(segments)
                if i not in taken or "ROUND" in s.senses
            ]
            for notes in choices:
                yield named, notes
