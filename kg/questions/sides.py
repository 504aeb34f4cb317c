"""On which side of a relationship what a question says of places and deals belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from kg.model import Kind
from kg.questions.misfit import Misfit
from kg.questions.notes import Notes
from kg.questions.parsing import Match
from kg.questions.plan import Noun

DEALS = (Kind.ACQUISITION, Kind.INVESTMENT, Kind.PARTNERSHIP)
"""What an authority may review as a deal."""
_SHARES = frozenset({"stake", "share", "shareholding", "holding", "slice", "percentage"})


def there(
    notes: Notes, declared: Mapping[str, Any], kinds: tuple[Kind, ...], answer: Noun, other: Noun
) -> tuple[Noun, Noun]:
    """The nouns with the country in which something is done: by its authorities."""
    if notes.where is None:
        return answer, other
    if kinds == (Kind.INVESTMENT,) and declared["family"] == "related":
        if declared.get("ask") != "object" or answer.countries:
            raise Misfit("it cannot be told who is there")
        place = notes.where  # *its investments in France* are in companies there
        return replace(answer, countries=place.countries, place=place.place), other
    if kinds != (Kind.SCRUTINY,) or declared["family"] not in ("related", "deals"):
        raise Misfit("only authorities act for a country")
    asked = declared.get("ask") == "subject"
    known = answer if asked else other
    if known.countries:
        raise Misfit("two countries for one side")
    codes = ("EU",) if notes.where.place == "EU" else notes.where.countries
    told = replace(known, countries=codes, place=notes.where.place)
    return (told, other) if asked else (answer, told)


def about(match: Match, kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """The kinds of deal of which reviews are asked for: *which takeovers are under review*."""
    if kinds != (Kind.SCRUTINY,) or match.form.get("name") != "reviews":
        return ()
    told = {Kind(r) for h in match.tagged("EV") for r, _ in h.value} - {Kind.SCRUTINY}
    if match.tagged("RELATIONSHIPS"):
        return DEALS
    return tuple(told) if len(told) == 1 else ()


_HOLDERS = frozenset(
    {"shareholder", "shareholders", "stakeholder", "stakeholders", "stockholder", "owner", "owners"}
)


def of_share(match: Match) -> bool:
    """Whether it is a share of the whole whose size is asked: *how large is X's stake*."""
    return any(h.segment.text.casefold().split()[-1] in _SHARES for h in match.tagged("EV"))


def of_holders(match: Match) -> bool:
    """Whether it is asked who holds the most: *the largest shareholder*, *the largest stake*."""
    holders = (h.segment.text.casefold().split()[-1] for h in match.tagged("AG"))
    return of_share(match) or any(h in _HOLDERS for h in holders)


_SELLERS = frozenset({"platform", "model-hub"})


def check_offered(declared: Mapping[str, Any], kinds: tuple[Kind, ...], answer: Noun) -> None:
    """Misfit where platforms are asked for as what somebody offers: they offer others' models."""
    offered = declared.get("ask") == "object" and kinds[:1] == (Kind.DISTRIBUTION,)
    if offered and answer.kind in _SELLERS:
        raise Misfit("platforms offer and are not offered")


def by_all(match: Match) -> bool:
    """Whether several agents are named of one deed: *labs backed by X and Y* have both."""
    declared = match.form["plan"]
    agents = any(
        (a.segment.text.casefold().split()[-1:] == ["by"] or a.tag == "WITH") and b.tag == "ENT2"
        for a, b in pairwise(match.hits)
    )
    role = bool(match.tagged("AS", "BEHIND") and match.tagged("ENT2"))
    return (agents or role) and declared["family"] == "related" and declared.get("ask") == "object"
