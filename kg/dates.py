"""ISO 8601 dates of reduced precision: ``2024``, ``2024-02``, ``2024-02-26``.

They sort as text within one precision; for comparisons across precisions use ``span``.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def is_date(text: str) -> bool:
    """Whether the text is a valid date of some precision."""
    try:
        span(text)
    except ValueError:
        return False
    return True


def span(text: str) -> tuple[dt.date, dt.date]:
    """First and last day that the date may mean; ValueError if it is none."""
    match = PARTIAL_DATE.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(g) if g else None for g in match.groups())
    if year is None:  # the pattern always has a year
        raise ValueError(text)
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if day is None:
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    exact = dt.date(year, month, day)
    return exact, exact


def days_between(one: str, other: str) -> int:
    """The least number of days between the two; 0 if they may be the same day."""
    (a, b), (c, d) = span(one), span(other)
    return max(0, (c - b).days, (a - d).days)


def earliest(dates: list[str]) -> str | None:
    """The one that begins first; of those, the most precise."""
    return min(dates, key=lambda d: (span(d)[0], -len(d)), default=None)


def latest(dates: list[str]) -> str | None:
    """The one that ends last; of those, the most precise."""
    return max(dates, key=lambda d: (span(d)[1], len(d)), default=None)
