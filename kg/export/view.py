"""The projection as writers see it: nodes in order, edges merged, columns known beforehand.

Everything is read in one order (nodes by id, edges by ends, kind and id), so a file depends
on what the graph says and not on how it was put together. Edges are made one at a time:
what is held in memory grows with the nodes only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kg.export.columns import Attributes, Column, Member, Value, edge_columns, node_columns
from kg.export.errors import ExportError
from kg.export.relations import age, amounts_text, edge_values
from kg.export.spells import Spell, spells
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


class Edge(NamedTuple):
    """One edge to be written; ``relationships`` is the
    number of those it stands for; ``values`` are in the order of ``View.edge_columns``."""

    id: str
    source: str
    target: str
    kind: str
    label: str
    directed: bool
    relationships: int
    spells: tuple[Spell, ...]
    values: Sequence[Value]


_SYMMETRIC = frozenset(map(str, SYMMETRIC))
_STEP = 2000
_AMOUNT = ("amount", "currency", "amount_role", "amount_qualifier")
_RELATIONS = Column("relations", "string", ("label",))


@dataclass(frozen=True, slots=True)
class View:
    """A graph ready to be written.

    ``degree`` counts the edges at each node, parallel ones of different kinds apart;
    ``dated`` tells whether any relationship has a start or an end.
    """

    graph: Graph
    merge: Merge
    nodes: list[str]
    labels: Mapping[str, str]
    degree: Mapping[str, int]
    node_columns: tuple[Column, ...]
    edge_columns: tuple[Column, ...]
    dated: bool
    size: int

    @property
    def title(self) -> str:
        return str(self.graph.graph.get("title") or "")

    def node(self, node: str) -> Attributes:
        return self.graph.nodes[node]

    def edges(self, progress: Progress | None = None) -> Iterator[Edge]:
        """The edges in order. Raises ExportError where a date is not one."""
        plain = [c for c in self.edge_columns if c is not _RELATIONS]
        values = edge_values(plain, self.labels)
        parts = {node: _part(node) for node in self.nodes}
        done = 0
        reported = 0
        groups = self._pairs() if self.merge is Merge.PAIR else self._groups()
        for source, target, kind, members in groups:
            count = len(members)
            first = members[0][1]
            label = str(first.get("label") or kind)
            row = values(members)
            if self.merge is Merge.PAIR:
                kind = ""
                label = "; ".join(
                    sorted({str(d.get("label") or d.get("kind")) for _, d in members})
                )
                row = (*row, self._relations(source, target, members))
                edge_id = f"{parts[source]}/{parts[target]}"
            elif self.merge is Merge.NONE:
                edge_id = str(members[0][0])
            else:
                edge_id = f"{parts[source]}/{kind}/{parts[target]}"
            try:
                times = (
                    _spell(first.get("start"), first.get("end"))
                    if count == 1
                    else spells((d.get("start"), d.get("end")) for _, d in members)
                )
            except ValueError as error:
                ids = ", ".join(str(k) for k, _ in members)
                raise ExportError(
                    f"relationship {ids} ({source} -> {target}): {error}; mend it at its source"
                ) from error
            directed = self.merge is not Merge.PAIR and kind not in _SYMMETRIC
            yield Edge(edge_id, source, target, kind, _token(label), directed, count, times, row)
            done += count
            if progress is not None and done - reported >= _STEP:
                reported = done
                progress(done, self.size)
        if progress is not None:
            progress(done, self.size)

    def _groups(self) -> Iterator[tuple[str, str, str, list[Member]]]:
        apart = self.merge is Merge.NONE
        for source in self.nodes:
            after = self.graph._adj[source]  # type: ignore[attr-defined]
            for target in sorted(after):
                found = after[target]
                if len(found) == 1:
                    member = next(iter(found.items()))
                    yield source, target, str(member[1].get("kind") or "related"), [member]
                    continue
                kinds: dict[str, list[Member]] = {}
                for member in found.items():
                    kinds.setdefault(str(member[1].get("kind") or "related"), []).append(member)
                for kind in sorted(kinds):
                    members = sorted(kinds[kind], key=age)
                    if apart:
                        for member in members:
                            yield source, target, kind, [member]
                    else:
                        yield source, target, kind, members

    def _pairs(self) -> Iterator[tuple[str, str, str, list[Member]]]:
        for source in self.nodes:
            after, before = self.graph._succ[source], self.graph._pred[source]  # type: ignore[attr-defined]
            for target in sorted({*after, *before}):
                if target < source:
                    continue
                members = list(after.get(target, {}).items())
                if target != source:
                    members += before.get(target, {}).items()
                yield source, target, "", sorted(members, key=age)

    def _relations(self, source: str, target: str, members: list[Member]) -> str:
        """``Microsoft invests in Mistral AI (EUR 15000000); ...``, each way as it is."""
        forward = self.graph._succ[source].get(target, {})  # type: ignore[attr-defined]
        found = []
        for key, data in members:
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
    adjacency: Mapping[str, Mapping[str, Mapping[Any, Attributes]]] = graph._adj  # type: ignore[attr-defined]
    nodes = sorted(graph)
    labels = {n: token(str(graph.nodes[n].get("label") or n)) for n in nodes}
    degree = dict.fromkeys(nodes, 0)
    present: set[str] = set()
    size = 0
    for source, after in adjacency.items():
        for target, found in after.items():
            size += len(found)
            for data in found.values():
                present.update(data)
            kinds = 1 if len(found) == 1 else len({d.get("kind") for d in found.values()})
            degree[source] += kinds
            degree[target] += kinds
    on_nodes: set[str] = set()
    for _, data in graph.nodes(data=True):
        on_nodes.update(data)
    columns = edge_columns(
        present, (d for after in adjacency.values() for f in after.values() for d in f.values())
    )
    if merge is Merge.PAIR:
        columns = (*(c for c in columns if c.name not in _AMOUNT), _RELATIONS)
    return View(
        graph,
        merge,
        nodes,
        labels,
        degree,
        node_columns(on_nodes, (d for _, d in graph.nodes(data=True))),
        columns,
        not present.isdisjoint(("start", "end")),
        size,
    )


@lru_cache(maxsize=4096)
def _spell(start: str | None, end: str | None) -> tuple[Spell, ...]:
    return spells([(start, end)])


_token = lru_cache(maxsize=4096)(token)


def _part(node: str) -> str:
    """A node's id as a part of an edge's id: two different edges never share one."""
    return node.replace("%", "%25").replace("/", "%2F") if "/" in node or "%" in node else node
