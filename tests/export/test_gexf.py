"""GEXF 1.3: what the file says, and that it says it whatever the graph holds."""

from __future__ import annotations

import io
import itertools
import subprocess
import sys
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from kg.export import ExportError, Layout, export_graph
from kg.export import rows as rows_module
from kg.export.view import Edge
from kg.model import SYMMETRIC
from tests.export.graphs import projections, small

NS = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}
TYPES = {"string": str, "double": float, "integer": int, "boolean": str}


def gexf(graph: nx.MultiDiGraph[str], **options: object) -> etree._Element:
    return etree.fromstring(as_bytes(graph, **options))


def as_bytes(graph: nx.MultiDiGraph[str], **options: object) -> bytes:
    stream = io.BytesIO()
    export_graph(graph, stream, options.pop("format", "gexf"), **options)  # type: ignore[arg-type]
    return stream.getvalue()


def titles(root: etree._Element, owner: str) -> dict[str, tuple[str, str]]:
    found = root.findall(f".//g:attributes[@class='{owner}']/g:attribute", NS)
    assert [a.get("id") for a in found] == [str(i) for i in range(len(found))]
    return {a.get("id"): (a.get("title"), a.get("type")) for a in found}


def values(root: etree._Element, element: etree._Element, owner: str) -> dict[str, object]:
    known = titles(root, owner)
    found: dict[str, object] = {}
    for value in element.findall("g:attvalues/g:attvalue", NS):
        title, kind = known[value.get("for")]
        assert title not in found
        assert value.get("value") != ""
        found[title] = TYPES[kind](value.get("value"))
    return found


def edge(root: etree._Element, source: str, target: str, kind: str) -> etree._Element:
    (found,) = root.findall(
        f".//g:edge[@source='{source}'][@target='{target}'][@kind='{kind}']", NS
    )
    return found


def test_the_head_says_what_gephi_needs() -> None:
    root = gexf(small())
    graph = root.find("g:graph", NS)
    assert root.get("version") == "1.3"
    assert dict(graph.attrib) == {
        "mode": "dynamic",
        "timeformat": "date",
        "timerepresentation": "interval",
        "idtype": "string",
    }
    assert root.findtext("g:meta/g:description", namespaces=NS) == "AI industry <test> & more"
    assert root.find("g:meta", NS).get("lastmodifieddate") is None
    assert len(graph.findall("g:attributes", NS)) == 2


@pytest.mark.parametrize(
    ("kinds", "default"), [({"investment"}, "directed"), ({"competition"}, "undirected")]
)
def test_a_default_direction_only_where_all_edges_have_it(kinds: set[str], default: str) -> None:
    graph = small()
    graph.remove_edges_from(
        [(s, t, k) for s, t, k, d in graph.edges(keys=True, data=True) if d["kind"] not in kinds]
    )
    assert gexf(graph).find("g:graph", NS).get("defaultedgetype") == default


def test_money_keeps_its_currency_and_never_weighs() -> None:
    root = gexf(small())
    found = edge(root, "microsoft", "mistral-ai", "investment")
    assert found.get("weight") is None
    said = values(root, found, "edge")
    assert said["amount"] == 15_000_000.0
    assert said["currency"] == "EUR"
    assert said["amounts"] == "EUR 15000000; USD 16300000 (equivalent, about)"
    assert said["instrument"] == "convertible"
    assert said["terms"] == "conversion: next funding round"


def test_evidence_and_sources_are_attributes() -> None:
    root = gexf(small())
    said = values(root, edge(root, "microsoft", "mistral-ai", "investment"), "edge")
    assert said["quote"] == 'Microsoft put in €15 million; "a small sum" & no stake yet.'
    assert said["quotes"] == f"{said['quote']} | The stake would be worth about $16.3 million."
    assert "https://news.example/article-s1?a=1&b=2" in str(said["sources"])
    assert said["source_count"] == said["statement_count"] == 2
    rumour = values(root, edge(root, "andreessen-horowitz", "mistral-ai", "investment"), "edge")
    assert rumour["quote"] == "It is said to lead.\nTalks go on."
    assert rumour["modality"] == "rumoured"
    assert rumour["stake_percent"] == 12.5


def test_relationships_of_one_kind_share_an_edge_and_nothing_is_added_up() -> None:
    root = gexf(small())
    found = edge(root, "microsoft", "openai", "investment")
    said = values(root, found, "edge")
    assert said["relationships"] == "inv-2; inv-3; inv-4"
    assert said["relationship_count"] == 3
    assert said["amount"] == 10_000_000_000.0  # the latest
    assert said["amounts"] == "USD 1000000000; USD 2000000000; USD 10000000000"
    spells = [dict(s.attrib) for s in found.findall("g:spells/g:spell", NS)]
    assert spells == [{"start": "2019-07-22", "end": "2019-12-31"}, {"start": "2021-01-01"}]
    assert (said["start"], said.get("end")) == ("2019-07-22", None)


