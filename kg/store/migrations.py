"""Bringing graphs written by earlier versions up to the form of this one.

``MIGRATIONS[k]`` turns a graph of form k + 1 into form k + 2. They run one after another on
the writer's copy when a store is opened for writing, and are published as one: a migration
that is interrupted leaves the store as it was. Earlier forms can be read without.

A graph on a server is changed by the first writer too, in the requests of one publish; one
that is interrupted is run again by the next.

To change the form of the graph, append a function here and the ontology's version to
``ONTOLOGIES``; never change one that was released.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import vocabulary as v

if TYPE_CHECKING:
    from kg.store.protocol import Writer

Migration = Callable[["Writer"], None]


def to_ontology_1_1(writer: Writer) -> None:
    """Terms get the classes of ontology 1.1, and relationships are worked out by its rules.

    Reviews are told apart by their course and no longer by a window of days, steps told
    often are one step, and a bound conflicts only with what lies beyond it.
    """
    # Imported here, for every opening of a store imports this module.
    from kg import ontology
    from kg.deprecation import follow_replacements
    from kg.rdf import blocks
    from kg.rdf.terms import TYPE, aio

    writer.replace_graph(ox.NamedNode(v.BASE + "ontology"), ontology.graph())
    follow_replacements(writer)
    for name, cls in v.TERM_CLASS.items():
        named = list(writer.quads(None, aio("termName"), ox.Literal(name), None))
        writer.add([ox.Quad(q.subject, TYPE, ox.NamedNode(cls), q.graph_name) for q in named])
    for block in sorted(blocks.names(writer)):
        blocks.refresh(writer, block)


def to_ontology_1_2(writer: Writer) -> None:
    """Who has taken an organisation over is written down."""
    from kg import ontology
    from kg.rdf import ownership
    from kg.rdf.terms import DEFAULT, aio

    writer.replace_graph(ox.NamedNode(v.BASE + "ontology"), ontology.graph())
    acquired = {
        q.object.value.removeprefix(v.ID)
        for q in writer.quads(None, aio("acquiree"), None, DEFAULT)
        if isinstance(q.object, ox.NamedNode)
    }
    ownership.refresh(writer, sorted(acquired))


MIGRATIONS: tuple[Migration, ...] = (to_ontology_1_1, to_ontology_1_2)

ONTOLOGIES = ((1, 0), (1, 1), (1, 2))
"""The version of the ontology with which each form began: servers keep no other sign of it."""
