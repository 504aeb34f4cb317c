"""Whether two mentions are one entity, on labelled pairs of names in real articles.

``tests/gold/mention_pairs.jsonl`` holds pairs of spans, ``[address, start, end]`` each, with a
label; the texts themselves stand beside the repository. Half of the pairs that are not the same
are kin: parent and subsidiary, lab and model, two versions of one model; the rest are names
that share words, and words that only look like a name.
"""

from __future__ import annotations

import json
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kg import registry
from kg.model import Article, Mention
from kg.resolution.candidates import figures
from kg.resolution.linking import Link, Linker

PAIRS = Path(__file__).parents[1] / "gold" / "mention_pairs.jsonl"
SHARED = Path(__file__).parents[2].parent / "shared"
Span = tuple[str, int, int]


class Judged(NamedTuple):
    """A pair of links with its label and the two names."""

    one: Link
    other: Link
    names: tuple[str, str]
    same: bool

    @property
    def merged(self) -> bool:
        return self.one.entity.id == self.other.entity.id


def records() -> list[dict[str, Any]]:
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    paths = [SHARED / "articles" / "news.jsonl", SHARED / "gold" / "articles.jsonl"]
    if not all(path.exists() for path in paths):
        pytest.skip("no folder of outside texts beside the repository")
    lines = chain.from_iterable(p.read_text(encoding="utf-8").splitlines() for p in paths)
    articles = {
        record["url"]: Article(record["text"], record["url"], title=record.get("title"))
        for record in map(json.loads, lines)
    }
    linker = Linker(registry.bundled())

    def link(span: Span) -> tuple[str, Link]:
        url, start, end = span
        name = articles[url].text[start:end]
        return name, linker.link(Mention(name, start, end, name), articles[url])

    found = []
    for record in records():
        (one, first), (other, second) = link(record["one"]), link(record["other"])
        found.append(Judged(first, second, (one, other), record["same"]))
    return found


def test_there_are_enough_pairs_of_either_kind_and_none_twice() -> None:
    labels = Counter(record["same"] for record in records())
    assert labels.total() >= 300
    assert min(labels[True], labels[False]) >= 150
    ends = [tuple(sorted((tuple(r["one"]), tuple(r["other"])))) for r in records()]
    assert len(set(ends)) == len(ends)


def test_pairwise_f1(judged: list[Judged]) -> None:
    right = sum(pair.same and pair.merged for pair in judged)
    wrong = [pair.names for pair in judged if pair.merged and not pair.same]
    missed = [pair.names for pair in judged if pair.same and not pair.merged]
    precision, recall = right / (right + len(wrong)), right / (right + len(missed))
    f1 = 2 * precision * recall / (precision + recall)
    print(f"\n{len(judged)} pairs: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    print(f"wrongly merged: {wrong}; kept apart though the same: {missed}")
    assert f1 >= 0.95
    assert precision >= 0.99


def test_no_merge_on_a_digit(judged: list[Judged]) -> None:
    apart = [p for p in judged if figures(p.names[0]) != figures(p.names[1])]
    assert len(apart) >= 40
    assert [p.names for p in apart if p.merged] == []


def test_no_merge_of_parent_and_subsidiary_or_of_a_lab_and_its_model(judged: list[Judged]) -> None:
    kin = [pair for pair in judged if are_kin(*pair.names)]
    assert len(kin) >= 60
    assert [pair.names for pair in kin if pair.merged or pair.same] == []


def are_kin(one: str, other: str) -> bool:
    """Whether some bearer of one name owns, or makes, some bearer of the other."""
    every = registry.bundled()
    return any(
        a.id in (b.parent, b.developer) or b.id in (a.parent, a.developer)
        for a in every.lookup(one)
        for b in every.lookup(other)
    )
