"""One measurement in a process of its own: python -m tests.benchmarks.export_run WHAT EDGES FILE.

WHAT is ``ours`` or ``networkx`` of a graph of plain values, or ``projection`` (prints the seconds of the processor that writing took: neither
uses a second core, and other work on the machine then counts for nothing) or ``memory`` (prints the
megabytes that Python held at most for our writing, the projection aside).
"""

from __future__ import annotations

import gc
import random
import sys
import time
import tracemalloc
from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx

from kg.export import export_graph
from kg.export.columns import EDGE_COLUMNS
from kg.export.relations import edge_values
from kg.model import Kind

NODES = 20_000
BASE = "https://w3id.org/ai-industry/id/"
MODALITIES = ("asserted", "asserted", "asserted", "planned", "rumoured")


def projection(edges: int) -> nx.MultiDiGraph[str]:
    """Relationships as the store has them: a sum on a third, one statement with a quote on each."""
    chance = random.Random(1)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title="AI industry relationships")
    for n in range(NODES):
        kind = ("lab", "company", "investor", "authority")[n % 4]
        graph.add_node(
            f"entity-{n}", label=f"Entity {n}", kind=kind, kinds=(kind,), iri=f"{BASE}entity-{n}"
        )
    kinds = [k for k in Kind if k is not Kind.HEADQUARTERS]
    for n in range(edges):
        source, target = int(NODES * chance.random() ** 2), chance.randrange(NODES)
        kind = kinds[n % len(kinds)]
        day = f"20{chance.randint(10, 25)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        key = f"{kind.value}/entity-{source}/entity-{target}/{n}"
        data: dict[str, Any] = {
            "kind": kind.value,
            "label": kind.value,
            "iri": f"{BASE}{key}",
            "modality": MODALITIES[n % 5],
            "status": "completed",
            "in_force": True,
            "start": day,
            "published": day,
            "confidence": round(chance.random(), 2),
            "statements": (
                {
                    "id": f"s{n}",
                    "quotes": (
                        {
                            "start": 0,
                            "end": 60,
                            "quote": f"Entity {source} said on {day} that it works with entity {target}.",
                        },
                    ),
                    "article": f"a{n // 4}",
                    "title": f"Report {n // 4}",
                    "url": f"https://news.example/{n // 4}",
                    "publisher": "The Morning Ledger",
                    "published": day,
                    "modality": "asserted",
                    "confidence": 0.9,
                    "extractor": "rules 1",
                },
            ),
        }
        if n % 3 == 0:
            data["amounts"] = (
                {
                    "value": Decimal(chance.randint(1, 10**6) * 1000),
                    "currency": "USD",
                    "role": "committed",
                    "qualifier": "exact",
                    "stated": "$1",
                    "statement": f"s{n}",
                },
            )
        graph.add_edge(f"entity-{source}", f"entity-{target}", key=key, **data)
    return graph


def flat(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The same graph with the values that our file has, in the only shapes networkx writes."""
    labels = dict(graph.nodes(data="label"))
    values = edge_values(EDGE_COLUMNS, labels)
    names = [c.name for c in EDGE_COLUMNS]
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        made.add_node(node, **{k: str(v) if k == "kinds" else v for k, v in data.items()})
    for source, target, key, data in graph.edges(keys=True, data=True):
        row = zip(names, values([(key, data)]), strict=True)
        kept = {name: value for name, value in row if value is not None}
        # It takes start and end for its own, and refuses dates there.
        kept["begun"], kept["sums"] = kept.pop("start"), kept.pop("amounts", "none")
        made.add_edge(source, target, key=key, label=data["label"], **kept)
    return made


def main(what: str, edges: int, path: Path) -> float:
    graph = projection(edges)
    if what in ("networkx", "ours"):
        graph = flat(graph)
    gc.collect()
    if what == "memory":
        tracemalloc.start()
        export_graph(graph, path, "gexf")
        return tracemalloc.get_traced_memory()[1] / (1 << 20)
    started = time.process_time()
    if what == "networkx":
        nx.write_gexf(graph, path, version="1.2draft")
    else:
        export_graph(graph, path, "gexf")
    return time.process_time() - started


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])))
