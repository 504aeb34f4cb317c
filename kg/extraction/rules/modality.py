"""How firmly a statement is told, from the words that govern its trigger."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.rules.arguments import is_support
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node, Parsed
from kg.model import Modality

_SPEECH = frozenset(
    [
        "say",
        "tell",
        "announce",
        "confirm",
        "report",
        "state",
        "claim",
        "add",
        "note",
        "disclose",
        "reveal",
        "write",
        "declare",
        "explain",
    ]
)
_CLOSING = frozenset({"close", "complete", "finalise", "finalize", "conclude", "finish", "seal"})
_CLAUSES = ("ccomp", "prep", "pcomp", "advcl", "xcomp")
_PARTICLES = ("off", "out", "away", "through", "apart", "down", "up", "back", "against")


@dataclass(frozen=True, slots=True)
class Reading:
    """The modality, why, and whether the thing was ended."""

    modality: Modality
    reason: str
    ended: bool = False


def read(
    parsed: Parsed,
    trigger: Node,
    text: str,
    through: Node | None = None,
    of_authority: bool = False,
) -> Reading:
    """The modality of what ``trigger`` tells; ``text`` is the article's.

    ``through`` is the noun between trigger and object: ``no stake`` in ``has no stake in``.
    ``of_authority`` where the trigger tells what an authority does: who rejects a ruling does
    not undo it.
    """
    found: dict[Modality, str] = {}
    if through is not None and any(
        c.word in ("no", "zero") for c in through.all("det", "amod", "nummod", "neg")
    ):
        found[Modality.DENIED] = "“no”"
    if of_authority and _contested(trigger):
        return Reading(Modality.ASSERTED, f"told as given by “{trigger.text}”")
    if of_authority and _weighed(trigger):
        return Reading(Modality.ASSERTED, WEIGHED)
    if of_authority and _decided_on(trigger):
        return Reading(Modality.ASSERTED, f"decided: “{trigger.text}”")
    ended, given = _look(trigger, found)
    for target in (trigger, *trigger.all("dobj")):
        for clause in target.all("relcl"):
            if phrasal(clause) in words("modality", "terminated_verb") - {"end", "drop", "kill"}:
                found.setdefault(Modality.DENIED, f"“{clause.text}”")
                ended = True
    sentence = text[parsed.masked.start : parsed.masked.end].lower()
    for phrase in sorted(words("modality", "rumoured_phrase")):
        if Modality.RUMOURED in found or given:
            break
        if phrase in sentence and _in_scope(parsed, trigger, phrase, text):
            found[Modality.RUMOURED] = f"“{phrase}”"
    for modality in (Modality.DENIED, Modality.CONDITIONAL, Modality.RUMOURED, Modality.PLANNED):
        if modality in found:
            return Reading(modality, found[modality], ended)
    return Reading(Modality.ASSERTED, "told as a fact")


def _in_scope(parsed: Parsed, trigger: Node, phrase: str, text: str) -> bool:
    """Whether the phrase's clause holds the trigger: no sentence-level semicolon between."""
    start, end = parsed.masked.start, parsed.masked.end
    at = text[start:end].lower().find(phrase) + start
    low, high = sorted((at, trigger.start))
    clause = next((n for n in (trigger, *trigger.ancestors()) if n.dep == "relcl"), None)
    if clause is not None and clause.tag == "VBD":
        # "which bought Y in 2021, is in talks": the talks are not about Y
        inside = clause.subtree()
        if not inside[0].start <= at <= inside[-1].end:
            return False
    return ";" not in text[low:high] and not _aside(parsed, at, trigger)


def _aside(parsed: Parsed, at: int, trigger: Node) -> bool:
    """Whether a relative clause holds what stands at the place, but not the trigger."""
    node = next((n for n in parsed.nodes if n.start <= at < n.end), None)
    if node is None:
        return False
    over = (node, *node.ancestors())
    clauses = [n for n in over if n.dep == "relcl"]
    if node.word == "in":
        # "will buy Y, and has been in talks with Z": the talks are with Z
        clauses += [n for n in over if n.dep == "conj" and n.tag.startswith("VB")]
    above = (trigger, *trigger.ancestors())
    return any(all(clause is not n for n in above) for clause in clauses)


