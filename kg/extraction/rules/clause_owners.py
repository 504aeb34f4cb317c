"""Whose date, share or round it is, where a sentence tells of several things: that of the clause in which it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.rules.lexicon import words
from kg.extraction.rules.passing import aside_of

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node, Parsed

_CLAUSES = frozenset({"relcl", "acl", "advcl", "appos", "parataxis"})


def is_of_clause(parsed: Parsed, trigger: Node, start: int, end: int) -> bool:
    """Whether what stands at ``start:end`` of the article may be said of what the trigger tells.

    Not where it stands in a clause of its own, ``which was founded in 2017``, nor where what is
    told in passing has another date than the rest of the sentence.
    """
    node = next((n for n in parsed.nodes if start <= n.start < end), None)
    if node is None:
        return True
    aside = aside_of(trigger)
    if aside is not None and node not in aside.subtree():
        return False
    above = [trigger, *trigger.ancestors()]
    for here in (node, *node.ancestors()):
        if here in above:
            return True
        if _is_clause(here) and not _tells_when(here, trigger, above):
            return False
    return True


def is_of_verb(parsed: Parsed, trigger: Node, start: int, end: int) -> bool:
    """Whether a date may be that of the trigger's own verb: ``bought Y in 2021 and sold Z in 2023``.

    What stands before both verbs is of both.
    """
    node = next((n for n in parsed.nodes if start <= n.start < end), None)
    if node is None:
        return True
    low, high = sorted((node.index, trigger.index))
    if any(n.text == ";" for n in parsed.nodes[low:high]):
        return False
    own, of_date = _joined_verb(trigger), _joined_verb(node)
    if of_date is not None:
        return of_date in (trigger, *trigger.ancestors())
    return own is None or (own.head is not None and node.index < own.head.index)


def _joined_verb(node: Node) -> Node | None:
    """The verb joined to another that a word belongs to, if it belongs to one."""
    return next(
        (n for n in (node, *node.ancestors()) if n.dep == "conj" and n.tag.startswith("VB")), None
    )


def is_past(parsed: Parsed, start: int) -> bool:
    """Whether what stands at ``start`` is said with a verb of the past: ``agreed in October to buy Y``."""
    node = next((n for n in parsed.nodes if n.start >= start), None)
    verb = next((n for n in node.ancestors() if n.tag.startswith("VB")), None) if node else None
    return verb is not None and verb.tag in ("VBD", "VBN") and not verb.all("aux")


def _is_clause(node: Node) -> bool:
    if node.dep == "conj" and node.tag.startswith("VB"):
        return node.child("nsubj", "nsubjpass") is not None
    return node.dep in _CLAUSES


def _tells_when(clause: Node, trigger: Node, above: list[Node]) -> bool:
    """``a deal announced in May``, ``its stake, bought in 2019``: said of what is told, not of a party."""
    noun = clause.head
    if noun is not None and noun.money is not None:
        # "$16 million that will convert into equity"; not "for $6 billion, which owns 30% of Z"
        near = noun in above or noun in trigger.subtree()
        return near and (
            clause.lemma == "convert" or any(c.word == "that" for c in clause.children)
        )
    if clause.dep == "relcl" and any(
        p.word == "for" and any(n.word == "which" for n in p.all("pobj"))
        for p in clause.all("prep")
    ):
        # "invested $5 billion in Y, for which it gets 11%"
        return True
    if noun is None or noun.name is not None or not noun.tag.startswith("NN"):
        return _is_gerund(clause)
    told = words("nouns", "deal") | words("nouns", "round") | words("nouns", "case")
    told |= words("nouns", "holding")
    near = noun in above or noun in trigger.subtree()
    return near and (noun is trigger or noun.lemma in told)


def _is_gerund(clause: Node) -> bool:
    """``closing the deal in May``: what was done with it, and not beside it."""
    return clause.dep == "advcl" and clause.tag == "VBG" and clause.child("mark", "nsubj") is None
