"""What is coordinated with a noun: ``A, B and C``."""

from __future__ import annotations

from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node


def conjuncts(node: Node) -> list[Node]:
    """The node and what is coordinated with it, in order of place."""
    found = [node]
    for child in node.children:
        if (child.dep == "conj" and child.pos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X")) or (
            child.dep == "appos" and child.name is not None and _listed(node, child)
        ):
            found += conjuncts(child)
        elif child.dep == "prep" and node.name is not None and child.word in ("in", "from"):
            # "A in Germany and B in France", where B is hung on Germany
            places = [n for n in child.all("pobj") if n.name is not None and not _is_firm(n)]
            listed = [c for n in places for c in n.all("conj") if c.name is not None]
            found += [n for c in listed if _is_firm(c) for n in conjuncts(c)]
        elif child.word == "with" and child.dep == "prep" and _together(node, child):
            found += [n for c in child.all("pobj") if c.name is not None for n in conjuncts(c)]
        elif child.dep == "appos" and child.name is None and node.name is not None:
            # "bought X, a firm in Oregon, and Y", "X, a maker of looms, and Y"
            found += [n for c in child.all("conj") if c.name is not None for n in conjuncts(c)]
            inner = [n for n in child.subtree() if n is not child and n.name is None]
            found += [n for each in inner for c in _after_comma(each) for n in conjuncts(c)]
    return found


def _after_comma(noun: Node) -> list[Node]:
    marks = [c.index for c in noun.all("punct") if c.text == "," and c.index > noun.index]
    return [c for c in noun.all("conj") if c.name is not None and any(m < c.index for m in marks)]


def _together(node: Node, prep: Node) -> bool:
    """``A together with B``, ``A along with B``: two that do the same."""
    if node.name is None or node.dep != "nsubj" or node.head is None:
        return False
    beside = [*prep.children, *node.children, *node.head.all("advmod", "prep")]
    return any(
        n.word in ("together", "along") and n.index == prep.index - 1 == node.index + 1
        for n in beside
    )


def _is_firm(node: Node) -> bool:
    name = node.name
    return name is not None and name.is_organisation and not name.is_authority


def _listed(node: Node, child: Node) -> bool:
    """Whether an apposition is a list read wrongly: ``Coatue, Lightspeed and Thrive``."""
    return (
        node.name is not None
        and child.name is not None
        and (any(c.dep in ("cc", "conj") for c in child.children) or child.head is not node)
    )


def _apart(first: Node, noun: Node) -> bool:
    """``includes X's fund, and partnerships with Y``: a comma before the "and" of two parts them."""
    joining = [c.index for c in first.all("cc") if c.index < noun.index]
    commas = {c.index for c in first.children if c.word == ","}
    return len(first.all("conj")) == 1 and any(i - 1 in commas for i in joining)


def joined(noun: Node) -> list[Node]:
    """The nouns that share owner and place with one joined to them: ``X's stake and investment in Y``.

    Also ``acquisition of Y and stake in Z``, where the parse joins the stake to Y.
    """
    first = noun.head
    if noun.dep != "conj" or first is None or noun.all("poss", "det"):
        return []
    if noun.tag[:2] != "NN" or first.tag[:2] != "NN":
        return []
    if first.name is None:
        return [] if _apart(first, noun) else [first]
    prep = first.head
    above = prep.head if first.dep == "pobj" and prep is not None else None
    deals = words("nouns", "deal") | words("nouns", "holding")
    return [above] if above is not None and above.lemma in deals and noun.lemma in deals else []
