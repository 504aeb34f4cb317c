"""What is said of a query that cannot be understood: where, near what, and what to do."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.store.errors import QueryError
from kg.store.evaluate import Options, evaluate


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "the query is empty; begin it with SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("  # only a comment\n", "the query is empty; begin it with"),
        ("INSERT DATA { <a:a> <b:b> <c:c> }", "INSERT is an update, and only queries"),
        ("PREFIX x: <x:> DELETE WHERE { ?s ?p ?o }", "DELETE is an update"),
        ("SELECT * WHERE {", "at 1:17, at its end; something is not closed"),
        ("SELECT ?x\nWHERE { ?x !!! ?y }", "at 2:1[0-9], near "),
        ("which labs does Microsoft back", "it has no SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("SELECT * { ?s unknown:p ?o }", "the prefix 'unknown:' is not declared"),
        ("SELECT * { ?s aio:p }", "at 1:21, near '}'"),
    ],
)
def test_a_query(query: str, told: str) -> None:
    with pytest.raises(QueryError, match=told) as error:
        evaluate(ox.Store(), query, Options({"aio": "https://example.org/"}), "here")
    assert len(str(error.value)) < 250


def test_a_query_that_is_understood_is_answered() -> None:
    assert list(evaluate(ox.Store(), "SELECT ?insert { ?insert ?drop ?o }", Options({}), "")) == []
