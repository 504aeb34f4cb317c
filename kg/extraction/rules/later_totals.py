"""What an investor has put in altogether, told in a later sentence: ``that raises its total to $9 billion``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.rules.details import amount_of
from kg.extraction.rules.figures import Money
from kg.extraction.rules.told_later import told_later
from kg.model import AmountRole, Evidence, Kind, Modality, Statement, Status

_TOTAL = re.compile(
    r"\b(?:bring|rais|tak|lift|push)(?:e?s|ing)?\s(?:its|their|the|[\w’'.&-]+['’]s)\s(?:own\s)?"
    r"(?:total|overall|combined|cumulative)(?:\s(?:stake|investment|commitment|outlay|funding))?"
    r"(?:\s(?:in|to)\s(?:the\s)?[\w’'.&-]+(?:\s[A-Z][\w’'.&-]*)?)?"
    r"\s(?:in\sall\s)?to\s(?:about|around|roughly|nearly|almost|some|more\sthan|over|at\sleast)?\s?$"
)


def with_later_totals(
    statements: Sequence[Statement], text: str, spans: Sequence[tuple[int, int]]
) -> list[Statement]:
    """The statements, and one for each total that a sentence after an investment tells."""
    found = list(statements)
    for money, start, end, earliest in told_later(statements, text, spans, _TOTAL):
        told = _investment(found, text[start : money.start], earliest, start)
        if told is not None:
            found.append(_in_all(told, money, text, start, end))
    return found


def _investment(
    found: Sequence[Statement], before: str, earliest: int, start: int
) -> Statement | None:
    """The last investment told before whose investor the words before the total name."""
    fitting = [
        s
        for s in found
        if s.kind is Kind.INVESTMENT
        and s.subject is not None
        and earliest <= min(s.evidence).start < start
        and s.modality in (Modality.ASSERTED, Modality.PLANNED)
        and s.status is not Status.DIVESTED
    ]
    named = [
        s for s in fitting if s.subject and re.search(rf"\b{re.escape(s.subject.text)}\b", before)
    ]
    if named:
        return named[-1]
    return fitting[-1] if len({s.subject.name for s in fitting if s.subject}) == 1 else None


def _in_all(told: Statement, money: Money, text: str, start: int, end: int) -> Statement:
    total = amount_of(text, money, AmountRole.CUMULATIVE)
    return replace(
        told,
        evidence=(Evidence(start, end, text[start:end]),),
        amounts=(total,),
        date=None,
        instrument=None,
        round=None,
        stake_percent=None,
        participants=(),
        terms=(),
    )
