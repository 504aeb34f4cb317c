"""What a sentence tells beyond the parties: sums, dates, rounds, stakes, instruments, terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kg.extraction.rules.figures import Money, percentages
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.respectively import own_sum
from kg.extraction.rules.times import dates
from kg.model import Amount, AmountRole, Kind, Qualifier

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
_ROUND_NAME = re.compile(r"series[ -]([a-k](?:-?\d|\+)?)|(pre-seed|seed|angel)", re.IGNORECASE)
_DEAL = re.compile(
    r"\b(?:deal|contract|agreement|investment|stake|transaction|acquisition)\b", re.IGNORECASE
)
_DUE = r"\bfin(?:e|es|ed|ing)\b|penalt|\b(?:re)?pay\b|\btax(?:es)?\b|\brecover\b|\brefund|\bdamages\b|\bsettle"
_STAKE = re.compile(
    r"stake|share|ownership|interest|holding|equity|owns?\b|owned|holds?\b|acquire|bought|buy|%\s?of|percent of|per cent of|represent|grant",
    re.IGNORECASE,
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
                found.append(_amount(text, money, AmountRole.EQUIVALENT))
            continue
        taken = None
        role = _role(parsed, match, money, text)
        if role is None or own not in (None, money):
            continue
        if own is None and not _belongs(parsed, match, matches, node, money, text):
            continue
        taken = _amount(text, money, role)
        found.append(taken)
    return tuple(found)


def _amount(text: str, money: Money, role: AmountRole) -> Amount:
    return Amount(
        money.value,
        money.currency,
        text[money.start : money.end],
        money.start,
        money.end,
        role,
        money.qualifier,
    )


def _role(parsed: Parsed, match: Match, money: Money, text: str) -> AmountRole | None:
    """What the sum is of; None where it is a price a share, a revenue or the like."""
    before = text[max(parsed.masked.start, money.start - 70) : money.start]
    after = text[money.end : min(parsed.masked.end, money.end + 70)]
    kind = match.frame.kind
    if kind is Kind.PARTNERSHIP and _YEARLY.match(after):
        return AmountRole.CONTRACT
    if _REVENUE.search(after):
        return None
    if _VALUATION_AFTER.search(after):
        return AmountRole.VALUATION
    holding = kind is Kind.INVESTMENT and _HOLDING.search(before)
    if holding and match.trigger.lemma not in _PAYING:
        return AmountRole.HOLDING
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
    if match.siblings > 1 or match.frame.raises or match.frame.name == "lead a round":
        return AmountRole.ROUND_TOTAL
    return AmountRole.COMMITTED


def _belongs(
    parsed: Parsed,
    match: Match,
    matches: Sequence[Match],
    node: Node | None,
    money: Money,
    text: str,
) -> bool:
    """Whether this match's trigger is the nearest one that may own the sum."""
    if node is None:
        return False
    low, high = sorted((node.index, match.trigger.index))
    if any(n.text == ";" for n in parsed.nodes[low:high]) or _of_others(node, match):
        return False
    if _raised_by_another_verb(node, match) or _told_with_another_verb(parsed, node, match):
        return False
    if _in_another_clause(node, match.trigger) or _in_another_clause(match.trigger, node):
        return False
    own = _distance(node, match)
    rivals = [
        m
        for m in matches
        if m is not match
        and (m.frame.kind in (Kind.INVESTMENT, Kind.ACQUISITION, Kind.PARTNERSHIP, Kind.SCRUTINY))
        and m.trigger is not match.trigger
        and not _raised_by_another_verb(node, m)
        and (m.subject and m.subject.name.name, m.object.name.name)
        != (match.subject and match.subject.name.name, match.object.name.name)
    ]
    best = min((_distance(node, m) for m in rivals), default=99)
    if own > best:
        return False
    return own <= (7 if rivals else 9)


def _governing(node: Node) -> Node | None:
    return next((n for n in node.ancestors() if n.tag.startswith("VB")), None)


def _raised_by_another_verb(node: Node, match: Match) -> bool:
    """``after the company raised $300 million from Z, X will take a stake``: what it raised is not X's."""
    verb = _governing(node)
    if verb is None or verb.lemma != "raise" or verb is match.trigger:
        return False
    if any(n.head is verb and n.dep == "nsubj" for n in (node, *node.ancestors())):
        # "X's $5 billion investment raised eyebrows"
        return False
    return not (match.frame.raises or match.frame.name in _OF_ROUNDS)


_OF_ROUNDS = frozenset(
    {"lead a round", "take part", "raise money", "listed participant", "backer of"}
)


def _told_with_another_verb(parsed: Parsed, node: Node, match: Match) -> bool:
    """``offered $30bn for Z, though it has raised $1bn from Y``: where the trigger has a sum, other verbs' sums are not its."""
    trigger = match.trigger
    if not trigger.tag.startswith("VB") or trigger.child("nsubj", "nsubjpass") is None:
        return False
    own = [
        n
        for n in parsed.nodes
        # "the $70 million that it put in"
        if n.money is not None and (_governing(n) is trigger or trigger.head is n)
    ]
    verb = _governing(node)
    if not own or node in own or verb is None or verb is trigger:
        return False
    if verb.child("nsubj", "nsubjpass") is None:
        return False
    together = verb in _joined(trigger) or trigger in _joined(verb)
    return not together and verb.lemma not in _OF_THE_WHOLE


