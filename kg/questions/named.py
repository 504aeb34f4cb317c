"""Whom a context names, and which deeds of theirs: *the CMA's review of X*, *X's last round*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Entity
from kg.questions.choosing import pick
from kg.questions.segments import Segment

_SMALL = frozenset(
    {"FOR", "IN", "ON", "ABOUT", "OF", "WITH", "PERIOD_IN", "PERIOD_SINCE", "PERIOD_ASOF"}
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a context: as written, and whom it means."""

    text: str
    entity: Entity


def named(context: Sequence[Segment]) -> list[Named]:
    """The names in a context, each once."""
    found: dict[str, Named] = {}
    for segment in context:
        if len(segment.senses) > 1 and segment.text.islower():
            continue  # *mentioned together*, and not Together AI
        for entity in [pick(segment.senses["ENT"])] if "ENT" in segment.senses else ():
            found.setdefault(entity.id, Named(segment.text.strip(" ,"), entity))
    return list(found.values())


def names_only(context: Sequence[Segment]) -> bool:
    """Whether a context is but a name, of which the question must be asked: *on Mistral: ...*"""
    small = {"FILLER", "AND", "POS", *_SMALL}
    return all(s.known and ("ENT" in s.senses or s.senses.keys() <= small) for s in context)


_ENDINGS = frozenset({"END", "STATUSQ", "TERMS", "WHEN", "REVIEWED"})
"""What is asked of deeds, and not of those who do them."""


def asks_of_deeds(asked: Sequence[Segment]) -> bool:
    return any(s.senses.keys() & _ENDINGS for s in asked)


def deeds(context: Sequence[Segment], text: str) -> Iterator[tuple[str, str]]:
    """Deeds with their parties, as a context names them (*the CMA's review of X*, *X's last round*), and of what sort.

    A clause that tells of one is put as such: *the CMA was reviewing X*.
    """
    tags = [s.senses.keys() for s in context]
    for i, tag in enumerate(tags):
        if "ENT" not in tag:
            continue
        one, following = context[i], tags[i + 1 :]
        if following[:1] and "POS" in following[0]:
            rest = following[1:]
            last = next((n for n, t in enumerate(rest) if not t & _BEFORE_DEED), len(rest))
            if last < len(rest) and rest[last] & {"ROUNDWORD", "EVR"}:
                yield f"{one.text}'s {_from(text, context[i + 2], context[i + 2 + last])}", "round"
            elif len(rest) > 2 and "EV" in rest[0] and rest[1] & _OF_PARTY and "ENT" in rest[2]:
                yield f"{one.text}'s {_from(text, context[i + 2], context[i + 4])}", "deed"
        elif len(following) > 1 and "RAISE" in following[0] and following[1] & _ROUNDS:
            yield f"{one.text}'s {context[i + 2].text}", "round"
        elif len(following) > 1 and "V" in following[0] and "ENT" in following[1]:
            relation = context[i + 1].senses["V"][0][0]
            if relation in _DONE:
                yield f"{one.text}'s {_DONE[relation]} {context[i + 2].text}", "deed"


_BEFORE_DEED = frozenset({"LAST", "FIRST", "ROUND"})
_ROUNDS = frozenset({"ROUND", "ROUNDWORD"})
_OF_PARTY = frozenset({"OF", "IN", "TO"})
_DONE = {"scrutiny": "review of", "investment": "investment in", "acquisition": "acquisition of"}
"""Deeds by the relation that a verb names."""


def _from(text: str, first: Segment, last: Segment) -> str:
    start = text.find(first.text)
    return text[start : text.find(last.text, start) + len(last.text)]
