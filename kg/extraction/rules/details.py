"""What a sentence tells beyond the parties: sums, dates, rounds, stakes, instruments, terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kg.extraction.rules.business_sums import of_borrowing, of_business
from kg.extraction.rules.clause_owners import is_of_clause, is_of_verb, is_past
from kg.extraction.rules.figures import Money, percentages
from kg.extraction.rules.match import Match
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.respectively import own_sum
from kg.extraction.rules.sum_owners import belongs
from kg.extraction.rules.sum_roles import role_of
from kg.extraction.rules.times import dates
from kg.model import Amount, AmountRole, Kind, Qualifier

_ROUND_NAME = re.compile(r"series[ -]([a-k](?:-?\d|\+)?)|(pre-seed|seed|angel)", re.IGNORECASE)
_STAKE = re.compile(
    r"stake|share|ownership|interest|holding|equity|owns?\b|owned|holds?\b|acquire|bought|buy|%\s?of|percent of|per cent of|represent|grant",
    re.IGNORECASE,
)
_OF_COMPANY = re.compile(
    r"\s(?:of|in)\s(?:the\s(?:company|start-?up|firm|business|group|lab|developer)\b|it\b|[A-Z])"
)
_NOT_STAKE = re.compile(
    r"^\s?(?:premium|discount|increase|decrease|drop|rise|faster|slower|more|less|below|above|higher|lower|of (?:the )?(?:market|revenue|sales|people|users|employees|customers|its workforce|profits?))|^\s?(?:in|on|at)\s(?:\w+\s)?(?:trading|monday|tuesday|wednesday|thursday|friday|early|after)",
    re.IGNORECASE,
)
_INSTRUMENTS = (
    ("convertible", re.compile(r"\bconvert(?:ible|s? into equity|ing into equity)\b|\bconversion into\b", re.IGNORECASE)),
    ("cloud credits", re.compile(r"\b(?:cloud|compute|computing) credits?\b", re.IGNORECASE)),
    ("debt", re.compile(r"\b(?:loan|debt financing|credit facility|debt round|venture debt|bonds?)\b", re.IGNORECASE)),
    ("cash and stock", re.compile(r"\b(?:cash[- ]and[- ](?:stock|shares)|cash and equity|stock[- ]and[- ]cash|mix of cash and stock)\b", re.IGNORECASE)),
    ("cash", re.compile(r"\b(?:all-cash|in cash|cash deal|cash purchase)\b", re.IGNORECASE)),
    ("stock", re.compile(r"\b(?:all-stock|in stock|stock deal)\b", re.IGNORECASE)),
    ("equity", re.compile(r"\b(?:equity|stake|common stock|preferred stock|shares?|shareholding|minority)\b", re.IGNORECASE)),
)  # fmt: skip


def amounts(
    parsed: Parsed, match: Match, matches: Sequence[Match], text: str
) -> tuple[Amount, ...]:
    """The sums that belong to the match, with their roles."""
    if match.frame.kind in (
        Kind.DISTRIBUTION,
        Kind.COMPETITION,
        Kind.RELEASE,
        Kind.APPOINTMENT,
        Kind.HEADQUARTERS,
    ):
        return ()
    found: list[Amount] = []
    taken: Amount | None = None
    node: Node | None = None
    own = own_sum(parsed, match, matches)
    if own is not None:
        match = replace(match, siblings=1)
    for money in parsed.masked.sums:
        low = node if money.qualifier is Qualifier.UP_TO else None
        # the upper end of "$300–350 million" stands where the lower does
        node = next((n for n in parsed.nodes if n.money is money), low)
        if money.equivalent:
            if taken is not None:
                found.append(amount_of(text, money, AmountRole.EQUIVALENT))
            continue
        taken = None
        if node is not None and of_business(node):
            continue
        borrowed = match.frame.kind is Kind.ACQUISITION and node is not None and of_borrowing(node)
        if borrowed:
            continue
        role = role_of(parsed, match, money, text)
        if role is None or own not in (None, money):
            continue
        if own is None and not belongs(parsed, match, matches, node):
            continue
        taken = amount_of(text, money, role)
        found.append(taken)
    return tuple(found)


def amount_of(text: str, money: Money, role: AmountRole) -> Amount:
    """The sum as the article's ``text`` states it, in a role."""
    return Amount(
        money.value,
        money.currency,
        text[money.start : money.end],
        money.start,
        money.end,
        role,
        money.qualifier,
    )