def _contested(noun: Node) -> bool:
    """``rejected the ruling``, ``denied the charge``: the ruling is, whoever rejects it."""
    verb = noun.head
    return (
        noun.tag.startswith("NN")
        and verb is not None
        and noun.dep in ("dobj", "nsubjpass")
        and verb.lemma in words("modality", "contesting_verb")
    )


WEIGHED = "“whether”: not decided yet"
"""Why a clearance is told as a review: the authority still weighs it."""


def _weighed(verb: Node) -> bool:
    """``is to decide whether to approve``: the deal is before the authority."""
    above = next((n for n in verb.ancestors() if n.tag.startswith("VB")), None)
    asked = any(c.word == "whether" for c in verb.children)
    clears = verb.lemma in ("approve", "clear", "allow", "block")
    return (
        asked
        and clears
        and above is not None
        and above.lemma in ("decide", "rule", "determine", "assess", "examine")
    )


def _decided_on(verb: Node) -> bool:
    """``its decision to fine X``: what an authority decided to do, it has done."""
    noun = verb.head
    given = noun is not None and noun.lemma in ("decision", "ruling") and _is_given(noun)
    return given and verb.tag == "VB" and verb.dep in ("acl", "relcl", "xcomp")


def _look(trigger: Node, found: dict[Modality, str]) -> tuple[bool, bool]:
    """Whether the thing was ended, and whether it is told as something that there is."""
    ended = False
    node: Node | None = trigger
    below: Node | None = None
    steps = 0
    while node is not None and steps < 12:
        if node.pos in ("VERB", "AUX") or node.tag.startswith("VB"):
            ended |= _verb(node, below, found, trigger)
            if below is not None and node.lemma in _SPEECH and below.dep == "ccomp" and steps > 0:
                # what the speaker says is judged by its own words; hedges of the speaking count
                _speaker(node, found)
                break
        elif node.pos in ("NOUN", "PROPN"):
            ended |= _noun(node, below, found)
        elif node.pos == "ADJ":
            _adjective(node, found)
            if node.dep == "amod" and node.head is not None and node.head.index < node.index:
                # "the model, available on Azure, is not open": told beside what the verb says
                break
        if node.dep == "relcl" and not _to_infinitive(node):
            break
        if node.dep == "acl" and node.tag in ("VBN", "VBG", "VBD") and not _reported(node):
            break
        if (
            below is not None
            and node.lemma in words("modality", "commenting_verb")
            and below.dep in _CLAUSES
        ):
            break
        if node.dep == "advcl" and node is not trigger and node.tag != "VB":
            break
        if node.dep == "advcl" and node.child("mark") is not None:
            break
        if node.dep == "conj" and node.child("nsubj", "nsubjpass") is not None:
            break
        if node.dep in ("poss", "compound", "nmod", "appos") and node.name is not None:
            break
        if node.dep == "appos" and node.head is not None and node.head.name is not None:
            # "Y, a supplier of X, will expand": what Y will do says nothing of it
            break
        if node.tag.startswith("NN") and node.head is not None and not _carries(node, node.head):
            return ended, node is trigger and node.lemma in words(
                "modality", "held_noun"
            ) and _is_given(node)
        if node.head is not None and node.dep == "ccomp" and _apart(node, node.head):
            break
        below, node = node, node.head
        steps += 1
    return ended, False


def _reported(verb: Node) -> bool:
    """``a report that it is buying``: the clause is what the report says."""
    return verb.child("nsubj", "nsubjpass") is not None and verb.child("mark") is not None


def _apart(node: Node, head: Node) -> bool:
    """Whether a semicolon parts the two, so that neither governs the other."""
    low, high = sorted((node.index, head.index))
    return any(c.word == ";" and low < c.index < high for c in (*node.children, *head.children))


