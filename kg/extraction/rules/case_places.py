"""Where the parties of a case stand: who brought it, who bears it, whom it is to stop or to force."""

from __future__ import annotations

from kg.extraction.rules import arguments as args
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node

PLACES = frozenset({"brought", "bearer", "under", "to block", "remedy"})
_ABOUT_A_CASE = frozenset({"against", "from", "to", "with"})


def nodes_at(trigger: Node, place: str) -> list[Node]:
    """The nouns at one of ``PLACES`` of a frame of scrutiny."""
    if place == "brought":
        return _brought(trigger)
    if place == "to block":
        return _blocked(trigger)
    if place == "remedy":
        return _remedied(trigger)
    return _under(trigger) if place == "under" else _bearer(trigger)


def _brought(noun: Node) -> list[Node]:
    """``the case that X filed``, ``a fine imposed by X``: X."""
    verbs = [c for c in noun.all("acl", "relcl") if c.lemma in words("nouns", "bringing_verb")]
    return [n for verb in verbs for n in args.subjects(verb)]


def _under(noun: Node) -> list[Node]:
    """``X is under investigation``, ``X, under review by``: X."""
    prep = noun.head
    if noun.dep != "pobj" or prep is None or prep.word != "under" or prep.head is None:
        return []
    head = prep.head
    return args.surface_subjects(head) if head.tag.startswith("VB") else [head]


def _bearer(noun: Node) -> list[Node]:
    """``X is under investigation``, ``X lost its case``, ``hit X with a fine``, ``X's trial``: X."""
    found = _under(noun) or noun.all("poss")
    if found:
        return found
    verb, prep = args.support(noun), noun.head
    if verb is None and prep is not None and noun.dep == "pobj" and prep.word in _ABOUT_A_CASE:
        verb = prep.head
    if verb is None:
        return []
    if verb.lemma in words("nouns", "charged_verb"):
        return args.objects(verb)
    if verb.lemma in words("nouns", "bearing_verb"):
        return args.surface_subjects(verb)
    return []


def _blocked(verb: Node) -> list[Node]:
    """``sued to block the merger``: the merger."""
    below = verb.all("xcomp", "advcl", "ccomp", "acl")
    return [n for c in below if c.lemma in words("nouns", "stopping_verb") for n in args.objects(c)]


def _remedied(verb: Node) -> list[Node]:
    """``wants X to sell``, ``asked the judge to force X``: the company that is to be forced."""
    waiting = verb.all("xcomp", "ccomp", "advcl", "prep")
    while waiting:
        below = waiting.pop(0)
        if below.lemma in words("nouns", "forcing_verb") and args.objects(below):
            return args.objects(below)
        if below.lemma in words("nouns", "selling_verb"):
            return below.all("nsubj") or verb.all("dobj")
        waiting += below.all("xcomp", "ccomp", "pcomp", "nsubj")
    return []
