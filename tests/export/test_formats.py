"""The formats beside GEXF: what each says, read back by a parser that is not ours."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from kg.export import FORMATS, ExportError, Layout, export_graph, format_of
from kg.export.tables import cell
from kg.model import SYMMETRIC
from tests.export.graphs import projections, small


def written(graph: nx.MultiDiGraph[str], name: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    export_graph(graph, stream, name, **options)
    return stream.getvalue()


def tables(graph: nx.MultiDiGraph[str], **options: Any) -> tuple[list[dict[str, str]], ...]:
    with zipfile.ZipFile(io.BytesIO(written(graph, "csv", **options))) as archive:
        return tuple(
            list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline="")))
            for name in ("nodes.csv", "edges.csv")
        )


def kinds(graph: nx.MultiDiGraph[str]) -> set[tuple[str, str, str]]:
    return {(s, t, k) for s, t, k in graph.edges(data="kind")}


def test_csv_bears_the_names_gephi_looks_for() -> None:
    nodes, edges = tables(small())
    assert list(nodes[0])[:3] == ["Id", "Label", "kind"]
    assert list(edges[0])[:7] == ["Source", "Target", "Type", "Kind", "Id", "Label", "Weight"]
    assert {n["Id"]: n["Label"] for n in nodes} == dict(small().nodes(data="label"))
    found = {(e["Source"], e["Target"], e["Kind"]): e for e in edges}
    assert set(found) == kinds(small())
    investment = found["microsoft", "mistral-ai", "investment"]
    assert investment["amount"] == "15000000.0"
    assert investment["currency"] == "EUR"
    assert investment["Weight"] == "1.0"
    assert investment["sources"].startswith("The Morning Ledger, 2024-02-27")
    assert found["mistral-ai", "zhipu-ai", "partnership"]["Type"] == "Undirected"


def test_csv_tells_time_so_that_gephi_reads_it() -> None:
    _, edges = tables(small())
    found = {(e["Source"], e["Target"], e["Kind"]): e for e in edges}
    scrutiny = found["cma", "mistral-ai", "scrutiny"]
    assert (scrutiny["start"], scrutiny["end"]) == ("2024/04/24", "2024/05/17")
    assert scrutiny["Timeset"] == "<[2024-04-24, 2024-05-17]>"
    several = found["microsoft", "openai", "investment"]
    assert several["Timeset"] == "<[2019-07-22, 2019-12-31]; [2021-01-01, Infinity]>"
    assert found["mistral-ai", "openai", "competition"]["Timeset"] == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("\xa0 =1", "'\xa0 =1"),
        ("a\rb\r\nc", "a\nb\nc"),
        ("C:\\temp", "C:\\\\temp"),
        ("profit = 5 - 3", "profit = 5 - 3"),
    ],
)
def test_no_cell_is_a_formula_or_breaks_a_record(text: str, expected: str) -> None:
    assert cell(text) == expected


def test_csv_goes_into_a_folder_two_files_or_a_zip(tmp_path: Path) -> None:
    assert export_graph(small(), tmp_path / "g.csv") == (
        tmp_path / "g-nodes.csv",
        tmp_path / "g-edges.csv",
    )
    folder = tmp_path / "folder"
    folder.mkdir()
    assert export_graph(small(), folder, "csv") == (folder / "nodes.csv", folder / "edges.csv")
    (packed,) = export_graph(small(), tmp_path / "g.zip")
    with zipfile.ZipFile(packed) as archive:
        assert archive.read("nodes.csv") == (folder / "nodes.csv").read_bytes()
        assert archive.testzip() is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(projections())
def test_any_projection_gives_sound_tables(graph: nx.MultiDiGraph[str]) -> None:
    nodes, edges = tables(graph)
    assert [n["Id"] for n in nodes] == sorted(graph)
    assert {(e["Source"], e["Target"], e["Kind"]) for e in edges} == kinds(graph)
    for row in (*nodes, *edges):
        assert None not in row and None not in row.values()  # no more and no fewer cells
        assert not any(v.startswith(("=", "+", "-", "@")) for v in row.values())


def test_graphml_says_direction_and_types() -> None:
    read = nx.read_graphml(io.BytesIO(written(small(), "graphml")), force_multigraph=True)
    assert {(s, t, k) for s, t, k in read.edges(data="kind")} == kinds(small())
    for _, _, data in read.edges(data=True):
        assert data["symmetric"] is (data["kind"] in set(map(str, SYMMETRIC)))
        assert isinstance(data.get("amount", 0.0), float)
        assert isinstance(data["relationship_count"], int)
    assert read.nodes["mistral-ai"]["label"] == "Mistral AI"
    assert {"x", "y", "size", "r", "g", "b"} <= set(read.nodes["mistral-ai"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(projections())
def test_any_projection_gives_sound_graphml(graph: nx.MultiDiGraph[str]) -> None:
    root = etree.fromstring(written(graph, "graphml", layout=Layout.HUBS))
    keys = {k.get("id") for k in root.iterfind("{*}key")}
    nodes = [n.get("id") for n in root.iter("{*}node")]
    edges = list(root.iter("{*}edge"))
    assert nodes == sorted(graph)
    assert len({e.get("id") for e in edges}) == len(edges) == len(kinds(graph))
    assert {d.get("key") for d in root.iter("{*}data")} <= keys


def test_graphml_ids_are_tokens_whatever_the_nodes_are_called() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a b", "a.20.b", key="1", kind="release")
    graph.add_edge("智谱", "", key="2", kind="release")
    root = etree.fromstring(written(graph, "graphml"))
    ids = [n.get("id") for n in root.iter("{*}node")]
    assert len(set(ids)) == 4
    assert not any(set(i) & set(" \t\n<>&/") or not i for i in ids)
    ends = {e.get(end) for e in root.iter("{*}edge") for end in ("source", "target")}
    assert ends == set(ids)


def test_node_link_keeps_everything() -> None:
    graph = small()
    read = nx.node_link_graph(json.loads(written(graph, "node-link")), edges="edges")
    assert set(read.edges(keys=True)) == set(graph.edges(keys=True))
    found = read["microsoft"]["mistral-ai"]["inv-1"]
    data = graph["microsoft"]["mistral-ai"]["inv-1"]
    assert found["statements"][0]["quotes"] == [dict(q) for q in data["statements"][0]["quotes"]]
    assert [Decimal(a["value"]) for a in found["amounts"]] == [a["value"] for a in data["amounts"]]
    assert found["terms"] == [["conversion", "next funding round"]]
    assert read.graph["title"] == graph.graph["title"]
    assert read.nodes["openai"]["names"] == ["Open AI"]


def test_cytoscape_places_and_colours() -> None:
    read = json.loads(written(small(), "cytoscape"))
    nodes, edges = read["elements"]["nodes"], read["elements"]["edges"]
    assert {n["data"]["id"] for n in nodes} == set(small())
    assert {e["data"]["id"] for e in edges} == {k for _, _, k in small().edges(keys=True)}
    assert all({"x", "y"} == set(n["position"]) for n in nodes)
    investment = next(e["data"] for e in edges if e["data"]["id"] == "inv-1")
    assert investment["interaction"] == "investment"
    assert investment["amount"] == 15_000_000.0
    assert investment["color"].startswith("#")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(projections())
def test_any_projection_gives_sound_json(graph: nx.MultiDiGraph[str]) -> None:
    whole = json.loads(written(graph, "node-link"))
    flat = json.loads(written(graph, "cytoscape", layout=Layout.HUBS))
    assert len(whole["edges"]) == len(flat["elements"]["edges"]) == graph.number_of_edges()
    assert len(whole["nodes"]) == len(flat["elements"]["nodes"]) == len(graph)


def test_dot_quotes_every_text() -> None:
    text = written(small(), "dot").decode()
    assert text.startswith('digraph "AI industry <test> & more" {')
    assert text.count(" -> ") == len(kinds(small()))
    assert 'label="智谱 “AI”"' in text
    assert '\\"a small sum\\"' in text
    assert 'dir="none"' in text and 'style="dashed"' in text


def test_parquet_has_types() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    with zipfile.ZipFile(io.BytesIO(written(small(), "parquet"))) as archive:
        nodes, edges = (
            parquet.read_table(io.BytesIO(archive.read(f"{part}.parquet")))
            for part in ("nodes", "edges")
        )
    assert nodes.num_rows == len(small())
    assert edges.num_rows == small().number_of_edges()
    types = {field.name: str(field.type) for field in edges.schema}
    assert types["amount"] == "double"
    assert types["relationship_count"] == "int64"
    assert types["in_force"] == "bool"
    rows = {row["Id"]: row for row in edges.to_pylist()}
    assert rows["inv-1"]["amount"] == 15_000_000.0
    assert rows["com-1"]["amount"] is None
    assert rows["scr-1"]["start"] == "2024-04-24"


def test_parquet_without_pyarrow_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"pip install 'ai-industry-kg\[parquet\]'"):
        written(small(), "parquet")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_an_empty_graph_is_a_file_too(name: str) -> None:
    assert written(nx.MultiDiGraph(), name)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"png", "parquet"}))
def test_progress_ends_at_the_whole(name: str) -> None:
    told: list[tuple[int, int]] = []
    written(small(), name, progress=lambda done, total: told.append((done, total)))
    size = small().number_of_edges()
    assert told[-1] == (size, size)
    assert [d for d, _ in told] == sorted(d for d, _ in told)


def test_suffixes_stand_for_formats() -> None:
    assert format_of(Path("x.GEXF")).name == "gexf"
    assert format_of(Path("x.gv")).name == "dot"
    with pytest.raises(ExportError, match=r"x\.doc: the suffix '\.doc' stands for no format"):
        format_of(Path("x.doc"))
    with pytest.raises(ExportError, match="it has no suffix"):
        format_of(Path("x"))
    with pytest.raises(ExportError, match="unknown format 'xls'; formats are gexf"):
        export_graph(small(), io.BytesIO(), "xls")
    with pytest.raises(ExportError, match="a stream has no suffix"):
        export_graph(small(), io.BytesIO())
