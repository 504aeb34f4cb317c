"""Whether a date may be what the words of a sentence mean."""

from __future__ import annotations

import re

from kg.dates import is_date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DAY = re.compile(r"(?<![\d,.$€£])([1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d,.]*\d|%)\b")


def consistent(date: str, words: str, published: str | None) -> bool:
    """Whether nothing in the words speaks against the date.

    A year, month or day in the words must be the date's. Words without a year, such as
    "on Monday", count from the article's publication and reach a year from it at most.

    >>> consistent("2024-02-26", "on 26 February", "2024-02-27")
    True
    >>> consistent("2023-02-26", "in May 2023", None)
    False
    """
    if not is_date(date):
        return False
    year, month, day = [*(int(part) for part in date.split("-")), None, None][:3]
    years = [int(y) for y in _YEAR.findall(words)]
    if years:
        if year not in years:
            return False
    elif published is None or abs(int(published[:4]) - (year or 0)) > 1:
        return False
    months = [_MONTHS.index(m.lower()) + 1 for m in _NAMED.findall(words)]
    if months and month not in months:
        return False
    days = [int(d) for d in _DAY.findall(words)]
    if months and days and day is not None:
        return day in days
    return bool(years or months or re.search(r"[A-Za-z]", words))
