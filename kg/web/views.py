"""A relationship as the pages show it: everything in words, nothing left to the templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kg import vocabulary as v
from kg import wording
from kg.graph import edge_label
from kg.model import SYMMETRIC, Kind
from kg.records import Ref, RelationshipRecord, StatementRecord
from kg.resolution.summary import StatedAmount
from kg.web.rendering import day, here, words

UNNAMED = "investors not named"

HEADINGS: dict[Kind, tuple[str, str]] = {
    Kind.INVESTMENT: ("Invests in", "Investors"),
    Kind.DISTRIBUTION: ("Distributes the models of", "Distributed by"),
    Kind.SCRUTINY: ("Looks into", "Under the eyes of"),
    Kind.ACQUISITION: ("Acquisitions", "Acquired by"),
    Kind.PARTNERSHIP: ("Partners", "Partners"),
    Kind.COMPETITION: ("Competitors", "Competitors"),
    Kind.RELEASE: ("Releases", "Released by"),
    Kind.APPOINTMENT: ("Posts", "People"),
    Kind.LITIGATION: ("Sues", "Sued by"),
    Kind.HEADQUARTERS: ("Based in", "Seat of"),
}
"""Heading of a group of relationships on the page of the subject, and on that of the object."""
ELSEWHERE = "Also named in"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement stands: who says so, when, and the two places to read it."""

    text: str
    page: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Sum:
    """One stated amount: in words, as written, what it is of, who states it, how it agrees."""

    text: str
    stated: tuple[str, ...]
    role: str
    sources: tuple[Source, ...]
    notes: tuple[str, ...]
    conflict: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the timeline."""

    date: str
    when: str
    what: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A relationship in short, for lists."""

    kind: str
    address: str
    subject: Ref | None
    verb: str
    object: Ref
    since: str
    amounts: tuple[str, ...]
    terms: tuple[str, ...]
    modality: str
    status: str
    in_force: bool
    quote: str
    source: Source
    statements: int

    @property
    def title(self) -> str:
        return f"{self.subject.name if self.subject else UNNAMED} {self.verb} {self.object.name}"


def source(statement: StatementRecord) -> Source:
    """The source of a statement, linked to the place in its article."""
    page = f"{here(v.article_iri(statement.article_id))}#s-{statement.id}"
    article = statement.article
    name = article.publisher or article.title or article.source
    text = f"{name}, {day(article.published)}" if article.published else name
    return Source(text, page, article.url)


def title(record: RelationshipRecord) -> str:
    """``Microsoft invests in Mistral AI``."""
    subject = record.subject.name if record.subject else UNNAMED
    return f"{subject} {edge_label(record.kind)} {record.object.name}"


def since(record: RelationshipRecord) -> str:
    """When it began, or when it was first told of."""
    summary = record.summary
    if summary.start:
        return day(summary.start)
    return f"reported {day(summary.first_reported)}" if summary.first_reported else ""


def card(record: RelationshipRecord) -> Card:
    """A relationship for a list."""
    summary = record.summary
    best = wording.best(record.statements)
    return Card(
        record.kind.value,
        here(record.iri),
        record.subject,
        edge_label(record.kind),
        record.object,
        since(record),
        tuple(wording.amounts(summary.amounts)),
        tuple(wording.terms(record)),
        summary.modality.value,
        words(summary.status.value) if summary.status else "",
        summary.in_force,
        wording.quote(best, 280),
        source(best),
        len(record.statements),
    )


def groups(
    records: Iterable[RelationshipRecord], entity_id: str
) -> list[tuple[str, str, list[Card]]]:
    """The relationships of an entity under headings: heading, kind, cards from the newest on."""
    found: dict[tuple[str, str], list[Card]] = {}
    for record in records:
        first, second = HEADINGS[record.kind]
        if record.subject is not None and record.subject.id == entity_id:
            heading = first
        elif record.object.id == entity_id:
            heading = second
        else:
            heading = ELSEWHERE
        kind = "" if heading == ELSEWHERE else record.kind.value
        found.setdefault((heading, kind), []).append(card(record))
    order = [h for pair in HEADINGS.values() for h in pair]
    ranked = sorted(
        found.items(), key=lambda g: order.index(g[0][0]) if g[0][0] in order else len(order)
    )
    return [(heading, kind, cards[::-1]) for (heading, kind), cards in ranked]


