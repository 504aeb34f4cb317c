"""The projection as writers see it: nodes in order, edges merged, columns known beforehand.

Everything is read in one order (nodes by id, edges by ends, kind and id), so a file depends
on what the graph says and not on how it was put together. Edges are made one at a time:
what is held in memory grows with the nodes only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kg.export.columns import (
    EDGE_COLUMNS,
    NODE_COLUMNS,
    Attributes,
    Census,
    Column,
    Member,
    Value,
    scalar,
)
from kg.export.relations import Row, age, amounts_text, edge_values, raises_text
from kg.export.text import token
from kg.model import SYMMETRIC

if TYPE_CHECKING:
    import networkx as nx

    Graph: TypeAlias = "nx.MultiDiGraph[str]"

Progress = Callable[[int, int], None]
"""Called now and then with what is done and what there is to do, in edges of the projection."""


class Merge(Enum):
    """Which relationships share an edge."""

    NONE = "none"
    KIND = "kind"  # all of one kind between the same two nodes
    PAIR = "pair"  # all between the same two nodes, whatever their direction


class Style(NamedTuple):
    """What edges of one relation have in common; of two equal styles there is only one."""

    kind: str
    label: str
    directed: bool


class Edge(NamedTuple):
    """One edge to be written, and the relationships it stands for, oldest first."""

    id: str
    source: str
    target: str
    style: Style
    members: Sequence[Member]


_UNSAFE = re.compile("[^A-Za-z0-9_-]")
_SAFE = re.compile("[A-Za-z0-9_-]+").fullmatch
_SYMMETRIC = frozenset(map(str, SYMMETRIC))
_STEP = 2000
_AMOUNT = ("amount", "currency", "amount_role", "amount_qualifier")
_RELATIONS = Column("relations", "string", ("label",))


@dataclass(frozen=True, slots=True)
class View:
    """A graph ready to be written.

    ``degree`` counts the neighbours of each node, those on both sides twice; ``dated`` tells
    whether any relationship has a start or an end, ``directions`` whether there are directed
    edges (True), undirected ones (False) or both.
    """

    graph: Graph
    merge: Merge
    nodes: list[str]
    labels: Mapping[str, str]
    degree: Mapping[str, int]
    node_columns: tuple[Column, ...]
    edge_columns: tuple[Column, ...]
    dated: bool
    directions: frozenset[bool]
    size: int
    row: Callable[[Sequence[Member]], Row]

    @property
    def collapsed(self) -> bool:
        """Whether one edge stands for all relationships between two nodes."""
        return self.merge is Merge.PAIR

    @property
    def title(self) -> str:
        return str(self.graph.graph.get("title") or "")

    def node(self, node: str) -> Attributes:
        return self.graph.nodes[node]

    def node_values(self, node: str) -> list[Value]:
        """The node's values in the order of ``node_columns``."""
        data = self.node(node)
        return [
            raises_text(data[c.name])
            if c.name == "unnamed_raises" and c.name in data
            else scalar(data.get(c.sources[0]), c.type)
            for c in self.node_columns
        ]

    def edge_values(self, edge: Edge) -> Row:
        """The edge's values in the order of ``edge_columns``."""
        row = self.row(edge.members)
        return (*row, self._relations(edge)) if self.merge is Merge.PAIR else row

    def edges(self, progress: Progress | None = None) -> Iterator[Edge]:
        """The edges in order."""
        edges = self._pair_edges() if self.merge is Merge.PAIR else self._kind_edges()
        if progress is None:
            yield from edges
            return
        done = 0
        for n, edge in enumerate(edges):
            done += len(edge.members)
            if not n % _STEP:
                progress(done, self.size)
            yield edge
        progress(done, self.size)

    def _kind_edges(self) -> Iterator[Edge]:
        parts = {node: _part(node) for node in self.nodes}
        styles = _Styles()
        separate = self.merge is Merge.NONE
        for source in self.nodes:
            after = _successors(self.graph, source)
            for target in sorted(after):
                found = after[target]
                # Nearly always there is one relationship: then nothing needs to be sorted.
                groups = (tuple(found.items()),) if len(found) == 1 else self._groups(found)
                for members in groups:
                    data = members[0][1]
                    style = styles[data.get("kind"), data.get("label")]
                    if separate:
                        name = str(members[0][0])
                    else:
                        name = f"{parts[source]}:{style.kind}:{parts[target]}"
                    yield Edge(name, source, target, style, members)

    def _groups(self, found: Mapping[str, Attributes]) -> list[list[Member]]:
        members = sorted(found.items(), key=lambda m: (str(m[1].get("kind") or ""), age(m)))
        if self.merge is Merge.NONE:
            return [[m] for m in members]
        return [list(same) for _, same in groupby(members, key=lambda m: m[1].get("kind"))]

    def _pair_edges(self) -> Iterator[Edge]:
        for source in self.nodes:
            after, before = _successors(self.graph, source), _predecessors(self.graph, source)
            for target in sorted({*after, *before}):
                if target < source:
                    continue
                members = list(after.get(target, {}).items())
                if target != source:
                    members += before.get(target, {}).items()
                members.sort(key=age)
                labels = sorted({str(d.get("label") or d.get("kind")) for _, d in members})
                style = Style("", token("; ".join(labels)), False)
                yield Edge(f"{_part(source)}:{_part(target)}", source, target, style, members)

    def _relations(self, edge: Edge) -> str:
        """``Microsoft invests in Mistral AI (EUR 15000000); ...``, each way as it is."""
        source, target = edge.source, edge.target
        forward = _successors(self.graph, source).get(target, {})
        found = []
        for key, data in edge.members:
            one, other = (source, target) if key in forward else (target, source)
            text = (
                f"{self.labels[one]} {data.get('label') or data.get('kind')} {self.labels[other]}"
            )
            if amounts := data.get("amounts"):
                text += f" ({amounts_text(amounts)})"
            found.append(text)
        return "; ".join(dict.fromkeys(found))


