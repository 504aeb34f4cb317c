"""The records that views show: a relationship with its ends named and its statements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kg import vocabulary as v
from kg.dates import span
from kg.model import Article, Evidence, Kind, Modality, Status
from kg.resolution.summary import Summary, as_of


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
    stake_percent: Decimal | None = None

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
    """The relationship as it stood on a day; None if it had not begun or was over."""
    published = {s.id: s.published for s in record.statements}
    summary = as_of(record.summary, day, published)
    return None if summary is None else replace(record, summary=summary)


def in_time(record: RelationshipRecord) -> tuple[str, str]:
    begin = record.summary.start or record.summary.first_reported
    return (span(begin)[0].isoformat() if begin else "9999", record.id)
