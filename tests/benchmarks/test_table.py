"""The page of benchmarks tells what is missed, what is worse and what was not measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks.measure import RESULTS, Result, amount, peak_memory, report, take_turns
from tests.benchmarks.registry import ALL, BY_NAME
from tests.benchmarks.table import page


def result(name: str, ratio: float, case: str = "") -> Result:
    return Result(name, case, ratio, ratio, 1.0, "s", "", 0.5, "2026-01-02")


GOOD = [result(one.name, one.at_least or one.at_most or 1.0) for one in ALL]


def test_all_promises_kept() -> None:
    written = page(GOOD, [], "a machine", "Python", everything=True)
    assert written.problems == ()
    assert all(f"| {one.name} |" in written.text for one in ALL)
    assert "**" not in written.text


def test_a_promise_broken_in_either_direction() -> None:
    new = [result("bulk-ingest", 0.6), result("kg-sparql", 1.3)]
    problems = page(new, [], "", "", everything=False).problems
    assert problems == ("bulk-ingest: 0.60 is not >= 0.7", "kg-sparql: 1.30 is not <= 1.2")


def test_what_was_not_measured_is_told_only_when_all_were_to_run() -> None:
    missing = "spark-flat: was not measured"
    assert missing in page(GOOD[:1], [], "", "", everything=True).problems
    assert missing not in page(GOOD[:1], [], "", "", everything=False).problems


def test_beside_the_last_figures() -> None:
    last = [result("bulk-ingest", 1.0), result("kg-sparql", 0.8), result("one-more-article", 1.0)]
    new = [result("bulk-ingest", 0.75), result("kg-sparql", 1.1)]
    written = page(new, last, "", "", everything=False)
    assert [p.partition(":")[0] for p in written.problems] == ["bulk-ingest", "kg-sparql"]
    assert "33% worse than the last, 1.00" in written.problems[0]
    # A row that was not measured again stays, with its date, for the next time.
    assert result("one-more-article", 1.0) in written.results


def test_cases_that_are_gone_are_dropped_when_all_ran() -> None:
    last = [result("store-query", 1.0, "old"), result("store-query", 1.0, "join")]
    new = [result("store-query", 1.0, "join")]
    assert page(new, last, "", "", everything=True).results == tuple(new)
    assert len(page(new, last, "", "", everything=False).results) == 2


def test_reporting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    monkeypatch.setenv(RESULTS, str(file))
    assert report("bulk-ingest", 2.0, 1.5) == pytest.approx(0.75)
    with pytest.raises(AssertionError, match=r"0\.500 is not >= 0\.7"):
        report("bulk-ingest", 2.0, 1.0)
    with pytest.raises(KeyError):
        report("no such promise", 1, 1)
    assert [json.loads(line)["ratio"] for line in file.read_text().splitlines()] == [0.75, 0.5]


def test_measuring() -> None:
    calls: list[str] = []
    turns = take_turns(
        ours=lambda: calls.append("o"), baseline=lambda: calls.append("b"), rounds=2, warm=False
    )
    assert sorted(calls) == ["b", "b", "o", "o"]
    assert calls[0] != calls[1]
    assert turns.ours < 1
    assert peak_memory(["sleep", "0"]) < 100
    assert [amount(v, "s") for v in (2.5, 0.0123, 5e-5)] == ["2.5 s", "12.3 ms", "50 µs"]
    assert amount(1234.6, "MB") == "1,235 MB"


def test_names_are_unique() -> None:
    assert len(BY_NAME) == len(ALL)
