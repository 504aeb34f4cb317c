"""What relative pronouns stand for: ``which``, ``whose``."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node

RELATIVES = frozenset({"which", "that", "who", "whom"})
_WITHIN_CLAUSE = frozenset({"conj", "xcomp", "ccomp", "acl", "prep", "dobj"})


def possessor(node: Node) -> Node:
    """The noun that ``whose`` stands for; else the node itself."""
    if node.tag != "WP$":
        return node
    verb = next((n for n in node.ancestors() if n.dep == "relcl"), None)
    return verb.head if verb is not None and verb.head is not None else node


def antecedent(node: Node, verb: Node) -> Node:
    """The noun a relative pronoun stands for; else the node itself."""
    if node.word in RELATIVES and node.tag in ("WDT", "WP", "IN", "DT", "WP$"):
        if near := _cleft(verb) or _before_comma(node):
            return near
        above: Node | None = verb
        for _ in range(4):
            if above is None:
                break
            if above.dep == "relcl" and above.head is not None:
                nearest = _led_round(above.head, verb) or _last_of_several(above.head, node, above)
                return nearest or _without_later(_of_its_sort(above.head, node), above)
            above = above.head if above.dep in _WITHIN_CLAUSE else None
    return node


def _cleft(verb: Node) -> Node | None:
    """``it was X that bought Y``: X."""
    above = verb.head
    if verb.dep not in ("ccomp", "relcl", "advcl") or above is None or above.lemma != "be":
        return None
    told = above.all("attr")
    said = any(s.word == "it" for s in above.all("nsubj"))
    return told[0] if said and told and told[0].name is not None else None


def _before_comma(relative: Node) -> Node | None:
    """X of ``X, in which Y has invested``, wherever the parse hangs the clause."""
    prep = relative.head
    if relative.word != "which" or prep is None or prep.index != relative.index - 1:
        return None
    *_, top = (prep, *prep.ancestors())
    before = {n.index: n for n in top.subtree() if prep.index - 2 <= n.index < prep.index}
    comma, noun = before.get(prep.index - 1), before.get(prep.index - 2)
    return noun if noun and noun.name and comma and comma.text == "," else None


def _led_round(lead: Node, clause: Node) -> Node | None:
    """``a round led by X in which Y took part``: in the round, where the parse has in X."""
    agent = lead.head if lead.name is not None and lead.dep == "pobj" else None
    led = agent.head if agent is not None and agent.word == "by" else None
    round_ = led.head if led is not None and led.tag == "VBN" and led.dep == "acl" else None
    inside = clause.word in ("in", "where") and round_ is not None
    return (
        round_
        if inside and round_ is not None and round_.lemma in words("nouns", "round")
        else None
    )


def _last_of_several(noun: Node, relative: Node, clause: Node) -> Node | None:
    """B of ``A and B, which is``: a verb in the singular speaks of one of them."""
    joined = [c for c in noun.all("conj") if c.name is not None and c.index < relative.index]
    if not joined or noun.name is None or relative.dep != "nsubj":
        return None
    finite = next((c for c in clause.all("aux") if c.tag == "VBZ"), clause)
    near = relative.index - joined[-1].index == 2
    return joined[-1] if near and finite.tag == "VBZ" else None


def _without_later(noun: Node, clause: Node) -> Node:
    """Of ``X, which ..., and Y announced``, X alone: the clause says nothing of what comes after it."""
    kept = [c for c in noun.children if c.dep != "conj" or c.index < clause.index]
    return noun if len(kept) == len(noun.children) else replace(noun, children=kept)


def of_firm(person: Node) -> Node | None:
    """``X, the fund of Ada Ortiz, which led``: X, of which the words after the person tell."""
    prep = person.head
    noun = prep.head if prep is not None and prep.word == "of" and person.dep == "pobj" else None
    if noun is None or noun.dep != "appos" or noun.head is None or noun.head.name is None:
        return None
    return noun.head if noun.head.name.is_organisation else None


def _after_preposition(relative: Node) -> bool:
    return relative.head is not None and relative.head.index == relative.index - 1


def _of_its_sort(head: Node, relative: Node) -> Node:
    """``A. Davis, chief of Disruptive, which led``, ``the chief of Y, which X bought``: no chief is a "which"."""
    if relative.word != "which" or (head.name is not None and not head.name.is_person):
        return head
    firm = of_firm(head) if head.name is not None else None
    if firm is not None:
        return firm
    inside = [
        n
        for n in head.subtree()
        if n.index < relative.index and n.name is not None and n.name.is_organisation
    ]
    if head.name is None:
        # ", which", ", in which"
        inside = [
            n
            for n in inside
            if n.dep == "pobj"
            and n.index == relative.index - (3 if _after_preposition(relative) else 2)
        ]
    return inside[-1] if inside else head
