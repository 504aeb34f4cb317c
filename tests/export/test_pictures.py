"""The pictures: every name legible, everything explained, the same pixels every time."""

from __future__ import annotations

import io
import itertools
import random
import struct
import zlib
from decimal import Decimal

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from kg.export import export_graph
from kg.export.arrange import islands, pack, separate
from kg.export.drawing import _dots, draw
from kg.export.labels import Dot, Side, covered, free_side, overlap
from kg.export.layout import positions
from kg.export.typography import short_amount, width, wrapped
from kg.export.view import view
from kg.model import EntityKind, Kind
from tests.export.graphs import projections, small

SVG = "{http://www.w3.org/2000/svg}"


def industry(nodes: int, edges: int) -> nx.MultiDiGraph[str]:
    """A few hubs, many that hang on one of them, some that connect two; and islands."""
    chance = random.Random(5)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title="AI industry")
    kinds = list(EntityKind)
    for n in range(nodes):
        first, second = chance.choices(("Neural", "AI", "Quantum", "Hyperscale"), k=2)
        label = f"{first}-{n} Ventures {second}-{n}"[: chance.randint(8, 30)] + f"/{n}"
        graph.add_node(f"n{n}", label=label, kind=kinds[n % len(kinds)].value)
    for n in range(edges):
        source = int(nodes * chance.random() ** 4)
        target = n if n < nodes else chance.randrange(nodes)
        if source != target and target % 10:
            kind = chance.choice(list(Kind))
            ends = (f"n{source}", f"n{target}")
            graph.add_edge(*ends, key=f"r{n}", kind=kind.value, label=kind.value)
    return graph


def svg(graph: nx.MultiDiGraph[str], **options: object) -> etree._Element:
    stream = io.BytesIO()
    export_graph(graph, stream, "svg", **options)  # type: ignore[arg-type]
    return etree.fromstring(stream.getvalue())


def words(root: etree._Element) -> str:
    return "\n".join(t.text or "" for t in root.iter(f"{SVG}text"))


@pytest.mark.parametrize(("nodes", "edges"), [(12, 20), (60, 90), (150, 320)])
def test_no_name_lies_upon_another_or_a_disc(nodes: int, edges: int) -> None:
    looked_at = view(industry(nodes, edges))
    drawn = draw(looked_at, positions(looked_at))
    dots = dots_of(etree.fromstring(drawn.encode()))
    assert len(dots) == nodes
    boxes = [(n, box) for n, (disc, name) in dots.items() for box in (disc, name)]
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        assert one == other or not overlap(a, b), (one, other)


def dots_of(
    root: etree._Element,
) -> dict[str, tuple[tuple[float, float, float, float], tuple[float, float, float, float]]]:
    """Disc and name of each node, from the picture itself."""
    names: dict[str, list[tuple[float, float, float, float]]] = {}
    for text in root.iterfind(f"{SVG}g/{SVG}text"):
        size, x, y = (float(text.get(a)) for a in ("font-size", "x", "y"))
        wide = width(text.text, size, text.get("font-weight") is not None)
        left = {"start": x, "end": x - wide}.get(text.get("text-anchor"), x - wide / 2)
        box = (left, y - size * 0.8, left + wide, y + size * 0.2)
        names.setdefault(" ".join(text.text.split()), []).append(box)
    found = {}
    for circle in root.iterfind(f"{SVG}g/{SVG}circle"):
        label = circle.findtext(f"{SVG}title")
        x, y, r = (float(circle.get(a)) for a in ("cx", "cy", "r"))
        lines = [names[line].pop() for line in wrapped(label)]
        box = tuple(f(b[i] for b in lines) for i, f in enumerate((min, min, max, max)))
        found[label] = ((x - r, y - r, x + r, y + r), box)
    return found


def test_the_legend_has_every_kind_and_what_lines_mean() -> None:
    root = svg(small())
    legend = words(root.findall(f"{SVG}g")[-1])
    for kind in ("lab", "company", "investor", "authority", "model"):
        assert kind in legend
    for _, _, data in small().edges(data=True):
        assert data["label"] in legend
    for meaning in ("rumoured", "denied", "no longer in force"):
        assert meaning in legend
    assert "sovereign fund" not in legend


def test_relations_have_their_colours_and_doubt_is_dashed() -> None:
    root = svg(small())
    lines = {
        g.findtext(f"{SVG}title"): g.find(f"{SVG}path")
        for g in root.iter(f"{SVG}g")
        if g.find(f"{SVG}path") is not None and g.find(f"{SVG}title") is not None
    }
    assert len(lines) == len({(s, t, k) for s, t, k in small().edges(data="kind")})
    invests = lines["Microsoft invests in Mistral AI"]
    distributes = lines["Microsoft distributes models of Mistral AI"]
    assert invests.get("stroke") != distributes.get("stroke")
    assert invests.get("d") != distributes.get("d")  # parallel lines bend apart
    assert invests.get("stroke-dasharray") is None
    assert lines["Andreessen Horowitz invests in Mistral AI"].get("stroke-dasharray") == "6 4"


def test_what_it_shows_stands_at_its_head() -> None:
    graph = small()
    graph.graph["part"] = "within one step"
    told = words(svg(graph))
    assert "AI industry <test> & more" in told
    assert "within one step; 7 entities, 10 relationships; read from 8 articles" in told
    assert "2023-01-23 to 2024-04-24; as of 2025-01-01" in told
    assert "€15m" in told and "$10bn" in told


