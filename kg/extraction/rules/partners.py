"""Who is named a partner, or taken into a body of several: ``named Y its partner``, ``admitted Y as a member``."""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.rules import arguments as args
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node


def admitted(noun: Node) -> list[Node]:
    """``has admitted X as its seventh member``: X."""
    prep = noun.head
    verb = prep.head if noun.dep == "pobj" and prep is not None and prep.word == "as" else None
    return args.objects(verb) if verb is not None and verb.tag.startswith("VB") else []


def found_in(noun: Node) -> list[Node]:
    """``has found a partner in Y``: Y."""
    verb = noun.head
    if noun.dep != "dobj" or verb is None or verb.lemma not in ("find", "gain", "have"):
        return []
    met = [n for p in (noun, verb) for n in args.of_preposition(p, "in")]
    return [
        n for n in met if n.name is not None and n.name.is_organisation and not n.name.is_authority
    ]


def named_as(noun: Node) -> list[Node]:
    """``named Y its partner``: Y."""
    verb = noun.head
    if noun.dep not in ("oprd", "attr", "dobj") or verb is None or verb.lemma not in _NAMING:
        return []
    near = [n for n in verb.all("dobj", "dative", "iobj", "nsubjpass") if n is not noun]
    return [n for n in near if n.name is not None]


def namer(noun: Node) -> list[Node]:
    """``named Y its partner``: who named it."""
    return args.subjects(noun.head) if noun.head is not None and named_as(noun) else []


_NAMING = frozenset({"name", "appoint", "call", "make", "crown", "declare", "pick", "choose"})


def made_of(noun: Node) -> list[Node]:
    """``the alliance of X with Y``: X."""
    return [n for p in noun.all("prep") if p.word == "of" for n in p.all("pobj") if n.name]


def makers(noun: Node) -> list[Node]:
    """``the memorandum that A and B initialled``, ``the licence the two signed``: who did."""
    made = words("nouns", "signing_verb") | words("verbs", "dealing") | _INITIALLING
    found = [n for c in noun.all("relcl") if c.lemma in made for n in c.all("nsubj")]
    if noun.lemma in ("venture", "joint-venture"):
        # "a venture formed by A and B"
        formed = [c for c in noun.all("acl", "relcl") if c.lemma in _FORMING and args.is_passive(c)]
        found += [n for c in formed for n in args.subjects(c)]
        found += _owners(noun)
    return found or acting_through(noun)


_FORMING = words("nouns", "forming_verb") | {"own", "found", "build", "control", "run"}


def _owners(venture: Node) -> list[Node]:
    """``A will own 60% of the venture and B the rest``, ``the venture will be owned by A and by B``: both."""
    above = venture.head
    if venture.dep == "nsubjpass" and above is not None and above.lemma in _OWNING:
        return args.subjects(above)
    share = above.head if above is not None and above.word in ("of", "in") else None
    verb = share.head if share is not None and share.dep == "dobj" else None
    if verb is None or verb.lemma not in _OWNING:
        return []
    # the parse joins the second owner to the venture
    return [*args.surface_subjects(verb), *(n for n in venture.all("conj") if n.name is not None)]


_OWNING = frozenset({"own", "hold", "have", "control"})


def acting_through(venture: Node) -> list[Node]:
    """``the venture through which A and B sell chips``: both."""
    clauses = [
        c
        for c in venture.all("relcl")
        if any(
            n.word == "which"
            for p in c.all("prep")
            if p.word in ("through", "by", "via", "with", "in")
            for n in p.all("pobj")
        )
    ]
    doers = [n for c in clauses for n in c.all("nsubj")]
    return [n for n in doers if any(m.dep == "conj" for m in n.children)]


def ones(noun: Node) -> list[Node]:
    """``programmes, among them one with Y``, ``licences, including one to Y``: the one."""
    return [
        n for n in noun.subtree() if n.word == "one" and n.dep in ("appos", "pobj", "attr", "conj")
    ]


def one_with(noun: Node) -> list[Node]:
    """``programmes, among them one with Y``: Y."""
    return [n for one in ones(noun) for n in args.of_preposition(one, "with", "to")]


def led_by(group: Node) -> list[Node]:
    """``a consortium led by X``: X."""
    led = [c for c in group.all("acl") if c.lemma in ("lead", "head", "spearhead")]
    return [n for c in led for n in args.subjects(c) if n.name is not None]


