"""Sums that a company sells, loses, spends or is worth are none of the deal told beside them."""

from __future__ import annotations

import pytest

from kg.extraction.protocol import Extractor, load
from kg.model import Article
from kg.registry import bundled

DEALS = [
    ("SoftBank has invested in Wayve", []),
    ("SoftBank has invested $900 million in Wayve", [900_000_000]),
    ("Oracle has agreed to buy Cohere for $6 billion", [6_000_000_000]),
    ("Nvidia has signed a $3 billion deal with SAP", [3_000_000_000]),
    ("The FTC has fined Meta $40 million", [40_000_000]),
    ("SoftBank owns 12% of Wayve", []),
]
BESIDE = [
    ", which has annual sales of $7 billion.",
    ", which lost $7 billion last year.",
    ", as it tries to cut costs by $70 million.",
    ", whose market value is $70 billion.",
    ", a market expected to be worth $70 billion by 2030.",
    " after reporting a loss of $70 million.",
    ", people familiar said, adding that it had $7 billion in cash.",
    ". The company spends $7 billion a year on research.",
    " and reported sales of $7 billion.",
    " and said it would cut $70 million of costs.",
]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load("rules", bundled())


@pytest.mark.parametrize(("deal", "own"), DEALS)
def test_a_deal_has_its_own_sums_alone(deal: str, own: list[int], extractor: Extractor) -> None:
    for beside in BESIDE:
        article = Article(deal + beside, "made", published="2025-06-16")
        told = [s for s in extractor.extract(article).statements if s.subject is not None]
        assert [a.value for a in told[0].amounts] == own, deal + beside
