"""Whom "the company" and "it" mean in the sentence after one that speaks of a company.

Sentences that introduce a company in many ways, before sentences that go on about it, with
others named beside it. What is told of one of those others is wrong; what is told of nobody
is missed.
"""

from __future__ import annotations

from itertools import product

import pytest

from kg.extraction.rules.extractor import RuleExtractor
from kg.model import Article

COMPANIES = ("Hexlane", "Vellum Robotics", "Neptune")
"""Companies that nobody knows; the last is called by a word of every day."""
INTRODUCING = (
    "{} makes software for banks.",
    "{}, a start-up in Oslo, was founded in 2021 by two engineers from SAP.",
    "{}'s chief executive, Jane Moore, spoke in Paris on Monday.",
    "Revenue at {} doubled last year.",
    "Founded in 2019, {} sells tools for lawyers.",
    "In 2021 {} opened an office in London.",
    "{} competes with SAP and Oracle.",
    "Jane Moore left Google to start {} in 2021.",
    "The founders of {} met at Stanford.",
    "{}, whose rivals include Oracle, has 200 staff.",
    "{} is one of Europe's best-known AI companies.",
)
BETWEEN = ("", "The market is crowded. ")
GOING_ON = (
    ("The company was bought by Cisco in May.", "acquisition", "Cisco", "{}"),
    ("The start-up counts Accel among its backers.", "investment", "Accel", "{}"),
    ("The firm works with Siemens on robots.", "partnership", "{}", "Siemens"),
    ("Cisco said it would buy the company for $1 billion.", "acquisition", "Cisco", "{}"),
    ("Accel led its seed round.", "investment", "Accel", "{}"),
    ("The FTC is investigating the company.", "scrutiny", "Federal Trade Commission", "{}"),
    ("Accel owns 10% of the business.", "investment", "Accel", "{}"),
    ("In May the company raised $40 million in a round led by Accel.", "investment", "Accel", "{}"),
)
PARTIES = ("investment", "distribution", "scrutiny", "acquisition", "partnership")


@pytest.fixture(scope="module")
def extractor() -> RuleExtractor:
    return RuleExtractor()


def _told(extractor: RuleExtractor, text: str) -> set[tuple[str, str, str]]:
    statements = extractor.extract(Article(text, "a", published="2025-06-16")).statements
    return {
        (str(s.kind), s.subject.name, s.object.name)
        for s in statements
        if s.subject is not None and str(s.kind) in PARTIES
    }


Fact = tuple[str, str, str]


def _check(extractor: RuleExtractor, texts: list[tuple[str, Fact]]) -> None:
    """Nearly all texts tell their fact, and hardly any another."""
    found, wrong = 0, list[str]()
    for text, fact in texts:
        told = _told(extractor, text)
        found += fact in told
        if told - {fact}:
            wrong.append(f"{text} {sorted(told - {fact})}")
    print(f"\n{found} of {len(texts)} facts, {len(wrong)} texts with a wrong one")
    assert found >= 0.97 * len(texts), found
    assert len(wrong) <= 0.01 * len(texts), "\n".join(wrong)


def test_the_company_is_the_one_introduced(extractor: RuleExtractor) -> None:
    texts = []
    cases = product(COMPANIES, INTRODUCING, GOING_ON)
    for at, (company, introducing, (going_on, kind, subject, target)) in enumerate(cases):
        text = f"{introducing.format(company)} {BETWEEN[at % 2]}{going_on}"
        texts.append((text, (kind, subject.format(company), target.format(company))))
    _check(extractor, texts)


OPENING = (
    "{} opened its platform to all developers on Tuesday.",
    "When Jane Moore founded {} in 2021, few believed that it would last.",
    "{}, a maker of software for factories, has released a new version.",
)
STANDING = "{}'s software is used by banks in 14 countries. {} plans to open an office in Oslo."
IN_PASSING = (
    "The market is crowded, with products from Google and Microsoft.",
    "Some of the engineers came from DeepMind.",
    "Rivals such as Cohere sell similar products.",
    "Demand for chips from Nvidia has made hardware scarce.",
    "Salesforce and SAP have announced tools of their own.",
)
KNOWN_OR_NOT = ("Hexlane", "Vellum Robotics", "Scale AI", "Oracle")
LATER = (
    ("The company was bought by Cisco in May.", "acquisition", "Cisco", "{}"),
    ("The company works with Siemens on robots.", "partnership", "{}", "Siemens"),
    ("The FTC is investigating the company.", "scrutiny", "Federal Trade Commission", "{}"),
    ("Investors in the company include Accel.", "investment", "Accel", "{}"),
    ("Accel put $40 million into the company.", "investment", "Accel", "{}"),
)


def test_the_company_is_the_one_that_the_piece_is_about(extractor: RuleExtractor) -> None:
    """However many others the sentences between name in passing."""
    texts = []
    cases = product(KNOWN_OR_NOT, IN_PASSING, LATER)
    for at, (company, passing, (later, kind, subject, target)) in enumerate(cases):
        opening = OPENING[at % len(OPENING)].format(company)
        standing = STANDING.format(company, company)
        text = f"{opening}\n\n{standing} {passing} Prices start at $20 a month.\n\n{later}"
        texts.append((text, (kind, subject.format(company), target.format(company))))
    _check(extractor, texts)
