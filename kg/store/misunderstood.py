"""Why a SPARQL text cannot be understood, said to the person who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.store.guard import tokens
from kg.store.rewriting import undeclared

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_UPDATES = frozenset(
    {"insert", "delete", "clear", "drop", "create", "add", "move", "copy", "load", "with"}
)
_QUERIES = ("select", "ask", "construct", "describe")
_SHORT = 60
"""Longer lists of what the parser would have taken are no help to a reader."""


def query_error(sparql: str, message: str, prefixes: Iterable[str] = ()) -> str:
    """The message for a query that the parser refused with ``message``.

    ``prefixes`` are those that are declared without the query's doing.
    """
    first = _first_word(sparql)
    if first is None:
        return "the query is empty; begin it with SELECT, ASK, CONSTRUCT or DESCRIBE"
    if first in _UPDATES:
        return (
            f"the query cannot be understood: {first.upper()} is an update, and only queries are "
            "answered; begin it with SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    if first not in (*_QUERIES, "prefix", "base"):
        return "the query cannot be understood: it has no SELECT, ASK, CONSTRUCT or DESCRIBE"
    return f"the query cannot be understood{_why(sparql, message, prefixes)}"


def update_error(sparql: str, message: str, prefixes: Iterable[str] = ()) -> str:
    """The message for an update that the parser refused with ``message``."""
    if _first_word(sparql) is None:
        return "the update is empty; begin it with INSERT or DELETE"
    return f"the update cannot be understood{_why(sparql, message, prefixes)}"


def _first_word(sparql: str) -> str | None:
    """The first keyword that tells what is asked, or else the first word; None where there is none."""
    words = [text.lower() for kind, text, _ in tokens(sparql) if kind in ("word", "name", "mark")]
    known = (w for w in words if w in _UPDATES or w in _QUERIES)
    return next(known, words[0] if words else None)


def _why(sparql: str, message: str, prefixes: Iterable[str]) -> str:
    if unknown := sorted(undeclared(sparql) - {*prefixes}):
        return (
            f": the prefix {unknown[0] + ':'!r} is not declared; write PREFIX {unknown[0]}: <...> "
            "before it, or correct it"
        )
    return _where(sparql, message)


def _where(sparql: str, message: str) -> str:
    found = _PLACE.fullmatch(message)
    if found is None:
        return f": {message}"
    line, column, expected = int(found[1]), int(found[2]), " ".join(found[3].split())
    lines = sparql.splitlines()
    rest = lines[line - 1][column - 1 :].split() if line <= len(lines) else []
    near = f"near {rest[0][:40]!r}" if rest else "at the end of the line"
    if line >= len(lines) and not rest:
        near = "at its end; something is not closed or is missing"
    told = f": {expected}" if len(expected) <= _SHORT else ""
    return f" at {line}:{column}, {near}{told}"
