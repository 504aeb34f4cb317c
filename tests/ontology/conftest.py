"""The small graph, ready to be asked."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg import ontology
from kg.rules import derived
from kg.validation import compact
from kg.vocabulary import PREFIXES
from tests.ontology.dataset import quads

Rows = list[list[str | None]]


class Graph:
    """A store in memory with the methods of a reader that the code under test calls."""

    def __init__(self, content: list[ox.Quad]) -> None:
        self.store = ox.Store()
        self.store.extend(content)

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        return self.store.query(sparql, prefixes=PREFIXES)

    def quads(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None = None,  # noqa: A002
        graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | str | None = None,
    ) -> list[ox.Quad]:
        graph = ox.NamedNode(graph) if isinstance(graph, str) else graph
        return list(self.store.quads_for_pattern(subject, predicate, object, graph))

    def rows(self, sparql: str) -> Rows:
        """The solutions as compact texts, unbound ones as None."""
        solutions = self.query(sparql)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        return [
            [
                None if row[name] is None else compact(getattr(row[name], "value", ""))
                for name in names
            ]
            for row in solutions
        ]


def build(with_rules: bool) -> Graph:
    graph = Graph([*quads(), *ontology.graph()])
    if with_rules:
        graph.store.extend(
            [ox.Quad(t.subject, t.predicate, t.object) for t in list(derived(graph))]
        )
    return graph


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The dataset, the ontology and everything the rules derive."""
    return build(with_rules=True)


@pytest.fixture(scope="session")
def plain_graph() -> Graph:
    """The dataset and the ontology, without what the rules derive."""
    return build(with_rules=False)
