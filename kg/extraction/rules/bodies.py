"""Authorities told by an office, ``the Dover District Attorney``, ``a Senate panel``, or called one: ``the watchdog KTA``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.rules.authorities import BESIDE, OF_TRADES, is_single, remit_words
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.language import FUNCTION_WORDS
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.tokens import Piece
from kg.model import EntityKind

_POSSESSIVES = frozenset({"'s", "’s"})
_ATTORNEYS = frozenset({"District", "City", "County", "State", "US", "U.S."})
_PANELS = frozenset({"committee", "subcommittee", "panel"})


def bodies(text: str, found: Sequence[Piece]) -> list[tuple[Name, int, int]]:
    """The authorities of a sentence that are told so, in order, without overlap."""
    hits: list[tuple[Name, int, int]] = []
    for index, piece in enumerate(found):
        if not index or (hits and index < hits[-1][2]):
            continue
        span = None
        if piece.text in ("Attorney", "Attorneys"):
            span = _attorney(found, index)
        elif piece.text in _PANELS:
            span = _panel(found, index)
        elif piece.text.lower() == "general" and found[index - 1].text.lower() == "inspector":
            span = _inspector(found, index - 1)
        if span is not None and (not hits or span[0] >= hits[-1][2]):
            start, after = span
            a, b = found[start].start, found[after - 1].end
            said = text[a:b]
            hits.append((Name(said, a, b, said, None, EntityKind.AUTHORITY), start, after))
    return hits


def _attorney(found: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """``San Felipe City Attorney``, ``US Attorney's Office``."""
    if found[index - 1].text not in _ATTORNEYS:
        return None
    start, after = index - 1, index + 1
    while (
        start
        and found[start - 1].text[0].isupper()
        and found[start - 1].text.lower() not in FUNCTION_WORDS
        and _tight(found, start)
    ):
        start -= 1
    if start and found[start - 1].text in _POSSESSIVES and start > 1:
        start -= 2
    following = [p.text for p in found[after : after + 2]]
    if len(following) == 2 and following[0] in _POSSESSIVES and following[1].lower() == "office":
        after += 2
    return start, after


def _panel(found: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """``a Senate subcommittee``, ``the House energy committee``."""
    start = index
    while index - start < 3 and start and _tight(found, start):
        start -= 1
        if found[start].text in words("authorities", "chamber"):
            return start, index + 1
    return None


def _inspector(found: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """``the Pentagon's inspector general``."""
    if index < 2 or found[index - 1].text not in _POSSESSIVES:
        return None
    return (index - 2, index + 2) if found[index - 2].text[0].isupper() else None


def named_behind(text: str, found: Sequence[Piece], names: Sequence[Name]) -> list[Name]:
    """``the telecoms authority KTA``, ``Spain's vehicle regulator DVX``, ``KTA, the Swiss watchdog,``: authorities."""
    out: list[Name] = []
    for index, name in enumerate(names):
        unknown = name.entity is None and name.kind in (None, EntityKind.ORGANISATION)
        before = out[-1] if out else None
        if unknown and before is not None and before.entity is None and is_single(before):
            gap = text[before.end : name.start]
            if gap == " " or BESIDE.fullmatch(gap):
                name = replace(name, kind=EntityKind.AUTHORITY)
                out[-1] = replace(before, name=name.name, apposed=True)
                if gap == " ":
                    out.pop()
        elif unknown and _called_authority(found, name):
            name = replace(name, kind=EntityKind.AUTHORITY)
        elif unknown and index + 1 < len(names):
            after = names[index + 1]
            described = is_single(after) and after.text != after.text.title()
            beside = BESIDE.fullmatch(text[name.end : after.start])
            if described and beside and text[after.end : after.end + 1] in (",", ")"):
                full = after.name if after.entity is not None else name.name
                name = replace(name, kind=EntityKind.AUTHORITY, name=full, entity=after.entity)
        out.append(name)
    return out


def _called_authority(found: Sequence[Piece], name: Name) -> bool:
    """Whether a common noun for an authority stands right before the name."""
    before = [p for p in found if p.end <= name.start][-8:]
    if not before or name.start - before[-1].end != 1:
        return False
    head = before[-1].text
    if head in words("authorities", "surely_watching"):
        return True
    if head not in words("authorities", "head"):
        return False
    watched = before[-2].text if len(before) > 1 else ""
    return watched in remit_words() and not (
        head in OF_TRADES and remit_words()[watched] == "state"
    )


def _tight(found: Sequence[Piece], index: int) -> bool:
    return found[index].start - found[index - 1].end <= 1
