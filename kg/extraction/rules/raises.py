"""Rounds of funding: who raised, who led, who took part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.round_owners import raises, round_of

if TYPE_CHECKING:
    from kg.extraction.rules.frames import Frame
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases


def raised(phrases: Phrases, frame: Frame, trigger: Node) -> list[Match]:
    """``X raised $5 billion in a round led by Y, with Z taking part``: investors Y and Z, or none named."""
    backers = [n.name for n in _told_to_back(phrases, trigger)]
    raisers = phrases.roles.parties(args.subjects(trigger), "organisation", backers)
    if not raisers:
        raisers = (
            _for_whom(phrases, trigger)
            or phrases.employers(args.subjects(trigger))
            or _by_round(phrases, trigger)
        )
    else:
        raisers = [f for f in raisers if f.how != "part"]
    if not raisers or _earned(trigger) or _for_the_led(trigger):
        return []
    investing = any(
        f.name.kind is not None and f.name.kind.value in ("investor", "sovereign-fund")
        for f in raisers
    )
    if investing and (frame.name != "raise money" or trigger.lemma in _ALSO_OF_FUNDS):
        return []
    first = phrases.roles.backed_instead(raisers[0])
    beside = [f for f in raisers[1:] if _raises_too(raisers[0], f)]
    found: list[Match] = []
    for raiser in (first, *beside):
        investors, leads = investors_below(phrases, trigger, raiser)
        shut = {f.name.name for f in (first, *beside)}
        investors = [f for f in investors if f.name.name not in shut]
        shared = max(2, len(investors)) if len(investors) > 1 else 1
        found += [Match(frame, trigger, f, raiser, shared, leads=leads) for f in investors]
        if not investors:
            found.append(Match(frame, trigger, None, raiser))
    return found


_ALSO_OF_FUNDS = frozenset({"close", "raise", "secure", "complete"})
"""What investors do with funds of their own."""


def _raises_too(first: Filler, other: Filler) -> bool:
    """``X and Y raised``: Y did, too, which stands beside X by name."""
    return first.how == other.how == "name" and other.node in conjuncts(first.node)


def _told_to_back(phrases: Phrases, verb: Node) -> list[Filler]:
    """``Backed by X and Y, the company raised``: X and Y, who are not the company."""
    backed = [c for c in verb.all("advcl") if c.lemma == "back" and c.index < verb.index]
    agents = [n for c in backed for n in args.of_preposition(c, "by")]
    agents += [n for c in backed for a in c.all("agent") for n in a.all("pobj")]
    return phrases.roles.parties(agents, "subject")


def _by_round(phrases: Phrases, verb: Node) -> list[Filler]:
    """``X's round has raised $5 billion``: X."""
    rounds = [n for n in args.subjects(verb) if n.lemma in words("nouns", "round")]
    return [f for n in rounds if n.name is None for f in round_of(phrases, n, ())]


def _earned(verb: Node) -> bool:
    """``secured $22bn in contracts``: business, not funding."""
    sums = [n for n in args.objects(verb) if n.money is not None]
    return any(
        n.lemma in words("funding", "earned")
        for s in sums
        for n in args.of_preposition(s, "in", "of")
    )


def _for_the_led(verb: Node) -> bool:
    """``A led funding for B, raising $5 billion``: B's money, and not A's."""
    above = verb.head
    if verb.dep != "advcl" or above is None or above.lemma not in words("verbs", "participating"):
        return False
    funds = words("nouns", "round") | words("funding", "funding")
    return any(n.lemma in funds for n in args.objects(above))


def _for_whom(phrases: Phrases, verb: Node) -> list[Filler]:
    """``Ada Ortiz has raised $5 billion for Hexlane``: Hexlane, where a person raises the money."""
    people = [n for s in args.subjects(verb) for n in conjuncts(s)]
    if not people or not all(_is_person(n) for n in people):
        return []
    nodes = list(args.of_preposition(verb, "for"))
    nodes += [
        n for o in args.objects(verb) for m in o.subtree() for n in args.of_preposition(m, "for")
    ]
    nodes = [m for n in nodes for m in (n, *n.all("appos"))]
    named = [n for n in nodes if n.name is not None]
    return phrases.roles.parties(named, "company")


