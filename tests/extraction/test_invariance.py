"""An article tells the same facts whatever its white space, its quotation marks and its line ends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.rules.extractor import RuleExtractor
from kg.model import Article, Statement
from tests.conftest import ROOT

LINES = (ROOT / "tests/gold/corpus.jsonl").read_text(encoding="utf-8").splitlines()
TEXTS = [json.loads(line)["text"] for line in LINES]
NEWS = (
    "LONDON, March 4 (Reuters) - Quorlane, a maker of speech models, said it had raised "
    "$60 million in a round led by Accel.\n\nThe round included participation from Temasek. "
    "“We are glad,” the company’s chief said.\n\nLast year Quorlane bought Tessamire for €40 million."
)


@cache
def extractor() -> RuleExtractor:
    return RuleExtractor()


def statements(text: str) -> tuple[Statement, ...]:
    return extractor().extract(Article(text, "news", published="2025-06-16")).statements


def told(text: str) -> set[tuple[object, ...]]:
    return {
        (
            s.kind,
            s.subject.name if s.subject else None,
            s.object.name,
            s.modality,
            s.status,
            tuple((a.value, a.currency, a.role) for a in s.amounts),
        )
        for s in statements(text)
    }


def curly(text: str) -> str:
    opened = re.sub(r'"(?=\w)', "“", text)
    return opened.replace('"', "”").replace("'", "’")


CHANGES: dict[str, Callable[[str], str]] = {
    "wider gaps between paragraphs": lambda t: t.replace("\n\n", "\n\n\n"),
    "gaps of blanks": lambda t: t.replace("\n\n", "\n \n"),
    "blanks at the ends of lines": lambda t: t.replace("\n", "  \n"),
    "line ends of another system": lambda t: t.replace("\n", "\r\n"),
    "straight quotes": lambda t: t.translate(str.maketrans("“”‘’", "\"\"''")),
    "curly quotes": curly,
    "spaces that do not break": lambda t: t.replace(" ", "\u00a0"),
    "narrow spaces after sums": lambda t: re.sub(r"(?<=\d) (?=[a-z])", "\u202f", t),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_report_tells_the_same(change: str) -> None:
    assert told(CHANGES[change](NEWS)) == told(NEWS)
    assert len(told(NEWS)) >= 3


@given(text=st.sampled_from(TEXTS), change=st.sampled_from(sorted(CHANGES)))
@settings(max_examples=12, deadline=None)
def test_every_article_tells_the_same(text: str, change: str) -> None:
    assert told(CHANGES[change](text)) == told(text)


def test_what_is_quoted_is_quoted_as_written() -> None:
    text = NEWS.replace(" ", "\u00a0")
    for statement in statements(text):
        assert all(text[e.start : e.end] == e.quote for e in statement.evidence)
        assert all(text[a.start : a.end] == a.stated for a in statement.amounts)
        assert "\u00a0" not in statement.object.name
