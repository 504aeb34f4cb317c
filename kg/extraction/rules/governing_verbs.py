"""How firmly a verb tells what stands below it, from its auxiliaries, adverbs and own meaning."""

from __future__ import annotations

import re

from kg.extraction.rules import arguments as args
from kg.extraction.rules.aims import aim, is_taken
from kg.extraction.rules.arguments import has_to
from kg.extraction.rules.given import is_left, is_to_come
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.phrasal import phrasal
from kg.model import Modality

NO_LONGER = "“no longer”"
"""The reason of what was so and is not any more."""


def no_longer(verb: Node) -> bool:
    """``no longer works with Y``, ``does not own it any more``; not ``is no longer its only supplier``."""
    past = any(
        (c.word == "longer" and any(d.word == "no" for d in c.children))
        or (
            verb.child("neg") is not None
            and (
                c.word == "anymore"
                or (c.word in ("longer", "more") and any(d.word == "any" for d in c.children))
            )
        )
        for c in verb.all("advmod")
    )
    return past and not any(n.word in _ALONE for n in verb.subtree())


_NEAR = frozenset({"near", "close", "nearing"})
_ALONE = frozenset({"exclusive", "exclusively", "sole", "solely", "only", "alone", "just", "main"})


def weigh_verb(verb: Node, below: Node | None, found: dict[Modality, str], trigger: Node) -> bool:
    """Note in ``found`` what the verb tells of the thing, and why; whether it says that the thing ended."""
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
    past = direct and no_longer(verb)
    for child in verb.children:
        if child.dep == "neg" or (
            child.dep in ("advmod", "preconj") and child.word in words("modality", "denied_adverb")
        ):
            if direct and _to_come_yet(verb):
                found.setdefault(Modality.PLANNED, f"“{child.text} yet {verb.text}”")
            elif direct and verb.lemma in words("modality", "closing_verb"):
                found.setdefault(Modality.PLANNED, f"“{child.text} {verb.text}”")
            elif direct and (settled := _settled(verb)):
                found.setdefault(Modality.PLANNED, f"“{child.text} {settled}”")
            elif direct and verb.lemma == "confirm":
                found.setdefault(Modality.RUMOURED, f"“{child.text} {verb.text}”")
            elif direct and phrasal(verb) in _EXCLUDING:
                found.setdefault(Modality.CONDITIONAL, f"“{child.text} {verb.text}”")
            elif direct and not past and not _only(child) and not _of_a_deal_that_is(verb, below):
                found.setdefault(Modality.DENIED, f"negated by “{child.text}”")
        elif child.dep == "aux":
            if child.word in ("will", "'ll", "wo", "shall") or (
                child.word == "would" and told_before(verb)
            ):
                if verb.lemma not in words("modality", "keeping_verb"):
                    found.setdefault(Modality.PLANNED, f"“{child.text} {verb.text}”")
            elif child.word == "would" and _looking_back(verb):
                continue
            elif child.word == "could" and any(c.word == "now" for c in verb.children):
                continue  # "customers could now choose": they can
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
            elif direct and child.word in words("modality", "failing_adverb"):
                found.setdefault(Modality.DENIED, f"“{child.text}”")
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
    if verb.lemma in ("finalise", "finalize") and verb.tag == "VBG" and verb.all("aux"):
        found.setdefault(Modality.PLANNED, f"“{verb.text}”")
    if (
        verb.lemma in ("come", "arrive") and verb.tag == "VBG" and verb.child("nsubj") is not None
    ) or (verb.lemma == "come" and any(c.word == "soon" for c in verb.children)):
        found.setdefault(Modality.PLANNED, f"“{verb.text}”")
    if past:
        found.setdefault(Modality.DENIED, NO_LONGER)
        ended = True
    if below is None:
        return ended
    if _asked_of_another(verb, below):
        found.setdefault(Modality.CONDITIONAL, f"“{verb.text} … to {below.text}”")
    closed = verb.lemma in words("modality", "closing_verb") and verb.tag != "VB"
    if closed and below.dep == "dobj" and verb.child("neg") is None:
        found.pop(Modality.PLANNED, None)
    if verb.lemma in ("come", "get") and below.word == "close":
        # "came close to buying"
        past = verb.tag in ("VBD", "VBN")
        found.setdefault(Modality.DENIED if past else Modality.RUMOURED, f"“{verb.text} close to”")
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
    if verb.lemma == "be" and below.tag == "VB" and below.dep in ("advcl", "xcomp", "acl"):
        near = [n for p in verb.all("prep") if p.word in _NEAR for n in p.all("pobj")]
        if any(n.lemma in ("deal", "agreement", "decision", "pact") for n in near):
            found.setdefault(Modality.RUMOURED, f"“near” {near[0].text}")
    if verb.lemma == "have" and below.tag == "VB" and any(c.word == "yet" for c in verb.children):
        found.setdefault(Modality.PLANNED, f"“{verb.text} yet to”")
    if verb.lemma == "be" and any(c.word in ("off", "dead") for c in verb.children):
        found.setdefault(Modality.DENIED, f"“{verb.text} off”")
        return True
    if verb.lemma == "go" and verb.tag == "VBG" and below.dep == "xcomp" and below.tag == "VB":
        found.setdefault(Modality.PLANNED, f"“{verb.text} to {below.text}”")
    if any(
        p.word == "in" and any(n.word == "vain" for n in p.all("pobj")) for p in verb.all("prep")
    ):
        found.setdefault(Modality.DENIED, "“in vain”")
    if verb.lemma == "have" and below.dep == "nsubj" and _no_way(verb):
        found.setdefault(Modality.DENIED, "“no path”")
        return True
    lemma = phrasal(verb)
    infinitive = (below.tag == "VB" or has_to(below)) and below.dep in (
        "xcomp",
        "ccomp",
        "advcl",
        "acl",
    )
    passive = verb.child("auxpass", "nsubjpass") is not None
    if infinitive and below.dep == "advcl" and _agreed_to(verb, below):
        found.setdefault(Modality.PLANNED, f"“{verb.text} … to {below.text}”")
    if lemma in words("modality", "terminated_verb") and _undone(verb, below):
        found.setdefault(Modality.DENIED, f"“{verb.text}”")
        return True
    if (
        lemma in words("modality", "terminated_verb")
        and (below.dep not in ("nsubj", "advcl", "relcl", "conj") or lemma in _ENDING_OF_ITSELF)
        and (lemma != "end" or below.dep in ("dobj", "nsubjpass", "nsubj"))
    ):
        found.setdefault(Modality.DENIED, f"“{verb.text}”")
        return True
    if below.dep == "nsubj" and below.lemma in _TRIES and lemma in _FAILING:
        found.setdefault(Modality.DENIED, f"“{below.text} {verb.text}”")
        return True
    if is_to_come(verb, below):
        found.setdefault(Modality.PLANNED, f"“{verb.text} … {trigger.text}”")
    if is_left(verb, below):
        found.setdefault(Modality.DENIED, f"“{verb.text}”")
        return True
    apart = below.dep in ("advmod", "prt") and lemma.endswith(f"-{below.word}")
    kept_open = lemma in _EXCLUDING and verb.child("neg") is not None
    if (
        not kept_open
        and lemma in words("modality", "denied_verb")
        and below.dep
        in (
            *((below.dep,) if apart else ()),
            "dobj",
            "xcomp",
            "prep",
            "pcomp",
            "nsubjpass",
            "ccomp",
            "pobj",
        )
    ):
        found.setdefault(Modality.DENIED, f"“{verb.text}”")
        return ended
    if below.dep in ("ccomp", "acl") and lemma in words("modality", "emerging_verb"):
        told = verb.child("nsubj")
        if told is not None and told.lemma in words("modality", "rumoured_noun"):
            found.setdefault(Modality.RUMOURED, f"“{told.text} {verb.text}”")
    if (
        ((lemma + "-passive") in words("modality", "rumoured_verb") and passive and infinitive)
        or (
            lemma in words("modality", "rumoured_verb")
            and not _judged(verb, trigger)
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
        or (lemma in ("negotiate", "haggle", "bargain") and infinitive)
    ):
        found.setdefault(Modality.RUMOURED, f"“{verb.text}”")
    elif lemma in words("modality", "planned_verb") and (
        infinitive
        or (
            lemma in ("plan", "propose", "offer", "intend", "seek", "pursue", "want")
            and below.dep == "dobj"
            and below.lemma != "access"
            and trigger.lemma not in _HANDED_OUT
        )
    ):
        found.setdefault(Modality.PLANNED, f"“{verb.text}”")
    return ended


def _asked_of_another(verb: Node, below: Node) -> bool:
    """``asked X to look into Y``: what X is to do, and has not said that it would."""
    if verb.lemma not in words("modality", "asking_verb") or below.tag != "VB":
        return False
    doer = verb.head if verb.dep == "acl" else verb.child("nsubj")
    if doer is not None and doer.lemma in words("modality", "planned_noun"):
        # "the deal calls for X to buy Y"
        return False
    if below.dep not in ("xcomp", "ccomp", "advcl") or not has_to(below):
        return False
    asked = [*below.all("nsubj"), *verb.all("dobj", "nsubjpass")]
    asked += [n for p in verb.all("prep") if p.word in ("on", "upon") for n in p.all("pobj")]
    asked += [c for n in asked for c in n.all("compound", "poss") if n.name is None]
    return any(n.name is not None or n.dep == "nsubjpass" for n in asked)


def _of_a_deal_that_is(verb: Node, below: Node | None) -> bool:
    """``the purchase does not raise concerns``: there is one; ``the purchase did not happen`` denies it."""
    deal = below is not None and below.dep == "nsubj" and below.tag.startswith("NN")
    return deal and verb.lemma in words("modality", "judged_verb")


_EXCLUDING = frozenset({"exclude", "rule-out", "preclude"})
"""Who does not do this to a deal leaves it open."""
_TRIES = frozenset(
    {"attempt", "effort", "bid", "offer", "try", "talk", "negotiation", "deal", "plan"}
)
_FAILING = frozenset(
    {"fail", "collapse", "founder", "fizzle", "fall-through", "fall-apart", "break-down"}
)


def _settled(verb: Node) -> str:
    """``final`` of ``the deal is (not) final``: what it is not yet, though it is wanted."""
    if verb.lemma != "be":
        return ""
    told = (c.word for c in verb.all("acomp", "attr", "oprd", "advmod"))
    return next((w for w in told if w in words("modality", "settled_adjective")), "")


def _undone(verb: Node, below: Node) -> bool:
    """``backed out of a deal to buy Y``, where the parse hangs what was to be done on the verb."""
    if below.dep != "advcl" or below.tag != "VB":
        return False
    before = (n for n in verb.subtree() if verb.index < n.index < below.index)
    return any(n.lemma in words("modality", "to_do_noun") for n in before)


def _agreed_to(verb: Node, below: Node) -> bool:
    """``signed a letter of intent with Z to buy Y``, where the parse hangs what is to be done on the verb."""
    if verb.lemma not in ("sign", "enter", "reach", "strike", "execute", "exchange", "ink"):
        return False
    before = (n for n in verb.subtree() if verb.index < n.index < below.index)
    return any(n.lemma in words("modality", "planned_noun") for n in before)


def _is_to(verb: Node) -> bool:
    """``X is to buy Y``; not ``X's first step was to buy Y``."""
    above = verb.head
    if (told := aim(verb)) is not None and is_taken(told):
        return False
    return (
        verb.dep == "xcomp"
        and above is not None
        and above.lemma == "be"
        and verb.all("aux")[0].index - above.index <= 2
    )


def _to_come_yet(verb: Node) -> bool:
    """``has not yet signed a deal with Y``: it is to come."""
    perfect = any(c.lemma == "have" for c in verb.all("aux"))
    yet = any(c.word == "yet" for c in verb.all("advmod"))
    return perfect and yet and verb.lemma in _SIGNING


_SIGNING = frozenset(
    {
        "sign",
        "complete",
        "close",
        "conclude",
        "finalise",
        "finalize",
        "ink",
        "reach",
        "strike",
        "agree",
    }
)


def _no_way(verb: Node) -> bool:
    """``had no path to approval``, ``has no chance of closing``."""
    return any(
        o.lemma in ("path", "way", "chance", "prospect", "route")
        and any(c.word == "no" for c in o.children)
        for o in verb.all("dobj")
    )


def told_before(verb: Node) -> bool:
    """``said it would invest``: the future as seen from the past, no condition."""
    if verb.dep == "acl" and verb.head is not None:
        # "rumours that X would buy Y"
        return verb.head.lemma in words("modality", "rumoured_noun")
    if verb.dep not in ("ccomp", "conj") or any(
        c.word in words("modality", "conditional_mark") for c in verb.subtree() if c.dep == "mark"
    ):
        return False
    speech = words("modality", "speech_verb") | {"agree", "pledge", "promise", "decide"}
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


_HANDED_OUT = frozenset({"subscription", "membership", "year", "month", "trial"})
"""What a company that offers it gives already: ``offers its users a year of Z``."""
_MERELY = frozenset({"only", "just", "merely", "simply"})


def weigh_speaker(verb: Node, found: dict[Modality, str]) -> None:
    """Note in ``found`` how firmly a speaker speaks: ``reportedly said``, ``has not confirmed``."""
    for child in verb.children:
        if child.dep == "advmod" and child.lemma in words("modality", "rumoured_adverb"):
            found.setdefault(Modality.RUMOURED, f"“{child.text}”")
    report = verb.child("nsubj")
    if report is not None and report.lemma == "report" and report.all("compound", "amod"):
        # "a press report said"
        found.setdefault(Modality.RUMOURED, f"“{report.text}”")
    if verb.child("neg") is not None and verb.lemma not in ("disclose", "say", "reveal"):
        found.setdefault(Modality.DENIED, f"negated “{verb.text}”")


_ENDING_OF_ITSELF = frozenset(
    {"collapse", "fall-through", "fall-apart", "break-down", "end", "die", "lapse", "dissolve"}
    | {"fizzle", "wind-down"}
)
"""Verbs whose subject ends: ``the pact died``."""


def _judged(verb: Node, trigger: Node) -> bool:
    """``the CMA is weighing X's tie-up with Y``: which is no less there for that."""
    doers = args.subjects(verb)
    known = any(n.name is not None and n.name.is_authority for n in doers)
    return known and trigger.lemma in words("nouns", "deal")