def test_kinds_between_the_same_two_stay_apart() -> None:
    root = gexf(small())
    between = root.findall(".//g:edge[@source='microsoft'][@target='mistral-ai']", NS)
    assert [e.get("kind") for e in between] == ["distribution", "investment"]
    assert [e.get("label") for e in between] == ["distributes models of", "invests in"]


def test_only_symmetric_kinds_are_undirected() -> None:
    for found in gexf(small()).findall(".//g:edge", NS):
        expected = "undirected" if found.get("kind") in set(map(str, SYMMETRIC)) else "directed"
        assert found.get("type") == expected


def test_nodes_have_colours_sizes_and_places_of_their_own() -> None:
    nodes = gexf(small()).findall(".//g:node", NS)
    colours = {tuple(n.find("viz:color", NS).attrib.items()) for n in nodes}
    assert len(colours) == 5  # lab, company, investor, authority, model
    assert all(set(n.find("viz:color", NS).attrib) == {"r", "g", "b"} for n in nodes)
    sizes = {n.get("id"): float(n.find("viz:size", NS).get("value")) for n in nodes}
    assert max(sizes, key=lambda n: sizes[n]) == "mistral-ai"
    places = [tuple(n.find("viz:position", NS).attrib.values()) for n in nodes]
    assert len(set(places)) == len(nodes)


def test_a_raise_without_investor_is_told_at_its_company() -> None:
    root = gexf(small())
    (node,) = root.findall(".//g:node[@id='zhipu-ai']", NS)
    said = values(root, node, "node")["unnamed_raises"]
    assert said == (
        "USD 340000000 (round total), Series B, “It raised $340 million.”, "
        "The Morning Ledger, 2024-02-27, Report article-s9, https://news.example/article-s9?a=1&b=2"
    )


def test_lite_leaves_out_time_and_nothing_else() -> None:
    whole, lite = gexf(small()), gexf(small(), format="gexf-lite")
    assert lite.find("g:graph", NS).get("mode") == "static"
    assert not lite.findall(".//g:spell", NS)
    found = edge(lite, "microsoft", "openai", "investment")
    assert values(lite, found, "edge")["start"] == "2019-07-22"
    for etree_root in (whole, lite):
        for spells in etree_root.findall(".//g:spells", NS):
            spells.getparent().remove(spells)
        etree_root.find("g:graph", NS).attrib.clear()
    assert etree.tostring(whole) == etree.tostring(lite)


def test_collapse_makes_one_edge_of_a_pair() -> None:
    root = gexf(small(), collapse=True)
    assert root.find("g:graph", NS).get("defaultedgetype") == "undirected"
    (found,) = root.findall(".//g:edge[@id='microsoft:mistral-ai']", NS) or root.findall(
        ".//g:edge[@id='mistral-ai:microsoft']", NS
    )
    said = values(root, found, "edge")
    assert found.get("weight") == "2.0"
    assert said["kind"] == "distribution; investment"
    assert "amount" not in said
    assert said["relations"] == (
        "Microsoft distributes models of Mistral AI; "
        "Microsoft invests in Mistral AI (EUR 15000000; USD 16300000 (equivalent, about))"
    )
    pairs = {frozenset((s, t)) for s, t in small().edges()}
    assert len(root.findall(".//g:edge", NS)) == len(pairs)


def test_columns_nobody_fills_are_left_out() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "b", key="r", kind="release", label="releases")
    root = gexf(graph)
    assert {t for t, _ in titles(root, "edge").values()} == {
        "kind",
        "relationship_count",
        "relationships",
    }
    assert root.find("g:graph", NS).get("mode") == "static"


def test_an_attribute_not_foreseen_keeps_its_name_and_gets_a_type_from_all_values() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "b", key="1", kind="release", score=1, amount="much", flag=True)
    graph.add_edge("a", "c", key="2", kind="release", score=0.5, note="new", flag=False)
    graph.add_edge("b", "c", key="3", kind="release", score=None, note=("a", "b"))
    root = gexf(graph)
    types = dict(titles(root, "edge").values())
    assert types["score"] == "double"
    assert types["amount"] == "string"
    assert types["flag"] == "boolean"
    said = [values(root, e, "edge") for e in root.findall(".//g:edge", NS)]
    assert [s.get("score") for s in said] == [1.0, 0.5, None]
    assert [s.get("note") for s in said] == [None, "new", "a; b"]
    assert said[0]["amount"] == "much"
    assert [s.get("flag") for s in said] == ["true", "false", None]


