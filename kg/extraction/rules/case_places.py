"""Where the parties of a case stand: who brought it, who bears it, whom it is to stop or to force."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.extraction.rules import arguments as args
from kg.extraction.rules.case_needs import POWERS
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.support_verbs import support

AGAINST = ("into", "of", "against", "over", "on", "with", "concerning", "regarding")
"""Prepositions between a case and whom it is brought against."""
_KNOWN = frozenset({"the", "this", "that", "its", "their", "both"})
_ALIKE = frozenset({"similar", "separate", "parallel", "identical", "comparable", "own"})
_ABOUT_A_CASE = frozenset({"against", "from", "to", "with"})


def time_takers(verb: Node) -> list[Node]:
    """``it took X two months to clear Y``: X."""
    above = verb.head
    while (
        above is not None
        and above.lemma != "take"
        and above.dep in ("xcomp", "conj", "advcl", "npadvmod")
    ):
        above = above.head
    if above is None or above.lemma != "take" or verb.tag != "VB":
        return []
    if not any(s.word == "it" for s in above.all("nsubj")):
        return []
    return [n for n in above.all("dative", "dobj") if n.name is not None]


def members(noun: Node) -> list[Node]:
    """``officials at the FTC``, ``staff of the CMA``, where the noun names no authority: the FTC, the CMA."""
    if noun.name is not None or noun.lemma not in words("nouns", "member"):
        return []
    joined = noun.all("compound", "nmod")
    named = [c for c in joined if c.name is not None]
    named += [c for n in (noun, *joined) for c in n.all("poss")]
    return [*named, *args.of_preposition(noun, "at", "of", "from", "within", "for")]


def named_among(noun: Node) -> list[Node]:
    """``regulators in Italy, including the Garante``, ``watchdogs such as the CMA``: those named."""
    if noun.name is not None and not (noun.name.is_authority and noun.name.entity is None):
        return []
    if noun.name is None and noun.lemma not in words("nouns", "authority"):
        return []
    preps = [p for p in noun.all("prep") if p.word in ("including", "like", "such", "as")]
    told = [n for p in preps for q in (p, *p.all("prep")) for n in q.all("pobj")]
    return [n for n in told if n.name is not None]


def issuers(noun: Node) -> list[Node]:
    """Who speaks through a paper: ``the FTC's complaint alleges``, ``a suit filed by X accuses``: X."""
    if noun.name is not None or noun.lemma not in words("nouns", "instrument"):
        return []
    named = [c for c in noun.all("compound", "nmod") if c.name is not None]
    found = [*noun.all("poss"), *named, *args.of_preposition(noun, "by", "from")]
    return found or _brought(noun) or args.noun_subjects(noun)


def instances(noun: Node, place: str) -> list[Node]:
    """``probes, including one into X``, ``inquiries such as those involving Y``: X, Y."""
    if noun.name is not None or noun.lemma not in words("nouns", "case"):
        return []
    preps = [p for p in noun.all("prep") if p.word in ("including", "like", "such", "as")]
    told = [n for p in preps for q in (p, *p.all("prep")) for n in q.all("pobj")]
    return [
        n
        for first in told
        for one in conjuncts(first)
        if one.word in ("one", "ones", "those", "that")
        for n in (
            *args.of_preposition(one, place),
            *(o for c in one.all("acl", "relcl") if c.lemma == "involve" for o in args.objects(c)),
        )
    ]


def hired_from(nodes: Sequence[Node]) -> list[Node]:
    """``A's hiring of former staff of B``: B, which the case concerns as well."""
    hirings = (n for n in nodes if n.word in words("nouns", "hiring"))
    return [
        n
        for hiring in hirings
        for n in hiring.subtree()
        if n.name is not None and n.dep != "poss" and n.index > hiring.index
    ]


def bought(nodes: Sequence[Node]) -> list[Node]:
    """``the takeover of A by B``: A, which the case concerns as well."""
    buying = (n for n in nodes if n.name is None and n.lemma in words("nouns", "buying"))
    return [n for deal in buying for n in args.of_preposition(deal, "of") if n.name is not None]


