"""What a relationship comes to: nothing averaged, nothing hidden."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import (
    Amount,
    AmountRole,
    Evidence,
    Kind,
    Mention,
    Modality,
    Qualifier,
    Resolved,
    Statement,
    Status,
)
from kg.resolution.consolidation import consolidate
from kg.resolution.summary import Summary, as_of, summarise
from tests.strategies import resolved_statements


def report(
    article: str,
    published: str | None,
    *amounts: Amount,
    modality: Modality = Modality.ASSERTED,
    status: Status | None = None,
    kind: Kind = Kind.INVESTMENT,
    date: str | None = None,
) -> Resolved:
    statement = Statement(
        article=article,
        kind=kind,
        subject=Mention("Acme", 0, 4, "Acme"),
        object=Mention("Bolt", 10, 14, "Bolt"),
        evidence=(Evidence(0, 14, "Acme backs Bolt"),),
        amounts=amounts,
        modality=modality,
        status=status,
        date=date,
    )
    return Resolved(statement, "acme", "bolt", (), published)


def money(currency: str, value: str, role: AmountRole = AmountRole.COMMITTED) -> Amount:
    return Amount(Decimal(value), currency, f"{currency} {value}", 0, 4, role)


def only(*reports: Resolved) -> Summary:
    [relationship] = consolidate(reports)
    return summarise(relationship)


def test_an_equivalent_and_a_rounding_are_no_conflict() -> None:
    summary = only(
        report(
            "a",
            "2024-02-27",
            money("EUR", "15000000"),
            money("USD", "16300000", AmountRole.EQUIVALENT),
        ),
        report("b", "2024-02-28", money("USD", "16000000")),
    )
    by_key = {(a.currency, int(a.value)): a for a in summary.amounts}
    rounded, exact = by_key["USD", 16_000_000], by_key["USD", 16_300_000]
    euros = by_key["EUR", 15_000_000]
    assert [summary.amounts[i] for i in rounded.rounding_of] == [exact]
    assert [summary.amounts[i] for i in euros.equivalent_to] == [exact]
    assert not any(a.conflicts_with for a in summary.amounts)


def test_truly_different_figures_conflict() -> None:
    summary = only(
        report("a", "2024-03-27", money("USD", "2750000000"), date="2024-03-27"),
        report("b", "2024-03-28", money("USD", "3500000000"), date="2024-03-28"),
    )
    assert [a.conflicts_with for a in summary.amounts] == [(1,), (0,)]


def test_parts_told_in_one_breath_do_not_conflict() -> None:
    summary = only(report("a", "2024-06-11", money("EUR", "468"), money("EUR", "132")))
    assert not any(a.conflicts_with for a in summary.amounts)


def test_a_rumour_that_came_true_is_asserted() -> None:
    summary = only(report("a", "2024-01-01", modality=Modality.RUMOURED), report("b", "2024-02-01"))
    assert summary.modality is Modality.ASSERTED
    assert summary.in_force
    assert (summary.first_reported, summary.last_reported) == ("2024-01-01", "2024-02-01")


def test_a_deal_called_off_is_terminated() -> None:
    summary = only(
        report("a", "2024-01-01", modality=Modality.PLANNED),
        report("b", "2024-02-01", modality=Modality.DENIED),
    )
    assert summary.status is Status.TERMINATED
    assert not summary.in_force


def test_the_life_of_a_review_is_told_in_its_order() -> None:
    steps = [
        ("c", "2024-09-04", Status.CLEARED),
        ("a", "2024-04-24", Status.INFORMATION_REQUESTED),
        ("b", "2024-07-16", Status.OPENED),
    ]
    summary = only(
        *(
            report(article, date, kind=Kind.SCRUTINY, status=status)
            for article, date, status in steps
        )
    )
    assert [s.status for s in summary.steps] == [
        Status.INFORMATION_REQUESTED,
        Status.OPENED,
        Status.CLEARED,
    ]
    assert summary.status is Status.CLEARED
    assert not summary.in_force


def test_an_intended_review_is_not_in_force() -> None:
    summary = only(
        report(
            "a",
            "2024-02-28",
            kind=Kind.SCRUTINY,
            status=Status.INTENDED,
            modality=Modality.PLANNED,
        )
    )
    assert not summary.in_force


def test_what_could_come_about_is_no_step() -> None:
    summary = only(
        report("a", "2024-01-10", kind=Kind.SCRUTINY, status=Status.OPENED),
        report(
            "b",
            "2024-02-10",
            kind=Kind.SCRUTINY,
            status=Status.BLOCKED,
            modality=Modality.CONDITIONAL,
        ),
    )
    assert [s.status for s in summary.steps] == [Status.OPENED]
    assert summary.status is Status.OPENED
    assert summary.in_force


def test_a_step_told_often_and_less_exactly_is_one_step() -> None:
    deal = Kind.ACQUISITION
    summary = only(
        report("a", "2019-03-11", kind=deal, status=Status.ANNOUNCED, modality=Modality.PLANNED),
        report("b", "2020-04-27", kind=deal, status=Status.COMPLETED, date="2020-04-27"),
        report("c", "2020-05-27", kind=deal, status=Status.COMPLETED, date="2020-04"),
        report("d", "2024-12-09", kind=deal, status=Status.COMPLETED, date="2020"),
        report("e", "2025-01-09", kind=deal, status=Status.COMPLETED),
        report("f", "2025-02-09", kind=deal, status=Status.ANNOUNCED, modality=Modality.PLANNED),
    )
    assert [(s.status, s.date, len(s.stated_by)) for s in summary.steps] == [
        (Status.ANNOUNCED, None, 2),
        (Status.COMPLETED, "2020-04-27", 4),
    ]
    assert summary.status is Status.COMPLETED
    assert summary.in_force


def test_a_plan_that_an_article_asserts_to_have_come_about_is_in_force() -> None:
    summary = only(
        report(
            "a",
            "2023-09-25",
            money("USD", "4000000000"),
            status=Status.ANNOUNCED,
            modality=Modality.PLANNED,
        ),
        report("b", "2024-09-27", money("USD", "4000000000")),
    )
    assert summary.in_force


def test_a_bound_contradicts_only_what_lies_beyond_it() -> None:
    bound = Amount(
        Decimal("4000000000"),
        "USD",
        "up to $4 billion",
        0,
        4,
        AmountRole.COMMITTED,
        Qualifier.UP_TO,
    )
    within = only(
        report("a", "2023-09-25", bound, date="2023-09-25"),
        report("b", "2023-09-26", money("USD", "1250000000"), date="2023-09-25"),
    )
    beyond = only(
        report("a", "2023-09-25", bound, date="2023-09-25"),
        report("b", "2023-09-26", money("USD", "8000000000"), date="2023-09-25"),
    )
    assert [a.conflicts_with for a in within.amounts] == [(), ()]
    assert [a.conflicts_with for a in beyond.amounts] == [(1,), (0,)]


def test_two_prices_in_one_sentence_contradict_each_other() -> None:
    prices = [money("USD", v, AmountRole.PRICE) for v in ("1700000000", "1400000000")]
    summary = only(report("a", "2024-01-29", *prices, kind=Kind.ACQUISITION))
    assert [a.conflicts_with for a in summary.amounts] == [(1,), (0,)]


def test_a_deal_that_was_only_announced_on_the_day_was_not_in_force() -> None:
    deal = Kind.ACQUISITION
    summary = only(
        report("a", "2020-09-13", kind=deal, status=Status.ANNOUNCED, date="2020-09-13"),
        report("b", "2022-02-14", kind=deal, status=Status.COMPLETED, date="2022-02-14"),
    )
    published = {s: None for step in summary.steps for s in step.stated_by}
    then = as_of(summary, "2021-06-01", published)
    assert then is not None
    assert (then.status, then.in_force) == (Status.ANNOUNCED, False)
    assert summary.in_force


@settings(max_examples=100, deadline=None)
@given(st.lists(resolved_statements(), min_size=1, max_size=8))
def test_every_stated_amount_is_kept_with_its_statement(reports: list[Resolved]) -> None:
    for relationship in consolidate(reports):
        summary = summarise(relationship)
        stated = {
            (a.value, a.currency, a.role, a.qualifier, r.statement.id)
            for r in relationship.statements
            for a in r.statement.amounts
        }
        kept = {
            (a.value, a.currency, a.role, a.qualifier, s)
            for a in summary.amounts
            for s in a.stated_by
        }
        assert kept == stated
        for i, amount in enumerate(summary.amounts):
            assert i not in (*amount.conflicts_with, *amount.equivalent_to, *amount.rounding_of)
            assert all(i in summary.amounts[j].conflicts_with for j in amount.conflicts_with)
