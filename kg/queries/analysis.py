"""What networkx's own algorithms say of a projection, and a projection as flat rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.model import KgError, Modality
from kg.records import RelationshipRecord
from kg.resolution.summary import OVER

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

MEASURES = ("degree", "betweenness", "closeness", "pagerank")
_FIRM = frozenset({Modality.ASSERTED.value, Modality.PLANNED.value, Modality.CONDITIONAL.value})
_OVER = frozenset(s.value for s in OVER)


class MeasureError(KgError):
    """A measure that does not exist was asked for."""


def standing(graph: Graph) -> Graph:
    """The part of a projection that counts: neither rumoured nor denied, and not over."""
    import networkx as nx

    kept = [
        (u, v, k)
        for u, v, k, d in graph.edges(keys=True, data=True)
        if d["modality"] in _FIRM and d.get("status") not in _OVER and u != v
    ]
    found: Graph = nx.MultiDiGraph(nx.edge_subgraph(graph, kept))
    return found


def simple(graph: Graph) -> nx.Graph[str]:
    """Undirected, one edge between two entities however many relationships join them.

    The number of these is the edge's ``weight``.
    """
    import networkx as nx

    flat_graph: nx.Graph[str] = nx.Graph()
    flat_graph.add_nodes_from(sorted(graph.nodes))
    for one, other in sorted((min(u, v), max(u, v)) for u, v in graph.edges()):
        if one == other:
            continue
        known = flat_graph.get_edge_data(one, other)
        flat_graph.add_edge(one, other, weight=(known["weight"] if known else 0) + 1)
    return flat_graph


def centrality(graph: Graph, measure: str = "degree") -> list[tuple[str, float]]:
    """Entities with their score, the highest first; equals by id.

    ``degree`` is the number of others an entity is related to. ``pagerank`` needs scipy.
    Raises MeasureError for a measure that is none of ``MEASURES``.
    """
    import networkx as nx

    undirected = simple(graph)
    if measure == "degree":
        scores: dict[str, float] = {n: float(d) for n, d in undirected.degree()}
    elif measure == "betweenness":
        scores = nx.betweenness_centrality(undirected)
    elif measure == "closeness":
        scores = nx.closeness_centrality(undirected)
    elif measure == "pagerank":
        try:
            scores = nx.pagerank(undirected)
        except ImportError as error:
            raise MeasureError(
                "pagerank needs scipy: install it with `pip install 'ai-industry-kg[analysis]'`"
            ) from error
    else:
        raise MeasureError(f"no measure {measure!r}; choose one of {', '.join(MEASURES)}")
    return sorted(scores.items(), key=lambda s: (-s[1], s[0]))


def communities(graph: Graph) -> list[tuple[str, ...]]:
    """Groups found by greedy modularity, the largest first; the same graph, the same groups."""
    import networkx as nx

    undirected = simple(graph)
    if not undirected.number_of_edges():
        return [(n,) for n in undirected]
    groups = nx.community.greedy_modularity_communities(undirected, weight="weight")
    return sorted((tuple(sorted(g)) for g in groups), key=lambda g: (-len(g), g))


def flat(record: RelationshipRecord) -> Iterator[dict[str, Any]]:
    """A relationship as rows for a frame: one for each stated sum, or one without."""
    s = record.summary
    row: dict[str, Any] = {
        "relationship": record.id,
        "kind": record.kind.value,
        "subject": record.subject.name if record.subject else None,
        "object": record.object.name,
        "modality": s.modality.value,
        "status": s.status.value if s.status else None,
        "in_force": s.in_force,
        "start": s.start,
        "end": s.end,
        "first_reported": s.first_reported,
        "round": ", ".join(s.rounds) or None,
        "instrument": ", ".join(s.instruments) or None,
        "statements": len(record.statements),
        "quote": next((q.quote for st in record.statements for q in st.quotes), None),
    }
    for amount in s.amounts:
        yield {
            **row,
            "value": amount.value,
            "currency": amount.currency,
            "role": amount.role.value,
            "qualifier": amount.qualifier.value,
        }
    if not s.amounts:
        yield {**row, "value": None, "currency": None, "role": None, "qualifier": None}
