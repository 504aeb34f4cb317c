"""What a company that was taken over holds is its buyer's, from the day on which it was."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.knowledge import KnowledgeGraph
from kg.model import Kind, Status
from kg.past import at
from kg.questions import ask
from kg.questions.answer import Answer
from kg.records import Catalogue
from tests.questions.agreement import disagreement
from tests.questions.industry import Press
from tests.questions.memory import Memory

TODAY = dt.date(2026, 1, 1)


@pytest.fixture(scope="module")
def graph() -> Memory:
    """Nvidia takes Run:ai over, which holds Cohere; Adobe's purchase of Figma, which holds
    Inflection AI, comes to nothing; Databricks has agreed to buy Nscale, which holds xAI."""
    press = Press()
    invests, acquires = Kind.INVESTMENT, Kind.ACQUISITION
    press.say("a", "2023-03-01", "Run:ai has invested in Cohere.", invests, "Run:ai", "Cohere")
    press.say(
        "b", "2023-03-02", "Figma has invested in Inflection AI.", invests, "Figma", "Inflection AI"
    )
    press.say("c", "2023-03-03", "Nscale has invested in xAI.", invests, "Nscale", "xAI")
    for day, sentence, status in (
        ("2024-04-24", "Nvidia has agreed to buy Run:ai.", Status.AGREED),
        ("2024-12-30", "Nvidia has completed its purchase of Run:ai.", Status.COMPLETED),
    ):
        press.say(day, day, sentence, acquires, "Nvidia", "Run:ai", status=status, date=day)
    for day, sentence, status in (
        ("2022-09-15", "Adobe has agreed to buy Figma.", Status.AGREED),
        ("2023-12-18", "Adobe has called off its purchase of Figma.", Status.TERMINATED),
    ):
        press.say(day, day, sentence, acquires, "Adobe", "Figma", status=status, date=day)
    sentence = "Amazon has agreed to buy Nscale."
    press.say("d", "2025-05-05", sentence, acquires, "Amazon", "Nscale", status=Status.AGREED)
    return press.memory()


def asked(graph: Memory, question: str, as_of: str | None = None) -> Answer:
    answer = ask(graph, question, as_of=as_of, today=TODAY)
    assert answer.understood, question
    assert disagreement(answer, graph) is None
    return answer


def names(answer: Answer) -> list[str]:
    return [item.name for item in answer.answers]


def test_the_buyer_holds_what_the_company_holds_and_the_answer_says_by_which_deal(
    graph: Memory,
) -> None:
    answer = asked(graph, "Which companies does Nvidia invest in?")
    assert names(answer) == ["Cohere"]
    assert answer.answers[0].extra["through"] == "Run:ai (taken over by Nvidia 2024-12-30)"


def test_not_before_the_deal_was_carried_out(graph: Memory) -> None:
    assert names(asked(graph, "Which companies does Nvidia invest in?", "2024-12-29")) == []
    assert names(asked(graph, "Which companies did Nvidia invest in as of 2024-12-30?")) == [
        "Cohere"
    ]


@pytest.mark.parametrize("buyer", ["Adobe", "Amazon"])
def test_not_through_a_deal_that_was_called_off_or_is_only_agreed(
    graph: Memory, buyer: str
) -> None:
    assert names(asked(graph, f"Which companies does {buyer} invest in?")) == []


def test_not_where_only_what_is_held_directly_is_asked_for(graph: Memory) -> None:
    assert names(asked(graph, "Which companies does Nvidia invest in directly?")) == []


def test_who_owns_a_company_is_told_with_the_sentence(graph: Memory) -> None:
    answer = asked(graph, "Who owns Run:ai?")
    assert names(answer) == ["Nvidia"]
    row = answer.rows()[0]
    assert row["since"] == "2024-12-30"
    assert row["quote"] == "Nvidia has completed its purchase of Run:ai."
    assert names(asked(graph, "Who owns Run:ai?", "2024-06")) == []
    assert names(asked(graph, "What does Nvidia own?")) == ["Run:ai"]


def test_a_deal_that_stands_and_was_not_carried_out_leaves_the_question_open(graph: Memory) -> None:
    answer = asked(graph, "Does Amazon own Nscale?")
    assert answer.verdict is None
    assert answer.notes == ("not told to be carried out: Amazon acquires Nscale",)
    assert asked(graph, "Does Adobe own Figma?").verdict == "no"


def test_the_library_says_the_same(graph: Memory) -> None:
    held = KnowledgeGraph(graph).labs_backed_by("Nvidia")
    assert [lab.name for lab in held] == ["Cohere"]
    assert KnowledgeGraph(graph, as_of="2024-06").labs_backed_by("Nvidia") == []


@pytest.mark.parametrize("day", ["2023", "2024-06", "2024-12-29", "2024-12-30", "2025"])
def test_the_past_in_memory_has_the_owners_that_the_catalogue_works_out(
    graph: Memory, day: str
) -> None:
    then, past = Catalogue(graph, as_of=day), Catalogue(at(graph, as_of=day))
    for entity in Catalogue(graph).entities():
        assert then.owners(entity.id) == past.owners(entity.id)
        assert then.owned(entity.id) == past.owned(entity.id)


def test_what_nobody_named_has_done_is_looked_at_by_nobody() -> None:
    press = Press()
    press.say("a", "2024-03-01", "Money was put into OpenAI.", Kind.INVESTMENT, None, "OpenAI")
    press.say("b", "2024-04-01", "The CMA looks at OpenAI.", Kind.SCRUTINY, "CMA", "OpenAI")
    answer = asked(press.memory(), "Which investments has no authority looked at?")
    assert len(answer.answers) == 1
