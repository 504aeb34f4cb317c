"""Sums of a company's business, which are none of a deal: what it sells, loses, spends or is worth on the market."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.lexicon import words

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node


def of_business(money: Node) -> bool:
    """Whether a sum is one of accounts or of the market: ``revenue of $5bn``, ``cut costs by $5bn``."""
    verb = money.head if money.dep == "dobj" else None
    if verb is not None and verb.lemma in ("lose", "burn", "generate", "save", "owe"):
        return True
    return any(_is_account(n) for n in _measured(money)) or _of_a_market(money)


def of_borrowing(money: Node) -> bool:
    """Whether a sum is one borrowed or raised to pay with: ``a loan of $5bn to fund the purchase``."""
    head = money.head
    if head is None:
        return False
    if money.dep == "pobj" and head.word in ("of", "for") and head.head is not None:
        return head.head.lemma in _BORROWED
    if money.dep == "dobj" and head.lemma == "total" and head.head is not None:
        return head.head.lemma in _BORROWED
    return head.tag.startswith("NN") and head.lemma in _BORROWED


_BORROWED = frozenset(
    {"loan", "facility", "credit", "offering", "bond", "note", "financing", "placement", "mortgage"}
    | {"borrowing", "debenture", "issue"}
)


def _is_account(noun: Node) -> bool:
    """``revenue``, ``losses``, ``sales``; a sale is a deal."""
    if noun.lemma in words("funding", "account"):
        return True
    if noun.lemma in ("sale", "cost"):
        # "sales", "costs"; not "at a cost of"
        return noun.tag == "NNS"
    if noun.lemma in ("value", "capitalisation", "capitalization", "cap", "worth"):
        return any(c.lemma in ("market", "net") for c in noun.all("compound", "amod", "nmod"))
    if noun.lemma == "cash":
        return any(n.lemma in _HAVING for n in noun.ancestors() if n.tag.startswith("VB"))
    return False


_HAVING = frozenset({"have", "hold", "burn", "sit", "hoard"})
_MEASURING = frozenset({"of", "by", "to", "at", "from", "in"})


def _measured(money: Node) -> Iterator[Node]:
    """The nouns that the sum may be the measure of."""
    for prep in money.all("prep"):
        if prep.word in ("of", "in"):
            # "$5 billion of costs", "$5 billion in sales"
            yield from prep.all("pobj")
    head = money.head
    if head is None:
        return
    if head.tag.startswith("NN"):
        yield head
    verb = head
    if money.dep == "pobj" and head.word in _MEASURING and head.head is not None:
        # "revenue of $5 billion", "costs by $5 billion", "rose to $5 billion"
        verb = head.head
        if verb.tag.startswith("NN"):
            yield verb
    if verb.tag.startswith("VB") and verb.lemma in _MOVING:
        yield from args.objects(verb)
        yield from args.surface_subjects(verb)


_MOVING = frozenset(
    {"be", "rise", "fall", "grow", "climb", "drop", "jump", "increase", "decrease", "cut", "reduce"}
    | {"trim", "slash", "lower", "raise", "reach", "hit", "exceed", "total", "top", "come", "lift"}
)
"""Verbs by which a measure moves, or is so high."""


def _of_a_market(money: Node) -> bool:
    """``a market expected to be worth $70 billion``."""
    for above in money.ancestors():
        if above.lemma in ("market", "industry", "sector") and above.name is None:
            return True
        if above.tag.startswith("VB") and above.dep not in ("acl", "relcl", "xcomp", "ccomp"):
            return False
    return False
