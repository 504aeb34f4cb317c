"""A store written by the first version of the ontology goes through the change on opening."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg import vocabulary as v
from kg.ontology import graph as ontology_graph
from kg.rdf.ownership import TAKEN_OVER_BY
from kg.rdf.terms import DEFAULT, TYPE, aio
from kg.store import open_store
from kg.store.embedded import EmbeddedStore
from kg.store.migrations import MIGRATIONS
from kg.validation import validate_store
from tests.ontology.dataset import quads

NEW_CLASSES = {ox.NamedNode(cls) for cls in v.TERM_CLASS.values()}
REVIEW = ox.NamedNode(v.ID + "scrutiny/ftc/nvidia/arm")
WINDOWED = ox.NamedNode(v.ID + "scrutiny/ftc/nvidia/2021-12")
"""A relationship under the id, and with less than the statements, that the old rule gave it."""


def as_written_before() -> list[ox.Quad]:
    found = []
    for quad in quads():
        if quad.predicate == TYPE and quad.object in NEW_CLASSES:
            continue
        if quad.predicate == TAKEN_OVER_BY:
            continue
        below = isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(
            REVIEW.value
        )
        if not below:
            found.append(quad)
        elif quad.subject == REVIEW and quad.predicate != aio("step"):
            found.append(ox.Quad(WINDOWED, quad.predicate, quad.object, DEFAULT))
    return found


def test_it_is_brought_up_to_the_present_form_and_conforms(tmp_path: Path) -> None:
    old = EmbeddedStore(tmp_path / "store", migrations=())
    with old.write() as writer:
        writer.add(as_written_before())
        writer.publish()
    with old.read() as reader:
        assert list(reader.quads(WINDOWED))
        assert not list(reader.quads(REVIEW))
    with open_store(tmp_path / "store").write():
        pass
    with open_store(tmp_path / "store").read() as reader:
        in_store = {q for q in reader.quads() if q.graph_name != ox.NamedNode(v.BASE + "ontology")}
        assert in_store == set(quads())
        assert set(reader.quads(None, None, None, v.BASE + "ontology")) == set(ontology_graph())
        assert list(validate_store(reader)) == []


def test_going_through_it_again_changes_nothing(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "store", migrations=())
    with store.write() as writer:
        writer.add([*quads(), *ontology_graph()])
        writer.publish()
        for migration in MIGRATIONS:
            migration(writer)
        assert set(writer.quads()) == {*quads(), *ontology_graph()}
