"""Who merge, where no preposition joins them: ``A and B agreed on a merger``, ``will combine their businesses``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.support_verbs import support

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node

_MERGERS = frozenset({"merger", "combination"})
_DEALS = frozenset({"agreement", "deal", "pact", "talk", "negotiation", "discussion", "plan"})
_APART = ("of", "with", "between", "into", "for", "by")
_TWO = 2


def of_both(noun: Node) -> list[Node]:
    """``A and B agreed on a merger``, ``signed a merger agreement``: both; of none whom the noun names itself."""
    if noun.lemma in _DEALS:
        told = any(c.lemma in _MERGERS for c in noun.all("compound", "nmod"))
    else:
        told = noun.lemma in _MERGERS and noun.dep not in ("compound", "nmod")
    owned = [c for c in noun.all("poss") if c.word != "their"]
    verb = support(noun) if told and not owned else None
    if verb is None or verb.lemma in words("verbs", "of_outsiders"):
        return []
    if any(c.name is not None for c in noun.all("compound", "nmod")) or any(
        args.of_preposition(noun, *_APART)
    ):
        return []
    if args.is_passive(verb):
        return []
    return _two(verb)


def of_businesses(verb: Node) -> list[Node]:
    """``A and B will combine their businesses``: both."""
    own = [
        o
        for o in verb.all("dobj")
        if o.lemma in _BUSINESSES and any(c.word == "their" for c in o.all("poss"))
    ]
    return _two(verb) if own else []


_BUSINESSES = frozenset({"business", "company", "firm", "operation", "group"})


def what_is_bought(purchase: Node, agreement: Node) -> set[str]:
    """``power`` of ``a power purchase agreement``; nothing for one by which a company is bought."""
    before = [*purchase.all("compound", "nmod", "amod"), *agreement.all("compound", "nmod", "amod")]
    goods = {c.lemma for c in before if c is not purchase and c.index < purchase.index}
    return goods - _OF_COMPANIES if purchase.lemma in ("purchase", "sale") else set()


_OF_COMPANIES = frozenset({"asset", "merger", "definitive", "new", "final", "formal"})
PAPERS = frozenset({"share", "stock", "equity", "security", "unit", "note"})


def _two(verb: Node) -> list[Node]:
    told = [n for s in args.surface_subjects(verb) for n in conjuncts(s)]
    named = [n for n in told if n.name is not None and n.name.is_organisation]
    return named if len(told) == len(named) == _TWO else []


def sold_to(sale: Node) -> list[Node]:
    """``signed an agreement with X for the sale of its unit``: X."""
    prep = sale.head
    above = prep.head if prep is not None and sale.dep == "pobj" and prep.word == "for" else None
    if above is None or any(args.of_preposition(sale, "to")):
        return []
    deals = [above] if above.lemma in _AGREED else []
    if above.tag.startswith("VB"):
        deals = [n for n in args.objects(above) if n.lemma in _AGREED]
    return [n for d in deals for w in (d, above) for n in args.of_preposition(w, "with")]


_AGREED = _DEALS | {"letter", "contract", "accord", "memorandum", "term"}


def talked_with(verb: Node) -> list[Node]:
    """``talks with X about being acquired``: X."""
    about = verb.head
    talk = about.head if about is not None and verb.dep == "pcomp" else None
    if talk is None or about is None or about.word not in ("about", "on", "over"):
        return []
    if talk.lemma in words("nouns", "talks"):
        beside = [talk, *([talk.head.head] if talk.head is not None and talk.head.head else [])]
    else:
        beside = [talk] if talk.lemma in ("talk", "negotiate", "speak") else []
    return [n for w in beside for n in args.of_preposition(w, "with")]


MERGERS: dict[str, Callable[[Node], list[Node]]] = {
    "who merge": of_both,
    "who combine": of_businesses,
    "sold by agreement": sold_to,
    "talked with": talked_with,
}
"""Place of a frame -> the nouns there."""
