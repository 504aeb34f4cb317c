"""Dates of events as news tells them, resolved against the day of publication."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = {
    m: i
    for i, m in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
_PATTERNS = tuple(
    re.compile(p, re.IGNORECASE if i else 0)
    for i, p in enumerate(
        (
            _MONTH + r"\s(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s(?P<year>(?:19|20)\d\d))?(?!\d)",
            r"(?<![\w-])(?P<whole>(?:19|20)\d\d-\d\d-\d\d)(?![\w-])",
            r"(?<![\w.])(?P<whole>\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)\b",
            r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s(?:of\s)?"
            + _MONTH
            + r"(?:,?\s(?P<year>(?:19|20)\d\d))?",
            r"(?P<when>last|this|next|earlier this|in|since|late|early|mid|by|until|before|after|from)[ -]"
            + _MONTH
            + r"(?:,?\s(?:of\s)?(?P<year>(?:19|20)\d\d|last year))?",
            _MONTH + r",?\s(?:of\s)?(?P<year>(?:19|20)\d\d|last year)",
            r"\b(?P<ago>a|an|one|two|three|four|five|six|\d+)\s(?P<unit>day|week|month|year)s?\sago\b",
            r"\b(?P<rel>yesterday|today|tomorrow|earlier today|tonight)\b",
            r"\b(?P<rel>last year|this year|next year|last month|earlier this month|this month|next month|last week|this week|next week|earlier this week|earlier this year|later this year|earlier last year|late last year|early this year)\b",
            r"\b(?:on\s|last\s|late\s)?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b",
            r"\b(?P<quarter>first|second|third|fourth)[ -]quarter(?:\sof)?\s(?P<year>(?:19|20)\d\d)",
            r"\b(?:in|since|during|by|back in|of|late|early|mid)[ -](?P<year>(?:19|20)\d\d)\b",
            r"\b(?P<year>20[012]\d)\b",
        )
    )
)
_SMALL = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def dates(text: str, published: str | None, ahead: bool = False) -> list[tuple[int, int, str]]:
    """(start, end, ISO 8601 date of whatever precision) of every date in the text, in order.

    A relative date without a day of publication is left out. A month without a year is the last
    one so called, or where things to come are told (``ahead``) the next one, if this year has it yet to come.
    """
    day = _published(published)
    found: list[tuple[int, int, str]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(a < match.end() and match.start() < b for a, b, _ in found):
                continue
            value = _resolve(match, day, ahead)
            if value is not None:
                found.append((match.start(), match.end(), value))
    return sorted(found)


def _published(published: str | None) -> dt.date | None:
    if not published:
        return None
    try:
        return dt.date.fromisoformat(published[:10])
    except ValueError:
        return None


def _resolve(match: re.Match[str], day: dt.date | None, ahead: bool) -> str | None:
    groups = match.groupdict()
    if groups.get("whole"):
        return _whole(groups["whole"])
    if groups.get("month"):
        return _month(groups, day, ahead)
    if groups.get("quarter"):
        first = {"first": 1, "second": 4, "third": 7, "fourth": 10}[groups["quarter"].lower()]
        return f"{groups['year']}-{first:02d}"
    if groups.get("year"):
        return groups["year"]
    if day is None:
        return None
    if groups.get("ago"):
        return _ago(groups["ago"], groups["unit"].lower(), day)
    if groups.get("weekday"):
        back = (day.weekday() - _DAYS.index(groups["weekday"].lower())) % 7
        return (day - dt.timedelta(days=back)).isoformat()
    return _relative(groups["rel"].lower(), day)


def _whole(written: str) -> str | None:
    """``2025-05-14`` and ``14.05.2025``, if there is such a day."""
    parts = list(map(int, re.split(r"[-.]", written)))
    year, month, day = parts if parts[0] > 31 else parts[::-1]
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(groups: dict[str, str | None], day: dt.date | None, ahead: bool) -> str | None:
    month = _MONTHS[(groups["month"] or "").lower()[:3]]
    year_text = groups.get("year")
    if year_text and year_text.isdigit():
        year = int(year_text)
    elif day is None:
        return None
    elif year_text:
        year = day.year - 1
    else:
        year = day.year if month <= day.month or ahead else day.year - 1
        if (groups.get("when") or "").lower() == "next" and month <= day.month:
            year = day.year + 1
        elif (groups.get("when") or "").lower() == "next":
            year = day.year
    if groups.get("day"):
        try:
            return dt.date(year, month, int(groups["day"] or 0)).isoformat()
        except ValueError:
            return None
    return f"{year}-{month:02d}"


def _ago(count: str, unit: str, day: dt.date) -> str | None:
    number = _SMALL.get(count.lower()) or (int(count) if count.isdigit() and len(count) < 4 else 0)
    if not number:
        return None
    if unit in ("day", "week"):
        return (day - dt.timedelta(days=number * (7 if unit == "week" else 1))).isoformat()
    if unit == "month":
        months = day.year * 12 + day.month - 1 - number
        return f"{months // 12}-{months % 12 + 1:02d}"
    return str(day.year - number)


def _relative(words: str, day: dt.date) -> str | None:
    if words in ("today", "earlier today", "tonight"):
        return day.isoformat()
    if words in ("yesterday", "tomorrow"):
        return (day + dt.timedelta(days=1 if words == "tomorrow" else -1)).isoformat()
    shift = -1 if "last" in words else 1 if "next" in words else 0
    if words.endswith("year"):
        return str(day.year + shift)
    if words.endswith("month"):
        months = day.year * 12 + day.month - 1 + shift
        return f"{months // 12}-{months % 12 + 1:02d}"
    return None if shift == 0 else f"{(day + dt.timedelta(weeks=shift)).strftime('%Y-%m')}"
