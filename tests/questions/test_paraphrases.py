"""Other ways to ask the same have the same answer: how many of them, and how many another one."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.questions import Answer, ask
from kg.store import open_store
from tests.tables import table

pytestmark = pytest.mark.slow

PARAPHRASES = table(Path(__file__).with_name("paraphrases.yaml"))
TODAY = dt.date(2026, 11, 26)
_DEAL = re.compile(r".+ (?:invests in|acquires) (.+)")


@pytest.fixture(scope="module")
def reader(bundled_store: Path) -> Iterator[Any]:
    with open_store(bundled_store).read() as snapshot:
        yield snapshot


def kept(words: str) -> bool:
    """Whether nobody who mends the grammar has seen the words."""
    return hashlib.sha1(words.encode(), usedforsecurity=False).digest()[0] % 2 == 1


def said(answer: Answer) -> tuple[str | None, int | None, frozenset[str]]:
    """An answer by whom it names: a deal by its object, a path read from either end."""
    names = set()
    for item in answer.answers:
        path = item.name.split(" – ")
        deal = _DEAL.fullmatch(item.name)
        names.add(deal[1] if deal else " – ".join(min(path, path[::-1])))
    return answer.verdict, answer.count, frozenset(names)


def same(one: Answer, other: Answer) -> bool:
    """Whether two answers say the same; a list may also be wanted where a yes is given with it."""
    (verdict, *rest), (other_verdict, *other_rest) = said(one), said(other)
    return rest == other_rest and (verdict == other_verdict or None in (verdict, other_verdict))


def test_most_ways_to_ask_the_same_are_answered_and_few_otherwise(reader: Any) -> None:
    right = dict.fromkeys((True, False), 0)
    other = dict.fromkeys((True, False), 0)
    asked = dict.fromkeys((True, False), 0)
    for group in PARAPHRASES:
        plain = ask(reader, group["ask"], today=TODAY)
        assert plain.understood, group["ask"]
        for words in group["as"]:
            answer = ask(reader, words, today=TODAY)
            half = kept(words) and not group.get("seen")
            asked[half] += 1
            if answer.understood and same(plain, answer):
                right[half] += 1
            elif answer.understood:
                other[half] += 1
    for half, name in ((False, "seen"), (True, "kept")):
        print(f"{name}: {right[half]} of {asked[half]} the same, {other[half]} another answer")
    assert right[True] >= 0.84 * asked[True]
    assert right[False] >= 0.90 * asked[False]
    assert sum(other.values()) <= 0.04 * sum(asked.values())
