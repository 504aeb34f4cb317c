"""Names that a sentence only sets beside what it tells: rivals, models for a likeness, those who judge or keep silent.

``a threat to X``, ``like X, Y has``, ``analysts at X``, ``X declined to comment``: whatever the
parse makes of the rest, X is no party to it. Told by the words around the name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extraction.rules.gazetteer import Name

_DESCRIBED = r"(?:(?:its|their|the|his|her|a|an|arch|old|fellow|bigger|smaller|larger|main|chief|big|longtime|long-time|US|U\.S\.|American|Chinese)[\s-]+)*"
_RIVAL = rf"(?:{_DESCRIBED}(?:rivals?|competitors?|peers?|giants?)\s+(?:such\s+as\s+|like\s+|including\s+)?)?"
_BEFORE = re.compile(
    r"(?:"
    r"\b(?:threats?|rivals?|competitors?|challengers?|alternatives?|answers?|counterweights?)\s+(?:to|of)"
    r"|\bcompetition\s+(?:from|with)"
    r"|\bcompet(?:e|es|ed|ing)\s+(?:directly\s+|head-on\s+)?(?:with|against)"
    r"|\bahead\s+of"
    r"|\b(?:markets?|fields?|sectors?|industry|races?|areas?|businesses?)\s+(?:that\s+is\s+|which\s+is\s+|now\s+|long\s+)?(?:led|dominated|ruled|owned)\s+by"
    r"|\baccording\s+to"
    r"|\b(?:analysts?|economists?|strategists?|researchers?|professors?|lecturers?|people|columnists?)\s+(?:at|from|with|of)"
    r"|\b(?:unlike|versus|than|rather\s+than)"
    r"|,\s+(?:and\s+)?not"
    rf")\s+{_RIVAL}(?:the\s+)?$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    rf"(?:like|unlike|as\s+(?:in\s+the\s+case\s+of|with|at|did)|just\s+like|much\s+like|similar\s+to)\s+{_RIVAL}(?:the\s+)?$",
    re.IGNORECASE,
)
_SILENT = re.compile(
    r"\s+(?:(?:has|have|had|also|both|all|each)\s+)*(?:(?:declined|refused)\s+to\s+(?:comment|discuss|say)"
    r"|(?:did|could|would|does|do)(?:\s+not|n[’']t)\s+(?:immediately\s+|be\s+)?(?:respond|reply|reached|return|comment|answer))"
)
_SHARES = re.compile(r"\b(?:shares|stock)\s+(?:of|in)\s+$", re.IGNORECASE)
_MOVED = re.compile(
    r"\s+(?:rose|fell|jumped|slid|dropped|gained|climbed|surged|sank|tumbled|rallied|slipped|soared|plunged|closed|ended|are|were|have|had)\b"
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
    before = text[max(begins, name.start - _REACH) : name.start]
    moved = _SHARES.search(before) and _MOVED.match(text, name.end)
    return bool(_BEFORE.search(before) or _SILENT.match(text, name.end) or moved)


def _opens(text: str, begins: int, name: Name) -> bool:
    if name.start - begins > _REACH:
        return False
    return bool(_OPENING.fullmatch(text[begins : name.start].lstrip()))
