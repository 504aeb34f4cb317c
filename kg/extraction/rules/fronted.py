"""The doer after a phrase that opens the sentence: ``Despite competition from A, B, which ..., does``.

The small parser takes B for an apposition of A, and what is said of B for said of A.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules.trees import hang

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node


def mend_opening(nodes: Sequence[Node]) -> None:
    """Make the name after the opening phrase the subject of the main verb, in place."""
    if not nodes or nodes[0].tag != "IN":
        return
    _as_backdrop(nodes)
    comma = next((n.index for n in nodes if n.word == ","), None)
    if comma is None:
        return
    for doer in nodes[comma + 1 : comma + 3]:
        before = doer.head
        if doer.dep == "appos" and doer.name is not None and before is not None:
            if doer.name.is_organisation and before.name is not None and before.index < comma:
                _mend(nodes[0], before, doer)
            return


def _as_backdrop(nodes: Sequence[Node]) -> None:
    """``With X out of the picture, Y and Z agreed``: amid what they agreed, not with whom."""
    opening, told = nodes[0], nodes[0].child("pobj")
    if opening.word != "with" or told is None or told.name is None:
        return
    if any(n.word in _WHERE for n in nodes[told.index + 1 : told.index + 2]):
        opening.word = opening.lemma = "amid"


_WHERE = frozenset(
    {"out", "in", "under", "on", "off", "away", "behind", "ahead", "gone", "still", "already"}
    | {"now", "yet", "unable", "busy"}
)


def _mend(opening: Node, before: Node, doer: Node) -> None:
    verb = before
    for above in before.ancestors():
        verb = above
    subject = verb.child("nsubj", "nsubjpass")
    if verb.index < doer.index or not (verb.tag.startswith("VB") or verb.pos == "AUX"):
        return
    if subject is not None and (subject is not before or opening.child("pobj") is not None):
        return
    dep = "nsubjpass" if verb.child("auxpass") else "nsubj"
    said = [c for c in before.children if c.index > doer.index]
    hang(doer, verb, dep)
    for child in said:
        hang(child, doer, child.dep)
    if subject is before:
        hang(before, opening, "pobj")
