"""What frames of scrutiny need beside the roles: a list to be put on, attention drawn, an inquiry to refer to."""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.rules import arguments as args
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.support_verbs import support


def _wish(verb: Node) -> bool:
    """``wants to know``, ``is seeking to understand``."""
    return any(c.lemma in words("nouns", "knowing_verb") for c in verb.all("xcomp", "advcl"))


def _inquiry(verb: Node) -> bool:
    """``referred the merger for an investigation``, ``to phase 2``."""
    cases = words("nouns", "case") | {"phase"}
    where = [verb, *args.objects(verb)]
    return any(n.lemma in cases for w in where for n in args.of_preposition(w, "for", "to"))


def _blacklist(verb: Node) -> bool:
    """``added X to its entity list``."""
    where = [verb, *args.objects(verb)]
    lists = [n for w in where for n in args.of_preposition(w, "to", "on")]
    barring = words("nouns", "barring")
    return any(
        n.lemma == "blacklist"
        or (n.lemma == "list" and any(c.lemma in barring for c in n.subtree()))
        for n in lists
    )


def _attention(verb: Node) -> bool:
    """``drew the attention of``."""
    return any(n.lemma in words("nouns", "attention") for n in args.objects(verb))


def _ceasing(verb: Node) -> bool:
    """``told X to stop selling``, not ``to stop by``."""
    below = [c for c in verb.all("xcomp", "ccomp") if c.lemma in words("nouns", "ceasing_verb")]
    return any(c.child("dobj", "xcomp") is not None for c in below)


def _passing(verb: Node) -> bool:
    """``decided that the deal does not qualify``, ``found that it raises no concerns``, ``may proceed``."""
    if any(c.lemma in _PROCEEDING and _is_let(c) for c in verb.all("ccomp")):
        return True
    return any(
        any(n.word in _NEGATIONS for n in clause.subtree())
        and any(n.lemma in words("nouns", "letting_pass") for n in clause.subtree())
        for clause in verb.all("ccomp")
    )


def _is_let(clause: Node) -> bool:
    """``X may proceed``, ``X can go ahead with its purchase``."""
    ahead = clause.lemma != "go" or any(c.word in ("ahead", "forward") for c in clause.children)
    modal = any(c.word in ("may", "can", "could") for c in clause.all("aux"))
    return modal and ahead and clause.child("neg") is None


_PROCEEDING = frozenset({"proceed", "go", "complete", "close"})


def is_powerless(verb: Node) -> bool:
    """``has no jurisdiction over X's deal``, ``lacked the power to review it``."""
    powers = [o for o in args.objects(verb) if o.lemma in POWERS]
    none = verb.lemma == "lack" or any(c.word == "no" for o in powers for c in o.children)
    return bool(powers) and none


POWERS = frozenset({"jurisdiction", "power", "authority", "remit", "ground"})


def _on_a_deal(verb: Node) -> bool:
    """``decides on X's deal with Y``."""
    told = args.of_preposition(verb, "on")
    return any(n.lemma in words("nouns", "deal") and _has_parties(n) for n in told)


def _of_parties(verb: Node) -> bool:
    """``is weighing X's tie-up with Y``: whose it is, is told."""
    told = (n for n in args.objects(verb) if n.lemma in words("nouns", "deal"))
    return any(_has_parties(n) for n in told)


def _has_parties(deal: Node) -> bool:
    return any(n.name is not None for n in deal.all("poss", "compound", "nmod"))


def _no_fault(verb: Node) -> bool:
    """``found no problem with X's deal``."""
    return any(
        n.lemma in _FAULTS and any(c.word == "no" for c in n.all("det", "amod"))
        for n in args.objects(verb)
    )


_FAULTS = frozenset({"problem", "issue", "fault", "concern", "objection", "harm", "wrongdoing"})


def is_blessing(verb: Node) -> bool:
    """``gave X's deal a clean bill of health``, ``gave X the green light``."""
    if verb.lemma not in ("give", "grant", "hand") or args.is_passive(verb):
        return False
    told = {(c.word, n.lemma) for n in args.objects(verb) for c in n.children}
    given = {n.lemma for n in args.objects(verb)}
    return bool(given & _BLESSINGS) or bool(told & {("clean", "bill"), ("green", "light")})


_BLESSINGS = words("nouns", "blessing")


def _let_trade(verb: Node) -> bool:
    """``will let X sell chips to China``: what an authority lets a company do."""
    below = verb.all("ccomp", "xcomp")
    return any(c.lemma in _TRADE for c in below)


