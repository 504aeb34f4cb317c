"""Exchange rates of past periods: the table ``data/exchange-rates.json``, and what it converts.

A sum is converted by the rate of the period in which it was agreed, so that the answer does not
change with the day on which it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from kg.resources import data_dir

_FACTOR = Context(prec=9, rounding=ROUND_HALF_UP)
_WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Period:
    """Average rates from one day to another (ISO 8601), in units of a currency for one of the base."""

    first: str
    last: str
    rates: Mapping[str, Decimal]

    @property
    def label(self) -> str:
        """``2024``, or both days where it is no whole year."""
        whole = self.first.endswith("-01-01") and self.last == f"{self.first[:4]}-12-31"
        return self.first[:4] if whole else f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Rates:
    """A table of exchange rates with its source; periods in the order of time."""

    title: str
    publisher: str
    url: str
    base: str
    periods: tuple[Period, ...]

    @property
    def currencies(self) -> frozenset[str]:
        """The currencies that the table knows in some period."""
        return frozenset({self.base}.union(*(p.rates for p in self.periods)))

    def on(self, day: str) -> Period | None:
        """The period in which a day (ISO 8601) lies; None if the table does not reach it."""
        return next((p for p in self.periods if p.first <= day <= p.last), None)

    def factor(self, period: Period, source: str, target: str) -> Decimal | None:
        """How many of the target one of the source is worth; None if either is not in the table.

        Nine significant figures, so that the same product comes out in SPARQL.
        """
        one, other = (
            Decimal(1) if c == self.base else period.rates.get(c) for c in (source, target)
        )
        return None if one is None or other is None else _FACTOR.divide(other, one)


def converted(value: Decimal, factor: Decimal) -> Decimal:
    """A sum in another currency, in whole units; a half is rounded up, as SPARQL's ROUND does."""
    return (value * factor).quantize(_WHOLE, rounding=ROUND_HALF_UP)


@lru_cache(maxsize=1)
def rates() -> Rates:
    """The table that comes with the package."""
    table = json.loads((data_dir() / "exchange-rates.json").read_text(encoding="utf-8"))
    periods = tuple(
        Period(p["from"], p["to"], {c: Decimal(x) for c, x in p["rates"].items()})
        for p in table["periods"]
    )
    return Rates(table["title"], table["publisher"], table["url"], table["base"], periods)
