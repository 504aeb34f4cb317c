"""Sentences are left unparsed only where no frame could find anything: no fact is lost by it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extraction.rules.extractor import RuleExtractor
from kg.extraction.rules.frames import by_trigger, frames
from kg.extraction.rules.language import model, possible_lemmas
from kg.extraction.rules.reading import Reading
from kg.model import Article
from tests.conftest import ROOT, SHARED
from tests.tables import table

OWN = {
    path.stem.replace("_", " "): path
    for path in sorted((ROOT / "tests/extraction").glob("sentences*.yaml"))
}
SETS = OWN | {
    "corpus": ROOT / "tests/gold/corpus.jsonl",
    "gold sentences": SHARED / "gold/sentences.jsonl",
    "gold articles": SHARED / "gold/articles.jsonl",
    "news": SHARED / "articles/news.jsonl",
}
SLOW = {"corpus", "news", "sentences"}


@cache
def extractor(prefilter: bool) -> RuleExtractor:
    return RuleExtractor(prefilter=prefilter)


def articles(path: Path) -> Iterator[Article]:
    if not path.exists():
        pytest.skip("the shared articles are not here")
    if path.suffix == ".yaml":
        for cases in table(path).values():
            yield from (Article(case["say"], "sentence", published="2025-06-16") for case in cases)
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Article(
            row["text"],
            str(row.get("id", row.get("url"))),
            title=row.get("title"),
            published=row.get("published"),
            url=row.get("url"),
        )


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.slow] if n in SLOW else []) for n in SETS]
)
def test_facts_are_those_of_every_sentence_parsed(name: str) -> None:
    read = list(articles(SETS[name]))
    filtered = list(extractor(True).extract_many(read))
    whole = list(extractor(False).extract_many(read))
    assert sum(len(e.statements) for e in whole) > 10
    for some, every in zip(filtered, whole, strict=True):
        assert some == every


NAMES = ("Microsoft", "Anthropic", "Sequoia Capital", "the FTC", "Claude 3", "Amazon Bedrock")
PARTIES = (*NAMES, "Wayfern", "it", "the company", "the start-up", "both companies", "its rival")
PLACES = sorted(
    {p for f in frames() for p in (*f.subject, *f.object, *f.pair) if p.isalpha() and len(p) < 8}
)
TRIGGERS = sorted({lemma for _, lemma in by_trigger()})
NEEDS = ("$5 billion", "a stake", "a round", "a fine", "antitrust law", "GPUs", "a deal", "part")


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(PARTIES),
            st.sampled_from(TRIGGERS),
            st.sampled_from(("", "s", "ed", "ing")),
            st.sampled_from((*PARTIES, *NEEDS)),
            st.sampled_from(PLACES),
            st.sampled_from(PARTIES),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_sentences_made_of_frames_keep_their_facts(parts: list[tuple[str, ...]]) -> None:
    said = " ".join(
        f"{a} {b.removesuffix('e') if c[:1] in 'ei' and c else b}{c} {d} {e} {f}."
        for a, b, c, d, e, f in parts
    )
    article = Article(said[0].upper() + said[1:], "made", title="Microsoft and OpenAI")
    assert extractor(True).extract(article) == extractor(False).extract(article)


@pytest.mark.parametrize("name", ["corpus", "gold sentences"])
def test_lemmas_of_the_parse_are_among_the_possible_ones(name: str) -> None:
    texts = [article.text for article in articles(SETS[name])]
    for doc in model().pipe(texts, disable=["ner"]):
        for token in doc:
            assert token.lemma_.lower() in possible_lemmas(token.text), token


@pytest.mark.parametrize(
    ("said", "parsed"),
    [
        ("Anthropic offers Claude on Amazon Bedrock.", True),
        ("They come to the old tool shed and it runs on rain water.", False),
        ("Wayfern makes its kettles in Leeds.", False),
        ("Wayfern named Lindholm as its supplier.", True),
        ("Wayfern named Lindholm after a lake.", False),
    ],
)
def test_words_common_to_all_news_are_not_enough(said: str, parsed: bool) -> None:
    article = Article(said, "made", title="Orchards of the north")
    chosen = Reading(article, extractor(True).gazetteer).told(True)
    assert bool(list(chosen)) == parsed
