"""Share, round and instrument of a fact are those of its own clause."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.extraction.protocol import Extractor, load
from kg.model import Article, Modality, Nature, Statement
from kg.registry import bundled

DEALS = [
    "SoftBank has invested $900 million in Wayve",
    "Oracle bought Cohere for $6 billion",
    "Amazon backs Anthropic",
]
BESIDE = [
    ", whose shares rose 4% on Monday.",
    ", which owns 30% of Deepgram.",
    ", which issued bonds last year.",
    ", which raised a Series C from Accel in 2023.",
    ", which took a loan from Citi.",
    ", whose revenue grew 25%.",
    ", while AMD bought 10% of Cerebras.",
    ", and its stock rose 12%.",
    ", a rival of Mistral, which raised a seed round.",
]
OWN = [
    ("Microsoft put $10 billion into OpenAI, giving it a 49% stake.", 49, None, None),
    ("Microsoft put $10 billion into OpenAI in exchange for 49% of the company.", 49, None, None),
    ("The deal leaves Microsoft with 27% of OpenAI.", 27, None, None),
    ("ASML led the round and now holds 11% of Mistral.", 11, None, None),
    ("SoftBank, which owns 90% of Arm, is selling bonds.", 90, None, None),
    (
        "Microsoft is investing $16 million in Mistral that will convert into equity.",
        None,
        None,
        "convertible",
    ),
    ("Wayve raised $1 billion in a Series C round led by SoftBank.", None, "Series C", None),
    ("Wayve, which raised a Series C from SoftBank last year, is hiring.", None, "Series C", None),
    ("Oracle will buy Cohere in an all-stock deal.", None, None, "stock"),
    ("Blackstone gave CoreWeave a $2 billion loan.", None, None, "debt"),
]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load("rules", bundled())


def first(say: str, extractor: Extractor) -> Statement:
    statements = extractor.extract(Article(say, "made", published="2025-06-18")).statements
    return next(s for s in statements if s.subject is not None)


@pytest.mark.parametrize("deal", DEALS)
def test_what_is_told_of_others_lends_nothing(deal: str, extractor: Extractor) -> None:
    for beside in BESIDE:
        told = first(deal + beside, extractor)
        assert (told.stake_percent, told.round, told.instrument) == (None, None, None), (
            deal + beside
        )


@pytest.mark.parametrize(("say", "share", "name", "instrument"), OWN)
def test_a_fact_has_those_of_its_clause(
    say: str, share: int | None, name: str | None, instrument: str | None, extractor: Extractor
) -> None:
    told = first(say, extractor)
    assert told.stake_percent == (None if share is None else Decimal(share))
    assert told.round == name
    assert instrument is None or told.instrument == instrument


@pytest.mark.parametrize(
    ("say", "nature"),
    [
        ("Nvidia has signed a deal with SAP, which collects data on shoppers.", None),
        ("Nvidia has signed a deal with SAP, a maker of chips.", None),
        ("Nvidia works with SAP, while AMD supplies Dell.", None),
        ("OpenAI signed a content deal with Axel Springer.", Nature.LICENCE),
        ("CoreWeave will supply OpenAI with cloud computing capacity.", Nature.COMPUTE),
        ("Anthropic will buy chips from Broadcom.", Nature.SUPPLY),
        ("Reddit gave OpenAI access to its data.", Nature.DATA),
    ],
)
def test_the_nature_of_a_deal_is_told_by_its_clause(
    say: str, nature: Nature | None, extractor: Extractor
) -> None:
    assert first(say, extractor).nature is nature


def test_what_another_considers_is_no_hedge(extractor: Extractor) -> None:
    say = "Oracle bought Cohere for $6 billion, while AMD is considering a bid for Cerebras."
    assert first(say, extractor).modality is Modality.ASSERTED
