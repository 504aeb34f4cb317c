"""What a clause says of a deal that its subject names decides how firmly the deal is told."""

from __future__ import annotations

import pytest

from kg.extraction.protocol import load
from kg.extraction.rules.extractor import RuleExtractor
from kg.model import Article, Modality
from kg.registry import bundled

SAID = {
    Modality.PLANNED: [
        *(
            "is pending",
            "is expected to close in June",
            "is due to close in June",
            "awaits approval",
        ),
        *(
            "is subject to regulatory approval",
            "has yet to close",
            "is in the works",
            "is imminent",
        ),
        *("is on track to close", "is planned for June", "is scheduled to close this year"),
        *("has not yet closed", "will take effect in June", "is still to be completed"),
    ],
    Modality.CONDITIONAL: [
        *("is possible", "remains a possibility", "could happen this year", "hinges on approval"),
        *("is contingent on approval", "is unlikely", "might still happen"),
    ],
    Modality.RUMOURED: [
        *("is being discussed", "is under discussion", "is being weighed", "is rumored"),
        *("was floated last week", "is said to be close", "is on the table"),
    ],
    Modality.DENIED: [
        *("is off the table", "never happened", "was called off", "fell through", "collapsed"),
        *("did not go ahead", "is dead", "is out of the question", "failed", "came to nothing"),
        *("is no longer planned", "will not happen", "was scrapped"),
    ],
    Modality.ASSERTED: [
        *("is complete", "was completed in May", "closed in May", "went through in May"),
        *("is its largest so far", "was announced in May", "surprised analysts"),
    ],
}
DEALS = [
    "Oracle's acquisition of Quillbase",
    "The Quillbase takeover by Oracle",
    "Nvidia's investment in Arcline",
    "Vantor's partnership with Mistral",
]


@pytest.fixture(scope="module")
def extractor() -> RuleExtractor:
    found = load("rules", bundled())
    assert isinstance(found, RuleExtractor)
    return found


@pytest.mark.parametrize(
    ("said", "modality"), [(said, modality) for modality, each in SAID.items() for said in each]
)
def test_the_clause_decides(said: str, modality: Modality, extractor: RuleExtractor) -> None:
    for deal in DEALS:
        say = f"{deal} {said}."
        [told] = extractor.extract(Article(say, "sentence", published="2025-06-16")).statements
        assert told.modality is modality, say


OPEN = {Modality.PLANNED, Modality.CONDITIONAL, Modality.RUMOURED}
NOT_DONE_YET = [
    *("plans to {do}", "is set to {do}", "is about to {do}", "is going to {do}", "may {do}"),
    *("is gearing up to {do}", "is on the verge of {doing}", "is thinking of {doing}"),
    *("is open to {doing}", "is mulling {doing}", "has discussed {doing}", "is close to {doing}"),
    *("is nearing a deal to {do}", "has shown interest in {doing}", "could yet {do}"),
]
NOT_DONE = [
    *("has ruled out {doing}", "decided against {doing}", "backed away from {doing}"),
    *("stopped short of {doing}", "tried in vain to {do}", "has no plans to {do}", "never {done}"),
    *("had considered {doing} but decided not to", "missed out on {doing}", "almost {done}"),
]
DONE = [
    *("has {done}", "managed to {do}", "ended up {doing}", "went ahead and {done}"),
    *("confirmed that it {done}", "was the first to {do}", "has finished {doing}"),
]
DEEDS = [
    {"do": "buy Quillbase", "doing": "buying Quillbase", "done": "bought Quillbase"},
    {"do": "invest in Arcline", "doing": "investing in Arcline", "done": "invested in Arcline"},
]


@pytest.mark.parametrize("said", NOT_DONE_YET + NOT_DONE + DONE)
def test_the_words_before_a_deed_decide(said: str, extractor: RuleExtractor) -> None:
    for deed in DEEDS:
        say = f"Vantor {said.format(**deed)}."
        found = extractor.extract(Article(say, "sentence", published="2025-06-16")).statements
        told = {s.modality for s in found if s.subject is not None}
        if said in DONE:
            assert told == {Modality.ASSERTED}, say
        elif said in NOT_DONE:
            assert told <= {Modality.DENIED}, say
        else:
            assert told, say
            assert told <= OPEN, say
