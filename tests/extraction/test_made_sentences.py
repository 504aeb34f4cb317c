"""Facts are told whoever acts, however it is described, and whatever goes before and after.

Sentences are made of parts (``made_sentences.yaml``): each part by itself is read well, and what
fails is what the parts do to one another.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.extraction.rules.extractor import RuleExtractor
from kg.model import Article, Kind
from tests.tables import table

PARTS: dict[str, Any] = table(Path(__file__).parent / "made_sentences.yaml")
LARGE = ("Nvidia", "Microsoft", "Salesforce", "Oracle", "Siemens", "Broadcom")
SMALL = ("Lumora", "Tessera Labs", "Halcyon", "Brightloop", "Quorlane", "Arcline")
KINDS = (Kind.INVESTMENT, Kind.ACQUISITION, Kind.PARTNERSHIP)
Told = set[tuple[str, str, str]]

FLOORS = {
    "investment": (0.95, 0.01),
    "acquisition": (0.97, 0.02),
    "partnership": (0.95, 0.02),
}
"""Of the facts of a kind: the share that is found at least, and of wrong ones beside them at most."""
COUNT = 120


@pytest.fixture(scope="module")
def extractor() -> RuleExtractor:
    return RuleExtractor()


def made(kind: str) -> Iterator[tuple[str, Told]]:
    """Sentences with the facts that they tell, the same on every run."""
    draw = random.Random(kind)
    while True:
        a, b, c = draw.sample(LARGE, 3)
        x, y = draw.sample(SMALL, 2)
        names = {"a": a, "b": b, "c": c, "x": x, "y": y}
        before, behind = draw.choice(PARTS["before"]), draw.choice(PARTS["behind"])
        if draw.random() < 0.4:
            parts = draw.choice(PARTS["by the way"][kind])
            doers, targets, said = [a], [x], parts.format(**names)
        else:
            doer, target = draw.choice(PARTS["doers"]), draw.choice(PARTS["targets"])
            if kind == "acquisition" and "{b}" in doer + target:
                continue
            said = draw.choice(PARTS["done"][kind]).format(
                s=doer.format(**names), o=target.format(**names) + "," * ("," in target)
            )
            said = said.removesuffix(",") if not behind or behind[0] == "," else said
            doers = [names[n] for n in "abc" if f"{{{n}}}" in doer]
            targets = [names[n] for n in "xy" if f"{{{n}}}" in target]
        sentence = f"{before}{said}{behind}."
        told = {(kind, *pair) for pair in itertools.product(doers, targets)}
        yield sentence[0].upper() + sentence[1:], told


def facts(extractor: RuleExtractor, sentence: str) -> Told:
    statements = extractor.extract(Article(sentence, "a", published="2025-06-16")).statements
    return {
        (str(s.kind), s.subject.name, s.object.name)
        if s.kind is not Kind.PARTNERSHIP or s.subject.name in LARGE
        else (str(s.kind), s.object.name, s.subject.name)
        for s in statements
        if s.kind in KINDS and s.subject is not None
    }


@pytest.mark.parametrize("kind", FLOORS)
def test_parts_do_not_hide_what_others_tell(extractor: RuleExtractor, kind: str) -> None:
    right = wrong = every = 0
    missed: list[str] = []
    for sentence, told in itertools.islice(made(kind), COUNT):
        found = facts(extractor, sentence)
        right, wrong, every = (
            right + len(found & told),
            wrong + len(found - told),
            every + len(told),
        )
        if found != told:
            missed.append(f"{sentence} {sorted(told - found)} {sorted(found - told)}")
    share, errors = FLOORS[kind]
    print(f"\n{kind}: {right} of {every}, {wrong} wrong")
    assert right >= share * every and wrong <= errors * every, "\n".join(missed)
