"""What a frame needs in its sentence besides the roles."""

from __future__ import annotations

from kg.extraction.rules import arguments as args
from kg.extraction.rules.asked import BACKERS, may_be_met
from kg.extraction.rules.backing_needs import BACKING_NEEDS
from kg.extraction.rules.case_needs import CASE_NEEDS, told_case
from kg.extraction.rules.clauses import crosses_clause
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.deal_needs import DEAL_NEEDS
from kg.extraction.rules.deals import of_another, rejecter, talked_about
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.mergers import what_is_bought
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.partners import makers
from kg.extraction.rules.post_places import POST_NEEDS
from kg.extraction.rules.raising_needs import raises_money
from kg.extraction.rules.support_verbs import support
from kg.model import EntityKind

_PRICE_OF_A_COMPANY = 1_000_000
_PAPERS = frozenset(
    {"warrant", "stake", "share", "stock", "equity", "option", "access", "licence", "license"}
    | {"order", "contract", "deal", "agreement"}
)
_INVESTORS = frozenset({EntityKind.INVESTOR, EntityKind.SOVEREIGN_FUND})


def needs_met(parsed: Parsed, needs: frozenset[str], trigger: Node) -> bool:
    """Whether what a frame needs besides its roles stands in the sentence: money, a holding, a project."""
    if not needs:
        return True
    if not may_be_met(parsed, needs):
        return False
    if needs & {"listing", "leftover"}:
        return False
    if of_cases := needs & CASE_NEEDS.keys():
        return all(CASE_NEEDS[need](trigger) for need in of_cases)
    if of_deals := needs & DEAL_NEEDS.keys():
        return all(DEAL_NEEDS[need](trigger) for need in of_deals)
    if (of_backing := needs & BACKING_NEEDS.keys()) and not all(
        BACKING_NEEDS[need](trigger) for need in of_backing
    ):
        return False
    if of_posts := needs & POST_NEEDS.keys():
        return all(POST_NEEDS[need](trigger) for need in of_posts)
    near = [n for n in trigger.subtree() if not crosses_clause(n, trigger)]
    above = trigger.head if trigger.dep == "relcl" else None
    relative = any(n.dep == "dobj" and n.word in ("that", "which") for n in near)
    if above is not None and above.name is None and relative:
        # "the $5 billion that X has bet on Y"
        near.append(above)
    lemmas = {n.lemma for n in near}
    if "fine" in needs:
        return bool(lemmas & {"fine", "penalty", "sanction"})
    if "information" in needs:
        asks = trigger.lemma in ("ask", "query", "quiz", "question") and any(
            p.word == "about" for p in trigger.all("prep")
        )
        return asks or _asks_how(trigger) or bool(lemmas & words("nouns", "information"))
    if "passive" in needs:
        return args.is_passive(trigger)
    if "ongoing" in needs:
        return any(told_case(n) is not None for n in args.surface_subjects(trigger))
    if "invested" in needs:
        # "its roster of artists", "its client roster": nobody's investments
        before = {c.lemma for c in trigger.all("compound", "nmod", "amod")}
        of_what = [n for n in args.of_preposition(trigger, "of") if n.name is None]
        if any(n.lemma in words("nouns", "offered") | words("nouns", "model") for n in of_what):
            # "its portfolio of models includes Y"
            return False
        return trigger.lemma != "roster" or bool(before & {"portfolio", "investment", "investee"})
    if "owners" in needs:
        return args.is_passive(trigger) and _owned_by_investors(trigger)
    if "documents" in needs:
        return bool(lemmas & words("nouns", "documents"))
    if "objections" in needs:
        return bool(lemmas & words("nouns", "objections"))
    if "merger" in needs:
        return any(n.lemma in words("nouns", "merger") for n in parsed.nodes[trigger.index :])
    if "court" in needs:
        return any(n.lemma in ("court", "trial") for n in args.of_preposition(trigger, "to"))
    if "granted" in needs:
        verb = support(trigger)
        return verb is not None and verb.lemma in words("nouns", "approval_verb")
    if "own" in needs:
        # "develop Z with Y", where Y is the company itself and not what it makes
        made = args.objects(trigger)
        beside = [n for place in (trigger, *made) for n in args.of_preposition(place, "with")]
        named = any(n.name is not None for n in beside)
        return bool(made) and named and not args.is_passive(trigger)
    if "parting" in needs:
        verb = support(trigger) or trigger.head
        return verb is not None and verb.lemma in words("nouns", "parting_verb")
    if "restored" in needs:
        verb = support(trigger)
        return verb is not None and verb.lemma in words("nouns", "restoring_verb")
    if "withdrawn" in needs:
        verb = support(trigger)
        return verb is not None and verb.lemma in words("nouns", "withdrawing_verb")
    if "infinitive" in needs:
        return any(c.tag == "VB" for c in trigger.all("xcomp", "ccomp", "advcl"))
    if "holding" in needs:
        return _is_holding(trigger)
    if "joined" in needs:
        return any(
            c.lemma in words("nouns", "purchase") and not what_is_bought(c, trigger)
            for c in trigger.all("compound", "nmod")
        )
    if "takeover" in needs and (
        lemmas & {"takeover", "buyout", "acquisition"}
        or trigger.lemma == "bid"
        or (trigger.lemma == "offer" and _to_buy_it(trigger))
    ):
        return True
    if "antitrust" in needs:
        return any(n.lemma in words("nouns", "antitrust") for n in parsed.nodes)
    if "as-provider" in needs:
        return any(
            n.lemma in words("nouns", "provider")
            for p in [
                *trigger.all("prep"),
                *(q for o in args.objects(trigger) for q in o.all("prep")),
            ]
            if p.word == "as"
            for n in p.all("pobj")
        )
    if "making" in needs:
        return any(
            c.lemma
            in words(
                "nouns",
                "making" if trigger.lemma in words("nouns", "engaging_verb") else "manufacture",
            )
            and c.tag == "VB"
            for c in [
                *trigger.all("ccomp", "xcomp", "advcl"),
                *(
                    x
                    for h in trigger.all("xcomp", "advcl")
                    if h.lemma == "help"
                    for x in h.children
                ),
                *(x for o in args.objects(trigger) for x in o.all("acl", "relcl")),
                *(x for p in trigger.all("prep") for o in p.all("pobj") for x in o.all("acl")),
            ]
        )
    if needs == {"named"} and trigger.lemma in ("rent", "lease"):
        # "rents chips to X" lets them, and buys none
        return not any(p.word == "to" for p in trigger.all("prep", "dative"))
    if "wares" in needs:
        # "relies on Y for its chips", "outsources production to Y"
        bought = [*args.of_preposition(trigger, "for"), *args.objects(trigger)]
        return any(
            n.lemma in words("nouns", "supply") or n.lemma in words("nouns", "making_of")
            for n in bought
        )
    if "access" in needs and not any(o.lemma in ("access", "use") for o in trigger.all("dobj")):
        return False
    if "private" in needs:
        off = [n for n in args.of_preposition(trigger, "off") if n.lemma in ("market", "exchange")]
        return bool(off) or any(
            n.word == "private" for o in (trigger, *trigger.children) for n in o.children
        )
    if "alone" in needs:
        return not args.objects(trigger) and not args.is_passive(trigger)
    if "customer" in needs:
        return any(
            n.lemma in words("nouns", "counted_as")
            for node in [trigger, *args.objects(trigger)]
            for n in args.of_preposition(node, "as", "among")
        )
    if "jointly" in needs:
        return any(c.word in ("jointly", "together") for c in trigger.all("advmod")) or (
            trigger.lemma.startswith("co")
        )
    if "joint" in needs:
        if trigger.lemma == "venture" and (
            makers(trigger) or any(args.of_preposition(trigger, "between"))
        ):
            # "the venture, in which A and B each hold half"
            return True
        return any(c.word == "joint" for c in trigger.children)
    if "funding" in needs:
        return any(
            n.lemma in ("funding", "financing", "round", "investment", "fundraise")
            for n in parsed.nodes[trigger.index :]
        ) and not any(n.lemma == "invest" for n in trigger.subtree())
    if "subsidy" in needs:
        if _public_money(trigger):
            return True
        told = (n for n in parsed.nodes if n is not trigger)
        return any(n.lemma in words("funding", "subsidy") for n in told) and any(
            n.money is not None for n in near
        )
    if "backing" in needs:
        return any(n.lemma == "backing" for o in args.objects(trigger) for n in conjuncts(o))
    if "sum" in needs:
        return any(n.money is not None for n in near)
    if "part" in needs:
        return any(o.lemma == "part" for o in args.objects(trigger))
    if "partnership" in needs:
        return any(
            n.lemma in words("nouns", "partnership") and talked_about(n, trigger)
            for n in trigger.subtree()
        ) and not any(n.lemma in ("acquisition", "acquire", "buy") for n in parsed.nodes)
    if "backers" in needs:
        return any(
            n.lemma in BACKERS and (n.lemma != "owner" or n.tag == "NNS") for n in trigger.subtree()
        )
    if "capital" in needs and "money" not in needs:
        direct = [n for o in args.objects(trigger) for n in conjuncts(o)]
        return any(
            n.money is not None
            or n.lemma in words("funding", "capital")
            or n.lemma in ("billion", "million")
            or n.word == "funds"
            for n in direct
        )
    if "supply" in needs:
        objects = [m for o in args.objects(trigger) for n in conjuncts(o) for m in _goods(n)]
        objects += [
            n
            for p in trigger.all("prep")
            if p.word == "with"
            for o in p.all("pobj")
            for n in _goods(o)
        ]
        supplied = words("nouns", "supply")
        return any(n.lemma in supplied or n.word in supplied for n in objects) and not any(
            o.lemma in words("nouns", "unit") for o in args.objects(trigger)
        )
    if "contract" in needs:
        return any(
            n.lemma in ("contract", "deal", "agreement", "order")
            or (n.lemma == "award" and _given_by_a_state(trigger, n))
            for o in [*args.objects(trigger), *trigger.all("dobj")]
            for n in conjuncts(o)
        )
    if "violation" in needs:
        return any(n.lemma in words("nouns", "violation") for n in parsed.nodes)
    if "project" in needs:
        built = [*near, *args.objects(trigger)]
        return any(n.lemma in words("nouns", "project") for n in built)
    if "acquisition" in needs:
        buying = words("nouns", "purchase") - {"sale"}
        return any(
            n.lemma in buying and talked_about(n, trigger) and not of_another(n) for n in near
        )
    if "round" in needs:
        return raises_money(parsed, near, trigger)
    if "money" in needs and trigger.lemma == "pay":
        licence = words("nouns", "licence")
        licensed = any(c.lemma in licence for n in near if n.lemma == "fee" for c in n.children)
        if (lemmas & words("nouns", "dues") and not licensed) or _to_a_state(trigger):
            return False
    if "shares" in needs:
        return bool(lemmas & {"share", "stock", "equity", "stake"})
    if "gift" in needs and any(
        o.lemma in _PAPERS | words("funding", "worth") | words("nouns", "dues")
        for o in args.objects(trigger)
    ):
        # "gives Y a warrant for 5 million shares", "giving it a valuation of $5 billion"
        return False
    if "money" in needs and _gives_goods(trigger):
        return False
    if "price" in needs:
        # The price of a company, not that of a subscription.
        return any(
            n.money is not None and n.money.value >= _PRICE_OF_A_COMPANY for n in near
        ) or bool(lemmas & {"billions", "millions"})
    if "money" in needs:
        if any(n.money is not None for n in near):
            return True
        return bool(
            lemmas
            & {
                "billion",
                "million",
                "billions",
                "millions",
                "money",
                "dollar",
                "capital",
                "cash",
                "investment",
                "funding",
            }
        )
    return True


