"""Parties that a sentence leaves to be understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.extraction.rules import arguments as args
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.frames import Frame
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.phrases import Phrases
from kg.extraction.rules.place_words import nodes_at
from kg.extraction.rules.round_owners import raises
from kg.model import Kind


def undertaken(phrases: Phrases, frame: Frame, verb: Node, avoid: Sequence[Name]) -> list[Filler]:
    """``bankroll Y's rise``, ``contribute $5 billion to Y's growth``, ``in direct investment in Y``: Y."""
    nodes = [
        n for place in frame.object for n in nodes_at(phrases.parsed, verb, place) if n.name is None
    ]
    inner: list[Node] = []
    for node in nodes:
        if node.lemma in words("funding", "undertaking"):
            inner += node.all("poss")
        elif node.lemma in words("funding", "capital") and _holds_money(node):
            inner += args.of_preposition(node, "in", "into")
    found = phrases.fill([n for n in inner if n.name is not None], "organisation", avoid, verb)
    return [Filler(f.node, f.name, "part") for f in found]


def _holds_money(noun: Node) -> bool:
    """``$5 billion in direct investment``."""
    return noun.head is not None and noun.head.head is not None and noun.head.head.money is not None


def named_before(phrases: Phrases, verb: Node, subjects: Sequence[Filler]) -> Name | None:
    """In whom "its holding" is, where one other organisation stands before it in the sentence."""
    found = _one_organisation(phrases, subjects, lambda n: n.index < verb.index)
    return found[0].name if found else None


def implied_subject(
    phrases: Phrases, frame: Frame, trigger: Node, objects: Sequence[Filler]
) -> list[Filler]:
    """``the $5 billion investment in X``: whose it is, where one other organisation stands before it."""
    if (
        frame.kind is not Kind.INVESTMENT
        or trigger.lemma not in ("investment", "bet", "stake")
        or not trigger.tag.startswith("NN")
    ):
        return []
    determiner = trigger.child("det")
    if determiner is None or determiner.word not in ("the", "this", "that"):
        return []
    return _one_organisation(phrases, objects, lambda n: n.index < trigger.index)


def implied_object(
    phrases: Phrases, frame: Frame, trigger: Node, subjects: Sequence[Filler]
) -> list[Filler]:
    """``Y's initial $5 billion investment``: in what, where one other organisation is in the sentence.

    Also ``investments, including $5 billion for X``.
    """
    if frame.name != "investment of" or trigger.lemma not in ("investment", "bet", "funding"):
        return []
    if trigger.dep == "compound":
        # "X has a $5 billion funding round behind it"
        return []
    if announced := _announcers(trigger, subjects):
        found = phrases.fill(announced, "organisation", [f.name for f in subjects], trigger)
        return [f for f in found if f.how != "part"]
    nodes = [
        n
        for money in phrases.parsed.nodes
        if money.money is not None and money.index > trigger.index
        for n in args.of_preposition(money, "for", "in", "into")
    ]
    found = phrases.fill(nodes, "organisation", [f.name for f in subjects], trigger)
    if found:
        return found
    if _opens_clause(trigger):
        doers = [n for v in trigger.ancestors() for n in v.all("nsubj", "nsubjpass")][:1]
        named = [n for n in doers if n.name is not None]
        return phrases.fill(named, "organisation", [f.name for f in subjects], trigger)
    if not any(n.money is not None for n in trigger.subtree()):
        return []
    return _one_organisation(phrases, subjects, lambda n: True)


def _announcers(investment: Node, subjects: Sequence[Filler]) -> list[Node]:
    """``Y announced an investment by X``: Y tells of it, and gets it."""
    verb = investment.head
    if verb is None or investment.dep != "dobj" or verb.lemma not in _ANNOUNCING:
        return []
    given = all(f.node.index > investment.index for f in subjects)
    whose = any(n.name is not None for n in args.of_preposition(investment, "in", "into", "of"))
    return args.surface_subjects(verb) if given and not whose else []


_ANNOUNCING = frozenset(
    {"announce", "disclose", "reveal", "unveil", "confirm", "report", "welcome"}
)


def _opens_clause(investment: Node) -> bool:
    """``After X's investment, Y grew``: made in Y, who goes on."""
    prep = investment.head
    if prep is None or not investment.all("poss") or investment.dep != "pobj":
        return False
    if prep.word not in ("after", "since", "following", "before", "despite"):
        return False
    return prep.head is not None and prep.index < prep.head.index and prep.head.tag[:2] == "VB"


