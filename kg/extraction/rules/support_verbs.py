"""The verbs that carry a noun: ``made`` of ``made an investment``."""

from __future__ import annotations

from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node

_SUPPORT = words("verbs", "support")
_CARRYING = frozenset(
    {"into", "to", "in", "on", "of", "with", "for", "about", "over", "from", "under"}
)


_LEAVING = {
    "walk": frozenset({"away"}),
    "back": frozenset({"away", "out"}),
    "pull": frozenset({"out"}),
    "drop": frozenset({"out"}),
}


def support(noun: Node) -> Node | None:
    """The verb that carries a noun: ``made`` of ``made an investment``, ``is`` of ``is in talks``."""
    node = noun
    for _ in range(4):
        head = node.head
        if head is None:
            return None
        if head.tag.startswith("VB") or head.pos == "VERB":
            carried = ("dobj", "obj", "oprd", "attr", "nsubjpass", "ccomp", "dep", "xcomp", "pobj")
            return head if node.dep in carried else None
        if node.dep == "appos" and head.name is not None:
            return None  # "backed X, a provider": the noun says what X is
        if node.dep in ("conj", "compound", "nmod", "appos"):
            node = head
        elif node.dep in ("pobj", "pcomp") and head.word in _CARRYING and head.head is not None:
            aside = ("along", "together", "away", "back", "out")
            along = head.head if head.head.word in aside and head.head.dep != "prep" else head
            if head.head.word in ("along", "together"):
                along = head.head
            if along.head is not None and along.head.tag.startswith("VB"):
                return along.head
            if head.head.pos == "ADJ" and head.head.lemma == "interested":
                # "is interested in an acquisition of Y"
                return head.head.head
            of_talks = head.word == "on" and head.head.lemma in words("nouns", "talks")
            if head.word not in ("of", "for", "about", "in", "over") and not of_talks:
                return None
            node = head.head
        else:
            return None
    return None


def is_support(verb: Node) -> bool:
    """Whether the verb only carries its object noun: ``made``, ``went ahead with``."""
    ahead = verb.lemma in ("go", "move", "push") and any(
        c.word in ("ahead", "forward", "on") for c in verb.all("advmod", "prt")
    )
    if (verb.lemma in _LEAVING) and any(
        c.word in _LEAVING[verb.lemma] for c in verb.all("advmod", "prt", "prep")
    ):
        # "walked away from a purchase of Y"
        return True
    if verb.lemma == "be" and any(c.lemma == "interested" for c in verb.all("acomp")):
        return True
    picked = verb.lemma == "pick" and any(c.word == "up" for c in verb.all("prt"))
    return ahead or picked or verb.lemma in _SUPPORT
