"""Who speaks in quotations, and for which company: ``Nvidia's chief executive Jensen Huang``."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from kg.extraction.rules.gazetteer import Name

_OFFICE = r"(?:CEO|CTO|CFO|COO|chief|president|founder|co-founder|cofounder|chair(?:man|woman)?|executive|head|boss|director|officer|vice|lead|leader|manager|partner|spokes(?:man|woman|person))"
_BEFORE_PERSON = re.compile(
    rf"(?:['’]s)?,?\s(?:[\w&-]+\s){{0,4}}?{_OFFICE}(?:\s[\w&-]+){{0,3}},?\s", re.IGNORECASE
)
_OWN = re.compile(r"['’]s\s")
_AFTER_PERSON = re.compile(
    rf",?\s(?:who is\s)?(?:the\s|an?\s)?(?:[\w&,-]+\s){{0,4}}?{_OFFICE}(?:\s[\w&,-]+){{0,6}}?\s(?:of|at|for|with)\s(?:the\s)?",
    re.IGNORECASE,
)
_MARKS = {"“": True, "”": False}


def employers(text: str, sentences: Iterable[Sequence[Name]]) -> dict[str, Name]:
    """Name of a person -> the organisation that the article says it speaks for."""
    found: dict[str, Name] = {}
    for names in sentences:
        for one, other in itertools.pairwise(names):
            between = text[one.end : other.start]
            if one.is_person == other.is_person or len(between) > 90:
                continue
            if other.is_person and _may_employ(one):
                fits = _BEFORE_PERSON.fullmatch(between) or _OWN.fullmatch(between)
                person, firm = other, one
            elif one.is_person and _may_employ(other):
                fits, person, firm = _AFTER_PERSON.fullmatch(between), one, other
            else:
                continue
            if fits:
                found.setdefault(person.name, firm)
                found.setdefault(person.name.split()[-1], firm)
    return found


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places between quotation marks in a sentence; one left open reaches to the end."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for place in range(start, end):
        mark = text[place]
        if mark == '"':
            begins = opened is None
        elif mark in _MARKS:
            begins = _MARKS[mark]
        else:
            continue
        if begins and opened is None:
            opened = place
        elif not begins:
            spans.append((start if opened is None else opened, place))
            opened = None
    if opened is not None:
        spans.append((opened, end))
    return spans


def _may_employ(name: Name) -> bool:
    return name.is_organisation and not name.is_authority and name.owner != ""
