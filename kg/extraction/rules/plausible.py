"""What frames find and nobody means: governments in league with one another, money put into a country."""

from __future__ import annotations

from kg.extraction.rules import arguments as args
from kg.extraction.rules.case_needs import is_powerless
from kg.extraction.rules.deal_needs import is_new_owner
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.gazetteer import Name, publishes
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.post_places import of_another
from kg.model import EntityKind, Kind

_ROUNDS = frozenset({"lead a round", "take part", "listed participant"})


def _raises_as_giant(match: Match) -> bool:
    """``It raised $5bn from A``, where "it" seems to be one of those who raise no rounds."""
    entity = match.object.name.entity
    raises = match.frame.raises or match.frame.name in _ROUNDS
    raises |= any(n.lemma == "raise" for n in (match.trigger, *match.trigger.ancestors()))
    giant = entity is not None and entity.id in words("references", "giant")
    return raises and giant and match.object.how == "reference"


def _is_where(party: Filler) -> bool:
    """``will make chips in Texas``: where, not with whom."""
    prep = party.node.head
    governs = party.name.kind is EntityKind.GOVERNMENT and party.node.dep == "pobj"
    return governs and prep is not None and prep.word in ("in", "across", "throughout")


def _beyond_its_power(review: Node) -> bool:
    """``lacked the power to review X's deal``: it does not."""
    above = next((n for n in review.ancestors() if n.tag.startswith("VB")), None)
    below = review.dep in ("acl", "advcl", "xcomp", "relcl") and review.tag == "VB"
    return below and above is not None and is_powerless(above)


def _for_staff(verb: Node) -> bool:
    staff = words("nouns", "people") | {"staff", "employee", "worker", "workforce"}
    places = (verb, *args.objects(verb))
    return any(n.lemma in staff for p in places for n in args.of_preposition(p, "for"))


