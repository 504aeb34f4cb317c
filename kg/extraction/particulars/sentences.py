"""The sentences after a statement's own that go on about the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Kind

MOST = 3
"""Sentences that are followed at the most."""
_SENTENCE = re.compile(
    r"[^\S\n]*(?:\n(?!\n)[^\S\n]*)?(\S(?:[^\n]|\n(?!\s*\n))*?[.!?][\"”’')]*)(?=\s+[A-Z0-9\"“‘'(]|\s*$)"
)
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Inc|Corp|Ltd|Co|Mr|Ms|Mrs|Dr|vs|No|St|U\.S|U\.K)\.$")
_BACK = {
    Kind.INVESTMENT: r"investment|sum|money|deal|stake|funding|financing|capital|amount|note|notes|loan|percentage|share|round|instrument|convertible",
    Kind.DISTRIBUTION: r"deal|agreement|partnership|arrangement|models?|offer",
    Kind.PARTNERSHIP: r"deal|agreement|partnership|arrangement|contract|licen[cs]e|collaboration|alliance",
    Kind.ACQUISITION: r"deal|agreement|takeover|acquisition|purchase|transaction|price",
    Kind.SCRUTINY: r"orders?|review|investigation|inquiry|probe|proceedings|authority|regulator|case|decision|charges",
    Kind.LITIGATION: r"suit|lawsuit|case|complaint|claim|action",
    Kind.RELEASE: r"models?|family|weights|licen[cs]e",
    Kind.APPOINTMENT: r"post|role|job|appointment",
}


def going_on(text: str, end: int, kind: Kind, name: str) -> list[tuple[int, int]]:
    """Spans of the next sentences that begin by taking up what was said; the first that does not ends it.

    ``name`` is the statement's object: what is released is taken up by its name, too.
    """
    again = rf"|(?:[^,.;]{{1,50}},\s)?{re.escape(name)}\s" if kind is Kind.RELEASE and name else ""
    taken_up = re.compile(
        rf"(?:(?:The|This|That|These|Its|Their)\s(?:[\w’'-]+\s){{0,3}}?(?:{_BACK.get(kind, 'deal')})\b"
        rf"|(?:It|They|Both)\s{again})"
    )
    found: list[tuple[int, int]] = []
    for start, stop in _sentences(text, end):
        if len(found) == MOST or not taken_up.match(text, start):
            break
        found.append((start, stop))
    return found


def _sentences(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The sentences that follow in the same paragraph."""
    while match := _SENTENCE.match(text, at):
        start, end = match.span(1)
        while _ABBREVIATION.search(text, start, end) and (more := _SENTENCE.match(text, end)):
            end = more.end(1)
        yield start, end
        at = end
