"""Needs of a frame that the verb or noun and what hangs on it meet: a form, an object, words beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kg.extraction.rules import arguments as args
from kg.extraction.rules.asked import BACKERS
from kg.extraction.rules.case_needs import told_case
from kg.extraction.rules.clauses import near
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.deals import of_another, talked_about
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.mergers import what_is_bought
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.partners import makers
from kg.extraction.rules.support_verbs import support
from kg.model import EntityKind

_INVESTORS = frozenset({EntityKind.INVESTOR, EntityKind.SOVEREIGN_FUND})
_IN_PART = frozenset({"majority", "minority", "part", "partly", "partially", "jointly", "percent"})
_ASKING = frozenset({"ask", "query", "quiz", "question"})
_QUESTIONS = frozenset({"how", "why", "what", "whether"})


def _information(verb: Node) -> bool:
    asks = verb.lemma in _ASKING and any(p.word == "about" for p in verb.all("prep"))
    told = (n.lemma in words("nouns", "information") for n in near(verb))
    return asks or _asks_how(verb) or any(told)


def _asks_how(verb: Node) -> bool:
    """``asked X how it keeps data``, ``X was asked why``."""
    below = verb.all("ccomp", "advcl") if verb.lemma in _ASKING - {"query"} else []
    return any(n.word in _QUESTIONS for c in below for n in c.children)


def _whether(verb: Node) -> bool:
    """``to determine whether X broke the law``."""
    marks = (m for c in verb.all("ccomp") for m in c.all("mark"))
    return any(m.word in ("whether", "if") for m in marks)


def _told_case(verb: Node) -> bool:
    """``notified X of the inquiry``, ``told X that it was opening a probe``."""
    told = [*args.of_preposition(verb, "of", "about"), *verb.all("ccomp")]
    near_told = [m for n in told for m in (n, *(o for o in n.all("dobj")))]
    return any(n.lemma in words("nouns", "case_told_to") for n in near_told)


def _partners_found(noun: Node) -> bool:
    """``bagged two partners in X and Y``; not ``has customers in X``."""
    verb = support(noun)
    return verb is not None and verb.lemma in _FINDING and noun.dep == "dobj"


_FINDING = frozenset({"bag", "win", "land", "gain", "sign", "secure", "pick", "score", "net"})


def _made_one(noun: Node) -> bool:
    """``to make X's models a part of its platform``."""
    verb = noun.head
    return noun.dep == "ccomp" and verb is not None and verb.lemma == "make"


def _ongoing(verb: Node) -> bool:
    return any(told_case(n) is not None for n in args.surface_subjects(verb))


def _invested(noun: Node) -> bool:
    """``its portfolio``, ``its roster of start-ups``; not ``its roster of artists``, ``its portfolio of models``."""
    before = {c.lemma for c in noun.all("compound", "nmod", "amod")}
    of_what = [n for n in args.of_preposition(noun, "of") if n.name is None]
    if any(n.lemma in words("nouns", "offered") | words("nouns", "model") for n in of_what):
        return False
    return noun.lemma != "roster" or bool(before & {"portfolio", "investment", "investee"})


def _owned_by_investors(verb: Node) -> bool:
    """``majority-owned by X``, ``owned by the fund X``: what a parent has of its subsidiary is no investment."""
    if not args.is_passive(verb):
        return False
    if any(n.word in _IN_PART | {"%"} for c in verb.children for n in (c, *c.children)):
        return True
    owners = [m for n in args.subjects(verb) for m in (n, *n.all("appos"))]
    return any(n.name is not None and n.name.kind in _INVESTORS for n in owners)


def _to_court(noun: Node) -> bool:
    return any(n.lemma in ("court", "trial") for n in args.of_preposition(noun, "to"))


def _supported_by(verbs: str, noun: Node, *, or_head: bool = False) -> bool:
    """Whether the verb that the noun belongs to is one of the lexicon's ``verbs``."""
    verb = support(noun) or (noun.head if or_head else None)
    return verb is not None and verb.lemma in words("nouns", verbs)


def _own(verb: Node) -> bool:
    """``develop Z with Y``, where Y is the company itself and not what it makes."""
    made = args.objects(verb)
    beside = [n for place in (verb, *made) for n in args.of_preposition(place, "with")]
    named = any(n.name is not None for n in beside)
    return bool(made) and named and not args.is_passive(verb)


def _infinitive(verb: Node) -> bool:
    return any(c.tag == "VB" for c in verb.all("xcomp", "ccomp", "advcl"))