def plausible(match: Match) -> bool:
    """Whether a match can tell a relationship between such parties."""
    one, other = match.subject, match.object
    if match.frame.kind is Kind.PARTNERSHIP and one is not None:
        if _are_one(match):
            return False
        if match.frame.name == "gives access to wares" and _given_by_another(match):
            # "Z gives X access to Y's chips": X deals with Z
            return False
        if _for_a_sale(match.trigger):
            return False
        if match.frame.name == "rely on wares" and _is_model(one.node):
            # "Claude runs on X's chips"
            return False
        if match.trigger.lemma.startswith("licen") and _governs(one.name, other.name):
            # "won a licence from the department to export"
            return False
        if _is_post(match.trigger) or _is_in_country(match) or _is_where(one) or _is_where(other):
            return False
        if match.frame.name == "partnerships include" and match.trigger.lemma == "deal":
            # "its deals include a pact with X", not "its deals include X", which it may have bought
            return other.node.head is not None and other.node.head.word == "with"
        # "collaboration between Japan and the United States"
        kinds = {one.name.kind, other.name.kind}
        return kinds != {EntityKind.GOVERNMENT} and not _as_backers(match.trigger)
    if match.frame.kind is Kind.INVESTMENT and publishes(other.name) and _whose(match.trigger):
        return False
    if match.frame.kind is Kind.LITIGATION and one is not None and _sues_as_state(one.name):
        return False
    if match.frame.kind is Kind.ACQUISITION and _is_versioned(match.object.node):
        return False
    if match.frame.kind is Kind.ACQUISITION and match.object.name.kind is EntityKind.MODEL:
        return False
    if match.frame.name == "acquire" and _for_staff(match.trigger):
        # "bought ChatGPT Enterprise for its staff"
        return False
    if match.frame.name == "acquisition of" and other.how == "reference":
        # "completed a merger of the two companies" is told by both
        return other.node.tag != "NNS"
    if match.frame.name == "merged into" and _of_one_house(match):
        return False
    if match.frame.name in ("acquisition of", "compound deal") and any(
        c.lemma in ("share", "stock", "bond", "equity") for c in match.trigger.all("compound")
    ):
        # "its Y share purchases"
        return False
    if match.frame.name == "merge with" and match.trigger.lemma == "combine":
        # "combine X's robots with Y's software"
        return not any(p is not None and p.node.all("poss") for p in (one, other))
    if match.frame.name == "pay for" and _paid_for_shares(match.trigger):
        return False
    if match.frame.name == "pay for" and any(n.name for n in match.trigger.all("dative")):
        # "pays X $5 million for its technology"
        return False
    if match.frame.name == "hold a stake" and _not_held(match.trigger):
        return False
    if match.frame.name == "take over":
        # "picked up Z", which is a model: it carries it now
        bought = match.object.node.name
        return bought is None or bought.kind is not EntityKind.MODEL
    if match.frame.kind in (Kind.ACQUISITION, Kind.INVESTMENT) and _are_one(match):
        return False
    if match.frame.kind is Kind.SCRUTINY and _beyond_its_power(match.trigger):
        return False
    if match.frame.kind is Kind.SCRUTINY and match.trigger.lemma == "reject":
        # "the FDA rejected X": what X makes
        return match.object.how != "name"
    if match.frame.kind is Kind.APPOINTMENT:
        return one is not None and not of_another(match)
    if match.frame.kind is Kind.INVESTMENT and not match.frame.hyphen and _of_one_list(match):
        return False
    if match.frame.kind is Kind.INVESTMENT and _joins_staff(match.trigger):
        return False
    if match.frame.kind is Kind.INVESTMENT and _raises_as_giant(match):
        return False
    if match.frame.name == "backer of" and is_new_owner(match.trigger):
        return False
    if match.frame.name == "backer of" and any(c.word == "fellow" for c in match.trigger.children):
        # "sold its stake to fellow shareholder X": of the same firm as the seller, and none of his
        return False
    if match.frame.kind is Kind.INVESTMENT:
        # "invest $5 billion in data centres in France", "investing in its chip business"
        return other.name.kind not in (EntityKind.GOVERNMENT, EntityKind.PLACE) and not (
            match.frame.name in ("invest", "invest money") and _is_own(match)
        )
    return True


def _whose(noun: Node) -> bool:
    """``According to the Quintal Daily, which cited people, the start-up, whose backers``: not the paper's."""
    return any(c.tag == "WP$" for c in noun.all("poss"))


def _sues_as_state(name: Name) -> bool:
    """``Texas sued X``: a case of an authority, and no private one."""
    return name.is_authority or name.kind is EntityKind.GOVERNMENT


def _of_one_house(match: Match) -> bool:
    """``X merged its research team into its lab Y``: what it owned already."""
    one, other = match.subject, match.object
    if one is None or other.how == "reference":
        return True
    doer, merged = one.name.entity, other.name.entity
    if doer is None or merged is None:
        return False
    return doer.parent == merged.id or (one.how == "reference" and merged.parent == doer.id)


def _not_held(verb: Node) -> bool:
    """``the shares that it does not own``: who lacks these may have others; ``took part in``."""
    takes_part = verb.lemma == "take" and any(o.lemma == "part" for o in args.objects(verb))
    return takes_part or (verb.dep in ("relcl", "acl") and verb.child("neg") is not None)


def _for_a_sale(trigger: Node) -> bool:
    """``an agreement with X for the sale of its unit``: a takeover, and no partnership."""
    near = [trigger, *trigger.all("dobj")]
    if trigger.dep == "dobj" and trigger.head is not None:
        near.append(trigger.head)
    sold = [n for w in near for n in args.of_preposition(w, "for")]
    # "an agreement covering the acquisition of X"
    sold += [n for w in near for c in w.all("acl") if c.lemma == "cover" for n in c.all("dobj")]
    return any(
        n.lemma in ("sale", "takeover", "merger", "acquisition")
        and any(
            o.name is not None or o.lemma in words("nouns", "unit") | {"company"}
            for o in args.of_preposition(n, "of")
        )
        for n in sold
    )