def members(group: Node) -> list[Node]:
    """``a consortium led by X that includes A and B``, ``with A and B``: A and B."""
    within = group.subtree()
    verb = group.head if group.dep in ("nsubj", "nsubjpass") else None
    holds = [n for n in within if n.lemma in _HOLDING and n.tag.startswith("VB")]
    holds += [verb] if verb is not None and verb.lemma in _HOLDING else []
    found = [n for h in holds for n in h.all("dobj", "pobj")]
    found += [n for p in within if p.word == "including" for n in p.all("pobj")]
    found += list(args.of_preposition(group, "with", "of"))
    return [n for n in found if n.name is not None]


_HOLDING = frozenset({"include", "comprise", "feature", "count", "involve"})


def partner_programmes(verb: Node) -> list[Node]:
    """``joins the X partner network``, ``X's partner programme``: X."""
    found = []
    for joined in verb.all("dobj"):
        if joined.name is not None:
            found += [joined] if "Partner" in joined.name.text.split() else []
        elif joined.lemma in _NETWORKS and any(c.lemma == "partner" for c in joined.children):
            found += [n for n in joined.all("compound", "nmod", "poss") if n.name is not None]
    return found


_NETWORKS = frozenset({"network", "programme", "program", "ecosystem", "scheme", "community"})


def granted(verb: Node) -> list[Node]:
    """``gives X access to chips``: X."""
    return [n for n in verb.all("dative", "iobj") if n.name is not None]


def teller(customer: Node) -> list[Node]:
    """``X said that Y is a customer``: X's, where nothing says whose."""
    verb = customer.head
    if customer.dep != "attr" or verb is None or verb.lemma not in ("be", "become"):
        return []
    owned = customer.all("poss", "prep", "compound", "relcl", "acl", "nmod")
    return [] if owned else [n for n in args.speakers(verb) if n.name is not None]


def whose(verb: Node) -> list[Node]:
    """``will use Y's technology``, ``sells software made by Y``: Y."""
    things = [n for n in args.objects(verb) if n.name is None]
    made = [c for n in things for c in n.all("acl") if c.lemma in _MAKING]
    owners = [n for thing in things for n in thing.all("poss")]
    return [n for n in (*owners, *(m for c in made for m in args.subjects(c))) if n.name]


_MAKING = frozenset({"make", "develop", "build", "design", "create", "produce"})


def runner(noun: Node) -> list[Node]:
    """``runs a pilot with Y``, ``ended an exchange with Y``: who does."""
    verb = noun.head
    if verb is None or noun not in args.objects(verb) or args.is_passive(verb):
        return []
    return args.surface_subjects(verb) if verb.lemma in _RUNNING else []


_RUNNING = frozenset(
    {"run", "operate", "conduct", "manage", "end", "halt", "resume", "confirm", "develop", "test"}
    | {"have", "begin", "start", "launch", "expand", "extend", "join", "oversee", "finish"}
)


_INITIALLING = frozenset({"initial", "announce", "unveil", "disclose", "conclude", "agree"})


def partners_are(noun: Node) -> list[Node]:
    """``A, B and C are partners in Z``: A, B and C; not ``are partners of Z``."""
    verb = noun.head
    if (
        noun.tag != "NNS"
        or noun.dep != "attr"
        or verb is None
        or verb.lemma not in ("be", "become")
    ):
        return []
    owned = noun.all("poss", "compound") or any(
        True for _ in args.of_preposition(noun, "of", "with", "to")
    )
    besides = any(c.word in ("too", "also", "well") for c in (*verb.children, *noun.children))
    return [] if owned or besides else verb.all("nsubj")


PARTNERS: dict[str, Callable[[Node], list[Node]]] = {
    "admitted as": admitted,
    "named as": named_as,
    "found in": found_in,
    "finder": lambda noun: args.subjects(noun.head) if noun.head and found_in(noun) else [],
    "namer": namer,
    "made of": made_of,
    "makers": makers,
    "one with": one_with,
    "led by": led_by,
    "members": members,
    "partner programme": partner_programmes,
    "runner": runner,
    "whose": whose,
    "teller": teller,
    "granted": granted,
    "partners are": partners_are,
}