def _carries(noun: Node, head: Node) -> bool:
    """Whether the word above a noun tells whether the thing is, rather than taking it as given."""
    owned = noun.lemma in words("modality", "held_noun") and _is_given(noun)
    if owned and noun.dep == "pobj" and head.word in _AFTER:
        return False
    if owned and noun.dep == "pobj" and head.head is not None and head.head.tag.startswith("NN"):
        told = words("modality", "planned_noun") | words("modality", "rumoured_noun")
        return head.head.lemma in told
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
    if owned and noun.dep in ("nsubj", "nsubjpass"):
        lemma = phrasal(head)
        keys = ("planned_verb", "denied_verb", "terminated_verb")
        equated = head.lemma == "be" and any(n.tag.startswith("NN") for n in head.all("attr"))
        if equated:
            # "its investment in Y is a merger": there is one, whatever it is
            return False
        return head.lemma in ("be", "happen") or any(lemma in words("modality", k) for k in keys)
    if owned and noun.dep == "dobj":
        given = words("modality", "reviewing_verb") | words("modality", "discussing_verb")
        if head.lemma in given:
            return False
    judged = noun.lemma in words("nouns", "case") or noun.lemma in _RULINGS
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
            or head.lemma in ("be", "become", "fund", "finance", "need", "welcome", "mark")
        )
    return True


def _mentions(preposition: Node) -> bool:
    """Whether a preposition takes its noun as given: ``after a probe``, ``because of objections``."""
    if preposition.word == "of":
        return preposition.head is not None and preposition.head.word == "because"
    return preposition.word in _GIVEN


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


def _is_given(noun: Node) -> bool:
    """``Microsoft's investment``, ``the partnership between``: told as something that there is."""
    return noun.child("poss") is not None or any(c.word == "the" for c in noun.all("det"))


