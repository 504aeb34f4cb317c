"""The programs and the graphs that several of these tests share."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pytest

from kg.graph import project
from kg.model import Kind, Modality, Status
from kg.store import open_store
from tests.export.graphs import amount, small, statement
from tests.interop.gephi import Gephi
from tests.interop.gephi import gephi as start_gephi


@pytest.fixture(scope="session")
def gephi() -> Gephi:
    return start_gephi()


@pytest.fixture(scope="session")
def bundled(bundled_store: Path) -> nx.MultiDiGraph[str]:
    with open_store(bundled_store).read() as reader:
        return project(reader)


@pytest.fixture(scope="session")
def traps() -> nx.MultiDiGraph[str]:
    return small()


@pytest.fixture(scope="session")
def hostile() -> nx.MultiDiGraph[str]:
    """Thousands of edges with every attribute, in texts that break careless readers."""
    chance = random.Random(7)
    signs = "<&\"'>\x00\x0b\n\r\t ;|,=+-@é智🜂ﬁ\u2028%s{}\\"

    def text() -> str:
        return "".join(chance.choice(signs) for _ in range(chance.randint(1, 12))) + "x"

    g: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=text())
    for n in range(300):
        g.add_node(f"n{n}", label=f"{text()} {n}", kind="company", kinds=("company",), city=text())
    for n in range(4000):
        kind = chance.choice(list(Kind))
        source, target = sorted(chance.sample(range(300), 2))
        start = f"{chance.randint(1990, 2026)}-{chance.randint(1, 12):02d}"
        g.add_edge(
            f"n{source}",
            f"n{target}",
            key=f"r{n}",
            kind=kind.value,
            label=kind.value,
            modality=chance.choice(list(Modality)).value,
            status=chance.choice(list(Status)).value,
            start=start,
            published=start,
            confidence=chance.random(),
            stake_percent=Decimal(chance.randint(1, 999)) / 10,
            in_force=chance.random() < 0.5,
            amounts=(amount(str(chance.randint(1, 10**12)), "USD", f"s{n}"),),
            statements=(statement(f"s{n}", text()),),
        )
    return g
