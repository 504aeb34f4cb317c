"""Hypothesis strategies for the values of the domain."""

from __future__ import annotations

from decimal import Decimal

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


@st.composite
def mentions(draw: st.DrawFn, name: str | None = None) -> Mention:
    name = name or draw(st.sampled_from(NAMES))
    start = draw(st.integers(0, 500))
    return Mention(name, start, start + len(name), name, draw(st.sampled_from([None, name])))


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    start = draw(st.integers(0, 500))
    value = draw(st.sampled_from(["1000000000", "10000000000", "16300000", "16000000", "15000000"]))
    return Amount(
        Decimal(value),
        draw(st.sampled_from(["USD", "EUR"])),
        "$1 billion",
        start,
        start + 10,
        draw(st.sampled_from(AmountRole)),
        draw(st.sampled_from(Qualifier)),
    )


@st.composite
def resolved_statements(draw: st.DrawFn, kinds: list[Kind] | None = None) -> Resolved:
    """A statement with plausible ends, figures and dates, resolved to entity ids."""
    kind = draw(st.sampled_from(kinds or list(Kind)))
    one, other = draw(st.permutations(NAMES[:4]))[:2]
    subject = draw(mentions(one))
    if kind is Kind.INVESTMENT and draw(st.booleans()) and draw(st.booleans()):
        subject = None
    object_ = draw(mentions(other))
    start = draw(st.integers(0, 900))
    parties = draw(st.lists(mentions(), max_size=2, unique_by=lambda m: m.name))
    evidence = {
        Evidence(s, s + 3, "abc") for s in draw(st.lists(st.integers(0, 99), max_size=2))
    } | {Evidence(start, start + 4, "text")}
    statement = Statement(
        article=draw(st.sampled_from(["a" * 16, "b" * 16, "c" * 16])),
        kind=kind,
        subject=subject,
        object=object_,
        evidence=tuple(sorted(evidence)),
        modality=draw(st.sampled_from(Modality)),
        status=draw(st.none() | st.sampled_from(Status)),
        nature=draw(st.none() | st.sampled_from(Nature)),
        amounts=tuple(draw(st.lists(amounts(), max_size=2))),
        date=draw(st.none() | dates()),
        instrument=draw(st.none() | st.sampled_from(["equity", "convertible"])),
        round=draw(st.none() | st.sampled_from(["Series A", "Series B", "seed"])),
        stake_percent=draw(
            st.none() | st.sampled_from([Decimal("5"), Decimal("49.5"), Decimal("75")])
        ),
        participants=tuple(("party", m) for m in parties),
        terms=draw(
            st.sampled_from([(), (("conversion", "next funding round"),), (("scope", "staff"),)])
        ),
        confidence=draw(st.sampled_from([0.5, 0.75, 1.0])),
        derivation=draw(st.sampled_from([(), (("frame", "invest"),)])),
    )
    return Resolved(
        statement,
        subject.name if subject else None,
        object_.name,
        tuple((role, m.name) for role, m in statement.participants),
        {"a" * 16: None, "b" * 16: "2023-01-24", "c" * 16: "2024-03"}[statement.article],
    )
