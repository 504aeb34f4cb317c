"""Words about rounds of funding that mean none told before, and leading that is no funding."""

from __future__ import annotations

from kg.extraction.rules import arguments as args
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node


def of_others(noun: Node) -> bool:
    """``the second largest round``, ``87 rounds``, ``another round``: not the one told before."""
    if noun.all("poss"):
        return False
    said = noun.all("amod", "det", "nummod", "advmod")
    if any(c.word in words("funding", "other_round") for c in said):
        return True
    if any(c.tag == "JJS" and c.lemma not in ("late", "least") for c in said):
        # "the largest round to date" is of a company, "the second largest round" of many
        return not any(n.word in words("funding", "hitherto") for n in noun.subtree())
    return noun.tag == "NNS" and any(c.word.isdigit() for c in said)


def heads_a_company(verb: Node) -> bool:
    """``It is led by CEO Ada Ortiz``: she runs it, and leads no round."""
    if verb.lemma not in ("lead", "head") or not args.is_passive(verb):
        return False
    if not any(a.word in ("is", "'s") for a in verb.all("auxpass", "aux")):
        # "it was led by Ada Ortiz, founder of": the round, which is over
        return False
    titles = words("posts", "title")
    return any(
        n.lemma in titles for by in verb.all("agent") for p in by.all("pobj") for n in p.subtree()
    )
