"""What a sum is of: the price, the valuation, a tranche, the round's total, what was put in so far."""

from __future__ import annotations

import re

from kg.extraction.rules import arguments as args
from kg.extraction.rules.figures import Money
from kg.extraction.rules.match import Match
from kg.extraction.rules.parsing import Parsed
from kg.model import AmountRole, Kind

_VALUATION = re.compile(
    r"(?:\bvalu(?:ation|ing|ed|es|e)\b[^.;$€£¥]{0,45}|\bworth(?:\sof)?\s(?:about |roughly |around |over |more than |nearly |some )?|\bmarket (?:cap|value|capitali[sz]ation)\b[^.;$€£¥]{0,30}|\b(?:pre|post)-money\b[^.;$€£¥]{0,20})$",
    re.IGNORECASE,
)
_HOLDING = re.compile(
    r"\b(?:stake|share|shareholding|holding|interest|position)s?\b(?:\s(?!in\b|for\b)[\w.&'-]+|\s(?:in|of)\s[\w.&'-]+){0,5}?,?\s(?:is\s|are\s|was\s|were\s)?(?:now\s|currently\s)?(?:worth|valued\sat)\s(?:about |roughly |around |over |more than |nearly |some )?$",
    re.IGNORECASE,
)
_VALUATION_AFTER = re.compile(
    r"^\s?(?:\(?(?:pre|post)-money|[\w-]*\s?(?:company |enterprise |equity )?valuation|market (?:cap|value))",
    re.IGNORECASE,
)
_PUT_IN = re.compile(
    r"\s(?:(?:equity|debt|seed|growth|series [a-k]|strategic|cash|minority|new)\s){0,2}"
    r"(?:investment|injection|infusion|cheque|check|round|fundraise|fundraising)\b",
    re.IGNORECASE,
)
"""``a $2 billion valuation with an $80 million investment``: after what was put in."""
_PAYING = frozenset(
    {"buy", "purchase", "acquire", "sell", "dispose", "divest", "offload", "invest", "pay", "put", "take", "pick", "snap"}
)  # fmt: skip
"""Verbs by which what a holding is worth is what is paid for it."""
_REVENUE = re.compile(
    r"^\s?(?:-?\s?(?:a|per|each|in annual|in annuali[sz]ed|of annual|annual(?:ly|i[sz]ed)?)?\s?(?:year|month|share|revenue|sales|in revenue|in sales|profit|of revenue|run rate|in costs|loss|in profit)|\s(?:each|apiece)\b|in assets\b|of assets\b|(?:of |in )?assets under management|under management|/|\s?per\b|\s?an? (?:share|year|month|piece|hour))",
    re.IGNORECASE,
)
_EACH = re.compile(r"\s(?:each|apiece)\b", re.IGNORECASE)
_YEARLY = re.compile(r"\s(?:(?:a|per|each|every)\s(?:year|month)|annually|yearly)\b", re.IGNORECASE)
_CUMULATIVE_BEFORE = re.compile(
    r"\b(?:total(?:l?ing|s|ed)?|altogether|bring(?:s|ing)? (?:its|the|their) (?:[\w’'-]+ ){0,7}to|so far|to date|cumulative(?:ly)?|overall|in all|(?:already|now)\s(?:invested|put|poured|sunk|injected|pumped|ploughed|plowed|spent))\b[^$€£¥;.]{0,40}$",
    re.IGNORECASE,
)
_CUMULATIVE_AFTER = re.compile(
    r"^[^$€£¥;.]{0,50}\b(?:to date|in total|so far|altogether|since (?:its|their|20)|over the (?:past|last)|in all)\b",
    re.IGNORECASE,
)
_TRANCHE_BEFORE = re.compile(
    r"\b(?:additional|another|further|extra|remaining|initial|first|second|more(?!\sthan))\s(?:\w+\s)?(?:(?:tranche|part|instalment|installment|portion)\sof\s)?$",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    r"\b(?:made up of|composed of|consist(?:s|ing) of|compris(?:es|ing)|split into)\s(?:[^.;]{0,45}\sand\s)?$",
    re.IGNORECASE,
)
"""Before the parts of a round: ``made up of $4 million in equity and $1 million in debt``."""
_TRANCHE_AFTER = re.compile(r"^\s(?:more\b|on top of\b|tranche)", re.IGNORECASE)
_ON_TOP = re.compile(r"\bon top of\b[^;.]{0,40}$", re.IGNORECASE)
_OF_ROUND = re.compile(
    r"[\s-](?:(?:equity|debt|seed|growth|funding|financing|fundraising|investment|series [a-k])\s){0,2}(?:round|raise|fundraise)\b",
    re.IGNORECASE,
)
_OF_CONTRACT = re.compile(
    r"\b(?:deal|contract|agreement|order|pact),?\s(?:is\s|was\s)?valued\sat\s(?:about |roughly |around |over |more than |nearly |some )?$",
    re.IGNORECASE,
)
_DEAL = re.compile(
    r"\b(?:deal|contract|agreement|investment|stake|transaction|acquisition)\b", re.IGNORECASE
)
_PRICE_OF_ONE = 1_000
"""Below this a sum is the price of one share or the like, whatever the words; a company may go for one dollar."""
_DUE = r"\bfin(?:e|es|ed|ing)\b|penalt|\b(?:re)?pay\b|\btax(?:es)?\b|\brecover\b|\brefund|\bdamages\b|\bsettle"


