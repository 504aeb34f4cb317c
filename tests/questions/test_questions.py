"""Questions with known answers, asked of the invented industry: what is right, and what is refused."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.questions import Answer, ask
from kg.questions.asking import understand
from kg.questions.nearest import filled
from kg.questions.parsing import grammar
from kg.records import Catalogue
from tests.questions.agreement import disagreement
from tests.questions.industry import industry
from tests.questions.scoring import Asked, asked, wrong

HERE = Path(__file__).parent
TODAY = dt.date(2026, 1, 15)
OURS = list(asked(HERE / "questions.yaml"))
OUTSIDE = [*asked(HERE / "outside.yaml"), *asked(HERE / "others.yaml")]

UNSEEN = list(asked(HERE / "unseen.yaml"))
STILL_REFUSED = {
    "Which labs can count on three or more backers?",
    "Whose models are on Azure but are not backed by Nvidia?",
    "Mistral's domestic investors from France",
    "Who is suing OpenAI, and who has sued it?",
    "Which authorities have not yet finished with Microsoft?",
    "Please identify every AI laboratory in which Nvidia holds or has announced a financial interest.",
    "Who checks whether Meta breaks the rules?",
    "Which investors back labs that are rivals of each other?",
    "Which transactions might an authority wish to examine that none has examined so far?",
    "Kindly set out the AI laboratories in whose capital Microsoft participates.",
    "I have heard Google finances some AI labs, which ones would that be?",
    "Where do customers go if they want Mistral AI's models?",
    "amazon anthropic cma outcome",
    "Who does OpenAI need for its chips and computing?",
    "Which investors put money into a lab that Amazon distributes but does not own, Cohere?",
    "Which of the labs on Bedrock has Microsoft no contract with?",
    "cohere - who's in?",
    "Which labs existed before 2020?",
}
"""Understandable, but not to us: told as not understood, and not answered otherwise."""
ANALYSTS = [
    *asked(HERE / "analysts.yaml"),
    *asked(HERE / "analysts2.yaml"),
    *asked(HERE / "readers.yaml"),
    *asked(HERE / "fresh.yaml"),
    *asked(HERE / "newcomers.yaml"),
    *asked(HERE / "arrivals.yaml"),
    *asked(HERE / "passers.yaml"),
    *asked(HERE / "latecomers.yaml"),
]
EARLIER = {q.text for q in (*OURS, *OUTSIDE, *ANALYSTS)}
ANALYSTS += [q for q in asked(HERE / "strangers.yaml") if q.text not in EARLIER]


def answered(question: str) -> Answer:
    return ask(industry(), question, today=TODAY)


def label(question: Asked) -> str:
    return f"{question.sort}: {question.text}"


def test_there_are_enough_questions_of_enough_classes() -> None:
    assert len(OURS) >= 200
    assert len({q.sort for q in OURS}) >= 25
    assert len({q.text.casefold() for q in OURS}) == len(OURS)
    everything = [q.text for q in (*OURS, *OUTSIDE, *ANALYSTS)]
    assert len(set(everything)) == len(everything)


@pytest.mark.parametrize("question", [*OURS, *OUTSIDE, *ANALYSTS], ids=label)
def test_a_question_has_the_answer_expected_and_its_query_gives_it(question: Asked) -> None:
    answer = answered(question.text)
    if question.text in STILL_REFUSED:
        assert not answer.understood
    else:
        assert wrong(question, answer) is None, answer.interpretation
    if answer.understood:
        assert disagreement(answer, industry()) is None
    else:
        assert answer.sparql is None


def test_the_questions_written_last() -> None:
    new = [q for q in UNSEEN if q.text not in {other.text for other in (*OURS, *OUTSIDE)}]
    answers = {q: answered(q.text) for q in new}
    failed = [q for q, answer in answers.items() if wrong(q, answer)]
    assert len(failed) <= 0.15 * len(new), [q.text for q in failed]
    confident = [q.text for q in failed if answers[q].understood]
    assert confident == []


@pytest.mark.parametrize("day", ["2023-07", "2024-05-20", "2024"])
def test_the_query_shown_gives_the_answer_of_a_past_day(day: str) -> None:
    for question in [*OURS, *OUTSIDE, *ANALYSTS][::23]:
        answer = ask(industry(), question.text, as_of=day, today=TODAY)
        if answer.understood:
            assert disagreement(answer, industry()) is None, question.text


@pytest.mark.parametrize("question", [q for q in OURS if q.group.get("refuse")], ids=label)
def test_a_refusal_says_what_stands_in_the_way_and_what_can_be_asked(question: Asked) -> None:
    answer = answered(question.text)
    assert answer.interpretation
    assert answer.nearest
    for near in answer.nearest:
        assert answered(near).understood, f"the nearest form {near!r} is itself not understood"


def test_an_answer_rests_on_sentences() -> None:
    for item in answered("Which labs does Microsoft back?").answers:
        assert item.relationships
        for record in item.relationships:
            for statement in record.statements:
                article = statement.article
                assert article.url
                assert all(q.quote and q.end - q.start == len(q.quote) for q in statement.quotes)


def test_what_was_left_out_is_told() -> None:
    answer = answered("Which labs does Microsoft back?")
    told = Counter(word for note in answer.notes for word in note.replace(",", "").split())
    assert told["rumoured"]
    assert told["denied"]


def test_a_corrected_word_is_told() -> None:
    answer = answered("Wich labs does Micrsoft back?")
    assert "“Micrsoft” read as" in answer.interpretation


def test_a_question_of_a_past_day_is_answered_from_that_day() -> None:
    then = answered("Which labs did Microsoft back as of 2020?")
    assert {i.name for i in then.answers} == {"OpenAI"}
    assert "2020" in then.interpretation
    by_option = ask(industry(), "Which labs does Microsoft back?", as_of="2020-12-31", today=TODAY)
    assert [i.name for i in by_option.answers] == ["OpenAI"]


def test_case_and_word_order_do_not_matter() -> None:
    one = answered("which labs are backed by MICROSOFT")
    other = answered("labs microsoft backs")
    assert {i.name for i in one.answers} == {i.name for i in other.answers} != set()


@pytest.mark.parametrize("form", grammar()["forms"], ids=lambda f: f["name"])
def test_the_example_of_a_form_is_understood_as_meant(form: dict[str, Any]) -> None:
    """The nearest forms offered are examples: each must be read by its own form, or one that asks the same."""
    question = filled(form["example"], ())
    understood = understand(Catalogue(industry()), question, TODAY)
    assert not isinstance(understood, Answer), question
    plan, _ = understood
    declared = form["plan"]
    assert plan.family == declared["family"]
    assert plan.ask == declared.get("ask", plan.ask)


def test_foreign_is_of_another_country_than_who_is_asked_about() -> None:
    foreign = {i.name for i in answered("Which foreign investors does Mistral AI have?").answers}
    own = {i.name for i in answered("Which domestic investors does Mistral AI have?").answers}
    assert {"Microsoft", "ASML"} < foreign
    assert own == {"Bpifrance"}


def test_foreign_to_nobody_is_not_understood() -> None:
    assert not answered("Which foreign investors are there?").understood


def test_what_it_has_done_itself_is_not_what_is_done_to_it() -> None:
    assert answered("Does SoftBank distribute a lab it has invested in?").verdict == "no"
    assert answered("Does Google distribute a lab it has invested in?").verdict == "yes"
    question = "Which labs that it has invested in does Microsoft not distribute?"
    assert "AI21 Labs" in {i.name for i in answered(question).answers}
    assert answered("Does Google distribute a lab that has invested in Mistral AI?").verdict == "no"


def test_what_was_bought_is_not_said_to_be_owned_by_nobody() -> None:
    answer = answered("Does Nvidia own Run:ai?")
    assert answer.verdict == "yes"
    assert answer.answers[0].extra["quote"].startswith("Nvidia completed its purchase of Run:ai")
    assert answered("Does Google own DeepMind?").verdict == "yes"
    assert answered("Does Microsoft own OpenAI?").verdict == "no"