def likened(noun: Node) -> bool:
    """``a similar inquiry``: of another than the one told before."""
    return any(c.word in _ALIKE for c in noun.all("amod"))


def refers(noun: Node) -> bool:
    """``the inquiry``, ``its inquiry``: one told before, not ``an inquiry``, nor ``the inquiry into X``."""
    known = [c.word in _KNOWN for c in noun.all("det", "poss")]
    return any(known) and not list(args.of_preposition(noun, *AGAINST))


def _brought(noun: Node) -> list[Node]:
    """``the case that X filed``, ``a fine imposed by X``: X."""
    verbs = [c for c in noun.all("acl", "relcl") if c.lemma in words("nouns", "bringing_verb")]
    return [n for verb in verbs for n in args.subjects(verb)]


def _given(noun: Node) -> list[Node]:
    """``gives X a warning``, ``issued X with a subpoena``: X."""
    verb = support(noun) or (noun.head if noun.dep == "dobj" else None)
    if verb is None or not verb.tag.startswith("VB"):
        return []
    told = [n for c in verb.all("dative") for n in ([c] if c.pos != "ADP" else c.all("pobj"))]
    # "gives X's arm a warning", where the parse hangs the warning on the arm
    return told or (
        [noun.head] if noun.dep == "dobj" and noun.head is not verb and noun.head else []
    )


def _reached(noun: Node) -> list[Node]:
    """``a subpoena landed at X``, ``the letter asks X``, ``the settlement costs X``: X."""
    verb = noun.head
    if verb is None or noun.dep not in ("nsubj", "nsubjpass"):
        return []
    if verb.lemma in words("nouns", "arriving_verb"):
        return [*args.objects(verb), *args.of_preposition(verb, "at", "to", "on", "with", "for")]
    if verb.lemma in words("nouns", "binding_verb") and not args.is_passive(verb):
        return [
            *verb.all("dative"),
            *args.objects(verb),
            *(s for c in verb.all("ccomp") for s in c.all("nsubj")),
        ]
    return []


def _removed(verb: Node) -> list[Node]:
    """``seeks the withdrawal of X``, ``ordered a recall of Y``: X, Y."""
    taken = [o for o in args.objects(verb) if o.lemma in words("nouns", "removal")]
    return [n for o in taken for n in (*args.of_preposition(o, "of", "from"), *o.all("poss"))]


def _lifted(verb: Node) -> list[Node]:
    """``lifted the Grok ban``: Grok."""
    return [n for o in args.objects(verb) for n in o.all("compound", "nmod", "poss") if n.name]


def _fighter(noun: Node) -> list[Node]:
    """``X in fight with Y``, ``X in its case against Y``: X."""
    prep = noun.head
    if noun.dep != "pobj" or prep is None or prep.word != "in" or prep.head is None:
        return []
    above = prep.head
    return [above] if above.name is not None and above.name.is_authority else []


def _contester(ruling: Node) -> list[Node]:
    """``X will appeal against the ruling``, ``X contests the ruling``: X."""
    above = ruling.head
    verb = above.head if ruling.dep == "pobj" and above is not None else above
    if verb is None or verb.lemma not in _CONTESTING or not verb.tag.startswith("VB"):
        return []
    return [] if args.is_passive(verb) else args.subjects(verb)


_CONTESTING = frozenset({"appeal", "contest", "challenge", "fight", "dispute", "oppose"})


def _under(noun: Node) -> list[Node]:
    """``X is under investigation``, ``X, under review by``: X."""
    prep = noun.head
    if noun.dep != "pobj" or prep is None or prep.head is None:
        return []
    if prep.word == "of" and prep.head.lemma in words("nouns", "aim"):
        return _equated(prep.head)
    if prep.word != ("in" if noun.lemma in _AIMED else "under"):
        return []
    head = prep.head
    return args.surface_subjects(head) if head.tag.startswith("VB") else [head]


_AIMED = frozenset({"crosshair", "crosshairs", "sight", "sights"})


def _equated(noun: Node) -> list[Node]:
    """``X is the target of``, ``X, the subject of``: X."""
    above = noun.head
    if above is None:
        return []
    if noun.dep == "appos":
        return [above]
    if noun.dep == "attr" and above.lemma in ("be", "become", "remain"):
        return args.surface_subjects(above)
    return []


