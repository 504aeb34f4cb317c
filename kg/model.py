"""The words of the domain as immutable values.

Everything that flows through the pipeline is one of these: an ``Article`` is read, an
extractor makes ``Statement`` values of it, resolution gives their ``Mention`` values
entities and gathers them into ``Relationship`` values. Nothing here imports more
of the package than ``ids``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from kg.ids import digest


class KgError(Exception):
    """An error whose message is meant for the user: what, where, and the remedy."""


class Kind(StrEnum):
    """What a statement or a relationship is about; the value is the ``type`` users see."""

    INVESTMENT = "investment"
    DISTRIBUTION = "distribution"
    SCRUTINY = "scrutiny"
    ACQUISITION = "acquisition"
    PARTNERSHIP = "partnership"
    COMPETITION = "competition"
    RELEASE = "release"
    APPOINTMENT = "appointment"
    LITIGATION = "litigation"
    HEADQUARTERS = "headquarters"


class Nature(StrEnum):
    """What kind of partnership it is, where the article says so."""

    LICENCE = "licence"
    SUPPLY = "supply"
    COMPUTE = "compute"
    DATA = "data"
    RESEARCH = "research"
    DISTRIBUTION = "distribution"
    GOVERNMENT = "government"


End = Literal["subject", "object"]
SYMMETRIC = frozenset({Kind.PARTNERSHIP, Kind.COMPETITION})
"""Kinds whose two ends play the same role."""
ARTEFACT_ROLES: Mapping[End, str] = {"subject": "channel", "object": "product"}
"""The role in which a platform or model takes part where its company is the end of a statement."""


class EntityKind(StrEnum):
    """What an entity is. The first kind of an entity is the one it is drawn and listed by."""

    LAB = "lab"
    COMPANY = "company"
    CLOUD_PROVIDER = "cloud-provider"
    CHIP_MAKER = "chip-maker"
    INVESTOR = "investor"
    SOVEREIGN_FUND = "sovereign-fund"
    MODEL_HUB = "model-hub"
    AUTHORITY = "authority"
    GOVERNMENT = "government"
    RESEARCH = "research-institution"
    PERSON = "person"
    MODEL = "model"
    PRODUCT = "product"
    PLATFORM = "platform"
    PLACE = "place"
    ORGANISATION = "organisation"


ORGANISATION_KINDS = frozenset(
    {
        EntityKind.LAB,
        EntityKind.COMPANY,
        EntityKind.CLOUD_PROVIDER,
        EntityKind.CHIP_MAKER,
        EntityKind.INVESTOR,
        EntityKind.SOVEREIGN_FUND,
        EntityKind.MODEL_HUB,
        EntityKind.AUTHORITY,
        EntityKind.GOVERNMENT,
        EntityKind.RESEARCH,
        EntityKind.ORGANISATION,
    }
)
ARTEFACT_KINDS = frozenset({EntityKind.MODEL, EntityKind.PRODUCT, EntityKind.PLATFORM})


class Modality(StrEnum):
    """How firmly an article says it."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    RUMOURED = "rumoured"
    CONDITIONAL = "conditional"
    DENIED = "denied"


class Status(StrEnum):
    """Where the relationship stands in the world (not how firmly it is told)."""

    # agreements and transactions
    ANNOUNCED = "announced"
    AGREED = "agreed"
    COMPLETED = "completed"
    ACTIVE = "active"
    ENDED = "ended"
    TERMINATED = "terminated"
    DIVESTED = "divested"
    # the life of a regulatory review
    INTENDED = "intended"
    INFORMATION_REQUESTED = "information_requested"
    REVIEWING = "reviewing"
    OPENED = "opened"
    SUED = "sued"
    INFRINGEMENT_FOUND = "infringement_found"
    FINED = "fined"
    CLEARED = "cleared"
    CLEARED_WITH_CONDITIONS = "cleared_with_conditions"
    BLOCKED = "blocked"
    DROPPED = "dropped"


