"""Statements become relationships: what is one event, what is several."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import (
    Amount,
    AmountRole,
    Evidence,
    Kind,
    Mention,
    Modality,
    Resolved,
    Statement,
    Status,
)
from kg.model import Qualifier as How
from kg.resolution.agreement import agree
from kg.resolution.consolidation import consolidate
from kg.resolution.summary import summarise
from tests.strategies import resolved_statements


def said(
    article: str,
    *,
    date: str | None = None,
    sum_: str | None = None,
    round_: str | None = None,
    role: AmountRole = AmountRole.COMMITTED,
    published: str | None = None,
    modality: Modality = Modality.ASSERTED,
    kind: Kind = Kind.INVESTMENT,
    party: str | None = None,
) -> Resolved:
    amounts = ()
    if sum_:
        currency, value = sum_.split()
        amounts = (Amount(Decimal(value), currency, sum_, 0, 4, role),)
    participants = ((("party", Mention(party, 0, 1, party)),)) if party else ()
    statement = Statement(
        article=article,
        kind=kind,
        subject=Mention("Microsoft", 0, 9, "Microsoft", "microsoft"),
        object=Mention("OpenAI", 20, 26, "OpenAI", "openai"),
        evidence=(Evidence(0, 26, "Microsoft invested in OpenAI"),),
        amounts=amounts,
        date=date,
        round=round_,
        modality=modality,
        participants=participants,
    )
    return Resolved(
        statement,
        "microsoft",
        "openai",
        ((("party", party),)) if party else (),
        published,
    )


def test_three_investments_of_one_investor_are_three() -> None:
    reports = [
        said("a", date="2019-07-22", sum_="USD 1000000000"),
        said("b", date="2021", sum_="USD 2000000000"),
        said("c", date="2023-01-23", sum_="USD 10000000000"),
    ]
    found = consolidate(reports)
    assert [r.id for r in found] == [
        "investment/microsoft/openai/2019-07",
        "investment/microsoft/openai/2021",
        "investment/microsoft/openai/2023-01",
    ]


def test_ten_reports_of_one_investment_are_one() -> None:
    reports = [said(f"{i}", date="2023-01-23", sum_="USD 10000000000") for i in range(5)]
    reports += [said(f"u{i}", sum_="USD 10000000000") for i in range(3)]
    reports += [said("m", date="2023-01"), said("x")]
    assert len(consolidate(reports)) == 1


def beside(reports: list[Resolved]) -> list[Resolved]:
    """The reports as sentences of one article, each right after the one before."""
    return [
        replace(
            r,
            statement=replace(
                r.statement,
                evidence=(Evidence(27 * i, 27 * i + 26, "Microsoft invested in OpenAI"),),
            ),
        )
        for i, r in enumerate(reports)
    ]


def test_what_was_put_into_the_round_told_beside_it_is_of_that_round() -> None:
    part = said("a", sum_="EUR 1300000000")
    whole = said("a", round_="Series C", sum_="EUR 1700000000", role=AmountRole.ROUND_TOTAL)
    smaller = said("a", round_="Series C", sum_="EUR 900000000", role=AmountRole.ROUND_TOTAL)
    elsewhere = replace(whole, statement=replace(whole.statement, article="b"))
    assert len(consolidate(beside([part, whole]))) == 1
    assert len(consolidate(beside([whole, part]))) == 1
    assert len(consolidate(beside([part, smaller]))) == 2
    assert len(consolidate(beside([part, elsewhere]))) == 2


def test_a_rounded_sum_is_the_same_investment() -> None:
    reports = [said("a", sum_="USD 16300000"), said("a2", sum_="USD 16000000")]
    assert len(consolidate(reports)) == 1


def test_a_running_total_is_no_single_investment() -> None:
    reports = [
        said("a", date="2023-01-23", sum_="USD 10000000000"),
        said("b", sum_="USD 13000000000", role=AmountRole.CUMULATIVE),
    ]
    assert sorted(r.id.rsplit("/", 1)[1] for r in consolidate(reports)) == ["2023-01", "cumulative"]


def test_a_bare_mention_does_not_chain_two_rounds_together() -> None:
    reports = [said("a", round_="Series A"), said("b", round_="Series B"), said("c")]
    assert len(consolidate(reports)) == 3


def test_reports_of_one_week_are_one_whatever_each_of_them_tells() -> None:
    reports = [
        said("a", published="2024-02-26"),
        said("b", published="2024-02-27", sum_="EUR 15000000"),
        said("c", published="2024-02-27", sum_="USD 16300000"),
        said("d", published="2024-02-28", sum_="USD 16000000", date="2024-02"),
        said("e", published="2024-03-01"),
        said("f", published="2024-05-17"),
    ]
    assert len(consolidate(reports)) == 1


def test_a_sum_that_no_rate_of_exchange_explains_is_another_investment() -> None:
    reports = [
        said("a", published="2024-02-27", sum_="EUR 15000000"),
        said("b", published="2024-02-27", sum_="USD 150000000"),
    ]
    assert len(consolidate(reports)) == 2


def test_news_of_one_occasion_among_several_joins_the_one_of_its_time() -> None:
    reports = [
        said("a", date="2019-07-22", sum_="USD 1000000000"),
        said("c", date="2023-01-23", sum_="USD 10000000000"),
        said("n", published="2023-01-24"),
        said("o", published="2021-06-01"),
    ]
    assert sorted(len(r.statements) for r in consolidate(reports)) == [1, 1, 2]


def test_background_told_weeks_before_the_news_is_not_of_it() -> None:
    reports = [
        said("old", date="2023-09-25", sum_="USD 1250000000"),
        said("background", published="2024-03-04"),
        said("news", published="2024-03-27", sum_="USD 2750000000"),
    ]
    assert sorted(len(r.statements) for r in consolidate(reports)) == [1, 1, 1]


def test_what_was_told_long_before_a_round_is_not_of_it() -> None:
    reports = [
        said("a", published="2023-12-11"),
        said("b", published="2024-06-11", round_="Series B"),
    ]
    assert len(consolidate(reports)) == 2


def test_a_bare_denial_does_not_end_what_was_asserted() -> None:
    reports = [
        said("a", published="2024-02-27", sum_="EUR 15000000"),
        said("b", published="2024-05-17", modality=Modality.DENIED),
    ]
    asserted, denied = sorted(consolidate(reports), key=lambda r: r.statements[0].published or "")
    assert summarise(asserted).in_force
    assert summarise(denied).modality is Modality.DENIED


def test_a_bare_denial_ends_what_was_only_rumoured() -> None:
    reports = [
        said("a", published="2024-02-27", sum_="EUR 15000000", modality=Modality.RUMOURED),
        said("b", published="2024-05-17", modality=Modality.DENIED),
    ]
    [only] = consolidate(reports)
    assert summarise(only).status is Status.TERMINATED


def test_what_is_asserted_without_a_sum_is_not_of_the_sum_that_is_denied() -> None:
    reports = [
        said("a", published="2025-02-27", sum_="USD 9000000000"),
        said("b", date="2026", sum_="USD 100000000000", modality=Modality.DENIED),
        said("c", published="2026-03-31"),
    ]
    assert len(consolidate(reports)) == 3


def test_conflicting_sums_of_one_day_stay_side_by_side() -> None:
    reports = [
        said("a", date="2024-03-27", sum_="USD 2750000000"),
        said("b", date="2024-03-28", sum_="USD 3500000000"),
    ]
    [only] = consolidate(reports)
    assert len(only.statements) == 2


def test_reviews_of_different_deals_are_different_reviews() -> None:
    reports = [
        said("a", kind=Kind.SCRUTINY, party="mistral-ai"),
        said("b", kind=Kind.SCRUTINY, party="inflection-ai"),
        said("c", kind=Kind.SCRUTINY, party="mistral-ai"),
    ]
    assert [len(r.statements) for r in consolidate(reports)] == [1, 2]


def test_partnership_is_one_whichever_end_is_named_first() -> None:
    one = said("a", kind=Kind.PARTNERSHIP)
    other = Resolved(
        Statement(
            article="b",
            kind=Kind.PARTNERSHIP,
            subject=one.statement.object,
            object=one.statement.subject or one.statement.object,
            evidence=one.statement.evidence,
        ),
        "openai",
        "microsoft",
    )
    [only] = consolidate([one, other])
    assert (only.subject, only.object) == ("microsoft", "openai")


@pytest.mark.parametrize(
    ("one", "how", "other", "how_other", "same"),
    [
        ("16300000", How.EXACT, "16000000", How.EXACT, True),
        ("13000000000", How.EXACT, "10000000000", How.EXACT, False),
        ("13000000000", How.AT_LEAST, "13200000000", How.EXACT, True),
        ("1300000", How.LESS_THAN, "1250000", How.EXACT, True),
        ("10", How.ABOUT, "10.9", How.EXACT, True),
        ("10.4", How.EXACT, "10.9", How.EXACT, False),
    ],
)
def test_agreement_of_figures(one: str, how: How, other: str, how_other: How, same: bool) -> None:
    assert agree(Decimal(one), how, Decimal(other), how_other) is same
    assert agree(Decimal(other), how_other, Decimal(one), how) is same


@settings(max_examples=150, deadline=None)
@given(st.lists(resolved_statements(), max_size=12), st.integers(0, 2**32))
def test_order_of_ingestion_does_not_matter(reports: list[Resolved], seed: int) -> None:
    shuffled = list(reports)
    random.Random(seed).shuffle(shuffled)
    assert consolidate(shuffled) == consolidate(reports)


@settings(max_examples=100, deadline=None)
@given(st.lists(resolved_statements(), max_size=12))
def test_every_statement_is_in_exactly_one_relationship(reports: list[Resolved]) -> None:
    relationships = consolidate(reports)
    ids = [r.statement.id for rel in relationships for r in rel.statements]
    assert sorted(ids) == sorted({r.statement.id for r in reports})
    assert len({r.id for r in relationships}) == len(relationships)
