"""Lookups on the bundled graph, as a user makes them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.inprocess import run
from tests.conftest import kg

QUESTION = "Which labs does Microsoft back?"


def asked(question: str, store: Path, *options: str) -> dict[str, object]:
    ran = run("ask", question, "--format", "json", *options, store=store)
    assert ran.code == 0, ran.err
    answer: dict[str, object] = json.loads(ran.out)
    return answer


def names(answer: dict[str, object]) -> set[str]:
    answers = answer["answers"]
    assert isinstance(answers, list)
    return {a["name"] for a in answers}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (QUESTION, {"OpenAI", "Mistral AI", "Inflection AI"}),
        ("Who invests in Mistral AI?", {"Microsoft", "ASML", "General Catalyst"}),
        ("Who distributes Mistral AI's models?", {"Microsoft", "Amazon"}),
        ("Which regulators are looking at Microsoft?", {"Federal Trade Commission"}),
    ],
)
def test_a_question_finds_what_the_articles_say(
    bundled_store: Path, question: str, expected: set[str]
) -> None:
    assert expected <= names(asked(question, bundled_store))


def test_every_answer_has_its_sentence(bundled_store: Path) -> None:
    answer = asked(QUESTION, bundled_store)
    for item in answer["answers"]:  # type: ignore[attr-defined]
        quotes = [e["quote"] for r in item["relationships"] for e in r["evidence"]]
        assert quotes
        assert all(quotes)


@pytest.mark.parametrize(
    "question", [QUESTION, "Who invests in Mistral AI?", "Who distributes Mistral AI's models?"]
)
def test_the_sparql_shown_gives_the_same_answer(bundled_store: Path, question: str) -> None:
    answer = asked(question, bundled_store)
    ran = kg("sparql", "-", "--format", "json", store=bundled_store, stdin=str(answer["sparql"]))
    assert ran.code == 0, ran.err
    rows = json.loads(ran.out)["results"]["bindings"]
    assert {row["name"]["value"] for row in rows} == names(answer)


def test_a_question_that_is_not_understood_is_not_answered(bundled_store: Path) -> None:
    ran = run("ask", "How tall is the Eiffel Tower?", store=bundled_store)
    assert ran.code == 2
    assert ran.out == ""
    assert "not understood" in ran.err


def test_a_question_without_an_answer_is_no_error(bundled_store: Path) -> None:
    ran = run("ask", "Which labs does ASML Holding back?", "--format", "json", store=bundled_store)
    assert ran.code in (0, 2)
    answer = asked("Who invests in Graphcore?", bundled_store)
    assert answer["answers"] == []


def test_show_tells_who_it_is_and_what_it_does(bundled_store: Path) -> None:
    ran = run("show", "mistral", store=bundled_store)
    assert ran.code == 0
    assert "Mistral AI" in ran.out
    assert "EUR 15 million" in ran.out
    assert "Paris" in ran.out


def test_show_suggests_near_misses(bundled_store: Path) -> None:
    ran = run("show", "Mistrall AI", store=bundled_store)
    assert ran.code == 1
    assert "Mistral AI" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("output_format", ["table", "json", "jsonl", "csv", "tsv", "markdown"])
def test_every_format_prints(bundled_store: Path, output_format: str) -> None:
    ran = run("stats", "--format", output_format, store=bundled_store)
    assert ran.code == 0
    assert "statements" in ran.out


def test_json_of_stats_is_json(bundled_store: Path) -> None:
    rows = json.loads(run("stats", "--format", "json", store=bundled_store).out)
    counts = {row["what"]: row["count"] for row in rows}
    assert counts["articles"] >= 120
    assert counts["statements"] > counts["articles"]


def test_csv_is_csv(bundled_store: Path) -> None:
    ran = run("ask", QUESTION, "--format", "csv", store=bundled_store)
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert len(rows) >= 3


@pytest.mark.parametrize(
    ("query", "output_format", "told"),
    [
        ("SELECT ?x { id:microsoft aio:investsIn ?x }", "table", "id:mistral-ai"),
        ("SELECT ?x { id:microsoft aio:investsIn ?x }", "csv", "/id/mistral-ai"),
        ("SELECT ?x { id:microsoft aio:investsIn ?x }", "tsv", "?x"),
        ("SELECT ?x { id:microsoft aio:investsIn ?x }", "json", '"bindings"'),
        ("SELECT ?x { id:microsoft aio:investsIn ?x }", "xml", "sparql-results"),
        ("ASK { id:microsoft aio:investsIn id:mistral-ai }", "table", "yes"),
        ("ASK { id:microsoft aio:investsIn id:mistral-ai }", "json", "true"),
        ("CONSTRUCT WHERE { ?a aio:investsIn ?b }", "turtle", "aio:investsIn"),
        ("CONSTRUCT WHERE { ?a aio:investsIn ?b }", "ntriples", "#investsIn>"),
        ("DESCRIBE id:mistral-ai", "jsonld", "Mistral AI"),
    ],
)
def test_sparql_prints_what_fits(
    bundled_store: Path, query: str, output_format: str, told: str
) -> None:
    ran = run("sparql", query, "--format", output_format, store=bundled_store)
    assert ran.code == 0, ran.err
    assert told in ran.out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("SELECT ?x",), 1, "understood"),
        (("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",), 1, "SERVICE"),
        (("ASK {}", "--format", "turtle"), 2, "does not fit"),
        ((), 2, "query"),
        (("-f", "nowhere.rq"), 1, "nowhere.rq: cannot be read: No such file"),
        (("nowhere.rq",), 2, "give it with -f"),
        (("",), 1, "the query is empty"),
        (("DROP ALL",), 1, "DROP is an update"),
    ],
)
def test_sparql_names_what_is_wrong(
    bundled_store: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    ran = run("sparql", *arguments, store=bundled_store)
    assert ran.code == code
    assert told in ran.err
    assert ran.out == ""


def test_an_empty_question_is_told_to_be_one(bundled_store: Path) -> None:
    ran = run("ask", " ", store=bundled_store)
    assert (ran.code, ran.out) == (2, "")
    assert "The question is empty" in ran.err


def test_a_query_that_is_no_text_is_refused(bundled_store: Path, tmp_path: Path) -> None:
    (tmp_path / "query.rq").write_bytes(b"ASK { \xff }")
    ran = run("sparql", "-f", tmp_path / "query.rq", store=bundled_store)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"kg: {tmp_path / 'query.rq'}: not UTF-8 text (byte 6); give a query\n"


def test_the_store_conforms_to_the_shapes(bundled_store: Path) -> None:
    ran = run("validate", store=bundled_store)
    assert ran.code == 0, ran.out


def test_the_first_question_builds_the_bundled_graph(tmp_path: Path) -> None:
    ran = kg("ask", QUESTION, "--format", "json", store=tmp_path / "new")
    assert ran.code == 0
    assert "building" in ran.err
    assert "Mistral AI" in names(json.loads(ran.out))
