"""The words by which a later sentence puts a sum on what was told before: ``the deal could exceed $10 billion``.

``before`` is the sentence up to the sum, ``after`` what follows it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.model import AmountRole, Kind, Statement

_NOUNS = {
    Kind.INVESTMENT: (
        "investment|sum|amount|stake|shares|funding|financing|round|raise|deal|agreement|transaction|"
        "cheque|check|injection|infusion|commitment|money|fundraise|fundraising|series\\s[a-k]|package"
    ),
    Kind.ACQUISITION: (
        "acquisition|takeover|purchase|price|sum|amount|deal|transaction|value|sale|buyout|merger|offer|bid|consideration"
    ),
    Kind.PARTNERSHIP: (
        "contract|deal|agreement|partnership|licen[cs]e|value|sum|amount|price|project|plan|order|pact|tie-up|arrangement"
    ),
    Kind.SCRUTINY: "fine|penalty|sanction|sum|amount|levy|settlement|payment",
}
"""What the deal or the case may be called by."""
_HEDGE = (
    r"(?:(?:about|around|roughly|nearly|almost|some|more\sthan|up\sto|at\sleast|just\sunder|just\sover|over|close\sto|"
    r"as\smuch\sas|an?\sestimated|an?\stotal\sof|approximately|in\sexcess\sof|well\sover)\s)?"
)
_RANGE = r"(?:[$€£¥]\s?[\d.,]+(?:\s?(?:million|billion|trillion|m|bn|b))?\s(?:and|to)\s)?"
_ADVERBS = r"(?:(?:reportedly|now|thus|also|therefore|itself|together|ultimately|probably|likely|eventually)\s)?"
_MAY = r"(?:(?:could|would|may|might|will|can|should|is\s(?:expected|set|likely|said|reported|thought|understood)\sto)\s)?"
_LINK = (
    rf"{_MAY}{_ADVERBS}(?:be|is|was|are|were|being|comes?\sto|came\sto|come\sto|totals?|totall?ed|amounts?\sto|amounted\sto|stands?\sat|stood\sat|"
    r"reach(?:e[sd])?|exceeds?|exceeded|tops?|topped|costs?|surpass(?:es|ed)?|run(?:s)?\sto|adds?\sup\sto|ranged?|ranges)"
    r"(?:\sreportedly|\slikely|\sprobably)?(?:\sworth|\svalued\sat|\sput\sat|\spegged\sat|\sset\sat|\sestimated\sat|\sbetween|\sfrom|\sto\sbe\sworth)?"
)
_WHOSE = r"(?:the|this|that|its|their|his|her|each|[A-Z][\w.&’'-]*[’']s?)"
_PUT = r"\b(?:puts?|put|pegged|pegs|estimated|valued|wrote\sof|sets?|fixed|capped)\b(?:\s[\w’'.-]+){0,8}?\s(?:at|of)\s"
_WORTH = r"\b(?:is|was|are|be)\s(?:reportedly\s|said\sto\sbe\s|reported\sto\sbe\s)?worth\s"
_PAYS = r"\b(?:pays|paid|paying|will\spay)\s"
_IS = (
    r"\b(?:price|cost|value|sum|amount|bill)(?:\stag|\spaid)?\s(?:is|was|came\sto|comes\sto|reached|ranged|ranges)"
    r"\s(?:put\sat\s|between\s|from\s)?"
)
_COSTS = r"\b(?:could|would|may|might|will|is\sexpected\sto)\scost\s(?:[\"“]?in\sexcess\sof\s)?"
_PAY = (
    r"(?:pays|paid|pay|paying|spends|spent|spend|spending|puts?\s(?:in|up)|putting\s(?:in|up)|contribut(?:e|es|ed|ing)|"
    r"commit(?:s|ted|ting)?|invest(?:s|ed|ing)?|chipp(?:ed|ing)\sin|handed\sover|provid(?:e|es|ed|ing)|"
    r"(?:bought|acquired|purchased|took|buys|buying|acquires|acquiring|taking|takes|subscrib(?:es|ed|ing)\sfor)\s(?:[\w%.-]+\s){0,4}?(?:for|worth)|wrote\sa\s(?:check|cheque)\s(?:for|of))"
)
_MUST = r"(?:must|has\sto|have\sto|will\shave\sto|had\sto|will|agreed\sto|(?:is|was|were|are)\s(?:told|ordered|required|asked|obliged|made)\sto|faces|risks)"
_PAID_IN = re.compile(
    r"(?:\s(?:over|within|in)\s(?:the\snext\s)?\w+\s(?:years|months|weeks|days|instal?lments|tranches))?"
    r"(?:\s(?:this|last)\s(?:week|month|year|quarter)|\s(?:today|yesterday))?"
    r"(?:\s?$|\s?[,.;:)—–]|\s(?:in\s(?:cash|stock|shares|equity|all|total|new|return|exchange|convertible|a\s)|(?:for|when|upon|and|of\swhich|"
    r"plus|once|up\sfront|upfront|altogether|to\s(?:settle|buy|acquire|take|the))\b))"
)
_LIVES = re.compile(
    r"\s(?:will|would|is|was|comes|came|brings|brought|goes|can|could|gives|makes|follows|should|helps|sum|injection|package|total|"
    r"in\s(?:new\s|fresh\s|additional\s)?(?:money|cash|capital|funding|financing|equity))\b"
)
_NEW = r"(?:(?:new|fresh|latest|extra|additional|further|whole|full|entire|record)\s)?"
_VALUATION = re.compile(
    r"\bvaluation\b|\bvalue[sd]?\s(?:the|it|its|at)\b|\bvalued\b", re.IGNORECASE
)
_OF_A_DEAL = (
    r"\b(?:deal|transaction|acquisition|takeover|purchase|contract|agreement|merger|sale)"
    r"(?:,|\s(?:is|was|were|has\sbeen)(?:\sbeing)?)\svalued\sat\s"
)
_HAS = (
    r"(?:has|had|carries|carried|comes\swith|came\swith)\sa\s(?:maximum\s|total\s|headline\s|combined\s)?"
    r"(?:ceiling|value|price\stag|price|limit|cap|size|worth)\sof\s"
)
_PRICED = r"\b(?:price|price\stag)\sof\s"
_FEE = re.compile(r"\b(?:fee|compensation|damages|refund|dividend|bonus|salary)\b", re.IGNORECASE)
_RATE = re.compile(
    r"^\s?(?:a|per|an|each|for\seach|/)\s?(?:share|unit|user|employee|month|week|day|hour|token|chip|piece|watt|ton|barrel)\b"
)
_YEARLY = re.compile(r"^\s(?:a|per|each|every)\s(?:year|annum)\b|^\s(?:annually|yearly)\b")
_SPENT_ON = re.compile(
    r"^\s(?:a|per|each|every)\s(?:year|annum)\son\b|^\s(?:annually|yearly)\son\b"
)
_IN_ALL = re.compile(r"^\s(?:in\s(?:all|total)|altogether|overall|all\stold)\b")
_IN_DEAL = re.compile(
    r"^\s(?:in|under|by|as\spart\sof)\s(?:the|this|that)\s(?:\w+\s)?(?:deal|transaction|offer|takeover|acquisition|sale)\b"
)
_VALUES = (
    r"\b(?:the|this|that|its)\s(?:[\w-]+\s){0,3}?(?:deal|offer|bid|transaction|takeover|acquisition|purchase|price|merger|sale)\s"
    r"(?:would\s|will\s)?(?:value[sd]?)\s(?:it|(?:the|its)\s(?:[\w’'-]+\s){0,3}?[\w’'-]+|[A-Z][\w’'.&-]*(?:\s[A-Z][\w’'.&-]*){0,2})\sat\s"
)


_NEAR = 40


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def names_sum(told: Statement, before: str, after: str, several: bool) -> bool:
    """Whether the words around a sum say that it is what the deal or the case told before comes to.

    ``several`` where others put money in as well. Of what has a sum already only plain wordings tell another.
    """
    nouns = _NOUNS.get(told.kind)
    if nouns is None:
        return False
    if _RATE.match(after) or (_YEARLY.match(after) and told.kind is not Kind.PARTNERSHIP):
        return False
    if told.kind is Kind.ACQUISITION:
        if _FEE.search(before[-_NEAR:]):
            # "paid a termination fee of $5 million"
            return False
        if _of_takeover(before, after):
            return True
    if _VALUATION.search(before) and not _compiled(_OF_A_DEAL).search(before):
        return False
    if _plainly(nouns, before, after):
        return True
    if any(a.role is not AmountRole.VALUATION for a in told.amounts):
        return False
    return (
        _called(nouns, before, after)
        or _definite(told, before, after)
        or _paid(told, before, after, several)
    )


def _plainly(nouns: str, before: str, after: str) -> bool:
    """``CNBC put the price at``, ``it is worth``, ``the $5 billion deal``."""
    if _compiled(r"\b(?:the|its|that)\s$").search(before):
        return bool(_compiled(rf"^\s(?:\w+\s)?(?:{nouns})\b").match(after))
    named = _compiled(rf"\b(?:(?:the|this|that|its|each|new)\s)?(?:{nouns}|it)\b").search(before)
    told = rf"(?:{_PUT}|{_WORTH}|{_PAYS}|{_IS}|{_COSTS}|{_OF_A_DEAL}){_HEDGE}{_RANGE}$"
    return bool(named and _compiled(told).search(before))


def _called(nouns: str, before: str, after: str) -> bool:
    """``the round came to``, ``The fine of``, ``At $5 billion, the deal``, ``the new $5 billion round``."""
    event = rf"\b{_WHOSE}\s(?:[\w-]+\s){{0,3}}?(?:{nouns})"
    if _compiled(
        rf"{event}(?:\s(?:by|in|with|for|from|paid|size|value|tag|price|itself)\b[^,;.$€£¥]{{0,40}})?,?\s"
        rf"{_LINK}\s{_HEDGE}{_RANGE}$"
    ).search(before):
        return True
    if _compiled(
        rf"{event}(?:,\s(?:at|worth|valued\sat|of|totall?ing)|\s(?:of|worth))\s{_HEDGE}$"
    ).search(before):
        return True
    if _compiled(rf"{event}\s{_HAS}{_HEDGE}$").search(before):
        return True
    if _compiled(rf"{event},\s{_HEDGE}$").search(before) and (
        after[:1] == "," or _IN_ALL.match(after)
    ):
        return True
    if _compiled(rf"^\W*(?:at|worth|valued\sat)\s{_HEDGE}$").search(before):
        return bool(
            _compiled(rf"^,?\s(?:it\b|(?:the|this)\s(?:[\w-]+\s){{0,3}}?(?:{nouns})\b)").match(
                after
            )
        )
    if _compiled(rf"\b(?:the|its|that|this)\s{_NEW}{_HEDGE}$").search(before):
        return bool(_compiled(rf"^[\s-](?:[\w-]+\s){{0,2}}?(?:{nouns})\b").match(after))
    return False


def _of_takeover(before: str, after: str) -> bool:
    """``The deal values the firm at``, ``the firm was valued at .. in the deal``, ``a share, or .. in all``, ``a price of``."""
    if _compiled(rf"(?:{_VALUES}|{_PRICED}){_HEDGE}$").search(before):
        return True
    if _compiled(rf"\bvalued\sat\s{_HEDGE}$").search(before):
        return bool(_IN_DEAL.match(after))
    return bool(
        _compiled(rf"\b(?:share|cash|debt),?\s(?:or|for\sa\stotal\sof)\s{_HEDGE}$").search(before)
        and _IN_ALL.match(after)
    )


def _definite(told: Statement, before: str, after: str) -> bool:
    """``The $600 million will pay for trials``: of what was put in."""
    if told.kind is not Kind.INVESTMENT or not _LIVES.match(after):
        return False
    return bool(_compiled(rf"^\W*(?:the|this|that)\s{_NEW}{_HEDGE}$").search(before))


def _paid(told: Statement, before: str, after: str, several: bool) -> bool:
    """``It will pay about``, ``X is paying``; of a fine, ``it must pay``."""
    if not (_PAID_IN.match(after) or (told.kind is Kind.PARTNERSHIP and _YEARLY.match(after))):
        return False
    if told.subject is None or _SPENT_ON.match(after):
        return False
    payer, verb = told.subject, rf"{_PAY}\s"
    if told.kind is Kind.SCRUTINY:
        payer, verb = (
            told.object,
            rf"{_MUST}\s(?:now\s)?(?:pay\s)?(?:an?\s(?:\w+\s)?(?:bill|fine|penalty)\sof\s)?",
        )
    elif told.kind is Kind.PARTNERSHIP:
        verb = r"(?:pays|paid|pay|paying|spends|spent|spend|spending)\s"
    # "it" is none of several
    pronoun = "they" if several else "it|they"
    who = rf"(?:{pronoun}|(?:the|both)\s(?:[\w-]+\s)?[\w-]+|{re.escape(payer.text)}|{re.escape(payer.name)})"
    return bool(
        _compiled(
            rf"(?:^\W*|[,;:]\s|\b(?:said|says|say|that|and|but|though)\s)(?:{who})\s(?:[\w’']+\s){{0,3}}?{verb}(?:the\s(?:remaining|first|initial|last|other|rest,)\s)?{_HEDGE}$"
        ).search(before)
    )
