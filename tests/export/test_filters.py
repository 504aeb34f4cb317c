"""Parts of a projection: by kind, time, confidence, modality, and around an entity."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.export import ExportError
from kg.export.filters import filter_graph, find_node
from kg.model import Kind, Modality
from tests.export.graphs import projections, small


def keys(graph: nx.MultiDiGraph[str]) -> set[str]:
    return {key for _, _, key in graph.edges(keys=True)}


def test_by_kind_only_with_the_entities_they_connect() -> None:
    found = filter_graph(small(), kinds=[Kind.SCRUTINY])
    assert keys(found) == {"scr-1"}
    assert set(found) == {"cma", "mistral-ai"}
    assert found.nodes["cma"] == small().nodes["cma"]


def test_by_modality_and_confidence() -> None:
    assert keys(filter_graph(small(), modalities=[Modality.RUMOURED])) == {"inv-5"}
    assert keys(filter_graph(small(), modalities=["denied", "rumoured"])) == {"par-1", "inv-5"}
    assert keys(filter_graph(small(), min_confidence=0.9)) == {"inv-1", "dis-1", "scr-1"}


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        ("2024-04-23", False),
        ("2024-04-24", True),
        ("2024-04", True),  # the month's last day
        ("2024-05-17", True),
        ("2024-05-18", False),
        ("2024", False),
    ],
)
def test_as_of_keeps_what_was_true(day: str, holds: bool) -> None:
    assert ("scr-1" in keys(filter_graph(small(), as_of=day))) is holds


def test_as_of_takes_the_first_report_where_no_start_is_known() -> None:
    assert "inv-5" not in keys(filter_graph(small(), as_of="2023-12-03"))
    assert "inv-5" in keys(filter_graph(small(), as_of="2023-12-04"))


def test_known_by_keeps_statements_and_the_sums_they_state() -> None:
    graph = small()
    data = graph["microsoft"]["mistral-ai"]["inv-1"]
    data["statements"][0]["published"] = "2025-06-01"
    found = filter_graph(graph, known_by="2024-12-31")
    kept = found["microsoft"]["mistral-ai"]["inv-1"]
    assert [s["id"] for s in kept["statements"]] == ["s2"]
    assert "amounts" not in kept  # the sums were stated by the other
    assert kept["confidence"] == 0.7
    assert len(data["statements"]) == 2  # what was given is not changed
    assert not keys(filter_graph(graph, known_by="2015"))


def test_around_goes_in_both_directions_and_keeps_the_rim_connected() -> None:
    found = filter_graph(small(), around="OpenAI")
    assert set(found) == {"openai", "microsoft", "mistral-ai", "gpt-4"}
    assert {"inv-1", "dis-1"} <= keys(found)  # between two on the rim
    assert set(filter_graph(small(), around="CMA", depth=2)) == set(small()) - {"gpt-4"}
    assert set(filter_graph(small(), around=["cma", "gpt-4"], depth=0)) == {"cma", "gpt-4"}
    assert set(filter_graph(small(), around="gpt-4", kinds=["scrutiny"])) == {"gpt-4"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kinds": ["marriage"]}, "unknown kind marriage; there are acquisition"),
        ({"modalities": ["maybe"]}, "unknown modality maybe"),
        ({"as_of": "soon"}, "as-of: .*soon"),
        ({"around": "Mistrl AI"}, "did you mean Mistral AI"),
        ({"around": "qqqq"}, "kg show lists the entities"),
        ({"around": "CMA", "depth": -1}, "depth -1"),
    ],
)
def test_what_cannot_be_is_told(options: dict[str, object], message: str) -> None:
    with pytest.raises(ExportError, match=message):
        filter_graph(small(), **options)  # type: ignore[arg-type]


def test_a_name_that_two_bear_asks_for_the_id() -> None:
    graph = small()
    graph.add_node("cma-cgm", label="CMA CGM", names=("CMA",))
    with pytest.raises(ExportError, match="may mean cma, cma-cgm; give the id"):
        find_node(graph, "C.M.A.")
    assert find_node(graph, "cma") == "cma"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(projections(), st.sampled_from(list(Kind)), st.floats(0, 1), st.integers(1990, 2030))
def test_filters_only_take_away(
    graph: nx.MultiDiGraph[str], kind: Kind, confidence: float, year: int
) -> None:
    assert keys(filter_graph(graph)) == keys(graph)
    found = filter_graph(graph, kinds=[kind], min_confidence=confidence, as_of=str(year))
    for source, target, key, data in found.edges(keys=True, data=True):
        assert data == graph[source][target][key]
        assert data["kind"] == kind and data.get("confidence", 0.0) >= confidence
    one_by_one = filter_graph(
        filter_graph(filter_graph(graph, as_of=str(year)), min_confidence=confidence), kinds=[kind]
    )
    assert keys(one_by_one) == keys(found)
