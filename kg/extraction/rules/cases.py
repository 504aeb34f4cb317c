"""Authorities and what they look into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.case_needs import told_case
from kg.extraction.rules.case_places import (
    AGAINST,
    bought,
    hired_from,
    instances,
    issuers,
    likened,
    members,
    named_among,
    refers,
    time_takers,
)
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.places import nodes_at
from kg.extraction.rules.under_review import reviewed
from kg.model import EntityKind, Kind

if TYPE_CHECKING:
    from kg.extraction.rules.frames import Frame
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases


def scrutinised(phrases: Phrases, frame: Frame, trigger: Node) -> list[Match]:
    """Pairs of authority and company, for every party of a deal under review."""
    authorities: list[Filler] = []
    for place in frame.subject:
        nodes = nodes_at(phrases.parsed, trigger, place)
        if place == "subj":
            nodes = [n for node in nodes for n in (members(node) or [node])]
            nodes = [n for node in nodes for n in (named_among(node) or [node])]
        if place == "subj" and frame.name in _TOLD_IN_PAPERS:
            nodes = [n for node in nodes for n in (issuers(node) or [node])]
        if place == "subj" and all(n.word == "it" for n in nodes):
            nodes = time_takers(trigger) or nodes
        if (frame.through or frame.name == "gets questions") and place in ("from", "by", "in"):
            nodes += [n for o in args.objects(trigger) for n in args.of_preposition(o, place)]
        authorities = list(phrases.fill(nodes, "authority", (), trigger))
        acting = [f for f in authorities if _acts(f, frame, trigger, place)]
        authorities = _told_once(phrases, acting)
        if authorities:
            break
    if not authorities and frame.subject_is == "told authority":
        authorities = _told_authority(phrases, trigger)
    if not authorities:
        authorities = _unsaid_authority(phrases, trigger)
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
        companies = reviewed(phrases, nodes, [a.name for a in authorities])
        if place == "clause":
            companies = [c for c in companies if c.how == "name"]
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


def _told_authority(phrases: Phrases, verb: Node) -> list[Filler]:
    """``The inquiry targets X``: the authority whose inquiry it is, else the one told of just before."""
    for subject in args.surface_subjects(verb):
        noun = told_case(subject) or subject
        owners = [
            *noun.all("poss"),
            *args.of_preposition(noun, "by", "from"),
            *noun.all("compound"),
        ]
        said = phrases.fill(owners, "authority", (), verb)
        if said:
            return said
        if any(c.word in ("the", "this") for c in noun.all("det")):
            name = phrases.roles.authority_before(noun)
            return [Filler(noun, name, "reference")] if name is not None else []
    return []


def _unsaid_authority(phrases: Phrases, trigger: Node) -> list[Filler]:
    """Who acts where the words do not say: ``was ordered to pay by X``, ``pays a fine, X said``."""
    if trigger.tag.startswith("NN") or args.is_passive(trigger):
        speaker = _speaking(phrases, trigger)
        if speaker:
            return speaker
    if not trigger.tag.startswith("VB"):
        return []
    papers = words("nouns", "instrument")
    if trigger.dep == "ccomp" and any(n.lemma in papers for n in trigger.all("nsubj")):
        # "Y said that its probe had found X in breach"
        above = trigger.head
        if above is not None and above.lemma in _TELLING and above.all("nsubj"):
            return phrases.fill(above.all("nsubj"), "authority", (), trigger)
    if args.is_passive(trigger):
        agents = [
            n
            for below in trigger.all("xcomp")
            for p in below.subtree()
            if p.dep in ("agent", "prep") and p.word == "by"
            for n in p.all("pobj")
        ]
        said = [n for p in trigger.all("prep") if p.word == "according" for n in p.all("pobj")]
        said += [
            n
            for p in trigger.all("prep")
            if p.word == "according"
            for q in p.all("prep")
            for n in q.all("pobj")
        ]
        behind = [n for p in said for n in (*issuers(p), *args.of_preposition(p, "of"))]
        found = phrases.fill([*agents, *behind], "authority", (), trigger)
        if found:
            return found
    if trigger.dep != "amod":
        return []
    named = {
        n.name.name: n
        for n in phrases.parsed.nodes
        if n.name is not None and n.name.kind is EntityKind.AUTHORITY
    }
    return [Filler(n, n.name, "part") for n in named.values() if n.name] if len(named) == 1 else []


def _speaking(phrases: Phrases, trigger: Node) -> list[Filler]:
    """``X agreed to settle the charges, the SEC said``: the authority that says so."""
    above = next((n for n in trigger.ancestors() if n.lemma in _TELLING), None)
    if trigger.lemma not in _TOLD_BY_AUTHORITIES and not _is_under(trigger):
        # "an inquiry into X is under way, Y said", "X is being investigated, Y said"
        proceeding = trigger.lemma in words("nouns", "proceeding") or args.is_passive(trigger)
        if not proceeding or above is None or not _within_clause(trigger, above):
            return []
    if above is not None and above.lemma in _DECIDING and not _within_clause(trigger, above):
        return []
    if above is None:
        return []
    spoken = [n for n in above.all("nsubj") if n.name is None or not n.name.official]
    return phrases.fill(spoken, "authority", (), trigger)


def _is_under(case: Node) -> bool:
    """``X is under investigation, Y said``: by Y."""
    prep = case.head
    return (
        case.dep == "pobj"
        and prep is not None
        and prep.word == "under"
        and case.lemma in words("nouns", "proceeding")
    )


def _within_clause(noun: Node, verb: Node) -> bool:
    """``X is to pay a fine, Y decided``, not ``Y decides on a fine``."""
    clauses = verb.all("ccomp")
    return any(n is clause for n in (noun, *noun.ancestors()) for clause in clauses)


_DECIDING = frozenset({"decide", "rule", "order"})
_TELLING = frozenset({"say", "announce", "state", "confirm", "disclose", "reveal"}) | _DECIDING
_TOLD_BY_AUTHORITIES = frozenset(
    {"fine", "penalty", "charge", "settlement", "penalise", "penalize"}
)
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
    if node.name is not None and _publishes(node.name):
        return True
    if node.dep == "nsubj" and prep is not None and prep.lemma in ("report", "write"):
        return bool(prep.all("ccomp"))
    if node.dep != "pobj" or prep is None:
        return False
    above = prep.head
    return (prep.word == "to" and above is not None and above.word == "according") or (
        prep.word == "by" and above is not None and above.lemma in ("report", "article", "story")
    )


def _publishes(name: Name) -> bool:
    return {name.text, f"The {name.text}"} & words("names", "publisher") != set()


def _told_once(phrases: Phrases, authorities: list[Filler]) -> list[Filler]:
    """Without what only describes another: ``the FTC, the American competition watchdog,``."""
    authorities = [_described(f) for f in authorities]
    if not any(f.name.entity is not None for f in authorities):
        return authorities
    nodes = phrases.parsed.nodes

    def added(node: Node) -> bool:
        before = [n.word for n in nodes[max(node.index - 2, 0) : node.index]]
        return "and" in before or "or" in before

    return [f for f in authorities if f.name.entity is not None or added(f.node)]


def _described(filler: Filler) -> Filler:
    """Of ``the FTC, the American competition watchdog, which sued`` the FTC."""
    above = filler.node.head
    if filler.name.entity is not None or filler.node.dep != "appos" or above is None:
        return filler
    known = above.name if above.name is not None and above.name.is_authority else None
    return Filler(above, known) if known is not None else filler


_SPOKEN = frozenset(
    {"allege", "say of a violation", "urge to", "seek a remedy", "concerns about", "find"}
)
"""Frames that tell what is said: an official's words are not yet what the authority does."""


_TOLD_IN_PAPERS = (
    _SPOKEN
    | {"accuse", "block", "suspend", "order", "order to", "challenge"}
    | {
        "ask to explain",
        "ask for information",
        "tell to stop",
        "set a deadline",
        "fine",
        "call out",
    }
)
"""Frames that a complaint, an order and the like may stand for whoever wrote it: ``the FTC's suit alleges``."""


def _acts(filler: Filler, frame: Frame, trigger: Node, place: str) -> bool:
    """Whether it is one that looks into companies: no court, no country as a mere place, no event."""
    if "Court" in filler.name.name:
        return False
    if filler.name.official and frame.name in _SPOKEN:
        return False
    if trigger.lemma in ("force", "compel") and filler.how == "reference":
        return False
    if filler.name.kind is EntityKind.GOVERNMENT and (
        place == "in" or filler.node.dep in ("appos", "compound", "amod")
    ):
        return False
    return filler.name.kind is not EntityKind.GOVERNMENT or frame.name in (
        "fine",
        "hit with",
        "investigate",
        "sue",
        "case against",
        "block",
        "suspend",
        "open a case",
        "close a case",
        "find",
        "look into",
        "under scrutiny",
        "blacklist",
        "put on a list",
        "tell to stop",
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
