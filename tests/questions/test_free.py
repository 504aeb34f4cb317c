"""Questions whose words are known but stand in an order that no form has."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.questions import Answer, ask
from tests.questions.agreement import disagreement
from tests.questions.industry import industry

TODAY = dt.date(2026, 1, 15)


def answered(question: str) -> Answer:
    return ask(industry(), question, today=TODAY)


@pytest.mark.parametrize(
    ("loose", "plain"),
    [
        ("microsoft investor which labs", "Which labs does Microsoft back?"),
        ("Tell me the labs in which Nvidia is an investor", "Which labs does Nvidia back?"),
        ("mistral models get where", "Where can I get Mistral AI's models?"),
        ("openai dependencies", "What does OpenAI depend on?"),
        (
            "anthropic investors that also distribute",
            "Who both invests in and distributes Anthropic?",
        ),
        ("in Anthropic Amazon how much invested", "How much has Amazon put into Anthropic?"),
        (
            "How much funding has Mistral AI received from Microsoft?",
            "How much has Microsoft put into Mistral AI?",
        ),
    ],
)
def test_words_in_another_order_ask_the_same(loose: str, plain: str) -> None:
    one, other = answered(loose), answered(plain)
    assert one.understood, one.interpretation
    assert {i.name for i in one.answers} == {i.name for i in other.answers} != set()
    assert disagreement(one, industry()) is None


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Into which labs has money from Microsoft gone?", "Microsoft"),
        ("By whom has it been funded, Mistral AI?", None),
    ],
)
def test_the_words_around_a_name_say_on_which_side_it_stands(
    question: str, subject: str | None
) -> None:
    answer = answered(question)
    if not answer.understood:
        return
    for item in answer.answers:
        for record in item.relationships:
            assert record.subject is not None
            assert (record.subject.name == subject) is (subject is not None)


@pytest.mark.parametrize(
    "question",
    [
        "Has any lab been backed by all big tech companies?",  # all of them
        "Microsoft Amazon Google investment",  # who in whom?
        "Which labs does Microsoft regret backing?",
        "cleared which ended reviews backed",
    ],
)
def test_what_may_be_meant_in_several_ways_is_refused(question: str) -> None:
    assert not answered(question).understood


@pytest.mark.parametrize(
    ("loose", "plain"),
    [
        ("Microsoft's lab investments", "Microsoft's investments in labs"),
        ("Who has put money in together with Nvidia?", "Who co-invests with Nvidia?"),
        ("Who are OpenAI's compute suppliers?", "Who supplies OpenAI with compute?"),
    ],
)
def test_what_is_put_closely_asks_the_same(loose: str, plain: str) -> None:
    one, other = answered(loose), answered(plain)
    assert one.understood, one.interpretation
    assert {i.name for i in one.answers} == {i.name for i in other.answers} != set()


def test_a_model_on_a_platform_is_no_investment() -> None:
    answer = answered("Claude on Bedrock?")
    assert not answer.understood or "distribution" in answer.interpretation


def test_an_authority_beside_another_name_is_the_one_that_looks() -> None:
    answer = answered("european commission microsoft review?")
    assert answer.understood
    assert "by European Commission concerning Microsoft" in answer.interpretation


@pytest.mark.parametrize("period", ["from 2024 onwards", "from 2024 and later", "since 2024"])
def test_onwards_is_since(period: str) -> None:
    answer = answered(f"Which labs did Amazon invest in {period}?")
    assert "since 2024" in answer.interpretation or "from 2024" in answer.interpretation
    other = answered("Which labs did Amazon invest in since 2024?")
    assert {i.name for i in answer.answers} == {i.name for i in other.answers}