def _verb(verb: Node, below: Node | None, found: dict[Modality, str], trigger: Node) -> bool:
    ended = False
    direct = below is None or below.dep in (
        "xcomp",
        "ccomp",
        "dobj",
        "prep",
        "pobj",
        "nsubjpass",
        "nsubj",
        "attr",
        "oprd",
        "acomp",
        "dep",
        "conj",
        "advmod",
        "pcomp",
        "agent",
    )
    for child in verb.children:
        if child.dep == "neg" or (
            child.dep in ("advmod", "preconj") and child.word in words("modality", "denied_adverb")
        ):
            if direct and verb.lemma in _CLOSING:
                found.setdefault(Modality.PLANNED, f"“{child.text} {verb.text}”")
            elif direct and not _only(child):
                found.setdefault(Modality.DENIED, f"negated by “{child.text}”")
        elif child.dep == "aux":
            if child.word in ("will", "'ll", "wo", "shall") or (
                child.word == "would" and _told_before(verb)
            ):
                if verb.lemma not in words("modality", "keeping_verb"):
                    found.setdefault(Modality.PLANNED, f"“{child.text} {verb.text}”")
            elif child.word == "would" and _looking_back(verb):
                continue
            elif child.word in words("modality", "conditional_auxiliary"):
                found.setdefault(Modality.CONDITIONAL, f"“{child.text} {verb.text}”")
            elif (
                child.word == "to"
                and verb.tag == "VB"
                and (verb.dep in ("ROOT", "dep") or _is_to(verb))
            ):
                found.setdefault(Modality.PLANNED, f"“to {verb.text}”")
        elif child.dep in ("advmod", "npadvmod", "amod"):
            if child.lemma in words("modality", "rumoured_adverb"):
                found.setdefault(Modality.RUMOURED, f"“{child.text}”")
            elif child.lemma in words("modality", "conditional_adverb"):
                found.setdefault(Modality.CONDITIONAL, f"“{child.text}”")
        elif child.dep == "mark" and child.word in words("modality", "conditional_mark"):
            found.setdefault(Modality.CONDITIONAL, f"“{child.text}”")
    conj_to = (
        verb.dep == "conj"
        and verb.head is not None
        and verb.tag == "VB"
        and verb.child("aux") is None
    )
    if conj_to and verb.head is not None:
        for child in verb.head.all("aux"):
            if child.word in ("will", "'ll"):
                found.setdefault(Modality.PLANNED, f"“{child.text} … {verb.text}”")
            elif child.word in words("modality", "conditional_auxiliary"):
                found.setdefault(Modality.CONDITIONAL, f"“{child.text} … {verb.text}”")
    if (
        verb.lemma in ("come", "arrive") and verb.tag == "VBG" and verb.child("nsubj") is not None
    ) or (verb.lemma == "come" and any(c.word == "soon" for c in verb.children)):
        found.setdefault(Modality.PLANNED, f"“{verb.text}”")
    if below is None:
        return ended
    if verb.lemma in _CLOSING and below.dep == "dobj" and verb.tag != "VB":
        found.pop(Modality.PLANNED, None)
    awaited = verb.lemma in ("await", "need", "require", "face") and below.dep == "nsubj"
    if awaited and any(
        n.lemma in ("approval", "clearance", "review", "vote") for n in verb.all("dobj")
    ):
        found.setdefault(Modality.PLANNED, f"“{verb.text} approval”")
    if verb.lemma in ("be", "remain") and below.dep in ("advcl", "xcomp") and below.tag == "VB":
        # "is in advanced discussions to pay"
        inside = [n for p in verb.all("prep") if p.word == "in" for n in p.all("pobj")]
        if any(n.lemma in words("modality", "rumoured_noun") for n in inside):
            found.setdefault(Modality.RUMOURED, f"“{inside[0].text}”")
    if verb.lemma == "have" and below.tag == "VB" and any(c.word == "yet" for c in verb.children):
        found.setdefault(Modality.PLANNED, f"“{verb.text} yet to”")
    if verb.lemma == "be" and any(c.word in ("off", "dead") for c in verb.children):
        found.setdefault(Modality.DENIED, f"“{verb.text} off”")
        return True
    if verb.lemma == "have" and below.dep == "nsubj" and _no_way(verb):
        found.setdefault(Modality.DENIED, "“no path”")
        return True
    lemma = phrasal(verb)
    infinitive = (
        below.tag == "VB" or any(c.word == "to" for c in below.all("aux"))
    ) and below.dep in ("xcomp", "ccomp", "advcl", "acl")
    passive = verb.child("auxpass", "nsubjpass") is not None
    if (
        lemma in words("modality", "terminated_verb")
        and (
            below.dep not in ("nsubj", "advcl", "relcl", "conj")
            or lemma in ("collapse", "fall-through", "fall-apart", "break-down", "end")
        )
        and (lemma != "end" or below.dep in ("dobj", "nsubjpass", "nsubj"))
    ):
        found.setdefault(Modality.DENIED, f"“{verb.text}”")
        return True
    if lemma in words("modality", "denied_verb") and below.dep in (
        "dobj",
        "xcomp",
        "prep",
        "pcomp",
        "nsubjpass",
        "ccomp",
        "pobj",
    ):
        found.setdefault(Modality.DENIED, f"“{verb.text}”")
        return ended
    if (
        ((lemma + "-passive") in words("modality", "rumoured_verb") and passive and infinitive)
        or (
            lemma in words("modality", "rumoured_verb")
            and below.dep
            in (
                "dobj",
                "xcomp",
                "pcomp",
                "prep",
                "pobj",
                "nsubjpass",
                "ccomp",
            )
        )
        or (lemma == "look" and below.dep in ("prep", "pcomp") and _governs_gerund(trigger))
    ):
        found.setdefault(Modality.RUMOURED, f"“{verb.text}”")
    elif lemma in words("modality", "planned_verb") and (
        infinitive
        or (
            lemma in ("plan", "propose", "offer", "intend", "seek", "pursue")
            and below.dep == "dobj"
            and below.lemma != "access"
        )
    ):
        found.setdefault(Modality.PLANNED, f"“{verb.text}”")
    return ended


def _is_to(verb: Node) -> bool:
    """``X is to buy Y``."""
    above = verb.head
    return (
        verb.dep == "xcomp"
        and above is not None
        and above.lemma == "be"
        and verb.all("aux")[0].index - above.index <= 2
    )


def _no_way(verb: Node) -> bool:
    """``had no path to approval``, ``has no chance of closing``."""
    return any(
        o.lemma in ("path", "way", "chance", "prospect", "route")
        and any(c.word == "no" for c in o.children)
        for o in verb.all("dobj")
    )


def _told_before(verb: Node) -> bool:
    """``said it would invest``: the future as seen from the past, no condition."""
    if verb.dep not in ("ccomp", "conj") or any(
        c.word in words("modality", "conditional_mark") for c in verb.subtree() if c.dep == "mark"
    ):
        return False
    speech = _SPEECH | {"agree", "pledge", "promise", "decide"}
    above = verb.head
    while above is not None and above.dep == "conj" and above.lemma not in speech:
        above = above.head
    return above is not None and above.lemma in speech and above.tag in ("VBD", "VBN")


