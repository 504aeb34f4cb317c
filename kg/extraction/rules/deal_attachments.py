"""Parts of deals that the parse hangs elsewhere: who buys, what is paid, whose the holding and the round are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules.lexicon import words
from kg.extraction.rules.trees import hang

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node


def mend_deals(node: Node, nodes: Sequence[Node]) -> None:
    """Hang a word where it belongs, if it is such a part."""
    if node.word == "by" and node.dep in ("prep", "agent"):
        _by_the_buyer(node, nodes)
    if node.word == "by" and node.dep == "prep" and node.head is not None:
        _by_who_asks(node)
    if node.word == "from" and node.dep == "prep":
        _asked_of(node)
    if node.word == "for" and node.dep == "prep" and any(n.money for n in node.all("pobj")):
        _paid(node, nodes)
    if node.dep in ("advcl", "xcomp") and node.tag == "VB":
        _of_its_deal(node, nodes)
    if node.word == "in" and node.dep == "prep" and node.head is not None:
        _of_shares(node, nodes)
    if node.word == "holding" and node.tag == "VBG":
        _as_holding(node, nodes)
    if node.dep == "nsubj" and node.name is None and node.head is not None:
        _before_its_noun(node)
    if node.dep == "appos" and node.lemma in words("nouns", "deal") and node.head is not None:
        _beside_the_deal(node, nodes)
    if node.dep == "conj" and node.name is not None and node.head is not None:
        _beside_last_name(node, nodes)
    if node.dep == "amod" and node.tag == "VBN" and node.head is not None:
        _of_whom_backed(node)
    if node.dep == "acl" and node.lemma in ("lead", "anchor") and node.head is not None:
        _not_of_value(node)
    if node.dep == "conj" and node.lemma in _HELD:
        _beside_holding(node)
    if node.dep == "relcl" and node.head is not None and node.head.money is not None:
        _of_round(node)
    if node.dep == "dobj" and node.money is not None:
        _of_the_next(node, nodes)


def _beside_the_deal(deal: Node, nodes: Sequence[Node]) -> None:
    """``A's deal with B, C's deal with D``: beside the first deal, where the parse has B told more."""
    partner = deal.head
    first = next((n for n in deal.ancestors() if n.lemma in words("nouns", "deal")), None)
    if partner is None or partner.name is None or first is None or not first.all("poss"):
        return
    owner = next((n for n in deal.all("poss") if n.name is not None), None)
    if owner is not None and nodes[owner.index - 1].word == ",":
        hang(deal, first, "conj")


def _beside_last_name(name: Node, nodes: Sequence[Node]) -> None:
    """``struck deals with A, B, and C``: C beside B, where the parse has it beside the verb."""
    before = nodes[max(name.index - 3, 0) : name.index]
    if name.head is None or not name.head.tag.startswith("VB"):
        return
    following = nodes[name.index + 1 : name.index + 2]
    if any(n.tag in ("IN", "TO") for n in following):
        # "A into B, and C into D"
        return
    if [n.word for n in before[1:]] == [",", "and"] and before[0].name is not None:
        hang(name, before[0], "conj")


def _not_of_value(led: Node) -> None:
    """``a raise at a $5 billion valuation led by X``: the raise is led, where the parse has the value."""
    value = led.head
    prep = value.head if value is not None and value.lemma in ("valuation", "value") else None
    raised = prep.head if prep is not None and prep.dep == "prep" else None
    if raised is not None and raised.tag.startswith("NN"):
        hang(led, raised, "acl")


_BACKED = frozenset({"backed", "funded", "owned", "financed"})


def _of_whom_backed(backed: Node) -> None:
    """``the X-backed Boston start-up Y``: Y is backed, where the parse has Boston."""
    place = backed.head
    if backed.word not in _BACKED or place is None or place.name is None or place.head is None:
        return
    if place.name.is_place and place.dep in ("compound", "nmod"):
        hang(backed, place.head, "amod")


def _before_its_noun(kind: Node) -> None:
    """``X's content deals with Y``: the deals are X's, where the parse has content that deals."""
    deal = kind.head
    if deal is None or deal.tag != "NNS" or deal.index != kind.index + 1:
        return
    if deal.dep not in ("nsubj", "nsubjpass", "dobj", "pobj"):
        return
    kind.dep = "compound"
    for owner in kind.all("poss", "det", "amod"):
        hang(owner, deal, owner.dep)


def _beside_holding(holding: Node) -> None:
    """``a piece of X and a sliver of Y``: beside the piece, where the parse has it beside X."""
    name = holding.head
    if name is None or name.name is None or not holding.all("det"):
        return
    first = next((n for n in name.ancestors() if n.dep != "conj"), None)
    first = first.head if first is not None and first.dep == "prep" else first
    if first is not None and first.lemma in _HELD:
        hang(holding, first, "conj")


_HELD = words("nouns", "holding") | words("nouns", "portion")


def _of_the_next(money: Node, nodes: Sequence[Node]) -> None:
    """``put $10 billion into Y and X about $5 billion``: X's, where the parse has two sums put."""
    first = min(n.index for n in money.subtree())
    name, verb = nodes[first - 1] if first else None, money.head
    if name is None or name.name is None or name.dep != "conj" or verb is None:
        return
    if any(o.money is not None and o.index < name.index for o in verb.all("dobj")):
        hang(money, name, "nummod")


