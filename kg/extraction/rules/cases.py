"""Authorities and what they look into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.case_authorities import acting_authorities
from kg.extraction.rules.case_places import (
    AGAINST,
    bought,
    hired_from,
    instances,
    likened,
    refers,
)
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.gazetteer import publishes
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.place_words import nodes_at
from kg.extraction.rules.under_review import is_model, reviewed
from kg.model import Kind

if TYPE_CHECKING:
    from kg.extraction.rules.frames import Frame
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases


def scrutinised(phrases: Phrases, frame: Frame, trigger: Node) -> list[Match]:
    """Pairs of authority and company, for every party of a deal under review."""
    authorities = acting_authorities(phrases, frame, trigger)
    if not authorities:
        return _against_authority(phrases, frame, trigger)
    for place in frame.object:
        nodes = nodes_at(phrases.parsed, trigger, place)
        if frame.through and place not in ("subj",):
            nodes = nodes + [
                n
                for o in args.objects(trigger)
                for c in conjuncts(o)
                if c.lemma in words("nouns", "case")
                for n in args.of_preposition(c, place)
            ]
            if not nodes:
                # "closed its Adobe case"
                nodes = [
                    n
                    for o in args.objects(trigger)
                    if o.lemma in words("nouns", "proceeding")
                    for n in o.all("compound", "nmod")
                    if n.name is not None and not n.name.is_authority
                ]
        nodes += [n for case in (trigger, *args.objects(trigger)) for n in instances(case, place)]
        nodes = [n for n in nodes if not any(n is a.node for a in authorities)]
        if place not in ("clause", "obj", "subj"):
            # "looks into whether X's chips reached Y": at the place of the clause
            nodes = [n for n in nodes if not n.tag.startswith("VB") or not n.all("nsubj")]
        companies = reviewed(phrases, nodes, [a.name for a in authorities])
        if place == "clause":
            owned = ("name", "part") if frame.name == "look into" else ("name",)
            companies = [c for c in companies if c.how in owned or is_model(c.node)]
            if frame.name == "allege":
                # "Z would be left alone, it argued": Z is done something to
                companies = [c for c in companies if c.node.dep != "nsubjpass"]
        if companies:
            pairs = [(a, c) for a in authorities for c in companies if a.name.name != c.name.name]
            beside = [*hired_from(nodes), *bought(nodes)]
            left = phrases.roles.parties(beside, "company", [c.name for c in companies])
            left = [f for f in left if f.name.name not in {c.name.name for c in companies}]
            concerned = [*companies, *left]
            return [
                Match(
                    frame,
                    trigger,
                    a,
                    c,
                    1,
                    tuple(o for o in concerned if o is not c),
                    c.through,
                    fate=frame.name in _FATES,
                )
                for a, c in pairs
            ]
    return _implied(phrases, frame, trigger, authorities)


_FATES = frozenset({"let a deal pass", "leave a deal alone"})
"""Frames that tell how a case came out."""


_CASES = frozenset(
    {
        "investigation",
        "probe",
        "inquiry",
        "lawsuit",
        "suit",
        "complaint",
        "case",
        "contention",
        "trial",
        "fine",
        "penalty",
        "settlement",
        "charge",
        "challenge",
        "objection",
        "approval",
        "clearance",
    }
)


def _implied(
    phrases: Phrases, frame: Frame, trigger: Node, authorities: list[Filler]
) -> list[Match]:
    """``in a motion to dismiss the FTC's lawsuit, Meta revealed``: the one company told of."""
    case = trigger.lemma in words("nouns", "proceeding")
    if case and refers(trigger) and any(phrases.roles.cases_before(a.name) for a in authorities):
        # "its inquiry": into whom was told before, and nothing new by the noun alone
        return []
    if case and likened(trigger) and not list(args.of_preposition(trigger, *AGAINST)):
        told = phrases.roles.cases_before(None)
        if len({t.company.name for t in told}) == 1:
            # "a similar inquiry": into whom another was told to look
            company = Filler(trigger, told[0].company, "reference")
            return [Match(frame, trigger, a, company) for a in authorities]
    argues = trigger.lemma in ("argue", "allege", "contend") and frame.name == "allege"
    if not argues and (trigger.lemma not in _CASES or not trigger.tag.startswith("NN")):
        return []
    named = [
        n
        for n in phrases.parsed.nodes
        if n.name is not None
        and phrases.roles.is_company(n.name)
        and n.name.entity is not None
        and not n.name.is_authority
        and not _source(n)
        and not _aside(n, trigger)
    ]
    companies = {n.name.name: n for n in named if n.name is not None}
    if len(companies) > 1:
        companies = _doers(trigger, companies)
    if len(companies) != 1:
        return []
    [(_, node)] = companies.items()
    assert node.name is not None  # noqa: S101 - chosen above
    only = Filler(node, node.name, "part")
    return [Match(frame, trigger, a, only, understood=True) for a in authorities]