def _given_by_another(match: Match) -> bool:
    parties = {match.object.name.name, *([match.subject.name.name] if match.subject else [])}
    givers = [n.name for n in args.subjects(match.trigger) if n.name is not None]
    return any(n.is_organisation and n.name not in parties for n in givers)


_PARTS = frozenset({"half", "third", "quarter", "fifth", "tenth", "part", "portion", "slice", "%"})


def _paid_for_shares(verb: Node) -> bool:
    """``a stake in Y, for which X paid $5 million``, ``paid for just under half of Y``: for a part."""
    if any(n.lemma in _PARTS for n in args.of_preposition(verb, "for")):
        return True
    what = verb.head if verb.dep == "relcl" else None
    return what is not None and what.lemma in (
        "stake",
        "share",
        "holding",
        "shareholding",
        "interest",
    )


def _are_one(match: Match) -> bool:
    """``Anaconda Mining`` and ``Anaconda``: one firm, by its full name and the short one."""
    one, other = match.subject, match.object
    if one is None or not (one.name.entity is None or other.name.entity is None):
        return False
    short, full = sorted((one.name.name, other.name.name), key=len)
    rest = full.removeprefix(short).split()
    suffixes = words("names", "organisation_suffix") | words("names", "legal_form")
    return full.startswith(short + " ") and all(w.rstrip(".") in suffixes for w in rest)


def _governs(*names: Name) -> bool:
    kinds = (EntityKind.GOVERNMENT, EntityKind.AUTHORITY)
    return any(n.is_authority or n.kind in kinds for n in names)


def _is_versioned(node: Node) -> bool:
    """``stop buying X's RTX 6000``: something that X makes."""
    name = node.name
    owned = any(n.name is not None for n in node.all("poss"))
    return (
        owned and name is not None and name.entity is None and any(c.isdigit() for c in name.text)
    )


def _is_model(node: Node) -> bool:
    return node.name is not None and node.name.kind is EntityKind.MODEL


def _is_post(noun: Node) -> bool:
    """``joined as its first general partner``: a post in a fund."""
    told = {c.word for c in noun.all("amod", "compound")}
    return noun.lemma == "partner" and bool(told & words("posts", "partner"))


def _is_in_country(match: Match) -> bool:
    """``one of South Africa's biggest providers``: one there, and none of its state's."""
    party = match.object.node
    kind = match.object.name.kind
    return (
        kind is EntityKind.GOVERNMENT and party.dep == "poss" and match.frame.name == "partner of"
    )


def _of_one_list(match: Match) -> bool:
    """``who has put money in are A, B and C``: all three have, and in none of them; a fund named after its owner."""
    one, other = match.subject, match.object
    if one is None:
        return False
    named = one.how == other.how == "name" and _first_of_list(one.node) is _first_of_list(
        other.node
    )
    return named or one.name.name.startswith(f"{other.name.name} ")


def _first_of_list(node: Node) -> Node:
    while node.dep == "conj" and node.head is not None and node.head.name is not None:
        node = node.head
    return node


def _joins_staff(verb: Node) -> bool:
    """``A joins the board``: no part in a round."""
    return verb.lemma == "join" and any(o.lemma in _STAFF for o in args.objects(verb))


_STAFF = frozenset({"board", "team", "staff", "company", "council", "leadership"})


def _as_backers(verb: Node) -> bool:
    """``signed up X and Y as its first shareholders``: they invest."""
    told = [n.lemma for n in args.of_preposition(verb, "as")]
    return verb.tag.startswith("VB") and any(
        w in ("investor", "shareholder", "backer") for w in told
    )


def _is_own(match: Match) -> bool:
    node = match.object.node
    owned = node.head if node.dep == "poss" and node.head is not None else node
    return (
        owned.name is None
        and owned.lemma in words("nouns", "unit")
        and any(c.word in ("its", "their", "our") for c in owned.all("poss"))
    )
