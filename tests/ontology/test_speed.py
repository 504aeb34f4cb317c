"""Validation is quick enough to run on every statement and on a whole store."""

from __future__ import annotations

import time
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from kg.validation import Violation, check_statements, reference, validate, validate_store
from tests.benchmarks.measure import report
from tests.ontology.conftest import Graph, build
from tests.ontology.dataset import BY_ID, STORIES

pytestmark = pytest.mark.benchmark


def seconds(find: Callable[[list[ox.Quad]], list[Violation]], content: list[ox.Quad]) -> float:
    start = time.perf_counter()
    assert find(content) == []
    return time.perf_counter() - start


def test_our_engine_takes_a_tenth_of_pyshacl_at_most() -> None:
    content = list(build(with_rules=True).store)
    validate(content)  # Compiling the shapes is paid once.
    reference([])
    ours, theirs = (min(seconds(find, content) for _ in range(3)) for find in (validate, reference))
    report("validation", ours, theirs, note=f"{len(content):,} triples")


def test_a_statement_is_checked_in_less_than_two_milliseconds() -> None:
    work = [(story.article(), story.resolved()) for story in STORIES]
    count = sum(len(statements) for _, statements in work)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        for article, statements in work:
            check_statements(article, statements, BY_ID)
        times.append((time.perf_counter() - start) / count)
    print(f"\n{min(times) * 1e3:.2f} ms a statement")
    assert min(times) < 0.002


def test_a_store_is_validated_at_twenty_thousand_quads_a_second() -> None:
    graph = Graph(list(build(with_rules=True).store))
    start = time.perf_counter()
    assert list(validate_store(graph)) == []
    spent = time.perf_counter() - start
    print(f"\n{len(graph.store)} quads in {spent * 1e3:.0f} ms")
    assert len(graph.store) / spent > 20_000
