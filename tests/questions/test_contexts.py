"""What stands around a question: contexts left out and told, references resolved, limits never dropped."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.questions import Answer, ask
from tests.questions.agreement import disagreement
from tests.questions.industry import industry

TODAY = dt.date(2026, 1, 15)


def answered(question: str) -> Answer:
    return ask(industry(), question, today=TODAY)


def told(answer: Answer) -> tuple[frozenset[str], str | None, int | None]:
    return frozenset(i.name for i in answer.answers), answer.verdict, answer.count


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("For a lecture on cross-holdings: who backs Anthropic?", "Who backs Anthropic?"),
        (
            "I'm drafting a chapter on clouds - could you tell me whose models Azure offers?",
            "Whose models does Azure offer?",
        ),
        (
            "We are comparing start-ups. How many investors does xAI have?",
            "How many investors does xAI have?",
        ),
        ("Our desk covers chips; what did Nvidia buy?", "What did Nvidia buy?"),
        (
            "As a trainee, I would like to know which labs Nvidia backs.",
            "Which labs does Nvidia back?",
        ),
        ("My supervisor asks whether Microsoft backs Mistral.", "Does Microsoft back Mistral?"),
        (
            "AI and regulation: which authorities look at Microsoft?",
            "Which authorities look at Microsoft?",
        ),
        ("I'm no lawyer but which authorities look at Microsoft?", None),
        (
            "I'm not a lawyer, but which authorities look at Microsoft?",
            "Which authorities look at Microsoft?",
        ),
        (
            "Which labs does Microsoft back? I need it for a thesis.",
            "Which labs does Microsoft back?",
        ),
        ("Which labs does Microsoft back, for my dissertation?", "Which labs does Microsoft back?"),
        (
            "Everyone talks about rivals. Who competes with Mistral AI?",
            "Who competes with Mistral AI?",
        ),
    ],
)
def test_what_only_says_why_is_left_out_and_told(question: str, bare: str | None) -> None:
    answer = answered(question)
    if bare is None:
        assert not answer.understood
        return
    assert answer.understood
    assert answer.left_out
    assert answer.left_out[0] in answer.interpretation
    assert told(answer) == told(answered(bare))
    assert disagreement(answer, industry()) is None


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        (
            "For a profile of Mistral: what did Microsoft put into the company?",
            "What did Microsoft put into Mistral?",
        ),
        ("Nvidia keeps growing. What did it buy?", "What did Nvidia buy?"),
        ("I am writing about Anthropic; who are its backers?", "Who are Anthropic's backers?"),
        (
            "Amazon and SoftBank are in the news. How are they connected?",
            "How are Amazon and SoftBank connected?",
        ),
        (
            "We look at Nvidia and Microsoft. Which labs do the two companies both back?",
            "Which labs do Nvidia and Microsoft both back?",
        ),
        ("For a column on Mistral: who led the last round?", "Who led Mistral's last round?"),
        (
            "In OpenAI, how much has Microsoft invested?",
            "How much has Microsoft invested in OpenAI?",
        ),
        (
            "We care about sovereign funds. Which of them back Anthropic?",
            "Which sovereign funds back Anthropic?",
        ),
        (
            "A chapter on the CMA's review of Microsoft: how did it end?",
            "How did the CMA's review of Microsoft end?",
        ),
        (
            "For a note on Nvidia in 2024: which labs did it back?",
            "Which labs did Nvidia back in 2024?",
        ),
        ("I was on leave in 2024, so what changed that year?", "What changed in 2024?"),
        ("Labs with no big-tech backer: which are they?", "Which labs have no big-tech backer?"),
    ],
)
def test_what_a_question_refers_to_is_put_in_its_place(question: str, bare: str) -> None:
    answer = answered(question)
    assert answer.understood
    assert told(answer) == told(answered(bare))
    assert disagreement(answer, industry()) is None


@pytest.mark.parametrize(
    "question",
    [
        "I only care about French labs: which does Nvidia back?",
        "Leaving aside Amazon, for my memo: who backs OpenAI, if anybody?",
        "Suppose Microsoft sold its stake: who backs OpenAI?",
        "We look at deals above $1bn: which labs does Microsoft back?",
        "Microsoft and Nvidia are in the news. What did it buy?",
        "Which labs does Microsoft back? Only the French ones.",
        "Which labs does Microsoft back? I mean those in France.",
        "I do not want rumours, who backs Mistral?",
        "Which labs does Microsoft back? We follow chip makers.",
        "Microsoft backs OpenAI. And Nvidia?",
        "Which labs does Microsoft back? What about Google?",
        "For each lab, who is the biggest backer?",
        "Who bought Run:ai, and is the deal under review?",
        "Who backs Mistral, and does Google distribute it?",
        "Our model excludes debt. How much has Mistral raised?",
        "I heard Google funds some labs, which ones would that be?",
        "Between Amazon and Google, for my essay, which?",
    ],
)
def test_what_would_turn_the_answer_is_never_left_out(question: str) -> None:
    assert not answered(question).understood


def test_what_may_narrow_the_answer_is_told_as_such() -> None:
    answer = answered("For an essay on labs in France: which labs does Nvidia back?")
    assert (
        "left out, though it may narrow the answer: For an essay on labs in France"
        in answer.interpretation
    )
    assert told(answer) == told(answered("Which labs does Nvidia back?"))


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("Which labs does Nvidia back, thanks in advance", "Which labs does Nvidia back?"),
        ("Nvidia backs Mistral, yes or no?", "Does Nvidia back Mistral?"),
        ("Mistral backed by Apple, true or false", "Does Apple back Mistral?"),
        ("Who backs Mistral pls", "Who backs Mistral?"),
        ("Quick one: who competes with OpenAI?", "Who competes with OpenAI?"),
        ("Could you help me with something - who backs Mistral?", "Who backs Mistral?"),
        ("By the way, has Microsoft backed Mistral?", "Has Microsoft backed Mistral?"),
        ("I think Apple backs Mistral. Is that true?", "Does Apple back Mistral?"),
        ("Someone told me that Nvidia backs Mistral, is that right?", "Does Nvidia back Mistral?"),
    ],
)
def test_what_closes_a_question_is_no_part_of_it(question: str, bare: str) -> None:
    assert told(answered(question)) == told(answered(bare))


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("In 2024, which labs did Nvidia back?", "Which labs did Nvidia back in 2024?"),
        (
            "What changed between Jan 1 and June 30, 2024?",
            "What changed between 2024-01-01 and 2024-06-30?",
        ),
        (
            "Starting on 1 January 2024 and up to 30 June 2024, what has changed?",
            "What has changed between 2024-01-01 and 2024-06-30?",
        ),
        ("labs Nvidia backed after 2022 and before 2024", "labs Nvidia backed in 2023"),
        ("rumuors never confirmed", "rumours never confirmed"),
        ("France-based companies backed by Nvidia", "French companies backed by Nvidia"),
    ],
)
def test_commas_dates_and_slips(question: str, bare: str) -> None:
    assert told(answered(question)) == told(answered(bare))


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        (
            "Between Amazon and Google, who put more into Anthropic?",
            "Who put more into Anthropic, Amazon or Google?",
        ),
        (
            "Which of the two, Amazon or Google, put more into Anthropic?",
            "Who put more into Anthropic, Amazon or Google?",
        ),
        (
            "Of Microsoft and Nvidia, which backs more labs?",
            "Which backs more labs, Microsoft or Nvidia?",
        ),
    ],
)
def test_those_to_choose_from_may_stand_first(question: str, bare: str) -> None:
    answer = answered(question)
    assert answer.understood
    assert told(answer) == told(answered(bare))


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        (
            "About Mistral AI: who invested in it before 2025?",
            "Who invested in Mistral before 2025?",
        ),
        (
            "Mistral is in the news - which distributors of it are not investors in it?",
            "Which distributors of Mistral are not investors in it?",
        ),
        (
            "A page on Microsoft: which of its own investments does the company compete with?",
            "Which of its own investments does Microsoft compete with?",
        ),
        (
            "We hold shares in OpenAI. Who supplies the company with chips?",
            "Who supplies OpenAI with chips?",
        ),
        ("I know Microsoft backs OpenAI. Who else does?", "Who besides Microsoft backs OpenAI?"),
        ("We use Bedrock. Whose models can we get there?", "Whose models can we get on Bedrock?"),
        ("We advise Google and Amazon. Who looks at them?", "Who looks at Google and Amazon?"),
        ("We use Bedrock. Whose models are there?", "Whose models can we get on Bedrock?"),
        (
            "Our column is on Nvidia: which investors distribute the models of the labs they back?",
            "Which investors distribute the models of the labs they back?",
        ),
    ],
)
def test_each_pronoun_stands_for_what_it_can(question: str, bare: str) -> None:
    assert told(answered(question)) == told(answered(bare))


def test_what_cannot_be_made_out_is_told_of_the_clause_that_asks() -> None:
    answer = answered("For my thesis: which flurbs does Nvidia back?")
    assert not answer.understood
    assert answer.left_out == ("flurbs",)


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("Which labs are backd by Nvidia?", "Which labs are backed by Nvidia?"),
        ("which cases cma cleard", "which cases cma cleared"),
        ("What did the CMA clear in Decemer 2025?", "What did the CMA clear in December 2025?"),
        ("labs backed by Nvidea", "labs backed by Nvidia"),
        ("What does Andreesen Horowitz own?", "What does Andreessen Horowitz own?"),
        ("bedrock: whosse models?", "bedrock: whose models?"),
    ],
)
def test_a_slip_is_corrected_where_one_word_makes_sense(question: str, bare: str) -> None:
    answer = answered(question)
    assert told(answer) == told(answered(bare))
    assert "read as" in answer.interpretation


def test_a_slip_that_may_be_either_of_two_words_is_not_corrected() -> None:
    """*bocked* may be *backed* or *blocked*."""
    assert not answered("Which labs bocked by the investors of Mistral AI are there?").understood


def test_those_compared_are_never_left_out_though_one_is_misspelt() -> None:
    answer = answered("Microsoft or Nvxdia: who backs more labs?")
    assert not answer.understood or told(answer) == told(
        answered("Who backs more labs, Microsoft or Nvidia?")
    )


def test_a_context_of_marks_alone_is_none() -> None:
    assert answered('" \r\n who').answers == ()
