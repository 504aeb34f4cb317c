"""What somebody has in mind or has done, told as what it is: ``X's plan is to buy Y``, ``its next step was to buy Y``."""

from __future__ import annotations

from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.relatives import possessor


def aim(verb: Node) -> Node | None:
    """``X's plan is to buy Y``, ``the idea was that X would buy Y``: the plan, the idea."""
    above = verb.head
    if above is None or above.lemma != "be" or verb.dep not in ("xcomp", "ccomp", "advcl", "attr"):
        return None
    told = above.child("nsubj")
    if told is None or told.index > above.index or told.lemma not in words("modality", "aim"):
        return None
    return told if verb.dep == "ccomp" or verb.tag == "VB" else None


def whose_aim(verb: Node) -> list[Node]:
    """Whose aim it is to do something, where the clause names nobody else: ``X's plan is to buy Y``."""
    told = aim(verb)
    return [possessor(n) for n in told.all("poss")] if told is not None else []


def is_taken(told: Node) -> bool:
    """``X's first step was to buy Y``: it has bought it."""
    be = told.head
    return told.lemma in words("modality", "taken") and be is not None and be.tag == "VBD"
