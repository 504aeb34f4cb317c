"""A graph of an earlier form on a server goes through the changes when it is next written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import ontology
from kg.store import Store, StoreMissingError, StoreTooNewError, open_store
from kg.store.migrations import MIGRATIONS, ONTOLOGIES
from kg.vocabulary import BASE, OWL
from tests.ontology.dataset import quads
from tests.ontology.test_migration import REVIEW, WINDOWED, as_written_before
from tests.store.conftest import rows
from tests.store.losing import losing
from tests.store.servers import PASSWORD, SERVERS

ONTOLOGY = ox.NamedNode(BASE + "ontology")
VERSION = ox.NamedNode(OWL + "versionInfo")


def of_version(version: str) -> Iterator[ox.Quad]:
    for quad in ontology.graph():
        if quad.predicate == VERSION:
            quad = ox.Quad(quad.subject, VERSION, ox.Literal(version), ONTOLOGY)
        yield quad


def test_every_form_has_the_ontology_that_it_began_with() -> None:
    [version] = [q.object.value for q in ontology.graph() if q.predicate == VERSION]  # type: ignore[union-attr]
    assert len(ONTOLOGIES) == len(MIGRATIONS) + 1
    assert ONTOLOGIES[-1] == tuple(map(int, version.split(".")[:2]))
    assert list(ONTOLOGIES) == sorted(ONTOLOGIES)


@pytest.fixture(params=SERVERS)
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    monkeypatch.setenv("KG_REMOTE_TEXTS", str(tmp_path / "texts.sqlite"))
    if request.param == "virtuoso":
        monkeypatch.setenv("KG_REMOTE_USER", "dba")
        monkeypatch.setenv("KG_REMOTE_PASSWORD", PASSWORD)
    server: Any = SERVERS[request.param]
    with server(tmp_path) as url:
        yield open_store(url)


def contents(store: Store) -> list[str]:
    with store.read() as reader:
        return rows(reader.quads())


def fill(store: Store, with_: list[ox.Quad]) -> None:
    """Make the server hold exactly these, whatever form it was in."""
    with store.read() as reader:
        names = list(reader.graph_names())
    with store.write() as writer:
        for name in names:
            writer.remove_graph(name)
        writer.remove_graph(ox.DefaultGraph())
        writer.add(with_)


@pytest.mark.interop
def test_a_graph_on_a_server_is_brought_up_to_date(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, [*quads(), *of_version("1.2.0")])
    expected = contents(store)
    with store.write():
        pass
    assert contents(store) == expected
    old = [*as_written_before(), *of_version("1.0.0")]
    fill(store, old)
    with store.read() as reader:
        assert list(reader.quads(WINDOWED))
        assert not list(reader.quads(REVIEW))
    for failing in range(1, 10):
        if _writes(store, failing, monkeypatch):
            break
        assert contents(store) != expected, "only the last request makes it the new form"
    assert failing > 1
    assert contents(store) == expected


@pytest.mark.interop
def test_a_graph_of_a_later_form_is_not_touched(store: Store) -> None:
    fill(store, [*quads(), *of_version("1.99.0")])
    before = contents(store)
    with pytest.raises(StoreTooNewError, match=r"1\.99.*upgrade"), store.write():
        pytest.fail("it was opened")
    assert contents(store) == before


def _writes(store: Store, failing: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Open for writing with the ``failing``-th request lost; whether none was."""
    with losing(failing, monkeypatch):
        try:
            with store.write():
                return True
        except StoreMissingError:
            return False
