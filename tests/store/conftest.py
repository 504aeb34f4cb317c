"""A small store to test with, and quads to put into it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store.embedded import EmbeddedStore

EX = "http://example.org/"


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(EX + name)


def quad(subject: str, value: object, graph: str | None = None) -> ox.Quad:
    place = node(graph) if graph else ox.DefaultGraph()
    return ox.Quad(node(subject), node("p"), ox.Literal(str(value)), place)


def rows(quads: Iterable[ox.Quad]) -> list[str]:
    return sorted(str(quad) for quad in quads)


@pytest.fixture
def store(tmp_path: Path) -> EmbeddedStore:
    return EmbeddedStore(tmp_path / "store")
