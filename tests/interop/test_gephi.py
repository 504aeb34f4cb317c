"""Gephi itself, through its toolkit: no complaint, nothing lost, everything of the type written."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any, Final

import networkx as nx
import pytest
from lxml import etree

from kg.export import export_graph
from kg.model import SYMMETRIC
from tests.interop.gephi import Gephi, Opened

pytestmark = pytest.mark.interop

VERSION: Final = ["INFO GEXF version 1.3"]
"""What the report of a GEXF file without fault says: not a complaint."""
GRAPHS: Final = ("traps", "bundled", "hostile")
TYPES: Final = {
    "in_force": "Boolean",
    "symmetric": "Boolean",
    "amount": "Double",
    "stake_percent": "Double",
    "confidence": "Double",
    "source_count": "Integer",
    "statement_count": "Integer",
    "relationship_count": "Integer",
}
"""The columns that are not texts."""


FILES: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "gexf": ("a.gexf", {}),
    "lite": ("b.gexf", {"format": "gexf-lite"}),
    "pairs": ("c.gexf", {"collapse": True}),
    "graphml": ("d.graphml", {}),
    "csv": ("e.csv", {}),
}


@pytest.fixture(scope="module", params=GRAPHS)
def graph(request: pytest.FixtureRequest) -> nx.MultiDiGraph[str]:
    found: nx.MultiDiGraph[str] = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def opened(
    gephi: Gephi, graph: nx.MultiDiGraph[str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Opened]:
    """The graph in every format that Gephi reads, opened by it."""
    folder = tmp_path_factory.mktemp("gephi")
    groups = [export_graph(graph, folder / name, **options) for name, options in FILES.values()]
    return dict(zip(FILES, gephi.open(*groups), strict=True))


def edges_by_kind(
    graph: nx.MultiDiGraph[str],
) -> dict[tuple[str, str, str], list[dict[str, object]]]:
    found: dict[tuple[str, str, str], list[dict[str, object]]] = {}
    for source, target, data in graph.edges(data=True):
        found.setdefault((source, target, data["kind"]), []).append(data)
    return found


def expected_edges(graph: nx.MultiDiGraph[str], *, directions: bool = True) -> Counter[str]:
    counts: Counter[str] = Counter()
    for _, _, kind in edges_by_kind(graph):
        symmetric = directions and kind in set(map(str, SYMMETRIC))
        counts[f"{kind} {'undirected' if symmetric else 'directed'}"] += 1
    return counts


def expected_nodes(graph: nx.MultiDiGraph[str]) -> Counter[str]:
    return Counter(kind for _, kind in graph.nodes(data="kind"))


def filled(graph: nx.MultiDiGraph[str], name: str) -> int:
    return sum(any(d.get(name) is not None for d in m) for m in edges_by_kind(graph).values())


def check_columns(opened: Opened, graph: nx.MultiDiGraph[str]) -> None:
    edges = {title: found for (owner, title), found in opened.columns.items() if owner == "edge"}
    nodes = {title: found for (owner, title), found in opened.columns.items() if owner == "node"}
    for name, source in (
        ("modality", "modality"),
        ("status", "status"),
        ("in_force", "in_force"),
        ("amount", "amounts"),
        ("currency", "amounts"),
        ("stake_percent", "stake_percent"),
        ("first_reported", "published"),
        ("confidence", "confidence"),
        ("quote", "statements"),
        ("sources", "statements"),
        ("statement_count", "statements"),
        ("participants", "participants"),
        ("terms", "terms"),
        ("start", "start"),
    ):
        count = filled(graph, source)
        assert edges.get(name, (TYPES.get(name, "String"), 0)) == (
            TYPES.get(name, "String"),
            count,
        ), name
    for name in ("country", "city", "names", "released"):
        count = sum(1 for _, value in graph.nodes(data=name) if value)
        assert nodes.get(name, ("String", 0)) == ("String", count), name
    for title, (kind, _) in edges.items():
        if title not in ("Id", "Label", "Interval", "Timestamp", "Weight"):
            assert kind == TYPES.get(title, "String"), title


def test_gexf(opened: dict[str, Opened], graph: nx.MultiDiGraph[str]) -> None:
    found = opened["gexf"]
    assert found.issues == VERSION
    assert found.edges == expected_edges(graph)
    assert found.nodes == expected_nodes(graph)
    assert found.facts["nodes"] == str(len(graph))
    assert found.facts["edges"] == str(len(edges_by_kind(graph)))
    check_columns(found, graph)
    assert found.columns["edge", "Weight"] == ("Double", len(edges_by_kind(graph)))
    assert int(found.facts["node colours"]) == len(expected_nodes(graph))
    assert float(found.facts["spread"]) > 100
    assert found.facts["time format"] == "DATE"
    check_time(found, graph)


def test_gexf_without_time(opened: dict[str, Opened], graph: nx.MultiDiGraph[str]) -> None:
    found = opened["lite"]
    assert found.issues == VERSION
    assert found.edges == expected_edges(graph)
    assert found.nodes == expected_nodes(graph)
    assert found.facts["dynamic"] == "false"
    check_columns(found, graph)


def test_one_edge_a_pair(opened: dict[str, Opened], graph: nx.MultiDiGraph[str]) -> None:
    found = opened["pairs"]
    assert found.issues == VERSION
    pairs = {frozenset((s, t)) for s, t in graph.edges()}
    assert found.facts["edges"] == str(len(pairs))
    assert found.facts["multigraph"] == "false"
    assert found.columns["edge", "kind"] == ("String", len(pairs))
    assert found.columns["edge", "relations"] == ("String", len(pairs))
    assert found.columns["edge", "relationship_count"] == ("Integer", len(pairs))


def test_graphml(opened: dict[str, Opened], graph: nx.MultiDiGraph[str]) -> None:
    found = opened["graphml"]
    # GraphML has no place for a relation, so Gephi asks what to do about parallel edges.
    assert [i for i in found.issues if "Parallel edges" not in i] == []
    assert found.edges == expected_edges(graph, directions=False)
    assert found.nodes == expected_nodes(graph)
    check_columns(found, graph)
    assert int(found.facts["node colours"]) == len(expected_nodes(graph))
    assert float(found.facts["spread"]) > 100


def test_csv(opened: dict[str, Opened], graph: nx.MultiDiGraph[str]) -> None:
    found = opened["csv"]
    assert found.issues == []
    assert found.edges == expected_edges(graph)
    assert found.nodes == expected_nodes(graph)
    assert found.facts["edges"] == str(len(edges_by_kind(graph)))
    check_columns(found, graph)
    check_time(found, graph)


def check_time(opened: Opened, graph: nx.MultiDiGraph[str]) -> None:
    """The spells are those of the file, which ``tests/export`` holds against the graph."""
    stream = io.BytesIO()
    export_graph(graph, stream, "gexf")
    found = etree.fromstring(stream.getvalue()).findall(".//{*}spells")
    written = [spell for spells in found for spell in spells]
    bounds = [day for spell in written for day in spell.attrib.values()]
    assert opened.facts["dynamic"] == "true"
    assert opened.facts["time representation"] == "INTERVAL"
    assert opened.facts["time range"] == f"{min(bounds)} {max(bounds)}"
    assert opened.columns["edge", "Interval"] == ("IntervalSet", len(found))
    assert int(opened.facts["spells"]) == len(written)


def test_force_atlas_lays_it_out(
    gephi: Gephi, bundled: nx.MultiDiGraph[str], tmp_path: Path
) -> None:
    path, picture = tmp_path / "graph.gexf", tmp_path / "graph.svg"
    export_graph(bundled, path)
    gephi.draw(path, picture, steps=200)
    drawn = picture.read_text(encoding="utf-8")
    assert drawn.count("<circle") == len(bundled)
    assert "Mistral AI" in drawn
