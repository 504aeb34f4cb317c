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
