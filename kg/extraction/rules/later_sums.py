"""Sums that a later sentence puts on a deal or a fine told before: ``CNBC put the price at $20 billion``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extraction.rules.details import amount_of
from kg.extraction.rules.figures import Money, sums
from kg.extraction.rules.later_wordings import names_sum
from kg.extraction.rules.passing import IN_PASSING
from kg.model import AmountRole, Evidence, Kind, Modality, Statement, Status

REACH = 3
"""Sentences between the deal and the sum at most."""
_ROLE = {
    Kind.INVESTMENT: AmountRole.COMMITTED,
    Kind.ACQUISITION: AmountRole.PRICE,
    Kind.PARTNERSHIP: AmountRole.CONTRACT,
    Kind.SCRUTINY: AmountRole.FINE,
}

_ROUND = re.compile(r"\b(?:round|raise|fundraise|series [a-k])\b", re.IGNORECASE)


def with_later_sums(
    statements: Sequence[Statement], text: str, spans: Sequence[tuple[int, int]]
) -> list[Statement]:
    """The statements, each with the sums that the sentences after it put on its deal."""
    found = list(statements)
    taken = {(a.start, a.end) for s in found for a in s.amounts}
    told = [min(s.evidence).start for s in found]
    spans = [part for span in spans for part in _parts(text, *span)]
    for index, (start, end) in enumerate(spans):
        earliest = spans[max(0, index - REACH)][0]
        if not any(earliest <= first < start for first in told):
            continue
        for money in sums(text, start, end):
            if (money.start, money.end) in taken or money.equivalent:
                continue
            places = _deal(found, text[start : money.start], text[money.end : end], earliest, start)
            evidence = Evidence(start, end, text[start:end])
            for place in places:
                found[place] = _with(found[place], money, text, evidence, len(places) > 1)
    return found


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut where a semicolon parts what is told from what is said of it then."""
    for mark in _PARTING.finditer(text, start, end):
        yield start, mark.start()
        start = mark.end()
    yield start, end


_PARTING = re.compile(r";\s+")


def _deal(
    found: Sequence[Statement], before: str, after: str, earliest: int, start: int
) -> list[int]:
    """The places of the last statement that the words around a sum speak of, and of those told with it."""
    for place in range(len(found) - 1, -1, -1):
        statement = found[place]
        first = min(statement.evidence).start
        if not earliest <= first < start or statement.status is Status.DIVESTED:
            continue
        if statement.subject is None or dict(statement.derivation)["modality"].endswith(IN_PASSING):
            continue
        if statement.kind is Kind.SCRUTINY and statement.status is not Status.FINED:
            continue
        together = [place]
        each = bool(_EACH.search(before))
        if statement.kind is Kind.INVESTMENT:
            together = [i for i, s in enumerate(found) if _together(s, statement)]
        elif each:
            together = [i for i, s in enumerate(found) if _told_with(s, statement)]
            before = _EACH.sub("each deal", before)
        if names_sum(statement, before, after, len(together) > 1):
            return together
    return []


_EACH = re.compile(
    r"^\W*each(?:\s(?:one|of\sthem))?(?=\s(?:is|was|could|may|would|will)\b)|\beach\b",
    re.IGNORECASE,
)
"""``Each is capped at``, ``Each contract is worth``: what is said of all that were told together."""


def _told_with(one: Statement, other: Statement) -> bool:
    """Whether two tell of deals of the same company in the same words."""
    return one is other or (
        _in_same_words(one, other)
        and one.subject is not None
        and other.subject is not None
        and bool({one.subject.name, one.object.name} & {other.subject.name, other.object.name})
    )


def _together(one: Statement, other: Statement) -> bool:
    """Whether two tell of investors in the same company in the same words."""
    return one is other or (
        _in_same_words(one, other)
        and one.subject is not None
        and one.object.name == other.object.name
        and one.modality is not Modality.DENIED
    )


def _in_same_words(one: Statement, other: Statement) -> bool:
    return (
        one.kind is other.kind
        and min(one.evidence) == min(other.evidence)
        and one.modality is other.modality
    )


def _with(told: Statement, money: Money, text: str, evidence: Evidence, shared: bool) -> Statement:
    around = f"{text[max(evidence.start, money.start - 40) : money.start]} {text[money.end : money.end + 30]}"
    whole = told.kind is Kind.INVESTMENT and (shared or _ROUND.search(around))
    role = AmountRole.ROUND_TOTAL if whole else _ROLE[told.kind]
    return replace(
        told,
        amounts=(*told.amounts, amount_of(text, money, role)),
        evidence=tuple(sorted({*told.evidence, evidence})),
    )
