"""What a clause says of the deal that its subject names: ``X's takeover of Y is pending``, ``fell through``.

The deal is told by a noun, so that nothing but the clause says whether there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.extraction.rules import arguments as args
from kg.extraction.rules.governing_verbs import told_before
from kg.extraction.rules.lexicon import words
from kg.model import Modality

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node


class Said(NamedTuple):
    """The modality, by which word, and whether something has come to its end."""

    modality: Modality
    reason: str
    ended: bool = False


_THERE = frozenset({"in", "on", "under", "at"})
_NO_MORE = frozenset({"off", "out"})


def said_of(noun: Node) -> Said | None:
    """What the clause whose subject the noun is says of its being; None where it says nothing."""
    node = noun
    while node.dep == "conj" and node.head is not None and not node.head.tag.startswith("VB"):
        node = node.head
    verb = node.head
    if not noun.tag.startswith("NN") or verb is None or not node.dep.startswith("nsubj"):
        return None
    if verb.lemma in ("be", "remain", "stay", "seem", "appear", "look"):
        return _of_state(verb)
    return _of_event(verb)


def _of_state(verb: Node) -> Said | None:
    """``is pending``, ``remains a possibility``, ``is in the works``, ``is off the table``, ``is still to be completed``."""
    negated = _negation(verb)
    for child in verb.all("acomp", "oprd", "attr", "advmod", "prt"):
        if child.word in words("modality", "over_adjective"):
            return None if negated else Said(Modality.DENIED, _quoted(child), ended=True)
        if child.word == "subject" and _to_approval(child):
            return Said(Modality.PLANNED, _quoted(child))
        if child.lemma in words("modality", "possibility") and child.dep == "attr":
            return Said(Modality.CONDITIONAL, _quoted(child))
        if child.dep not in ("acomp", "oprd"):
            continue
        if child.word in words("modality", "pending_adjective"):
            return Said(Modality.PLANNED, _quoted(child))
        if child.word in words("modality", "open_adjective"):
            return Said(Modality.CONDITIONAL, _quoted(child))
    for prep in verb.all("prep", "advmod"):
        for place in _places(prep):
            gone = prep.word in _NO_MORE and place.lemma in words("modality", "over_place")
            if gone:
                return Said(Modality.DENIED, f"“{prep.text} {place.text}”", ended=True)
            if prep.word in _THERE and place.lemma in words("modality", "discussed_place"):
                return Said(Modality.RUMOURED, _quoted(place))
            if prep.word in _THERE and place.lemma in words("modality", "pending_place"):
                return Said(Modality.PLANNED, _quoted(place))
    if any(_comes_about(c) for c in verb.all("xcomp", "ccomp") if c.tag in ("VB", "VBN")):
        return Said(Modality.PLANNED, _quoted(verb))
    return None


def _places(prep: Node) -> list[Node]:
    inner = [n for p in prep.all("prep") for n in p.all("pobj")]
    return [*prep.all("pobj"), *inner]


def _to_approval(word: Node) -> bool:
    told = list(args.of_preposition(word, "to"))
    return any(n.lemma in words("modality", "awaited") for n in told)


def _of_event(verb: Node) -> Said | None:
    negated, modal = _negation(verb), _modal(verb)
    if any(c.word == "longer" for c in verb.all("advmod")):
        return Said(Modality.DENIED, f"no longer “{verb.text}”", ended=True)
    if verb.lemma in words("modality", "failing_verb") and not (negated or modal):
        return Said(Modality.DENIED, _quoted(verb), ended=True)
    talks = any(n.lemma in words("nouns", "talks") for n in verb.all("nsubj"))
    if verb.lemma == "end" and talks and not (negated or modal):
        return Said(Modality.DENIED, _quoted(verb), ended=True)
    if verb.lemma in ("come", "end") and any(
        n.lemma in ("nothing", "naught", "failure", "nowhere") for n in _after(verb)
    ):
        return Said(Modality.DENIED, _quoted(verb), ended=True)
    if verb.lemma in words("modality", "awaiting_verb"):
        wanted = [n for o in args.objects(verb) for n in (o, *o.all("conj"))]
        if any(n.lemma in words("modality", "awaited") for n in wanted) and not negated:
            return Said(Modality.PLANNED, _quoted(verb))
    on = any(p.word in ("on", "upon") for p in verb.all("prep", "prt"))
    if on and verb.lemma in words("modality", "depending_verb"):
        return Said(Modality.CONDITIONAL, _quoted(verb))
    if _is_passive(verb):
        if verb.lemma in words("modality", "weighing_verb"):
            return Said(Modality.RUMOURED, _quoted(verb))
        below = verb.all("xcomp", "ccomp", "oprd", "advcl")
        if verb.lemma in words("modality", "hearsay_verb") and any(_is_near(c) for c in below):
            return Said(Modality.RUMOURED, _quoted(verb))
        if verb.lemma in ("plan", "schedule", "slate") and not below:
            return Said(Modality.PLANNED, _quoted(verb))
        if verb.lemma in words("modality", "expecting_verb") and any(map(_comes_about, below)):
            return Said(Modality.PLANNED, _quoted(verb))
    yet = verb.lemma == "have" and any(c.word == "yet" for c in verb.subtree())
    if yet and any(map(_comes_about, verb.all("xcomp"))):
        return Said(Modality.PLANNED, "“yet” to come")
    if _comes_about(verb):
        return _coming(verb, negated, modal)
    return None


def _coming(verb: Node, negated: bool, modal: str) -> Said | None:
    """``will close``, ``has not closed``, ``could happen``, ``did not go ahead``."""
    if negated:
        yet = any(c.word in ("yet", "still") for c in verb.children)
        perfect = any(c.lemma == "have" for c in verb.all("aux"))
        if yet or (perfect and not modal):
            return Said(Modality.PLANNED, f"not “{verb.text}” yet")
        return Said(Modality.DENIED, f"not “{verb.text}”", ended=True)
    if modal in ("will", "'ll", "shall") or (modal == "would" and told_before(verb)):
        return Said(Modality.PLANNED, _quoted(verb))
    if modal:
        return Said(Modality.CONDITIONAL, f"“{modal}”")
    return None


def _comes_about(verb: Node) -> bool:
    """``close``, ``be completed``, ``take effect``, ``go ahead``: by which a deal comes to be."""
    if verb.lemma in words("modality", "closing_verb") | words("modality", "happening_verb"):
        return not verb.all("dobj") or verb.lemma in ("begin", "start")
    if verb.lemma == "take":
        return any(o.lemma in ("effect", "place", "force") for o in args.objects(verb))
    return verb.lemma == "go" and any(
        c.word in ("ahead", "through", "forward") for c in verb.children
    )


def _is_near(clause: Node) -> bool:
    """``to be close``, ``to be near``: no fact about the deal beside its being near."""
    said = {n.word for n in clause.children} | {clause.word}
    return bool(said & {"close", "near", "imminent", "likely", "possible", "dead", "coming"})


def _after(verb: Node) -> list[Node]:
    return [*args.objects(verb), *(n for p in verb.all("prep") for n in p.all("pobj"))]


def _is_passive(verb: Node) -> bool:
    return bool(verb.all("auxpass")) or args.is_passive(verb)


def _negation(verb: Node) -> bool:
    above = (verb, *verb.all("advmod"))
    return any(c.dep == "neg" or c.word in ("never", "no") for n in above for c in n.children)


def _modal(verb: Node) -> str:
    return next((c.word for c in verb.all("aux") if c.tag == "MD"), "")


def _quoted(node: Node) -> str:
    return f"“{node.text}”"
