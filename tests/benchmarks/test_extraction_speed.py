"""The rule extractor beside plain spaCy over the same news, one process each.

python -m pytest -m benchmark -s tests/benchmarks/test_extraction_speed.py
"""

from __future__ import annotations

import json
import os

import pytest

from kg.extraction.rules import RuleExtractor
from kg.extraction.rules.language import model
from kg.model import Article
from tests.benchmarks.measure import report, take_turns
from tests.conftest import SHARED

pytestmark = pytest.mark.benchmark

ARTICLES = int(os.environ.get("KG_BENCH_ARTICLES", "200"))


def test_articles_a_second() -> None:
    path = SHARED / "articles" / "news.jsonl"
    if not path.exists():
        pytest.skip("the shared articles are not here")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = rows[:: max(1, len(rows) // ARTICLES)]
    articles = [
        Article(
            row["text"], row.get("id", ""), title=row.get("title"), published=row.get("published")
        )
        for row in rows
    ]
    ours, path = RuleExtractor(), model().path
    import spacy  # after the model, as in the command, so that numpy is loaded on one thread

    plain = spacy.load(path)
    turns = take_turns(
        ours=lambda: list(ours.extract_many(articles)),
        baseline=lambda: list(plain.pipe(article.text for article in articles)),
        rounds=3,
    )
    report("extraction", turns.ours, turns.baseline, note=f"{len(articles)} articles")
