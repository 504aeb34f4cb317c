"""Whose holding a phrase speaks of: ``its stake in Y``, ``60 percent of Y``, ``Y's shares``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.extraction.rules import arguments as args
from kg.extraction.rules.backers import exemplified
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.place_words import nodes_at
from kg.extraction.rules.relatives import antecedent

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases

HELD = words("nouns", "holding") - {"investment", "seat"}
_VOTING = frozenset({"power", "right"})

_PERCENT = frozenset({"%", "percent", "cent"})
TOLD_BY_PORTION = words("nouns", "portion") | _PERCENT
"""Words by which a holding is told without a noun of holdings: ``60 percent of Y``."""
_MEASURES = TOLD_BY_PORTION | words("nouns", "measure")
"""Words that measure the holding told after them."""
_OF_WHOM = frozenset({"in", "of", "from", "at"})
_ISSUING = frozenset({"issue", "sell", "offer", "float"})


def holding(phrases: Phrases, nodes: Sequence[Node], avoid: Sequence[Any]) -> list[Filler]:
    """The companies held, as the nouns tell them."""
    found: list[Filler] = []
    for node in nodes:
        for each in conjuncts(node):
            found += _held(phrases, each, avoid, 0)
    return found


def _of_market(share: Node) -> bool:
    """``a market share of 38% in Spain``: of the trade there."""
    return any(c.lemma in _TRADE for c in share.all("compound", "amod", "nmod"))


def of_takings(portion: Node) -> bool:
    """``15% of its sales``: of what is taken in, and of no company."""
    return any(n.lemma in _TAKINGS for n in args.of_preposition(portion, "of"))


_TAKINGS = frozenset(
    {"sale", "revenue", "income", "profit", "turnover", "earnings", "proceeds", "taking", "output"}
)


def _of_a_holder(stake: Node) -> bool:
    """``bought X's stake``: the one that X held, in whom is not said; ``X's shares`` are X's own."""
    if stake.lemma in ("share", "stock", "equity", "bond", "note") or stake.all("prep", "relcl"):
        return False
    if not any(c.name is not None for c in stake.all("poss")):
        return False
    above = stake.head
    if above is not None and stake.dep == "pobj" and above.word == "for":
        above = above.head
    named = any(c.name is not None for c in stake.all("compound", "nmod"))
    return above is not None and not named and above.lemma in _BUYING


def _in_somebody(stake: Node, nodes: Sequence[Node]) -> bool:
    """``X's 20% share in the copper producer``: in one that is not known, and not in X."""
    held_by = any(c.name is not None for c in stake.all("poss"))
    return held_by and any(n.lemma in words("nouns", "company") for n in nodes)


_BUYING = frozenset({"buy", "acquire", "purchase", "take", "pay"})
_OF_SHARES = frozenset({"share", "issued", "outstanding"})
_TRADE = frozenset({"market", "audience", "viewing", "advertising", "wallet", "revenue", "vote"})


def _had_in(holding_: Node) -> list[Node]:
    """``the stake it held in Y``, ``shares that it had bought in Y``: Y."""
    had = [c for c in holding_.all("relcl", "acl") if c.lemma in _HAVING]
    return [n for c in had for n in args.of_preposition(c, "in")]


def _worth_in(holding_: Node) -> list[Node]:
    """``a stake worth $5 billion in Y``, where the parse has it worth that in Y: Y."""
    worth = [c for c in holding_.all("amod", "acl") if c.lemma == "worth"]
    return [n for c in worth for n in args.of_preposition(c, "in")]


_HAVING = frozenset({"hold", "own", "have", "buy", "acquire", "take", "build", "keep", "retain"})


def _from_staff(shares: Node) -> list[Node]:
    """``bought shares from Y's employees``: of Y, for which they work."""
    verb = shares.head
    while verb is not None and not verb.tag.startswith("VB"):
        verb = verb.head
    places = [shares, *([verb] if verb is not None else [])]
    sellers = [n for p in places for n in args.of_preposition(p, "from")]
    staff = [n for n in sellers if n.name is None and n.lemma in _STAFF]
    return [
        m for n in staff for m in (*n.all("poss", "compound"), *args.of_preposition(n, "of", "at"))
    ]


_STAFF = frozenset({"employee", "staff", "worker", "staffer", "insider"})


def _in_which(portion: Node) -> list[Node]:
    """``Y, in which X has 14%``, ``a stake``, ``Y, of which it owns a tenth``: Y."""
    verb = portion.head
    if verb is None or portion.dep != "dobj":
        return []
    relative = [
        (p, n)
        for p in verb.all("prep")
        if p.word in ("in", "of") and p.index < verb.index
        for n in p.all("pobj")
        if n.word in ("which", "whom")
    ]
    found = [antecedent(n, p) for p, n in relative]
    # "Y is a venture in which X has 14%"
    found = [
        s
        for n in found
        for s in (n.head.all("nsubj") if n.dep == "attr" and n.head is not None else [n])
    ]
    return [n for n in found if n.name is not None or n.lemma in words("nouns", "company")]


