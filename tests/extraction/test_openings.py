"""What opens a sentence changes nothing of what the rest tells."""

from __future__ import annotations

from itertools import product

import pytest

from kg.extraction.rules.extractor import RuleExtractor
from kg.model import Article

OPENINGS = (
    "But ",
    "Meanwhile, ",
    "On Tuesday, ",
    "• ",
    "In a regulatory filing late on Monday, ",
    "As demand for chips grows, ",
    "Despite worries about a bubble, ",
    "In San Francisco, where rents are rising, ",
    "Over the past two years, ",
    "For its part, ",
    "Separately, in a blog post last week, ",
)
TOLD = (
    "Hexlane's browser answers in Danish courtesy of Mistral Small.",
    "Ollama and LM Studio support gpt-oss from day one.",
    "Nvidia, the world's most valuable chipmaker, invested in Wayve, a British self-driving company.",
    "Intel, Oracle, Accel and more invested $60 million in Brightforge.",
    "SAP, together with Cohere, is building an assistant for banks.",
    "Tessalit announced partnerships with Lidl in 2017 and DB Schenker in 2018.",
    "Google, valued at $2 trillion, is putting $40bn into Texas data centres and $1bn into Anthropic.",
    "Cisco cut ties with Oracle over the price.",
)
KEPT = (
    ("If the talks succeed, Cisco would buy Hexlane.", "conditional"),
    ("After months of talks, Cisco has walked away from buying Hexlane.", "denied"),
    ("Two years later, Cisco would buy Hexlane.", "asserted"),
)


@pytest.fixture(scope="module")
def extractor() -> RuleExtractor:
    return RuleExtractor()


def facts(extractor: RuleExtractor, text: str) -> set[tuple[str, ...]]:
    told = extractor.extract(Article(text, "a", published="2025-06-16")).statements
    return {
        (str(s.kind), s.subject.name, s.object.name, str(s.modality))
        for s in told
        if s.subject is not None
    }


@pytest.mark.parametrize("sentence", TOLD)
def test_the_same_is_told(extractor: RuleExtractor, sentence: str) -> None:
    plain = facts(extractor, sentence)
    assert plain
    for opening in OPENINGS:
        assert facts(extractor, opening + sentence) == plain, opening


@pytest.mark.parametrize(("text", "modality"), KEPT)
def test_what_says_how_firmly_stays(extractor: RuleExtractor, text: str, modality: str) -> None:
    assert {fact[3] for fact in facts(extractor, text)} == {modality}


def test_dates_are_read_from_openings(extractor: RuleExtractor) -> None:
    for opening, sentence in product(("On 3 March 2025, ", "In March 2025, "), TOLD[2:4]):
        told = extractor.extract(Article(opening + sentence, "a", published="2025-06-16"))
        assert all(str(s.date).startswith("2025-03") for s in told.statements), opening + sentence
