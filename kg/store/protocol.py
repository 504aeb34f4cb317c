"""What every store offers, embedded or remote. One test suite holds all of them to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol, Self

import pyoxigraph as ox

from kg.model import Article
from kg.store.evaluate import GraphName, Results, Term

if TYPE_CHECKING:
    import rdflib

    from kg.store.workers import Answer, Pool


class Reader(Protocol):
    """One state of a store; see ``kg.store.reader.EmbeddedReader`` for what each method does."""

    version: int

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
        """Evaluate a SPARQL 1.1 query."""
        ...

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
        """Evaluate a query and pass its serialised results on as they come."""
        ...

    def quads(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - the name of the thing
        graph: GraphName | str | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads that match; None matches everything."""
        ...

    def quads_about(
        self, subjects: Iterable[ox.NamedNode], graph: GraphName | str
    ) -> Iterator[ox.Quad]:
        """All quads of several subjects in one graph, in no order, with few questions."""
        ...

    def graph_names(self) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """The named graphs."""
        ...

    def __contains__(self, quad: ox.Quad) -> bool: ...

    def __len__(self) -> int: ...

    def dump(
        self,
        output: IO[bytes],
        format: str = "nquads",  # noqa: A002 - the name users know
        graph: GraphName | str | None = None,
    ) -> None:
        """Write the dataset or one graph as a stream."""
        ...

    def article(self, article_id: str) -> Article | None:
        """The article with its text and metadata, or None."""
        ...

    def text(self, article_id: str) -> str | None:
        """The article's text, or None."""
        ...

    def articles(self) -> Iterator[Article]:
        """All articles, by id."""
        ...

    def rdflib_dataset(self) -> rdflib.Dataset:
        """The same state as an rdflib Dataset."""
        ...

    def local(self) -> Reader:
        """A reader of the same state that asks no server, for what touches every quad."""
        ...

    def close(self) -> None:
        """Let go of the state."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object, /) -> None: ...


class Writer(Reader, Protocol):
    """A reader of its own unpublished changes; see ``kg.store.writer.EmbeddedWriter``."""

    @property
    def changed(self) -> bool:
        """Whether there is anything to publish."""
        ...

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads."""
        ...

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """Remove quads."""
        ...

    def replace_graph(self, graph: GraphName | str, quads: Iterable[ox.Quad | ox.Triple]) -> bool:
        """Make a graph hold exactly these; False if it did already."""
        ...

    def remove_graph(self, graph: GraphName | str) -> bool:
        """Remove a graph; False if it was empty already."""
        ...

    def bulk_load(
        self,
        source: Iterable[ox.Quad] | IO[bytes] | Path,
        *,
        format: str = "nquads",  # noqa: A002
        graph: GraphName | str | None = None,
    ) -> None:
        """Add many quads in bounded memory."""
        ...

    def update(self, sparql: str) -> None:
        """Run a SPARQL 1.1 Update."""
        ...

    def put_article(self, article: Article) -> bool:
        """Keep an article's text and metadata; False if kept just so already."""
        ...

    def remove_article(self, article_id: str) -> bool:
        """Forget an article's text; False if there was none."""
        ...

    def publish(self) -> int:
        """Make everything so far durable and visible to new readers."""
        ...


class Store(Protocol):
    """A place where a graph is kept. Having one of these touches nothing."""

    @property
    def location(self) -> str:
        """What ``open_store`` was given."""
        ...

    def exists(self) -> bool:
        """Whether anything was ever published here."""
        ...

    def version(self) -> int | None:
        """Number of the current state, if states are numbered."""
        ...

    def read(self) -> Reader:
        """Open the current state."""
        ...

    def write(self, timeout: float = 10.0) -> AbstractContextManager[Writer]:
        """Open the store for writing; on leaving the block, publish."""
        ...