_TRADE = frozenset({"sell", "export", "ship", "supply", "buy", "import", "resume", "merge"})


def _in_court(verb: Node) -> bool:
    return any(n.lemma in ("court", "trial") for n in args.of_preposition(verb, "in", "at"))


def _sights(verb: Node) -> bool:
    """``has X in its crosshairs``, ``put X under the microscope``."""
    where = [n for n in verb.children if n.word in ("in", "under", "within", "on")]
    where += [
        p for o in args.objects(verb) for p in o.all("prep") if p.word in ("in", "under", "on")
    ]
    return any(n.lemma in words("nouns", "sights") for p in where for n in p.all("pobj"))


def _heat(verb: Node) -> bool:
    """``took aim at X``, ``turned up the heat on X``, ``piles pressure on X``."""
    return any(o.lemma in _HEAT for o in args.objects(verb))


_HEAT = frozenset(
    {"aim", "heat", "pressure", "screw", "scrutiny", "squeeze", "sight", "sights", "gaze"}
    | {"attention", "focus", "fire"}
)


def _concedes(verb: Node) -> bool:
    """``offered concessions to the authority``, ``rejected X's remedies``."""
    return any(o.lemma in _CONCESSIONS for o in args.objects(verb))


_CONCESSIONS = frozenset({"concession", "remedy", "commitment", "undertaking"})


def _punishment(verb: Node) -> bool:
    """``threatened X with a fine``."""
    told = list(args.of_preposition(verb, "with"))
    return any(n.lemma in _PUNISHMENTS or n.word in _PUNISHMENTS for n in told)


_PUNISHMENTS = frozenset(
    {"fine", "penalty", "sanction", "lawsuit", "action", "suit", "ban", "breakup", "probe"}
    | {"break-up", "investigation", "inquiry", "prosecution", "fines", "sanctions", "penalties"}
)


def _to_come(decision: Node) -> bool:
    """``delayed its decision on the takeover``, ``its decision is expected``, ``will make its decision``."""
    verb = support(decision) or decision.head
    if verb is None or decision.dep not in ("dobj", "nsubj", "nsubjpass", "pobj"):
        return False
    if verb.lemma in _AWAITING:
        return True
    return verb.lemma in _DECIDING and any(c.word in ("will", "to") for c in verb.all("aux"))


_AWAITING = frozenset(
    {
        "delay",
        "postpone",
        "defer",
        "await",
        "expect",
        "extend",
        "reserve",
        "near",
        "prepare",
        "wait",
    }
)
_DECIDING = frozenset({"make", "issue", "announce", "publish", "give", "deliver", "reach", "take"})


def _no_approval(verb: Node) -> bool:
    """``received a subpoena``, where ``received approval`` is the end of a case."""
    return not any(
        o.lemma in words("modality", "awaited") - {"review", "scrutiny"} for o in args.objects(verb)
    )


def _others_asked(verb: Node) -> bool:
    """``asks rivals whether X ties its wares``."""
    asked = words("nouns", "company") | _ASKED
    return any(o.lemma in asked and o.name is None for o in args.objects(verb))


_ASKED = frozenset(
    {"rival", "competitor", "customer", "supplier", "user", "developer", "market", "publisher"}
)


def _reviewable(verb: Node) -> bool:
    """``calls in the takeover``, not ``calls in the police``."""
    if not any(c.word == "in" for c in verb.children):
        return False
    called = [*args.objects(verb), *args.of_preposition(verb, "in")]
    told = words("nouns", "deal") | words("nouns", "hiring") | words("nouns", "buying")
    return any(n.name is None and n.lemma in told for n in called)


def _has_object(key: str) -> Callable[[Node], bool]:
    """Whether the verb takes one of the nouns of a list."""

    def met(verb: Node) -> bool:
        return any(o.lemma in words("nouns", key) for o in args.objects(verb))

    return met


def _deadline(verb: Node) -> bool:
    """``gave X five days to answer``, ``until Friday``."""
    spans = [*args.objects(verb), *verb.all("npadvmod")]
    return any(o.lemma in words("nouns", "deadline") for o in spans)


def _explaining(verb: Node) -> bool:
    """``asked X to explain``."""
    below = verb.all("xcomp", "ccomp", "advcl")
    return any(c.lemma in words("nouns", "explaining_verb") and c.tag == "VB" for c in below)


