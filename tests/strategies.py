"""Hypothesis strategies for the values of the domain."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from kg.model import (
    Amount,
    AmountRole,
    Evidence,
    Kind,
    Mention,
    Modality,
    Nature,
    Qualifier,
    Resolved,
    Statement,
    Status,
)

NAMES = ["microsoft", "openai", "mistral-ai", "anthropic", "google", "ftc"]


def dates() -> st.SearchStrategy[str]:
    years = st.integers(2019, 2026)
    months = st.integers(1, 12)
    return st.one_of(
        years.map(str),
        st.builds(lambda y, m: f"{y}-{m:02}", years, months),
        st.builds(lambda y, m, d: f"{y}-{m:02}-{d:02}", years, months, st.integers(1, 28)),
    )


# What is drawn again and again is made once: hypothesis checks every strategy it has not met.
_POSITIONS = st.integers(0, 500)
_VALUES = st.sampled_from(["1000000000", "10000000000", "16300000", "16000000", "15000000"])
_CURRENCIES = st.sampled_from(["USD", "EUR"])
_ROLES = st.sampled_from(AmountRole)
_QUALIFIERS = st.sampled_from(Qualifier)


@st.composite
def mentions(draw: st.DrawFn, name: str | None = None) -> Mention:
    name = name or draw(_NAMES)
    start = draw(_POSITIONS)
    return Mention(name, start, start + len(name), name, draw(_MAYBE[name]))


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    start = draw(_POSITIONS)
    return Amount(
        Decimal(draw(_VALUES)),
        draw(_CURRENCIES),
        "$1 billion",
        start,
        start + 10,
        draw(_ROLES),
        draw(_QUALIFIERS),
    )


_NAMES = st.sampled_from(NAMES)
_MAYBE = {name: st.sampled_from([None, name]) for name in NAMES}
_ENDS = st.permutations(NAMES[:4])
_MENTIONS = {name: mentions(name) for name in NAMES}
_PARTIES = st.lists(mentions(), max_size=2, unique_by=lambda m: m.name)
_STARTS = st.integers(0, 900)
_EVIDENCE = st.lists(st.integers(0, 99), max_size=2)
_ARTICLES = st.sampled_from(["a" * 16, "b" * 16, "c" * 16])
_MODALITIES = st.sampled_from(Modality)
_STATUSES = st.none() | st.sampled_from(Status)
_NATURES = st.none() | st.sampled_from(Nature)
_AMOUNTS = st.lists(amounts(), max_size=2)
_DATES = st.none() | dates()
_INSTRUMENTS = st.none() | st.sampled_from(["equity", "convertible"])
_ROUNDS = st.none() | st.sampled_from(["Series A", "Series B", "seed"])
_STAKES = st.none() | st.sampled_from([Decimal("5"), Decimal("49.5"), Decimal("75")])
_TERMS = st.sampled_from([(), (("conversion", "next funding round"),), (("scope", "staff"),)])
_CONFIDENCES = st.sampled_from([0.5, 0.75, 1.0])
_DERIVATIONS = st.sampled_from([(), (("frame", "invest"),)])
_BOOLEANS = st.booleans()


@cache
def _of(kinds: tuple[Kind, ...]) -> st.SearchStrategy[Kind]:
    return st.sampled_from(kinds)


@st.composite
def resolved_statements(draw: st.DrawFn, kinds: list[Kind] | None = None) -> Resolved:
    """A statement with plausible ends, figures and dates, resolved to entity ids."""
    kind = draw(_of(tuple(kinds or Kind)))
    one, other = draw(_ENDS)[:2]
    subject = draw(_MENTIONS[one])
    if kind is Kind.INVESTMENT and draw(_BOOLEANS) and draw(_BOOLEANS):
        subject = None
    object_ = draw(_MENTIONS[other])
    start = draw(_STARTS)
    parties = draw(_PARTIES)
    evidence = {Evidence(s, s + 3, "abc") for s in draw(_EVIDENCE)}
    evidence.add(Evidence(start, start + 4, "text"))
    statement = Statement(
        article=draw(_ARTICLES),
        kind=kind,
        subject=subject,
        object=object_,
        evidence=tuple(sorted(evidence)),
        modality=draw(_MODALITIES),
        status=draw(_STATUSES),
        nature=draw(_NATURES),
        amounts=tuple(draw(_AMOUNTS)),
        date=draw(_DATES),
        instrument=draw(_INSTRUMENTS),
        round=draw(_ROUNDS),
        stake_percent=draw(_STAKES),
        participants=tuple(("party", m) for m in parties),
        terms=draw(_TERMS),
        confidence=draw(_CONFIDENCES),
        derivation=draw(_DERIVATIONS),
    )
    return Resolved(
        statement,
        subject.name if subject else None,
        object_.name,
        tuple((role, m.name) for role, m in statement.participants),
        {"a" * 16: None, "b" * 16: "2023-01-24", "c" * 16: "2024-03"}[statement.article],
    )
