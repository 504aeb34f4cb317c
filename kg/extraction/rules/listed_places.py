"""Places that no list knows, told by the company they keep."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.model import EntityKind

_NEXT = re.compile(r",? (?:and|or) (?:the )?|, ")
_SEAT = re.compile(r", [A-Z][\w.]*(?: [A-Z][\w.]*)?-(?:based|headquartered)\b")
"""After a town: ``, MA-based``."""
_BASED = re.compile(r"-(?:based|headquartered)\b")
_HOST = re.compile(r"\b(?:from|at|with|near)\s$")
_INSIDE = re.compile(r"\b(?:in|at|near)\s$")
_LISTED = 2
"""Places in a row after which a name of nobody known is one more."""


def with_listed_places(text: str, names: Sequence[Name]) -> list[Name]:
    """``China, Hong Kong and Macau``: what ends or goes on with a list of places is a place."""
    out: list[Name] = []
    row = 0
    for at, name in enumerate(names):
        joined = bool(out) and _NEXT.fullmatch(text, out[-1].end, name.start) is not None
        unknown = name.entity is None and name.kind is None
        seat = _SEAT.match(text, name.end) or (joined and row and _BASED.match(text, name.end))
        town = unknown and _is_town(text, name, names[at + 1 : at + 2])
        if unknown and ((joined and row >= _LISTED) or seat or town or _is_site(text, out, name)):
            name = replace(name, kind=EntityKind.PLACE)
        row = (row if joined else 0) + 1 if _is_where(name) else 0
        if row > 1 and _is_seat(text, out, name):
            # "Plainview, Nebraska-based Y": one place to the parser
            out[-1] = replace(out[-1], text=text[out[-1].start : name.end], end=name.end)
            continue
        out.append(name)
    return out


def _is_seat(text: str, before: Sequence[Name], land: Name) -> bool:
    """``Plainview, Nebraska-based``, ``Plainview, Neb.``."""
    comma = bool(before) and text[before[-1].end : land.start] == ", "
    based = _BASED.match(text, land.end) is not None
    short = land.text.endswith(".") or land.text in words("authorities", "state")
    return comma and before[-1].is_place and (based or short)


def _is_town(text: str, name: Name, following: Sequence[Name]) -> bool:
    """``in Plainview, Nebraska``."""
    land = next(iter(following), None)
    if (
        land is not None
        and text[name.end : land.start] == ", "
        and text[land.end : land.end + 1] == ","
    ):
        # "its Boise, Idaho, plant"
        return land.text in words("authorities", "state") or land.text.endswith(".")
    inside = _INSIDE.search(text, max(0, name.start - 6), name.start) is not None
    return inside and land is not None and _is_where(land) and text[name.end : land.start] == ", "


def _is_site(text: str, before: Sequence[Name], name: Name) -> bool:
    """``rents from Acme in Falun``: where that company is."""
    if not before or not before[-1].is_organisation or not name.text.isalpha():
        return False
    host = before[-1]
    if host.kind is EntityKind.INVESTOR or text[host.end : name.start] != " in ":
        return False
    return _HOST.search(text, max(0, host.start - 6), host.start) is not None


def _is_where(name: Name) -> bool:
    return name.is_place or name.kind is EntityKind.GOVERNMENT
