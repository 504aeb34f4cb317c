"""All rows of a pattern, from a server that limits its answers.

No page depends on an order of rows: how a server orders values of mixed kinds is its own affair,
and where the order of two requests is not the same, pages by OFFSET leave rows out and bring
others twice. What is too much for one answer is asked for by subject instead, and what is too
much for one subject by the hash of its objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

import pyoxigraph as ox

from kg.store.errors import QueryError
from kg.store.evaluate import Term

Select = Callable[[str], Iterable[ox.QuerySolution]]

SUBJECTS = 200
"""Subjects asked about in one request."""

_DIGITS = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One triple pattern: None is a variable, and ``graph`` what stands after GRAPH, if anything.

    ``subjects``, if given, are those asked about.
    """

    subject: Term | None = None
    predicate: Term | None = None
    object: Term | None = None
    graph: str | None = None
    subjects: tuple[Term, ...] = ()

    def where(self, condition: str = "") -> str:
        """The pattern in braces, with a condition on its variables."""
        terms = (self.subject, self.predicate, self.object)
        text = " ".join(
            f"?{name}" if term is None else str(term)
            for name, term in zip("spo", terms, strict=True)
        )
        if self.subjects:
            text = f"VALUES ?s {{ {' '.join(map(str, self.subjects))} }} {text}"
        return (
            f"{{ GRAPH {self.graph} {{ {text} }}{condition} }}"
            if self.graph
            else (f"{{ {text}{condition} }}")
        )

    @property
    def finest(self) -> str | None:
        """The variable with the most values for one subject; None if there is none."""
        if self.object is None:
            return "?o"
        return "?p" if self.predicate is None else None


def rows(select: Select, pattern: Pattern, page: int | None) -> Iterator[ox.QuerySolution]:
    """All rows of a pattern, fewer than ``page`` from each request."""
    if page is None:
        yield from select(f"SELECT * {pattern.where()}")
        return
    found = _fitting(select, f"SELECT * {pattern.where()}", page)
    if found is not None:
        yield from found
    elif pattern.subject is None and len(pattern.subjects) != 1:
        for part in _divided(select, pattern, page):
            yield from rows(select, part, page)
    else:
        variable = pattern.finest or "?g"
        for digit in _DIGITS:
            yield from _hashed(select, pattern, "*", variable, page, digit)


def _divided(select: Select, pattern: Pattern, page: int) -> Iterator[Pattern]:
    """The pattern for some of its subjects at a time."""
    if pattern.subjects:
        middle = len(pattern.subjects) // 2
        yield replace(pattern, subjects=pattern.subjects[:middle])
        yield replace(pattern, subjects=pattern.subjects[middle:])
        return
    found = _hashed(select, pattern, "?s", "?s", page)
    while some := tuple(row["s"] for row in islice(found, SUBJECTS)):
        yield replace(pattern, subjects=some)


def _hashed(
    select: Select, pattern: Pattern, what: str, variable: str, page: int, prefix: str = ""
) -> Iterator[ox.QuerySolution]:
    """The rows for which a variable's hash begins with a prefix, divided further until they fit.

    Of ``what``, if it is a variable, each value once.
    """
    chosen = f' FILTER(STRSTARTS(MD5(STR({variable})), "{prefix}"))' if prefix else ""
    once = "" if what == "*" else f" GROUP BY {what}"
    found = _fitting(select, f"SELECT {what} {pattern.where(chosen)}{once}", page)
    if found is not None:
        yield from found
        return
    if len(prefix) == 32:
        raise QueryError(f"the server holds {page} rows or more for one value of {variable}")
    for digit in _DIGITS:
        yield from _hashed(select, pattern, what, variable, page, prefix + digit)


def _fitting(select: Select, query: str, page: int) -> list[ox.QuerySolution] | None:
    """All rows of a query, or None if there may be more than fit."""
    found = list(select(f"{query} LIMIT {page}"))
    return found if len(found) < page else None
