"""Sums of money in the notations that the press has for them."""

from __future__ import annotations

import pytest

from kg.extraction.rules.figures import sums

WRITTEN = [
    ("US$5bn", 5_000_000_000, "USD"),
    ("$US5 million", 5_000_000, "USD"),
    ("$5-billion", 5_000_000_000, "USD"),
    ("5bn dollars", 5_000_000_000, "USD"),
    ("€5 mn", 5_000_000, "EUR"),
    ("€1.2 Mrd", 1_200_000_000, "EUR"),
    ("1,2 billion euros", 1_200_000_000, "EUR"),
    ("$2,5 billion", 2_500_000_000, "USD"),
    ("$400,000,000", 400_000_000, "USD"),
    ("Rs 410 crore", 4_100_000_000, "INR"),
    ("3 lakh crore rupees", 3_000_000_000_000, "INR"),
    ("Won80bn", 80_000_000_000, "KRW"),
    ("CAD$5 million", 5_000_000, "CAD"),
    ("NT$4 billion", 4_000_000_000, "TWD"),
    ("NIS 20 million", 20_000_000, "ILS"),
    ("20 million Danish kroner", 20_000_000, "DKK"),
    ("900 million Swedish kronor", 900_000_000, "SEK"),
    ("RM50 million", 50_000_000, "MYR"),
    ("Rp 2 trillion", 2_000_000_000_000, "IDR"),
    ("half a billion dollars", 500_000_000, "USD"),
    ("a quarter of a billion dollars", 250_000_000, "USD"),
    ("fifty million dollars", 50_000_000, "USD"),
    ("twenty-five million pounds", 25_000_000, "GBP"),
    ("one and a half billion euros", 1_500_000_000, "EUR"),
]


@pytest.mark.parametrize(("written", "value", "currency"), WRITTEN)
def test_a_sum_is_read_whole(written: str, value: int, currency: str) -> None:
    text = f"It paid {written} in May."
    [money] = sums(text)
    assert (money.value, money.currency) == (value, currency)
    assert text[money.start : money.end] == written


@pytest.mark.parametrize(
    "text",
    [
        "It won 80 million users.",
        "It will try 5 times.",
        "It has 1,200 workers, and rm 50 is a command.",
        "It grew by a quarter of a million users.",
    ],
)
def test_other_figures_are_no_sums(text: str) -> None:
    assert sums(text) == []
