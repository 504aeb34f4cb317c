"""Authorities and what they look into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.roles import Filler
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.frames import Frame
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases


def scrutinised(phrases: Phrases, frame: Frame, trigger: Node) -> list[Match]:
    """Pairs of authority and company, for every party of a deal under review."""
    authorities: list[Filler] = []
    for place in frame.subject:
        nodes = phrases.nodes_at(trigger, place)
        if frame.through and place in ("from", "by", "in"):
            nodes += [n for o in args.objects(trigger) for n in args.of_preposition(o, place)]
        authorities = list(phrases.fill(nodes, "authority", (), trigger))
        authorities = [f for f in authorities if _acts(f, frame)]
        if authorities:
            break
    if not authorities:
        return _against_authority(phrases, frame, trigger)
    for place in frame.object:
        nodes = phrases.nodes_at(trigger, place)
        if frame.through and place not in ("subj",):
            nodes = nodes + [
                n
                for o in args.objects(trigger)
                for c in args.conjuncts(o)
                if c.lemma in words("nouns", "case")
                for n in args.of_preposition(c, place)
            ]
        nodes = [n for n in nodes if not any(n is a.node for a in authorities)]
        companies = reviewed(phrases, nodes, [a.name for a in authorities])
        if place == "clause":
            companies = [c for c in companies if c.how == "name"]
        if companies:
            pairs = [(a, c) for a in authorities for c in companies if a.name.name != c.name.name]
            return [
                Match(frame, trigger, a, c, 1, tuple(o for o in companies if o is not c), c.through)
                for a, c in pairs
            ]
    return _implied(phrases, frame, trigger, authorities)


_CASES = frozenset(
    {"investigation", "probe", "inquiry", "lawsuit", "suit", "complaint", "case", "contention"}
)


def _implied(
    phrases: Phrases, frame: Frame, trigger: Node, authorities: list[Filler]
) -> list[Match]:
    """``in a motion to dismiss the FTC's lawsuit, Meta revealed``: the one company told of."""
    if trigger.lemma not in _CASES or not trigger.tag.startswith("NN"):
        return []
    named = [
        n
        for n in phrases.parsed.nodes
        if n.name is not None and phrases.roles.is_company(n.name) and n.name.entity is not None
    ]
    companies = {n.name.name: n for n in named if n.name is not None}
    if len(companies) != 1:
        return []
    [(_, node)] = companies.items()
    assert node.name is not None  # noqa: S101 - chosen above
    return [Match(frame, trigger, a, Filler(node, node.name, "part")) for a in authorities]


def _against_authority(phrases: Phrases, frame: Frame, trigger: Node) -> list[Match]:
    """``Google's case against the Justice Department`` is the department's against Google."""
    if trigger.lemma not in (
        "case",
        "suit",
        "lawsuit",
        "trial",
        "litigation",
        "complaint",
    ) or not trigger.tag.startswith("NN"):
        return []
    nodes = phrases.nodes_at(trigger, "against") + phrases.nodes_at(trigger, "with")
    authorities = phrases.fill(nodes, "authority", (), trigger)
    companies = phrases.fill(phrases.nodes_at(trigger, "poss"), "company", (), trigger)
    return [Match(frame, trigger, a, c) for a in authorities for c in companies]


def _acts(filler: Filler, frame: Frame) -> bool:
    return filler.name.kind is not EntityKind.GOVERNMENT or frame.name in (
        "fine",
        "hit with",
        "investigate",
        "sue",
        "case against",
        "block",
        "open a case",
        "close a case",
        "find",
        "look into",
        "under scrutiny",
        "clear",
    )


def reviewed(phrases: Phrases, nodes: list[Node], avoid: list[Name]) -> list[Filler]:
    """The companies under review: named themselves, or through a deal, a conduct, a product."""
    found: list[Filler] = []
    for node in nodes:
        for each in args.conjuncts(node):
            fillers: list[Filler] = []
            if each.tag.startswith("VB"):
                inner = args.objects(each)
                fillers = reviewed(phrases, inner, avoid) if inner else []
                if not fillers:
                    fillers = phrases.roles.parties(args.surface_subjects(each), "company", avoid)
            elif each.name is None and each.lemma in words("nouns", "deal"):
                fillers = phrases.deal_parties(each, avoid)
            if not fillers:
                fillers = phrases.roles.parties([each], "company", avoid)
            if not fillers and each.name is None:
                fillers = phrases.deal_parties(each, avoid)
            if not fillers and each.name is None:
                fillers = _told_before(phrases, each)
            found += [
                f
                for f in fillers
                if not f.name.is_authority and f.name.name not in {g.name.name for g in found}
            ]
    return found


def _told_before(phrases: Phrases, noun: Node) -> list[Filler]:
    """``the purchase``, ``the partnership``: whose it is; of an acquisition, the acquirer."""
    if not any(c.word in ("the", "this", "that") for c in noun.all("det")):
        return []
    told = phrases.roles.deal(noun.lemma)
    if told is None:
        return []
    kind, subject, target = told
    ends = (subject,) if kind == "acquisition" else (subject, target)
    return [Filler(noun, name, "reference", noun) for name in ends]


def versus(phrases: Phrases, frame: Frame) -> list[Match]:
    """``FTC v. Amazon``: the name of a court case is the authority's suit against the company."""
    found: list[Match] = []
    nodes = phrases.parsed.nodes
    for index, node in enumerate(nodes[1:-1], 1):
        if node.word not in ("v", "v.", "vs", "vs.", "versus"):
            continue
        after = index + 2 if nodes[index + 1].text == "." and index + 2 < len(nodes) else index + 1
        one, other = nodes[index - 1], nodes[after]
        if one.name is None or other.name is None or not one.name.is_authority:
            continue
        authority, company = Filler(one, one.name), Filler(other, other.name)
        if not other.name.is_authority and phrases.roles.is_company(other.name):
            found.append(Match(frame, node, authority, company))
    return found
