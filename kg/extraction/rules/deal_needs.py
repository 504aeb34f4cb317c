"""What frames of partnership need beside the roles: business to talk about, an undertaking of two."""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.deals import CUSTOM, REVENUE, closes
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.partners import ones, partner_programmes
from kg.extraction.rules.support_verbs import support
from kg.extraction.rules.wholes import WHOLE, buys_the_rest, of_the_whole
from kg.model import EntityKind


def _business(talk: Node) -> bool:
    """``talks with Y to develop a chip``, ``about licensing its content``, not ``to buy it``."""
    doing, done = words("nouns", "dealing_verb"), words("nouns", "dealing_noun")
    verb = support(talk) or talk
    for clause in [c for n in (talk, verb) for c in n.all("acl", "advcl", "xcomp", "relcl")]:
        if clause.tag == "VB" and clause.index > talk.index:
            formed = clause.lemma in _FORMING and _undertaking(clause)
            told = clause.lemma in doing and not _of_a_model(clause)
            return told or formed or _buys_wares(clause)
    about = [
        n
        for place in (talk, verb)
        for n in args.of_preposition(place, "about", "on", "over", "for", "regarding", "around")
    ]
    return any(
        n.lemma in done
        or (n.lemma == "deal" and _of_goods(n))
        or (n.lemma in doing and not _of_a_model(n))
        or n.lemma in words("nouns", "ware")
        for n in (m for each in about for m in conjuncts(each))
        if n.name is None
    )


def _closed_deal(noun: Node) -> bool:
    """``closed its deal for Y``, ``completed the Y deal``."""
    verb = support(noun)
    closed = verb is not None and verb.lemma in words("modality", "closing_verb")
    return closed and verb is not None and noun in (*args.objects(verb), *verb.all("nsubjpass"))


def _sells_itself(verb: Node) -> bool:
    """``Y agreed to sell to X``: itself, where nothing else is said to be sold."""
    above = verb.head if verb.dep == "xcomp" else None
    agreed = above is not None and above.lemma in _DECIDING_TO
    return agreed and not args.objects(verb) and verb.tag == "VB"


_DECIDING_TO = frozenset({"agree", "decide", "choose", "opt", "plan", "want"})


def is_new_owner(noun: Node) -> bool:
    """``the new owner of Y``, ``makes X the owner of Y``."""
    if noun.tag != "NN" or noun.lemma not in ("owner", "parent"):
        return False
    new = any(c.word in ("new", "next", "future") for c in noun.all("amod"))
    made = noun.dep == "ccomp" and noun.head is not None and noun.head.lemma == "make"
    became = noun.dep == "attr" and noun.head is not None and noun.head.lemma == "become"
    return new or made or became


_FORMING = frozenset({"form", "create", "establish", "launch", "set", "start", "build"})


def _of_goods(deal: Node) -> bool:
    """``a content deal``, ``a chip supply deal``."""
    goods = words("nouns", "rights") | words("nouns", "supply") | {"licensing", "supply"}
    return any(c.lemma in goods for c in deal.all("compound", "nmod"))


def _of_a_model(verb: Node) -> bool:
    """``about using Z in its phones``: that is told as a distribution."""
    return any(
        n.lemma in ("model", "llm") or (n.name is not None and n.name.kind is EntityKind.MODEL)
        for o in args.objects(verb)
        for n in o.subtree()
    )


def _buys_wares(verb: Node) -> bool:
    """``to buy chips``: of whom one buys those, one deals with."""
    goods = words("nouns", "supply") | words("nouns", "ware")
    return verb.lemma in _TRADING and any(n.lemma in goods for n in args.objects(verb))


_TRADING = frozenset({"buy", "purchase", "sell", "rent", "lease", "order", "secure", "source"})


def _under_deal(verb: Node) -> bool:
    """``under a licensing deal``, ``as part of an agreement``: what a verb tells is agreed with whose it is."""
    if any(o.lemma in words("nouns", "holding") for o in args.objects(verb)):
        # "will sell Y's stake in Z"
        return False
    able = verb.head if verb.dep == "xcomp" and verb.head is not None else None
    above = [able.head] if able is not None and able.lemma == "able" and able.head else []
    preps = [p for n in (verb, *above, *args.objects(verb)) for p in n.all("prep")]
    told = [n for p in preps if p.word in _BY_DEAL for n in p.all("pobj")]
    told += [m for n in told if n.lemma == "part" for m in args.of_preposition(n, "of")]
    return any(n.lemma in _AGREED_BY for n in told)


