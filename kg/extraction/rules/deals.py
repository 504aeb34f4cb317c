"""Who has a part in a deal that a noun or verb tells, where no plain place of a frame says it."""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.gazetteer import publishes
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.mergers import PAPERS, what_is_bought
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.support_verbs import support
from kg.extraction.rules.working_needs import owners_of_opened

_PUTTING = frozenset(
    {"acquire", "buy", "purchase", "invest", "put", "sell", "hire", "raise", "merge"}
)
_ANSWERS = frozenset(
    {
        "reject",
        "rebuff",
        "spurn",
        "decline",
        "refuse",
        "shun",
        "snub",
        "rebuke",
        "resist",
        "fend",
        "accept",
        "receive",
        "get",
        "welcome",
        "agree",
        "approve",
        "back",
        "recommend",
        "oppose",
        "fight",
        "endorse",
        "favour",
        "favor",
    }
)
_RESISTING = frozenset({"block", "thwart", "fend", "repel", "stop", "defeat", "resist", "fight"})
_SPEECH = frozenset({"say", "announce", "confirm", "agree", "state", "tell", "report"})


def grantee(noun: Node) -> list[Node]:
    """Whom a deal lets do something: ``a deal that gives Y access``, ``a deal to allow Y to use``."""
    clauses = noun.all("acl", "relcl", "advcl")
    if noun.dep == "nsubj" and noun.head is not None:
        clauses.append(noun.head)
    verb = support(noun)
    if verb is not None and noun in args.objects(verb):
        clauses += [c for c in verb.all("advcl", "xcomp") if c.index > noun.index]
    return [
        n
        for c in clauses
        if c.lemma in words("nouns", "granting") | _PLACING
        for n in [
            *c.all("dative"),
            *(m for o in c.all("dobj") for m in (o, *o.all("compound"))),
            *(s for below in c.all("ccomp", "xcomp") for s in below.all("nsubj")),
        ]
        if n.name is not None
    ]


_PLACING = frozenset({"position", "make", "help", "put", "cement", "establish"})
"""``The deals with Y position X as a buyer``: X has them."""


def is_with(noun: Node) -> list[Node]:
    """``The deals are with Y``, ``X's closest tie was with Y``: Y."""
    verb = noun.head
    if noun.dep != "nsubj" or verb is None or verb.lemma != "be":
        return []
    return [n for n in args.of_preposition(verb, "with") if n.name is not None]


def is_between(noun: Node) -> list[Node]:
    """``The deal is between A and B``: both."""
    verb = noun.head
    if noun.dep != "nsubj" or verb is None or verb.lemma != "be":
        return []
    return list(args.of_preposition(verb, "between"))


def granted(noun: Node) -> list[Node]:
    """``The deal gives X access to Y's models``, ``lets X use Y's data``: the models, the data."""
    verb = noun.head
    if noun.dep != "nsubj" or verb is None or verb.lemma not in words("nouns", "granting"):
        return []
    rights = [o for o in verb.all("dobj") if o.lemma in _RIGHTS]
    below = [c for r in rights for c in r.all("acl")] + verb.all("ccomp", "xcomp")
    found = [n for r in rights for n in (*args.of_preposition(r, "to"), *r.all("appos"))]
    found += [o for c in below if c.tag == "VB" for o in args.objects(c)]
    goods = words("nouns", "rights") | words("nouns", "ware") | _LICENSED
    owned = [n for o in found if o.name is None and o.lemma in goods for n in o.all("poss")]
    return owned or found


_LICENSED = frozenset({"software", "product", "patent", "brand", "platform", "tool", "chatbot"})
_RIGHTS = frozenset({"access", "right", "ability", "licence", "license"})