class Qualifier(StrEnum):
    """How an amount is hedged where it is stated."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    UP_TO = "up_to"
    LESS_THAN = "less_than"


class AmountRole(StrEnum):
    """What the sum is a sum of."""

    COMMITTED = "committed"  # what this subject puts in or pays
    EQUIVALENT = "equivalent"  # the same sum in another currency, as the article states it
    ROUND_TOTAL = "round_total"  # the whole round's, shared by several investors
    CUMULATIVE = "cumulative"  # everything put in so far
    TRANCHE = "tranche"  # one part of a larger commitment
    PROCEEDS = "proceeds"  # of a sale of a holding
    PRICE = "price"  # of an acquisition
    FINE = "fine"
    CONTRACT = "contract"  # the value of a partnership, licence or supply contract
    VALUATION = "valuation"  # of the organisation as a whole
    HOLDING = "holding"  # what a holding is held to be worth, whatever was paid for it


@dataclass(frozen=True, slots=True)
class Article:
    """One source text with its metadata.

    ``id`` is the hash of title and text, so the same article read twice is one article.
    ``source`` is what the input called it (a record's ``id`` or ``url``, else the file's
    name). Offsets of all evidence are code points into ``text``. ``published`` and
    ``retrieved`` are ISO 8601 dates, possibly of reduced precision.
    """

    text: str
    source: str
    title: str | None = None
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    retrieved: str | None = None
    language: str | None = None

    @property
    def id(self) -> str:
        return digest("article", self.title or "", self.text)


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A span of an article: ``article.text[start:end] == quote``, always."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that stands for an entity.

    ``text`` is the surface at ``start:end``; ``name`` the name it stands for once
    pronouns, descriptions and short forms are resolved inside the article; ``entity`` the
    registry id where the name is known, else None; ``kind`` a guess from the context.
    """

    text: str
    start: int
    end: int
    name: str
    entity: str | None = None
    kind: EntityKind | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money as stated: ``value`` in units of ``currency`` (ISO 4217).

    ``stated`` is the surface at ``start:end`` of the article.
    """

    value: Decimal
    currency: str
    stated: str
    start: int
    end: int
    role: AmountRole = AmountRole.COMMITTED
    qualifier: Qualifier = Qualifier.EXACT


@dataclass(frozen=True, slots=True)
class Statement:
    """What one article says in one place about one relationship.

    ``participants`` holds the further roles (``product``, ``channel``, ``party``,
    ``lead``, ...); ``terms`` what is agreed beyond the plain figures, such as
    ``("conversion", "next funding round")``. ``subject`` is None where a raise names no
    investor. ``derivation`` explains how the extractor arrived at it (frame, words,
    reason for the modality) and takes no part in the statement's identity.
    """

    article: str
    kind: Kind
    subject: Mention | None
    object: Mention
    evidence: tuple[Evidence, ...]
    modality: Modality = Modality.ASSERTED
    status: Status | None = None
    nature: Nature | None = None
    amounts: tuple[Amount, ...] = ()
    date: str | None = None
    instrument: str | None = None
    round: str | None = None
    stake_percent: Decimal | None = None
    participants: tuple[tuple[str, Mention], ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    confidence: float = 1.0
    extractor: str = "rules"
    extractor_version: str = "1"
    derivation: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def id(self) -> str:
        """A content hash: what is said, where, by which reading."""
        return digest(
            "statement",
            self.article,
            self.kind,
            _place(self.subject),
            _place(self.object),
            [[e.start, e.end, e.quote] for e in self.evidence],
            [self.modality, self.status, self.nature, self.date],
            [[str(a.value), a.currency, a.start, a.end, a.role, a.qualifier] for a in self.amounts],
            [self.instrument, self.round, str(self.stake_percent)],
            [[role, _place(mention)] for role, mention in self.participants],
            list(self.terms),
            [self.extractor, self.confidence],
        )


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something seen in an article that did not become part of a statement, and why."""

    article: str
    reason: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that an extractor found in one article."""

    article: Article
    statements: tuple[Statement, ...]
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation, person, model, product, authority or place with one canonical id.

    ``names`` are other names in use, ``former`` ones no longer in use, ``ambiguous``
    those of either that mean the entity only where the context speaks for it. ``parent``
    is the owning organisation, ``developer`` the organisation behind a model, product or
    platform; both are entity ids. ``country`` is ISO 3166-1 alpha-2 (or "EU").
    ``origin`` is ``registry`` or ``article``.
    """

    id: str
    name: str
    kinds: tuple[EntityKind, ...]
    names: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    parent: str | None = None
    developer: str | None = None
    country: str | None = None
    city: str | None = None
    jurisdiction: str | None = None
    founded: str | None = None
    released: str | None = None
    weights: str | None = None
    licence: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    origin: str = "registry"

    @property
    def kind(self) -> EntityKind:
        return self.kinds[0]

    @property
    def all_names(self) -> tuple[str, ...]:
        """The preferred name first, then the others, without repetition."""
        return tuple(dict.fromkeys((self.name, *self.names, *self.former)))


@dataclass(frozen=True, slots=True)
class Relationship:
    """The thing in the world that statements are about.

    ``subject`` and ``object`` are entity ids; ``statements`` are those about it, in a
    fixed order, each with its resolved ends in ``Resolved``.
    """

    id: str
    kind: Kind
    subject: str | None
    object: str
    statements: tuple[Resolved, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A statement whose mentions have entity ids.

    ``participants`` repeats the statement's further roles with entity ids in place of
    mentions; ``published`` is the article's date of publication; ``judged`` is ``accept``
    or ``reject`` where a person has decided on the statement.
    """

    statement: Statement
    subject: str | None
    object: str
    participants: tuple[tuple[str, str], ...] = ()
    published: str | None = None
    judged: str | None = None


def _place(mention: Mention | None) -> list[object] | None:
    return None if mention is None else [mention.name, mention.entity, mention.start, mention.end]
