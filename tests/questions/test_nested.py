"""Nouns that tell of a relationship, and what is made of sums, years and comparisons."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from kg.model import AmountRole, Kind
from kg.questions import Answer, ask
from tests.questions.agreement import disagreement
from tests.questions.industry import Press, industry

TODAY = dt.date(2026, 1, 15)


def answered(question: str, as_of: str | None = None) -> Answer:
    answer = ask(industry(), question, today=TODAY, as_of=as_of)
    assert answer.understood, answer.interpretation
    assert disagreement(answer, industry()) is None
    return answer


def names(question: str, as_of: str | None = None) -> set[str]:
    return {i.name for i in answered(question, as_of).answers}


def test_who_is_meant_is_told() -> None:
    answer = answered("Which labs are backed by a rival of Google?")
    assert "competitors of Google: Microsoft" in answer.notes


def test_what_belongs_to_those_meant_counts_for_them() -> None:
    assert "AI21 Labs" in names("Which labs are backed by a rival of Google?")
    assert "AI21 Labs" not in names("Which labs are directly backed by a rival of Google?")


def test_others_are_not_the_one_named() -> None:
    assert "Cohere" in names("Which labs are backed by the investors of Cohere?")
    assert "Cohere" not in names("Which other labs are backed by the investors of Cohere?")


def test_a_noun_within_a_noun_is_of_the_day_asked_about() -> None:
    assert names("Which labs are backed by the investors of Mistral AI?", "2023-06-20") == {
        "Mistral AI"
    }


def test_those_who_do_not_are_meant_too() -> None:
    assert "SoftBank" not in names("Who backs labs that are not backed by Microsoft?")
    assert names("Who distributes labs that Amazon does not back?") >= {"Amazon", "Hugging Face"}


def test_a_noun_is_taken_for_the_end_at_which_it_stands() -> None:
    assert names("When did the investors of Cohere invest in Mistral AI?") == {
        "Nvidia invests in Mistral AI"
    }
    assert names("Which labs did the rivals of Google invest in during 2023?") == {
        "AI21 Labs",
        "Inflection AI",
        "OpenAI",
    }
    assert "Microsoft" in names("Which investors of OpenAI back labs founded after 2020?")


@pytest.mark.parametrize(
    "question",
    [
        "Who invested in every lab?",
        "Does every investor of Cohere back Mistral AI?",
        "Which labs do all the investors of Cohere back?",
        "Has any lab been backed by all big tech companies?",
    ],
)
def test_all_of_several_is_more_than_any_of_them(question: str) -> None:
    assert not ask(industry(), question, today=TODAY).understood


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Does Nvidia back more than five labs?", "yes"),
        ("Has Nvidia backed more than six labs?", "no"),
        ("Does Mistral AI have fewer than four investors?", "no"),
        ("Does xAI have at most two investors?", "yes"),
    ],
)
def test_whether_there_are_as_many(question: str, verdict: str) -> None:
    assert answered(question).verdict == verdict


def test_what_belonged_to_those_named_within_is_of_the_day_too() -> None:
    question = "Which of Microsoft's labs has Nvidia not invested in?"
    assert "AI21 Labs" in names(question, "2024-05-20")


def test_it_is_not_guessed_of_which_relationship_a_word_is_said() -> None:
    question = "Which labs did the investors of Mistral AI first plan to back?"
    assert not ask(industry(), question, today=TODAY).understood


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is Mistral AI backed by more companies than Cohere?", "yes"),
        ("Is Cohere backed by more companies than Mistral AI?", "no"),
        ("Does Cohere have fewer investors than Mistral AI?", "yes"),
        ("Has Microsoft put more into OpenAI than SoftBank?", "no"),
        ("Has SoftBank put more into OpenAI than Microsoft?", "yes"),
        ("Has SoftBank put more into OpenAI than MGX?", None),
        ("Is OpenAI older than Anthropic?", "yes"),
        ("Is OpenAI younger than Anthropic?", "no"),
        ("Is OpenAI older than Cohere?", None),
    ],
)
def test_a_comparison_is_answered_by_which_has_more(question: str, verdict: str | None) -> None:
    assert answered(question).verdict == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Has Microsoft put more than $10.5bn into OpenAI?", "yes"),  # in two parts
        ("Has Microsoft put more than $12bn into OpenAI?", "no"),
        ("Has Microsoft put less than $10.5bn into OpenAI?", "no"),
        ("Has ASML put more than $1bn into Mistral AI?", "yes"),  # stated in euros
        ("Has ASML put more than $2bn into Mistral AI?", "no"),
        ("Has Amazon put more than $7bn into Anthropic?", "yes"),  # so far, in all
        ("Has Microsoft put more than $1m into Inflection AI?", None),  # nobody says how much
        ("Did Google give Anthropic at least half a billion dollars?", "no"),
        ("Has Apple put more than $1m into OpenAI?", "no"),
    ],
)
def test_whether_a_sum_is_reached(question: str, verdict: str | None) -> None:
    assert answered(question).verdict == verdict


def test_who_reaches_a_sum_by_several_investments() -> None:
    assert "Microsoft" in names("Who has put more than $10.5bn into OpenAI?")
    assert "OpenAI" in names("Which labs has Microsoft put more than $10.5bn into?")
    assert "Microsoft" not in names("Who has put more than $11bn into OpenAI?")
    assert "Microsoft" in names("Who has put at least $11bn into OpenAI?")
    assert "Microsoft" not in names("Who put less than $5bn into OpenAI?")
    assert "Microsoft" in names("Who put at most $11bn into OpenAI?")


def test_a_round_counts_once_in_what_was_raised() -> None:
    raised = answered("How much has Mistral AI raised in total?").answers
    assert [i.extra["total"] for i in raised] == [Decimal(2_205_000_000)]


def test_totals_of_the_same_sum_are_of_one_round() -> None:
    press = Press()
    told = {"amounts": [("$2 billion", "2000000000", "USD", AmountRole.ROUND_TOTAL)]}
    round_ = "Oracle joined the Series B of Cohere, of $2 billion."
    press.say(
        "named",
        "2024-07-22",
        round_,
        Kind.INVESTMENT,
        "Oracle",
        "Cohere",
        round="Series B",
        date="2024-07-22",
        **told,
    )
    day = "AMD was in when Cohere raised $2 billion."
    press.say("dated", "2024-07-30", day, Kind.INVESTMENT, "AMD", "Cohere", date="2024-07", **told)
    memory = press.memory()
    answer = ask(memory, "How much has Cohere raised in total?", today=TODAY)
    assert [i.extra["total"] for i in answer.answers] == [Decimal(2_000_000_000)]
    assert disagreement(answer, memory) is None


def test_a_founding_counts_where_all_of_its_year_does() -> None:
    assert names("Which labs were founded in 2021?") == {"Anthropic"}
    assert "Anthropic" not in names("Which labs were founded before June 2021?")
    assert "Anthropic" not in names("Which labs were founded after June 2021?")


def test_who_had_put_money_in_before_is_not_new() -> None:
    assert names("Who are the new backers of OpenAI since 2020?") == {"SoftBank", "MGX", "Nvidia"}
    assert "Microsoft" in names("Who has backed OpenAI since 2020?")


def test_a_deal_that_an_authority_has_looked_at_is_not_unreviewed() -> None:
    found = names("Which investments has no authority looked at?")
    assert "Google invests in Anthropic" in found
    assert not found & {"Amazon invests in Anthropic", "Microsoft invests in OpenAI"}


def test_what_is_not_over_is_told() -> None:
    answer = answered("Is the FTC's review of Microsoft and OpenAI over?")
    assert answer.verdict == "no"
    assert "not over: Federal Trade Commission scrutinises Microsoft" in answer.notes


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        (
            "Has the European Commission opened a case against Microsoft?",
            "no",
        ),  # it intends to look
        ("Has the FTC opened an inquiry into Microsoft?", "yes"),
        ("Has the CMA opened a review of Microsoft?", "yes"),  # and cleared it
    ],
)
def test_what_is_intended_has_not_been_opened(question: str, verdict: str) -> None:
    assert answered(question).verdict == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Does Meta own more than half of Scale AI?", "no"),
        ("Does Meta own more than 40% of Scale AI?", "yes"),
        ("Does Nvidia own more than 5% of Cohere?", None),
        ("Does Apple own more than 5% of Cohere?", "no"),
    ],
)
def test_whether_a_stake_is_reached(question: str, verdict: str | None) -> None:
    assert answered(question).verdict == verdict


def test_by_it_is_by_the_one_named() -> None:
    assert names("Which labs backed by Microsoft are not distributed by it?") == {
        "Inflection AI",
        "Anthropic",
        "AI21 Labs",
    }


def test_who_has_money_from_somebody_gives_none() -> None:
    question = "Which labs got money from at least two big tech companies?"
    assert names(question) == {"Anthropic", "OpenAI", "Mistral AI", "Inflection AI", "Hugging Face"}


def test_of_reviews_only_fines_are_sums() -> None:
    question = "Which deals worth over $1bn have been cleared?"
    assert not ask(industry(), question, today=TODAY).understood
    assert names("Which fines were above €10m?")


@pytest.mark.parametrize("question", ["openai share price", "What is Nvidia's market cap?"])
def test_words_for_what_no_article_tells_are_not_taken_apart(question: str) -> None:
    assert not ask(industry(), question, today=TODAY).understood
