"""Matches of one sentence made into statements with evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.rules import details, modality
from kg.extraction.rules.case_needs import is_blessing
from kg.extraction.rules.clause_owners import is_of_clause
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.governing_verbs import NO_LONGER
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.passing import IN_PASSING, aside_of
from kg.model import (
    ARTEFACT_ROLES,
    Article,
    End,
    Entity,
    EntityKind,
    Evidence,
    Kind,
    Mention,
    Modality,
    Nature,
    Statement,
    Status,
)
from kg.registry import Registry

_NATURES = (
    (Nature.LICENCE, ("license", "licence", "licensing", "licencing", "content")),
    (
        Nature.COMPUTE,
        (
            "compute",
            "computing",
            "cloud",
            "datacenter",
            "datacentre",
            "supercomputer",
            "capacity",
            "gpu",
            "gpus",
            "center",
            "centre",
            "infrastructure",
        ),
    ),
    (
        Nature.SUPPLY,
        (
            "supply",
            "supplier",
            "chip",
            "chips",
            "processor",
            "accelerator",
            "tpus",
            "order",
            "foundry",
        ),
    ),
    (Nature.DATA, ("data", "dataset", "archive")),
    (Nature.RESEARCH, ("research",)),
    (Nature.DISTRIBUTION, ("distribution", "distribute", "reseller", "resell")),
)


def statements(
    article: Article,
    parsed: Parsed,
    matches: Sequence[Match],
    registry: Registry,
    name: str,
    version: str,
) -> list[Statement]:
    """One statement for each relationship the sentence tells; the firmer of two that say the same."""
    best: dict[tuple[object, ...], Statement] = {}
    settled = set[tuple[object, ...]]()
    for match in matches:
        statement = _statement(article, parsed, match, matches, registry, name, version)
        if statement is None:
            continue
        key = (
            statement.kind,
            frozenset(
                {statement.subject.name if statement.subject else None, statement.object.name}
            )
            if statement.kind in (Kind.PARTNERSHIP, Kind.COMPETITION)
            else (statement.subject.name if statement.subject else None, statement.object.name),
            statement.status is Status.DIVESTED,
        )
        known = best.get(key)
        if known is not None and match.ended and statement.status is Status.TERMINATED:
            # Told and called off in one breath: the end is how it stands, at the sum told.
            best[key] = replace(statement, amounts=statement.amounts or known.amounts)
            continue
        if match.fate or (known is None or (key not in settled and _better(statement, known))):
            best[key] = statement
        if match.fate:
            settled.add(key)
    return sorted(
        best.values(), key=lambda s: (s.object.start, s.subject.start if s.subject else -1, s.kind)
    )


def _better(one: Statement, other: Statement) -> bool:
    return (len(one.amounts), one.confidence) > (len(other.amounts), other.confidence)


def _statement(
    article: Article,
    parsed: Parsed,
    match: Match,
    matches: Sequence[Match],
    registry: Registry,
    name: str,
    version: str,
) -> Statement | None:
    text, kind = article.text, match.frame.kind
    told = dict(match.frame.set)
    reading = modality.read(
        parsed, match.trigger, text, match.through, of_authority=kind is Kind.SCRUTINY
    )
    firmness = reading.modality
    reason = reading.reason
    if kind is Kind.SCRUTINY and match.trigger.dep == "amod":
        # "the blocked deal": the deal did not come about, what the authority did has
        firmness, reason = Modality.ASSERTED, IN_PASSING
    if kind is Kind.SCRUTINY and firmness is Modality.PLANNED and reason.endswith("yet to”"):
        # "has yet to clear", "has yet to finish its review": it still looks at it
        firmness, told["status"] = Modality.ASSERTED, Status.REVIEWING.value
    if kind is Kind.INVESTMENT and match.frame.hyphen:
        # "X-backed Y will buy": backed it is, whatever it will do
        firmness, reason = Modality.ASSERTED, IN_PASSING
        reading = modality.Reading(firmness, reason)
    if match.ended and firmness is not Modality.CONDITIONAL:
        reading = modality.Reading(Modality.DENIED, f"“{match.trigger.text}”", True)
        firmness, reason = reading.modality, reading.reason
    if kind is Kind.INVESTMENT and reason == NO_LONGER and not _to_be_done(match.trigger):
        # it was put in, whatever became of it
        firmness, reading = Modality.ASSERTED, replace(reading, ended=False)
        if match.frame.object_is == "holding" or match.trigger.tag.startswith("NN"):
            told["status"] = Status.DIVESTED.value
    if firmness is Modality.ASSERTED and aside_of(match.trigger) is not None:
        reason = IN_PASSING
    undecided = firmness is Modality.CONDITIONAL and "whether" in reason
    if kind is Kind.ACQUISITION and (firmness is Modality.ASSERTED or undecided):
        judge = _before_an_authority(match.trigger)
        when = details.date(parsed, match, text, article.published) if judge else None
        if judge is not None and judge.lemma == "block" and _decided(judge):
            reading = modality.Reading(Modality.DENIED, f"“{judge.text}” by an authority", True)
            firmness, reason = reading.modality, reading.reason
        elif judge is not None and not (judge.lemma in _LETTING and _long_ago(when, article)):
            firmness, reason = Modality.PLANNED, f"“{judge.text}”: not done yet"
    if (
        match.frame.subject_is == "carrier"
        and "modality" in told
        and firmness is not Modality.ASSERTED
    ):
        # "may drop it", "denied that it would": carried as yet
        firmness, reason = Modality.ASSERTED, f"{reason}: not dropped yet"
        told.pop("modality")
    if "modality" in told and firmness is Modality.ASSERTED:
        firmness, reason = Modality(told["modality"]), f"frame “{match.frame.name}”"
    subject, further = _end(match.subject, kind, "subject", registry)
    target, more = _end(match.object, kind, "object", registry)
    if target is None:
        return None
    if subject is not None and subject.name == target.name:
        if kind is not Kind.DISTRIBUTION:
            return None
        # A company's own model on its own platform: platform and model are the two ends.
        target, more = _plain(match.object), ()
        if match.subject is not None:
            subject, further = _plain(match.subject), ()
    leading = match.subject is not None and match.subject.name.name in match.leads
    if subject is not None and (leading or _led(match)):
        further = (*further, ("lead", subject))
    participants = (*further, *more)
    if kind is Kind.SCRUTINY:
        participants += tuple(("party", _plain(p)) for p in match.partners)
    amounts = details.amounts(parsed, match, matches, text)
    sentence = Evidence(
        parsed.masked.start, parsed.masked.end, text[parsed.masked.start : parsed.masked.end]
    )
    status = _status(told, match, firmness, reading.ended, parsed)
    if reading.reason == modality.WEIGHED:
        status = Status.REVIEWING
    return Statement(
        article=article.id,
        kind=kind,
        subject=subject,
        object=target,
        evidence=(sentence,),
        modality=firmness,
        status=status,
        nature=_nature(match, parsed) if kind is Kind.PARTNERSHIP else None,
        amounts=amounts,
        date=details.date(
            parsed,
            match,
            text,
            article.published,
            ended=status in _ENDS,
            done=kind is Kind.INVESTMENT and firmness is Modality.ASSERTED,
            ahead=firmness in (Modality.PLANNED, Modality.CONDITIONAL, Modality.RUMOURED),
        ),
        instrument=details.instrument(parsed, match, text),
        round=details.round_name(parsed, match, text) if kind is Kind.INVESTMENT else None,
        stake_percent=details.stake(parsed, match, text),
        participants=participants,
        confidence=_confidence(match, parsed),
        extractor=name,
        extractor_version=version,
        derivation=(
            ("frame", f"{kind.value}: {match.frame.name}"),
            ("trigger", match.trigger.text),
            *((("subject", _told(match.subject)),) if match.subject else ()),
            ("object", _told(match.object)),
            ("modality", f"{firmness.value}: {reason}"),
        ),
    )


_ENDS = frozenset(
    {
        Status.TERMINATED,
        Status.DROPPED,
        Status.CLEARED,
        Status.CLEARED_WITH_CONDITIONS,
        Status.BLOCKED,
        Status.FINED,
        Status.DIVESTED,
        Status.ENDED,
    }
)


def _led(match: Match) -> bool:
    """Whether it is the one who led a round that is told, and not who else took part in it."""
    if match.frame.name != "lead a round" or match.subject is None or match.trigger.lemma != "lead":
        return False
    node = match.subject.node
    while node.dep in ("conj", "appos") and node.head is not None:
        node = node.head
    by = node.dep == "pobj" and node.head is not None and node.head.lemma == "by"
    return node.dep == "nsubj" or by


_LETTING = frozenset({"clear", "approve", "give", "grant", "hand"})


def _to_be_done(verb: Node) -> bool:
    """``no longer in talks to invest``, ``no longer considers investing``: it was not done."""
    return modality.is_to_infinitive(verb) or (verb.tag == "VBG" and verb.dep in ("pcomp", "xcomp"))


def _decided(verb: Node) -> bool:
    """``blocked`` rather than ``sued to block`` or ``may block``."""
    return verb.tag in ("VBD", "VBN") and not any(
        c.tag == "MD" or c.dep == "neg" for c in verb.children
    )


def _long_ago(when: str | None, article: Article) -> bool:
    """Whether an approval lies in a year before the article's: the takeover was done by then."""
    return bool(when and article.published and when[:4] < article.published[:4])


