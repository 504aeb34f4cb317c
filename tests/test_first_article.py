"""The article that the project started from: everything an analyst would want, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.inprocess import run


@pytest.fixture(scope="module")
def facts(first_article: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    nowhere = tmp_path_factory.mktemp("none")
    ran = run("extract", first_article, "--format", "jsonl", store=nowhere)
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


@pytest.fixture(scope="module")
def store(first_article: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first") / "store"
    ran = run("ingest", first_article, store=folder)
    assert ran.code == 0, ran.err
    return folder


def of(facts: list[dict[str, object]], type_: str) -> list[dict[str, object]]:
    return [f for f in facts if f["type"] == type_]


def test_the_investment(facts: list[dict[str, object]]) -> None:
    [fact] = of(facts, "investment")
    assert (fact["subject"], fact["object"]) == ("Microsoft", "Mistral AI")
    assert fact["modality"] == "asserted"
    assert fact["instrument"] == "convertible"
    assert fact["stake_percent"] is None
    amounts = fact["amounts"]
    assert isinstance(amounts, list)
    assert {(a["value"], a["currency"]) for a in amounts} == {
        (15e6, "EUR"),
        (16.3e6, "USD"),
        (16e6, "USD"),
    }
    terms = fact["terms"]
    assert isinstance(terms, dict)
    assert "funding round" in str(terms.get("conversion"))
    assert "next funding round" in str(terms.get("stake"))
    assert "unchanged" in str(terms)


def test_the_figure_that_lost_its_head_is_no_amount(first_article: Path, tmp_path: Path) -> None:
    ran = run("extract", first_article, store=tmp_path)
    assert "could not be read: '6 million'" in ran.err
    assert "USD 6 million" not in ran.out


def test_the_distribution(facts: list[dict[str, object]]) -> None:
    found = {(f["subject"], f["object"]) for f in of(facts, "distribution")}
    assert found == {("Microsoft", "Mistral AI"), ("Microsoft", "OpenAI"), ("Microsoft", "Meta")}


def test_the_scrutiny_is_intended_and_not_opened(facts: list[dict[str, object]]) -> None:
    found = of(facts, "scrutiny")
    assert ("European Commission", "Microsoft") in {(f["subject"], f["object"]) for f in found}
    assert {f["subject"] for f in found} == {"European Commission"}
    assert {f["status"] for f in found} == {"intended"}


def test_the_model(facts: list[dict[str, object]]) -> None:
    [release] = of(facts, "release")
    assert (release["subject"], release["object"]) == ("Mistral AI", "Mistral Large")
    assert "closed" in str(release["terms"]) or "not open" in str(release["terms"])
    found = of(facts, "competition")
    rivals = {f[end] for f in found for end in ("subject", "object")} - {"Mistral AI"}
    assert rivals in ({"OpenAI", "Anthropic"}, {"GPT-4", "Claude 2"})


def test_the_seat(facts: list[dict[str, object]]) -> None:
    [seat] = of(facts, "headquarters")
    assert (seat["subject"], seat["object"]) == ("Mistral AI", "Paris")


def test_nothing_else(facts: list[dict[str, object]]) -> None:
    assert {f["type"] for f in facts} == {
        "investment",
        "distribution",
        "scrutiny",
        "partnership",
        "release",
        "competition",
        "headquarters",
    }
    partners = {frozenset((str(f["subject"]), str(f["object"]))) for f in of(facts, "partnership")}
    assert partners == {frozenset({"Microsoft", "Mistral AI"})}
    known = {
        "Microsoft",
        "Mistral AI",
        "OpenAI",
        "Meta",
        "Anthropic",
        "European Commission",
        "Mistral Large",
        "GPT-4",
        "Claude 2",
        "Paris",
    }
    assert {f[end] for f in facts for end in ("subject", "object")} <= known


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which labs does Microsoft back?", {"Mistral AI"}),
        ("Who invests in Mistral AI?", {"Microsoft"}),
        ("Who distributes Mistral AI's models?", {"Microsoft"}),
        ("Which regulators are looking at Microsoft?", {"European Commission"}),
    ],
)
def test_the_questions(store: Path, question: str, expected: set[str]) -> None:
    answer = json.loads(run("ask", question, "--format", "json", store=store).out)
    assert {a["name"] for a in answer["answers"]} == expected
    assert all(r["evidence"] for a in answer["answers"] for r in a["relationships"])
    ran = run("sparql", "-", "--format", "json", store=store, stdin=answer["sparql"])
    rows = json.loads(ran.out)["results"]["bindings"]
    assert {row["name"]["value"] for row in rows} == expected


def test_how_much(store: Path) -> None:
    ran = run("ask", "How much did Microsoft invest in Mistral AI?", store=store)
    assert ran.code == 0, ran.err
    assert "EUR 15 million" in ran.out
    assert "16.3 million" in ran.out


def test_it_conforms(store: Path) -> None:
    assert run("validate", store=store).code == 0
