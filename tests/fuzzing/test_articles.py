"""Whatever an article says, its evidence stands in it, and its graph can be stored and read back."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import strategies as st

from kg.extraction.protocol import load
from kg.model import Article
from kg.pipeline.extraction import facts, resolve
from kg.rdf import article_quads
from kg.rdf.reading import read_statements
from kg.registry import bundled
from kg.resolution.linking import Linker
from tests.fuzzing.exploring import explore, hostile

pytestmark = pytest.mark.slow

NAMES = ["Microsoft", "Mistral AI", "Anthropic", "Amazon", "OpenAI", "the start-up", "it", "Brussels", "the CMA", "Azure"]  # fmt: skip
VERBS = [
    "has invested $4 billion in", "is in talks to buy", "walked away from", "offers the models of", "opened an inquiry into",
    "will put up to €15 million into", "has no stake in", "sued", "and", ", backed by", "'s investment in", "hired",
]  # fmt: skip
ENDS = [
    ". ",
    "; ",
    ", ",
    "\n\n",
    " on 3 March 2025. ",
    "?! ",
    " at a valuation of $1,2,3.4.5bn. ",
    " (",
    ") ",
    " – ",
]

piece = st.sampled_from(NAMES) | st.sampled_from(VERBS) | st.sampled_from(ENDS) | hostile
texts = st.lists(piece, min_size=1, max_size=25).map(" ".join).filter(str.strip)


def test_extraction() -> None:
    registry = bundled()
    extractor, linker = load("rules", registry), Linker(registry)

    def check(text: str, title: str) -> None:
        article = Article(text, "fuzz", title=title, published="2025-03-04")
        extraction = extractor.extract(article)
        for statement in extraction.statements:
            assert statement.evidence
            for evidence in statement.evidence:
                assert text[evidence.start : evidence.end] == evidence.quote
            for amount in statement.amounts:
                assert text[amount.start : amount.end] == amount.stated
        extracted = resolve(extraction, linker)
        facts(extracted, registry)
        quads = list(article_quads(article, extracted.statements, extraction.rejections))
        store = ox.Store()
        store.extend(quads)
        back = read_statements(store)
        assert sorted(r.statement.id for r in back) == sorted(
            r.statement.id for r in extracted.statements
        )

    explore("extraction", check, texts, hostile)
