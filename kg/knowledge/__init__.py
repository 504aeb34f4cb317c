"""The graph from Python: typed answers, networkx, rdflib, SPARQL and, where installed, pandas.

from kg import KnowledgeGraph

with KnowledgeGraph.open() as graph:
    for lab in graph.labs_backed_by("Microsoft"):
        print(lab.name, [r.summary.amounts for r in lab.relationships])
"""

from __future__ import annotations

from kg.knowledge.answers import Answers
from kg.knowledge.values import Change, Conflict, Found, Pair, UnknownNameError, Way
from kg.knowledge.views import Views

__all__ = [
    "Change",
    "Conflict",
    "Found",
    "KnowledgeGraph",
    "Pair",
    "UnknownNameError",
    "Way",
]


class KnowledgeGraph(Answers, Views):
    """One published state of a store. Use it as a context manager, or ``close`` it.

    Wherever an entity is asked for, give its id, any of its names, or an ``Entity``.
    ``as_of`` answers from what was true on a day, ``known_by`` from what had been
    published by then (ISO 8601). Raises UnknownNameError for a name nobody bears.
    """
