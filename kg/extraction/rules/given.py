"""Which nouns tell of something that there is, whatever the words above them say."""

from __future__ import annotations

from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.phrasal import phrasal
from kg.extraction.rules.support_verbs import is_support


def carries(noun: Node, head: Node) -> bool:
    """Whether the word above a noun tells whether the thing is, rather than taking it as given."""
    own = any(p.word == "with" for p in noun.all("prep"))
    if own and noun.dep == "pobj" and noun.lemma in words("nouns", "deal") and _as_part_of(head):
        # "as part of an expanded alliance with Y, X will": there is one
        return False
    if noun.dep == "pobj" and any(c.word in _STANDING for c in noun.all("amod")):
        return False
    if noun.dep == "pobj" and is_given(noun) and _for_a_reason(head):
        return False
    above = head.head if noun.dep == "pobj" else None
    opposed = [n for n in (above, *above.all("dobj")) if n.tag[:2] == "NN"] if above else []
    if any(n.lemma in _OPPOSITION for n in opposed):
        # "withdrew its challenge to X's purchase of Y": who opposes it says nothing of it
        return False
    sorted_ = head.lemma == "be" and any(c.lemma in _SORTS for c in head.all("acomp"))
    if noun.dep == "nsubj" and sorted_ and is_given(noun):
        # "X's ties with Y are not subject to review": there are such ties
        return False
    owned = noun.lemma in words("modality", "held_noun") and is_given(noun)
    if owned and noun.dep == "pobj" and head.word in _AFTER:
        return False
    if owned and noun.dep == "pobj" and head.head is not None and head.head.tag.startswith("NN"):
        told = words("modality", "planned_noun") | words("modality", "rumoured_noun")
        return head.head.lemma in told
    if owned and noun.dep == "pobj" and head.head is not None and head.head.word == "away":
        # "could move away from its partnership with Y": there is one to this day
        verb = head.head.head
        return verb is not None and phrasal(verb) in words("modality", "denied_verb")
    if owned and noun.dep == "pobj" and head.head is not None and head.head.tag.startswith("VB"):
        # "build on its work with Y": there is such work already
        told_so = ("planned_verb", "rumoured_verb", "denied_verb", "terminated_verb")
        return any(phrasal(head.head) in words("modality", k) for k in told_so)
    if noun.lemma in words("nouns", "case") and noun.dep == "pobj" and _mentions(head):
        return False
    if not (head.tag.startswith("VB") or head.pos == "VERB"):
        return True
    if noun.lemma in words("modality", "rumoured_noun") and noun.dep == "nsubj":
        return False
    if noun.dep == "nsubj" and head.lemma == "be" and noun.lemma in _SIGNED and noun.all("poss"):
        # "its pact with Y is not the only one": there is one, whatever else there is
        equals = [n.lemma for n in head.all("attr") if n.tag.startswith("NN") and n.all("det")]
        hedges = words("modality", "rumoured_noun") | words("modality", "planned_noun")
        if equals and hedges.isdisjoint(equals):
            return False
    if owned and noun.dep in ("nsubj", "nsubjpass"):
        lemma = phrasal(head)
        keys = ("planned_verb", "denied_verb", "terminated_verb")
        equated = head.lemma == "be" and any(n.tag.startswith("NN") for n in head.all("attr"))
        if equated:
            # "its investment in Y is a merger": there is one, whatever it is
            return False
        return head.lemma in ("be", "happen") or any(lemma in words("modality", k) for k in keys)
    if (
        noun.dep == "dobj"
        and noun.all("poss")
        and head.lemma in words("modality", "reviewing_verb")
    ):
        # "had no power to review X's deal with Y"
        return False
    if owned and noun.dep == "dobj":
        given = words("modality", "reviewing_verb") | words("modality", "discussing_verb")
        if head.lemma in given:
            return False
    judged = noun.lemma in words("nouns", "case") or noun.lemma in _RULINGS
    if (
        noun.lemma in words("funding", "backer")
        and noun.dep.startswith("nsubj")
        and head.lemma != "be"
    ):
        # "its backers did not take part in the sale": they are its backers
        return False
    if judged and phrasal(head) in ("rule-out", "decide-against"):
        return True
    if judged and head.lemma not in words("nouns", "opening_verb"):
        return False
    if noun.dep in ("dobj", "obj", "nsubjpass", "attr", "oprd"):
        lemma = phrasal(head)
        return (
            is_support(head)
            or any(
                lemma in words("modality", key)
                for key in ("planned_verb", "rumoured_verb", "denied_verb", "terminated_verb")
            )
            or is_left(head, noun)
            or is_to_come(head, noun)
            or head.lemma in words("modality", "favouring_verb")
            or (head.lemma in words("modality", "closing_verb") and head.child("neg") is not None)
            or head.lemma in ("be", "become", "fund", "finance", "need", "welcome", "mark")
        )
    return True


