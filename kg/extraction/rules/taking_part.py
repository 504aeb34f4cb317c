"""Who takes part in a round or adds to a holding told before: ``X also took part``, ``Y increased its holding``."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.rules import arguments as args
from kg.extraction.rules.backing_needs import FUNDS, comes_along
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.other_rounds import heads_a_company, of_others
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.phrases import Phrases
from kg.model import EntityKind

TAKING_PART_FRAMES = frozenset(
    {"lead a round", "take part", "invest", "invest money", "listed participant"}
    | {"money comes from", "share the lead", "follow on"}
)


def takes_part(verb: Node) -> bool:
    """``X also took part``, ``Y led it``: in the round told before."""
    if any(o.lemma == "lead" for o in args.objects(verb)):
        return all(
            n.lemma in words("nouns", "round")
            for o in args.objects(verb)
            for n in args.of_preposition(o, "in", "of", "over", "on")
        )
    if verb.lemma == "take":
        parts = [n for n in args.objects(verb) if n.lemma == "part"]
        others = [n for p in (verb, *parts) for n in args.of_preposition(p, "in")]
        none = any(c.word == "no" for p in parts for c in p.all("det"))
        return bool(parts) and not none and not any(map(of_others, others))
    if comes_along(verb) or puts_in(verb) or _returns(verb):
        return True
    if verb.lemma not in words("verbs", "participating") or heads_a_company(verb):
        return False
    if any(p.word in ("in", "into") and not p.all("pobj") for p in verb.all("prep")):
        return False
    if verb.lemma == "join" and any(p.word == "from" for p in verb.all("prep")):
        # "Ada Ortiz, who joined from X"
        return False
    plain = ("it", "this", "that", "which")
    named = [n for n in args.objects(verb) if n.word not in plain and n.money is None]
    rounds = words("nouns", "round")
    in_what = list(args.of_preposition(verb, "in", "to"))
    for money in (n for n in args.objects(verb) if n.money is not None):
        in_what += args.of_preposition(money, "in", "to")
    named = [n for n in named if not (n.word == "others" and _after_a_round(n))]
    return all(n.lemma in rounds for n in named) and all(
        n.name is None
        and (
            n.lemma in rounds
            or n.lemma in words("funding", "form")
            or n.word in ("it", "which")
            or (n.word == "others" and _after_a_round(n))
        )
        and all(c.name is None for c in n.all("poss", "compound", "nmod"))
        and not of_others(n)
        for n in (*named, *in_what)
    )


def puts_in(verb: Node) -> bool:
    """``X put in $5 million``, ``put money in``: and says not in what."""
    if _puts_up(verb):
        return True
    if verb.lemma not in ("put", "chip", "kick", "throw"):
        return False
    inside = [c for c in verb.all("prt", "prep", "advmod") if c.word == "in"]
    given = [*args.objects(verb), *(n for p in inside for n in p.all("pobj"))]
    far = any(p.all("pobj") and p.index > verb.index + 1 for p in inside)
    told = all(n.money is not None or n.lemma in FUNDS | _SUMS for n in given)
    return bool(inside) and not far and bool(given) and told


_SUMS = frozenset({"sum", "amount"})


def _puts_up(verb: Node) -> bool:
    """``X provided the money``, ``X and Y put up the cash``: that of a round told before."""
    up = verb.lemma == "put" and any(c.word == "up" for c in verb.all("prt"))
    if not up and verb.lemma not in ("provide", "supply", "contribute"):
        return False
    given = args.objects(verb)
    definite = all(any(d.word in ("the", "this", "that") for d in n.all("det")) for n in given)
    told = all(n.lemma in FUNDS and not n.all("prep", "relcl", "acl") for n in given)
    return bool(given) and definite and told and not verb.all("prep", "dative", "advcl")


def _returns(verb: Node) -> bool:
    """``A, B and C returned``: as investors, where a round was told."""
    rest = [c for c in verb.children if c.index > verb.index and c.dep != "punct"]
    return verb.lemma == "return" and verb.tag == "VBD" and not rest


def _after_a_round(others: Node) -> bool:
    """``a first round was followed by others``: other rounds."""
    doers = (n.child("nsubj", "nsubjpass") for n in others.ancestors() if n.tag.startswith("VB"))
    first = next((d for d in doers if d is not None), None)
    return first is not None and first.lemma in words("nouns", "round")


def own_holding(verb: Node) -> bool:
    """``Y increased its holding``: in the company whose round was told."""
    return any(
        o.lemma in ("holding", "stake", "shareholding")
        and any(c.word in ("its", "their") for c in o.all("poss"))
        and not o.all("prep")
        for o in args.objects(verb)
    )


def bare_share(verb: Node) -> bool:
    """``X now owns 20%``, ``X has taken a stake``: in the company in which a holding was told before."""
    if verb.lemma in _OWNING | {"take", "buy", "acquire"} and any(
        o.lemma in ("stake", "shareholding")
        and any(c.word in ("a", "an") for c in o.all("det"))
        and not o.all("prep", "poss", "relcl", "nmod")
        and all(c.name is None for c in o.all("compound"))
        and not verb.all("prep")
        for o in args.objects(verb)
    ):
        return True
    return verb.lemma in _OWNING and any(
        (o.lemma in _SHARES or _remaining(o))
        and o.money is None
        and _of_nobody(o)
        and not o.all("relcl", "poss")
        for o in args.objects(verb)
    )


def _remaining(holding: Node) -> bool:
    """``the remaining stake``, ``the other shares``."""
    left = any(c.word in ("remaining", "other") for c in holding.all("amod"))
    return left and holding.lemma in words("nouns", "holding")


def _of_nobody(share: Node) -> bool:
    """``20%``, ``20% of the votes``: whose they are is not said."""
    held = [n for p in share.all("prep") for n in p.all("pobj")]
    return all(n.lemma in _RIGHTS and not n.all("prep", "poss", "relcl") for n in held)


_RIGHTS = frozenset({"share", "stock", "vote", "right", "power", "equity", "capital"})


_SHARES = frozenset(
    {"%", "percent", "half", "third", "quarter", "rest", "remainder", "balance", "majority"}
)
_OWNING = frozenset({"own", "hold", "have", "control", "keep", "retain"})


def beside_investor(phrases: Phrases, verb: Node, avoid: Sequence[Filler]) -> list[Filler]:
    """``put $2 billion into Y alongside X``: X did, too, where X is one that invests in others."""
    if not verb.tag.startswith("VB") and verb.dep == "attr" and verb.head is not None:
        # "has become a shareholder in Y, together with X"
        verb = verb.head
    if not verb.tag.startswith("VB"):
        return []
    nodes = phrases.parsed.nodes
    # "took a stake in Y, a start-up that makes Z, alongside X", wherever the parse hangs it
    later = [
        n.head
        for n in verb.subtree()
        if n.word == "alongside" and n.index > verb.index and nodes[n.index - 1].text == ","
    ]
    among = [n for p in verb.all("prep") if p.word == "among" for n in p.all("pobj")]
    places = [verb, *args.objects(verb), *(f.node for f in avoid)]
    places += [n for n in (*later, *among) if n is not None]
    beside = {
        n.index: n
        for place in places
        for p in (
            *place.all("prep"),
            *(q for d in place.all("prep", "advmod") for q in d.all("prep")),
        )
        if p.word == "alongside"
        or (p.word == "with" and {"along", "together"} & {p.head and p.head.word, *_words(p)})
        for n in p.all("pobj")
    }
    found = phrases.fill(list(beside.values()), "subject", [f.name for f in avoid], verb)
    told = {f.name.name for f in avoid}
    return [
        f
        for f in found
        if f.how == "name" and f.name.kind in _BACKING_KINDS and f.name.name not in told
    ]


def _words(node: Node) -> set[str]:
    return {c.word for c in node.children}


_BACKING_KINDS = frozenset(
    {
        EntityKind.INVESTOR,
        EntityKind.SOVEREIGN_FUND,
        EntityKind.COMPANY,
        EntityKind.CLOUD_PROVIDER,
        EntityKind.CHIP_MAKER,
    }
)


def along_with(phrases: Phrases, verb: Node, avoid: Sequence[Name]) -> list[Filler]:
    """``took part in the round, along with A and B``, ``joined A and B in the round``: A and B did, too."""
    preps = [p for p in verb.all("prep") if p.word in ("along", "alongside", "with")]
    nodes = [
        n
        for p in preps
        for q in (p, *p.all("prep"))
        if q.word in ("alongside", "with")
        for n in q.all("pobj")
    ]
    nodes += [m for n in nodes for m in args.of_preposition(n, "from", "by")]
    if verb.lemma == "join":
        # "joined A and B in the round"
        nodes += [n for n in args.objects(verb) if n.name is not None]
    names = {a.name for a in avoid}
    found = phrases.fill(nodes, "subject", avoid, verb)
    return [f for f in found if f.name.name not in names and f.how == "name"]