def implied_party(
    phrases: Phrases, place: str, trigger: Node, avoid: Sequence[Name]
) -> list[Filler]:
    """The company whose post it is, or the one the article is speaking of."""
    if place == "spoken of":
        name = phrases.roles.spoken_of(trigger) if _stands_alone(trigger) else None
        taken = {n.name.name for n in trigger.subtree() if n.name is not None}
        return [Filler(trigger, name, "reference")] if name and name.name not in taken else []
    if place == "topic" and any(
        n.name is None
        and n.text not in words("names", "month")
        and (n.tag == "NNS" or (n.tag.startswith("NN") and not n.all("det", "poss")))
        and n.lemma not in words("nouns", "round")
        for n in args.of_preposition(trigger, "in", "of")
    ):
        # "an investor in many companies", "a backer of frontier AI": in none that is named
        return []
    if place == "topic" and (
        _within_another(trigger) or _of_a_thing(trigger) or _is_counted(trigger)
    ):
        return []
    said = {c.lemma for c in trigger.all("compound", "nmod")} - {"venture", "seed", "series"}
    if place == "topic" and trigger.dep == "appos" and said:
        # "X, the data centre investor": what it does for a living
        return []
    if place == "topic" and any(
        n.word in ("our", "my") or (n.tag == "NNP" and n.name is None) for n in trigger.all("poss")
    ):
        # whose they are is known, or nobody knows
        return []
    if place == "topic" and any(n.word in words("nouns", "pronoun") for n in trigger.all("nsubj")):
        # "they write cheques": neither who nor to whom is told
        return []
    raising = next(filter(raises, trigger.ancestors()), None) if place == "topic" else None
    if raising is not None and trigger not in args.surface_subjects(raising):
        # "X raised $5bn from investors including Y": whoever the article spoke of before
        raisers = phrases.roles.parties(args.surface_subjects(raising), "organisation", avoid)
        return [replace(f, node=trigger, how="reference") for f in raisers[:1]]
    name = phrases.roles.author() if place == "author" else phrases.roles.topic(trigger, avoid)
    if name is None or name.name in {a.name for a in avoid} or _backs(phrases, name):
        return []
    return [Filler(trigger, name, "reference")]


def _is_counted(backers: Node) -> bool:
    """``a start-up that counts X as an investor``: whose they are is told there."""
    prep = backers.head
    verb = prep.head if prep is not None and prep.word == "as" else None
    return verb is not None and verb.lemma in ("count", "list", "have", "name", "cite")


def _of_a_thing(backer: Node) -> bool:
    """``The plant has had owners including Y``: they owned the plant."""
    verb = next((n for n in backer.ancestors() if n.tag.startswith("VB") or n.pos == "AUX"), None)
    doer = verb.child("nsubj", "nsubjpass") if verb is not None else None
    return (
        doer is not None
        and backer.lemma in ("owner", "holder")
        and doer.name is None
        and doer.pos == "NOUN"
        and doer.lemma not in words("nouns", "company")
        and doer is not backer
    )


def _within_another(backer: Node) -> bool:
    """``In the joint venture, X and Y are shareholders``: in the venture, not in whom the article spoke of."""
    verb = backer.head
    if verb is None or verb.lemma != "be":
        return False
    nouns = args.of_preposition(verb, "in", "of", "within")
    return any(n.name is None and n.lemma in _HELD for n in nouns)


_HELD = frozenset({"venture", "company", "firm", "entity", "business", "partnership", "project"})


def _stands_alone(deal: Node) -> bool:
    """``The deal with Y gives``, ``is a partnership with Y``: a deal of whoever the article spoke of."""
    if any(c.word in ("no", "any", "every", "such") for c in deal.children):
        return False
    head = deal.head
    if head is None or not any(p.word == "with" for n in (deal, head) for p in n.all("prep")):
        return False
    if any(c.word in words("modality", "conditional_auxiliary") for c in head.all("aux")):
        return False
    if deal.dep == "attr" and head.lemma == "be":
        return all(n.name is None and n.dep != "expl" for n in head.all("nsubj", "expl"))
    return deal.dep in ("nsubj", "nsubjpass") and head.tag.startswith("VB")


def _backs(phrases: Phrases, name: Name) -> bool:
    """Whether the sentence tells of the name as one of several backers: ``backers such as X``."""
    backing = words("funding", "backer") | {"owner", "holder", "co-owner"}
    return any(
        n.name is not None
        and n.name.name == name.name
        and n.dep not in ("poss", "compound", "nmod")
        and (any(a.lemma in backing for a in n.ancestors() if a.name is None) or _leads_by(n))
        for n in phrases.parsed.nodes
    )


_OF_INVESTORS = frozenset({"by", "via", "through", "with", "from", "alongside"})


def _leads_by(name: Node) -> bool:
    """``was led by X``, ``led by Y via X``: who invests."""
    for node in name.ancestors():
        if node.tag.startswith("VB"):
            return node.lemma in words("verbs", "participating")
        if node.dep in ("prep", "agent") and node.word not in _OF_INVESTORS:
            return False
    return False


def _one_organisation(
    phrases: Phrases, others: Sequence[Filler], where: Callable[[Node], bool]
) -> list[Filler]:
    """The one organisation of the sentence besides the ``others``, in such a place; nobody if there are several."""
    taken = {f.name.name for f in others}
    found = [
        Filler(n, n.name, "part")
        for n in phrases.parsed.nodes
        if n.name is not None
        and n.name.name not in taken
        and n.name.is_organisation
        and phrases.roles.is_company(n.name)
        and where(n)
    ]
    only = len({f.name.name for f in found}) == 1 and found[0].name.entity is not None
    return found[:1] if only else []