def within(noun: Node) -> list[Node]:
    """Who did what is told ``as part of a partnership``: the doer and whom it was done to."""
    of = noun.head
    if of is None or noun.dep != "pobj" or of.word not in _UNDER or of.head is None:
        return []
    verb: Node | None = of.head
    if of.word == "of":
        if verb is None or verb.lemma != "part" or verb.head is None:
            return []
        verb = verb.head.head
    while verb is not None and not verb.tag.startswith("VB"):
        verb = verb.head
    if verb is None:
        return []
    if noun.lemma in ("deal", "agreement") and verb.lemma in _PUTTING:
        return []
    return [
        *args.subjects(verb)[:1],
        *(
            n
            for n in [
                *args.objects(verb),
                *(s for below in verb.all("ccomp", "xcomp") for s in below.all("nsubj")),
                *args.of_preposition(verb, "into", "to", "with", "from"),
                *(n for n in args.of_preposition(verb, "in") if verb.lemma in _PUTTING),
                *(
                    m
                    for o in args.objects(verb)
                    for m in args.of_preposition(o, "in", "to", "from")
                ),
            ]
            if n.name is not None
        ),
    ][:2]


_UNDER = frozenset({"of", "under", "through", "via"})


def doer_under(noun: Node) -> list[Node]:
    """``In the Y deal, X will``, ``under its Y contract, X``: X."""
    prep = noun.head
    verb = prep.head if prep is not None and prep.word in ("in", "under", "through") else None
    if noun.dep != "pobj" or verb is None or not verb.tag.startswith("VB") or prep is None:
        return []
    doers = args.surface_subjects(verb)
    return [n for n in doers if prep.index < n.index < verb.index and n.name is not None]


def speakers(noun: Node) -> list[Node]:
    """``A and B said the merger had failed``: both, where the noun does not say whose it is."""
    if noun.all("poss", "compound") or list(args.of_preposition(noun, "of", "between", "with")):
        return []
    if not any(c.word in ("the", "their", "this") for c in noun.all("det")):
        return []
    if noun.lemma != "merger" and not noun.dep.startswith("nsubj"):
        # "A and B said they seek alternatives to the acquisition": of another, maybe
        return []
    above = next((n for n in noun.ancestors() if n.lemma in _SPEECH), None)
    if above is None:
        return []
    told = [n for s in args.surface_subjects(above) for n in conjuncts(s)]
    return told if len(told) == 2 else []


def both_tellers(verb: Node) -> list[Node]:
    """``A will supply chips for the project, A and B said``: both."""
    told = [m for n in args.speakers(verb) for m in conjuncts(n)]
    doers = args.surface_subjects(verb)
    named = {n.name.name for n in told if n.name is not None and n.name.is_organisation}
    does = any(d.name is not None and d.name.name in named for d in doers)
    return told if len(told) == len(named) == 2 and does else []


def causer(verb: Node) -> list[Node]:
    """``A has B make its chips``: A, where the parse takes "has" for an auxiliary of "make"."""
    doer = verb.child("nsubj")
    have = next((c for c in verb.all("aux") if c.lemma == "have"), None)
    if verb.tag not in ("VB", "VBP") or doer is None or have is None or have.index > doer.index:
        return []
    if verb.dep != "conj" or verb.head is None:
        return []
    return args.surface_subjects(verb.head)


def causee(verb: Node) -> list[Node]:
    """``has B make its chips``: B."""
    return [n for c in verb.all("ccomp", "xcomp") for n in c.all("nsubj") if n.name is not None]


def talked_about(node: Node, verb: Node) -> bool:
    """Whether the talk is about it: ``talks on a merger``, ``discussed a deal``, ``to buy``."""
    if node.tag.startswith("VB"):
        return True
    above: Node | None = node
    while above is not None and above is not verb:
        if above.dep in ("dobj", "nsubjpass"):
            return True
        if above.dep in ("prep", "pobj", "pcomp") and above.word in (
            "about", "on", "over", "regarding", "of", "for", "around", "concerning",
        ):  # fmt: skip
            return True
        above = above.head
    return False


def of_another(node: Node) -> bool:
    """Whether the purchase talked about says itself of whom, or is one of goods."""
    told = [*node.all("poss"), *args.of_preposition(node, "of")]
    if node.tag.startswith("VB"):
        told += args.objects(node)
        if any(o.lemma in words("nouns", "ware") for o in told):
            return True
    return any(n.name is not None and n.name.is_organisation for n in told)


