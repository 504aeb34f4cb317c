"""Datelines: ``LONDON, May 5 (Reuters) -``, ``(AFP) —``, ``Miami, United States - December 8, 2025 -``.

What stands before a report says where, when and through whom it came; no fact is told there.
"""

from __future__ import annotations

import re

from kg.extraction.rules.lexicon import words

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = rf"(?:{_MONTH}\s\d{{1,2}}(?:,?\s\d{{4}})?|\d{{1,2}}\s{_MONTH}(?:,?\s\d{{4}})?)"
_PLACE = r"[A-Z][A-Za-z.'’]+(?:(?:[ ,/&-]+|\sand\s)[A-Z][A-Za-z.'’]+){0,6}"
_DATELINE = re.compile(
    rf"""(?:{_PLACE}(?=[\s,(/–—-]))??
        (?:,?\s?(?:[-–—]\s)?(?P<date>{_DATE}))?
        ,?\s?(?:--)?(?P<agency>[(/][A-Z][A-Za-z ]+[)/])?
        \s?(?:--|[-–—])\s?(?=["“‘A-Z]|(?<=/\s--\s)[a-z])""",
    re.VERBOSE,
)
_LABEL = re.compile(
    r"""(?:BRIEF|EXCLUSIVE|BREAKING|CORRECTED|REFILE|FACTBOX|ANALYSIS|INSIGHT|FOCUS|(?:UPDATE|WRAPUP)\s\d
        |Exclusive|Breaking|Update(?:d)?|Analysis|Also\s[Rr]ead|ALSO\sREAD|Read\s[Mm]ore|READ\sMORE)
        (?:\s?[-–—]|:)\s?(?=["“‘A-Z])""",
    re.VERBOSE,
)
"""What agencies and pages set before a headline."""
_CREDIT = re.compile(
    r"(?:(?P<of>Sources?|Via|Credits?|From):\s?)?(?P<who>[A-Z][\w.'’ ]{1,30}?)\s?(?:[-–—|]\s|:\s)(?=[\"“‘A-Z])"
)
"""``Source: Reuters -``: who reports what follows."""


def report_begins(text: str, start: int) -> int:
    """Where the sentence begins after a dateline at ``start``; ``start`` where there is none."""
    label = _LABEL.match(text, start)
    if label is not None:
        return label.end()
    credit = _CREDIT.match(text, start)
    if credit is not None and credit["who"] in words("names", "publisher"):
        return credit.end()
    line = _DATELINE.match(text, start)
    if line is None:
        return start
    agency = (line["agency"] or "").strip("()/")
    passed_on = agency in words("names", "publisher") or agency in words("names", "wire")
    return line.end() if passed_on or line["date"] else start


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a dateline and nothing else."""
    begins = report_begins(text, start)
    return start < begins and begins >= end