def _asks_how(verb: Node) -> bool:
    """``asked X how it keeps data``, ``X was asked why``."""
    below = verb.all("ccomp", "advcl") if verb.lemma in ("ask", "question", "quiz") else []
    return any(n.word in ("how", "why", "what", "whether") for c in below for n in c.children)


def _gives_goods(verb: Node) -> bool:
    """``provides capacity to Y in a deal worth $5 billion``: what is given is no money."""
    given = [n for o in args.objects(verb) for n in conjuncts(o) if n.name is None]
    goods = any(o.lemma in words("nouns", "supply") and o.lemma != "energy" for o in given)
    return verb.lemma in _GIVING and goods and all(o.money is None for o in given)


_GIVING = frozenset({"provide", "give", "hand", "deploy", "channel"})


def _public_money(verb: Node) -> bool:
    """``the state awarded Y $5 billion``: a sum from a government, whatever it is called."""
    given = args.objects(verb)
    names = [n.name for n in args.subjects(verb) if n.name is not None]
    states = any(n.kind is EntityKind.GOVERNMENT for n in names)
    return states and any(n.money is not None for n in given)


_IN_PART = frozenset({"majority", "minority", "part", "partly", "partially", "jointly", "percent"})


def _owned_by_investors(verb: Node) -> bool:
    """``majority-owned by X``, ``owned by the fund X``: what a parent has of its subsidiary is no investment."""
    if any(n.word in _IN_PART | {"%"} for c in verb.children for n in (c, *c.children)):
        return True
    owners = [m for n in args.subjects(verb) for m in (n, *n.all("appos"))]
    return any(n.name is not None and n.name.kind in _INVESTORS for n in owners)