def _before_an_authority(noun: Node) -> Node | None:
    """The verb by which an authority judges a takeover: what is judged is not done yet."""
    if not noun.tag.startswith("NN"):
        return None
    node = noun
    for above in noun.ancestors():
        if above.tag.startswith("VB"):
            taken = node.dep in ("dobj", "nsubjpass", "prep", "pobj")
            judged = words("modality", "reviewing_verb") | words("modality", "opposing_verb")
            return above if taken and (above.lemma in judged or is_blessing(above)) else None
        node = above
    return None


def _told(filler: Filler) -> str:
    if filler.how == "name" and filler.node.text == filler.name.name:
        return filler.node.text
    return f"{filler.node.text} ({filler.how}: {filler.name.name})"


def _plain(filler: Filler) -> Mention:
    name = filler.name
    here = filler.node
    return Mention(
        _surface(filler),
        here.start,
        here.end,
        name.name,
        name.entity.id if name.entity else None,
        name.kind,
    )


def _surface(filler: Filler) -> str:
    return filler.node.text


def _end(
    filler: Filler | None, kind: Kind, side: End, registry: Registry
) -> tuple[Mention | None, tuple[tuple[str, Mention], ...]]:
    """The mention at one end; a model or platform gives way to its company and becomes a participant."""
    if filler is None:
        return None, ()
    mention = _plain(filler)
    name: Name = filler.name
    owner = registry.get(name.owner) if name.owner else None
    if kind in (Kind.RELEASE, Kind.HEADQUARTERS) and side == "object":
        return mention, ()
    if kind is Kind.ACQUISITION and side == "object":
        return mention, ()
    top = _company(owner, registry) if owner is not None else None
    if top is None and name.entity is not None and name.is_organisation:
        top = _company(name.entity, registry)
        if top is name.entity:
            top = None
    if top is not None:
        return Mention(mention.text, mention.start, mention.end, top.name, top.id, top.kind), (
            (ARTEFACT_ROLES[side], mention),
        )
    return mention, ()


