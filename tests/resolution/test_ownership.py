"""Who owns what was acquired: dates, deals that came to nothing, and buyers that follow one another."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kg.model import Evidence, Kind, Mention, Modality, Resolved, Statement, Status
from kg.resolution.consolidation import consolidate
from kg.resolution.ownership import Takeover, owners, owners_then, takeover
from kg.resolution.summary import Summary, as_of, summarise


def deal(
    status: Status | None,
    date: str | None = "2024-12-30",
    modality: Modality = Modality.ASSERTED,
    stake: str | None = None,
    published: str = "2024-12-30",
) -> Resolved:
    statement = Statement(
        article=published,
        kind=Kind.ACQUISITION,
        subject=Mention("Acme", 0, 4, "Acme"),
        object=Mention("Bolt", 10, 14, "Bolt"),
        evidence=(Evidence(0, 14, "Acme takes Bolt"),),
        modality=modality,
        status=status,
        date=date,
        stake_percent=Decimal(stake) if stake else None,
    )
    return Resolved(statement, "acme", "bolt", (), published)


def summary(*told: Resolved) -> Summary:
    [relationship] = consolidate(told)
    return summarise(relationship)


def then(day: str, *told: Resolved) -> tuple[str, Summary, Summary | None]:
    published = {r.statement.id: r.published for r in told}
    whole = summary(*told)
    return "acme", whole, as_of(whole, day, published)


AGREED = deal(Status.AGREED, "2024-04-24", published="2024-04-24")
DONE = deal(Status.COMPLETED)


def test_a_completed_acquisition_makes_its_buyer_the_owner_from_that_day() -> None:
    assert takeover("acme", summary(AGREED, DONE)) == Takeover("acme", "2024-12-30")


def test_an_undated_completion_counts_from_the_first_report() -> None:
    assert takeover("acme", summary(deal(Status.COMPLETED, None, published="2024-05-02"))) == (
        Takeover("acme", "2024-05-02")
    )


@pytest.mark.parametrize(
    "told",
    [
        [AGREED],
        [deal(Status.ANNOUNCED)],
        [deal(None)],
        [deal(Status.COMPLETED, modality=Modality.PLANNED)],
        [deal(Status.COMPLETED, modality=Modality.RUMOURED)],
        [AGREED, deal(Status.TERMINATED)],
        [deal(Status.BLOCKED)],
        [DONE, deal(Status.DIVESTED, "2025-03-01", published="2025-03-01")],
        [deal(Status.COMPLETED, stake="49")],
        [deal(Status.COMPLETED, stake="50")],
    ],
    ids=[
        "agreed",
        "announced",
        "told without a status",
        "planned",
        "rumoured",
        "called off",
        "blocked",
        "sold again",
        "a minority",
        "half",
    ],
)
def test_nothing_less_makes_an_owner(told: list[Resolved]) -> None:
    assert takeover("acme", summary(*told)) is None


def test_who_acquires_employees_or_assets_alone_does_not_own_the_company() -> None:
    statement = replace(DONE.statement, terms=(("scope", "nearly all employees"),))
    part = replace(DONE, statement=statement)
    assert takeover("acme", summary(part)) is None
    assert takeover("acme", summary(AGREED, part)) is None
    whole = deal(Status.COMPLETED, published="2025-01-02")
    assert takeover("acme", summary(part, whole)) == Takeover("acme", "2024-12-30")


def test_a_majority_makes_an_owner() -> None:
    assert takeover("acme", summary(deal(Status.COMPLETED, stake="50.1")))


def test_who_takes_it_over_later_owns_it_instead() -> None:
    first, second = Takeover("acme", "2015"), Takeover("core", "2023-05-04")
    assert owners([first, second]) == ("core",)
    assert owners([first, second, Takeover("acme", "2024")]) == ("acme",)


@pytest.mark.parametrize("since", [None, "2023", "2023-05"])
def test_where_no_date_tells_who_was_later_both_are_named(since: str | None) -> None:
    assert owners([Takeover("acme", since), Takeover("core", "2023-05-04")]) == ("acme", "core")


def test_before_the_day_of_completion_the_registered_parent_is_none() -> None:
    assert owners_then("acme", [then("2024-12-29", AGREED, DONE)]) == (False, ())
    assert owners_then("acme", [then("2024-12-30", AGREED, DONE)]) == (True, ("acme",))
    assert owners_then("acme", [then("2024-01-01", AGREED, DONE)]) == (False, ())


def test_a_parent_of_whose_takeover_nothing_is_told_always_was_one() -> None:
    assert owners_then("group", [then("2024-12-29", AGREED, DONE)]) == (True, ())
    assert owners_then("group", [then("2024-12-30", AGREED, DONE)]) == (True, ("acme",))
    assert owners_then("acme", [then("2024-12-30", AGREED)]) == (True, ())
    assert owners_then(None, []) == (False, ())


def test_order_does_not_matter() -> None:
    later = replace(DONE, subject="core")
    one = [("acme", summary(DONE), summary(DONE)), ("core", summary(later), summary(later))]
    assert owners_then(None, one) == owners_then(None, one[::-1]) == (False, ("acme", "core"))