def _is_person(node: Node) -> bool:
    if node.name is not None:
        return node.name.is_person or (node.name.kind is None and node.name.entity is None)
    return node.word in ("he", "she") or node.lemma in words("posts", "title")


def _in_the_lead(prep: Node) -> bool:
    """``with Y in the lead``."""
    return any(
        n.lemma == "lead"
        for pobj in (prep, *prep.all("pobj"))
        for inner in pobj.all("prep")
        if inner.word == "in"
        for n in inner.all("pobj")
    )


def _as_backer(prep: Node) -> bool:
    """``with Y as the lead investor``."""
    return any(
        n.lemma in words("funding", "backer")
        for pobj in (prep, *prep.all("pobj"))
        for n in args.of_preposition(pobj, "as")
    )


def _is_of_raise(by: Node, top: Node) -> bool:
    """``raised a round by X``: who gave it, and nothing that was done by X, or by then."""
    head = by.head
    own = head is top and not args.is_passive(top)
    told = head is not None and (own or head.lemma in words("nouns", "round"))
    return told and all(n.name is not None for n in by.all("pobj"))


def _raised_beside(node: Node, top: Node) -> bool:
    """Whether it belongs to ``W raised`` of ``X raised $5 billion from Y, and W raised $2 billion from Z``."""
    for above in node.ancestors():
        if above is top:
            return False
        own = above.tag.startswith("VB") and above.child("nsubj") is not None
        if own and above.dep in ("conj", "advcl", "ccomp") and raises(above):
            return True
    return False


def investors_below(
    phrases: Phrases, top: Node, raiser: Filler
) -> tuple[list[Filler], tuple[str, ...]]:
    """Investors told below a node by ``from``, ``led by``, ``with participation from`` and the like."""
    found: list[Filler] = []
    leads: list[str] = []
    for node in top.subtree():
        if _raised_beside(node, top):
            continue
        nodes: list[Node] = []
        lead = False
        if (
            node.dep in ("prep", "agent")
            and node.word in ("from", "between", "by")
            and node.head is not None
        ):
            head = node.head
            if node.word == "by":
                # "a round of funding by X", wherever the parse hangs it
                nodes = node.all("pobj") if _is_of_raise(node, top) else []
            elif (
                head is top
                or head.lemma
                in words("funding", "capital")
                | words("funding", "share_in_round")
                | words("funding", "backer")
                | {"form", "valuation", "%"}
                or head.money is not None
            ):
                nodes = node.all("pobj")
        elif (
            node.lemma in ("lead", "co-lead", "back", "anchor", "fund", "head")
            and node.tag in ("VBN", "VBD")
            and node is not top
        ):
            nodes = [n for a in node.all("agent", "prep") if a.word == "by" for n in a.all("pobj")]
            if (
                node.head is not None
                and node.head.lemma in words("nouns", "company")
                and node.head.lemma not in words("funding", "pool")
            ):
                nodes = []
            lead = node.lemma in ("lead", "co-lead", "head", "anchor")
        elif node.dep == "prep" and node.word == "with" and _in_the_lead(node):
            nodes, lead = node.all("pobj"), True
        elif node.dep == "prep" and node.word == "with" and _as_backer(node):
            nodes = node.all("pobj")
        elif node.dep == "prep" and node.word in ("including", "with") and node.head is not None:
            if node.word == "including" and node.head.lemma in (
                "investor",
                "backer",
                "shareholder",
                "firm",
                "company",
                "participant",
                "fund",
                "giant",
                "name",
            ):
                nodes = node.all("pobj")
        elif (
            node.lemma in ("participate", "join", "invest", "contribute")
            and node.tag == "VBG"
            and node is not top
        ):
            nodes = list(args.surface_subjects(node))
            if node.child("nsubj") is None or node.child("aux") is not None:
                nodes = []
        elif (
            node.lemma in ("lead", "co-lead", "participate", "take", "join", "invest")
            and node.tag == "VBG"
            and node.child("nsubj") is not None
            and node.child("aux") is None
        ):
            nodes = node.all("nsubj")
            lead = node.lemma in ("lead", "co-lead")
        for filler in phrases.roles.parties(nodes, "subject", [raiser.name]):
            if filler.name.name != raiser.name.name and filler.name.name not in {
                f.name.name for f in found
            }:
                found.append(filler)
                if lead:
                    leads.append(filler.name.name)
    return found, tuple(leads)