def _looking_back(verb: Node) -> bool:
    """``Two years later it would buy``, ``would go on to invest``: what was to come, told afterwards."""
    if any(
        c.word in words("modality", "conditional_mark") for c in verb.subtree() if c.dep == "mark"
    ):
        return False
    if verb.lemma == "go" and any(c.word == "on" for c in verb.children):
        return True
    adverbs = [c for c in verb.all("advmod", "npadvmod") if c.index < verb.index + 3]
    if any(
        c.word in ("later", "eventually", "subsequently", "ultimately", "afterwards")
        for c in adverbs
    ):
        return True
    before = [n for c in verb.all("npadvmod", "prep", "advmod") for n in c.subtree()]
    return any(
        n.index < verb.index and (n.word in ("later", "following") or _YEAR.fullmatch(n.text))
        for n in before
    )


_YEAR = re.compile(r"19\d\d|20[01]\d")


def _governs_gerund(trigger: Node) -> bool:
    return trigger.tag == "VBG"


def _only(negation: Node) -> bool:
    """``not only ... but also``, ``not just adding``: they deny nothing."""
    return any(c.word in _MERELY for c in negation.children) or (
        negation.head is not None
        and any(c.word in _MERELY and c.index == negation.index + 1 for c in negation.head.children)
    )


_MERELY = frozenset({"only", "just", "merely", "simply"})


def _speaker(verb: Node, found: dict[Modality, str]) -> None:
    for child in verb.children:
        if child.dep == "advmod" and child.lemma in words("modality", "rumoured_adverb"):
            found.setdefault(Modality.RUMOURED, f"“{child.text}”")
    if verb.child("neg") is not None and verb.lemma not in ("disclose", "say", "reveal"):
        found.setdefault(Modality.DENIED, f"negated “{verb.text}”")


def _noun(noun: Node, below: Node | None, found: dict[Modality, str]) -> bool:
    ended = False
    for child in noun.children:
        if child.dep == "det" and child.word == "no":
            found.setdefault(Modality.DENIED, "“no”")
        if child.dep in ("amod", "advmod", "nmod"):
            lemma = child.word
            if lemma == "close":
                continue
            if lemma in words("modality", "denied_adjective"):
                found.setdefault(Modality.DENIED, f"“{child.text}”")
                ended = True
            elif lemma in words("modality", "planned_adjective"):
                found.setdefault(Modality.PLANNED, f"“{child.text}”")
            elif lemma in words("modality", "rumoured_adjective") or child.lemma in words(
                "modality", "rumoured_adverb"
            ):
                found.setdefault(Modality.RUMOURED, f"“{child.text}”")
    if below is not None:
        if noun.lemma in words("modality", "rumoured_noun"):
            found.setdefault(Modality.RUMOURED, f"“{noun.text}”")
        elif (
            noun.lemma in words("modality", "planned_noun")
            and (below.tag == "VB" or below.dep in ("prep", "pcomp"))
            and _to_infinitive(below)
        ):
            found.setdefault(Modality.PLANNED, f"“{noun.text}”")
    return ended


def _to_infinitive(node: Node) -> bool:
    return (node.tag == "VB" and any(c.word == "to" for c in node.all("aux"))) or (
        node.word in ("for", "of") and False
    )


def _adjective(adjective: Node, found: dict[Modality, str]) -> None:
    if adjective.lemma in words("modality", "planned_adjective"):
        found.setdefault(Modality.PLANNED, f"“{adjective.text}”")
    elif adjective.lemma in words("modality", "rumoured_adjective"):
        found.setdefault(Modality.RUMOURED, f"“{adjective.text}”")
    elif adjective.lemma in ("likely", "unable"):
        found.setdefault(Modality.CONDITIONAL, f"“{adjective.text}”")


def phrasal(verb: Node) -> str:
    """``call`` with its particle: ``call-off``."""
    for child in verb.children:
        if child.word in _PARTICLES and child.dep in ("prt", "advmod", "prep"):
            joined = f"{verb.lemma}-{child.word}"
            if joined in words("modality", "denied_verb") or joined in words(
                "modality", "terminated_verb"
            ):
                return joined
    return verb.lemma
