"""What follows from a graph by the rules in ``ontology/rules/``.

Queries in ``kg/queries/`` answer without these triples by walking the same paths; they are
written out for programs that want them, such as a reasoner's or another store's users.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pyoxigraph as ox

from kg.ontology import OntologyError, rules


class Queried(Protocol):
    """A store's reader, with the project's prefixes declared."""

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples: ...


def derived(reader: Queried) -> Iterator[ox.Triple]:
    """The triples that the rules construct, each once; no rule builds on another's."""
    seen: set[ox.Triple] = set()
    for name, sparql in rules():
        triples = reader.query(sparql)
        if not isinstance(triples, ox.QueryTriples):
            raise OntologyError(f"rules/{name}.rq is not a CONSTRUCT query; make it one")
        for triple in triples:
            if triple not in seen:
                seen.add(triple)
                yield triple