def _company(entity: Entity, registry: Registry) -> Entity:
    """The company that answers for a platform or for a part that bears its name (``Google Cloud``)."""
    entity = registry.owner(entity)
    parent = registry.get(entity.parent)
    named_after = parent is not None and entity.name.startswith(parent.name)
    if (
        parent is not None
        and named_after
        and entity.kind not in (EntityKind.LAB, EntityKind.INVESTOR)
    ):
        return parent
    return entity


def _status(
    told: dict[str, str], match: Match, firmness: Modality, ended: bool, parsed: Parsed
) -> Status | None:
    if "status" in told:
        status = Status(told["status"])
        if (
            match.frame.kind is Kind.SCRUTINY
            and firmness in (Modality.PLANNED,)
            and status in (Status.REVIEWING, Status.OPENED)
        ):
            return Status.INTENDED
        return status
    if firmness is Modality.DENIED:
        return Status.TERMINATED if ended else None
    if match.frame.kind in (Kind.ACQUISITION, Kind.INVESTMENT, Kind.PARTNERSHIP):
        if firmness is Modality.PLANNED:
            return Status.ANNOUNCED
        if firmness is Modality.ASSERTED and match.frame.kind is Kind.ACQUISITION:
            return Status.ANNOUNCED if _under_way(match.trigger) else Status.COMPLETED
    return None


def _under_way(verb: Node) -> bool:
    """``X is buying Y``."""
    now = any(c.lemma == "be" and c.tag in ("VBZ", "VBP") for c in verb.all("aux"))
    return verb.tag == "VBG" and now


def _nature(match: Match, parsed: Parsed) -> Nature | None:
    told = dict(match.frame.set).get("nature")
    if told:
        return Nature(told)
    for end in (match.subject, match.object):
        if end is not None and end.name.kind is not None and end.name.kind.value == "government":
            return Nature.GOVERNMENT
    own = [
        n
        for n in match.trigger.subtree()
        if is_of_clause(parsed, match.trigger, n.start, n.end) and not _of_a_site(n)
    ]
    near = {n.lemma for n in own} | {n.word for n in own}
    for nature, cues in _NATURES:
        if near & set(cues):
            return nature
    return None


def _of_a_site(data: Node) -> bool:
    """``data`` of ``data centres``."""
    return data.lemma == "data" and data.head is not None and data.head.lemma in _SITES


_SITES = frozenset({"center", "centre"})


def _confidence(match: Match, parsed: Parsed) -> float:
    """0 to 1: how plainly the words say it."""
    value = match.object.weight * (match.subject.weight if match.subject else 0.95)
    span = max(n.index for n in (match.trigger, match.object.node)) - min(
        n.index for n in (match.trigger, match.object.node)
    )
    if span > 15:
        value *= 0.9
    return round(min(0.98, value), 3)