def roles(record: RelationshipRecord) -> list[tuple[str, list[Ref]]]:
    """Who plays which role."""
    terms = v.TERMS[record.kind]
    first, second = (_spaced(iri.rpartition("#")[2]) for iri in (terms.subject, terms.object))
    subjects = [record.subject] if record.subject else []
    found: list[tuple[str, list[Ref]]] = []
    if record.kind in SYMMETRIC:
        found.append((f"{first}s", [*subjects, record.object]))
    else:
        found += [(first, subjects), (second, [record.object])]
    further: dict[str, list[Ref]] = {}
    for role, ref in record.participants:
        further.setdefault(words(role), []).append(ref)
    return [*found, *further.items()]


def _spaced(name: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def sums(record: RelationshipRecord) -> list[Sum]:
    """The stated amounts side by side."""
    stated = record.summary.amounts
    by_id = {s.id: s for s in record.statements}
    return [
        Sum(
            wording.amounts((_alone(amount),))[0].partition(" (")[0],
            amount.stated,
            words(amount.role.value),
            tuple(source(by_id[i]) for i in amount.stated_by if i in by_id),
            tuple(_notes(amount, stated)),
            bool(amount.conflicts_with),
        )
        for amount in stated
    ]


def _alone(amount: StatedAmount) -> StatedAmount:
    from dataclasses import replace

    return replace(amount, equivalent_to=(), rounding_of=(), conflicts_with=())


def _notes(amount: StatedAmount, stated: Sequence[StatedAmount]) -> Iterable[str]:
    for numbers, what in (
        (amount.equivalent_to, "stated as equal to"),
        (amount.rounding_of, "rounds"),
        (amount.conflicts_with, "contradicts"),
    ):
        for i in numbers:
            yield f"{what} {wording.money(stated[i].value, stated[i].currency)}"


def terms(record: RelationshipRecord) -> list[tuple[str, str, tuple[Source, ...]]]:
    """What was agreed beyond the sums: name, value, who says so."""
    by_id = {s.id: s for s in record.statements}
    summary = record.summary
    found: list[tuple[str, str, tuple[Source, ...]]] = []
    found += [("round", r, ()) for r in summary.rounds]
    found += [("instrument", i, ()) for i in summary.instruments]
    found += [("stake", f"{stake.normalize():f}%", ()) for stake in summary.stakes]
    found += [("nature", n.value, ()) for n in summary.natures]
    found += [
        (words(name), value, tuple(source(by_id[i]) for i in ids if i in by_id))
        for name, value, ids in summary.terms
    ]
    return found


def timeline(record: RelationshipRecord) -> list[Point]:
    """The life of the relationship: beginning, steps and end, each with who says so."""
    summary = record.summary
    by_id = {s.id: s for s in record.statements}
    points: list[tuple[str, str, tuple[Source, ...]]] = []
    for step in summary.steps:
        told = [by_id[i] for i in step.stated_by if i in by_id]
        reported = min((s.published for s in told if s.published), default="")
        date = step.date or reported
        shown = words(step.status.value) + ("" if step.date else ", as reported")
        points.append((date, shown, tuple(source(s) for s in told)))
    dates = {p[0] for p in points}
    if summary.start and summary.start not in dates:
        points.append((summary.start, "begins", ()))
    if summary.end and summary.end not in dates:
        points.append((summary.end, "ends", ()))
    if summary.first_reported and not points:
        first = [s for s in record.statements if s.published == summary.first_reported]
        points.append((summary.first_reported, "first report", tuple(source(s) for s in first)))
    told_on = {p[0] for p in points}
    if summary.last_reported and summary.last_reported not in told_on:
        last = [s for s in record.statements if s.published == summary.last_reported]
        points.append((summary.last_reported, "latest report", tuple(source(s) for s in last)))
    return [Point(d, day(d), what, told) for d, what, told in sorted(points, key=lambda p: p[0])]


def statement(record: StatementRecord) -> dict[str, Any]:
    """A statement for the page of its relationship."""
    return {
        "id": record.id,
        "quotes": [" ".join(q.quote.split()) for q in record.quotes],
        "source": source(record),
        "published": day(record.published),
        "modality": record.modality.value,
        "status": words(record.status.value) if record.status else "",
        "date": day(record.date),
        "stated": record.stated,
        "confidence": f"{record.confidence:.0%}",
        "extractor": record.extractor,
        "iri": record.iri,
    }
