"""Needs of a frame that money meets: a sum, a price, a holding, a subsidy."""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.rules import arguments as args
from kg.extraction.rules.clauses import near
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.deals import rejecter
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.raising_needs import raises_money
from kg.model import EntityKind

_PRICE_OF_A_COMPANY = 1_000_000
_PAPERS = frozenset(
    {"warrant", "stake", "share", "stock", "equity", "option", "access", "licence", "license"}
    | {"order", "contract", "deal", "agreement"}
)
_FUNDING = frozenset({"funding", "financing", "round", "investment", "fundraise"})
_GIVING = frozenset({"provide", "give", "hand", "deploy", "channel", "supply", "place"})
_ROUGHLY = frozenset({"billions", "millions"})
_MONEY = (
    frozenset({"billion", "million", "money", "dollar", "capital", "cash", "investment", "funding"})
    | _ROUGHLY
)
_OTHER_OFFERS = frozenset(
    {"job", "employment", "licensing", "settlement", "partnership", "similar"}
)


def _has_sum(trigger: Node) -> bool:
    return any(n.money is not None for n in near(trigger))


def _money(trigger: Node) -> bool:
    clause = near(trigger)
    if trigger.lemma == "pay" and (_pays_dues(trigger) or _to_a_state(trigger)):
        return False
    if _gives_goods(trigger):
        return False
    noun = not trigger.tag.startswith("VB")
    sums = [n for n in clause if n.money is not None and not (noun and _by_the_year(n))]
    return bool(sums) or any(n.lemma in _MONEY and n.money is None for n in clause)


def _pays_dues(verb: Node) -> bool:
    """``pay a fine``; not ``pay licence fees``."""
    clause = near(verb)
    licence = words("nouns", "licence")
    licensed = any(c.lemma in licence for n in clause if n.lemma == "fee" for c in n.children)
    return not licensed and any(n.lemma in words("nouns", "dues") for n in clause)


def _to_a_state(verb: Node) -> bool:
    """Whether a government is paid: dues, not the price of anything."""
    return any(
        n.name is not None and n.name.is_authority
        for c in verb.all("dobj", "iobj", "dative")
        for n in (c, *c.children)
    )


def _gives_goods(verb: Node) -> bool:
    """``provides capacity to Y in a deal worth $5 billion``: what is given is no money."""
    given = [n for o in args.objects(verb) for n in conjuncts(o) if n.name is None]
    goods = any(o.lemma in words("nouns", "supply") and o.lemma != "energy" for o in given)
    return verb.lemma in _GIVING and goods and all(o.money is None for o in given)


def _gift(verb: Node) -> bool:
    """Not ``gives Y a warrant for 5 million shares``, ``giving it a valuation of $5 billion``."""
    papers = _PAPERS | words("funding", "worth") | words("nouns", "dues")
    return not any(o.lemma in papers for o in args.objects(verb))


def _price(verb: Node) -> bool:
    """The price of a company, not that of a subscription."""
    return any(
        n.lemma in _ROUGHLY or (n.money is not None and n.money.value >= _PRICE_OF_A_COMPANY)
        for n in near(verb)
    )


def _for_all_of_it(offer: Node) -> bool:
    """``a takeover offer``, ``a bid for Y``, ``rebuffed an offer from X``."""
    bought = any(n.lemma in ("takeover", "buyout", "acquisition") for n in near(offer))
    return bought or offer.lemma == "bid" or (offer.lemma == "offer" and _to_buy_it(offer))


def _to_buy_it(offer: Node) -> bool:
    """``rebuffed an offer from X``; not ``a job offer``."""
    said = {c.lemma for c in offer.all("compound", "nmod", "amod")}
    whose = any(n.name is not None for n in offer.all("poss"))
    whom = any(n.name is not None for n in args.of_preposition(offer, "for"))
    told = bool(rejecter(offer)) or (whose and whom)
    return told and not offer.all("acl") and not said & _OTHER_OFFERS


def _capital(verb: Node) -> bool:
    """``received capital from X``, ``attracted $5 million``."""
    capital = words("funding", "capital") | {"billion", "million"}
    direct = [n for o in args.objects(verb) for n in conjuncts(o) if not _by_the_year(n)]
    direct += [m for n in direct if n.lemma in _MUCH for m in args.of_preposition(n, "of")]
    return any(n.money is not None or n.lemma in capital or n.word == "funds" for n in direct)


def _by_the_year(money: Node) -> bool:
    """``$16 million a year``: what is paid for something, and no capital."""
    above = money.head
    said = [*money.all("npadvmod", "advmod", "prep"), *(above.children if above else [])]
    spans = [n for s in said for n in (s, *s.all("pobj")) if n.index > money.index]
    return any(
        n.word == "annually" or (n.lemma in _SPANS and any(c.word in _EACH for c in n.all("det")))
        for n in spans
    )


_MUCH = frozenset({"most", "much", "half", "bulk", "part", "some", "majority", "third", "all"})
_SPANS = frozenset({"year", "month", "quarter", "week"})
_EACH = frozenset({"a", "per", "each", "every"})


def _subsidy(parsed: Parsed, verb: Node) -> bool:
    if _public_money(verb):
        return True
    told = (n for n in parsed.nodes if n is not verb)
    return any(n.lemma in words("funding", "subsidy") for n in told) and _has_sum(verb)


def _public_money(verb: Node) -> bool:
    """``the state awarded Y $5 billion``: a sum from a government, whatever it is called."""
    given = args.objects(verb)
    names = [n.name for n in args.subjects(verb) if n.name is not None]
    states = any(n.kind is EntityKind.GOVERNMENT for n in names)
    return states and any(n.money is not None for n in given)


def _funding(parsed: Parsed, trigger: Node) -> bool:
    told = any(n.lemma in _FUNDING for n in parsed.nodes[trigger.index :])
    return told and not any(n.lemma == "invest" for n in trigger.subtree())


def _shares(trigger: Node) -> bool:
    return any(n.lemma in ("share", "stock", "equity", "stake") for n in near(trigger))


MONEY_NEEDS: dict[str, Callable[[Node], bool]] = {
    "sum": _has_sum,
    "money": _money,
    "gift": _gift,
    "price": _price,
    "takeover-or-money": lambda offer: _for_all_of_it(offer) or _money(offer),
    "capital": _capital,
    "shares": _shares,
}
MONEY_IN_SENTENCE_NEEDS: dict[str, Callable[[Parsed, Node], bool]] = {
    "funding": _funding,
    "subsidy": _subsidy,
    "round": lambda parsed, verb: raises_money(parsed, near(verb), verb),
}
"""Needs that ask of the whole sentence."""
