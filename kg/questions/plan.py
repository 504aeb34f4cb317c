"""What a question asks for, once it is understood: the one value that every answer comes from.

A ``Plan`` is made by the grammar or directly by the library; it is answered over the
relationships read from the store and written as SPARQL, each by itself, and tests hold the
two together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kg.model import Kind, Modality, Status

LISTED = frozenset({Modality.ASSERTED, Modality.PLANNED, Modality.CONDITIONAL})
"""What is listed unless the question asks otherwise; rumoured and denied are left out."""
HAPPENED = frozenset({Status.ENDED, Status.DIVESTED})
"""Over, but it was: what a question in the past tense includes."""


@dataclass(frozen=True, slots=True)
class Noun:
    """Which entities: of a kind, in some countries (or ``outside`` them), in a city.

    ``weights`` are those of a model: ``open`` or ``closed``. ``but`` takes out those it means.
    ``founded`` are the first and the last day between which they were founded, either may be
    open. ``that`` is a plan whose answers they must be (*labs backed by rivals of Google*);
    ``among`` holds these once it is answered, with ``kin`` what belongs to them as well, and
    ``words`` says it. Empty means any.
    """

    kind: str | None = None
    countries: tuple[str, ...] = ()
    place: str | None = None
    outside: bool = False
    city: str | None = None
    big_tech: bool = False
    weights: str | None = None
    but: Noun | None = None
    founded: tuple[str | None, str | None] | None = None
    that: Plan | None = None
    among: tuple[str, ...] = ()
    kin: bool = False
    words: str = ""

    @property
    def any(self) -> bool:
        told = self.kind or self.countries or self.city or self.big_tech or self.weights
        return not (told or self.but or self.founded or self.that)


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit on a stated sum, or on a stake in per cent; ``currency`` None means any.

    ``of`` says which sums it is held against: somebody's ``own``, those of the ``round``, or a
    ``valuation``.
    """

    value: Decimal
    currency: str | None
    strict: bool
    of: str = "own"


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the relationships that count.

    ``since`` and ``until`` are the first and last day (ISO 8601) on which a relationship
    may have begun. ``ended``: ``no`` (those that stand), ``past`` (also those that were),
    ``all``, ``only``. ``statuses`` asks for relationships whose latest status is one of
    these; with a period, for those that took such a step within it. ``direct`` keeps what an
    entity does itself, ``indirect`` what is done through what belongs to it. ``as_of`` is the day on which all this is to have been so: records come as they
    stood then, and the query is told of it here.
    """

    since: str | None = None
    until: str | None = None
    period: str | None = None
    least: Bound | None = None
    most: Bound | None = None
    least_stake: Bound | None = None
    most_stake: Bound | None = None
    modalities: frozenset[Modality] = LISTED
    ended: str = "no"
    statuses: frozenset[Status] = frozenset()
    round: str | None = None
    instrument: str | None = None
    nature: str | None = None
    exclude: tuple[str, ...] = ()
    direct: bool = False
    indirect: bool = False
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A further relationship that the answers must have, or must not: *but not OpenAI*.

    The answers stand at its end ``ask`` (``subject`` or ``object``); at the other end stands
    one of ``roots``, or without these whoever ``other`` means. ``beyond`` turns the roots
    round: anyone but them. ``holds`` False keeps the answers that have no such relationship.
    """

    relation: Kind
    ask: str
    roots: tuple[str, ...] = ()
    other: Noun = field(default_factory=Noun)
    beyond: bool = False
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """A question understood.

    ``family`` names what is done (see ``FAMILIES``); ``relations`` the kinds of
    relationship; ``ask`` the end that is asked for: ``subject``, ``object`` or
    ``relationship``. ``subjects`` and ``objects`` hold ids of entities; ``both`` says
    that all of them must hold and not any. ``op`` is what is made of the answers:
    ``list``, ``count``, ``amounts``, ``total``, ``when``, ``terms``, ``stake``,
    ``valuation``, ``exists``, ``rank``. ``order`` sorts by beginning (``latest``,
    ``first``) or sum (``largest``, ``smallest``) and ``limit`` cuts; ``fewest`` and ``most``
    are the least and greatest count that a ranking keeps. ``role`` ``than`` asks whether the
    first of those compared has more, ``whether`` if the one named has as many as that, ``raised`` counts each round of a total once. ``conditions`` must hold of the
    answers besides. ``into`` is the currency that a total is converted to. ``polar`` wants a
    yes or a no beside the list. ``about`` keeps the reviews of such deals between their
    parties. ``ware`` is the model asked about where its maker's distributors
    are, ``called`` its name. ``families`` says of each entity named who belonged to it on the day asked about,
    itself included; it is empty where that is today.
    """

    family: str
    relations: tuple[Kind, ...] = ()
    ask: str = "relationship"
    subjects: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    both: bool = False
    answer: Noun = field(default_factory=Noun)
    other: Noun = field(default_factory=Noun)
    op: str = "list"
    order: str | None = None
    limit: int | None = None
    fewest: int | None = None
    most: int | None = None
    conditions: tuple[Condition, ...] = ()
    into: str | None = None
    by: str | None = None
    role: str | None = None
    polar: bool = False
    about: tuple[Kind, ...] = ()
    ware: str | None = None
    called: str = ""
    filters: Filters = field(default_factory=Filters)
    families: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()
