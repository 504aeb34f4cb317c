"""Which authority acts in a case: at the places of the frame, told of before, speaking, or behind a paper of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.case_needs import told_case
from kg.extraction.rules.case_places import issuers, members, named_among, time_takers
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.place_words import nodes_at
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.frames import Frame
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases


def acting_authorities(phrases: Phrases, frame: Frame, trigger: Node) -> list[Filler]:
    """The authorities that do what the trigger tells; none where nobody can be made out."""
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
    return authorities


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
        "let do",
        "lifts a block",
        "lift",
        "settle with",
    )
