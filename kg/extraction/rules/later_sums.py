"""Sums that a later sentence puts on a deal told before: ``CNBC put the price at $20 billion``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.rules.figures import sums
from kg.model import Amount, AmountRole, Evidence, Kind, Statement, Status

REACH = 3
"""Sentences between the deal and the sum at most."""
_NOUN = {
    Kind.INVESTMENT: "investment|sum|amount|stake|shares|funding|deal|agreement|transaction|it",
    Kind.ACQUISITION: "acquisition|takeover|purchase|price|sum|amount|deal|transaction|value|it",
    Kind.PARTNERSHIP: "contract|deal|agreement|partnership|licen[cs]e|value|sum|amount|price|project|plan|it",
}
_ROLE = {
    Kind.INVESTMENT: AmountRole.COMMITTED,
    Kind.ACQUISITION: AmountRole.PRICE,
    Kind.PARTNERSHIP: AmountRole.CONTRACT,
}
_PUT = r"\b(?:puts?|put|pegged|pegs|estimated|valued|wrote of)\b(?:\s[\w’'.-]+){0,8}?\s(?:at|of)\s"
_WORTH = r"\b(?:is|was|are|be)\s(?:reportedly\s|said\sto\sbe\s|reported\sto\sbe\s)?worth\s"
_PAYS = r"\b(?:pays|paid|paying|will\spay)\s"
_IS = (
    r"\b(?:price|cost|value|sum|amount|bill)(?:\stag|\spaid)?\s(?:is|was|came\sto|comes\sto|reached|ranged|ranges)"
    r"\s(?:put\sat\s|between\s|from\s)?"
)
_COSTS = r"\b(?:could|would|may|might|will|is\sexpected\sto)\scost\s(?:[\"“]?in\sexcess\sof\s)?"
_OF_A_DEAL = r"\b(?:deal|transaction|acquisition|takeover|purchase|contract|agreement|merger)\s(?:is|was|were|has\sbeen)\s(?:being\s)?valued\sat\s"
_HEDGE = (
    r"(?:about|around|roughly|nearly|almost|some|more\sthan|up\sto|at\sleast|just\sunder|over)?\s?"
)
_RANGE = r"(?:[$€£¥]\s?[\d.,]+(?:\s?(?:million|billion|trillion|m|bn|b))?\s(?:and|to)\s)?"
_VALUATION = re.compile(
    r"\bvaluation\b|\bvalue[sd]?\s(?:the|it|its|at)\b|\bvalued\b", re.IGNORECASE
)


def with_later_sums(
    statements: Sequence[Statement], text: str, spans: Sequence[tuple[int, int]]
) -> list[Statement]:
    """The statements, each with the sums that the sentences after it put on its deal."""
    found = list(statements)
    taken = {(a.start, a.end) for s in found for a in s.amounts}
    told = [min(s.evidence).start for s in found]
    for index, (start, end) in enumerate(spans):
        earliest = spans[max(0, index - REACH)][0]
        if not any(earliest <= first < start for first in told):
            continue
        for money in sums(text, start, end):
            if (money.start, money.end) in taken or money.equivalent:
                continue
            place = _deal(found, text, spans, index, (money.start, money.end))
            if place is None:
                continue
            statement = found[place]
            stated = text[money.start : money.end]
            role = _ROLE[statement.kind]
            amount = Amount(
                money.value, money.currency, stated, money.start, money.end, role, money.qualifier
            )
            found[place] = replace(
                statement,
                amounts=(*statement.amounts, amount),
                evidence=tuple(
                    sorted({*statement.evidence, Evidence(start, end, text[start:end])})
                ),
            )
    return found


def _deal(
    found: Sequence[Statement],
    text: str,
    spans: Sequence[tuple[int, int]],
    index: int,
    money: tuple[int, int],
) -> int | None:
    """The place of the last statement that the words before the sum may speak of."""
    start = spans[index][0]
    before, after = text[start : money[0]], text[money[1] : money[1] + 25]
    if _VALUATION.search(before) and not re.search(_OF_A_DEAL, before, re.IGNORECASE):
        return None
    earliest = spans[max(0, index - REACH)][0]
    for place in range(len(found) - 1, -1, -1):
        statement = found[place]
        first = min(statement.evidence).start
        if not earliest <= first < start or statement.status is Status.DIVESTED:
            continue
        nouns = _NOUN.get(statement.kind)
        if nouns is None or statement.subject is None:
            continue
        named = re.search(
            rf"\b(?:the|this|that|its|each|new)?\s?(?:{nouns})\b", before, re.IGNORECASE
        )
        told = re.search(
            rf"(?:{_PUT}|{_WORTH}|{_PAYS}|{_IS}|{_COSTS}|{_OF_A_DEAL}){_HEDGE}{_RANGE}$",
            before,
            re.IGNORECASE,
        )
        titled = re.search(r"\b(?:the|its|that)\s$", before, re.IGNORECASE) and re.match(
            rf"\s(?:\w+\s)?(?:{nouns.removesuffix('|it')})\b", after
        )
        return place if (named and told) or titled else None
    return None