def _goods(noun: Node) -> list[Node]:
    """What a noun is of: itself, what is joined before it, and of what it is a quantity."""
    found = [noun, *noun.all("compound", "nmod", "amod")]
    for inner in [*args.of_preposition(noun, "of", "in"), *noun.all("appos")]:
        found += [n for each in conjuncts(inner) for n in (each, *each.all("compound"))]
    return found


def _to_a_state(verb: Node) -> bool:
    """Whether a government is paid: dues, not the price of anything."""
    return any(
        n.name is not None and n.name.is_authority
        for c in verb.children
        for n in (c, *c.children)
        if c.dep in ("dobj", "iobj", "dative")
    )


def _to_buy_it(offer: Node) -> bool:
    """``rebuffed an offer from X``; not ``a job offer``."""
    said = {c.lemma for c in offer.all("compound", "nmod", "amod")}
    whose = any(n.name is not None for n in offer.all("poss"))
    whom = any(n.name is not None for n in args.of_preposition(offer, "for"))
    told = bool(rejecter(offer)) or (whose and whom)
    return told and not offer.all("acl") and not said & _OTHER_OFFERS


_OTHER_OFFERS = frozenset(
    {"job", "employment", "licensing", "settlement", "partnership", "similar"}
)


def _given_by_a_state(verb: Node, award: Node) -> bool:
    """``won a $45 million award from DARPA``: a contract, where others give prizes."""
    givers = [n for w in (verb, award) for n in args.of_preposition(w, "from")]
    states = (EntityKind.GOVERNMENT, EntityKind.AUTHORITY)
    priced = any(n.money is not None for n in award.subtree())
    return priced and any(n.name is not None and n.name.kind in states for n in givers)


def _is_holding(noun: Node) -> bool:
    if noun.lemma in ("stake", "shareholding", "ownership", "slice", "sliver", "chunk", "punt"):
        return True
    if noun.lemma in ("share", "stock", "allocation"):
        # "its Acme shares", "its shares in Acme": those that it holds in Acme
        whose = [*noun.all("compound", "nmod"), *args.of_preposition(noun, "in")]
        return bool(noun.all("poss")) and any(c.name for c in whose)
    lemmas = {c.lemma for c in noun.subtree() if c.index < noun.index + 1}
    return (
        bool(lemmas & {"%", "percent", "stake", "minority", "majority", "equity"})
        and noun.lemma not in ("stock", "share")
    ) or (noun.lemma in ("holding", "holdings"))
