"""What every extractor owes its callers, whichever it is.

A plug-in of one's own joins by another entry in ``extractors``.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extraction.protocol import Extractor, installed, load
from kg.model import Article, Extraction, Kind, Modality

from .llm_standin import obedient, running

DEAL = "Microsoft has acquired Borealis Labs for $16.3 million, the company said on Monday."
PURCHASE = "Amazon acquired Halcyon Systems for $2 billion in 2023."
ARTICLES = [
    Article(DEAL, "one", published="2024-02-27"),
    Article("Nothing of note happened in the industry on Tuesday.", "none"),
    Article(
        f"Purchases of the week\n\n{DEAL}\n\n{PURCHASE}\n", "two", title="Purchases of the week"
    ),
    Article("", "empty"),
    Article(" \n\t\n", "blank"),
    Article(f"\u202e\u200b“Ünïcødé” \U0001f600 Ａcme\u2028{PURCHASE}\u0301\ufffd", "unicode"),
    Article(DEAL.replace("\n", "\r\n") + "\r\n" + PURCHASE, "carriage"),
    Article(f"{DEAL} " * 40, "repeated"),
]
NOISE = st.text(
    st.sampled_from("aB. ,\n\"'“”’()$€£1590%-–\u200b\u202e\u0301é中\U0001f600"), max_size=60
)


@pytest.fixture(scope="module", params=["rules", "llm"])
def extractor(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Extractor]:
    if request.param == "rules":
        yield load("rules")
        return
    pytest.importorskip("llm")
    patch = pytest.MonkeyPatch()
    folder: Path = tmp_path_factory.mktemp("llm")
    with running(obedient, folder, patch):
        yield load("llm")
    patch.undo()


@pytest.fixture(scope="module")
def extractions(extractor: Extractor) -> list[Extraction]:
    return [extractor.extract(article) for article in ARTICLES]


def check(extraction: Extraction) -> None:
    """Every promise of ``kg.model`` that an extraction makes about its article."""
    article = extraction.article
    ids = [s.id for s in extraction.statements]
    assert len(ids) == len(set(ids))
    for statement in extraction.statements:
        assert statement.article == article.id
        assert statement.kind in set(Kind) and statement.modality in set(Modality)
        assert 0 < statement.confidence <= 1
        assert statement.evidence
        for evidence in statement.evidence:
            assert evidence.quote.strip()
            assert article.text[evidence.start : evidence.end] == evidence.quote
        mentions = [statement.object, *(m for _, m in statement.participants)]
        mentions += [statement.subject] if statement.subject else []
        for mention in mentions:
            assert mention.name.strip()
            assert article.text[mention.start : mention.end] == mention.text
        for amount in statement.amounts:
            assert article.text[amount.start : amount.end] == amount.stated
            assert len(amount.currency) == 3 and amount.currency.isupper()
            assert amount.value > 0
        if statement.subject is None:
            assert statement.kind is Kind.INVESTMENT
    for rejection in extraction.rejections:
        assert rejection.reason
        span = rejection.evidence
        assert article.text[span.start : span.end] == span.quote


def test_it_says_who_it_is(extractor: Extractor) -> None:
    assert isinstance(extractor, Extractor)
    assert extractor.name in installed()
    assert extractor.version
    for statement in extractor.extract(ARTICLES[0]).statements:
        assert (statement.extractor, statement.extractor_version) == (
            extractor.name,
            extractor.version,
        )


def test_offsets_hold(extractions: list[Extraction]) -> None:
    for extraction in extractions:
        check(extraction)


def test_it_reads_what_is_plainly_stated(extractions: list[Extraction]) -> None:
    [deal] = extractions[0].statements
    assert deal.kind is Kind.ACQUISITION
    assert deal.subject and (deal.subject.name, deal.object.name) == ("Microsoft", "Borealis Labs")
    assert [(a.value, a.currency) for a in deal.amounts] == [(16_300_000, "USD")]
    assert {s.object.name for s in extractions[2].statements} == {
        "Borealis Labs",
        "Halcyon Systems",
    }


def test_it_finds_nothing_where_there_is_nothing(extractions: list[Extraction]) -> None:
    for number in (1, 3, 4):
        assert not extractions[number].statements


def test_the_same_article_gives_the_same_statements(
    extractor: Extractor, extractions: list[Extraction]
) -> None:
    for article, before in zip(ARTICLES, extractions, strict=True):
        again = extractor.extract(
            Article(article.text, "elsewhere", title=article.title, published=article.published)
        )
        assert [s.id for s in again.statements] == [s.id for s in before.statements]


@pytest.mark.parametrize("processes", [1, 2])
def test_many_are_read_in_order_and_lazily(
    extractor: Extractor, extractions: list[Extraction], processes: int
) -> None:
    taken: list[int] = []

    def articles() -> Iterator[Article]:
        for number, article in enumerate(ARTICLES):
            taken.append(number)
            yield article

    found = extractor.extract_many(articles(), processes=processes)
    assert not taken
    together = list(found)
    assert [e.article for e in together] == ARTICLES
    assert [[s.id for s in e.statements] for e in together] == [
        [s.id for s in e.statements] for e in extractions
    ]
    assert list(extractor.extract_many([], processes=processes)) == []


def test_extractions_travel_between_processes(extractions: list[Extraction]) -> None:
    assert pickle.loads(pickle.dumps(extractions)) == extractions  # noqa: S301 - our own bytes


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.one_of(NOISE, st.sampled_from([DEAL, PURCHASE, "the company", "$5bn", "EU"])), max_size=6
    )
)
def test_any_text_is_survived(extractor: Extractor, parts: list[Any]) -> None:
    check(extractor.extract(Article(" ".join(parts), "noise", published="2024-02-27")))
