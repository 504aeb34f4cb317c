"""Of two things told in one breath each is told as firmly as its own words say."""

from __future__ import annotations

import pytest

from kg.extraction.protocol import Extractor, load
from kg.model import Article, Kind
from kg.registry import bundled

FIRST = [
    ("has bought Cohere", "asserted"),
    ("will buy Cohere", "planned"),
    ("is in talks to buy Cohere", "rumoured"),
    ("could buy Cohere", "conditional"),
    ("has dropped a plan to buy Cohere", "denied"),
    ("has not bought Cohere", "denied"),
]
SECOND = [
    ("has invested $3 billion in Mistral", "asserted"),
    ("will invest $3 billion in Mistral", "planned"),
    ("is in talks to back Mistral", "rumoured"),
    ("might back Mistral", "conditional"),
]
JOINED = [" and ", ", and ", " but ", "; it ", ". It also ", ", while it "]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load("rules", bundled())


@pytest.mark.parametrize(("first", "firmness"), FIRST)
def test_neither_lends_its_firmness(first: str, firmness: str, extractor: Extractor) -> None:
    for second, other in SECOND:
        for joined in JOINED:
            say = f"Oracle {first}{joined}{second}."
            statements = extractor.extract(Article(say, "made", published="2025-06-16")).statements
            told = {s.kind: s.modality.value for s in statements if s.subject is not None}
            assert told == {Kind.ACQUISITION: firmness, Kind.INVESTMENT: other}, say
