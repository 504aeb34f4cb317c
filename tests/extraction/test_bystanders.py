"""Who is only named beside a fact is no party to it: sentences of our own with clutter as in the press.

Each clutter is put to many sentences whose facts are known; no more than a small share of the texts
may tell a fact of those whom only the clutter names. The small parser does not allow for none.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from kg.extraction.rules.extractor import RuleExtractor
from kg.model import Article, Kind
from tests.tables import table

OTHERS = ("Salesforce", "SAP")
OPENINGS = [
    "In a week when shares of {0} fell, ",
    "As {0} and {1} report their earnings, ",
    "A day after {0} held its conference, ",
    "Like its rival {0}, ",
    "As in the case of {0}, ",
    "Despite competition from {0} and {1}, ",
    "With {0} out of the picture, ",
    "Analysts at {0} say that ",
    "{0} said on Monday that ",
]
ENDINGS = [
    ", in a market led by {0}",
    ", while {0} goes its own way",
    ", which competes with {0}",
    " as {0} cuts jobs",
    ", ahead of rivals such as {1} and {0}",
    ", two months after {0} opened an office in Paris",
    ", even though {0} offers something alike",
    ", not {0}",
    ", and {0} declined to comment",
    ", and shares of {0} rose 2%",
    ", a threat to {0} and {1}",
    ", where {0} had hoped to grow",
    ", according to {0} research",
]
AFTERWARDS = [
    " {0} declined to comment.",
    " Shares of {0} rose 2%.",
    " It competes with {0}.",
    " The company, a rival of {0}, said it was pleased.",
    " The move is a blow to {0}, which offers its own models.",
    " {0} has been sued by authors.",
    " The deal shows how {0} has fallen behind.",
    " Last week, {0} bought back shares.",
]
EACH = 12
KINDS = {
    Kind.INVESTMENT,
    Kind.DISTRIBUTION,
    Kind.SCRUTINY,
    Kind.ACQUISITION,
    Kind.PARTNERSHIP,
}


@cache
def extractor() -> RuleExtractor:
    return RuleExtractor()


@cache
def sentences() -> list[str]:
    """Single sentences that begin with a name, and name none of the others."""
    files = sorted(Path(__file__).parent.glob("sentences*.yaml"))
    said = [c["say"].strip() for file in files for cases in table(file).values() for c in cases]
    plain = [
        s for s in said if s.endswith(".") and not set(s) & set('"“\n;') and s.count(". ") == 0
    ]
    known = ("Amazon", "Cisco", "Google", "Intel", "Loomstack", "Microsoft", "Nvidia", "Oracle")
    return [s for s in plain if s.startswith(known) and not any(o in s for o in OTHERS)]


def told_of_others(text: str) -> bool:
    found = extractor().extract(Article(text, "clutter", published="2025-06-16")).statements
    return any(
        name in OTHERS
        for s in found
        if s.kind in KINDS
        for name in (s.subject.name if s.subject else "", s.object.name)
    )


def cluttered(clutter: str, sentence: str) -> str:
    said = clutter.format(*OTHERS)
    if clutter in OPENINGS:
        return said + sentence
    return sentence + said if clutter in AFTERWARDS else f"{sentence[:-1]}{said}."


@pytest.mark.parametrize(
    ("clutters", "share"),
    [(OPENINGS, 0.03), (ENDINGS, 0.02), (AFTERWARDS, 0.01)],
    ids=["openings", "endings", "afterwards"],
)
def test_bystanders_are_no_parties(clutters: list[str], share: float) -> None:
    draw = random.Random(11)
    texts = [cluttered(c, s) for c in clutters for s in draw.sample(sentences(), EACH)]
    wrong = [t for t in texts if told_of_others(t)]
    assert len(wrong) <= share * len(texts), wrong