_STANDING = frozenset(
    {"existing", "current", "longstanding", "long-standing", "longtime", "ongoing", "present"}
)
"""``could do so under an existing deal``: there is one."""


def _for_a_reason(preposition: Node) -> bool:
    """``because of its purchase of Y``, ``as a result of``, ``due under its pact with Y``: there is one."""
    above = preposition.head
    if preposition.word == "because":
        return True
    if preposition.word == "under" and above is not None:
        return not above.tag.startswith("VB") and above.pos != "AUX"
    return preposition.word == "of" and above is not None and above.word in _REASONS


_OPPOSITION = frozenset({"challenge", "objection", "opposition", "appeal", "complaint", "lawsuit"})
_SORTS = frozenset(
    {"subject", "exclusive", "new", "unusual", "unique", "reportable", "notifiable", "reviewable"}
    | {"illegal", "anticompetitive", "anti-competitive", "harmful", "clear", "public", "limited"}
    | {"transparent", "similar", "different", "comparable", "problematic", "lawful", "secret"}
)
"""Of what sort a deal is or is not: there is one either way."""
_REASONS = frozenset({"because", "result", "light", "wake", "view", "consequence", "aftermath"})


def _as_part_of(preposition: Node) -> bool:
    part = preposition.head if preposition.word == "of" else None
    return (
        part is not None
        and part.lemma == "part"
        and part.head is not None
        and part.head.word == "as"
    )


def is_left(verb: Node, noun: Node) -> bool:
    """``exited its deal with Y``: whoever did so is no longer of it."""
    return (
        noun.dep == "dobj"
        and verb.tag != "VB"
        and noun.lemma in words("modality", "left_noun")
        and verb.lemma in words("modality", "leaving_verb")
    )


def is_to_come(verb: Node, below: Node) -> bool:
    """``agreed to a takeover``, ``postponed its investment``: what is done so with is not done yet."""
    nouns = [below] if below.dep in ("dobj", "nsubjpass") else []
    if verb.lemma == "cover" and verb.dep == "acl" and below.dep == "dobj":
        # "an agreement covering the purchase of Y"
        return below.lemma in words("modality", "before_it_noun")
    listed = "before_it_verb"
    if below.dep in ("prep", "dative") and below.word in ("to", "on", "upon", "for"):
        nouns, listed = below.all("pobj"), "agreeing_verb"
    # "gave its clearance to the takeover", "signed an agreement for the sale"
    given = verb.all("dobj") + [n for p in verb.all("prep") for n in p.all("pobj")]
    told = words("modality", "awaited") | words("modality", "planned_noun")
    judged = listed == "agreeing_verb" and any(n.lemma in told for n in given)
    return (judged or phrasal(verb) in words("modality", listed)) and any(
        n.lemma in words("modality", "before_it_noun") for n in nouns
    )


def _mentions(preposition: Node) -> bool:
    """Whether a preposition takes its noun as given: ``after a probe``, ``because of objections``."""
    if preposition.word == "of":
        return preposition.head is not None and preposition.head.word == "because"
    return preposition.word in _GIVEN


_SIGNED = frozenset({"pact", "deal", "agreement", "contract", "accord", "licence", "license"})
_RULINGS = frozenset({"ruling", "decision", "order", "finding", "verdict", "contention"})
_GIVEN = frozenset(
    {
        "after",
        "because",
        "amid",
        "despite",
        "since",
        "during",
        "following",
        "over",
        "by",
        "in",
        "with",
        "from",
        "before",
    }
)
_AFTER = frozenset({"after", "following", "since", "despite", "besides", "beyond"})
"""What comes after an investment, or in spite of it, leaves no doubt of the investment."""


def is_given(noun: Node) -> bool:
    """``Microsoft's investment``, ``the partnership between``: told as something that there is."""
    return noun.child("poss") is not None or any(c.word == "the" for c in noun.all("det"))