def alongside(verb: Node) -> list[Node]:
    """``X, together with Y, is building``: Y."""
    return [
        n
        for place in [verb, *args.surface_subjects(verb), *_above(verb)]
        for p in place.all("prep")
        if (
            p.word == "with" and any(c.word in ("together", "along", "jointly") for c in p.children)
        )
        or (p.word in ("together", "jointly") and p.all("prep"))
        or (p.word == "alongside" and place is verb and verb.lemma == "work")
        for n in [*p.all("pobj"), *(m for q in p.all("prep") for m in q.all("pobj"))]
    ]


def _above(verb: Node) -> list[Node]:
    """Where the parse hangs what stands before a clause: ``relies on others: together with Y it plans``."""
    above = verb.head
    if verb.dep != "ccomp" or above is None or above.index > verb.index:
        return []
    return [above] if any(c.text == ":" for c in above.children) else []


def rejecter(noun: Node) -> list[Node]:
    """``Y rejected a takeover by X``: Y, whom the takeover is of."""
    verb = support(noun)
    if verb is None:
        return []
    if verb.lemma == "agree" and noun.dep == "pobj":
        both = noun.lemma == "merger" and any(n.all("conj") for n in args.subjects(verb))
        # "A and B agreed to a merger": with one another
        return [] if both else args.subjects(verb)
    if noun not in args.objects(verb):
        return []
    if verb.lemma in _RESISTING and verb.dep == "xcomp" and verb.tag == "VB":
        # "sued to block a takeover bid by X"
        return [n for doer in args.surface_subjects(verb) for n in args.represented(doer)]
    turned = verb.lemma in ("turn", "vote") and any(c.word == "down" for c in verb.children)
    if not (turned or verb.lemma in _ANSWERS):
        return []
    # "X's shareholders turned it down": X did
    return [n for doer in args.subjects(verb) for n in args.represented(doer)]


def made_by(noun: Node) -> list[Node]:
    """``a takeover bid made by X``: X."""
    told = [c for c in noun.all("acl") if c.lemma in _MADE and args.is_passive(c)]
    return [n for c in told for n in args.subjects(c)]


_MADE = frozenset({"make", "launch", "submit", "table", "lodge", "present", "announce", "unveil"})


def means(noun: Node) -> list[Node]:
    """``with the purchase of Y, X gains``: X."""
    prep = noun.head
    if noun.dep != "pobj" or prep is None or prep.word not in ("with", "through", "via"):
        return []
    verb = next((n for n in prep.ancestors() if n.tag.startswith("VB")), None)
    return args.subjects(verb) if verb is not None else []


def told_as(noun: Node) -> list[Node]:
    """``X's biggest deal was the purchase of Y``: X."""
    verb = noun.head
    if verb is None or noun.dep != "attr" or verb.lemma != "be":
        return []
    told = [s for s in verb.all("nsubj") if s.lemma in words("nouns", "deal")]
    return [n for s in told for n in s.all("poss")]


def gains(noun: Node) -> list[Node]:
    """``the purchase of Y gives X a foothold``, ``allows X to``: X."""
    verb = noun.head
    if verb is None or noun.dep != "nsubj" or verb.lemma not in _SERVING:
        return []
    below = [s for c in verb.all("ccomp", "xcomp") for s in c.all("nsubj")]
    near = [*verb.all("dative", "iobj", "dobj"), *below]
    return [n for n in near if n.name is not None and n.name.is_organisation]


_SERVING = frozenset({"give", "help", "allow", "let", "enable", "hand"})


def access(verb: Node) -> list[Node]:
    """``gives Y access``: Y."""
    found = [n for c in verb.all("dative", "iobj") for n in ([c] if c.name else c.all("pobj"))]
    return found + [n for o in verb.all("dobj") for n in o.all("compound") if n.name is not None]


def speaker(noun: Node) -> list[Node]:
    """``X said the deal with Y``: X."""
    verb = noun.head
    if noun.dep == "dobj" and verb is not None and verb.lemma == "say":
        return args.surface_subjects(verb)
    if noun.dep not in ("nsubj", "nsubjpass") or verb is None or verb.dep != "ccomp":
        return []
    if not any(c.word in ("the", "its") for c in noun.all("det", "poss")):
        return []
    above = verb.head
    return args.surface_subjects(above) if above is not None and above.lemma in _SPEECH else []