def _holding(noun: Node) -> bool:
    if noun.lemma in ("stake", "shareholding", "ownership", "slice", "sliver", "chunk", "punt"):
        return True
    if noun.lemma in ("share", "stock", "allocation"):
        # "its Acme shares", "its shares in Acme": those that it holds in Acme
        whose = [*noun.all("compound", "nmod"), *args.of_preposition(noun, "in")]
        return bool(noun.all("poss")) and any(c.name for c in whose)
    if noun.lemma in ("holding", "holdings"):
        return True
    lemmas = {c.lemma for c in noun.subtree() if c.index < noun.index + 1}
    return bool(lemmas & {"%", "percent", "stake", "minority", "majority", "equity"})


def _joined(noun: Node) -> bool:
    """``a merger agreement``; not ``a share purchase agreement``."""
    return any(
        c.lemma in words("nouns", "purchase") and not what_is_bought(c, noun)
        for c in noun.all("compound", "nmod")
    )


def _as_provider(verb: Node) -> bool:
    beside = [*verb.all("prep"), *(p for o in args.objects(verb) for p in o.all("prep"))]
    told = (n for p in beside if p.word == "as" for n in p.all("pobj"))
    return any(n.lemma in words("nouns", "provider") for n in told)


def _making(verb: Node) -> bool:
    """``engaged Y to make its chips``, ``helps X build``."""
    engaging = verb.lemma in words("nouns", "engaging_verb")
    making = words("nouns", "making" if engaging else "manufacture")
    helped = [h for h in verb.all("xcomp", "advcl") if h.lemma == "help"]
    below = [
        *verb.all("ccomp", "xcomp", "advcl"),
        *(x for h in helped for x in h.children),
        *(x for o in args.objects(verb) for x in o.all("acl", "relcl")),
        *(x for p in verb.all("prep") for o in p.all("pobj") for x in o.all("acl")),
    ]
    return any(c.lemma in making and c.tag == "VB" for c in below)


def _takes_them(verb: Node) -> bool:
    """``rents chips to X`` lets them, and buys none."""
    lets = verb.lemma in ("rent", "lease")
    return not (lets and any(p.word == "to" for p in verb.all("prep", "dative")))


def _wares(verb: Node) -> bool:
    """``relies on Y for its chips``, ``outsources production to Y``."""
    bought = [*args.of_preposition(verb, "for"), *args.objects(verb)]
    wares = words("nouns", "supply") | words("nouns", "making_of")
    return any(n.lemma in wares for n in bought)


def _access(verb: Node) -> bool:
    return any(o.lemma in ("access", "use") for o in verb.all("dobj"))


def _private(verb: Node) -> bool:
    off = [n for n in args.of_preposition(verb, "off") if n.lemma in ("market", "exchange")]
    places = (verb, *verb.children)
    return bool(off) or any(n.word == "private" for o in places for n in o.children)


def _alone(verb: Node) -> bool:
    return not args.objects(verb) and not args.is_passive(verb)


def _customer(verb: Node) -> bool:
    """``counts Y among its customers``, ``adds Y to its list of suppliers``."""
    places = [verb, *args.objects(verb)]
    told = [n for place in places for n in args.of_preposition(place, "as", "among")]
    lists = [n for place in places for n in args.of_preposition(place, "to", "on")]
    told += [
        m
        for n in lists
        for m in (n, *args.of_preposition(n, "of"))
        if n.lemma in words("nouns", "group") and n.child("poss") is not None
    ]
    return any(n.lemma in words("nouns", "counted_as") for n in told)


def _jointly(verb: Node) -> bool:
    together = any(c.word in ("jointly", "together") for c in verb.all("advmod"))
    return together or verb.lemma.startswith("co")


def _joint(noun: Node) -> bool:
    """``a joint venture``; ``the venture, in which A and B each hold half``."""
    shared = noun.lemma == "venture" and (
        bool(makers(noun)) or any(args.of_preposition(noun, "between"))
    )
    return shared or any(c.word == "joint" for c in noun.children)


def _backing(verb: Node) -> bool:
    return any(n.word in ("backing", "funding") for o in args.objects(verb) for n in conjuncts(o))


def _part(verb: Node) -> bool:
    return any(o.lemma == "part" for o in args.objects(verb))


def _partnership(parsed: Parsed, verb: Node) -> bool:
    """``in talks about a partnership``, and no takeover."""
    told = (n for n in verb.subtree() if n.lemma in words("nouns", "partnership"))
    bought = any(n.lemma in ("acquisition", "acquire", "buy") for n in parsed.nodes)
    return any(talked_about(n, verb) for n in told) and not bought


def _backers(verb: Node) -> bool:
    told = (n for n in verb.subtree() if n.lemma in BACKERS)
    return any(n.lemma != "owner" or n.tag == "NNS" for n in told)


