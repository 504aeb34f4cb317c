"""Who grants and who takes: the two sides of an agreement told as one between partners."""

from __future__ import annotations

import re

from kg.model import Kind, Mention, Nature, Statement

LICENSOR, LICENSEE, PROVIDER, CUSTOMER = "licensor", "licensee", "provider", "customer"

_GIVES = {
    Nature.LICENCE: re.compile(
        r"\blicen[cs](?:e[sd]?|ing)\b(?:(?!\bfrom\b)[^.;])*\bto\b|\bgrant\w*\b[^.;]*\blicen[cs]e\b",
        re.IGNORECASE,
    ),
    Nature.SUPPLY: re.compile(
        r"\b(?:suppl(?:y|ies|ied|ying)|deliver\w*|provid\w+|sell\w*|sold|ships?)\b", re.IGNORECASE
    ),
    Nature.COMPUTE: re.compile(
        r"\b(?:suppl(?:y|ies|ied|ying)|provid\w+|hosts?|rents?\sout|lends?|secures?)\b",
        re.IGNORECASE,
    ),
}
_TAKES = {
    Nature.LICENCE: re.compile(
        r"\b(?:tak\w+|took|acquir\w+|sign\w*|got|gets?|obtain\w*|secur\w+|holds?|retains?|paying|pays?|bought|buys?)\b"
        r"[^.;]{0,70}\blicen[cs]e\b|\blicen[cs](?:es|ed|ing)\b(?:(?!\bto\b)[^.;])*(?:\b(?:of|from)\s(?:the\s)?$|[’']s?$)",
        re.IGNORECASE,
    ),
    Nature.SUPPLY: re.compile(
        r"\b(?:buys?|bought|buying|order\w*|purchas\w+|sourc\w+|us(?:es|ing))\b", re.IGNORECASE
    ),
    Nature.COMPUTE: re.compile(
        r"\b(?:buys?|buying|rents?(?!\sout)|leas\w+|chos\w+|choos\w+|spend\w*|runs?|train\w*|uses?|signed|sign)\b",
        re.IGNORECASE,
    ),
}
_SIDES = {
    Nature.LICENCE: (LICENSOR, LICENSEE),
    Nature.DATA: (LICENSOR, LICENSEE),
    Nature.SUPPLY: (PROVIDER, CUSTOMER),
    Nature.COMPUTE: (PROVIDER, CUSTOMER),
}


def roles(statement: Statement, text: str) -> list[tuple[str, Mention]]:
    """The statement's two ends in the roles that its sentence gives them; none where it does not say."""
    nature = statement.nature
    if statement.kind is not Kind.PARTNERSHIP or nature not in _SIDES or statement.subject is None:
        return []
    if {role for role, _ in statement.participants} & set(_SIDES[nature]):
        return []
    ends = sorted((statement.subject, statement.object), key=lambda m: m.start)
    one, other = ends
    words = text[one.end : other.start]
    if possessive := re.match("[’']s?", text[other.end :]):
        words += possessive[0]
    patterns = Nature.LICENCE if nature is Nature.DATA else nature
    gives, takes = _first(_GIVES[patterns], words), _first(_TAKES[patterns], words)
    if gives == takes:
        return []
    giver, taker = _SIDES[nature]
    first_gives = takes is None or (gives is not None and gives < takes)
    return [(giver, one), (taker, other)] if first_gives else [(taker, one), (giver, other)]


def _first(pattern: re.Pattern[str], words: str) -> int | None:
    """Where in the words from the one end to the other those stand that relate them."""
    match = pattern.search(words)
    return match.start() if match else None
