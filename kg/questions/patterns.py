"""Patterns of tags, as ``forms.json`` writes them, and how they match.

``Q ENTS:s V PREP?`` is four elements: a tag, or several parted by ``|``, with a value it
must have in brackets (``-`` for a Q without a noun), a name to bind it to behind a colon, and
``?`` if it may be absent.
Alternatives may each have values and a name, else they share the last one's.
``ENTS`` is one entity or several, ``PREP`` any small preposition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.questions.segments import Segment

_SHORT = {
    "ENTS": ("ENT", "ENT2"),
    "PREP": ("IN", "OF", "TO", "FROM", "FOR", "ON", "WITH", "ABOUT", "AGAINST"),
}


_ALTERNATIVE = re.compile(r"(\w+)(?:\(([^)]*)\))?(?::(\w+))?")


@dataclass(frozen=True, slots=True)
class Place:
    """One alternative: a tag, the values it may have, and the name it is bound to."""

    tag: str
    values: frozenset[str]
    name: str


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a pattern: its alternatives, and whether it may be absent."""

    places: tuple[Place, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """What stood in one place: its tag, value and segment, and the name it is bound to."""

    tag: str
    value: Any
    segment: Segment
    name: str = ""


@cache
def compiled(pattern: str) -> tuple[Element, ...]:
    """A pattern taken apart."""
    elements = []
    for word in pattern.split():
        optional = word.endswith("?") or "?:" in word
        body = word.replace("?", "")
        alternatives = _ALTERNATIVE.findall(body)
        _, last_values, last_name = alternatives[-1]
        places = tuple(
            Place(tag, frozenset((values or last_values).split("|")) - {""}, name or last_name)
            for short, values, name in alternatives
            for tag in _SHORT.get(short, (short,))
        )
        elements.append(Element(places, optional))
    return tuple(elements)


LOOSE = frozenset({"IN", "ON", "OF", "FOR", "WITH", "ABOUT"})
"""Prepositions that seldom decide what is asked: names and verbs around them do."""
PASSING = LOOSE | {"PERIOD_IN", "PERIOD_SINCE", "PERIOD_ASOF", "FILLER"}
"""The same with what else they may mean before a date, which has been taken out by then."""


@cache
def loosened(pattern: str) -> tuple[Element, ...]:
    """A pattern without its small prepositions."""
    elements = []
    for e in compiled(pattern):
        kept = tuple(p for p in e.places if p.tag not in LOOSE)
        if kept == e.places:
            elements.append(e)
        elif kept:
            elements.append(Element(kept, optional=True))
    needed = sum(not e.optional for e in elements)
    return tuple(elements) if needed > 1 else ()


def hits(
    elements: Sequence[Element], segments: Sequence[Segment], at: int, *, whole: bool
) -> Iterator[tuple[int, list[Hit]]]:
    """Ways the elements match from segment ``at`` on, with where the match ends."""
    if not elements:
        if not whole or at == len(segments):
            yield at, []
        return
    element, rest = elements[0], elements[1:]
    if at < len(segments):
        senses = segments[at].senses
        for place in element.places:
            if place.tag in senses and fits(place, senses[place.tag]):
                hit = Hit(place.tag, senses[place.tag], segments[at], place.name)
                for end, found in hits(rest, segments, at + 1, whole=whole):
                    yield end, [hit, *found]
    if element.optional:
        yield from hits(rest, segments, at, whole=whole)


def fits(place: Place, value: Any) -> bool:
    if not place.values:
        return True
    if "-" in place.values:
        return getattr(value, "any", False) is True
    if isinstance(value, Mapping):
        value = value.get("kind")
    if isinstance(value, str):
        return value in place.values
    if isinstance(value, (list, tuple)):
        for v in value:
            name = v[0] if isinstance(v, tuple) and v else v
            kinds = getattr(v, "kinds", None)
            if name in place.values or (kinds and place.values & {k.value for k in kinds}):
                return True
        return False
    return getattr(value, "kind", None) in place.values
