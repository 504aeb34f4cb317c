"""Words for two parties together: ``both``, ``they``, ``the two companies``; for one of several."""

from __future__ import annotations

from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.own_clauses import own_clause
from kg.extraction.rules.parsing import Node


def coordinated(node: Node) -> list[Node]:
    """``A and B said they``, ``the companies``, where the speakers are two: both of them."""
    if node.word == "their":
        return _owners_named(node)
    if node.word not in ("they", "both") and not means_both(node):
        return []
    if node.word == "both" and node.dep == "nsubj":
        return _two_before(node)
    verb = next((n for n in node.ancestors() if n.tag.startswith("VB")), None)
    if verb is None or node.dep not in ("nsubj", "nsubjpass"):
        return []
    if verb.dep != "ccomp":
        return _two_told(node) if node.word == "they" else []
    subject = verb.head.child("nsubj") if verb.head is not None else None
    told = _several(subject)
    return told if len(told) > 1 and all(n.name is not None for n in told) else []


def means_both(node: Node) -> bool:
    """Whether a noun means two parties: ``the pair``, ``both companies``."""
    if node.word == "two" and node.tag == "CD" and not node.all("prep"):
        # "the licence that the two signed"
        return node.dep in ("nsubj", "nsubjpass", "pobj") and any(
            c.word == "the" for c in node.all("det")
        )
    if node.lemma not in words("nouns", "company") and node.lemma not in (
        "side",
        "party",
        "pair",
        "duo",
    ):
        return False
    if node.lemma in ("pair", "duo"):
        return any(c.word == "the" for c in node.all("det")) and not node.all("prep")
    marks = {c.word for c in node.children if c.dep in ("det", "nummod", "predet", "preconj")}
    if any(c.name is not None for c in node.all("appos")):
        return False
    if any(c.word in ("other", "more", "further", "additional") for c in node.all("amod")):
        return False
    return node.tag == "NNS" and (
        bool(marks & {"both", "two"}) or (marks == {"the"} and node.lemma == "company")
    )


def begins_clause(they: Node) -> bool:
    """Whether ``they`` is who acts in the sentence, told first: ``They own 5%``, ``Together they own``."""
    verb = they.head
    return they.dep == "nsubj" and they.index < 2 and verb is not None and verb.dep == "ROOT"


def one_named(node: Node) -> list[Node]:
    """``one of its investors, X``: X, whom the parse sets beside the investors."""
    if node.word != "one":
        return []
    several = [n for p in node.all("prep") if p.word == "of" for n in p.all("pobj")]
    return [a for n in several for a in n.all("appos") if n.name is None and a.name is not None]


def _owners_named(their: Node) -> list[Node]:
    """``A and B have ended their work with C``: A and B, where nobody else is named before."""
    subject = own_clause(their)
    told = _several(subject)
    if len(told) < 2 or any(n.name is None for n in told):
        return []
    top = their
    for above in their.ancestors():
        top = above
    between = [n for n in top.subtree() if told[-1].index < n.index < their.index]
    # "A and B asked C and D about their deals": those of C and D
    others = [n for n in between if n.name is not None and n.dep == "conj" and _is_firm(n)]
    return [] if others else told


def _several(subject: Node | None) -> list[Node]:
    """``A and B``, ``companies including A and B``: those who act."""
    if subject is None:
        return []
    if subject.name is not None:
        return conjuncts(subject)
    listed = [p for p in subject.all("prep") if p.word in ("including", "like", "as")]
    return [n for p in listed for first in p.all("pobj") for n in conjuncts(first)]


def _two_told(they: Node) -> list[Node]:
    """``A and B compete, but they work together``: A and B, of whom an earlier clause is."""
    top = they
    for above in they.ancestors():
        top = above
    before = [n for n in top.subtree() if n.index < they.index]
    plural = [n for n in before if n.tag in ("NNS", "NNPS") and n.dep in ("nsubj", "nsubjpass")]
    pairs = [conjuncts(n) for n in before if n.dep in ("nsubj", "nsubjpass") and n.name is not None]
    two = [p for p in pairs if len(p) == 2 and all(_is_firm(n) for n in p)]
    return two[0] if len(two) == 1 and not plural else []


def _is_firm(node: Node) -> bool:
    return node.name is not None and node.name.is_organisation


def _two_before(node: Node) -> list[Node]:
    """``A will invest $5bn and B $3bn, with both backing``: A and B, if no third stands before."""
    top = node
    for above in node.ancestors():
        top = above
    named = [n for n in top.subtree() if n.index < node.index and n.name is not None]
    firms = [n for n in named if n.name is not None and n.name.is_organisation]
    return firms if len({n.name.name for n in firms if n.name}) == 2 == len(firms) else []
