"""Changes to the text of a query that a server needs and pyoxigraph does by itself."""

from __future__ import annotations

from collections.abc import Mapping

from kg.store.errors import QueryError
from kg.store.guard import tokens

_FORMS = ("select", "ask", "construct", "describe")


def form(sparql: str) -> str:
    """select, ask, construct or describe; raises QueryError for anything else."""
    for kind, text, _ in tokens(sparql):
        if kind == "word" and text.lower() in _FORMS:
            return text.lower()
    raise QueryError("the query cannot be understood: it has no SELECT, ASK, CONSTRUCT or DESCRIBE")


def declare(sparql: str, prefixes: Mapping[str, str]) -> str:
    """Declare the prefixes that the text uses and does not declare, without adding a line."""
    wanted = undeclared(sparql)
    missing = [prefix for prefix in prefixes if prefix in wanted]
    return "".join(f"PREFIX {prefix}: <{prefixes[prefix]}> " for prefix in missing) + sparql


def undeclared(sparql: str) -> set[str]:
    """The prefixes that a text uses and does not declare."""
    used: set[str] = set()
    declared: set[str] = set()
    previous = ""
    for kind, text, _ in tokens(sparql):
        if kind == "name":
            (declared if previous == "prefix" else used).add(text.partition(":")[0])
        previous = text.lower()
    return used - declared


def graphs(sparql: str, prefixes: Mapping[str, str]) -> tuple[list[str], bool]:
    """The IRIs of the graphs that a text asks by name, and whether it asks others by a variable."""
    known = dict(prefixes)
    named: dict[str, None] = {}
    variable = False
    found = [(kind, text) for kind, text, _ in tokens(sparql)]
    for (_, word), (kind, text), (_, after) in zip(found, found[1:], found[2:], strict=False):
        if word.lower() == "prefix" and kind == "name":
            known[text.partition(":")[0]] = after[1:-1]
        elif word.lower() == "graph" and kind == "iri":
            named[text[1:-1]] = None
        elif word.lower() == "graph" and kind == "name":
            prefix, _, local = text.partition(":")
            named[known.get(prefix, "") + local] = None
        elif word.lower() == "graph":
            variable = True
    return list(named), variable


def choose_graphs(sparql: str) -> str:
    """The same text, its graphs asked by a variable of one value instead of by name."""
    parts: list[str] = []
    done = start = 0
    previous = ""
    for kind, text, end in tokens(sparql):
        if previous == "graph" and kind in ("iri", "name"):
            chosen = f"?kgGraph{len(parts)}"
            parts.append(f"{sparql[done:start]}VALUES {chosen} {{ {text} }} GRAPH {chosen}")
            done = end
        previous, start = text.lower(), end - len(text)
    return "".join(parts) + sparql[done:]


def bind(sparql: str, values: Mapping[str, str]) -> str:
    """Bind variables to terms (in N-Triples form) at the head of the query's pattern."""
    if not values:
        return sparql
    names = " ".join(f"?{name}" for name in values)
    row = f" VALUES ({names}) {{ ({' '.join(values.values())}) }} "
    braces = [(text, end) for kind, text, end in tokens(sparql) if text in "{}" and kind == "mark"]
    words = [(text.lower(), end) for kind, text, end in tokens(sparql) if kind == "word"]
    after = next((end for word, end in words if word == "where"), 0)
    for text, end in braces:
        if text == "{" and end > after:
            return sparql[:end] + row + sparql[end:]
    raise QueryError("the query cannot be understood: it has no pattern in braces")