def _bearer(noun: Node) -> list[Node]:
    """``X is under investigation``, ``X lost its case``, ``hit X with a fine``, ``X's trial``: X."""
    owners = [n for n in noun.all("poss") if n.name is None or not n.name.is_authority]
    found = _under(noun) or owners
    if found:
        return found
    verb, prep = support(noun), noun.head
    condition = prep.head if noun.dep == "pobj" and prep is not None else None
    if condition is not None and condition.lemma in _CONDITIONAL:
        # "the deal is subject to approval by X", "depends on X's approval"
        verb = condition if condition.tag.startswith("VB") else condition.head
        return args.surface_subjects(verb) if verb is not None and verb.tag[:2] == "VB" else []
    if verb is None and prep is not None and noun.dep == "pobj" and prep.word in _ABOUT_A_CASE:
        verb = prep.head
    if (
        verb is not None
        and verb.lemma in ("appeal", "challenge", "fight", "battle", "bid")
        and verb.tag.startswith("NN")
    ):
        # "lost its appeal against the fine"
        verb = support(verb)
    if verb is None:
        return []
    if verb.lemma in words("nouns", "charged_verb"):
        return args.objects(verb)
    if verb.lemma in words("nouns", "bearing_verb"):
        return args.surface_subjects(verb)
    return []


_CONDITIONAL = frozenset(
    {"subject", "contingent", "conditional", "conditioned", "dependent", "depend", "hinge", "hang"}
)


def _blocked(verb: Node) -> list[Node]:
    """``sued to block the merger``: the merger."""
    below = verb.all("xcomp", "advcl", "ccomp", "acl")
    return [n for c in below if c.lemma in words("nouns", "stopping_verb") for n in args.objects(c)]


def _remedied(verb: Node) -> list[Node]:
    """``wants X to sell``, ``asked the judge to force X``: the company that is to be forced."""
    waiting = verb.all("xcomp", "ccomp", "advcl", "prep")
    while waiting:
        below = waiting.pop(0)
        if below.lemma in words("nouns", "forcing_verb") and args.objects(below):
            return args.objects(below)
        if below.lemma in words("nouns", "stopping_verb") and _of_a_court(verb, below):
            return args.objects(below)
        if below.lemma in words("nouns", "selling_verb"):
            return below.all("nsubj") or verb.all("dobj")
        waiting += below.all("xcomp", "ccomp", "pcomp", "nsubj")
    return []


def _of_a_court(verb: Node, below: Node) -> bool:
    """``asked the court to stop X from paying``."""
    asked = [*verb.all("dobj", "dative", "nsubjpass"), *below.all("nsubj")]
    return any(n.lemma in ("court", "judge", "tribunal") for n in asked)


def _subject_matter(noun: Node) -> list[Node]:
    """``the probe focuses on X``, ``the inquiry concerns X``: X."""
    verb = noun.head
    if verb is None or noun.dep not in ("nsubj", "nsubjpass"):
        return []
    if verb.lemma not in words("nouns", "concerning_verb"):
        return []
    about = list(args.of_preposition(verb, "on", "at", "to", "around"))
    return about or ([] if args.is_passive(verb) else args.objects(verb))


def _way_for(verb: Node) -> list[Node]:
    """``cleared the way for X to buy Y``: X."""
    ways = [o for o in args.objects(verb) if o.lemma in ("way", "path", "road")]
    return [
        n
        for way in ways
        for n in (
            *(s for c in way.all("acl", "relcl") for s in c.all("nsubj")),
            *args.of_preposition(way, "for"),
            *args.of_preposition(verb, "for"),
        )
    ]


def _taker(noun: Node) -> list[Node]:
    """``X accepted commitments``: X."""
    verb = support(noun)
    taken = verb is not None and verb.lemma in words("nouns", "accepting_verb")
    return args.subjects(verb) if verb is not None and taken else []


def _conceded(verb: Node) -> list[Node]:
    """``rejected X's remedies``, ``weighs concessions offered by X``: X."""
    told = args.objects(verb)
    return [m for n in told for m in (*n.all("poss"), *args.of_preposition(n, "by", "from"))]


