"""Sums of money, percentages and dates as they are written in news."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from kg.model import AmountRole, Qualifier


@dataclass(frozen=True, slots=True)
class Money:
    """A sum at ``start:end``; ``equivalent`` where it repeats the sum before it in another currency."""

    value: Decimal
    currency: str
    start: int
    end: int
    qualifier: Qualifier = Qualifier.EXACT
    equivalent: bool = False
    role: AmountRole | None = None


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage at ``start:end``."""

    value: Decimal
    start: int
    end: int


_SIGNS = {
    "$": "USD", "us$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP",
    "¥": "JPY", "jpy": "JPY", "cn¥": "CNY", "rmb": "CNY", "cny": "CNY", "₩": "KRW", "krw": "KRW",
    "₹": "INR", "rs": "INR", "rs.": "INR", "inr": "INR", "a$": "AUD", "au$": "AUD", "aud": "AUD", "c$": "CAD",
    "ca$": "CAD", "cad": "CAD", "s$": "SGD", "sgd": "SGD", "hk$": "HKD", "hkd": "HKD", "nz$": "NZD",
    "nt$": "TWD", "r$": "BRL", "brl": "BRL", "chf": "CHF", "sek": "SEK", "nok": "NOK", "dkk": "DKK",
    "pln": "PLN", "₪": "ILS", "₽": "RUB", "sar": "SAR", "aed": "AED",
    "tl": "TRY", "try": "TRY", "₺": "TRY", "zar": "ZAR", "₦": "NGN", "₱": "PHP", "฿": "THB", "₫": "VND",
    "nis": "ILS", "ils": "ILS", "mxn": "MXN", "myr": "MYR", "rm": "MYR", "ngn": "NGN", "pkr": "PKR", "vnd": "VND",
    "idr": "IDR", "rp": "IDR", "kes": "KES", "ksh": "KES", "thb": "THB", "php": "PHP", "huf": "HUF", "czk": "CZK",
    "qar": "QAR", "kwd": "KWD", "egp": "EGP", "clp": "CLP", "nzd": "NZD", "twd": "TWD", "zł": "PLN",
    "$us": "USD", "usd$": "USD", "cad$": "CAD", "aud$": "AUD", "sgd$": "SGD",
}  # fmt: skip
_TIGHT_SIGNS = {"Won": "KRW", "Dh": "AED", "Dhs": "AED", "NIS": "ILS", "SKr": "SEK", "Rmb": "CNY"}
"""Words before a sum without a space: ``Won80bn``, but ``won 80 million users``."""
_WORDS = {
    "dollar": "USD", "us dollar": "USD", "u.s. dollar": "USD", "usd": "USD", "euro": "EUR", "eur": "EUR",
    "pound": "GBP", "pound sterling": "GBP", "gbp": "GBP", "sterling": "GBP", "yen": "JPY", "yuan": "CNY",
    "renminbi": "CNY", "rmb": "CNY", "won": "KRW", "rupee": "INR", "australian dollar": "AUD",
    "canadian dollar": "CAD", "singapore dollar": "SGD", "hong kong dollar": "HKD",
    "swiss franc": "CHF", "franc": "CHF", "chf": "CHF", "swedish krona": "SEK", "swedish kronor": "SEK",
    "krona": "SEK", "kronor": "SEK", "norwegian krone": "NOK", "norwegian kroner": "NOK",
    "danish krone": "DKK", "danish kroner": "DKK", "zloty": "PLN",
    "zlotys": "PLN", "złoty": "PLN", "złotych": "PLN", "shekel": "ILS", "rouble": "RUB", "ruble": "RUB",
    "riyal": "SAR", "dirham": "AED", "real": "BRL", "reais": "BRL",
    "taiwan dollar": "TWD", "new taiwan dollar": "TWD", "lira": "TRY", "turkish lira": "TRY", "tl": "TRY",
    "cad": "CAD", "aud": "AUD", "sgd": "SGD", "hkd": "HKD", "nzd": "NZD", "inr": "INR", "jpy": "JPY", "krw": "KRW",
    "rand": "ZAR", "naira": "NGN", "rupiah": "IDR", "baht": "THB", "dong": "VND", "forint": "HUF",
    "czech crown": "CZK", "mexican peso": "MXN", "philippine peso": "PHP", "russian rouble": "RUB", "russian ruble": "RUB",
}  # fmt: skip
_SCALES = {
    "k": 3, "thousand": 3, "m": 6, "mn": 6, "mln": 6, "mm": 6, "mio": 6, "million": 6, "millions": 6, "b": 9, "bn": 9,
    "bln": 9, "mrd": 9, "milliard": 9, "milliards": 9, "milliarden": 9, "billion": 9, "billions": 9, "t": 12, "tn": 12, "trn": 12, "trillion": 12, "trillions": 12,
    "crore": 7, "crores": 7, "cr": 7, "lakh": 5, "lakhs": 5, "lakh crore": 12,
}  # fmt: skip
_HEAD = "|".join(
    [
        *(re.escape(s) for s in sorted(_SIGNS, key=len, reverse=True)),
        *(rf"(?-i:{s})(?=\d)" for s in _TIGHT_SIGNS),
    ]
)
_SIGNS |= {sign.lower(): code for sign, code in _TIGHT_SIGNS.items()}
_TAIL = "|".join(re.escape(s) for s in sorted(_WORDS, key=len, reverse=True))
_SCALE = "|".join(re.escape(s) for s in sorted(_SCALES, key=len, reverse=True))
_COMMA = rf"\d{{1,3}},\d{{1,2}}(?=[ \u00a0-]?(?:{_SCALE})(?![^\W_]))"
"""``2,5 billion``, as it is written where the comma is the decimal mark."""
_NUMBER = rf"{_COMMA}|\d{{1,3}}(?:,\d{{2,3}})+(?:\.\d+)?|\d+(?:\.\d+)?"
_RANGE = r"\s?(?:to|and|[-–—])\s?"
_LETTERS = r"[^\W\d_]{1,4}[.$¥]?[ \u00a0]?\d"
_SIGN = r"[^\w\s][^\W\d_]{0,2}[ \u00a0]?\d"
"""What any sign before a figure looks like, so that most words need not be compared with each."""
_SUM = re.compile(
    rf"""(?:(?:(?<!\w)(?={_LETTERS})|(?={_SIGN}))(?P<head>{_HEAD})[ \u00a0]?)?
         (?(head)|(?<![\w.,]))(?P<low>{_NUMBER})(?:-?plus\b(?=[ -]))?
         (?:[ \u00a0-]?(?P<scale1>{_SCALE})(?![^\W_]))?
         (?:(?P<range>{_RANGE})(?P<head2>{_HEAD})?[ \u00a0]?(?P<high>{_NUMBER})(?:[ \u00a0-]?(?P<scale2>{_SCALE})(?![^\W_]))?)?
         (?:(?:[ \u00a0-](?:in[ ])?)?(?P<tail>{_TAIL})s?\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_SMALL = {"a": "1", "an": "1", "one": "1", "half a": "0.5", "half": "0.5", "a quarter of a": "0.25",
          "three quarters of a": "0.75", "one and a half": "1.5", "two and a half": "2.5",
          "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
          "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
          "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
          "a hundred": "100", "one hundred": "100", "two hundred": "200", "three hundred": "300",
          "five hundred": "500"}  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL |= {
    f"{ten}{unit and '-'}{unit}": str(10 * (2 + i) + j)
    for i, ten in enumerate(_TENS)
    for j, unit in enumerate(
        ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    )
}
_NUMBERED = "|".join(sorted(_SMALL, key=len, reverse=True))
_SCALED_ONLY = re.compile(
    rf"\b(?P<word>{_NUMBERED})[ -](?P<scale>million|billion|trillion)[ -](?P<tail>{_TAIL})s?\b",
    re.IGNORECASE,
)

_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|some|nearly|almost|close to|an? estimated|estimated|circa|reported|near(?:ing)?)|~|≈|\bc\.)\s*$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"\b(?:at least|more than|over|in excess of|upwards? of|north of|no less than|above|exceeding|not less than|topping)\s*$",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\b(?:up to|as much as|as high as|a maximum of|at most|no more than|potentially|to a ceiling of)\s*(?:an? additional |another )?$",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:less than|under|below|just under|just shy of|just short of|shy of)\s*$", re.IGNORECASE
)
_EQUIVALENT = re.compile(
    r"(?:\(\s*|,?\s*(?:or|equivalent to|equal to|the equivalent of|i\.e\.|that is|which is|=)\s+)(?:about |around |roughly |approximately |some |nearly |almost |an estimated |equivalent to |worth |or |~|≈)*$",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"(?<![\w.,])(\d+(?:\.\d+)?)\s?(?:%|per\s?cent\b|percent\b|pc\b)", re.IGNORECASE
)
_LOST = re.compile(
    r"(?:(?<=\A)|(?<=\n))\s*(\d+(?:\.\d+)?\s(?:million|billion))\s+(?:investment|round|funding|deal|stake)",
    re.IGNORECASE,
)


def sums(text: str, start: int = 0, end: int | None = None) -> list[Money]:
    """The sums of money in ``text[start:end]``, in order of place. Bare numbers are none."""
    return list(_seen(text, start, len(text) if end is None else end))


@lru_cache(maxsize=4096)  # asked by several who read a sentence, one after the other
def _seen(text: str, start: int, end: int) -> tuple[Money, ...]:
    found = sorted(_sums(text, start, end), key=lambda m: (m.start, -m.end))
    kept: list[Money] = []
    for money in found:
        if kept and money.start < kept[-1].end:
            continue
        before = text[max(start, money.start - 40) : money.start]
        following = text[money.end : min(end, money.end + 2)]
        money = replace(money, qualifier=_qualifier(before, following, money))
        if kept and money.currency != kept[-1].currency:
            between = text[kept[-1].end : money.start]
            if (
                len(between) < 60
                and _EQUIVALENT.search(between)
                and not re.search(r"[;.]\s", between)
            ):
                money = replace(money, equivalent=True, role=AmountRole.EQUIVALENT)
        kept.append(money)
    return tuple(kept)


def _qualifier(before: str, following: str, money: Money) -> Qualifier:
    if money.qualifier is not Qualifier.EXACT:
        return money.qualifier
    if following.startswith("+"):
        return Qualifier.AT_LEAST
    for pattern, qualifier in (
        (_UP_TO, Qualifier.UP_TO),
        (_AT_LEAST, Qualifier.AT_LEAST),
        (_LESS, Qualifier.LESS_THAN),
        (_ABOUT, Qualifier.ABOUT),
    ):
        if pattern.search(before):
            return qualifier
    return Qualifier.EXACT


_FIGURE = re.compile(r"\d")
"""What every sum told in figures has: most sentences are done with when they have none."""


def _sums(text: str, start: int, end: int) -> Iterator[Money]:
    if _FIGURE.search(text, start, end):
        for match in _SUM.finditer(text, start, end):
            yield from _read(text, match)
    if not any(text.find(scale, start, end) >= 0 for scale in ("illion", "ILLION")):
        return
    for match in _SCALED_ONLY.finditer(text, start, end):
        value = _number(_SMALL[match["word"].lower()], match["scale"])
        assert value is not None  # noqa: S101 - the table holds figures only
        yield Money(value, _WORDS[match["tail"].lower()], match.start(), match.end())


def _read(text: str, match: re.Match[str]) -> Iterator[Money]:
    head, tail = match["head"], match["tail"]
    if head is None and tail is None:
        return
    if (
        head is not None
        and head.isalpha()
        and len(head) < 3
        and head not in ("Rs", "TL", "RM", "Rp", "zł")
    ):
        return
    if (
        head is not None
        and head.isalpha()
        and len(head) == 3
        and not head.isupper()
        and head not in ("Rs.", "Ksh", *_TIGHT_SIGNS)
    ):
        # "try 5 times": a word, no currency
        return
    currency = _currency(head, tail)
    low_scale, high_scale = match["scale1"], match["scale2"]
    low = _number(match["low"], low_scale or high_scale)
    if low is None:
        return
    if match["high"] is None:
        yield Money(low, currency, match.start(), match.end())
        return
    if match["range"].strip().lower() == "and" and not re.search(
        r"between\s*$", text[max(0, match.start() - 12) : match.start()], re.IGNORECASE
    ):
        # "$5 million and 300 people": two figures, the second no sum of its own
        first_end = match.end("scale1") if low_scale else match.end("low")
        if (first := _number(match["low"], low_scale)) is not None and head:
            yield Money(first, currency, match.start(), first_end)
        if match["head2"] and (second := _number(match["high"], high_scale)) is not None:
            yield Money(second, _SIGNS[match["head2"].lower()], match.start("head2"), match.end())
        return
    high = _number(match["high"], high_scale)
    if high is None or high < low:
        first_end = match.end("scale1") if low_scale else match.end("low")
        if head and (first := _number(match["low"], low_scale)) is not None:
            yield Money(first, currency, match.start(), first_end)
        return
    low_end = match.end("scale1") if low_scale else match.end("low")
    yield Money(low, currency, match.start(), low_end, Qualifier.AT_LEAST)
    yield Money(
        high,
        currency,
        match.start("head2") if match["head2"] else match.start("high"),
        match.end(),
        Qualifier.UP_TO,
    )


def _currency(head: str | None, tail: str | None) -> str:
    if tail is not None and (head is None or head == "$"):
        return _WORDS[tail.lower()]
    return _SIGNS[(head or "").lower()]


_DECIMAL_COMMA = re.compile(r"\d{1,3},\d{1,2}")


def _number(digits: str, scale: str | None) -> Decimal | None:
    decimal = scale is not None and _DECIMAL_COMMA.fullmatch(digits) is not None
    try:
        value = Decimal(digits.replace(",", "." if decimal else ""))
    except InvalidOperation:
        return None
    value = value.scaleb(_SCALES[scale.lower()]) if scale else value
    return Decimal(int(value)) if value == value.to_integral_value() else value


def is_currency(word: str) -> bool:
    """Whether a word in capitals before a figure is a currency: ``EUR``, ``Rs``, ``TL``."""
    return word.isalpha() and word[0].isupper() and word.lower() in _SIGNS


def percentages(text: str, start: int = 0, end: int | None = None) -> list[Percent]:
    """The percentages in ``text[start:end]``, in order."""
    return [
        Percent(Decimal(m[1]), m.start(), m.end())
        for m in _PERCENT.finditer(text, start, len(text) if end is None else end)
    ]


def lost_figures(text: str) -> list[tuple[int, int]]:
    """Places of figures that begin a line without their currency: their head was lost."""
    return [m.span(1) for m in _LOST.finditer(text)]