def _of_round(clause: Node) -> None:
    """``a round of over $5 billion that includes X``: the round does, where the parse has the sum."""
    money = clause.head
    prep = money.head if money is not None and money.dep == "pobj" else None
    if prep is None or prep.word != "of" or prep.head is None:
        return
    if prep.head.lemma in words("nouns", "round"):
        hang(clause, prep.head, "relcl")


def _of_its_deal(verb: Node, nodes: Sequence[Node]) -> None:
    """``came days after X's deal to buy Y``: what the deal is for, where the parse has it of "came"."""
    if verb.index < 2 or nodes[verb.index - 1].word != "to":
        return
    deal = nodes[verb.index - 2]
    if deal.lemma in _TO_DO and deal.all("poss") and deal.dep == "pobj" and verb.head is not deal:
        hang(verb, deal, "acl")


_TO_DO = frozenset(
    {"deal", "agreement", "plan", "decision", "bid", "offer", "move", "attempt", "effort", "pact"}
    | {"proposal", "pledge", "promise", "commitment", "intention", "push", "option", "right"}
)


def _by_who_asks(by: Node) -> None:
    """``was asked for information by X``, ``A was fined $5 million and B $2 million by X``: X does it."""
    noun = by.head
    prep = noun.head if noun is not None and noun.dep == "pobj" else None
    verb = prep.head if prep is not None else None
    if noun is not None and noun.dep == "conj" and noun.name is not None and noun.all("nummod"):
        verb = noun.head
        first = verb.child("nsubjpass") if verb is not None else None
        if verb is None or first is None or verb.all("agent"):
            return
        hang(noun, first, "conj")
        hang(by, verb, "agent")
    elif (
        noun is not None
        and noun.lemma in words("nouns", "information")
        and verb is not None
        and verb.all("auxpass")
        and not verb.all("agent")
    ):
        hang(by, verb, "agent")


def _by_the_buyer(by: Node, nodes: Sequence[Node]) -> None:
    """``the takeover of Y by X``, ``agreed to the takeover by X``: by X, where the parse has it of Y, or agreed by X."""
    before = nodes[by.index - 1]
    if before.lemma in words("modality", "before_it_noun") and before.tag.startswith("NN"):
        verb = by.head
        if (
            verb is not None
            and verb is not before
            and not verb.all("auxpass")
            and verb.tag != "VBN"
        ):
            hang(by, before, "prep")
        return
    name = by.head
    if name is not None and name.tag.startswith("VB") and not name.all("auxpass"):
        # "gave clearance to the takeover of Y by X", where the parse has it given by X
        name = before if name.tag != "VBN" else None
    of = name.head if name is not None and name.name is not None and name.dep == "pobj" else None
    deal = of.head if of is not None and of.word == "of" else None
    if deal is not None and deal.lemma in words("nouns", "of_takeovers"):
        hang(by, deal, "prep")


def _asked_of(prep: Node) -> None:
    """``demanded records from X``: of X, where the parse has records from X."""
    asked = prep.head
    verb = asked.head if asked is not None and asked.dep == "dobj" else None
    if asked is None or verb is None or asked.lemma not in words("nouns", "information"):
        return
    if verb.lemma in _ASKING:
        hang(prep, verb, "prep")


_ASKING = frozenset({"ask", "request", "demand", "seek", "want", "require", "order", "subpoena"})


def _as_holding(holding: Node, nodes: Sequence[Node]) -> None:
    """``dumped its entire X holding``: what is dumped, where the parse has X holding something."""
    name = nodes[holding.index - 1] if holding.index else None
    if name is None or name.name is None or name.dep != "dobj" or not name.all("poss", "det"):
        return
    verb = name.head
    holding.tag, holding.pos, holding.lemma = "NN", "NOUN", "holding"
    for child in [c for c in name.children if c.index < name.index]:
        hang(child, holding, child.dep)
    hang(holding, verb, "dobj")
    hang(name, holding, "compound")


_PAYING = frozenset({"buy", "acquire", "purchase", "sell"})


def _paid(prep: Node, nodes: Sequence[Node]) -> None:
    """``buy Y, whose backers include Z, for $3 billion``: bought for it, where the parse hangs the sum on the aside."""
    if not prep.index or nodes[prep.index - 1].word != ",":
        return
    if prep.head is None or prep.head.lemma in _PAYING:
        return
    verb = next((n for n in prep.ancestors() if n.lemma in _PAYING), None)
    if verb is not None and verb.tag.startswith("VB"):
        hang(prep, verb, "prep")


def _of_shares(prep: Node, nodes: Sequence[Node]) -> None:
    """``buy $5 billion of shares in X``: shares in X, where the parse buys in X."""
    shares = nodes[prep.index - 1]
    if shares.lemma not in ("share", "stock", "equity") or shares.dep != "pobj":
        return
    held = words("nouns", "company") | words("nouns", "many")
    told = any(n.name is not None or n.lemma in held for n in prep.all("pobj"))
    if told and any(n is prep.head for n in shares.ancestors()):
        hang(prep, shares, "prep")