def _supply(verb: Node) -> bool:
    goods = [m for o in args.objects(verb) for n in conjuncts(o) for m in _goods(n)]
    goods += [
        m for p in verb.all("prep") if p.word == "with" for o in p.all("pobj") for m in _goods(o)
    ]
    supplied = words("nouns", "supply")
    told = any(n.lemma in supplied or n.word in supplied for n in goods)
    return told and not any(o.lemma in words("nouns", "unit") for o in args.objects(verb))


def _goods(noun: Node) -> list[Node]:
    """What a noun is of: itself, what is joined before it, and of what it is a quantity."""
    found = [noun, *noun.all("compound", "nmod", "amod")]
    for inner in [*args.of_preposition(noun, "of", "in"), *noun.all("appos")]:
        found += [n for each in conjuncts(inner) for n in (each, *each.all("compound"))]
    return found


def _contract(verb: Node) -> bool:
    objects = [*args.objects(verb), *verb.all("dobj")]
    return any(
        n.lemma in ("contract", "deal", "agreement", "order")
        or (n.lemma == "award" and _given_by_a_state(verb, n))
        for o in objects
        for n in conjuncts(o)
    )


def _given_by_a_state(verb: Node, award: Node) -> bool:
    """``won a $45 million award from DARPA``: a contract, where others give prizes."""
    givers = [n for w in (verb, award) for n in args.of_preposition(w, "from")]
    states = (EntityKind.GOVERNMENT, EntityKind.AUTHORITY)
    priced = any(n.money is not None for n in award.subtree())
    return priced and any(n.name is not None and n.name.kind in states for n in givers)


def _projects(verb: Node) -> list[Node]:
    built = [*near(verb), *args.objects(verb)]
    return [n for n in built if n.lemma in words("nouns", "project")]


def _shared_project(verb: Node) -> bool:
    """``A and B are building a data centre``; ``plan data centres``, each its own, only if jointly."""
    shared = any(n.word in ("jointly", "together") for n in near(verb))
    return any(shared or n.tag != "NNS" for n in _projects(verb))


def _acquisition(verb: Node) -> bool:
    buying = words("nouns", "purchase") - {"sale"}
    told = (n for n in near(verb) if n.lemma in buying)
    return any(talked_about(n, verb) and not of_another(n) for n in told)


def _merger(parsed: Parsed, trigger: Node) -> bool:
    return any(n.lemma in words("nouns", "merger") for n in parsed.nodes[trigger.index :])


def _near_is(lemmas: frozenset[str], trigger: Node) -> bool:
    return any(n.lemma in lemmas for n in near(trigger))


def _sentence_has(key: str, parsed: Parsed, trigger: Node) -> bool:
    """Whether a word of the lexicon's ``key`` stands anywhere in the sentence."""
    return any(n.lemma in words("nouns", key) for n in parsed.nodes)


TRIGGER_NEEDS: dict[str, Callable[[Node], bool]] = {
    "fine": partial(_near_is, frozenset({"fine", "penalty", "sanction"})),
    "information": _information,
    "passive": args.is_passive,
    "whether": _whether,
    "ongoing": _ongoing,
    "made": _made_one,
    "partners-found": _partners_found,
    "tellers": lambda verb: bool(args.speakers(verb)),
    "told-case": _told_case,
    "invested": _invested,
    "owners": _owned_by_investors,
    "documents": partial(_near_is, words("nouns", "documents")),
    "objections": partial(_near_is, words("nouns", "objections")),
    "court": _to_court,
    "granted": partial(_supported_by, "approval_verb"),
    "own": _own,
    "parting": partial(_supported_by, "parting_verb", or_head=True),
    "restored": partial(_supported_by, "restoring_verb"),
    "withdrawn": partial(_supported_by, "withdrawing_verb"),
    "infinitive": _infinitive,
    "holding": _holding,
    "joined": _joined,
    "as-provider": _as_provider,
    "making": _making,
    "takes-them": _takes_them,
    "wares": _wares,
    "access": _access,
    "private": _private,
    "alone": _alone,
    "customer": _customer,
    "jointly": _jointly,
    "joint": _joint,
    "backing": _backing,
    "part": _part,
    "backers": _backers,
    "supply": _supply,
    "contract": _contract,
    "project": lambda verb: bool(_projects(verb)),
    "shared-project": _shared_project,
    "acquisition": _acquisition,
}
SENTENCE_NEEDS: dict[str, Callable[[Parsed, Node], bool]] = {
    "merger": _merger,
    "antitrust": partial(_sentence_has, "antitrust"),
    "violation": partial(_sentence_has, "violation"),
    "partnership": _partnership,
}
"""Needs that ask of the whole sentence."""
