"""What a later sentence says a round values the company at: ``The round values the lab at $5 billion``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.rules.details import amount_of
from kg.extraction.rules.told_later import told_later
from kg.model import AmountRole, Evidence, Kind, Statement, Status

_VALUES = re.compile(
    r"^\W*(?:the|this|that|its)\s(?:[\w-]+\s){0,3}?(?:round|deal|investment|financing|funding|money|raise)\s"
    r"(?:has\s)?(?:values?|valued|puts?)\s"
    r"(?:it|(?:the|its)\s(?:[\w’'-]+\s){0,3}?[\w’'-]+|[A-Z][\w’'.&-]*(?:\s[A-Z][\w’'.&-]*){0,2})\sat\s"
    r"(?:about|around|roughly|nearly|almost|some|more\sthan|over|at\sleast)?\s?$",
    re.IGNORECASE,
)


def with_later_values(
    statements: Sequence[Statement], text: str, spans: Sequence[tuple[int, int]]
) -> list[Statement]:
    """The statements, one of each round with the valuation that a sentence after it tells."""
    found = list(statements)
    for money, start, end, earliest in told_later(statements, text, spans, _VALUES):
        place = _round(found, earliest, start)
        if place is not None:
            told = found[place]
            evidence = {*told.evidence, Evidence(start, end, text[start:end])}
            found[place] = replace(
                told,
                amounts=(*told.amounts, amount_of(text, money, AmountRole.VALUATION)),
                evidence=tuple(sorted(evidence)),
            )
    return found


def _round(found: Sequence[Statement], earliest: int, start: int) -> int | None:
    """The place of who led the last round told before, or of the first that tells it."""
    fitting = [
        (min(s.evidence).start, not any(role == "lead" for role, _ in s.participants), i)
        for i, s in enumerate(found)
        if s.kind is Kind.INVESTMENT
        and s.status is not Status.DIVESTED
        and earliest <= min(s.evidence).start < start
        and (
            not s.amounts
            or any(a.role in (AmountRole.ROUND_TOTAL, AmountRole.COMMITTED) for a in s.amounts)
        )
        and not any(a.role is AmountRole.VALUATION for a in s.amounts)
    ]
    if not fitting:
        return None
    last = max(at for at, _, _ in fitting)
    return min((not_led, place) for at, not_led, place in fitting if at == last)[1]
