"""What the sentences after a raise tell of the same round: its size and name are of those who took part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extraction.rules.details import as_shared
from kg.extraction.rules.passing import IN_PASSING
from kg.model import Amount, AmountRole, Evidence, Kind, Modality, Statement, Status

REACH = 4
"""Sentences after which a round is no longer what is spoken of, unless it is named again."""
_NAMING = frozenset({"investment: lead a round", "investment: take part"})
_FRAMES = frozenset(
    {"investment: lead a round", "investment: backer of", "investment: raise money"}
    | {"investment: counts as backer", "investment: take part", "investment: invest"}
    | {"investment: follow on", "investment: share the lead"}
)
_GIVEN = frozenset(
    {"investment: money from", "investment: money given", "investment: invest money"}
    | {
        "investment: money comes from",
        "investment: back",
        "investment: investment of",
        "investment: listed participant",
    }
)
"""Those of money that may be a round's, where the company is told to have raised one right after."""
_SOON = 2
_SIZES = (AmountRole.COMMITTED, AmountRole.ROUND_TOTAL)


@dataclass(frozen=True, slots=True)
class _Told:
    """A round as a sentence told it."""

    sentence: int
    size: tuple[Amount, ...]
    name: str | None
    evidence: tuple[Evidence, ...]


class Rounds:
    """The rounds of an article, by who raised them, as far as it has been read."""

    def __init__(self) -> None:
        self._told: dict[str, _Told] = {}

    def shared(self, statements: Sequence[Statement], sentence: int) -> list[Statement]:
        """The statements of a sentence, those of investors in a known round with its size."""
        return [self._shared(s, sentence) for s in statements]

    def _shared(self, statement: Statement, sentence: int) -> Statement:
        if statement.kind is not Kind.INVESTMENT or statement.status is Status.DIVESTED:
            return statement
        if statement.modality is Modality.DENIED:
            return statement
        frame = dict(statement.derivation).get("frame")
        company = statement.object.name
        if frame in ("investment: raise money", "investment: lead a round"):
            sizes = [a for a in statement.amounts if a.role in _SIZES]
            if not sizes and frame == "investment: raise money":
                # "raised an additional $5 billion"
                sizes = [a for a in statement.amounts if a.role is AmountRole.TRANCHE]
            size = tuple(as_shared(a) for a in sizes)
            if size:
                self._told[company] = _Told(sentence, size, statement.round, statement.evidence)
                return statement
        values = [a for a in statement.amounts if a.role is AmountRole.VALUATION]
        own = len(values) < len(statement.amounts)
        if own or frame not in _FRAMES | _GIVEN or statement.subject is None:
            return statement
        told = self._told.get(company)
        reach = REACH if frame in _FRAMES else _SOON
        if told is None or (frame not in _NAMING and sentence - told.sentence > reach):
            return statement
        if told.sentence == sentence and _is_in_passing(statement):
            # "Y, backed by X, plans to raise $5 billion"
            return statement
        if frame in _GIVEN and (statement.date or _BEFORE.search(min(statement.evidence).quote)):
            return statement
        evidence = tuple(sorted({*statement.evidence, *told.evidence}))
        name = statement.round or told.name
        return replace(statement, amounts=(*told.size, *values), round=name, evidence=evidence)


def _is_in_passing(statement: Statement) -> bool:
    return dict(statement.derivation)["modality"].endswith(IN_PASSING)


def with_later_rounds(
    statements: Sequence[Statement], spans: Sequence[tuple[int, int]], published: str | None
) -> list[Statement]:
    """The statements, those of backers with the size of the round that a sentence after them tells.

    ``SoftBank led the round. Wayve raised $1.05 billion.``
    """
    places = {start: index for index, (start, _) in enumerate(spans)}
    raised = [
        (places[min(s.evidence).start], s)
        for s in statements
        if s.subject is None
        and s.kind is Kind.INVESTMENT
        and s.modality is not Modality.DENIED
        and dict(s.derivation).get("frame") == "investment: raise money"
        and min(s.evidence).start in places
        and not _of_old(s.date, published)
        and not _BEFORE.search(min(s.evidence).quote)
    ]
    return [_of_later(s, raised, places) for s in statements] if raised else list(statements)


def _of_old(day: str | None, published: str | None) -> bool:
    """Whether a round was raised more than some two months before the article tells of it."""
    if day is None:
        return False
    if not published or len(day) < len("2025-06"):
        return True
    months = [12 * int(d[:4]) + int(d[5:7]) for d in (day, published)]
    return months[1] - months[0] > _NEWS


_NEWS = 2
_BEFORE = re.compile(
    r"\b(?:before|previously|earlier|prior|so far|to date|already|altogether|last year|years ago)\b"
    r"|^(?!.*\b(?:said|says|confirmed|announced|told|reported|disclosed)\b).*\bhad\s(?:\w+\s)?raised\b",
    re.IGNORECASE | re.DOTALL,
)
"""What tells that a round is not the one just told: ``The company had raised $1 billion before``."""


def _of_later(
    statement: Statement, raised: Sequence[tuple[int, Statement]], places: dict[int, int]
) -> Statement:
    frame = dict(statement.derivation).get("frame")
    if (
        statement.kind is not Kind.INVESTMENT
        or statement.subject is None
        or frame not in _FRAMES | _GIVEN
        or statement.status is Status.DIVESTED
        or statement.modality is Modality.DENIED
        or any(a.role is not AmountRole.VALUATION for a in statement.amounts)
    ):
        return statement
    at = places.get(min(statement.evidence).start, -1)
    reach = REACH if frame in _FRAMES else _SOON
    for place, told in raised:
        if not at < place <= at + reach or told.object.name != statement.object.name:
            continue
        if statement.date and told.date and told.date != statement.date:
            continue
        if told.round and statement.round and told.round != statement.round:
            continue
        sizes = tuple(as_shared(a) for a in told.amounts if a.role in _SIZES)
        if sizes:
            evidence = tuple(sorted({*statement.evidence, *told.evidence}))
            name = statement.round or told.round
            amounts = (*sizes, *statement.amounts)
            return replace(statement, amounts=amounts, round=name, evidence=evidence)
    return statement
