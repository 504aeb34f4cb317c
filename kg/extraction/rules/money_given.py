"""From whom money comes and to whom it goes, where the noun for it tells both: ``Y's investment from X``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.relatives import possessor

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node, Parsed

_PUT = frozenset(
    {"investment", "financing", "funding", "infusion", "injection", "round", "bet", "backing"}
)
"""Nouns whose giver may be told by ``by``, or by the name before: ``the X investment``."""
_BENEFITING = words("nouns", "granting") | frozenset(
    {
        *("make", "leave", "push", "turn", "catapult", "propel", "lift", "boost", "buy", "earn"),
        *(
            "help",
            "save",
            "keep",
            "rescue",
            "value",
            "position",
            "bring",
            "take",
            "put",
            "fund",
            "double",
        ),
    }
)
_HAVING = words("funding", "worth") | {"funding", "total", "chest", "worth", "balance", "runway"}
_LIGHT = frozenset({"JJ", "JJR", "JJS", "CD", "NN", "NNS", "$", "IN", "RB", "HYPH", "VBN", "VBG"})
_REACH = 12


def comes_from(parsed: Parsed, noun: Node) -> list[Node]:
    """X of ``Y's investment from X``, ``the investment by X in``, ``the X investment lets Y``."""
    told = [
        n
        for p in _prepositions(parsed, noun)
        if p.word == "from" or noun.lemma in _PUT
        for n in p.all("pobj")
    ]
    if told:
        return told
    if noun.lemma not in _PUT or not noun.all("det") or not benefits(noun):
        return []
    return [n for n in noun.all("compound", "nmod", "amod") if n.name is not None]


def goes_to(parsed: Parsed, noun: Node) -> list[Node]:
    """Y of ``Y's $5 billion in funding from X``, ``the Y investment by X``, ``funding from X lets Y``."""
    if any(n.name is not None for n in args.of_preposition(noun, "in", "into", "of")):
        return []
    if own := noun.all("poss") or _owner_of_sum(parsed, noun):
        return [possessor(n) for n in own]
    from_whom = _prepositions(parsed, noun)
    before = [n for n in noun.all("compound", "nmod", "amod") if n.name is not None]
    if from_whom and before:
        return before
    return benefits(noun)


def _prepositions(parsed: Parsed, noun: Node) -> list[Node]:
    """``from`` and ``by`` of the noun, right after it wherever the parse hangs them."""
    found = [p for p in noun.all("prep", "agent") if p.word in ("from", "by")]
    after = parsed.nodes[noun.index + 1 : noun.index + 3]
    if after and after[0].word == "round":
        after = after[1:]
    return found or [p for p in after[:1] if p.word in ("from", "by")]


def _owner_of_sum(parsed: Parsed, noun: Node) -> list[Node]:
    """``Y's $5 billion in``: Y, wherever the parse hangs it; ``its``."""
    for node in reversed(parsed.nodes[max(0, noun.index - _REACH) : noun.index]):
        if node.tag == "POS":
            return [parsed.nodes[node.index - 1]] if node.index else []
        if node.tag == "PRP$":
            return [node]
        if (
            node.tag not in _LIGHT
            or node.name is not None
            or (node.tag == "IN" and node.word != "in")
        ):
            return []
    return []


def benefits(noun: Node) -> list[Node]:
    """``The investment lets Y``, ``gives Y``, ``brings Y's total funding to``: Y, by name."""
    verb = noun.head if noun.dep == "nsubj" else None
    if verb is None or verb.lemma not in _BENEFITING or any(c.dep == "neg" for c in verb.children):
        return []
    below = [s for c in verb.all("ccomp", "xcomp") for s in c.all("nsubj")]
    found = [*verb.all("dative"), *below, *verb.all("dobj")]
    owned = [
        p
        for n in found
        if n.name is None and any(m.lemma in _HAVING for m in (n, *n.children))
        for p in n.all("poss")
    ]
    return [m for n in (*found, *owned) if n.name is not None for m in conjuncts(n)]
