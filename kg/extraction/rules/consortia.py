"""Who is meant by a group of investors or buyers: ``a consortium led by A``, ``an A and B consortium``."""

from __future__ import annotations

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node

_LED = frozenset(
    {"lead", "head", "spearhead", "front", "anchor", "organise", "organize", "assemble"}
)
_HOLDING = frozenset(
    {"include", "comprise", "feature", "involve", "consist", "make", "contain", "back"}
)
_BELONGING = frozenset({"part", "member", "one", "leader", "head"})


def is_consortium(noun: Node) -> bool:
    """``a group``, ``investors``: several who act together."""
    if noun.name is not None:
        return False
    several = noun.tag == "NNS" and noun.lemma in words("funding", "backer") | {"buyer", "bidder"}
    return several or noun.lemma in words("funding", "pool") | {"partnership"}


def consortium(noun: Node) -> list[Node]:
    """Those whom the words around a group name: who leads it, who is in it, who is told to be part of it."""
    if not is_consortium(noun):
        return []
    named = _led(noun) or _within(noun)
    return named or (_called(noun) if noun.tag == "NN" else []) or _told_to_belong(noun)


def _led(group: Node) -> list[Node]:
    led = [c for c in group.all("acl") if c.lemma in _LED]
    led += [c for c in group.all("relcl") if c.lemma in _LED and args.is_passive(c)]
    return [n for c in led for n in args.subjects(c)]


def _within(group: Node) -> list[Node]:
    """``comprising A and B``, ``made up of A and B``, ``which includes A and B``."""
    holding = [c for c in group.all("acl", "relcl") if c.lemma in _HOLDING]
    found = []
    for verb in holding:
        if verb.lemma == "back":
            found += args.subjects(verb) if args.is_passive(verb) else []
        elif verb.lemma in ("make", "consist"):
            found += list(args.of_preposition(verb, "of"))
        else:
            found += verb.all("dobj")
    return [n for n in found if n.name is not None]


def _called(group: Node) -> list[Node]:
    """``an A and B consortium``, ``an A-led consortium``, ``the A consortium``."""
    before = [c for c in group.all("compound", "nmod", "amod", "poss") if c.index < group.index]
    named = [c for c in before if c.name is not None]
    for led in before:
        if led.name is None and led.lemma in _LED:
            named += [n for n in led.children if n.name is not None and n.index < led.index]
    firms = [n for c in named for n in conjuncts(c)]
    return [
        n
        for n in firms
        if n.name is not None and n.name.is_organisation and not n.name.is_authority
    ]


def _told_to_belong(group: Node) -> list[Node]:
    """``A was part of the consortium that bought it``: A."""
    prep = group.head
    noun = prep.head if prep is not None and prep.word in ("of", "in") else None
    if not group.all("relcl", "acl") or noun is None or noun.lemma not in _BELONGING:
        return []
    verb = noun.head
    if verb is None or verb.lemma not in ("be", "become", "remain"):
        return []
    return verb.all("nsubj")
