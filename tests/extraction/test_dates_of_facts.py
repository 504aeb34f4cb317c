"""The date of a fact is that of its own clause, whatever else a sentence dates."""

from __future__ import annotations

import pytest

from kg.extraction.protocol import Extractor, load
from kg.model import Article
from kg.registry import bundled

DEALS = [
    "SoftBank has invested in Wayve",
    "Oracle bought Cohere",
    "Nvidia has signed a deal with SAP",
    "The FTC fined Meta $40 million",
    "SoftBank owns 12% of Wayve",
]
DATED_OTHERWISE = [
    ", which was founded in 2017.",
    ", a company founded by two engineers in March 2015.",
    ", as it plans to list in 2027.",
    ", whose chief executive left in January 2024.",
    ", after its founder quit in 2021.",
    ", which bought Deepgram in 2022.",
    ", its largest deal since 2014.",
    ", three years after it was spun off in 2022.",
]
OWN = [
    ("On Monday, SoftBank invested in Wayve.", "2025-06-16"),
    ("SoftBank said on Monday it had invested in Wayve.", "2025-06-16"),
    ("SoftBank's investment in Wayve in 2024 was its first.", "2024"),
    ("The deal between Nvidia and SAP, announced in March 2025, is worth $3 billion.", "2025-03"),
    ("In a deal signed in May, Nvidia will supply SAP with chips.", "2025-05"),
    ("SoftBank, which invested in Wayve in 2021, is selling shares.", "2021"),
    ("Founded in 2017, Wayve raised $1 billion from SoftBank in May 2024.", "2024-05"),
    ("SoftBank has owned 12% of Wayve since 2019.", "2019"),
    ("After buying Cohere in 2020, Oracle cut jobs.", "2020"),
    ("The FTC, which fined Meta in 2022, has sued Amazon.", "2022"),
    ("Wayve, backed by SoftBank since 2021, is hiring.", "2021"),
    ("Wayve closed in May 2024 a $1.05 billion round that SoftBank led.", "2024-05"),
    ("The purchase of Cohere by Oracle, completed in March 2024, was cheap.", "2024-03"),
    ("It was in 2019 that Microsoft invested in OpenAI.", "2019"),
    ("Two years ago, Oracle bought Cohere.", "2023"),
    ("Oracle plans to close its purchase of Cohere in 2026.", "2026"),
    ("Oracle bought Cohere, a lab from Toronto, in May 2024.", "2024-05"),
    ("Oracle expects to close its purchase of Cohere in September.", "2025-09"),
    ("Oracle will buy Cohere by December.", "2025-12"),
    ("Oracle agreed in October to buy Cohere.", "2024-10"),
    ("Oracle bought Cohere in September.", "2024-09"),
    ("Oracle is to buy Cohere next January.", "2026-01"),
    ("Oracle bought Cohere on 2025-05-14.", "2025-05-14"),
    ("Oracle bought Cohere on 14.05.2025.", "2025-05-14"),
    ("Oracle bought Cohere on the 14th of May.", "2025-05-14"),
]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load("rules", bundled())


def first_date(say: str, extractor: Extractor) -> str | None:
    statements = extractor.extract(Article(say, "made", published="2025-06-18")).statements
    return next(s.date for s in statements if s.subject is not None)


@pytest.mark.parametrize("deal", DEALS)
def test_what_is_dated_otherwise_lends_no_date(deal: str, extractor: Extractor) -> None:
    for otherwise in DATED_OTHERWISE:
        assert first_date(deal + otherwise, extractor) is None, deal + otherwise


@pytest.mark.parametrize(("say", "date"), OWN)
def test_a_fact_has_the_date_of_its_clause(say: str, date: str, extractor: Extractor) -> None:
    assert first_date(say, extractor) == date


@pytest.mark.parametrize(
    ("say", "bought", "invested"),
    [
        ("Oracle bought Cohere in 2021 and invested in Wayve in 2023.", "2021", "2023"),
        ("Oracle bought Cohere in 2021 and has invested in Wayve.", "2021", None),
        ("Oracle has bought Cohere and invested in Wayve in 2023.", None, "2023"),
        ("In 2021, Oracle bought Cohere and invested in Wayve.", "2021", "2021"),
        ("Oracle bought Cohere in 2021; it invested in Wayve in 2023.", "2021", "2023"),
        ("Oracle bought Cohere last year but sold its stake in Wayve in 2019.", "2024", "2019"),
        ("Oracle, which invested in Wayve in 2019, bought Cohere in May.", "2025-05", "2019"),
    ],
)
def test_of_two_deeds_each_has_its_date(
    say: str, bought: str | None, invested: str | None, extractor: Extractor
) -> None:
    statements = extractor.extract(Article(say, "made", published="2025-06-18")).statements
    told = {s.object.name: s.date for s in statements if s.subject is not None}
    assert told == {"Cohere": bought, "Wayve": invested}
