"""What a SPARQL server answers, as the values that pyoxigraph gives."""

from __future__ import annotations

import json
import re
from typing import cast

import pyoxigraph as ox

from kg.store.dialects import ask_result
from kg.store.errors import QueryError, StoreMissingError
from kg.store.evaluate import GraphName, Results, Term

STAGING = "urn:kg:staging:"
"""Graphs with this prefix hold uploads that are not complete."""

_BOOLEAN = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")


class Hidden:
    """Whether a graph is the server's own, stands in for the default graph or is incomplete."""

    def __init__(self, names: frozenset[str], default_graph: str | None) -> None:
        self._names = names | {default_graph}

    def __call__(self, name: str) -> bool:
        return name in self._names or name.startswith(STAGING)


def solutions(body: bytes, url: str) -> ox.QuerySolutions | ox.QueryBoolean:
    try:
        return _solutions(body)
    except (SyntaxError, ValueError) as error:
        try:
            return _solutions(_without_surrogates(body))
        except (SyntaxError, ValueError, RecursionError):
            raise _cut_off(url, error) from error


def _solutions(body: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    found = ox.parse_query_results(ask_result(body), ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return found
    # Parsed to its end now: a server that gave up half-way answers 200 all the same.
    return ox.parse_query_results(_checked(found), ox.QueryResultsFormat.JSON)


def _without_surrogates(body: bytes) -> bytes:
    """JSON with U+FFFD for halves of characters, which no text has and some servers keep."""
    text = json.dumps(json.loads(body.decode("utf-8", "replace")), ensure_ascii=False)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _checked(found: ox.QuerySolutions) -> bytes:
    body = found.serialize(format=ox.QueryResultsFormat.JSON)
    if body is None:
        raise ValueError("nothing was serialised")
    return body


def triples(body: bytes, url: str) -> Results:
    memory = ox.Store()
    try:
        # Halves of characters, which no text has, can be escaped in what some servers keep.
        memory.load(_ESCAPE.sub(_replaced, body), ox.RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        raise _cut_off(url, error) from error
    return memory.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


_ESCAPE = re.compile(rb"\\(?:u([dD][89a-fA-F][0-9a-fA-F]{2})|.)")


def _replaced(escape: re.Match[bytes]) -> bytes:
    return b"\\uFFFD" if escape[1] else escape[0]


def _cut_off(url: str, error: Exception) -> QueryError:
    if "html" in str(error).lower():
        return QueryError(f"{url}: answered with a page and no results: is it a SPARQL address?")
    return QueryError(
        f"{url}: the answer is cut off or no SPARQL result ({error}); the server may have reached "
        "a limit; make the query more specific"
    )


def quad_of(
    row: ox.QuerySolution,
    subject: ox.NamedNode | ox.BlankNode | None,
    predicate: ox.NamedNode | None,
    object: Term | None,  # noqa: A002
    graph: GraphName,
) -> ox.Quad:
    return ox.Quad(
        subject or row["s"],
        predicate or row["p"],
        object or _plain(row["o"]),
        graph,
    )


def integer(term: Term | None) -> int:
    if not isinstance(term, ox.Literal):
        raise StoreMissingError("the server counts without a number; is it a SPARQL server?")
    return int(term.value)


def _plain(term: Term | None) -> Term:
    """Virtuoso gives true back as 1."""
    if isinstance(term, ox.Literal) and term.datatype == _BOOLEAN:
        return ox.Literal(
            {"1": "true", "0": "false"}.get(term.value, term.value), datatype=_BOOLEAN
        )
    if term is None:
        raise StoreMissingError("the server left a term out; is it a SPARQL server?")
    return term


def canonical(quad: ox.Quad) -> ox.Quad:
    """A quad in a form in which the servers' ways to write one value are the same."""
    term = quad.object
    if isinstance(term, ox.Literal) and term.datatype is not None:
        kind = term.datatype.value.rpartition("#")[2]
        value = term.value
        if kind == "boolean":
            value = {"1": "true", "0": "false"}.get(value, value)
        if term.language:
            literal = ox.Literal(value, language=term.language)
        else:
            literal = ox.Literal(value, datatype=term.datatype)
        memory = ox.Store()
        memory.add(ox.Quad(quad.subject, quad.predicate, literal, quad.graph_name))
        for stored in memory:
            return cast(ox.Quad, stored)
    return quad
