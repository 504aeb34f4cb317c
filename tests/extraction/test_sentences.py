"""Sentences of our own, way of telling by way of telling, each with the facts that it tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.extraction.protocol import load
from kg.extraction.rules.extractor import RuleExtractor
from kg.model import Article, Statement
from kg.registry import bundled
from tests.tables import table

FILES = sorted(Path(__file__).parent.glob("sentences*.yaml"))
CASES = [
    pytest.param(case, id=f"{way}-{number}")
    for file in FILES
    for way, cases in table(file).items()
    for number, case in enumerate(cases, 1)
]
PUBLISHED = "2025-06-16"


@pytest.fixture(scope="module")
def extractor() -> RuleExtractor:
    found = load("rules", bundled())
    assert isinstance(found, RuleExtractor)
    return found


def told(statement: Statement) -> str:
    subject = statement.subject.name if statement.subject else "none"
    return f"{statement.kind} {subject} > {statement.object.name} {statement.modality}"


def article(case: dict[str, Any]) -> Article:
    """The case's words as an article of their own, with its title and address if it has them."""
    return Article(
        case["say"],
        "sentence",
        title=case.get("title"),
        url=case.get("url"),
        published=PUBLISHED,
    )


@pytest.mark.parametrize("case", CASES)
def test_a_sentence_tells_its_facts(case: dict[str, Any], extractor: RuleExtractor) -> None:
    statements = extractor.extract(article(case)).statements
    found, either = set(map(told, statements)), set(case.get("optional", ()))
    assert found - either == set(case.get("facts") or ()) - either, case["say"]
    sums = [f"{a.value:.0f} {a.currency}" for s in statements for a in s.amounts]
    assert set(case.get("amounts", [])) <= set(sums), case["say"]
    if "roles" in case:
        assert case["roles"] == [a.role.value for s in statements for a in s.amounts], case["say"]
    if "leads" in case:
        leads = {m.name for s in statements for role, m in s.participants if role == "lead"}
        assert leads == set(case["leads"]), case["say"]
    if "undated" in case:
        assert case["undated"] not in {s.date for s in statements}, case["say"]
    for field in ("status", "instrument", "round", "date", "nature"):
        if field in case:
            assert str(case[field]) in {str(getattr(s, field)) for s in statements}, case["say"]


def test_a_review_of_a_hiring_concerns_whom_the_people_left(extractor: RuleExtractor) -> None:
    say = "The CMA has cleared Microsoft's hiring of most of the staff of Wayve."
    [review] = extractor.extract(article({"say": say})).statements
    assert [(role, m.name) for role, m in review.participants] == [("party", "Wayve")]