def role_of(parsed: Parsed, match: Match, money: Money, text: str) -> AmountRole | None:
    """What the sum is of; None where it is a price a share, a revenue or the like."""
    before = text[max(parsed.masked.start, money.start - 70) : money.start]
    after = text[money.end : min(parsed.masked.end, money.end + 70)]
    kind = match.frame.kind
    if kind is Kind.PARTNERSHIP and _YEARLY.match(after):
        return AmountRole.CONTRACT
    given = kind is Kind.PARTNERSHIP or match.siblings > 1
    if _REVENUE.search(after) and not (given and _EACH.match(after)):
        return None
    if kind in (Kind.ACQUISITION, Kind.INVESTMENT) and 1 < money.value < _PRICE_OF_ONE:
        # "at $22.50 to $25 a share", "a $145-a-share bid"
        return None
    if _VALUATION_AFTER.search(after):
        return AmountRole.VALUATION
    holding = kind is Kind.INVESTMENT and _HOLDING.search(before)
    if holding and match.trigger.lemma not in _PAYING:
        return AmountRole.HOLDING
    if kind is Kind.PARTNERSHIP and _OF_CONTRACT.search(before):
        return AmountRole.CONTRACT
    if _VALUATION.search(before) and not holding and not _PUT_IN.match(after):
        near = re.search(
            r"worth(?:\sof)?\s(?:about |roughly |around |over |more than |nearly |some )?$",
            before,
            re.IGNORECASE,
        )
        if not near or (kind is not Kind.PARTNERSHIP and not _DEAL.search(before)):
            return AmountRole.VALUATION
    if re.match(r"\s(?:company|startup|start-up|firm|unicorn|market)\b", after, re.IGNORECASE):
        return AmountRole.VALUATION
    status = dict(match.frame.set).get("status")
    if kind is Kind.SCRUTINY:
        return (
            AmountRole.FINE
            if status == "fined" or re.search(_DUE, before + after, re.IGNORECASE)
            else None
        )
    if kind is Kind.ACQUISITION:
        return AmountRole.PRICE
    if kind is Kind.PARTNERSHIP:
        return AmountRole.CONTRACT
    if kind is Kind.LITIGATION:
        return None
    if status == "divested":
        return AmountRole.PROCEEDS
    if _CUMULATIVE_AFTER.search(after) or _CUMULATIVE_BEFORE.search(before):
        return AmountRole.CUMULATIVE
    if _OF_ROUND.match(after):
        return AmountRole.ROUND_TOTAL
    if _TRANCHE_BEFORE.search(before) or _TRANCHE_AFTER.search(after) or _ON_TOP.search(before):
        return AmountRole.TRANCHE
    if _PART_BEFORE.search(before):
        return AmountRole.TRANCHE
    if match.siblings == 1 and _is_put_in(match, money):
        return AmountRole.COMMITTED
    if match.siblings > 1 or match.frame.raises or match.frame.name == "lead a round":
        return AmountRole.ROUND_TOTAL
    return AmountRole.COMMITTED


def _is_put_in(match: Match, money: Money) -> bool:
    """``put $5 billion into X's latest round``: what one puts in, and not the round."""
    given = args.objects(match.trigger)
    return match.trigger.lemma in _PUTTING and any(n.money is money for n in given)


_PUTTING = frozenset({"put", "pour", "pump", "commit", "pledge", "inject", "invest", "contribute"})
