"""Reading what a SPARQL 1.1 server holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.model import Article
from kg.store import rewriting
from kg.store.errors import QueryError, StoreError
from kg.store.evaluate import (
    FORMATS,
    SOLUTION_FORMATS,
    XML_FORMATS,
    GraphName,
    Results,
    Term,
    graph_name,
)
from kg.store.guard import refuse_outbound
from kg.store.http import Endpoint
from kg.store.remote_pages import SUBJECTS, Pattern, rows
from kg.store.remote_results import Hidden, integer, quad_of, solutions, triples
from kg.store.texts import Texts
from kg.store.xml_text import fit
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    import rdflib

    from kg.store.reader import EmbeddedReader
    from kg.store.workers import Answer, Pool

_JSON = "application/sparql-results+json"
_NTRIPLES = "application/n-triples"


class RemoteReader:
    """The server's present state, with the methods of ``kg.store.reader.Reader``."""

    version = 0

    def __init__(self, endpoint: Endpoint, texts: Path) -> None:
        self._endpoint = endpoint
        self._texts = Texts(texts, 1)

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
        """Evaluate a query on the server; see ``Reader.query``. All results are fetched.

        ``default_graph`` without ``named_graphs`` leaves GRAPH nothing to match, as the SPARQL
        protocol has it.
        """
        refuse_outbound(sparql, allow_service)
        text = rewriting.declare(sparql, {**PREFIXES, **(prefixes or {})})
        text = rewriting.bind(text, {k: str(v) for k, v in (substitutions or {}).items()})
        text, parameters = self._asking(text, default_graph, named_graphs, union=union)
        is_graph = rewriting.form(sparql) in ("construct", "describe")
        accept = _NTRIPLES if is_graph else _JSON
        body = self._endpoint.query(text, accept, parameters, timeout)
        if is_graph:
            return triples(body, self._endpoint.url)
        return solutions(body, self._endpoint.url)

    def answer(
        self,
        sparql: str,
        *,
        timeout: float,
        solutions: str = "json",
        graph: str = "turtle",
        default_graph: GraphName | str | Sequence[GraphName | str] | None = None,
        named_graphs: Iterable[ox.NamedNode | ox.BlankNode | str] | None = None,
        union: bool = False,
        allow_service: Iterable[str] = (),
        pool: Pool | None = None,
    ) -> Answer:
        """Pass the server's serialised answer on as it comes; see ``Reader.answer``."""
        from kg.store.workers import Answer

        for name, known in ((solutions, SOLUTION_FORMATS), (graph, FORMATS)):
            if name not in known:
                raise StoreError(f"unknown format {name!r}; choose one of {', '.join(known)}")
        refuse_outbound(sparql, allow_service)
        form = rewriting.form(sparql)
        kind = {"select": "select", "ask": "ask"}.get(form, "graph")
        name = graph if kind == "graph" else solutions
        if kind == "ask":  # a word, which some servers tell in a way of their own
            found = self.query(
                sparql,
                default_graph=default_graph,
                named_graphs=named_graphs,
                union=union,
                timeout=timeout,
                allow_service=allow_service,
            )
            if not isinstance(found, ox.QueryBoolean):
                raise QueryError(f"{self._endpoint.url}: answered an ASK with something else")
            body = found.serialize(format=SOLUTION_FORMATS[solutions]) or b""
            return Answer(kind, name, iter([body]))
        accept = (FORMATS[graph] if kind == "graph" else SOLUTION_FORMATS[solutions]).media_type
        text, parameters = self._asking(
            rewriting.declare(sparql, PREFIXES), default_graph, named_graphs, union=union
        )
        pieces = self._endpoint.stream(text, accept, parameters, timeout)
        if name in XML_FORMATS:
            pieces = fit(pieces)
        first = next(pieces, b"")
        return Answer(kind, name, chain([first], pieces))

    def quads(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,  # noqa: A002
        graph: GraphName | str | None = None,
        *,
        limit: int | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads that match; None matches everything. One request for each kind of graph.

        Everything comes graph by graph, so that no answer holds the whole store.
        """
        name = graph_name(graph)
        if limit is None and subject is predicate is object is name is None:
            for one in (ox.DefaultGraph(), *list(RemoteReader.graph_names(self))):
                yield from RemoteReader.quads(self, graph=one)
            return
        pattern = Pattern(subject, predicate, object)
        if name is None or isinstance(name, ox.DefaultGraph):
            for row in self._rows(self._in_default(pattern), limit):
                yield quad_of(row, subject, predicate, object, ox.DefaultGraph())
        if name is None:
            hidden = self._hidden()
            for row in self._rows(replace(pattern, graph="?g"), limit):
                place = row["g"]
                if isinstance(place, ox.NamedNode) and not hidden(place.value):
                    yield quad_of(row, subject, predicate, object, place)
        elif not isinstance(name, ox.DefaultGraph):
            for row in self._rows(replace(pattern, graph=str(name)), limit):
                yield quad_of(row, subject, predicate, object, name)

    def quads_about(
        self, subjects: Iterable[ox.NamedNode], graph: GraphName | str
    ) -> Iterator[ox.Quad]:
        """All quads of several subjects in one graph: one request for a few hundred subjects."""
        name = graph_name(graph) or ox.DefaultGraph()
        rest = iter(subjects)
        while some := tuple(islice(rest, SUBJECTS)):
            pattern = Pattern(subjects=some)
            if isinstance(name, ox.DefaultGraph):
                pattern = self._in_default(pattern)
            else:
                pattern = replace(pattern, graph=str(name))
            for row in self._rows(pattern, None):
                yield quad_of(row, None, None, None, name)

    def graph_names(self) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """The named graphs, without those of the server itself."""
        hidden = self._hidden()
        # Virtuoso 7.2 never answers the same with DISTINCT once there are many graphs.
        for row in self._select("SELECT ?g { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"):
            name = row["g"]
            if isinstance(name, ox.NamedNode) and not hidden(name.value):
                yield name

    def __contains__(self, quad: ox.Quad) -> bool:
        found = self.quads(quad.subject, quad.predicate, quad.object, quad.graph_name, limit=1)  # type: ignore[arg-type]
        return next(found, None) is not None

    def __len__(self) -> int:
        """How many quads there are."""
        hidden = self._hidden()
        total = self._count(self._in_default(Pattern()).where())
        for row in self._select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"):
            if isinstance(row["g"], ox.NamedNode) and not hidden(row["g"].value):
                total += integer(row["n"])
        return total

    def __bool__(self) -> bool:
        return True

    def dump(
        self,
        output: IO[bytes],
        format: str = "nquads",  # noqa: A002
        graph: GraphName | str | None = None,
    ) -> None:
        """Write the dataset or one graph; see ``Reader.dump``. One named graph a request."""
        if format not in FORMATS:
            raise StoreError(f"unknown format {format!r}; choose one of {', '.join(FORMATS)}")
        rdf_format = FORMATS[format]
        name = graph_name(graph)
        if name is None and rdf_format.supports_datasets:
            names: Iterable[GraphName] = [ox.DefaultGraph(), *self.graph_names()]
            ox.serialize(
                chain.from_iterable(self.quads(graph=g) for g in names),
                output,
                rdf_format,
                prefixes=PREFIXES,
            )
        else:
            triples = (quad.triple for quad in self.quads(graph=name or ox.DefaultGraph()))
            ox.serialize(triples, output, rdf_format, prefixes=PREFIXES)

    def article(self, article_id: str) -> Article | None:
        """The article if it was ingested from this machine, or None."""
        return self._texts.get(article_id)

    def text(self, article_id: str) -> str | None:
        """The article's text if it was ingested from this machine, or None."""
        article = self.article(article_id)
        return None if article is None else article.text

    def articles(self) -> Iterator[Article]:
        """All articles that were ingested from this machine, by id."""
        return iter(self._texts)

    def rdflib_dataset(self) -> rdflib.Dataset:
        """A copy of the whole store as an rdflib Dataset."""
        from kg.store.rdflib_view import dataset

        return dataset(self._copied())

    def local(self) -> EmbeddedReader:
        """A copy of the whole store in memory: some 0.5 kB a quad."""
        from kg.store.reader import EmbeddedReader

        return EmbeddedReader(self._copied(), Path(self._endpoint.url), 0, self._texts.path)

    def _copied(self) -> ox.Store:
        copy = ox.Store()
        copy.bulk_extend(self.quads())
        return copy

    def close(self) -> None:
        """Let go of connections and files; again is harmless."""
        self._texts.close()
        self._endpoint.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.close()

    def _rows(self, pattern: Pattern, limit: int | None) -> Iterator[ox.QuerySolution]:
        """Some rows of a pattern, or all: piece by piece where the server limits its answers."""
        if limit is not None:
            return iter(self._select(f"SELECT * {pattern.where()} LIMIT {limit}"))
        return rows(self._select, pattern, self._endpoint.dialect.page)

    def _count(self, pattern: str) -> int:
        return sum(integer(row["n"]) for row in self._select(f"SELECT (COUNT(*) AS ?n) {pattern}"))

    def _select(self, sparql: str) -> ox.QuerySolutions:
        found = solutions(self._endpoint.query(sparql, _JSON), self._endpoint.url)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError(f"{self._endpoint.url}: answered a SELECT with something else")
        return found

    def _in_default(self, pattern: Pattern) -> Pattern:
        stand_in = self._endpoint.dialect.default_graph
        return replace(pattern, graph=f"<{stand_in}>") if stand_in else pattern

    def _hidden(self) -> Hidden:
        dialect = self._endpoint.dialect
        return Hidden(dialect.hidden, dialect.default_graph)

    def _asking(
        self,
        sparql: str,
        default_graph: GraphName | str | Sequence[GraphName | str] | None,
        named_graphs: Iterable[ox.NamedNode | ox.BlankNode | str] | None,
        *,
        union: bool,
    ) -> tuple[str, list[tuple[str, str]]]:
        """The text to send and its dataset.

        Where the default graph is a named one and so has to be told, Virtuoso takes it for the
        only graph that may be asked by name, though it lets a variable stand for any.
        """
        whole = default_graph is None and named_graphs is None and not union
        if whole and self._endpoint.dialect.default_graph:
            asked, variable = rewriting.graphs(sparql, PREFIXES)
            if asked and variable:
                sparql = rewriting.choose_graphs(sparql)
            else:
                named_graphs = asked
        return sparql, self._dataset(default_graph, named_graphs, union=union)

    def _dataset(
        self,
        default_graph: GraphName | str | Sequence[GraphName | str] | None,
        named_graphs: Iterable[ox.NamedNode | ox.BlankNode | str] | None,
        *,
        union: bool,
    ) -> list[tuple[str, str]]:
        dialect = self._endpoint.dialect
        if union:
            return list(dialect.union)
        if default_graph is None:
            wanted: list[GraphName | str] = []
        elif isinstance(default_graph, (list, tuple)):
            wanted = list(default_graph)
        else:
            wanted = [default_graph]  # type: ignore[list-item]
        parameters = []
        for graph in wanted or ([ox.DefaultGraph()] if dialect.default_graph else []):
            name = graph_name(graph)
            if isinstance(name, ox.NamedNode):
                parameters.append(("default-graph-uri", name.value))
            elif dialect.default_graph:
                parameters.append(("default-graph-uri", dialect.default_graph))
        for graph in named_graphs or ():
            name = graph_name(graph)
            if isinstance(name, ox.NamedNode):
                parameters.append(("named-graph-uri", name.value))
        return parameters
