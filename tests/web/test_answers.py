"""Answers that are kept are those that would be given."""

from __future__ import annotations

import json

import pytest

from kg.web.answers import Answers, Kept, is_settled
from tests.web.conftest import Site


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (NOW() AS ?t) {}",
        "SELECT (rand() AS ?t) {}",
        "SELECT (STRUUID() AS ?t) {}",
        "SELECT (BNODE() AS ?t) {}",
        "SELECT * { SERVICE <http://x.example/> {} }",
        "SELECT (N\\u004FW() AS ?t) {}",
    ],
)
def test_what_may_change_is_not_kept(query: str) -> None:
    assert not is_settled(query)


def test_words_that_only_look_so_are_no_doubt() -> None:
    assert is_settled("SELECT * { ?a foaf:knows id:snowflake ; id:brand ?b }")


def test_the_oldest_make_room() -> None:
    answers = Answers(1000)
    for n in range(20):
        answers.put(f"tag{n:02}", Kept("text/csv", b"x" * 94))
        answers.get("tag00")
    assert answers.get("tag00") is not None
    assert answers.get("tag19") is not None
    assert answers.get("tag05") is None
    answers.put("large", Kept("text/csv", b"x" * 100_000))
    assert answers.get("large") is None


def test_asked_again_the_answer_is_the_same_and_in_the_form_asked_for(site: Site) -> None:
    query = "SELECT ?name { id:microsoft skos:prefLabel ?name } # kept"
    first, again = site.query(query), site.query(query)
    assert first.body == again.body
    assert first.headers["etag"] == again.headers["etag"]
    assert again.type == "application/sparql-results+json"
    assert site.query(query, "text/csv").text.splitlines() == ["name", "Microsoft"]
    assert site.query(query, "text/csv").type == "text/csv"
    assert site.query(query, "image/png").status == 406


def test_chance_is_asked_anew_each_time(site: Site) -> None:
    replies = [site.query("SELECT (RAND() AS ?n) {}") for _ in range(2)]
    one, other = (json.loads(r.body)["results"]["bindings"][0]["n"]["value"] for r in replies)
    assert one != other
    assert all("etag" not in r.headers for r in replies)
    assert all(r.headers["cache-control"] == "no-store" for r in replies)