def _to_know(verb: Node) -> list[Node]:
    """``wants to know how X collects data``: X."""
    below = [c for c in verb.all("xcomp", "advcl") if c.lemma in words("nouns", "knowing_verb")]
    return [s for c in below for told in c.all("ccomp") for s in told.all("nsubj", "nsubjpass")]


def _granter(approval: Node) -> list[Node]:
    """``received approval from the FDA to sell``, where the parse hangs "from" on the verb: the FDA."""
    verb = support(approval)
    return list(args.of_preposition(verb, "from")) if verb is not None else []


def _winner(noun: Node) -> list[Node]:
    """``X won clearance for Y``: X; not where it is told what it is for, ``for its purchase of Y``."""
    verb = support(noun)
    if any(n.name is None for n in args.of_preposition(noun, "for", "of", "to")):
        return []
    if verb is None or verb.lemma not in _WINNING or args.is_passive(verb):
        return []
    return [
        n for n in args.surface_subjects(verb) if n.name is not None and not n.name.is_authority
    ]


_WINNING = frozenset({"win", "get", "receive", "obtain", "secure", "gain"})


def _follower(noun: Node) -> list[Node]:
    """``X followed with an investigation``: X."""
    prep = noun.head
    if noun.dep != "pobj" or prep is None or prep.word != "with" or prep.head is None:
        return []
    verb = prep.head
    return args.subjects(verb) if verb.lemma in words("nouns", "following_verb") else []


_PASSING = frozenset({"proceed", "pass", "stand", "close"})


def _let_on(verb: Node) -> list[Node]:
    """``let the deal through``, ``allowed X's purchase of Y to go ahead``: the deal."""
    for below in verb.all("ccomp", "xcomp", "acl", "advcl"):
        after = {below.word, *(c.word for c in below.children if c.index > below.index)}
        on = below.lemma in _PASSING or bool(after & {"through", "ahead", "forward"})
        told = [*below.all("nsubj", "nsubjpass"), *verb.all("dobj")]
        if on and told:
            return told
    through = any(c.word == "through" for c in verb.all("prt", "advmod", "prep"))
    return verb.all("dobj") if through else []


def _given_status(verb: Node) -> list[Node]:
    """``gave X strategic market status``, ``designated X with a special status``: X."""
    papers = [o for o in verb.all("dobj") if o.lemma == "status"]
    held = [n for p in verb.all("prep") if p.word in ("with", "as") for n in p.all("pobj")]
    if papers:
        return args.receivers(verb, papers)
    return verb.all("dobj") if any(n.lemma == "status" for n in held) else []


def _asker(noun: Node) -> list[Node]:
    """``X has asked questions about``: X."""
    verb = noun.head if noun.dep == "dobj" else None
    asks = verb is not None and verb.lemma in ("ask", "pose", "put")
    return args.surface_subjects(verb) if verb is not None and asks else []


def out_of_reach(verb: Node) -> list[Node]:
    """What an authority has no power over, or none to look into."""
    powers = [o for o in args.objects(verb) if o.lemma in POWERS]
    told = [n for o in (verb, *powers) for n in args.of_preposition(o, "over")]
    reviews = [c for o in (verb, *powers) for c in o.all("acl", "advcl", "xcomp", "relcl")]
    return told + [n for c in reviews if c.tag == "VB" for n in args.objects(c)]


CASE_PLACES: dict[str, Callable[[Node], list[Node]]] = {
    "brought": _brought,
    "bearer": _bearer,
    "under": _under,
    "asker": _asker,
    "to block": _blocked,
    "remedy": _remedied,
    "subject matter": _subject_matter,
    "way for": _way_for,
    "taker": _taker,
    "conceded": _conceded,
    "to know": _to_know,
    "follower": _follower,
    "winner": _winner,
    "granter": _granter,
    "given": _given,
    "reached": _reached,
    "removed": _removed,
    "lifted": _lifted,
    "fighter": _fighter,
    "contester": _contester,
    "let on": _let_on,
    "given status": _given_status,
    "out of reach": out_of_reach,
}
