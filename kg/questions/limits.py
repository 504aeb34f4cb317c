"""Limits in a question: sums, stakes and numbers, as filters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.questions.notes import Notes
from kg.questions.patterns import Hit
from kg.questions.plan import Bound

_AT_MOST = frozenset({"up to", "at most", "no more than", "not more than", "<=", "≤", "maximum of"})
Result = tuple[Notes, dict[str, Any]] | None
Named = dict[str, Hit]


def money(notes: Notes, named: Named, places: list[Hit]) -> Result:
    """*more than $1 billion*."""
    value, currency = named["a"].value
    how = named["c"].value if "c" in named else "least"
    bound = Bound(value, currency, strict=how == "more" or (how == "less"))
    key = "most" if how == "less" else "least"
    if how == "less":
        bound = replace(bound, strict=named["c"].segment.text.casefold() not in _AT_MOST)
    return replace(notes, filters={**notes.filters, key: bound}), {}


def money_span(notes: Notes, named: Named, _: list[Hit]) -> Result:
    """*between $1 and $5 billion*."""
    (low, one), (high, other) = named["a"].value, named["b"].value
    bounds = {
        "least": Bound(low, one or other, strict=False),
        "most": Bound(high, other or one, strict=False),
    }
    return replace(notes, filters={**notes.filters, **bounds}), {}


def money_exact(notes: Notes, named: Named, _: list[Hit]) -> Result:
    """*the $5 billion investment*."""
    value, currency = named["a"].value
    bound = Bound(value, currency, strict=False)
    return replace(notes, filters={**notes.filters, "least": bound, "most": bound}), {}


def stake(notes: Notes, named: Named, _: list[Hit]) -> Result:
    """*more than 10 per cent*."""
    how = named["c"].value if "c" in named else "exactly"
    value = named["a"].value
    bounds = {}
    if how in ("more", "least", "exactly"):
        bounds["least_stake"] = Bound(value, None, strict=how == "more")
    if how in ("less", "exactly"):
        strict = how == "less" and named["c"].segment.text.casefold() not in _AT_MOST
        bounds["most_stake"] = Bound(value, None, strict=strict)
    return replace(notes, filters={**notes.filters, **bounds}), {}


def counted(notes: Notes, named: Named, places: list[Hit]) -> Result:
    """*more than three*: stands where *the most* may stand, and says how many."""
    if notes.counted is not None:
        return None
    fewest: int | None = None
    most: int | None = None
    if "r" in named:
        fewest, most = named["r"].value
    elif "b" in named:
        fewest, most = int(named["n"].value), int(named["b"].value)
    else:
        number, how = int(named["n"].value), named["c"].value
        if how == "less":
            strict = named["c"].segment.text.casefold() not in _AT_MOST
            fewest, most = 1, number - 1 if strict else number
        else:
            fewest = number + 1 if how == "more" else number
    return replace(notes, counted=(fewest, most)), {"MOST": "most", "COUNTING": None}