def _bought_up(shares: Node) -> bool:
    """``bought its shares``, ``acquired $2 billion of its stock``: another's, as nobody buys own ones but back."""
    above: Node | None = shares
    while above is not None and above.dep in ("pobj", "prep", "dobj") and above.tag[:2] != "VB":
        above = above.head
    return (
        shares.lemma in ("share", "stock", "equity")
        and above is not None
        and above.lemma in ("buy", "acquire", "purchase")
        and not any(c.word in ("back", "for", "from") for c in above.children)
    )


def _held(phrases: Phrases, node: Node, avoid: Sequence[Any], depth: int) -> list[Filler]:
    if depth > 3 or node.name is not None or _of_market(node) or of_takings(node):
        return []
    if node.lemma == "position" and node.tag == "NNS" and node.all("nummod"):
        # "cut 1,900 positions"
        return []
    if node.lemma in ("option", "warrant"):
        # "an option on 10% of Y", "warrants for up to a 10% stake in Y"
        within = args.of_preposition(node, "on", "over", "for", "to")
        found = next((h for n in within if (h := _held(phrases, n, avoid, depth + 1))), [])
        if found or node.lemma == "option":
            return [Filler(f.node, f.name, f.how, node) for f in found]
    votes = node.lemma in _VOTING and any(c.word == "voting" for c in node.children)
    capital = node.lemma == "capital" and (
        depth > 0  # "48 percent of Y's capital"
        or any(c.lemma in _OF_SHARES or c.word in _OF_SHARES for c in node.all("compound", "amod"))
    )
    if node.lemma in HELD or votes or capital:
        verb = node.head
        whose = [p for p in node.all("prep") if p.word in _OF_WHOM]
        if verb is not None and node.dep == "dobj" and not whose[1:]:
            # "sold its shares in Y", where the parse hangs "in Y" on the verb
            nodes = [antecedent(n, verb) for n in args.of_preposition(verb, "in")]
            share = any(n.lemma in _PERCENT for n in args.of_preposition(node, "of"))
            if not share and any(p.word in _OF_WHOM for p in node.all("prep")):
                nodes = []
            nodes = [
                n
                for n in nodes
                if n.name is not None
                or n.index < verb.index
                or share
                or n.word in ("it", "them")
                or any(c.name is not None for c in n.all("appos", "compound"))
            ]
            found = phrases.roles.parties(nodes, "organisation", avoid)
            if found:
                return [Filler(f.node, f.name, f.how, node) for f in found]
        issuers = [n for c in node.all("acl") if c.lemma in _ISSUING for n in args.subjects(c)]
        if issuers:
            found = phrases.roles.parties(issuers, "organisation", avoid)
            return [Filler(f.node, f.name, f.how, node) for f in found]
        if staff := _from_staff(node):
            found = phrases.roles.parties(staff, "organisation", avoid)
            return [Filler(f.node, f.name, f.how, node) for f in found]
        if _of_a_holder(node):
            return []
        places: tuple[tuple[str, ...], ...] = (("in", "of", "from"), ("poss",), ("left",))
        if node.all("poss"):
            # "X's Y stake", "its Y stake": in Y
            places = (("in", "of", "from"), ("left",), ("poss",))
        for prep in places:
            wanted = ("in", "of") if any(args.of_preposition(node, "in", "of")) else prep
            # "a stake in Y from X": X sells it
            nodes = (
                [
                    *args.of_preposition(node, *wanted),
                    *_had_in(node),
                    *_worth_in(node),
                    *_in_which(node),
                ]
                if prep[0] == "in"
                else nodes_at(phrases.parsed, node, prep[0])
            )
            nodes = (
                [
                    n
                    for n in nodes
                    if n.money is None
                    and (n.word not in words("nouns", "possessive") or _bought_up(node))
                ]
                if avoid
                else nodes
            )
            nodes = [m for n in nodes for m in (exemplified(phrases.parsed.nodes, n) or [n])]
            # "X's share in the copper producer": which is not X
            holders = [c.name for c in node.all("poss") if c.name is not None and prep[0] == "in"]
            found = phrases.roles.parties(nodes, "organisation", [*avoid, *holders])
            if found:
                return [Filler(f.node, f.name, f.how, node) for f in found]
            for inner in nodes:
                found = _held(phrases, inner, avoid, depth + 1)
                if found:
                    return found
            if prep[0] == "in" and _in_somebody(node, nodes):
                return []
        return []
    if node.money is not None or node.lemma in _MEASURES or node.pos in ("NUM", "DET"):
        for inner in [
            *args.of_preposition(node, "in", "of"),
            *(
                n
                for w in node.all("npadvmod", "nmod", "appos", "amod", "prep")
                for n in args.of_preposition(w, "in", "of")
            ),
        ]:
            found = _held(phrases, inner, avoid, depth + 1)
            if found:
                return found
        if node.lemma in _PERCENT or (
            node.money is None and node.lemma in words("nouns", "portion")
        ):
            inside = [
                n
                for n in args.of_preposition(node, "of", "in")
                if n.name is not None
                or n.lemma in (words("nouns", "company") - words("nouns", "unit")) | {"business"}
                or any(c.name is not None for c in n.all("appos"))
                or n.word in ("it", "them")
            ] or _in_which(node)
            # "cut 10 percent of its component business": of nothing that it holds
            inside = [n for n in inside if n.lemma != "business" or not n.all("poss") or n.name]
            parties = phrases.roles.parties(inside, "organisation", avoid)
            return [Filler(f.node, f.name, f.how, node) for f in parties]
    return []
