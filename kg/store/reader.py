"""Reading one state of the embedded store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.model import Article
from kg.store.errors import QueryError, StoreError, explain
from kg.store.files import Lock
from kg.store.guard import refuse_outbound
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    import rdflib

    from kg.store.texts import Texts

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

FORMATS = {
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def graph_name(graph: GraphName | str | None) -> GraphName | None:
    """A graph given by its IRI or as a term; None stays None."""
    return ox.NamedNode(graph) if isinstance(graph, str) else graph


class Reader:
    """One published state of a store: it does not change, whatever is written meanwhile.

    Use it as a context manager and consume results inside the block; files of a state that
    nobody reads are removed. ``version`` is the number of the snapshot.
    """

    def __init__(
        self, store: ox.Store, place: Path, version: int, texts: Path, lock: Lock | None = None
    ) -> None:
        self._ox: ox.Store | None = store
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
        declared = {**PREFIXES, **(prefixes or {})}
        if timeout is not None:
            raise NotImplementedError
        if default_graph is not None and (
            isinstance(default_graph, str) or not isinstance(default_graph, Sequence)
        ):
            default_graph = [default_graph]
        try:
            return self._store.query(
                sparql,
                prefixes=declared,
                use_default_graph_as_union=union,
                default_graph=None
                if default_graph is None
                else [g for g in map(graph_name, default_graph) if g is not None],
                named_graphs=None
                if named_graphs is None
                else [ox.NamedNode(g) if isinstance(g, str) else g for g in named_graphs],
                substitutions={ox.Variable(k): v for k, v in substitutions.items()}
                if substitutions
                else None,
            )
        except SyntaxError as error:
            raise QueryError(f"the query cannot be understood: {error.msg}") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise explain(error, self._place) or QueryError(
                f"the query cannot be evaluated: {error}"
            ) from error

    def quads(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - the name of the thing
        graph: GraphName | str | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads that match; None matches everything, every graph included."""
        return iter(self._store.quads_for_pattern(subject, predicate, object, graph_name(graph)))

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
        if isinstance(error, (OSError, RuntimeError)) and (
            explained := explain(error, self._place)
        ):
            raise explained from error

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
