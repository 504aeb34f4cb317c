"""Changing a remote store.

Changes are gathered here and sent when they are published. All changes to one named graph,
and so to one article, travel in one SPARQL Update request: it takes effect or it does not.
As many graphs as fit share a request; the default graph, which is derived from the
others, comes last. A named graph too large for a request is uploaded to a staging graph,
piece by piece, and moved into place by one request. Everything is sent as a difference of
sets, so an upload that failed is repeated without harm and leaves nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from pathlib import Path
from typing import IO, Self

import pyoxigraph as ox

from kg.ids import digest
from kg.model import Article
from kg.store import rewriting
from kg.store.errors import StoreError
from kg.store.evaluate import GraphName, Results, Term, graph_name
from kg.store.guard import refuse_outbound
from kg.store.http import Endpoint
from kg.store.parsing import parsed
from kg.store.remote_pages import Pattern
from kg.store.remote_reader import RemoteReader
from kg.store.remote_results import STAGING, canonical
from kg.vocabulary import PREFIXES

_DEFAULT = ox.DefaultGraph()


class RemoteWriter(RemoteReader):
    """A reader of its own unpublished changes. A query publishes them first."""

    def __init__(self, endpoint: Endpoint, texts: Path) -> None:
        super().__init__(endpoint, texts)
        texts.parent.mkdir(parents=True, exist_ok=True)
        self._texts.open_for_writing(newest=1)
        self._added = ox.Store()
        self._removed = ox.Store()

    @property
    def changed(self) -> bool:
        """Whether there is anything to publish."""
        return bool(self._added) or bool(self._removed)

    def quads(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,  # noqa: A002
        graph: GraphName | str | None = None,
        *,
        limit: int | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads that match, unpublished changes included."""
        name = graph_name(graph)
        pending = set(self._added.quads_for_pattern(subject, predicate, object, name))
        asked = None if self.changed else limit
        for quad in super().quads(subject, predicate, object, name, limit=asked):
            pending.discard(quad)
            if quad not in self._removed:
                yield quad
        yield from pending

    def quads_about(
        self, subjects: Iterable[ox.NamedNode], graph: GraphName | str
    ) -> Iterator[ox.Quad]:
        """All quads of several subjects in one graph, unpublished changes included."""
        wanted, name = list(subjects), graph_name(graph)
        pending = {
            quad
            for subject in wanted
            for quad in self._added.quads_for_pattern(subject, None, None, name)
        }
        for quad in super().quads_about(wanted, graph):
            pending.discard(quad)
            if quad not in self._removed:
                yield quad
        yield from pending

    def query(
        self,
        sparql: str,
        *,
        default_graph: GraphName | str | Sequence[GraphName | str] | None = None,
        named_graphs: Iterable[ox.NamedNode | ox.BlankNode | str] | None = None,
        union: bool = False,
        substitutions: Mapping[str, Term] | None = None,
        prefixes: Mapping[str, str] | None = None,
        allow_service: Iterable[str] = (),
        timeout: float | None = None,
    ) -> Results:
        """Publish, then query; see ``RemoteReader.query``."""
        self.publish()
        return super().query(
            sparql,
            default_graph=default_graph,
            named_graphs=named_graphs,
            union=union,
            substitutions=substitutions,
            prefixes=prefixes,
            allow_service=allow_service,
            timeout=timeout,
        )

    def graph_names(self) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """Publish, then list the named graphs."""
        self.publish()
        return super().graph_names()

    def __len__(self) -> int:
        """Publish, then count."""
        self.publish()
        return super().__len__()

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads; those that are there already make no difference."""
        for quad in quads:
            _refuse_blank(quad)
            self._removed.remove(quad)
            self._added.add(quad)

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """Remove quads; those that are not there make no difference."""
        for quad in list(quads):
            self._added.remove(quad)
            self._removed.add(quad)

    def replace_graph(self, graph: GraphName | str, quads: Iterable[ox.Quad | ox.Triple]) -> bool:
        """Make a graph hold exactly these; False if it did already."""
        name = graph_name(graph) or _DEFAULT
        wanted: dict[ox.Quad, ox.Quad] = {}
        for quad in quads:
            if isinstance(quad, ox.Triple):
                quad = ox.Quad(quad.subject, quad.predicate, quad.object, name)
            elif quad.graph_name != name:
                raise ValueError(f"{quad} is not in the graph {name}")
            wanted[canonical(quad)] = quad
        there = self.quads(graph=name)
        gone = [quad for quad in there if wanted.pop(canonical(quad), None) is None]
        self.remove(gone)
        self.add(wanted.values())
        return bool(gone or wanted)

    def remove_graph(self, graph: GraphName | str) -> bool:
        """Remove a graph; False if it was empty already."""
        return self.replace_graph(graph, ())

    def bulk_load(
        self,
        source: Iterable[ox.Quad] | IO[bytes] | Path,
        *,
        format: str = "nquads",  # noqa: A002
        graph: GraphName | str | None = None,
    ) -> None:
        """Add many quads in bounded memory, at once and not when published.

        Neighbouring quads of one graph are kept together in one request, as far as they are
        no more than it takes; a longer run goes through a staging graph. Of a graph that held
        something before, only what it lacks is sent.
        """
        self.publish()
        batch: list[ox.Quad] = []
        limit = self._endpoint.dialect.limit
        held: dict[GraphName, bool] = {}
        for name, quads in groupby(parsed(source, format, graph, _AGAIN), _graph_of):
            if name not in held:
                held[name] = any(True for _ in self.quads(graph=name, limit=1))
            run = iter(self._lacking(name, quads) if held[name] else quads)  # noqa: B031
            head = list(islice(run, limit + 1))
            if len(head) <= limit:
                if len(batch) + len(head) > limit:
                    self._send(batch, [])
                    batch = []
                batch += head
            else:
                self._stage(name, chain(head, run), move=False)
        self._send(batch, [])

    def update(self, sparql: str) -> None:
        """Publish, then run a SPARQL 1.1 Update on the server. LOAD is refused."""
        refuse_outbound(sparql)
        self.publish()
        self._endpoint.update(rewriting.declare(sparql, PREFIXES), repeatable=False)

    def put_article(self, article: Article) -> bool:
        """Keep an article's text on this machine; False if kept just so already."""
        return self._texts.put(article)

    def remove_article(self, article_id: str) -> bool:
        """Forget an article's text; False if there was none."""
        return self._texts.remove(article_id)

    def publish(self) -> int:
        """Send everything so far. When this returns, the server has it all."""
        self._texts.commit()
        added, removed = _by_graph(self._added), _by_graph(self._removed)
        limit = self._endpoint.dialect.limit if self.changed else 0
        plus: list[ox.Quad] = []
        minus: list[ox.Quad] = []
        for name in sorted({*added, *removed} - {_DEFAULT}, key=str):
            new, old = added.get(name, []), removed.get(name, [])
            if len(new) + len(old) > limit:
                self._stage(name, self.quads(graph=name), move=True)
                continue
            if len(plus) + len(minus) + len(new) + len(old) > limit:
                self._send(plus, minus)
                plus, minus = [], []
            plus, minus = plus + new, minus + old
        for start in range(0, len(old := removed.get(_DEFAULT, [])), limit or 1):
            plus, minus = self._fitting(plus, minus, [], old[start : start + limit])
        for start in range(0, len(new := added.get(_DEFAULT, [])), limit or 1):
            plus, minus = self._fitting(plus, minus, new[start : start + limit], [])
        self._send(plus, minus)
        self._added, self._removed = ox.Store(), ox.Store()
        return self.version

    def publish_last(self, graph: ox.NamedNode) -> None:
        """Publish, one graph after all the rest: whoever sees it new sees everything new."""
        pending = [
            (store, list(store.quads_for_pattern(None, None, None, graph)))
            for store in (self._added, self._removed)
        ]
        for store, quads in pending:
            for quad in quads:
                store.remove(quad)
        self.publish()
        self._added.extend(pending[0][1])
        self._removed.extend(pending[1][1])
        self.publish()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        try:
            if error is None:
                self.publish()
        finally:
            self.close()

    def _fitting(
        self, plus: list[ox.Quad], minus: list[ox.Quad], new: list[ox.Quad], old: list[ox.Quad]
    ) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """Join changes to those waiting, sending these first if together they are too many."""
        if len(plus) + len(minus) + len(new) + len(old) > self._endpoint.dialect.limit:
            self._send(plus, minus)
            return new, old
        return plus + new, minus + old

    def _lacking(self, graph: GraphName, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Those of the quads that the server does not hold in any of its forms."""
        rest = iter(quads)
        while piece := {
            canonical(quad): quad for quad in islice(rest, self._endpoint.dialect.limit)
        }:
            subjects = {q.subject: None for q in piece if isinstance(q.subject, ox.NamedNode)}
            for quad in self.quads_about(subjects, graph):
                piece.pop(canonical(quad), None)
            yield from piece.values()

    def _send(self, plus: list[ox.Quad], minus: list[ox.Quad]) -> None:
        """One request: away with ``minus``, in with ``plus``."""
        gone = [minus]
        if self._endpoint.dialect.apart:
            gone = [list(group) for _, group in groupby(sorted(minus, key=_order), _graph_of)]
        operations = [
            f"{verb} DATA {{\n{self._block(quads)}}}"
            for verb, quads in (*(("DELETE", quads) for quads in gone), ("INSERT", plus))
            if quads
        ]
        if operations:
            self._endpoint.update(" ;\n".join(operations))

    def _block(self, quads: list[ox.Quad]) -> str:
        lines = []
        for name, group in groupby(sorted(quads, key=_order), _graph_of):
            triples = "".join(f"{quad.triple} .\n" for quad in group)
            target = self._name(name)
            lines.append(triples if target is None else f"GRAPH <{target}> {{\n{triples}}}\n")
        return "".join(lines)

    def _name(self, graph: GraphName) -> str | None:
        if isinstance(graph, ox.NamedNode):
            return graph.value
        return self._endpoint.dialect.default_graph

    def _stage(self, graph: GraphName, quads: Iterable[ox.Quad], *, move: bool) -> None:
        """Upload to a staging graph, then move it over the graph or add it to the graph."""
        target = self._name(graph)
        staging = STAGING + digest("staging", target or "default")
        self._endpoint.update(f"DROP SILENT GRAPH <{staging}>")  # of an upload that failed
        rest = iter(quads)
        limit = self._endpoint.dialect.limit
        while piece := list(islice(rest, limit)):
            for quad in piece:
                _refuse_blank(quad)
            body = "".join(f"{quad.triple} .\n" for quad in piece)
            self._endpoint.upload(staging, body.encode())
        place = f"GRAPH <{target}>" if target else "DEFAULT"
        source, aim = Pattern(graph=f"<{staging}>"), Pattern(graph=target and f"<{target}>")
        expected = self._count(source.where())
        if move:
            self._endpoint.update(f"MOVE GRAPH <{staging}> TO {place}", repeatable=False)
        else:
            if before := self._count(aim.where()):
                both = f"{{ {source.where()} {aim.where()} }}"
                expected += before - self._count(both)
            self._endpoint.update(f"ADD GRAPH <{staging}> TO {place}")
            self._endpoint.update(f"DROP SILENT GRAPH <{staging}>")
        if (found := self._count(aim.where())) != expected:
            raise StoreError(
                f"{self._endpoint.url}: holds {found} quads of {target or 'the default graph'} "
                f"where it should hold {expected}; run the command again, which sends what is "
                "missing"
            )


_AGAIN = "; what came before is loaded, and loading again is harmless"


def _by_graph(store: ox.Store) -> dict[GraphName, list[ox.Quad]]:
    found: dict[GraphName, list[ox.Quad]] = {}
    for quad in sorted(store, key=_order):
        found.setdefault(quad.graph_name, []).append(quad)
    return found


def _graph_of(quad: ox.Quad) -> GraphName:
    return quad.graph_name


def _order(quad: ox.Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad)


def _refuse_blank(quad: ox.Quad) -> None:
    if any(isinstance(term, ox.BlankNode) for term in quad):
        raise StoreError(f"{quad}: a remote store takes no blank nodes; give the node an IRI")
