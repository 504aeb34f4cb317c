"""What a sentence tells of a name in passing stands, whatever it says of it otherwise."""

from __future__ import annotations

import pytest

from kg.extraction.protocol import Extractor, load
from kg.model import Article, Kind, Modality
from kg.registry import bundled

IN_PASSING = [
    ("{X}-backed {Y}", Kind.INVESTMENT),
    ("The {X}-backed start-up {Y}", Kind.INVESTMENT),
    ("{Y}, backed by {X},", Kind.INVESTMENT),
    ("{Y}, which is backed by {X},", Kind.INVESTMENT),
    ("{Y}, which {X} backs,", Kind.INVESTMENT),
    ("{Y}, in which {X} holds a stake,", Kind.INVESTMENT),
    ("{Y}, which counts {X} among its investors,", Kind.INVESTMENT),
    ("{X}, one of the backers of {Y},", Kind.INVESTMENT),
    ("{X}, which has invested $2 billion in {Y},", Kind.INVESTMENT),
    ("{Y} (backed by {X})", Kind.INVESTMENT),
    ("{Y}, whose investors include {X},", Kind.INVESTMENT),
    ("{X}, which led a round in {Y} last year,", Kind.INVESTMENT),
    ("{Y}, which has {X} behind it,", Kind.INVESTMENT),
    ("{X}, which acquired {Y} in 2023,", Kind.ACQUISITION),
    ("{X}, fresh from its purchase of {Y},", Kind.ACQUISITION),
    ("{X}, which has a partnership with {Y},", Kind.PARTNERSHIP),
    ("{X}, a supplier of {Y},", Kind.PARTNERSHIP),
]
BEFORE_AUTHORITIES = [
    "{X}, under investigation by the FTC,",
    "{X}, which is being investigated by the FTC,",
    "{X}, sued by the FTC,",
]
SAID_OF_IT = [
    "will hire 500 engineers.",
    "could go public next year.",
    "is in talks to rent an office.",
    "is reportedly building a phone.",
    "has denied a report about layoffs.",
    "would not say how much it spends.",
    "is considering a listing.",
    "has abandoned a plan to go public.",
    "is said to be losing staff.",
]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load("rules", bundled())


@pytest.mark.parametrize(
    ("passing", "kind"), [*IN_PASSING, *((p, Kind.SCRUTINY) for p in BEFORE_AUTHORITIES)]
)
def test_what_is_told_in_passing_is_told_as_a_fact(
    passing: str, kind: Kind, extractor: Extractor
) -> None:
    for said in SAID_OF_IT:
        say = f"{passing.format(X='Amazon', Y='Anthropic')} {said}"
        statements = extractor.extract(Article(say, "made", published="2025-06-16")).statements
        told = [s for s in statements if s.kind is kind and s.subject is not None]
        assert [s.modality for s in told] == [Modality.ASSERTED], say


SUMS_OF_OTHERS = [
    "will spend $500 million on chips.",
    "reported a loss of $700 million.",
    "is worth $10 billion.",
    "plans to raise $700 million in an initial public offering.",
    "cut its forecast by $300 million.",
    "lost $60 billion in market value on Monday.",
    "said demand would reach $90 billion by 2030.",
]


@pytest.mark.parametrize(
    ("passing", "kind"), [*IN_PASSING, *((p, Kind.SCRUTINY) for p in BEFORE_AUTHORITIES)]
)
def test_what_is_told_in_passing_has_no_sum_of_what_is_said_otherwise(
    passing: str, kind: Kind, extractor: Extractor
) -> None:
    own = [2_000_000_000] if "$2 billion" in passing else []
    for said in SUMS_OF_OTHERS:
        say = f"{passing.format(X='Amazon', Y='Anthropic')} {said}"
        statements = extractor.extract(Article(say, "made", published="2025-06-16")).statements
        told = [s for s in statements if s.kind is kind and s.subject is not None]
        assert [[a.value for a in s.amounts] for s in told] == [own], say
