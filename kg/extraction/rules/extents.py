"""How far a name reaches: legal forms after a comma, places before and after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.language import FUNCTION_WORDS, is_word
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.tokens import Piece
from kg.model import EntityKind

_LEGAL = re.compile(
    r", (?:Inc|LLC|Ltd|Limited|Corp|L\.?P|LLP|plc|PLC|GmbH|S\.A|N\.V|PBC)\b(?:\.(?=[ ,;)]))?| plc\b"
)


_BRANCH = re.compile(
    r" \([A-Z][\w .]{0,14}\),? (?:Inc|LLC|Ltd|Limited|Corp|Corporation|plc|PLC|GmbH|Co)\b"
)
"""``Delphine (USA) Inc.``: a form after the country in brackets."""


def whole(text: str, found: Sequence[Piece], names: Sequence[Name]) -> list[Name]:
    """The names of a sentence, each as far as it reaches; in order, without overlap."""
    if not names:
        return []
    after = {p.start: i for i, p in enumerate(found)}
    out: list[Name] = []
    for given in names:
        name = _with_legal_form(text, given)
        last = out[-1] if out else None
        if last is not None and name.start < last.end:
            continue
        if name.entity is None and name.text in words("names", "legal_form"):
            continue
        if last is not None and text[last.end : name.start] == " ":
            if _is_where(last) and _is_institution(name):
                out[-1] = _from(text, last.start, name)
                continue
            if _has_branch(last) and _is_where(name) and _ends(text, name.end, after, found):
                out[-1] = _to(text, last, name.end)
                continue
        if last is not None and _are_one_firm(text, last, name):
            out[-1] = _from(text, last.start, name)
            continue
        index = after.get(name.start, 0)
        before = found[index - 1] if index else None
        if (
            before is not None
            and before.text in table("names")["nationality"]
            and name.start - before.end == 1
            and (_is_institution(name) or _is_trade(name))
        ):
            name = _from(text, before.start, name)
        out.append(name)
    out = [_with_country(text, n, after, found) for n in out]
    begin = found[0].start if found else 0
    return [_with_initials(text, n, out[i - 1].end if i else begin) for i, n in enumerate(out)]


_INITIALS = re.compile(r"(?<![\w.'’-])(?:[A-Z]\. ?){1,2}$")
_LETTERED = re.compile(r"\b(?:Series|Class|Plan|Phase|Type|Exhibit) $")


def _with_initials(text: str, name: Name, before: int) -> Name:
    """``T. Boone Pickens``, ``D. E. Shaw``: the letters belong to the name."""
    if name.entity is not None or not (name.kind is None or name.is_person):
        return name
    begins = max(before, name.start - 8)
    initials = _INITIALS.search(text, begins, name.start)
    if initials is None or _LETTERED.search(text, max(0, initials.start() - 9), initials.start()):
        return name
    said = text[initials.start() : name.end]
    kind = name.kind or EntityKind.PERSON
    return replace(name, text=said, start=initials.start(), name=said, kind=kind)


def _with_legal_form(text: str, name: Name) -> Name:
    """``Treace Concepts, Inc.``: the form belongs to the name."""
    if not name.is_organisation:
        return name
    form = _LEGAL.match(text, name.end) or _BRANCH.match(text, name.end)
    return _to(text, name, form.end()) if form is not None else name


def _with_country(text: str, name: Name, after: dict[int, int], found: Sequence[Piece]) -> Name:
    """``Christy UK``, where the country is no name of its own."""
    index = after.get(name.end + 1)
    if index is None or text[name.end] != " " or not _has_branch(name):
        return name
    country = found[index]
    if country.text not in _countries() or not _ends(text, country.end, after, found):
        return name
    return _to(text, name, country.end)


def _is_where(name: Name) -> bool:
    return name.is_place or name.kind is EntityKind.GOVERNMENT


def _has_branch(name: Name) -> bool:
    return name.is_organisation and not name.is_authority


def _is_institution(name: Name) -> bool:
    """``Stock Exchange``, ``Bank Corporation``: common words that name one only with its place."""
    parts = name.text.split()
    return (
        name.entity is None
        and not name.is_person
        and parts[-1] in words("names", "institution")
        and all(is_word(p) for p in parts)
    )


def _are_one_firm(text: str, first: Name, second: Name) -> bool:
    """``Carolina Power and Light Co``: a second half that is nobody's name by itself."""
    if text[first.end : second.start] != " and " or first.entity or second.entity:
        return False
    trade, *form = second.text.split()
    suffixes = words("names", "legal_form") | words("names", "organisation_suffix")
    suffixes |= words("names", "institution")
    return (
        trade in words("names", "second_trade")
        and len(form) == 1
        and form[0].rstrip(".") in suffixes
        and is_word(first.text.split()[-1].lower())
        and not first.is_person
    )


def _is_trade(name: Name) -> bool:
    """``Robotics``, ``Motors``: a firm's trade, which names one only with what stands before it."""
    trades = words("names", "firm_suffix") - words("names", "legal_form")
    return name.entity is None and not name.is_person and name.text in trades


def _ends(text: str, end: int, after: dict[int, int], found: Sequence[Piece]) -> bool:
    """Whether the phrase ends there: no common noun follows, as in ``Nvidia China sales``."""
    index = next((after[e] for e in (end, end + 1) if e in after), None)
    if index is None:
        return True
    word = found[index].text
    ended = word in FUNCTION_WORDS or word.endswith("ed") or word in _TOLD
    return not word[0].isalnum() or ended


_TOLD = frozenset({"became", "becomes", "said", "says", "led", "leads", "won", "bought", "sold"})
"""Verbs after which a name is over: ``Christy Canada became``."""


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    nations = table("authorities")["nation"].values()
    return frozenset(names[0] for names in nations) | {"UK", "US", "USA", "Europe", "Asia"}


def _from(text: str, start: int, name: Name) -> Name:
    said = text[start : name.end]
    kind = name.kind if name.kind is not None else EntityKind.ORGANISATION
    return replace(name, text=said, start=start, name=said, kind=kind)


def _to(text: str, name: Name, end: int) -> Name:
    said = text[name.start : end]
    return replace(name, text=said, end=end, name=name.name if name.entity else said)
