"""Totals in one currency: what is stated in it, what is converted, by which rates, and what is not."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import AmountRole, Kind, Qualifier
from kg.questions import Answer, ask
from kg.questions.asking import UnknownCurrencyError
from kg.rates import converted, rates
from tests.questions.agreement import disagreement
from tests.questions.industry import Press, industry
from tests.questions.memory import Memory

TODAY = dt.date(2026, 1, 15)


def answered(question: str, reader: Memory, **options: str) -> Answer:
    answer = ask(reader, question, today=TODAY, **options)  # type: ignore[arg-type]
    assert answer.understood, answer.interpretation
    assert disagreement(answer, reader) is None
    return answer


# the table ------------------------------------------------------------------------


def test_the_periods_follow_one_another_without_gap_or_overlap() -> None:
    periods = rates().periods
    assert len(periods) > 5
    for one, next_ in itertools.pairwise(periods):
        day = dt.date.fromisoformat(one.last) + dt.timedelta(days=1)
        assert next_.first == day.isoformat()


def test_every_period_has_every_currency_and_none_is_out_of_all_proportion() -> None:
    table = rates()
    for period in table.periods:
        assert {table.base, *period.rates} == table.currencies
    for currency in table.currencies - {table.base}:
        found = [p.rates[currency] for p in table.periods]
        for one, next_ in itertools.pairwise(found):
            assert Decimal("0.7") < next_ / one < Decimal("1.45"), currency


def test_the_dollar_is_what_the_bank_publishes_to_four_places() -> None:
    published = {"2019": "1.1195", "2020": "1.1422", "2023": "1.0813", "2024": "1.0824"}
    for period in rates().periods:
        if period.label in published:
            assert round(period.rates["USD"], 4) == Decimal(published[period.label])


@given(
    st.sampled_from(rates().periods),
    st.sampled_from(sorted(rates().currencies)),
    st.sampled_from(sorted(rates().currencies)),
)
def test_there_and_back_again_is_the_same_sum(period: object, one: str, other: str) -> None:
    there, back = (rates().factor(period, *p) for p in ((one, other), (other, one)))  # type: ignore[arg-type]
    assert there is not None
    assert back is not None
    assert abs(there * back - 1) < Decimal("1e-7")
    assert (one == other) <= (there == 1)


def test_a_half_is_rounded_up() -> None:
    assert converted(Decimal("0.5"), Decimal(1)) == 1
    assert converted(Decimal("2.5"), Decimal(1)) == 3


# totals ---------------------------------------------------------------------------


def test_a_sum_that_an_article_gives_in_the_currency_is_not_converted() -> None:
    answer = answered("How much has Microsoft invested in labs in total in dollars?", industry())
    (item,) = answer.answers
    assert item.name == "USD 11.0163 billion"
    assert answer.rates is None


def test_the_table_the_rates_and_their_dates_are_named() -> None:
    answer = answered("How much has Microsoft put into labs altogether in euros?", industry())
    (item,) = answer.answers
    assert item.name == "about EUR 10.16 billion"
    assert item.extra["total"] == Decimal(10156663696)
    (told,) = (n for n in answer.notes if n.startswith("converted by"))
    assert "European Central Bank" in told
    assert "2019: USD 1 = EUR 0.893279856" in told
    shown = json.loads(json.dumps(answer.as_dict()))["rates"]
    assert shown["into"] == "EUR"
    assert [(u["currency"], u["from"]) for u in shown["used"]] == [
        ("USD", "2019-01-01"),
        ("USD", "2023-01-01"),
    ]


def test_the_option_asks_the_same_as_the_words() -> None:
    by_words = answered("How much has Microsoft invested in OpenAI in total in euros?", industry())
    question = "How much has Microsoft invested in OpenAI in total?"
    by_option = answered(question, industry(), currency="eur")
    assert by_option.answers == by_words.answers
    assert by_option.sparql == by_words.sparql


def test_an_option_that_changes_nothing_is_told() -> None:
    answer = answered("Which labs does Microsoft back?", industry(), currency="USD")
    assert "nothing to give in USD" in answer.interpretation


def test_an_unknown_currency_is_told_with_those_known() -> None:
    with pytest.raises(UnknownCurrencyError, match=r"no exchange rate for 'XYZ'.*EUR"):
        ask(industry(), "How much has Microsoft invested in total?", currency="XYZ")


def small(
    *said: tuple[str, str | None, list[tuple[str, str, str, AmountRole, Qualifier]]],
) -> Memory:
    """A store in which investors put sums into OpenAI on given days."""
    press = Press()
    for number, (investor, day, amounts) in enumerate(said):
        sentence = f"{investor} puts {' and '.join(a[0] for a in amounts)} into OpenAI."
        press.say(
            f"article-{number}", "2024-06-01", sentence, Kind.INVESTMENT, investor, "OpenAI",
            date=day, amounts=amounts,
        )  # fmt: skip
    return press.memory()


OWN, EQUAL, ALL_IN_ALL = AmountRole.COMMITTED, AmountRole.EQUIVALENT, AmountRole.CUMULATIVE
EXACT = Qualifier.EXACT
ASKED = "How much has been invested in OpenAI in total in euros?"


@pytest.mark.parametrize(
    ("amounts", "day", "total"),
    [
        ([("€5", "5", "EUR", OWN, EXACT)], "2024", 5),
        ([("$100", "100", "USD", OWN, EXACT)], "2024", 92),
        ([("$100", "100", "USD", OWN, EXACT), ("€90", "90", "EUR", EQUAL, EXACT)], "2024", 90),
        ([("$100", "100", "USD", OWN, EXACT), ("€70", "70", "EUR", ALL_IN_ALL, EXACT)], "2024", 92),
        ([("$100", "100", "USD", OWN, EXACT)], "2015-07", 90),
    ],
)
def test_what_counts(
    amounts: list[tuple[str, str, str, AmountRole, Qualifier]], day: str, total: int
) -> None:
    answer = answered(ASKED, small(("Nvidia", day, amounts)))
    assert [i.extra["total"] for i in answer.answers] == [total]


@pytest.mark.parametrize(("currency", "day"), [("USD", "1999-06-01"), ("XAF", "2024-01-01")])
def test_what_has_no_rate_is_told_and_not_counted(currency: str, day: str) -> None:
    reader = small(
        ("Nvidia", day, [("100", "100", currency, OWN, EXACT)]),
        ("AMD", "2024", [("€7", "7", "EUR", OWN, EXACT)]),
    )
    answer = answered(ASKED, reader)
    assert [i.extra["total"] for i in answer.answers] == [7]
    assert any(
        n.startswith(f"not converted, for want of a rate: {currency} 100") for n in answer.notes
    )