_BY_DEAL = frozenset({"under", "through", "via", "as", "in"})
_AGREED_BY = frozenset(
    {"deal", "agreement", "licence", "license", "contract", "partnership", "pact", "arrangement"}
)


def _undertaking(verb: Node) -> bool:
    """``A and B launched an initiative``, ``formed a new company``: one that both have."""
    if any(n.word in ("each", "both") for c in verb.children for n in (c, *c.children)):
        # each one of its own
        return False
    with_others = [
        n for near in (verb, *verb.all("dobj")) for n in args.of_preposition(near, "with")
    ]
    if any(n.name is not None for n in with_others):
        # "A and B announced a partnership with C": of either with C
        return False
    return any(
        (n.lemma in words("nouns", "undertaking") or _new_body(n))
        and n.tag == "NN"
        and not any(c.word in ("separate", "own", "similar") for c in n.children)
        for n in verb.all("dobj")
    )


def _new_body(noun: Node) -> bool:
    """``a new company``, ``a joint lab``: what two who form it have together."""
    shared = any(c.word in ("new", "joint") for c in noun.children)
    return shared and noun.lemma in words("nouns", "common_body")


def _formed(venture: Node) -> bool:
    """``formed a venture with Y``."""
    verb = support(venture)
    if venture.lemma != "venture" and (verb is None or verb.lemma not in _SETTING_UP):
        return False
    return verb is not None and verb.lemma in words("nouns", "forming_verb")


_SETTING_UP = frozenset({"form", "create", "establish", "set", "found"})


def _led(group: Node) -> bool:
    """``a consortium led by X``, where none of it is about owning or fighting another."""
    *_, top = (group, *group.ancestors())
    led = any(c.lemma in ("lead", "head", "spearhead") for c in group.all("acl"))
    other = words("nouns", "no_partnership") | {"buy", "bid", "share", "back", "fund", "pay"}
    return led and not any(n.lemma in other for n in top.subtree())


def _bonded(link: Node) -> bool:
    """``forged links with Y``, ``deepened its bonds with Y``."""
    verb = support(link)
    return verb is not None and verb.lemma in words("nouns", "bonding_verb")


def _had(verb: Node) -> bool:
    """``agreements that it has in place with Y``."""
    return verb.dep == "relcl"


def _no_takeover(deal: Node) -> bool:
    """Whether nothing near says that the deal is about owning the other: ``X's Y deal``.

    A deal that is off mostly was.
    """
    *_, top = (deal, *deal.ancestors())
    verb = deal.head
    if verb is not None and any(c.word in ("off", "dead", "over") for c in verb.children):
        return False
    return not any(n.lemma in words("nouns", "takeover_word") for n in top.subtree())


def _rights(verb: Node) -> bool:
    """``pays Y for its stories``."""
    where = (verb, *args.objects(verb))
    return any(
        n.lemma in words("nouns", "rights") for w in where for n in args.of_preposition(w, "for")
    )


def _owned(verb: Node) -> bool:
    """``X's chip, designed with Y``: a passive whose thing is somebody's."""
    return args.is_passive(verb) and any(
        n.name is None and n.lemma in words("nouns", "ware") for n in args.objects(verb)
    )


_ADVISING = frozenset(
    {"advise", "assist", "explore", "evaluate", "review", "consider", "find", "represent", "defend"}
    | {"arrange", "solicit", "handle", "counsel", "assess", "weigh"}
)


def _tasked(verb: Node) -> bool:
    """``picked Y to build its network``, ``entrusted Y with its accounts``: for some task."""
    tasks = [
        c for n in (verb, *args.objects(verb)) for c in n.all("xcomp", "advcl", "acl", "ccomp")
    ]
    if verb.lemma in ("ask", "pay", "invite"):
        return any(c.tag == "VB" and c.lemma in words("nouns", "making") for c in tasks)
    if any(c.tag == "VB" and c.lemma in _ADVISING for c in tasks):
        # "hired Y to advise on the sale"
        return False
    if any(c.tag == "VB" and c.index > verb.index for c in tasks):
        return True
    if verb.lemma == "entrust":
        return any(True for _ in args.of_preposition(verb, "with"))
    beaten = args.of_preposition(verb, "over")
    if verb.lemma in _CHOOSING and any(n.name is not None for n in beaten):
        return True
    aims = [n for n in args.of_preposition(verb, "for") if n.name is None]
    named = any(o.name is not None for o in args.objects(verb))
    honoured = any(n.lemma in _HONOURS for n in aims)
    return verb.lemma in _CHOOSING and named and bool(aims) and not honoured