def test_many_nodes_are_named_where_there_is_room() -> None:
    graph = industry(450, 700)
    root = svg(graph)
    assert len(root.findall(f"{SVG}g/{SVG}circle")) == 450
    names = root.findall(f"{SVG}g/{SVG}text")
    assert 20 <= len(names) <= 400


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(projections())
def test_any_projection_can_be_drawn(graph: nx.MultiDiGraph[str]) -> None:
    root = svg(graph, collapse=bool(len(graph) % 2))
    wide, high = (float(root.get(a)) for a in ("width", "height"))
    for circle in root.findall(f"{SVG}g/{SVG}circle"):
        assert 0 < float(circle.get("cx")) < wide
        assert 0 < float(circle.get("cy")) < high


def test_a_foreign_number_called_amount_is_not_a_sum() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "b", key="1", kind="release", amount=3.5)
    assert "3.5" not in words(svg(graph))


def test_png_is_the_same_picture_every_time() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for stream in (first, second):
        export_graph(small(), stream, "png")
    data = first.getvalue()
    assert data == second.getvalue()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high, depth, colour = struct.unpack(">IIBB", data[16:26])
    root = svg(small())
    assert abs(wide - 2 * float(root.get("width"))) <= 2
    assert abs(high - 2 * float(root.get("height"))) <= 2
    assert (depth, colour) == (8, 6)
    assert len(set(pixels(data, wide))) > 20  # discs, lines and letters, not an empty page


def pixels(data: bytes, wide: int) -> list[bytes]:
    """The unfiltered bytes of a PNG by fours: enough to tell colours from none."""
    packed, at = b"", 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            packed += data[at + 8 : at + 8 + size]
        at += size + 12
    raw = zlib.decompress(packed)
    return [raw[i : i + 4] for i in range(1, len(raw) - 4, 4)]


def test_labels_keep_to_the_free_side() -> None:
    assert free_side([]) is Side.SOUTH
    assert free_side([(0, 5)]) is Side.NORTH
    assert free_side([(0, -5), (1, -5)]) is Side.SOUTH
    assert free_side([(-5, 0)]) is Side.EAST
    assert free_side([(0, 5), (0, -5), (5, 0)]) is Side.WEST


@pytest.mark.parametrize("side", Side)
def test_a_name_never_covers_its_own_disc(side: Side) -> None:
    dot = Dot("n", 100.0, 100.0, 12.0, ("Mistral", "AI"), 12.0, False, side)
    left, top, right, bottom = dot.name()
    across, down = side.value
    nearest_x = min(max(100.0, left), right) - 100.0
    nearest_y = min(max(100.0, top), bottom) - 100.0
    assert (nearest_x**2 + nearest_y**2) ** 0.5 >= 12.0
    assert (left + right) / 2 * across >= 100.0 * across
    assert (top + bottom) / 2 * down >= 100.0 * down


def test_boxes_are_parted_islands_found_and_packed() -> None:
    np = pytest.importorskip("numpy")
    places = separate(np.zeros((20, 2)), np.full((20, 2), (30.0, 12.0)))
    for a, b in itertools.combinations(places, 2):
        assert abs(a[0] - b[0]) >= 30 - 1e-5 or abs(a[1] - b[1]) >= 12 - 1e-5
    assert islands(list("abcde"), [(0, 3), (3, 4)]) == [[0, 3, 4], [1], [2]]
    corners = pack([(10, 10), (30, 5), (10, 20)], 2, 1.5)
    boxes = [
        (x, y, x + w, y + h)
        for (x, y), (w, h) in zip(corners, [(10, 10), (30, 5), (10, 20)], strict=True)
    ]
    assert not any(overlap(a, b) for a, b in itertools.combinations(boxes, 2))
    assert covered((0, 0, 2, 2), np.array([(1, 1), (3, 1), (1, 1.5)])) == 2


@pytest.mark.parametrize(
    ("value", "further", "expected"),
    [
        ("15000000", ("EUR",), "€15m"),
        ("1234567890", ("USD", "about"), "~$1.235bn"),
        ("13000000000", ("USD", "exact", "round_total"), "of a $13bn round"),
        ("500", ("JPY", "up_to"), "≤ JPY 500"),
        ("2000", ("GBP", "at_least", "fine"), "≥ £2k fine"),
    ],
)
def test_sums_are_short(value: str, further: tuple[str, ...], expected: str) -> None:
    assert short_amount(Decimal(value), *further) == expected


def test_long_names_take_two_lines_and_endless_ones_an_ellipsis() -> None:
    assert wrapped("Mistral AI") == ("Mistral AI",)
    assert wrapped("Competition and Markets Authority") == ("Competition and", "Markets Authority")
    assert all(len(line) <= 36 for line in wrapped("x" * 500 + " y"))
    assert wrapped("x" * 500)[0].endswith("…")


def test_dots_of_few_and_of_many_have_their_places() -> None:
    for graph in (small(), industry(60, 90)):
        looked_at = view(graph)
        dots = _dots(looked_at, positions(looked_at), list(looked_at.edges()))
        assert {d.node for d in dots} == set(graph)
        assert min(min(d.extent()[:2]) for d in dots) > 0
