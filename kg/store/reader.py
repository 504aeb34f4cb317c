"""Reading one state of the embedded store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self, cast

import pyoxigraph as ox

from kg.model import Article
from kg.store.errors import StoreError, concerns, explain
from kg.store.evaluate import FORMATS, GraphName, Options, Results, Term, evaluate, graph_name
from kg.store.files import Lock
from kg.store.guard import refuse_outbound
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    import rdflib

    from kg.store.texts import Texts
    from kg.store.workers import Answer, Pool


_PLAIN = Options(PREFIXES)
_UNION = Options(PREFIXES, union=True)
"""What most queries are evaluated with."""


class EmbeddedReader:
    """One published state of a store: it does not change, whatever is written meanwhile.

    Use it as a context manager and consume results inside the block; files of a state that
    nobody reads are removed. ``version`` is the number of the snapshot.
    """

    def __init__(
        self,
        store: ox.Store,
        place: Path,
        version: int,
        texts: Path,
        *,
        folder: Path | None = None,
        lock: Lock | None = None,
    ) -> None:
        self._ox: ox.Store | None = store
        self._folder = folder
        self._place = place
        self._lock = lock
        self._texts_path = texts
        self._texts: Texts | None = None
        self.version = version

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
        """Evaluate a SPARQL 1.1 query with the project's prefixes declared beforehand.

        Without ``default_graph`` the query sees the default graph; with ``union`` every graph
        merged. ``substitutions`` binds variables that the query selects, named without their
        question mark: the way to put a user's text into a query. A SERVICE clause is refused unless it names one of
        the hosts in ``allow_service``. With ``timeout`` (seconds) the query runs in a process
        of its own that is ended at the limit; its results are then complete when this
        returns.

        Raises QueryError (not understood), QueryRefusedError (would reach out over the network),
        QueryTimeoutError.
        """
        refuse_outbound(sparql, allow_service)
        given = (default_graph, named_graphs, substitutions, prefixes, timeout)
        if given == (None, None, None, None, None):
            return evaluate(self._store, sparql, _UNION if union else _PLAIN, self._place)
        options = self._options(
            default_graph,
            named_graphs,
            union,
            substitutions,
            {**PREFIXES, **prefixes} if prefixes else PREFIXES,
        )
        if timeout is None:
            return evaluate(self._store, sparql, options, self._place)
        return self._query_within(timeout, sparql, options)

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
        """Evaluate a query in a worker process and pass its serialised results on as they come.

        For servers: nothing but bytes is held in this process. ``solutions`` (json, xml, csv,
        tsv) and ``graph`` (a key of ``FORMATS``) are the formats; ``timeout`` in seconds holds
        for the whole answer. Raises as ``query`` does.
        """
        from kg.store.workers import shared_pool

        refuse_outbound(sparql, allow_service)
        options = self._options(default_graph, named_graphs, union, None, PREFIXES)
        return (pool or shared_pool()).answer(
            self._database(), sparql, options, timeout=timeout, solutions=solutions, graph=graph
        )

    def quads(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - the name of the thing
        graph: GraphName | str | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads that match; None matches everything, every graph included."""
        return iter(self._store.quads_for_pattern(subject, predicate, object, graph_name(graph)))

    def quads_about(
        self, subjects: Iterable[ox.NamedNode], graph: GraphName | str
    ) -> Iterator[ox.Quad]:
        """All quads of several subjects in one graph."""
        name = graph_name(graph)
        for subject in subjects:
            yield from self._store.quads_for_pattern(subject, None, None, name)

    def graph_names(self) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """The named graphs."""
        return self._store.named_graphs()

    def __contains__(self, quad: ox.Quad) -> bool:
        return quad in self._store

    def __len__(self) -> int:
        """How many quads there are; takes 0.15 s for a million."""
        return len(self._store)

    def __bool__(self) -> bool:
        return True

    def dump(
        self,
        output: IO[bytes],
        format: str = "nquads",  # noqa: A002 - the name users know
        graph: GraphName | str | None = None,
    ) -> None:
        """Write the whole dataset, or one graph of it, as a stream.

        ``format`` is a key of ``FORMATS``; those that know no named graphs write the
        default graph unless ``graph`` names another.
        """
        if format not in FORMATS:
            raise StoreError(f"unknown format {format!r}; choose one of {', '.join(FORMATS)}")
        rdf_format = FORMATS[format]
        source = graph_name(graph)
        if source is None and not rdf_format.supports_datasets:
            source = ox.DefaultGraph()
        self._store.dump(output, rdf_format, from_graph=source, prefixes=PREFIXES)

    def article(self, article_id: str) -> Article | None:
        """The article with its text and metadata, or None."""
        return self._articles().get(article_id)

    def text(self, article_id: str) -> str | None:
        """The article's text, or None."""
        article = self.article(article_id)
        return None if article is None else article.text

    def articles(self) -> Iterator[Article]:
        """All articles, by id."""
        return iter(self._articles())

    def rdflib_dataset(self) -> rdflib.Dataset:
        """The same state as an rdflib Dataset, read where it lies and not copied.

        Its default graph is the store's; ``dataset.graph(iri)`` is a named one. SERVICE is
        refused there too.
        """
        from kg.store.rdflib_view import dataset

        return dataset(self._store)

    def local(self) -> EmbeddedReader:
        """This reader: nothing is nearer."""
        return self

    def close(self) -> None:
        """Let go of the state; again is harmless."""
        self._ox = None
        if self._texts is not None:
            self._texts.close()
            self._texts = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        self.close()
        if not isinstance(error, (OSError, RuntimeError)) or not concerns(error, self._place):
            return
        if explained := explain(error, self._place):
            raise explained from error

    @staticmethod
    def _options(
        default_graph: GraphName | str | Sequence[GraphName | str] | None,
        named_graphs: Iterable[ox.NamedNode | ox.BlankNode | str] | None,
        union: bool,
        substitutions: Mapping[str, Term] | None,
        prefixes: Mapping[str, str],
    ) -> Options:
        if default_graph is not None and not isinstance(default_graph, (list, tuple)):
            default_graph = [cast("GraphName | str", default_graph)]
        return Options(
            prefixes,
            union,
            None
            if default_graph is None
            else tuple(g for g in map(graph_name, default_graph) if g is not None),
            None
            if named_graphs is None
            else tuple(ox.NamedNode(g) if isinstance(g, str) else g for g in named_graphs),
            substitutions,
        )

    def _query_within(self, timeout: float, sparql: str, options: Options) -> Results:
        from kg.store.workers import shared_pool

        answer = shared_pool().answer(
            self._database(), sparql, options, timeout=timeout, graph="ntriples"
        )
        body = b"".join(answer.pieces)
        if answer.kind != "graph":
            return ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
        graph = ox.Store()
        graph.load(body, ox.RdfFormat.N_TRIPLES)
        return graph.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")

    def _database(self) -> Path:
        if self._folder is None:
            raise ValueError("unpublished changes can be queried without a time limit only")
        return self._folder

    @property
    def _store(self) -> ox.Store:
        if self._ox is None:
            raise ValueError("the reader is closed; read inside its `with` block")
        return self._ox

    def _articles(self) -> Texts:
        if self._texts is None:
            from kg.store.texts import Texts

            self._texts = Texts(self._texts_path, self.version)
        return self._texts
