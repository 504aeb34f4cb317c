"""The cases of one authority and one party: what they concern, and the course they take."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Evidence, Kind, Mention, Modality, Relationship, Resolved, Statement, Status
from kg.resolution.consolidation import consolidate
from kg.resolution.summary import summarise
from tests.strategies import resolved_statements


def report(
    published: str | None,
    status: Status | None = None,
    *concerning: str,
    date: str | None = None,
    modality: Modality = Modality.ASSERTED,
    kind: Kind = Kind.SCRUTINY,
) -> Resolved:
    further = tuple(("party", Mention(p, 30, 31, p)) for p in concerning)
    statement = Statement(
        article=f"{published} {status} {concerning} {date} {modality}",
        kind=kind,
        subject=Mention("CMA", 0, 3, "CMA", "cma"),
        object=Mention("Microsoft", 10, 19, "Microsoft", "microsoft"),
        evidence=(Evidence(0, 19, "CMA looks at Microsoft"),),
        status=status,
        date=date,
        modality=modality,
        participants=further,
    )
    return Resolved(
        statement, "cma", "microsoft", tuple(("party", p) for p in concerning), published
    )


def told(relationship: Relationship) -> list[str | None]:
    return [r.published for r in relationship.statements]


def test_a_life_of_years_over_several_articles_is_one_review_with_dated_steps() -> None:
    [review] = consolidate(
        [
            report("2023-12-08", Status.INTENDED, "openai", modality=Modality.PLANNED),
            report("2024-04-24", Status.INFORMATION_REQUESTED, "openai", date="2024-04-24"),
            report("2024-11-02", Status.OPENED, "openai", date="2024-11"),
            report("2025-03-05", Status.CLEARED, "openai", date="2025-03-05"),
        ]
    )
    assert review.id == "scrutiny/cma/microsoft/openai"
    summary = summarise(review)
    assert [(s.status, s.date) for s in summary.steps] == [
        (Status.INTENDED, None),
        (Status.INFORMATION_REQUESTED, "2024-04-24"),
        (Status.OPENED, "2024-11"),
        (Status.CLEARED, "2025-03-05"),
    ]
    assert summary.status is Status.CLEARED
    assert summary.end == "2025-03-05"


def test_reviews_of_different_deals_stay_apart_though_they_overlap_in_time() -> None:
    found = consolidate(
        [
            report("2023-12-08", Status.OPENED, "openai"),
            report("2024-05-17", Status.DROPPED, "mistral-ai"),
            report("2024-07-16", Status.OPENED, "inflection-ai"),
            report("2024-09-04", Status.CLEARED, "inflection-ai"),
            report("2025-03-05", Status.CLEARED, "openai"),
        ]
    )
    assert [r.id.rsplit("/", 1)[1] for r in found] == ["inflection-ai", "mistral-ai", "openai"]
    assert [len(r.statements) for r in found] == [2, 1, 2]


def test_what_has_ended_does_not_go_on() -> None:
    first, second = consolidate(
        [
            report("2022-03-02", Status.CLEARED),
            report("2022-03-03", Status.CLEARED),
            report("2024-07-16", Status.OPENED),
            report("2024-09-04", Status.CLEARED),
        ]
    )
    assert told(first) == ["2022-03-02", "2022-03-03"]
    assert told(second) == ["2024-07-16", "2024-09-04"]
    assert first.id == "scrutiny/cma/microsoft/2022-03"


def test_what_is_under_way_does_not_begin_again_years_later() -> None:
    found = consolidate(
        [
            report("2021-10-27", Status.OPENED),
            report("2024-10-31", Status.INTENDED, modality=Modality.PLANNED),
        ]
    )
    assert len(found) == 2


def test_a_decision_years_after_the_opening_is_of_the_same_case() -> None:
    [only] = consolidate(
        [report("2018-01-10", Status.OPENED), report("2023-06-01", Status.FINED, date="2023-06-01")]
    )
    assert len(only.statements) == 2


def test_a_report_that_names_no_party_joins_the_case_that_is_under_way() -> None:
    reports = [
        report("2023-12-08", Status.OPENED, "openai"),
        report("2024-08-01", Status.REVIEWING),
        report("2025-03-05", Status.CLEARED, "openai"),
    ]
    [only] = consolidate(reports)
    assert len(only.statements) == 3


def test_a_decision_does_not_join_a_case_that_was_never_brought() -> None:
    reports = [
        report("2024-05-17", Status.REVIEWING, "mistral-ai", modality=Modality.DENIED),
        report("2024-09-04", Status.CLEARED),
    ]
    assert len(consolidate(reports)) == 2


def test_a_report_that_could_be_of_two_cases_stays_apart() -> None:
    reports = [
        report("2023-12-08", Status.OPENED, "openai"),
        report("2023-12-20", Status.OPENED, "inflection-ai"),
        report("2024-01-10", Status.REVIEWING),
    ]
    assert len(consolidate(reports)) == 3


def test_a_decision_does_not_join_a_case_that_was_still_in_the_news_long_after() -> None:
    reports = [
        report("2023-12-08", Status.OPENED, "openai"),
        report("2024-09-04", Status.CLEARED),
        report("2025-03-05", Status.CLEARED, "openai"),
    ]
    assert len(consolidate(reports)) == 2


def test_a_decision_months_after_another_case_was_decided_is_not_of_it() -> None:
    reports = [
        report("2024-05-17", Status.CLEARED, "mistral-ai"),
        report("2024-05-20", Status.CLEARED),
        report("2024-09-04", Status.CLEARED),
    ]
    assert sorted(len(r.statements) for r in consolidate(reports)) == [1, 2]


def test_an_opening_long_after_another_case_was_in_the_news_is_not_of_it() -> None:
    reports = [
        report("2024-06-28", Status.REVIEWING, "samsung"),
        report("2025-12-09", Status.OPENED, date="2025-12-09"),
    ]
    assert len(consolidate(reports)) == 2


def test_an_order_in_the_course_of_an_investigation_is_of_the_same_case() -> None:
    [only] = consolidate(
        [
            report("2025-07-30", Status.SUED),
            report("2025-12-22", Status.REVIEWING, date="2025-12-22"),
        ]
    )
    assert len(only.statements) == 2


def test_a_suit_told_again_two_years_later_is_the_same_suit() -> None:
    reports = [
        report("2023-12-27", None, date="2023-12-27", kind=Kind.LITIGATION),
        report("2025-11-04", None, kind=Kind.LITIGATION),
    ]
    [only] = consolidate(reports)
    assert len(only.statements) == 2


def test_a_report_without_any_date_joins_the_only_case() -> None:
    [only] = consolidate([report(None, Status.REVIEWING), report("2024-01-01", Status.OPENED)])
    assert len(only.statements) == 2


@pytest.mark.parametrize("kind", [Kind.SCRUTINY, Kind.LITIGATION])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_order_does_not_matter(kind: Kind, data: st.DataObject) -> None:
    reports = data.draw(st.lists(resolved_statements([kind]), max_size=14))
    shuffled = list(reports)
    random.Random(data.draw(st.integers(0, 2**32))).shuffle(shuffled)
    found = consolidate(shuffled)
    assert found == consolidate(reports)
    kept = [r.statement.id for case in found for r in case.statements]
    assert sorted(kept) == sorted({r.statement.id for r in reports})