def _leaving(verb: Node) -> bool:
    """``will not pursue the deal any further``."""
    return no_further(verb)


def no_further(verb: Node) -> bool:
    """Whether what the verb tells is told to go on no longer."""
    told = [n.word for c in verb.children for n in (c, *c.children)]
    return bool(_NEGATIONS & set(told)) and bool(_FURTHER & set(told))


_NEGATIONS = frozenset({"not", "n't", "no", "never", "neither"})
_FURTHER = frozenset({"further", "longer", "more", "anymore"})


def _gatekeeper(verb: Node) -> bool:
    """``designated X a gatekeeper``."""
    return any(n.lemma == "gatekeeper" for n in verb.subtree())


def _bidden(verb: Node) -> bool:
    """``told X that it may not``, ``that it must``."""
    helpers = [a for c in verb.all("ccomp") for a in c.all("aux")]
    barred = [c for c in verb.all("ccomp") if c.all("neg")]
    return any(a.word in ("must", "cannot", "can") for a in helpers) or bool(
        barred and any(a.word in ("may", "should") for a in helpers)
    )


def _urged(noun: Node) -> bool:
    """``under pressure from``, ``at the request of``, ``after pressure from``: said of what somebody does."""
    prep = noun.head
    return noun.dep == "pobj" and prep is not None and prep.word in ("under", "at", "after", "amid")


CASE_NEEDS: dict[str, Callable[[Node], bool]] = {
    "wish": _wish,
    "inquiry": _inquiry,
    "blacklist": _blacklist,
    "attention": _attention,
    "ceasing": _ceasing,
    "reviewable": _reviewable,
    "conditions": _has_object("condition"),
    "measure": _has_object("lifted"),
    "views": _has_object("views"),
    "matter": _has_object("matter"),
    "deadline": _deadline,
    "explaining": _explaining,
    "passing": _passing,
    "leaving": _leaving,
    "sights": _sights,
    "powerless": is_powerless,
    "on-a-deal": _on_a_deal,
    "of-parties": _of_parties,
    "no-fault": _no_fault,
    "blessing": is_blessing,
    "let-trade": _let_trade,
    "in-court": _in_court,
    "heat": _heat,
    "asked-others": _others_asked,
    "concessions": _concedes,
    "punishment": _punishment,
    "gatekeeper": _gatekeeper,
    "no-approval": _no_approval,
    "to-come": _to_come,
    "urged": _urged,
    "bidden": _bidden,
}
"""Need -> whether the trigger meets it."""

ASKED_OF_CASES: dict[str, frozenset[str]] = {
    "wish": words("nouns", "knowing_verb"),
    "inquiry": words("nouns", "case") | {"phase"},
    "reviewable": words("nouns", "deal") | words("nouns", "hiring"),
    "conditions": words("nouns", "condition"),
    "measure": words("nouns", "lifted"),
    "views": words("nouns", "views"),
    "matter": words("nouns", "matter"),
    "deadline": words("nouns", "deadline"),
    "explaining": words("nouns", "explaining_verb"),
    "blacklist": words("nouns", "blacklist"),
    "attention": words("nouns", "attention"),
    "passing": words("nouns", "letting_pass") | _PROCEEDING,
    "leaving": _FURTHER | {"far"},
    "sights": words("nouns", "sights"),
    "heat": _HEAT,
    "powerless": POWERS,
    "no-fault": _FAULTS,
    "blessing": _BLESSINGS | {"bill", "light"},
    "let-trade": _TRADE,
    "in-court": frozenset({"court", "trial"}),
    "asked-others": words("nouns", "company") | _ASKED,
    "concessions": _CONCESSIONS,
    "punishment": _PUNISHMENTS,
    "ceasing": words("nouns", "ceasing_verb"),
    "gatekeeper": frozenset({"gatekeeper"}),
    "urged": frozenset({"under", "at", "after", "amid"}),
    "bidden": frozenset({"must", "cannot", "can", "may", "should"}),
}
"""Need -> words of which a sentence must hold one, as ``conditions.ASKED``."""


def told_case(noun: Node) -> Node | None:
    """The case that a noun means, itself or as ``the inquiry's scope``; None for any other noun."""
    if noun.lemma in words("nouns", "told_case"):
        return noun
    if noun.lemma not in words("nouns", "extent"):
        return None
    inside = [*noun.all("poss", "compound"), *(n for p in noun.all("prep") for n in p.all("pobj"))]
    return next((n for n in inside if n.lemma in words("nouns", "told_case")), None)