def without_understood(matches: Sequence[Match]) -> list[Match]:
    """Without the company that only speaks, where the words it says tell whom the authority looks into."""
    said = {m.subject.name.name for m in matches if _is_said(m) and m.subject}

    def only_speaks(match: Match) -> bool:
        if not match.understood or not match.subject or match.subject.name.name not in said:
            return False
        spoken = [c for v in match.object.node.ancestors() for c in v.all("ccomp")]
        return any(n is match.trigger for c in spoken for n in c.subtree())

    return [m for m in matches if not only_speaks(m)]


def _is_said(match: Match) -> bool:
    return match.frame.kind is Kind.SCRUTINY and not match.understood


def _aside(node: Node, trigger: Node) -> bool:
    """Whether another clause than the case's tells of the name: ``X said that Y faces``, ``though X does``."""
    clause = next((v for v in node.ancestors() if v.tag.startswith("VB") or v.pos == "AUX"), None)
    if clause is None or any(n is trigger for n in node.subtree()):
        return False
    within = any(n is clause for n in trigger.ancestors())
    if not within:
        beside = clause.dep == "relcl" and clause.head is not None and clause.head.name is not None
        return beside or clause.dep == "advcl"
    said = [c for c in clause.all("ccomp") if any(n is trigger for n in c.subtree())]
    others = (n for c in said for n in c.all("nsubj", "nsubjpass") if n.name is not None)
    return any(not n.name.is_authority for n in others if n.name is not None)


def _doers(noun: Node, companies: dict[str, Node]) -> dict[str, Node]:
    """``A dropped its bid for B because of objections by X``: of several companies the one that acts."""
    for verb in noun.ancestors():
        if verb.tag.startswith("VB"):
            named = [n for n in args.surface_subjects(verb) if n in companies.values()]
            if named:
                return {n.name.name: n for n in named if n.name is not None}
    return {}


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
    nodes = nodes_at(phrases.parsed, trigger, "against") + nodes_at(phrases.parsed, trigger, "with")
    authorities = phrases.fill(nodes, "authority", (), trigger)
    companies = phrases.fill(nodes_at(phrases.parsed, trigger, "poss"), "company", (), trigger)
    return [Match(frame, trigger, a, c) for a in authorities for c in companies]


def _source(node: Node) -> bool:
    """Whose report it is: ``according to Kyodo News``, ``a report by Bloomberg``, ``Bloomberg reported``."""
    prep = node.head
    if node.name is not None and publishes(node.name):
        return True
    if node.dep == "nsubj" and prep is not None and prep.lemma in ("report", "write"):
        return bool(prep.all("ccomp"))
    if node.dep != "pobj" or prep is None:
        return False
    above = prep.head
    return (prep.word == "to" and above is not None and above.word == "according") or (
        prep.word == "by" and above is not None and above.lemma in ("report", "article", "story")
    )


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
        authority = Filler(one, phrases.roles.plaintiff(one.name))
        company = Filler(other, other.name)
        if not other.name.is_authority and phrases.roles.is_company(other.name):
            found.append(Match(frame, node, authority, company))
    return found
