"""Whole clauses hung where they belong, where the small parser errs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules.lexicon import words
from kg.extraction.rules.trees import hang

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node

_WHEN = frozenset({"after", "before", "since", "until", "once", "while", "because", "as"})


def mend_clauses(node: Node, nodes: Sequence[Node]) -> None:
    """Hang the clause of ``node`` where it belongs."""
    if node.dep == "conj" and node.tag.startswith("VB") and node.head is not None:
        _beside_question(node, nodes)
    if node.dep == "relcl" and node.head is not None and node.head.name is not None:
        _of_the_last(node, nodes)
    if node.dep in ("acl", "conj") and node.tag == "VBG":
        _next_doing(node, nodes)
    if node.dep == "auxpass":
        _of_next_verb(node, nodes)
    if node.dep == "ccomp" and node.tag == "NN" and node.lemma in words("nouns", "round"):
        _as_led(node)
    if node.dep == "advcl" and node.tag in ("VBD", "VBZ", "VBP"):
        _of_noun_before(node, nodes)
    if node.dep == "acl" and node.tag == "VBN" and node.index > 1:
        _in_brackets(node, nodes)
    if node.dep == "advcl" and node.tag == "VBN":
        _of_main_verb(node, nodes)
        _owned_last(node, nodes)
    if node.dep == "cc" and node.word in _WHEN:
        _begins_clause(node, nodes)


def _in_brackets(participle: Node, nodes: Sequence[Node]) -> None:
    """``A (bought by X) and B (bought by Y)``: each of the name before, where the parse has both of A."""
    bracket, name = nodes[participle.index - 1], nodes[participle.index - 2]
    if bracket.word == "(" and name.name is not None and participle.head is not name:
        hang(participle, name, "acl")


def _of_noun_before(clause: Node, nodes: Sequence[Node]) -> None:
    """Hang ``through the app that it made with X`` by the app, where the parse has it by the verb."""
    pronoun = clause.subtree()[0]
    noun = nodes[pronoun.index - 1] if pronoun.index else None
    if noun is None or not noun.tag.startswith("NN") or noun.dep not in ("pobj", "dobj"):
        return
    if pronoun.word == "that" and pronoun.dep in ("dobj", "nsubj") and pronoun.head is clause:
        hang(clause, noun, "relcl")


def _begins_clause(when: Node, nodes: Sequence[Node]) -> None:
    """``loses business as well after X paid``: X paid, where the parse has the business lost from X."""
    doer = nodes[when.index + 1] if when.index + 1 < len(nodes) else None
    verb = next((n for n in nodes[when.index + 2 :] if n.tag in ("VBD", "VBZ", "VBP")), None)
    if doer is None or doer.name is None or doer.dep != "conj" or verb is None:
        return
    if (
        verb.dep == "conj"
        and verb.child("nsubj", "nsubjpass") is None
        and verb.index < doer.index + 3
    ):
        hang(doer, verb, "nsubj")
        hang(when, verb, "mark")
        verb.dep = "advcl"


def _of_main_verb(participle: Node, nodes: Sequence[Node]) -> None:
    """``X, started by two engineers, has raised``: X has, where the parse has X only started."""
    verb, name = participle.head, participle.child("nsubj", "nsubjpass")
    if verb is None or name is None or name.name is None or verb.index < participle.index:
        return
    if not (name.index < participle.index and nodes[name.index + 1].word == ","):
        return
    if verb.child("nsubj", "nsubjpass") is None and not participle.all("aux", "auxpass"):
        hang(name, verb, "nsubjpass" if verb.all("auxpass") else "nsubj")


_PORTIONS = frozenset({"partly", "jointly", "wholly", "partially", "mostly", "largely"})


def _owned_last(participle: Node, nodes: Sequence[Node]) -> None:
    """``X will buy Y, partly owned by Z``: Y is, where the parse has X."""
    portion = participle.child("advmod")
    if portion is None or portion.word not in _PORTIONS or portion.index < 2:
        return
    comma, last = nodes[portion.index - 1], nodes[portion.index - 2]
    if comma.word == "," and last.name is not None and portion.index == participle.index - 1:
        hang(participle, last, "acl")


def _beside_question(verb: Node, nodes: Sequence[Node]) -> None:
    """``is asking whether Y has enough, and has fined Z``: who asks has, where the parse has Y."""
    asked = verb.head
    if asked is None or asked.dep != "ccomp" or asked.head is None or verb.child("nsubj"):
        return
    mark = any(m.word in ("whether", "if") for m in asked.all("mark"))
    joined = [c for c in asked.all("cc") if c.index < verb.index]
    if mark and joined and nodes[joined[-1].index - 1].word == ",":
        hang(verb, asked.head, "conj")


def _of_the_last(clause: Node, nodes: Sequence[Node]) -> None:
    """``A, B, which put in $2 billion, and C``: B did, where the parse has A."""
    relative = clause.child("nsubj")
    if relative is None or relative.word not in ("which", "who") or relative.index < 2:
        return
    comma, last = nodes[relative.index - 1], nodes[relative.index - 2]
    if comma.word != "," or last.name is None or last is clause.head:
        return
    end = clause.subtree()[-1].index
    following = [n.word for n in nodes[end + 1 : end + 3]]
    goes_on = following == [",", "and"] and any(
        n.name is not None for n in nodes[end + 3 : end + 6]
    )
    if goes_on and any(n is clause.head for n in last.ancestors()):
        hang(clause, last, "relcl")


def _of_next_verb(helper: Node, nodes: Sequence[Node]) -> None:
    """``valued X and was led by Y``: was led, where the parse has "was" with the verb before."""
    verb, following = helper.head, nodes[helper.index + 1 : helper.index + 3]
    second = next((n for n in following if n.tag == "VBN" and n.dep == "conj"), None)
    if (
        verb is not None
        and second is not None
        and second.head is verb
        and verb.index < helper.index
    ):
        hang(helper, second, "auxpass")


def _next_doing(verb: Node, nodes: Sequence[Node]) -> None:
    """``is leasing halls from X and buying chips``: who leases buys, where the parse has X buying."""
    before = nodes[verb.index - 1]
    if before.word not in ("and", "or") or verb.head is None or verb.head.name is None:
        return
    first = next((n for n in verb.ancestors() if n.tag == "VBG"), None)
    if first is not None:
        hang(verb, first, "conj")


def _as_led(round_: Node) -> None:
    """``led its seed round``: what was led, where the parse has a clause."""
    verb = round_.head
    if verb is None or verb.all("dobj") or round_.all("nsubj"):
        return
    round_.dep = "dobj"
    for kind in round_.all("compound"):
        for owner in kind.all("poss"):
            hang(owner, round_, "poss")
