"""Questions that are easily read as others: what they mean, or that they are refused."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.questions import ask
from tests.questions.agreement import disagreement
from tests.questions.industry import industry

TODAY = dt.date(2026, 1, 15)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which labs does Microsoft not back?", ["Aleph Alpha", "Cohere", "Google"]),
        ("Which labs does Microsoft back and distribute?", ["Mistral AI", "OpenAI"]),
        ("Which labs does Nvidia back outside the US?", ["Cohere", "Mistral AI"]),
        ("Which labs are backed by neither Microsoft nor Nvidia?", ["Aleph Alpha", "Google"]),
        ("Which reviews were blocked in 2024?", []),
        ("Which labs count Microsoft among their investors?", ["AI21 Labs", "Anthropic"]),
        ("Who does Mistral count among its investors?", ["Andreessen Horowitz", "ASML"]),
        ("Which cloud providers does OpenAI use?", ["CoreWeave", "Microsoft"]),
        ("Who backs Anthropic without backing OpenAI?", ["Amazon", "Google"]),
        ("Which investors put between €10m and €20m into Mistral?", ["Microsoft"]),
        ("Which authority has fined the most?", ["Garante"]),
        ("Who both backs OpenAI and supplies it with compute?", ["Microsoft"]),
        ("Is OpenAI worth $157 billion?", ["MGX invests in OpenAI"]),
        ("Who invested $14.3 billion in Scale AI?", ["Meta"]),
        ("Who are the main rivals of Mistral AI?", ["Anthropic", "OpenAI"]),
        ("Who else is invested in OpenAI alongside Microsoft?", ["MGX", "Nvidia", "SoftBank"]),
        ("Which labs are backed by both Microsoft and Nvidia but not Google?", ["Inflection AI"]),
        ("Which labs belong to Alphabet?", ["Google", "Google DeepMind"]),
        ("Which of Mistral's backers are chip makers?", ["Nvidia"]),
        ("Which Nvidia-backed labs does Amazon distribute?", ["Anthropic", "Cohere"]),
        ("Which labs does Microsoft distribute without backing them?", ["Meta"]),
        ("What did Nvidia buy?", ["Run:ai"]),
        ("Which of Cohere's backers also back OpenAI?", ["Nvidia"]),
        ("Who is behind OpenAI by mid-2024?", ["Microsoft"]),
        ("Who invested when Mistral AI last raised money?", ["ASML"]),
        ("Which companies that build models does Oracle fund?", ["Cohere"]),
        ("Who has funded more labs than anyone else?", ["Nvidia"]),
        ("Who put money into Cohere as an investor?", ["AMD", "Nvidia", "Oracle"]),
        ("In which labs is Oracle a shareholder?", ["Cohere"]),
        ("Which labs have both Microsoft and Bpifrance behind them?", ["Mistral AI"]),
        ("Which labs have taken Oracle's money?", ["Cohere"]),
        ("Who is on Cohere's cap table?", ["AMD", "Nvidia", "Oracle"]),
        ("On what clouds can Mistral's models be bought?", ["Amazon", "Microsoft"]),
        ("Which watchdogs does Microsoft have looking at it?", ["European Commission"]),
        ("How many have put money into Cohere?", ["AMD", "Nvidia", "Oracle"]),
        ("Microsoft's investments in France", ["Mistral AI"]),
        ("Which takeovers were announced but then called off?", ["Adobe acquires Figma"]),
        ("Who are the co-owners of Cohere?", ["AMD", "Nvidia", "Oracle"]),
        ("Which oversight bodies keep tabs on Microsoft?", ["European Commission"]),
        ("Which labs does Oracle subsidise?", ["Cohere"]),
        ("VCs funding Mistral", ["Andreessen Horowitz", "Bpifrance"]),
        ("cohere who invested", ["AMD", "Nvidia", "Oracle"]),
        ("labs backed by microsoft and nvidia", ["Anthropic", "Inflection AI", "Mistral AI"]),
        ("labs distributed by Amazon and Microsoft", ["Meta", "Mistral AI"]),
        ("Which platforms is Claude sold on?", ["Amazon", "Google"]),
        ("List the clouds where Mistral Large is offered", ["Amazon", "Microsoft"]),
        ("mistral distributors that are backers", ["Microsoft"]),
        ("List the dependencies of Cohere", ["Amazon", "AMD", "Nvidia", "Oracle"]),
        ("Which takeovers has Nvidia carried out?", ["Run:ai"]),
        ("Which investments made by Meta were greater than $10bn?", ["Meta invests in Scale AI"]),
        ("How much did Anthropic raise?", ["USD 4.3 billion"]),
        ("Give me the sum of Microsoft's investments in OpenAI", ["USD 11 billion"]),
    ],
)
def test_what_is_meant(question: str, names: list[str]) -> None:
    answer = ask(industry(), question, today=TODAY)
    assert answer.understood, answer.interpretation
    assert [i.name for i in answer.answers][: len(names) or None] == names
    assert disagreement(answer, industry()) is None


@pytest.mark.parametrize(
    "question",
    [
        "Who backs OpenAI (not Microsoft)?",
        "Which companies with Anthropic?",
        "Who backs OpenAI, not Microsoft?",
        "Which labs raised over $1bn in total?",
        "Which investors sold out?",
        "Which AI labs are open?",
        "How many rounds has Mistral raised?",
        "Which deals of Nvidia are pending?",
        "What will Mistral be worth in 2027?",
        "Which labs does Microsoft back in the year 2031?",
        "Which open-weight models does Microsoft distribute?",
        "Which open models does Amazon offer?",
    ],
)
def test_what_cannot_be_told_is_refused(question: str) -> None:
    assert not ask(industry(), question, today=TODAY).understood


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Tell me whether Microsoft and Nvidia fund the same lab", "yes"),
        ("Please check if Nvidia backs Aleph Alpha", "no"),
        ("Is there a lab backed by Microsoft and Bpifrance?", "yes"),
    ],
)
def test_who_asks_whether_it_is_so_is_told(question: str, verdict: str) -> None:
    assert ask(industry(), question, today=TODAY).verdict == verdict


def test_a_total_asked_for_before_the_question_is_given() -> None:
    answer = ask(industry(), "All in all, how much has Microsoft put into OpenAI?", today=TODAY)
    assert [i.name for i in answer.answers] == ["USD 11 billion"]


def test_who_has_been_doing_it_still_does() -> None:
    answer = ask(industry(), "Which authorities have been reviewing Microsoft?", today=TODAY)
    assert [i.name for i in answer.answers] == ["European Commission", "Federal Trade Commission"]


def test_how_a_review_was_closed_is_not_passed_over() -> None:
    answer = ask(industry(), "Which reviews did the CMA close with clearance?", today=TODAY)
    assert "with the status cleared" in answer.interpretation


def test_what_stands_in_brackets_is_told_to_be_left_out() -> None:
    answer = ask(industry(), "What does OpenAI depend on (backers, clouds, chips)?", today=TODAY)
    assert answer.understood
    assert answer.left_out == ("(backers, clouds, chips)",)
    assert "left out: (backers, clouds, chips)" in answer.interpretation


def test_a_month_without_a_year_is_the_latest_one() -> None:
    answer = ask(industry(), "What has happened at Mistral since September?", today=TODAY)
    assert "since September 2025" in answer.interpretation
    answer = ask(industry(), "What changed between 1 March and 31 May 2024?", today=TODAY)
    assert "between 1 March 2024 and 31 May 2024" in answer.interpretation


def test_a_status_with_a_period_is_that_of_the_step() -> None:
    began_earlier = ask(industry(), "Which reviews were cleared in May 2024?", today=TODAY)
    assert [r.id for i in began_earlier.answers for r in i.relationships] == [
        "scrutiny/cma/microsoft/mistral-ai"
    ]
    answer = ask(
        industry(), "When did the CMA clear the deal between Microsoft and Mistral?", today=TODAY
    )
    assert [i.extra["on"] for i in answer.answers] == [["2024-05-17"]]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Does Nvidia back more labs than Microsoft?", "yes"),
        ("Does Microsoft back more labs than Nvidia?", "no"),
        ("Does Amazon or Microsoft distribute more labs?", None),
    ],
)
def test_the_first_of_two_is_ahead_or_not(question: str, verdict: str | None) -> None:
    assert ask(industry(), question, today=TODAY).verdict == verdict


def test_what_is_stated_so_far_counts_where_the_parts_come_to_less() -> None:
    answer = ask(industry(), "How much has Amazon put into Anthropic in total?", today=TODAY)
    assert [(i.name, i.extra["count"]) for i in answer.answers] == [("USD 8 billion", 1)]
    assert any(
        note.startswith("counted: USD 8 billion, given as put in so far") for note in answer.notes
    )
    of_a_year = ask(
        industry(), "How much did Amazon put into Anthropic in total in 2024?", today=TODAY
    )
    assert [i.name for i in of_a_year.answers] == ["USD 2.75 billion"]
    in_euros = ask(
        industry(), "How much has Amazon put into Anthropic in total in euros?", today=TODAY
    )
    assert in_euros.rates is not None
    assert in_euros.answers[0].extra["total"] > 7 * 10**9


@pytest.mark.parametrize(
    ("question", "as_well"),
    [
        ("France: which labs does Nvidia back?", "Which French labs does Nvidia back?"),
        ("Amazon labs not Google", "Which labs does Amazon back but not Google?"),
        (
            "Which labs have Amazon but not Google as a backer?",
            "Which labs does Amazon back but not Google?",
        ),
        (
            "For the labs that Amazon backs, who are the rivals?",
            "Who are the rivals of labs backed by Amazon?",
        ),
        ("Who apart from Azure offers Mistral?", "Who apart from Microsoft offers Mistral?"),
        ("Who supplies the models that Microsoft offers?", "Whose models does Microsoft offer?"),
        ("companies under CMA scrutiny", "Which companies is the CMA looking at?"),
        ("What companies are being reviewed by the CMA?", "Which companies is the CMA looking at?"),
        ("Most backers, which lab?", "Which lab has the most backers?"),
        (
            "In total, how much have labs raised from Amazon?",
            "How much has Amazon put into labs in total?",
        ),
        ("Which stakes did Nvidia take in 2024?", "Which investments did Nvidia make in 2024?"),
        ("What price do backers put on Mistral?", "What is Mistral worth?"),
        ("Which purchases never came about?", "Which acquisitions never happened?"),
        ("What could OpenAI not do without?", "What does OpenAI depend on?"),
        (
            "Are there unconfirmed reports about new money for Mistral?",
            "Are there rumoured investments in Mistral?",
        ),
    ],
)
def test_other_wordings_are_answered_alike(question: str, as_well: str) -> None:
    told, plain = ask(industry(), question, today=TODAY), ask(industry(), as_well, today=TODAY)
    assert told.understood
    assert {i.name for i in told.answers} == {i.name for i in plain.answers}


def test_two_questions_in_one_are_not_answered_as_one() -> None:
    question = "Which labs does Microsoft back, and which Nvidia?"
    assert not ask(industry(), question, today=TODAY).understood


def test_a_part_that_no_form_answers_is_told() -> None:
    answer = ask(
        industry(), "How big was the last round of Mistral and at what valuation?", today=TODAY
    )
    assert answer.left_out == ("at what valuation",)
    answer = ask(
        industry(),
        "Which deals should a regulator look at that no one has reviewed yet?",
        today=TODAY,
    )
    assert answer.understood
    assert answer.left_out == ("should",)


def test_what_happened_between_two_is_what_is_between_them() -> None:
    answer = ask(industry(), "What happened between Microsoft and Mistral in 2024?", today=TODAY)
    assert answer.understood
    assert {
        frozenset((r.subject.id, r.object.id)) for i in answer.answers for r in i.relationships
    } == {frozenset(("microsoft", "mistral-ai"))}


@pytest.mark.parametrize(
    "question",
    [
        "Who holds the largest stake in Scale AI?",
        "Who owns the biggest part of Scale AI?",
        "Name the largest shareholder in Scale AI",
        "Which shareholder owns the largest share of Scale AI?",
        "The biggest stake in Scale AI is held by whom?",
    ],
)
def test_the_largest_stake_is_told_by_stakes_and_not_by_sums(question: str) -> None:
    answer = ask(industry(), question, today=TODAY)
    assert "by the stake stated" in answer.interpretation
    assert [i.extra["stake"] for i in answer.answers] == [["49%"]]
    assert answer.answers[0].name == "Meta invests in Scale AI"
    assert disagreement(answer, industry()) is None


def test_of_whom_no_stake_is_stated_is_told() -> None:
    answer = ask(industry(), "Who has the largest stake in OpenAI?", today=TODAY)
    assert answer.answers == ()
    assert any(note.endswith("no stake is stated") for note in answer.notes)
