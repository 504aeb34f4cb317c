"""Which names are persons', and whom a person stands for, as the words beside them tell."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.tokens import Piece
from kg.model import EntityKind
from kg.registry import Registry


def with_people(
    text: str, found: Sequence[Piece], names: list[Name], registry: Registry
) -> list[Name]:
    """The names of a sentence with persons known as such, and officials as their authorities."""
    by_role = _listed_by_role(text, [_by_role(found, name) for name in names])
    officials = _by_apposition(text, _with_officials(text, found, _join_persons(by_role)))
    return [_in_office(name, registry) for name in officials]


def _in_office(name: Name, registry: Registry) -> Name:
    """``Rob Bonta``, who is known to head an authority, stands for it."""
    office = table("authorities")["in_office"].get(name.text)
    authority = registry.get(office) if office else None
    if authority is None or name.is_authority:
        return name
    return replace(
        name,
        name=authority.name,
        entity=authority,
        kind=authority.kind,
        owner=None,
        official=name.text,
    )


def _by_role(found: Sequence[Piece], name: Name) -> Name:
    """``CEO Suhail Doshi``, ``Ren Ito, chief operating officer``: an office makes a person."""
    if name.entity is not None or name.kind is not None or name.owner:
        return name
    roles = words("names", "office")
    before = next((p for p in reversed(found) if p.end <= name.start), None)
    if before is not None and name.start - before.end == 1 and before.text.lower() in roles:
        return replace(name, kind=EntityKind.PERSON)
    if " " not in name.name:
        return name
    after = [p.text.lower() for p in found if p.start >= name.end][:6]
    if after[:1] not in ([","], ["("]):
        return name
    firm = name.name.split()[-1] in words("names", "organisation_suffix")
    past = ("formerly", "previously", "once", "late", "lately")
    if (after[1:2] == ["who"] or (after[1:2] and after[1] in past)) and not firm:
        return replace(name, kind=EntityKind.PERSON)
    for word in after[1:]:
        if word in roles:
            return replace(name, kind=EntityKind.PERSON)
        if word not in _BEFORE_OFFICE:
            return name
    return name


def _listed_by_role(text: str, names: list[Name]) -> list[Name]:
    """``Co-founders Ames, Bell and Cole``: all of them are persons."""
    out: list[Name] = []
    listed = False
    for name in names:
        beside = bool(out) and _LISTED.fullmatch(text, out[-1].end, name.start) is not None
        begins = text[max(0, name.start - 12) : name.start].lower().endswith(_IN_OFFICE)
        listed = begins or (listed and beside)
        if listed and name.entity is None and name.kind is None and not name.owner:
            name = replace(name, kind=EntityKind.PERSON)
        out.append(name)
    return out


_IN_OFFICE = ("founders ", "executives ", "researchers ", "engineers ", "scientists ")
_LISTED = re.compile(r",? (?:and )?")
_BEFORE_OFFICE = frozenset(
    {"the", "a", "an", "its", "former", "senior", "vice", "executive", "managing", "general"}
    | {"co", "-", "and", "chief", "research", "financial", "operating", "technology", "founding"}
)


def _join_persons(names: list[Name]) -> list[Name]:
    """A surname that stands for a person named in full before it in the same sentence is that person."""
    full = {n.name.split()[-1]: n for n in names if n.is_person and " " in n.name}
    return [
        replace(n, kind=EntityKind.PERSON, name=full[n.name].name)
        if n.entity is None and n.name in full and full[n.name].start < n.start
        else n
        for n in names
    ]


def _with_officials(text: str, found: Sequence[Piece], names: list[Name]) -> list[Name]:
    """``FTC Chair Lina Khan``, ``Texas Attorney General Ken Paxton``: the person stands for the authority."""
    out: list[Name] = []
    for name in names:
        before = out[-1] if out else None
        if (
            before is not None
            and before.kind is EntityKind.AUTHORITY
            and (name.is_person or (name.entity is None and name.kind is None))
            and _titles_only(text, found, before, name)
        ):
            whole = text[before.start : name.end]
            out[-1] = replace(before, text=whole, end=name.end, official=name.name)
        else:
            out.append(name)
    return out


def _titles_only(text: str, found: Sequence[Piece], authority: Name, person: Name) -> bool:
    """Whether nothing but an office stands between the two, such as ``Chair`` or ``antitrust chief``."""
    between = [p for p in found if authority.end <= p.start < person.start]
    titles = words("authorities", "official")
    office = any(p.text.lower() in titles for p in between)
    last = authority.text.rsplit(None, 1)[-1].lower()
    if not office and (between or not (last in ("general", "ag") or last in titles)):
        return False
    ends = [authority.end, *(p.end for p in between)]
    starts = [*(p.start for p in between), person.start]
    return all(p.text.lower() in titles or p.text in ("'s", "’s", "-") for p in between) and all(
        b - a <= 1 for a, b in zip(ends, starts, strict=True)
    )


_OF = re.compile(r", (?:the |an? )?((?:[\w-]+ ){1,4})(?:of|at|for) (?:the )?")
_AND = re.compile(r", (?:the |an? )?")
_OFFICE = re.compile(r"(?:['’]s)?((?: [\w-]+){1,4})[,.;)]")


def _by_apposition(text: str, names: list[Name]) -> list[Name]:
    """``Lina Khan, chair of the FTC,``, ``Teresa Ribera, the EU's competition chief,`` stand for the authority."""
    out = list(names)
    for index, (person, authority) in enumerate(itertools.pairwise(names)):
        if authority.kind is not EntityKind.AUTHORITY or not _may_be_person(person):
            continue
        gap = text[person.end : authority.start]
        of, after = _OF.fullmatch(gap), _OFFICE.match(text, authority.end)
        last = authority.text.rsplit(None, 1)[-1].lower()
        if of is not None:
            office = of.group(1)
        elif _AND.fullmatch(gap) and after is not None:
            office = after.group(1)
        elif _AND.fullmatch(gap) and last in ("commissioner", "chief"):
            office = last
        else:
            continue
        said = set(office.lower().split())
        if said <= words("authorities", "official") and "former" not in said:
            out[index] = replace(
                authority,
                text=person.text,
                start=person.start,
                end=person.end,
                official=person.name,
            )
            out[index + 1] = replace(authority, apposed=not of and after is None)
    return out


def _may_be_person(name: Name) -> bool:
    return name.is_person or (name.entity is None and name.kind is None)
