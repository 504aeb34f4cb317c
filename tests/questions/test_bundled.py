"""Questions of the bundled graph, with answers that are queries: they follow the data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.questions import ask
from kg.store import open_store
from tests.questions.agreement import disagreement
from tests.questions.scoring import Asked, asked, wrong

HERE = Path(__file__).parent
TODAY = dt.date(2026, 6, 15)
QUESTIONS = [*asked(HERE / "bundled.yaml"), *asked(HERE / "bundled2.yaml")]
STILL_REFUSED = {
    "Who has a foot in both camps, OpenAI and Anthropic, as an investor?",
    "Which backers, clouds and chip makers does Mistral AI depend on?",
    "Which investments go hand in hand with a distribution deal?",
    "Where did General Catalyst place its chips?",
    "Which AI firms were on Salesforce's shopping list as an investor in 2023?",
    "Which Asian money is in Anthropic?",
    "Which banks or asset managers back xAI?",
    "Which of the labs on Bedrock is Amazon also invested in?",
    "What was Thrive's OpenAI round worth in total?",
    "Which investors are said to be in talks about Anthropic's next round?",
    "Where are investor and cloud supplier of a lab one and the same company?",
}
"""Understandable, but not to us: told as not understood, and not answered otherwise."""


@pytest.fixture(scope="module")
def reader(bundled_store: Path) -> Iterator[Any]:
    with open_store(bundled_store).read() as snapshot:
        yield snapshot


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"{q.sort}: {q.text}")
def test_a_question_of_the_bundled_graph_has_its_answer(question: Asked, reader: Any) -> None:
    answer = ask(reader, question.text, today=TODAY)
    if question.text in STILL_REFUSED:
        assert not answer.understood
        return
    assert wrong(question, answer, reader) is None, answer.interpretation
    if answer.understood:
        assert disagreement(answer, reader) is None


def test_what_is_only_weighed_is_no_yes(reader: Any) -> None:
    answer = ask(reader, "Is Apple buying Mistral?", today=TODAY)
    assert answer.verdict == "no"
    assert answer.notes == ("only conditional: Apple acquires Mistral AI",)


def test_a_pronoun_after_over_is_no_status(reader: Any) -> None:
    answer = ask(reader, "Which authorities are looking at X or Meta over it?", today=TODAY)
    assert answer.left_out == ("over it",)


def test_reviews_of_deals_are_those_of_parties_with_a_deal(reader: Any) -> None:
    deals = ask(reader, "Which transactions are still under review?", today=TODAY)
    reviews = ask(reader, "Which reviews are still under way?", today=TODAY)
    assert 0 < len(deals.answers) < len(reviews.answers)
    assert {i.id for i in deals.answers} < {i.id for i in reviews.answers}
    assert any(n.startswith("not known to be of such a deal: ") for n in deals.notes)
    assert any("Nvidia acquires Arm: terminated" in n for n in deals.notes)


def test_a_count_tells_what_is_only_planned(reader: Any) -> None:
    count = ask(reader, "How many labs does Microsoft distribute?", today=TODAY)
    assert "of these only planned: 2 (Inflection AI, Snowflake)" in count.notes
    shared = ask(reader, "Which labs do Nvidia and Microsoft have in common?", today=TODAY)
    assert any(
        n.startswith("counted, but only planned: ") and "Anthropic" in n for n in shared.notes
    )


VISITED = {
    "Do Amazon and Google have any portfolio companies in common?": "Hugging Face",
    "Who is both a backer of Mistral AI and a reseller of its models?": "IBM",
    "Of which labs is Amazon a backer as well as a distributor?": "Anthropic",
    "Which new deals did OpenAI sign in the second half of 2025?": "AMD partners with OpenAI",
    "Which acquisitions were only speculation?": "OpenAI acquires Windsurf",
    "Is Cohere seen as a rival of OpenAI?": "Cohere competes with OpenAI",
    "Which takeovers has no one reviewed yet?": "Intel acquires Habana Labs",
    "What was the total price of all completed acquisitions by Nvidia?": "USD 7.6 billion",
}


@pytest.mark.parametrize("question", VISITED)
def test_a_visitors_question_is_answered_as_its_query_answers_it(
    question: str, reader: Any
) -> None:
    answer = ask(reader, question, today=TODAY)
    assert VISITED[question] in {i.name for i in answer.answers}
    assert disagreement(answer, reader) is None


def test_a_review_that_ended_otherwise_is_told(reader: Any) -> None:
    answer = ask(reader, "Has the FTC cleared SoftBank's purchase of Ampere?", today=TODAY)
    assert answer.verdict == "no"
    assert any(n.startswith("known of the review: ") and "dropped" in n for n in answer.notes)


def test_a_double_role_that_is_only_planned_is_told(reader: Any) -> None:
    answer = ask(reader, "Who holds shares in Anthropic and distributes Claude?", today=TODAY)
    assert "counted, but only planned: Microsoft invests in Anthropic" in answer.notes


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("labs backed by nvda", "Which labs does Nvidia back?"),
        ("Who does GOOG back?", "Who does Alphabet back?"),
        ("who does orcl back", "Who does Oracle back?"),
        ("do amzn and googl back the same lab", "Do Amazon and Alphabet back the same lab?"),
    ],
)
def test_companies_go_by_the_symbols_of_their_shares(question: str, bare: str, reader: Any) -> None:
    answer = ask(reader, question, today=TODAY)
    expected = ask(reader, bare, today=TODAY)
    assert [i.name for i in answer.answers] == [i.name for i in expected.answers] != []


def test_a_word_of_the_grammar_is_no_symbol(reader: Any) -> None:
    """*Path*, *team* and *now* are symbols as well."""
    answer = ask(reader, "What is the shortest path between Amazon and SoftBank now?", today=TODAY)
    assert answer.understood
    assert "UiPath" not in answer.interpretation


def test_labs_in_a_country_have_nothing_to_do_with_its_state(reader: Any) -> None:
    answer = ask(reader, "Which labs does Nvidia back in France?", today=TODAY)
    expected = ask(reader, "Which French labs does Nvidia back?", today=TODAY)
    assert [i.name for i in answer.answers] == [i.name for i in expected.answers] != []


def test_platforms_are_not_what_somebody_offers(reader: Any) -> None:
    for question in ("Which platforms does Anthropic offer?", "Which services does Azure offer?"):
        answer = ask(reader, question, today=TODAY)
        assert not answer.understood or answer.answers