_HONOURS = frozenset(
    {"award", "prize", "list", "ranking", "role", "job", "post", "index", "honour"}
)


_CHOOSING = frozenset({"pick", "choose", "select"})


def _ties_cut(verb: Node) -> bool:
    """``cut ties with Y``, ``broke with Y``, not ``broke a record with Y``."""
    told = verb.all("dobj")
    return not told or any(o.lemma in _TIES for o in told)


_TIES = frozenset({"tie", "link", "relation", "relationship", "connection", "bond"})


def _content_used(verb: Node) -> bool:
    """``lets Y train on its archive``, ``licensed Y to quote it``: no authority's permit."""
    if any(n.name is not None and n.name.is_authority for n in args.subjects(verb)):
        return False
    below = [
        c for n in (verb, *args.objects(verb)) for c in n.all("ccomp", "xcomp", "acl", "advcl")
    ]
    return any(c.lemma in words("nouns", "using_content") and c.tag == "VB" for c in below)


def _content_given(verb: Node) -> bool:
    """``feeds its copy to Y``, ``opened its archive to Y``."""
    given = [n for o in args.objects(verb) for n in conjuncts(o)]
    given += [m for n in given for m in args.of_preposition(n, "of")]
    given += [m for n in given if n.lemma == "access" for m in args.of_preposition(n, "to")]
    if verb.lemma in ("sell", "grant") and any(n.lemma in _PERMITS for n in given):
        # "sold rights to X"
        return True
    content = words("nouns", "content")
    if verb.lemma in ("sell", "transfer"):
        # "sold X's assets to Y"
        content -= {"asset"}
    return any(n.name is None and n.lemma in content for n in given)


def _access_given(verb: Node) -> bool:
    """``granted Y access to its supercomputers``: not to a model, which is told as a distribution."""
    given = [n for o in args.objects(verb) for n in conjuncts(o) if n.lemma in ("access", "use")]
    to_what = [m for n in given for m in args.of_preposition(n, "to", "of")]
    return any(n.name is None and n.lemma in _OPENED for n in to_what)


_OPENED = (
    words("nouns", "ware")
    | words("nouns", "supply")
    | words("nouns", "content")
    | words("nouns", "rights")
) - {"model", "llm", "chatbot", "assistant"}


def _covets(verb: Node) -> bool:
    """``has its eye on Y``, ``set its sights on Y``."""
    return any(o.lemma in ("eye", "sight", "design") for o in args.objects(verb))


_PERMITS = frozenset({"right", "licence", "license"})


def _of_own_sale(talks: Node) -> bool:
    """``in talks with X about a sale``, ``about selling itself``; not of a part."""
    verb = support(talks)
    near = [p for n in (talks, verb) if n is not None for p in n.all("prep")]
    near += [p for q in near if q.word == "with" for o in q.all("pobj") for p in o.all("prep")]
    about = [
        n
        for p in near
        if p.word in ("about", "on", "over")
        for n in (*p.all("pobj"), *p.all("pcomp"))
    ]
    return any(
        (n.lemma == "sale" and n.tag == "NN" and not n.all("prep", "poss", "compound"))
        or (n.lemma == "sell" and any(o.word == "itself" for o in n.all("dobj")))
        for n in about
    )


def _in_common(verb: Node) -> bool:
    """``joined X in a fund for data centers``; not ``in June``, ``in backing Y``."""
    told = args.of_preposition(verb, "in", "on")
    below = [n for o in args.objects(verb) for n in args.of_preposition(o, "in", "on")]
    return any(
        n.lemma in words("nouns", "undertaking")
        and any(d.word in ("a", "an") for d in n.all("det"))
        for n in (*told, *below)
    )


_EACH = frozenset({"other", "another"})


def _common_aim(verb: Node) -> bool:
    """``A and B agreed to share their data``, not ``to pay a fine``."""
    below = [c for c in verb.all("xcomp", "advcl", "ccomp") if c.index > verb.index]
    aims = [c for c in below if c.lemma in words("nouns", "common_aim")]
    # "agreed to put $5bn into Y": both invest
    aims = [c for c in aims if c.lemma != "put" or all(n.money is None for n in c.subtree())]
    # "agreed to cooperate with the regulator": not with one another
    others = [n for c in aims for n in args.of_preposition(c, "with")]
    return bool(aims) and all(n.lemma in _EACH for n in others)


