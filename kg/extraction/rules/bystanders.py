"""Names that a sentence only sets beside what it tells: rivals, models for a likeness, those who judge or keep silent.

``a threat to X``, ``like X, Y has``, ``analysts at X``, ``X declined to comment``: whatever the
parse makes of the rest, X is no party to it. Told by the words around the name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extraction.rules.gazetteer import Name, publishes
from kg.extraction.rules.lexicon import words


def _any(*keys: str) -> str:
    """Words of the lexicon, each where those of the next key follow it."""
    told = (sorted(words("bystanders", key), key=len, reverse=True) for key in keys)
    return r"\s+".join(f"(?:{'|'.join(map(_spaced, some))})" for some in told)


def _spaced(said: str) -> str:
    return r"\s+".join(map(re.escape, said.split())).replace("'", "[’']")


_RIVAL = (
    rf"(?:(?:{_any('described')}[\s-]+)*{_any('likened')}\s+(?:{_any('named')}\s+)?)?(?:the\s+)?"
)
_TOLD_BEFORE = "|".join(
    (
        rf"\b{_any('rival_noun')}\s+(?:to|of)",
        rf"\b{_any('before')}",
        rf"\b{_any('letter')}\s+to",
        rf"\b{_any('field', 'led')}",
        rf"\b{_any('judge', 'judge_of')}",
        r",\s+(?:and\s+)?not",
    )
)
_ENDS = {"to", "of", "in", "not", "the"} | {
    said.split()[-1].lower()
    for key in ("before", "led", "judge_of", "named", "likened")
    for said in words("bystanders", key)
}
"""Last words before a name that stands aside; the rest of the words need not be looked at."""
_BEFORE = re.compile(rf"(?:{_TOLD_BEFORE})\s+{_RIVAL}$", re.IGNORECASE)
_OPENING = re.compile(rf"{_any('opening')}\s+{_RIVAL}$", re.IGNORECASE)
_SILENT = re.compile(
    rf"\s+(?:{_any('silent_helper')}\s+)*(?:{_any('silent')}|{_any('negated', 'reply')})\b"
)
_REPORTS = re.compile(rf"(?:\s+News)?\s+(?:{_any('reports_helper')}\s+)*(?:{_any('reports')})\b")
_REPORTED_BY = re.compile(rf"\b{_any('reported_by')}\s+(?:the\s+)?$", re.IGNORECASE)
_SHARES = re.compile(
    r"(?<!['’]s\s)(?<!['’]\s)(?<!its\s)(?<!their\s)\b(?:shares|stock)\s+(?:of|in)\s+$",
    re.IGNORECASE,
)
_MOVED = re.compile(rf"\s+{_any('moved')}\b")
_MEANT_LATER = re.compile(
    r"[^.;:]*?\b(?:after|as|on news|when|because|following)\b[^.;:]*?\b(?:it|(?:the|its)\s(?:[\w-]+\s){0,2}"
    r"(?:company|firm|group|maker|chipmaker|startup|start-up|business|developer|lab|provider|rival))\b"
)
_GOES_ON = re.compile(r",?\s+(?:in\s+|of\s+|by\s+)?(?:which|who|whose|whom)\b")
_AND = re.compile(r",?\s+(?:and|or)\s+$")
_COMMA = re.compile(r",\s+$")
_REACH = 90


def bystanders(text: str, begins: int, names: Sequence[Name]) -> frozenset[int]:
    """Where the names start that are no party to what their sentence tells, which ``begins`` there.

    The members of a list stand as its first does; authorities are left alone, whose part in a
    sentence is another.
    """
    found: set[int] = set()
    for at, name in enumerate(names):
        if name.start in found or not _may_stand_aside(name) or _GOES_ON.match(text, name.end):
            continue
        listed = names[at : at + _list_length(text, names[at:])]
        if _stands_beside(text, begins, name):
            found.update(n.start for n in listed)
        elif _opens(text, begins, name):
            # "Like X, Y and Z have": Y and Z are in no list with X
            found.update(n.start for n in (listed if len(listed) == _PAIR else listed[:1]))
        elif _are_two(text, listed) and _SILENT.match(text, listed[-1].end):
            found.update(n.start for n in listed)
    return frozenset(found)


_PAIR = 2


def _may_stand_aside(name: Name) -> bool:
    return not name.is_authority and (name.is_organisation or name.is_artefact)


def _list_length(text: str, names: Sequence[Name]) -> int:
    """How many of the names are one list: ``A, B and C``; 1 where none closes it with "and"."""
    for at, (before, name) in enumerate(pairwise(names), 2):
        if not _may_stand_aside(name):
            break
        if _AND.fullmatch(text, before.end, name.start):
            return at
        if not _COMMA.fullmatch(text, before.end, name.start):
            break
    return 1


def _are_two(text: str, listed: Sequence[Name]) -> bool:
    """``X and Y``: with a comma before it, "and" begins a clause as well."""
    return len(listed) == _PAIR and "," not in text[listed[0].end : listed[1].start]


def _stands_beside(text: str, begins: int, name: Name) -> bool:
    if _SILENT.match(text, name.end) or _reports(text, begins, name):
        return True
    before = text[max(begins, name.start - _REACH) : name.start]
    last = before.split()[-1:]
    if not last or last[0].lower() not in _ENDS:
        return False
    moved = _SHARES.search(before) and _MOVED.match(text, name.end)
    # "shares of X rose after Y agreed to buy the company": X
    told = moved is not None and _MEANT_LATER.match(text, name.end) is None
    return bool(_BEFORE.search(before)) or told


def _reports(text: str, begins: int, name: Name) -> bool:
    """Whether a publication is told to have told what the sentence tells."""
    if not publishes(name):
        return False
    before = text[max(begins, name.start - _REACH) : name.start]
    return bool(_REPORTS.match(text, name.end) or _REPORTED_BY.search(before))


def compared(text: str, begins: int, name: Name) -> bool:
    """``Unlike X, Y has``, ``Despite competition from X and Z, Y``: whether the sentence opens with a bystander."""
    near = name.start - begins <= _REACH
    return near and _BEGINNING.match(text[begins : name.start].lstrip()) is not None


_BEGINNING = re.compile(rf"(?:{_any('opening')}|{_any('contrasting')})\s", re.IGNORECASE)


def _opens(text: str, begins: int, name: Name) -> bool:
    if name.start - begins > _REACH:
        return False
    return bool(_OPENING.fullmatch(text[begins : name.start].lstrip()))
