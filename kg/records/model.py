"""The records that views show: a relationship with its ends named and its statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg import vocabulary as v
from kg.dates import span
from kg.model import Article, Evidence, Kind, Modality, Status
from kg.resolution.summary import OVER, Summary


@dataclass(frozen=True, slots=True)
class Ref:
    """An entity by id and name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """One statement with its article: who says so, where, in which words."""

    id: str
    article_id: str
    article: Article
    quotes: tuple[Evidence, ...]
    modality: Modality
    status: Status | None
    date: str | None
    confidence: float
    extractor: str
    stated: tuple[str, ...]

    @property
    def iri(self) -> str:
        return f"{v.article_iri(self.article_id)}/statement/{self.id}"

    @property
    def published(self) -> str | None:
        return self.article.published


@dataclass(frozen=True, slots=True)
class RelationshipRecord:
    """A relationship with its ends named, what it comes to, and its statements."""

    id: str
    kind: Kind
    subject: Ref | None
    object: Ref
    summary: Summary
    participants: tuple[tuple[str, Ref], ...]
    statements: tuple[StatementRecord, ...]

    @property
    def iri(self) -> str:
        return v.ID + self.id

    def other_end(self, entity_id: str) -> Ref | None:
        """The end that is not the given entity."""
        if self.subject is not None and self.subject.id == entity_id:
            return self.object
        return self.subject


def true_on(record: RelationshipRecord, day: str) -> RelationshipRecord | None:
    """The relationship as it stood on a day; None if it had not begun or was over.

    A relationship without a known beginning counts from its first report.
    """
    last_day = span(day)[1]
    summary = record.summary
    begin = summary.start or summary.first_reported
    if begin and span(begin)[0] > last_day:
        return None
    if summary.end and span(summary.end)[1] <= last_day:
        return None
    by_id = {s.id: s for s in record.statements}
    steps = tuple(
        s
        for s in summary.steps
        if (when := s.date or _first_published(by_id, s.stated_by)) is None
        or span(when)[0] <= last_day
    )
    status = steps[-1].status if steps else None
    if summary.status in OVER and status not in OVER:
        summary = replace(summary, in_force=summary.modality is Modality.ASSERTED, end=None)
    return replace(record, summary=replace(summary, steps=steps, status=status))


def _first_published(by_id: dict[str, StatementRecord], ids: Iterable[str]) -> str | None:
    dates = [d for i in ids if i in by_id and (d := by_id[i].published)]
    return min(dates, key=lambda d: span(d)[0], default=None)


def in_time(record: RelationshipRecord) -> tuple[str, str]:
    begin = record.summary.start or record.summary.first_reported
    return (span(begin)[0].isoformat() if begin else "9999", record.id)
