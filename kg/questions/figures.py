"""Dates and sums of money in a question."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from kg.dates import span
from kg.questions.lexicon import Lexicon
from kg.questions.tokens import Word

_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_ORDINAL = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_UNTIL = frozenset({"and", "to", "until", "till", "through", "-"})
_MONEY = re.compile(r"([a-z]{0,3}[$€£¥])?\s?(\d[\d,]*(?:\.\d+)?)\s?([a-z]*)")


@dataclass(frozen=True, slots=True)
class Day:
    """A stretch of time: how the question put it, its first and its last day (ISO 8601)."""

    label: str
    first: str
    last: str


def date_at(
    words: Sequence[Word], i: int, lexicon: Lexicon, today: dt.date
) -> tuple[int, Day] | None:
    """The longest date that begins at word ``i``: how many words it takes, and the date."""
    keys = [w.key for w in words[i : i + 6]]
    found = _absolute(keys, lexicon) or _relative(keys, today) or _stretch(keys, lexicon)
    told = ""
    if found is None and (found := _yearless(words[i : i + 7], lexicon, today)) is not None:
        told = f" {found[1].year}"
    if found is None:
        return None
    length, first, last = found
    label = " ".join(w.text for w in words[i : i + length]).replace(" ,", ",") + told
    return length, Day(label, first.isoformat(), last.isoformat())


def _yearless(
    words: Sequence[Word], lexicon: Lexicon, today: dt.date
) -> tuple[int, dt.date, dt.date] | None:
    """A month, or a day of it, of the latest year that it may mean: not after today.

    Where a date with a year follows (*1 September to 31 December 2025*) it is of that year,
    or of the one before.
    """
    months = lexicon.data["months"]
    keys = [w.key for w in words]
    day = None
    at = 0
    if (match := _DAY.fullmatch(keys[0])) and len(keys) > 1:
        day, at = int(match[1]), 1
    month = _month_named(keys[at], months)
    if month is None or not words[at].capital:
        return None
    length = at + 1
    if day is None and length < len(keys) and (match := _DAY.fullmatch(keys[length])):
        day, length = int(match[1]), length + 1
    limit = today
    if len(keys) > length + 1 and keys[length] in _UNTIL:
        following = _absolute(keys[length + 1 :], lexicon)
        limit = following[2] if following else today
    for year in (limit.year, limit.year - 1):
        found = _exact(length, year, month, day) if day else (length, *_month(year, month))
        if found is not None and found[1] <= limit:
            return found
    return None


def _month_named(word: str, months: Sequence[str]) -> int | None:
    """The number of a month: *January*, *Jan.*, *Sept*."""
    bare = word.rstrip(".")
    short = 4 if bare == "sept" else 3
    return next((n for n, m in enumerate(months, 1) if bare in (m, m[:short])), None)


_EDGES = {"end": "last", "close": "last", "start": "first", "beginning": "first"}
"""Words for the last or the first day of a period."""


def _absolute(keys: Sequence[str], lexicon: Lexicon) -> tuple[int, dt.date, dt.date] | None:
    months = lexicon.data["months"]

    month = partial(_month_named, months=months)

    def year(at: int) -> int | None:
        return int(keys[at]) if at < len(keys) and _YEAR.fullmatch(keys[at]) else None

    def day(at: int) -> int | None:
        match = _DAY.fullmatch(keys[at]) if at < len(keys) else None
        return int(match[1]) if match and 1 <= int(match[1]) <= 31 else None

    if len(keys) > 2 and keys[0] in _EDGES and keys[1] == "of":
        whole = _absolute(keys[2:], lexicon)
        day_at = whole and (whole[1] if _EDGES[keys[0]] == "first" else whole[2])
        return (whole[0] + 2, day_at, day_at) if whole and day_at else None
    if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", keys[0]):
        try:
            return 1, *span(keys[0])
        except ValueError:
            return None
    if (m := month(keys[0])) is not None and len(keys) > 1:
        if (y := year(1)) is not None:
            return 2, *_month(y, m)
        if keys[1] == "of" and (y := year(2)) is not None:
            return 3, *_month(y, m)
        if len(keys) > 3 and keys[1] in _UNTIL and month(keys[2]) and (y := year(3)) is not None:
            return 1, *_month(y, m)  # between January and December 2024
        if (d := day(1)) is not None:
            at = 3 if len(keys) > 2 and keys[2] == "," else 2
            if (y := year(at)) is not None:
                return _exact(at + 1, y, m, d)
    if (d := day(0)) is not None and len(keys) > 2:
        at = 2 if keys[1] == "of" else 1
        if (m := month(keys[at])) is not None and (y := year(at + 1)) is not None:
            return _exact(at + 2, y, m, d)
    if (part := _part(keys)) is not None:
        length, months_in, nth = part
        if (y := year(length)) is not None:
            first = (nth - 1) * months_in + 1
            return length + 1, dt.date(y, first, 1), _month(y, first + months_in - 1)[1]
    if (y := year(0)) is not None:
        return 1, dt.date(y, 1, 1), dt.date(y, 12, 31)
    return None


def _part(keys: Sequence[str]) -> tuple[int, int, int] | None:
    """A quarter or half: words taken, months in it, which one."""
    match = re.fullmatch(r"([qh])([1-4])", keys[0])
    if match and (match[1] == "q" or int(match[2]) < 3):
        return 1, 3 if match[1] == "q" else 6, int(match[2])
    if len(keys) > 2 and keys[0] in _ORDINAL and keys[1] in ("quarter", "half"):
        months = 3 if keys[1] == "quarter" else 6
        if _ORDINAL[keys[0]] * months <= 12:
            return (3 if keys[2] == "of" else 2), months, _ORDINAL[keys[0]]
    return None


_STRETCHES = {"early": (1, 4), "mid": (6, 6), "late": (9, 12)}
"""Months of a year that a word before it means."""
_LIMITS = frozenset({"start", "beginning", "end", "middle"})


def _stretch(keys: Sequence[str], lexicon: Lexicon) -> tuple[int, dt.date, dt.date] | None:
    """*mid-2024*, *late 2023*; *the start of March 2024* is its first day, the end its last."""
    word, _, joined = keys[0].partition("-")
    rest = [joined, *keys[1:]] if joined else keys[1:]
    if word in _STRETCHES and rest and _YEAR.fullmatch(rest[0]):
        first, last = _STRETCHES[word]
        year = int(rest[0])
        return 1 if joined else 2, dt.date(year, first, 1), _month(year, last)[1]
    if word in _LIMITS and not joined and len(rest) > 1 and rest[0] == "of":
        if (whole := _absolute(rest[1:], lexicon)) is None:
            return None
        length, begin, end = whole
        day = {"middle": begin + (end - begin) // 2, "end": end}.get(word, begin)
        return length + 2, day, day
    return None


def _relative(keys: Sequence[str], today: dt.date) -> tuple[int, dt.date, dt.date] | None:
    two = " ".join(keys[:2])
    if two == "this year":
        return 2, dt.date(today.year, 1, 1), dt.date(today.year, 12, 31)
    if two in ("last year", "previous year"):
        return 2, dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31)
    if two == "this month":
        return 2, *_month(today.year, today.month)
    if two == "last month":
        before = today.replace(day=1) - dt.timedelta(days=1)
        return 2, *_month(before.year, before.month)
    return None


def _month(year: int, month: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _exact(length: int, year: int, month: int, day: int) -> tuple[int, dt.date, dt.date] | None:
    try:
        exact = dt.date(year, month, day)
    except ValueError:
        return None
    return length, exact, exact


def money_at(
    words: Sequence[Word], i: int, lexicon: Lexicon
) -> tuple[int, tuple[Decimal, str | None]] | None:
    """The sum that begins at word ``i``: how many words it takes, its value and currency."""
    keys = [w.key for w in words[i : i + 4]]
    currencies = {
        name: code for code, names in lexicon.data["currencies"].items() for name in names
    }
    multipliers = lexicon.data["multipliers"]
    at, currency = 0, None
    if keys[0] in currencies and len(keys) > 1:
        currency, at = currencies[keys[0]], 1
    match = _MONEY.fullmatch(keys[at])
    part = lexicon.data["parts"].get(keys[0])
    after = next((n for n in (1, 2, 3) if keys[n : n + 1] and keys[n] in multipliers), 0)
    if part and after and set(keys[1:after]) <= {"a", "of", "one"}:
        value, power, at = Decimal(part), multipliers[keys[after]], after + 1
    elif not match:
        article = keys[0] in ("a", "one") and len(keys) > 1 and keys[1] in multipliers
        if not article or len(keys[1]) < 4:
            return None
        value, power, at = Decimal(1), multipliers[keys[1]], 2
    else:
        sign, figure, unit = match.groups()
        if unit and unit not in multipliers:
            return None
        value, power = Decimal(figure.replace(",", "")), multipliers.get(unit, 0)
        if sign:
            currency = currencies.get(sign, currencies.get(sign[-1]))
        at += 1
        if not unit and at < len(keys) and keys[at] in multipliers:
            power, at = multipliers[keys[at]], at + 1
    for take in (2, 1):
        if currency is None and at < len(keys) and " ".join(keys[at : at + take]) in currencies:
            name = " ".join(keys[at : at + take])
            currency, at = currencies[name], at + len(name.split())
    if currency is None and power == 0:
        return None
    return at, (value.scaleb(power), currency)
