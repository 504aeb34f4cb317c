"""Whether what a verb of raising takes is money from investors: a sum, a round, a cheque."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node, Parsed

_SURELY_RAISING = frozenset({"raise", "secure", "bag", "net", "land", "nab"})
_COMING_OUT = frozenset({"emerge", "exit", "launch", "debut"})
_ROUNDS_ONLY = frozenset({"undergo", "initiate", "hold", "extend"})
_COMPLETION = frozenset({"completion", "closing", "close", "closure"})
_NOT_RAISED = frozenset({"fee", "revenue", "sale", "profit", "donation", "bond"})


def raises_money(parsed: Parsed, near: Sequence[Node], trigger: Node) -> bool:
    """Whether what the verb takes is money for the company: a sum, a round, a cheque."""
    funding = words("funding", "funding")
    direct = [n for o in args.objects(trigger) for n in conjuncts(o)]
    # "closed a round with X investing", where the parse takes the round for who invests
    investing = [c for c in trigger.all("ccomp") if c.tag == "VBG" and c.index > trigger.index]
    direct += [n for c in investing for n in c.all("nsubj") if n.index > trigger.index]
    if trigger.lemma in _COMING_OUT:
        # "emerged from stealth with $5 million in funding"
        direct = list(args.of_preposition(trigger, "with"))
        if not any(n.lemma in funding for n in near) or trigger.all("dobj"):
            return False
    elif trigger.lemma in _ROUNDS_ONLY:
        if not any(n.money is not None or n.lemma in funding - {"round"} for n in near):
            return False
        direct = [n for n in direct if n.lemma in words("nouns", "round")]
    elif not _surely_raises(trigger, near) and not any(n.lemma in funding for n in parsed.nodes):
        return False
    if trigger.lemma == "take" and any(n.lemma in ("part", "stake", "lead") for n in direct):
        return False
    if any(n.lemma in _NOT_RAISED for n in near):
        return False
    if any(n.lemma == "debt" for n in near) and not any(n.lemma == "lead" for n in near):
        return False
    direct += [m for n in direct if n.lemma in _COMPLETION for m in args.of_preposition(n, "of")]
    return any(
        n.money is not None
        or n.lemma in funding - {"investor", "venture", "valuation", "series"}
        or n.lemma in ("million", "billion", "money", "dollar", "cash")
        or n.word == "funds"
        or (
            n.lemma in words("funding", "capital") | {"check", "facility"}
            and any(m.money is not None for m in n.subtree())
        )
        for n in direct
    )


def _surely_raises(verb: Node, near: Sequence[Node]) -> bool:
    """``raised $5 billion``, ``picked up $5 billion``, whatever else is said."""
    if verb.lemma in _SURELY_RAISING:
        return True
    along = {c.word for c in verb.all("prt", "prep", "advmod")}
    if not along & _PARTICLES.get(verb.lemma, frozenset()):
        return False
    if any(n.money is None for o in args.objects(verb) for n in conjuncts(o)):
        # "picked up $5 billion and a contract"
        return False
    return not any(n.lemma in words("funding", "earned") | {"year", "quarter"} for n in near)


_PARTICLES = {
    "pick": frozenset({"up"}),
    "bring": frozenset({"in"}),
    "pull": frozenset({"in"}),
    "rake": frozenset({"in"}),
    "haul": frozenset({"in"}),
    "take": frozenset({"in"}),
    "scoop": frozenset({"up"}),
    "hoover": frozenset({"up"}),
    "drum": frozenset({"up"}),
}