_OF_EARLIER = re.compile(
    r"\b(?:after|following|besides|beyond|on top of)\s(?:(?:an?|its|the|their|two|three|several)\s)?(?:earlier|previous|prior)\s\w+[^.;]{0,40}$",
    re.IGNORECASE,
)
"""Before the date of what was done before: ``after earlier ones in 2019``."""
_OF_BEGINNING = re.compile(
    r"\b(?:announced|agreed|opened|begun|began|launched|started|filed|proposed|signed|unveiled)(?:\s(?:with|by|between|against|into)\s[\w&.'-]+(?:\s[A-Z][\w&.'-]*)*)?\s(?:(?:in|on|of|since|back in)\s(?:early\s|late\s|mid-)?)?$"
)
"""Before the date on which what has ended had begun: ``a deal first announced in 2022``."""


def date(
    parsed: Parsed,
    match: Match,
    text: str,
    published: str | None,
    *,
    ended: bool = False,
    done: bool = False,
    ahead: bool = False,
) -> str | None:
    """The date nearest to the trigger in its sentence, but for those of something else.

    ``ended`` says that it is an end that is told, so that the date of the beginning is not meant;
    ``done`` that it is a deed done or being done, which has no date after its publication;
    ``ahead`` that it is yet to be done, so that its month may be one to come.
    """
    base = parsed.masked.start
    found = dates(text[base : parsed.masked.end], published)
    if ahead:
        to_come = dates(text[base : parsed.masked.end], published, ahead)
        found = [
            past if is_past(parsed, base + past[0]) else coming
            for past, coming in zip(found, to_come, strict=True)
        ]
    found = [
        d
        for d in found
        if not any(m.start < base + d[1] and base + d[0] < m.end for m in parsed.masked.sums)
        and not any(n.start < base + d[1] and base + d[0] < n.end for n in parsed.masked.names)
    ]
    found = [d for d in found if not _of_another(text[base : base + d[0]], ended)]
    found = [
        d
        for d in found
        if is_of_clause(parsed, match.trigger, base + d[0], base + d[1])
        and is_of_verb(parsed, match.trigger, base + d[0], base + d[1])
    ]
    if done and published:
        day = published[:10]
        found = [d for d in found if d[2][: len(day)] <= day]
    if not found:
        return None
    at = match.trigger.start - base
    return min(found, key=lambda d: min(abs(d[0] - at), abs(d[1] - at)))[2]


def _of_another(before: str, ended: bool) -> bool:
    return bool(_OF_EARLIER.search(before) or (ended and _OF_BEGINNING.search(before)))


def round_name(parsed: Parsed, match: Match, text: str) -> str | None:
    """``Series C``, ``seed`` where the clause of the match names the round."""
    found = _own(parsed, match, _ROUND_NAME, text)
    if found is None:
        return None
    if found[1]:
        return "Series " + found[1].upper()
    name = found[2].lower()
    after = text[found.end() : found.end() + 12].lower()
    return (
        name
        if re.match(r"[ -](?:round|fund|financ|invest|stage|capital)", after) or name == "pre-seed"
        else None
    )


def _own(parsed: Parsed, match: Match, pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first place of a pattern that stands in the clause of the match."""
    return next(
        (
            found
            for found in pattern.finditer(text, parsed.masked.start, parsed.masked.end)
            if is_of_clause(parsed, match.trigger, found.start(), found.end())
        ),
        None,
    )


def stake(parsed: Parsed, match: Match, text: str) -> Decimal | None:
    """The share in per cent that the match tells; of two ("from 4% to 11%") the last."""
    if match.frame.kind not in (Kind.INVESTMENT, Kind.ACQUISITION):
        return None
    found: Decimal | None = None
    for percent in percentages(text, parsed.masked.start, parsed.masked.end):
        around = (
            text[max(parsed.masked.start, percent.start - 60) : percent.start]
            + text[percent.end : percent.end + 50]
        )
        if (
            (_STAKE.search(around) or _OF_COMPANY.match(text, percent.end))
            and not _NOT_STAKE.search(text[percent.end : percent.end + 40])
            and percent.value <= 100
            and is_of_clause(parsed, match.trigger, percent.start, percent.end)
        ):
            found = percent.value
    return found


def instrument(parsed: Parsed, match: Match, text: str) -> str | None:
    """How the money is put in, where the sentence says so."""
    if match.frame.kind not in (Kind.INVESTMENT, Kind.ACQUISITION):
        return None
    for name, pattern in _INSTRUMENTS:
        if name == "equity" and match.frame.kind is Kind.ACQUISITION:
            continue
        if _own(parsed, match, pattern, text) is not None:
            return name
    return None


def as_shared(amount: Amount) -> Amount:
    """The amount as the whole round's."""
    return (
        replace(amount, role=AmountRole.ROUND_TOTAL)
        if amount.role is AmountRole.COMMITTED
        else amount
    )
