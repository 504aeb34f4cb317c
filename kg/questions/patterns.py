"""Patterns of tags, as ``forms.json`` writes them, and how they match.

``Q ENTS:s V PREP?`` is four elements: a tag, or several parted by ``|``, with a value it
must have in brackets, a name to bind it to behind a colon, and ``?`` if it may be absent.
``ENTS`` is one entity or several, ``PREP`` any small preposition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.questions.segments import Segment

_SHORT = {
    "ENTS": ("ENT", "ENT2"),
    "PREP": ("IN", "OF", "TO", "FROM", "FOR", "ON", "WITH", "ABOUT", "AGAINST"),
}


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern."""

    tags: tuple[str, ...]
    values: frozenset[str]
    name: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """What stood in one place: the tag by which it matched, its value, its segment."""

    tag: str
    value: Any
    segment: Segment


@lru_cache(maxsize=2048)
def compiled(pattern: str) -> tuple[Element, ...]:
    """A pattern taken apart."""
    elements = []
    for word in pattern.split():
        optional = word.endswith("?")
        body, _, name = word.rstrip("?").partition(":")
        optional = optional or body.endswith("?")
        body = body.rstrip("?")
        values: frozenset[str] = frozenset()
        if "(" in body:
            inside = body[body.index("(") + 1 : body.index(")")]
            values = frozenset(inside.split("|"))
            body = body.replace(f"({inside})", "")
        tags = tuple(t for tag in body.split("|") for t in _SHORT.get(tag, (tag,)))
        elements.append(Element(tags, values, name or None, optional))
    return tuple(elements)


def hits(
    elements: Sequence[Element], segments: Sequence[Segment], at: int, *, whole: bool
) -> Iterator[tuple[int, list[tuple[Element, Hit]]]]:
    """Ways the elements match from segment ``at`` on, with where the match ends."""
    if not elements:
        if not whole or at == len(segments):
            yield at, []
        return
    element, rest = elements[0], elements[1:]
    if at < len(segments):
        senses = segments[at].senses
        for tag in element.tags:
            if tag in senses and _fits(element, senses[tag]):
                hit = Hit(tag, senses[tag], segments[at])
                for end, found in hits(rest, segments, at + 1, whole=whole):
                    yield end, [(element, hit), *found]
    if element.optional:
        yield from hits(rest, segments, at, whole=whole)


def _fits(element: Element, value: Any) -> bool:
    if not element.values:
        return True
    if isinstance(value, Mapping):
        value = value.get("kind")
    if isinstance(value, str):
        return value in element.values
    if isinstance(value, (list, tuple)):
        for v in value:
            name = v[0] if isinstance(v, tuple) and v else v
            kinds = getattr(v, "kinds", None)
            if name in element.values or (kinds and element.values & {k.value for k in kinds}):
                return True
        return False
    return getattr(value, "kind", None) in element.values
