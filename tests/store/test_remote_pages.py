"""A server that limits its answers, and answers in another order each time, is read whole."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from kg.store.remote_pages import Pattern, rows
from tests.store.conftest import EX, node, quad

PAGE = 20
GRAPH = f"<{EX}g>"


class Shuffling:
    """Answers from memory, never in the same order twice."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.store = ox.Store()
        self.store.extend(quads)
        self.random = random.Random(1)

    def __call__(self, query: str) -> list[ox.QuerySolution]:
        text, limit = re.fullmatch(r"(.*) LIMIT (\d+)", query, re.DOTALL).groups()  # type: ignore[union-attr]
        found = list(self.store.query(text))  # type: ignore[arg-type]
        self.random.shuffle(found)
        assert int(limit) <= PAGE
        return found[: int(limit)]


@pytest.fixture
def server() -> Shuffling:
    many = [quad("hub", number, "g") for number in range(300)]
    spread = [quad(f"s{number}", number % 7, "g") for number in range(500)]
    kinds = [
        ox.Quad(node("kinds"), node("p"), value, node("g"))
        for value in (ox.Literal("a"), ox.Literal("a", language="en"), ox.Literal("1"), node("a"))
    ]
    return Shuffling([*many, *spread, *kinds, quad("hub", 1, "other"), quad("alone", 1)])


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        (Pattern(graph=GRAPH), 804),
        (Pattern(node("hub"), graph=GRAPH), 300),
        (Pattern(predicate=node("p"), graph=GRAPH), 804),
        (Pattern(node("hub"), node("p"), graph=GRAPH), 300),
        (Pattern(subjects=(node("hub"), node("s1"), node("s2")), graph=GRAPH), 302),
        (Pattern(graph="?g"), 805),
        (Pattern(node("alone")), 1),
    ],
)
def test_every_row_comes_once(server: Shuffling, pattern: Pattern, count: int) -> None:
    found = [str(row) for row in rows(server, pattern, PAGE)]
    assert len(found) == len(set(found)) == count


def test_texts_of_terms_are_no_part_of_the_question(server: Shuffling) -> None:
    text = 'wh?o says "%s" {?s ?p ?o}'
    server.store.extend(
        ox.Quad(node(f"%20{number}"), node("p"), ox.Literal(text), node("g"))
        for number in range(30)
    )
    pattern = Pattern(predicate=node("p"), object=ox.Literal(text), graph=GRAPH)
    assert len({str(row["s"]) for row in rows(server, pattern, PAGE)}) == 30


def test_a_server_without_a_limit_is_asked_once(server: Shuffling) -> None:
    asked: list[str] = []

    def select(query: str) -> list[ox.QuerySolution]:
        asked.append(query)
        return list(server.store.query(query))  # type: ignore[arg-type]

    assert len(list(rows(select, Pattern(graph=GRAPH), None))) == 804
    assert len(asked) == 1
