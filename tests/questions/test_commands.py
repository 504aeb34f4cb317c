"""Lookups as commands: what is printed, in which format, and what is told of wrong use."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from kg.cli import group
from kg.cli.options import FORMATS
from kg.model import KgError


def run(store: Path, *arguments: str) -> Result:
    environment = {"COLUMNS": "120", "KG_STORE": str(store)}
    return CliRunner().invoke(group, arguments, env=environment, standalone_mode=False)


def rows(store: Path, *arguments: str) -> list[dict[str, str]]:
    done = run(store, *arguments, "--format", "csv")
    assert done.exception is None, done.exception
    return list(csv.DictReader(io.StringIO(done.stdout)))


# timeline -------------------------------------------------------------------------


def test_a_timeline_is_in_order_and_tells_what_is_rumoured_and_over(industry_store: Path) -> None:
    told = rows(industry_store, "timeline", "Mistral AI")
    days = [r["when"].removeprefix("reported ") for r in told]
    assert days == sorted(days)
    assert {"investment", "distribution", "scrutiny", "competition"} <= {r["kind"] for r in told}
    denied = rows(industry_store, "timeline", "Aleph Alpha")
    assert [r["standing"] for r in denied] == ["denied"]
    assert "Microsoft denied that it had invested" in denied[0]["sentence"]


def test_a_timeline_may_end_at_what_was_published(industry_store: Path) -> None:
    told = rows(industry_store, "timeline", "Mistral AI", "--known-by", "2023-12")
    assert {r["what"] for r in told} == {
        "Lightspeed Venture Partners invests in Mistral AI",
        "Bpifrance invests in Mistral AI",
        "Andreessen Horowitz invests in Mistral AI",
    }


def test_every_row_of_a_timeline_has_its_source(industry_store: Path) -> None:
    for row in rows(industry_store, "timeline", "OpenAI"):
        assert row["sentence"]
        assert row["source"].startswith("The Example, ")


# path -----------------------------------------------------------------------------


def test_a_path_has_a_sentence_for_each_step(industry_store: Path) -> None:
    found = rows(industry_store, "path", "Bpifrance", "Microsoft")
    assert {r["way"] for r in found} == {"1"}
    assert found[0]["step"] == "1"
    assert "Bpifrance took part in the seed round" in found[0]["sentence"]
    assert {r["step"] for r in found} == {"1", "2"}


def test_all_short_ways_are_one_step_longer(industry_store: Path) -> None:
    shortest = rows(industry_store, "path", "Microsoft", "Nvidia")
    more = rows(industry_store, "path", "Microsoft", "Nvidia", "--all")
    assert {r["step"] for r in shortest} == {"1", "2"}
    assert {r["step"] for r in more} == {"1", "2", "3"}
    assert len({r["way"] for r in more}) > len({r["way"] for r in shortest})


def test_a_path_is_told_in_words(industry_store: Path) -> None:
    done = run(industry_store, "path", "Bpifrance", "Microsoft")
    assert "1. Bpifrance – Mistral AI – Microsoft" in done.stderr
    apart = run(industry_store, "path", "Figma", "Microsoft")
    assert "not connected" in apart.stderr
    assert apart.stdout == ""
    assert (
        json.loads(run(industry_store, "path", "Figma", "Microsoft", "--format", "json").stdout)
        == []
    )


# diff -----------------------------------------------------------------------------


def test_a_diff_tells_what_began_and_what_moved_on(industry_store: Path) -> None:
    told = rows(industry_store, "diff", "2024-05", "2024-05", "--about", "Microsoft")
    assert ("2024-05-17", "cleared") in {(r["on"], r["change"]) for r in told}
    began = rows(industry_store, "diff", "2025-09", "2025-09")
    assert {r["what"] for r in began} >= {"ASML invests in Mistral AI", "Nvidia invests in OpenAI"}


def test_a_diff_without_changes_says_so(industry_store: Path) -> None:
    done = run(industry_store, "diff", "2001", "2002")
    assert "Nothing changed" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("diff", "2024-03", "2024-01"), "give the earlier date first"),
        (("diff", "last year", "2024"), "write YYYY, YYYY-MM or YYYY-MM-DD"),
        (("timeline", "Mistrall"), "did you mean Mistral AI"),
        (("path", "Microsoft", "Nvidja"), "did you mean Nvidia"),
        (("path", "Microsoft"), "OTHER"),
    ],
)
def test_wrong_use_is_told_with_the_remedy(
    industry_store: Path, arguments: tuple[str, ...], told: str
) -> None:
    error = run(industry_store, *arguments).exception
    assert isinstance(error, KgError | click.ClickException)
    message = error.format_message() if isinstance(error, click.ClickException) else str(error)
    assert told in message


# show -----------------------------------------------------------------------------


def test_show_tells_who_it_is_and_its_relationships_by_kind(industry_store: Path) -> None:
    done = run(industry_store, "show", "mistral")
    assert done.stdout.startswith("Mistral AI\n")
    for told in ("Paris, FR", "EUR 15 million", "USD 16.3 million", "convertible", "seed"):
        assert told in done.stdout
    (page,) = json.loads(run(industry_store, "show", "mistral", "--format", "json").stdout)
    investments = [r["when"] for r in page["relationships"]["investment"]]
    assert investments == sorted(investments)
    assert page["relationships"]["investment"][0]["source"] == ["The Example, 2023-06-13"]


def test_show_suggests_near_misses(industry_store: Path) -> None:
    done = run(industry_store, "show", "Mistrall AI")
    assert done.return_value == 1
    assert "Mistral AI" in done.stderr
    assert done.stdout == ""


# ask ------------------------------------------------------------------------------


def fields(heading: str, table: int) -> set[str]:
    """The names in the first column of a table of the contracts."""
    text = (Path(__file__).parents[2] / "docs/contracts.md").read_text(encoding="utf-8")
    section = text.split(f"## {heading}\n")[1].split("\n## ")[0]
    tables = re.split(r"\n\|---\|.*\n", section)[1:]
    cells = re.findall(r"^\|([^|]*)\|", tables[table], re.M)
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} - {"field"}


@pytest.mark.parametrize(
    "question",
    [
        "Who backs Mistral AI?",
        "How much has Microsoft put into labs in total?",
        "How purple is it?",
    ],
)
def test_the_json_has_the_fields_that_are_promised(industry_store: Path, question: str) -> None:
    answer = json.loads(run(industry_store, "ask", question, "--format", "json").stdout)
    assert answer.keys() == fields("`kg ask --format json`", 0)
    for item in answer["answers"]:
        for relationship in item["relationships"]:
            assert relationship.keys() == fields("`kg ask --format json`", 1)
            assert relationship["iri"].endswith(relationship["id"])
            assert relationship["date"] == relationship["start"]


def test_a_total_in_a_currency_names_the_table(industry_store: Path) -> None:
    asked = ("ask", "How much has Microsoft put into labs in total?", "--in", "eur")
    done = run(industry_store, *asked)
    assert "about EUR 10.16" in done.stdout
    assert "European Central Bank" in done.stderr
    answer = json.loads(run(industry_store, *asked, "--format", "json").stdout)
    assert {u["currency"] for u in answer["rates"]["used"]} == {"USD"}


def test_a_currency_without_rates_is_wrong_use(industry_store: Path) -> None:
    error = run(industry_store, "ask", "Who backs OpenAI?", "--in", "XYZ").exception
    assert isinstance(error, click.BadParameter)
    assert "there are rates for" in error.format_message()


# formats --------------------------------------------------------------------------


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "Which labs does Microsoft back?"),
        ("show", "Mistral AI"),
        ("timeline", "Mistral AI"),
        ("path", "Bpifrance", "Microsoft"),
        ("diff", "2024", "2024"),
    ],
    ids=lambda a: a[0],
)
def test_every_lookup_prints_every_format(
    industry_store: Path, arguments: tuple[str, ...], output_format: str
) -> None:
    done = run(industry_store, *arguments, "--format", output_format)
    assert done.exception is None
    out = done.stdout
    assert "Mistral AI" in out
    if output_format == "json":
        json.loads(out)
    elif output_format == "jsonl":
        assert [json.loads(line) for line in out.splitlines()]
    elif output_format in ("csv", "tsv"):
        separator = "," if output_format == "csv" else "\t"
        table = list(csv.reader(io.StringIO(out), delimiter=separator))
        assert len({len(line) for line in table}) == 1, "every line has the columns of the first"
    elif output_format == "table":
        assert max(map(len, out.splitlines())) <= 120


@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_table_fits_the_terminal_and_loses_nothing(industry_store: Path, width: int) -> None:
    environment = {"COLUMNS": str(width), "KG_STORE": str(industry_store)}
    arguments = ["ask", "Which labs does Microsoft back?"]
    done = CliRunner().invoke(group, arguments, env=environment, standalone_mode=False)
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= width + 20  # columns do not shrink below ten
    for word in ("Mistral", "OpenAI", "Anthropic", "convertible"):
        assert word in done.stdout


def test_ask_shows_the_query_on_request(industry_store: Path) -> None:
    done = run(industry_store, "ask", "Who backs Cohere?", "--sparql")
    assert "SELECT DISTINCT ?id ?name" in done.stderr
    assert "SELECT" not in done.stdout
    queried = run(industry_store, "sparql", done.stderr[done.stderr.index("SELECT") :])
    for name in ("AMD", "Nvidia", "Oracle"):
        assert name in queried.stdout


def test_ask_offers_the_nearest_forms_and_answers_nothing(industry_store: Path) -> None:
    done = run(industry_store, "ask", "Which labs does Microsoft hate?")
    assert done.return_value == 2
    assert done.stdout == ""
    assert "could not place: hate" in done.stderr
    assert "try: " in done.stderr


def test_a_question_may_be_given_in_several_words(industry_store: Path) -> None:
    one = run(industry_store, "ask", "who", "backs", "Cohere")
    assert "Oracle" in one.stdout


def test_a_count_and_a_verdict_stand_above_what_they_rest_on(industry_store: Path) -> None:
    counted = run(industry_store, "ask", "How many backers does Mistral AI have?").stdout
    assert counted.startswith("6\n")
    assert run(industry_store, "ask", "Does Amazon back OpenAI?").stdout == "no\n"
    assert run(industry_store, "ask", "Does Microsoft back OpenAI?").stdout.startswith("yes\n")