def _agreed(verb: Node) -> bool:
    """``A and B agreed on a contract``, ``on a campus``; not ``on a price``."""
    things = words("nouns", "deal") | words("nouns", "undertaking") | words("nouns", "supply")
    agreed = [n.lemma for n in args.of_preposition(verb, "on")]
    return any(w in things and w not in words("nouns", "of_takeovers") for w in agreed)


def _with(noun: Node) -> bool:
    """``a programme with Y``, not ``a programme to compete with Y``."""
    verb = support(noun)
    near = [noun, *([verb] if verb is not None else []), *ones(noun)]
    return any(p.word == "with" for n in near for p in n.all("prep"))


def _goods(verb: Node) -> bool:
    """``ordered scribes from Y``: things, and not shares, people or help."""
    things = [o for o in verb.all("dobj") if o.name is None and o.money is None]
    things += [n for n in args.of_preposition(verb, "with") if n.name is None]
    things = [n for n in things if n.tag in ("NN", "NNS")]
    return bool(things) and not any(n.lemma in words("nouns", "no_goods") for n in things)


def _queries(verb: Node) -> bool:
    """``routes hard questions to Z``."""
    return any(o.lemma in _ASKED_OF_MODELS for o in args.objects(verb))


_ASKED_OF_MODELS = frozenset(
    {"query", "question", "request", "task", "prompt", "workload", "search"}
)


def _for_a_price(verb: Node) -> bool:
    """``gets Y for $3 billion``."""
    return any(
        m.money is not None and m.money.value >= _PRICE_OF_A_COMPANY
        for n in args.of_preposition(verb, "for", "at")
        for m in (n, *n.subtree())
    )


def _has_contract(verb: Node) -> bool:
    """``won a contract from the agency``, where an order or agreement might be one of its cases."""
    given = [*args.objects(verb), *verb.all("dobj")]
    return any(n.lemma == "contract" for o in given for n in conjuncts(o))


def _become(noun: Node) -> bool:
    """``became part of Y``, ``is now a unit of Y``, ``X, now part of Y``."""
    verb = noun.head
    if noun.dep == "appos":
        return any(c.word == "now" for c in noun.children)
    if verb is None or noun.dep != "attr":
        return False
    now = any(c.word in _NOW for c in (*verb.children, *noun.children))
    return verb.lemma == "become" or (verb.lemma == "be" and now)


def _lately(node: Node) -> bool:
    """``now owns Y``, ``owner of Y since May``; not ``now owns part of Y``."""
    if any(o.name is None and o.lemma in _PARTS for o in node.all("dobj")):
        return False
    return node.tag != "NNS" and any(n.word in ("now", "since") for n in node.subtree())


_PARTS = (words("nouns", "portion") | words("nouns", "holding") | {"%", "cent"}) - {"all"}


def _for_a_company(noun: Node) -> bool:
    """``X's deal for Y``, not ``its deal for Y's data``."""
    joined = ("on",) if noun.lemma in ("swoop", "pounce") else ("for",)
    named = [n.name for n in args.of_preposition(noun, *joined) if n.name is not None]
    return any(name.kind in _BOUGHT_WHOLE for name in named)


_NOW = frozenset({"now", "today", "already", "officially", "henceforth"})
_BOUGHT_WHOLE = frozenset(
    {None, EntityKind.COMPANY, EntityKind.LAB, EntityKind.CHIP_MAKER, EntityKind.ORGANISATION}
)
_PRICE_OF_A_COMPANY = 1_000_000


def _nobodys(customers: Node) -> bool:
    """``Customers include X``, ``X is a customer``: whose they are is not said."""
    if any(
        c.dep in ("poss", "prep", "compound", "amod", "relcl", "acl") for c in customers.children
    ):
        return False
    verb = customers.head
    if verb is not None and verb.word == "among":
        verb = verb.head
    plain = verb is not None and not verb.all("aux", "neg", "advcl") and verb.dep == "ROOT"
    return plain and not any(c.word in ("no", "any", "every") for c in customers.all("det"))


def _into_the_fold(verb: Node) -> bool:
    """``brought Y into the fold``, ``into its stable``; not ``into the fold as a partner``."""
    places = (verb, *args.objects(verb))
    folds = [n for p in places for n in args.of_preposition(p, "into", "in", "under")]
    return any(n.lemma in _FOLDS for n in folds) and not any(args.of_preposition(verb, "as"))