def settled(noun: Node) -> list[Node]:
    """``dropped its lawsuit against Y and signed a deal``, ``settled with Y and struck a pact``: Y."""
    verb = support(noun)
    if verb is None or noun not in args.objects(verb):
        return []
    beside = [verb.head] if verb.dep in ("conj", "advcl") and verb.head is not None else []
    beside += verb.all("conj")
    return [
        n
        for other in beside
        if other.lemma in _SETTLING
        for place in (other, *args.objects(other))
        for n in args.of_preposition(place, "with", "against")
        if n.name is not None
    ]


_SETTLING = frozenset({"settle", "drop", "resolve", "end", "withdraw", "dismiss"})


def in_place(verb: Node) -> list[Node]:
    """``arrangements that it has in place with Y``: Y."""
    places = [n for n in args.of_preposition(verb, "in") if n.lemma == "place"]
    return [n for place in places for n in args.of_preposition(place, "with")]


def apposed(noun: Node) -> list[Node]:
    """``made its first acquisition: Y``, ``announced a third purchase, Y``: Y."""
    return [n for n in noun.all("appos") if n.name is not None and n.index > noun.index]


_STAFF = frozenset({"employee", "staff", "worker", "shareholder", "insider", "staffer", "holder"})


def sellers(verb: Node) -> list[Node]:
    """``Y's employees sold shares``, ``lets Y staff sell``: Y, whose shares they are."""
    return [
        n
        for s in args.surface_subjects(verb)
        for each in conjuncts(s)
        if each.name is None and each.lemma in _STAFF
        for n in [
            *each.all("poss"),
            *each.all("compound", "nmod", "amod"),
            *args.of_preposition(each, "of", "at"),
        ]
        if n.name is not None or n.word in ("its", "their")
    ]


def gainer(noun: Node) -> list[Node]:
    """``secured $5 billion in Y contracts``, ``signed a Y partnership``: who did."""
    verb = support(noun)
    getting = words("nouns", "receiving") | words("nouns", "signing_verb")
    return args.subjects(verb) if verb is not None and verb.lemma in getting else []


def users(verb: Node) -> list[Node]:
    """``supplies the chips that Y runs on``: Y."""
    return [
        n
        for o in args.objects(verb)
        for c in o.all("relcl")
        if c.lemma in words("nouns", "using_verb")
        for n in c.all("nsubj")
        if n.name is not None
    ]


def revenue_of(verb: Node) -> list[Node]:
    """``accounts for a tenth of Y's revenue``: Y, whose customer it is."""
    told = list(args.of_preposition(verb, "for", "of")) + args.objects(verb)
    told += [m for n in told for m in args.of_preposition(n, "of")]
    earned = [n for n in told if n.name is None and n.lemma in REVENUE]
    return [
        n
        for each in earned
        for n in each.all("poss")
        if n.name is not None or (n.word in ("its", "their") and args.speakers(verb))
    ]


def is_on(be: Node) -> list[Node]:
    """``Z is on P``, ``Z is the default assistant on P``: P."""
    places = [be, *(n for n in be.all("attr") if n.lemma in _OF_A_MODEL)]
    return [n for place in places for n in args.of_preposition(place, "on", "in", "inside")]


_OF_A_MODEL = frozenset(
    {"assistant", "model", "engine", "option", "default", "chatbot", "choice", "brain"}
)
REVENUE = frozenset({"revenue", "sale", "income", "turnover", "earnings", "backlog"})


def built_in(verb: Node) -> list[Node]:
    """``has Z built in``: Z, whether the parse has Z built or something that is."""
    built = [c for c in verb.all("ccomp") if c.tag == "VBN" and c.lemma in _FITTING]
    found = [n for c in built for n in c.all("nsubj", "nsubjpass")]
    fitted = (o for o in args.objects(verb) if any(c.lemma in _FITTING for c in o.all("acl")))
    return [*found, *fitted]


_FITTING = frozenset({"build", "bake", "preinstall", "install", "preload", "embed", "integrate"})