def view(graph: Graph, merge: Merge = Merge.KIND) -> View:
    """Look through the graph once: which columns it needs, and the degrees of its nodes."""
    nodes = sorted(graph)
    labels = {n: token(str(graph.nodes[n].get("label") or n)) for n in nodes}
    degree = {n: len(_successors(graph, n)) + len(_predecessors(graph, n)) for n in nodes}
    on_nodes, on_edges = Census(NODE_COLUMNS), Census(EDGE_COLUMNS)
    kinds: set[object] = set()
    size = 0
    look_at, keep = on_edges.add, kinds.add
    for node in nodes:
        on_nodes.add(graph.nodes[node])
        for found in _successors(graph, node).values():
            size += len(found)
            for data in found.values():
                look_at(data)
                keep(data.get("kind"))
    columns = on_edges.columns()
    if merge is Merge.PAIR:
        columns = tuple(c for c in columns if c.name not in _AMOUNT)
    return View(
        graph,
        merge,
        nodes,
        labels,
        degree,
        on_nodes.columns(),
        (*columns, _RELATIONS) if merge is Merge.PAIR else columns,
        on_edges.has("start", "end"),
        frozenset({merge is not Merge.PAIR and str(k) not in _SYMMETRIC for k in kinds}),
        size,
        edge_values(columns, labels),
    )


class _Styles(dict[tuple[Any, Any], Style]):
    def __missing__(self, pair: tuple[Any, Any]) -> Style:
        kind, label = str(pair[0] or "related"), pair[1]
        style = Style(kind, token(str(label or kind)), kind not in _SYMMETRIC)
        self[pair] = style
        return style


# networkx wraps these dictionaries in views that cost more than all the rest of the walk.
def _successors(graph: Graph, node: str) -> Mapping[str, Mapping[str, Attributes]]:
    return graph._succ[node]  # type: ignore[attr-defined, no-any-return]


def _predecessors(graph: Graph, node: str) -> Mapping[str, Mapping[str, Attributes]]:
    return graph._pred[node]  # type: ignore[attr-defined, no-any-return]


def _part(node: str) -> str:
    """A node's id as a part of an edge's id, which is a token of XML: no two edges share one."""
    return node if _SAFE(node) else escaped(node)


def escaped(text: str) -> str:
    """Every character but ASCII letters, digits, ``-`` and ``_`` as its number between dots."""
    return _UNSAFE.sub(lambda m: f".{ord(m[0]):x}.", text)
