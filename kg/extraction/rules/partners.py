"""Who is named a partner, or taken into a body of several: ``named Y its partner``, ``admitted Y as a member``."""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.rules import arguments as args
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node


def admitted(noun: Node) -> list[Node]:
    """``has admitted X as its seventh member``: X."""
    prep = noun.head
    verb = prep.head if noun.dep == "pobj" and prep is not None and prep.word == "as" else None
    return args.objects(verb) if verb is not None and verb.tag.startswith("VB") else []


def named_as(noun: Node) -> list[Node]:
    """``named Y its partner``: Y."""
    verb = noun.head
    if noun.dep not in ("oprd", "attr", "dobj") or verb is None or verb.lemma not in _NAMING:
        return []
    near = [n for n in verb.all("dobj", "dative", "iobj", "nsubjpass") if n is not noun]
    return [n for n in near if n.name is not None]


def namer(noun: Node) -> list[Node]:
    """``named Y its partner``: who named it."""
    return args.subjects(noun.head) if noun.head is not None and named_as(noun) else []


_NAMING = frozenset({"name", "appoint", "call", "make", "crown", "declare", "pick", "choose"})


def made_of(noun: Node) -> list[Node]:
    """``the alliance of X with Y``: X."""
    return [n for p in noun.all("prep") if p.word == "of" for n in p.all("pobj") if n.name]


def makers(noun: Node) -> list[Node]:
    """``the memorandum that A and B initialled``, ``the licence the two signed``: who did."""
    made = words("nouns", "signing_verb") | words("verbs", "dealing") | _INITIALLING
    return [n for c in noun.all("relcl") if c.lemma in made for n in c.all("nsubj")]


_INITIALLING = frozenset({"initial", "announce", "unveil", "disclose", "conclude", "agree"})


PARTNERS: dict[str, Callable[[Node], list[Node]]] = {
    "admitted": admitted,
    "named as": named_as,
    "namer": namer,
    "made of": made_of,
    "makers": makers,
}
