"""How a case told before went on: ``the inquiry, opened in May, ended in June``, ``its probe was widened``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.case_places import AGAINST, issuers, likened, refers
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.under_review import reviewed

if TYPE_CHECKING:
    from kg.extraction.rules.frames import Frame
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases


def fates(phrases: Phrases, frame: Frame, verb: Node) -> list[Match]:
    """The parties of the case whose course the verb tells: as the words say, else as told before."""
    case = _case(verb)
    if case is None:
        return []
    said = _authorities(phrases, case, verb)
    companies = _companies(phrases, case)
    if said and companies:
        if frame.name == "case goes on":
            # told by the frames of cases that are opened
            return []
        return [
            Match(frame, verb, a, c, fate=True)
            for a in said
            for c in companies
            if a.name.name != c.name.name
        ]
    if not said and companies and likened(case):
        # "similar inquiries into Y and Z were dropped": of who looked at X
        told = {t.authority.name: t.authority for t in phrases.roles.cases_before(None)}
        said = [Filler(case, name, "reference") for name in told.values()]
        return [Match(frame, verb, a, c, fate=True) for a in said for c in companies]
    if not said and (not refers(case) or _ends_its_own(phrases, case, verb)):
        return []
    named = {c.name.name for c in companies}
    return [
        Match(frame, verb, a, c, fate=True)
        for told in phrases.roles.cases_before(said[0].name if said else None)
        if not named or told.company.name in named
        for a in said or [Filler(case, told.authority, "reference")]
        for c in [Filler(case, told.company, "reference")]
    ]


def _case(verb: Node) -> Node | None:
    """The case that the verb has as its subject, or that is brought to its end."""
    cases = words("nouns", "proceeding")
    nodes = list(args.objects(verb))
    if not nodes or args.is_passive(verb):
        nodes += args.surface_subjects(verb)
    return next((n for n in nodes if n.name is None and n.lemma in cases), None)


def _ends_its_own(phrases: Phrases, case: Node, verb: Node) -> bool:
    """``the company ended the review``: a review of its own, where a court or nobody said ends an authority's."""
    return case in args.objects(verb) and bool(
        phrases.roles.parties(args.subjects(verb), "company")
    )


def _authorities(phrases: Phrases, case: Node, verb: Node) -> list[Filler]:
    """Whose case it is, or who ends it."""
    owners = [n for n in issuers(case) if n.name is None or n.name.is_authority]
    found = phrases.fill(owners, "authority", (), verb)
    return found or phrases.fill(args.subjects(verb), "authority", (), verb)


def _companies(phrases: Phrases, case: Node) -> list[Filler]:
    return reviewed(phrases, list(args.of_preposition(case, *AGAINST)), [])
