"""What a sentence tells of a name in passing, beside what it says of it otherwise.

``Y, backed by X, will spend $5 billion``: what Y will do, and what it will spend, says nothing of the backing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.rules.lexicon import words

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node

IN_PASSING = "told in passing"
"""The reason of what is a fact whatever else the sentence says."""
_DONE_BEFORE = frozenset({"since", "besides", "despite", "after", "following"})


def aside_of(trigger: Node) -> Node | None:
    """The word at the top of the aside that a trigger stands in; None where it stands in none."""
    return next((n for n in (trigger, *trigger.ancestors()) if begins_aside(n)), None)


def begins_aside(node: Node) -> bool:
    """Whether it begins what is told of a name beside what the sentence says of it.

    ``Y, backed by X,``, ``Y, which X backs,``, ``X-backed Y``, ``Y, under investigation by X,``.
    """
    if node.head is None:
        return False
    if node.dep == "prep" and node.index < node.head.index:
        # "after its purchase of Y, X will", "X, under investigation by Y, will"
        done = [n for n in node.all("pobj") if n.all("poss")]
        return _is_under_a_case(node) or (bool(done) and node.word in _DONE_BEFORE)
    if node.head.name is None:
        return False
    if node.dep == "prep":
        return _is_under_a_case(node)
    if node.dep == "appos":
        return True
    if node.dep == "relcl":
        return node.tag != "VB"
    return node.dep in ("acl", "amod") and node.tag in ("VBN", "VBD", "JJ")


def _is_under_a_case(prep: Node) -> bool:
    """``under investigation``; not ``under a deal``."""
    return prep.word == "under" and any(n.lemma in words("nouns", "case") for n in prep.all("pobj"))