def test_a_foreign_attribute_never_takes_the_place_of_a_column() -> None:
    graph = small()
    graph["microsoft"]["mistral-ai"]["inv-1"]["amount"] = "about fifteen"
    names = [t for t, _ in titles(gexf(graph), "edge").values()]
    assert "amount" in names and "amount (attribute)" in names
    assert len(names) == len(set(names))


def test_a_date_that_is_none_is_reported_with_its_place() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "b", key="r9", kind="release", start="next spring")
    with pytest.raises(ExportError, match=r"r9.*a to b.*next spring"):
        gexf(graph)


def test_networkx_reads_it_where_all_edges_are_directed() -> None:
    graph = small()
    graph.remove_edges_from(
        [
            (s, t, k)
            for s, t, k, d in graph.edges(keys=True, data=True)
            if d["kind"] in set(map(str, SYMMETRIC))
        ]
    )
    read = nx.read_gexf(io.BytesIO(as_bytes(graph)), version="1.3")
    assert set(read) == set(graph)
    kinds = Counter((s, t, d["kind"]) for s, t, d in read.edges(data=True))
    assert kinds == {(s, t, d["kind"]): 1 for s, t, d in graph.edges(data=True)}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(projections())
def test_any_projection_gives_a_sound_file(graph: nx.MultiDiGraph[str]) -> None:
    for options in ({}, {"collapse": True}, {"format": "gexf-lite"}):
        root = gexf(graph, layout=Layout.HUBS, **options)
        nodes = [n.get("id") for n in root.findall(".//g:node", NS)]
        edges = root.findall(".//g:edge", NS)
        ids = [e.get("id") for e in edges]
        assert nodes == sorted(graph)
        assert len(set(ids)) == len(ids)
        for found in edges:
            values(root, found, "edge")
            assert found.get("type") in ("directed", "undirected")
            spells = found.findall("g:spells/g:spell", NS)
            bounds = [(s.get("start", "0"), s.get("end", "9999")) for s in spells]
            assert all(first <= last for first, last in bounds)
            assert all(a[1] < b[0] for a, b in itertools.pairwise(bounds))
        if not options:
            kinds = {(s, t, d["kind"]) for s, t, d in graph.edges(data=True)}
            assert {(e.get("source"), e.get("target"), e.get("kind")) for e in edges} == kinds
            assert len(edges) == len(kinds)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(projections())
def test_the_template_and_the_long_way_say_the_same(graph: nx.MultiDiGraph[str]) -> None:
    quick = gexf(graph, layout=Layout.HUBS)
    kept = rows_module.EdgeLines._quickly

    def never(self: object, plan: object, edge: Edge, data: object) -> None:
        return None

    rows_module.EdgeLines._quickly = never  # type: ignore[method-assign, assignment]
    try:
        slow = gexf(graph, layout=Layout.HUBS)
    finally:
        rows_module.EdgeLines._quickly = kept  # type: ignore[method-assign]
    for one, other in zip(
        quick.findall(".//g:edge", NS), slow.findall(".//g:edge", NS), strict=True
    ):
        assert values(quick, one, "edge") == values(slow, other, "edge")
        assert dict(one.attrib) == dict(other.attrib)


def test_the_template_is_used_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for i in range(50):
        graph.add_edge(
            "a",
            f"b{i}",
            key=f"r{i}",
            kind="release",
            label="100% of",
            iri=f"x{i}",
            modality="asserted",
        )
    slowly: list[Edge] = []
    kept = rows_module.EdgeLines._slowly
    monkeypatch.setattr(
        rows_module.EdgeLines, "_slowly", lambda self, edge: slowly.append(edge) or kept(self, edge)
    )
    root = gexf(graph)
    assert not slowly
    assert {e.get("label") for e in root.findall(".//g:edge", NS)} == {"100% of"}


def test_the_order_of_building_does_not_matter() -> None:
    graph = small()
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert as_bytes(graph) == as_bytes(turned)


_RUN = """
import sys
from pathlib import Path
from kg.export import FORMATS, export_graph
from tests.export.graphs import small
out = Path(sys.argv[1])
for name in ("gexf", "gexf-lite", "graphml", "csv", "cytoscape", "node-link", "dot", "svg"):
    with (out / name).open("wb") as stream:
        export_graph(small(), stream, name)
"""


def test_every_run_gives_the_same_bytes(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    found = []
    for seed in ("0", "42"):
        folder = tmp_path / seed
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", _RUN, str(folder)],
            check=True,
            cwd=root,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
        )
        found.append({p.name: p.read_bytes() for p in folder.iterdir()})
    assert len(found[0]) == 8
    assert found[0] == found[1]


def test_layouts_may_be_chosen() -> None:
    force, hubs = (as_bytes(small(), layout=x) for x in (Layout.FORCE, Layout.HUBS))
    assert force != hubs
    assert as_bytes(small()) == force