def _for_stock(verb: Node) -> bool:
    """``joins Y in an all-stock deal``, ``as part of a $5 billion acquisition``: it is bought."""
    told = [*args.of_preposition(verb, "in", "as", "through", "via")]
    told += [m for n in told for m in args.of_preposition(n, "of") if n.lemma == "part"]
    return any(
        (
            n.lemma in _TAKEOVERS
            and any(c.word in ("a", "an") for c in n.all("det"))
            and not any(args.of_preposition(n, "of"))
        )
        or (
            n.lemma in ("deal", "transaction")
            and any(c.lemma in _PAID_IN and c.index < n.index for c in n.subtree())
        )
        for n in told
    )


_TAKEOVERS = frozenset({"acquisition", "takeover", "purchase", "buyout", "acquihire"})
_PAID_IN = frozenset({"stock", "cash", "share"})


_FOLDS = frozenset({"fold", "stable", "house", "umbrella"})


DEAL_NEEDS: dict[str, Callable[[Node], bool]] = {
    "business": _business,
    "nobody's": _nobodys,
    "undertaking": _undertaking,
    "under-deal": _under_deal,
    "formed": _formed,
    "led": _led,
    "programme": lambda verb: bool(partner_programmes(verb)),
    "bonded": _bonded,
    "had": _had,
    "unowned": _no_takeover,
    "rights": _rights,
    "owned": _owned,
    "queries": _queries,
    "task": _tasked,
    "ties": _ties_cut,
    "content": _content_given,
    "use": _content_used,
    "aim": _common_aim,
    "agreed": _agreed,
    "goods": _goods,
    "with": _with,
    "for-price": _for_a_price,
    "the-rest": buys_the_rest,
    "of-the-whole": of_the_whole,
    "became": _become,
    "lately": _lately,
    "for-company": _for_a_company,
    "revenue": lambda verb: any(n.lemma in REVENUE for n in verb.subtree()),
    "in-common": _in_common,
    "control": lambda _: True,
    "own-sale": _of_own_sale,
    "closing": closes,
    "closed-deal": _closed_deal,
    "sells-itself": _sells_itself,
    "new-owner": is_new_owner,
    "admission": _access_given,
    "coveting": _covets,
    "state-contract": _has_contract,
    "takeover-target": lambda noun: any(
        c.lemma in words("nouns", "of_takeovers") for c in noun.all("compound", "nmod")
    ),
    "for-stock": _for_stock,
    "custom": lambda verb: any(o.lemma in CUSTOM for o in args.objects(verb)),
    "into-the-fold": _into_the_fold,
    "one": lambda noun: noun.lemma != "sale" or noun.tag != "NNS",
}
"""Need -> whether the trigger meets it."""

ASKED_OF_DEALS: dict[str, frozenset[str]] = {
    "business": words("nouns", "dealing_verb")
    | _FORMING
    | words("nouns", "dealing_noun")
    | words("nouns", "ware")
    | _TRADING,
    "for-stock": _TAKEOVERS | _PAID_IN,
    "custom": CUSTOM,
    "into-the-fold": _FOLDS,
    "admission": frozenset({"access", "use"}),
    "state-contract": frozenset({"contract"}),
    "takeover-target": words("nouns", "of_takeovers"),
    "coveting": frozenset({"eye", "sight", "design"}),
    "undertaking": words("nouns", "undertaking") | words("nouns", "common_body"),
    "under-deal": _AGREED_BY,
    "formed": words("nouns", "forming_verb"),
    "led": frozenset({"lead", "head", "spearhead"}),
    "programme": frozenset({"partner"}),
    "bonded": words("nouns", "bonding_verb"),
    "rights": words("nouns", "rights"),
    "owned": words("nouns", "ware"),
    "queries": _ASKED_OF_MODELS,
    "content": words("nouns", "content") | _PERMITS,
    "use": words("nouns", "using_content"),
    "aim": words("nouns", "common_aim"),
    "agreed": frozenset({"on"}),
    "with": frozenset({"with"}),
    "for-price": frozenset({"million", "billion"}),
    "the-rest": WHOLE,
    "of-the-whole": WHOLE,
    "became": _NOW | {"become"},
    "lately": frozenset({"now", "since"}),
    "for-company": frozenset({"for", "on"}),
    "revenue": REVENUE,
    "in-common": words("nouns", "undertaking"),
    "control": frozenset({"control", "ownership", "possession"}),
    "own-sale": frozenset({"sale", "sell", "takeover", "buyout"}),
}
"""Need -> words of which a sentence must hold one, as ``conditions.ASKED``."""