def custom_of(verb: Node) -> list[Node]:
    """``won the business of Y``, ``lost Y's custom``: Y."""
    custom = [o for o in args.objects(verb) if o.lemma in CUSTOM]
    named = [n for o in custom for n in (*args.of_preposition(o, "of", "from"), *o.all("poss"))]
    return [n for n in named if n.name is not None]


CUSTOM = frozenset({"business", "custom"})


def controlled(verb: Node) -> list[Node]:
    """``took full control of Y``: Y."""
    held = [o for o in args.objects(verb) if o.lemma in ("control", "ownership", "possession")]
    return [n for o in held for n in args.of_preposition(o, "of")]


def owners_of_object(verb: Node) -> list[Node]:
    """``will license Y's data``: Y."""
    return [n for o in args.objects(verb) if o.name is None for n in o.all("poss") if n.name]


def buyer_speaking(purchase: Node) -> list[Node]:
    """``X said the acquisition of Y would close in May``, ``X expects it to add to its profit``: X."""
    of_which = any(c.word in ("the", "this") for c in purchase.all("det"))
    if purchase.lemma not in _TAKEOVERS or not of_which or purchase.dep[:5] != "nsubj":
        return []
    if purchase.all("poss", "compound") or any(args.of_preposition(purchase, "by", "with")):
        return []
    clause = purchase.head
    told = clause is not None and clause.lemma in _COMING_OFF
    speakers_ = args.speakers(clause) if clause is not None and told else []
    return [
        n
        for n in speakers_
        if n.name is not None
        and n.name.is_organisation
        and not n.name.is_authority
        and not publishes(n.name)
    ][:1]


_COMING_OFF = frozenset(
    {"close", "complete", "conclude", "finalise", "finalize", "add", "boost", "bolster", "broaden"}
    | {"strengthen", "expand", "extend", "enhance", "accelerate", "complement", "deepen", "enable"}
    | {"bring", "contribute", "improve", "double", "triple", "advance", "accrete", "diversify"}
)
"""What a purchase does to its buyer, as the buyer tells it."""


DEAL_PLACES: dict[str, Callable[[Node], list[Node]]] = {
    "grantee": grantee,
    "within": within,
    "doer under": doer_under,
    "speakers": speakers,
    "both tellers": both_tellers,
    "causer": causer,
    "causee": causee,
    "alongside": alongside,
    "rejecter": rejecter,
    "means": means,
    "made by": made_by,
    "access": access,
    "speaker": speaker,
    "told as": told_as,
    "apposed": apposed,
    "settled": settled,
    "is with": is_with,
    "is between": is_between,
    "grant": granted,
    "in place": in_place,
    "sellers": sellers,
    "gainer": gainer,
    "users of it": users,
    "gains": gains,
    "revenue of": revenue_of,
    "is on": is_on,
    "built in": built_in,
    "controlled": controlled,
    "custom of": custom_of,
    "owner of it": owners_of_object,
    "buyer speaking": buyer_speaking,
    "opened by": owners_of_opened,
}

_TAKEOVERS = frozenset({"merger", "takeover", "acquisition", "purchase", "buyout"})


def closes(deal: Node) -> bool:
    """``If the deal with Y goes through``, ``once the deal closes``: as takeovers do, and no partnership."""
    verb = deal.head
    if verb is None or deal.lemma not in ("deal", "transaction"):
        return False
    if not deal.dep.startswith("nsubj"):
        return False
    through = any(c.word in ("through", "ahead") for c in verb.all("prt", "advmod", "prep"))
    closed = verb.lemma == "be" and any(c.word == "closed" for c in verb.all("acomp"))
    return (
        closed
        or (verb.lemma == "close" and not verb.all("dobj"))
        or (verb.lemma == "go" and through)
    )


def of_a_takeover(noun: Node) -> bool:
    """``a merger agreement``, ``an agreement to buy``: no partnership."""
    if closes(noun):
        return True
    compounds = noun.all("compound", "nmod")
    clauses = noun.all("acl", "relcl")
    return any(
        c.lemma in _TAKEOVERS and what_is_bought(c, noun) <= PAPERS for c in compounds
    ) or any(c.lemma in ("acquire", "buy", "purchase", "merge") for c in clauses)