def _in_another_clause(node: Node, other: Node) -> bool:
    """``X, which makes chips for Y, will spend $5bn``: a clause about a party, and what is told beside it."""
    above = (other, *other.ancestors())
    for verb in (node, *node.ancestors()):
        if any(verb is a for a in above):
            return False
        if verb.dep != "relcl" or verb.head is None or not verb.tag.startswith("VB"):
            continue
        if verb.lemma in _OF_THE_WHOLE:
            return False
        # "Y, which will use the $5bn": what was told beside it
        again = any(d.word in ("the", "that") for d in node.all("det"))
        return (verb.head.name is not None or verb.head.lemma in _PARTIES) and not again
    return False


_OF_THE_WHOLE = frozenset({"value", "bring", "give", "put"})
"""``a round led by X, which values Y at $5bn``: the round does, whatever the parse hangs it on."""
_PARTIES = words("nouns", "company") | words("nouns", "investor") | words("nouns", "part")


def _joined(verb: Node) -> list[Node]:
    """The verb with those that it is told together with: ``agreed to invest``, ``is buying``."""
    near = [verb, *verb.all("xcomp", "conj", "pcomp", "acl")]
    return [*near, *(n for n in verb.all("prep") for n in n.all("pcomp"))]


def _of_others(node: Node, match: Match) -> bool:
    """``X backs Y, while Z has its own $8bn in it``: a sum in a clause about somebody else."""
    parties = {match.object.name.name, *([match.subject.name.name] if match.subject else [])}
    for verb in node.ancestors():
        if verb is match.trigger or verb in match.trigger.ancestors():
            return False
        whose = verb.head.name if verb.dep == "relcl" and verb.head is not None else None
        if whose is not None and whose.is_organisation and whose.name not in parties:
            # "A, B, which put in $2 billion, and C": B's
            return True
        subject = verb.child("nsubj") if verb.tag.startswith("VB") else None
        if subject is None:
            continue
        return (
            verb.dep in ("advcl", "conj")
            and subject.name is not None
            and subject.name.is_organisation
            and subject.name.name not in parties
        )
    return False


def _distance(node: Node, match: Match) -> int:
    """Steps between the sum and the match's trigger in the parse; the objects' own sums are near."""
    targets = [match.trigger, match.object.node]
    if match.through is not None:
        targets.append(match.through)
    best = 99
    chain: dict[Node, int] = {node: 0}
    chain.update({above: step for step, above in enumerate(node.ancestors(), 1)})
    for penalty, target in enumerate(targets):
        steps = 0
        current: Node | None = target
        while current is not None:
            if current in chain:
                best = min(best, steps + chain[current] + (1 if penalty else 0))
                break
            current = current.head
            steps += 1
    return best


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
) -> str | None:
    """The date nearest to the trigger in its sentence, but for those of something else.

    ``ended`` says that it is an end that is told, so that the date of the beginning is not meant;
    ``done`` that it is a deed done or being done, which has no date after its publication.
    """
    base = parsed.masked.start
    found = dates(text[base : parsed.masked.end], published)
    found = [
        d
        for d in found
        if not any(m.start < base + d[1] and base + d[0] < m.end for m in parsed.masked.sums)
        and not any(n.start < base + d[1] and base + d[0] < n.end for n in parsed.masked.names)
    ]
    found = [d for d in found if not _of_another(text[base : base + d[0]], ended)]
    if done and published:
        day = published[:10]
        found = [d for d in found if d[2][: len(day)] <= day]
    if not found:
        return None
    at = match.trigger.start - base
    return min(found, key=lambda d: min(abs(d[0] - at), abs(d[1] - at)))[2]


def _of_another(before: str, ended: bool) -> bool:
    return bool(_OF_EARLIER.search(before) or (ended and _OF_BEGINNING.search(before)))


def round_name(parsed: Parsed, text: str) -> str | None:
    """``Series C``, ``seed`` where the sentence names the round."""
    found = _ROUND_NAME.search(text, parsed.masked.start, parsed.masked.end)
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
            _STAKE.search(around)
            and not _NOT_STAKE.search(text[percent.end : percent.end + 40])
            and percent.value <= 100
        ):
            found = percent.value
    return found


def instrument(parsed: Parsed, match: Match, text: str) -> str | None:
    """How the money is put in, where the sentence says so."""
    if match.frame.kind not in (Kind.INVESTMENT, Kind.ACQUISITION):
        return None
    sentence = text[parsed.masked.start : parsed.masked.end]
    for name, pattern in _INSTRUMENTS:
        if name == "equity" and match.frame.kind is Kind.ACQUISITION:
            continue
        if pattern.search(sentence):
            return name
    return None


def as_shared(amount: Amount) -> Amount:
    """The amount as the whole round's."""
    return (
        replace(amount, role=AmountRole.ROUND_TOTAL)
        if amount.role is AmountRole.COMMITTED
        else amount
    )
