"""Changing the embedded store: on a copy of its own, published whole or not at all."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

import pyoxigraph as ox

from kg.model import Article
from kg.store.errors import QueryError, StoreError, explain
from kg.store.evaluate import GraphName, graph_name
from kg.store.files import link_tree, remove_tree
from kg.store.guard import refuse_outbound
from kg.store.layout import Layout
from kg.store.migrations import Migration
from kg.store.parsing import in_pieces, parsed
from kg.store.protocol import Writer as Writer
from kg.store.reader import EmbeddedReader
from kg.store.texts import Texts
from kg.vocabulary import PREFIXES

_BULK = 50_000
"""From so many quads on RocksDB is given whole files instead of single entries."""


class EmbeddedWriter(EmbeddedReader):
    """A reader of its own unpublished changes. Made by ``EmbeddedStore.write``, under its lock."""

    def __init__(self, layout: Layout, newest_schema: int) -> None:
        self._layout = layout
        self._published = current = layout.current() or 0
        self._schema = newest_schema
        remove_tree(layout.work)
        # A name of its own: RocksDB gives a path back only when the last reference is gone, and
        # the traceback of a failed writer may still hold one.
        work = layout.work / f"{os.getpid()}-{time.monotonic_ns()}"
        layout.work.mkdir()
        if current:
            snapshot = layout.describe(current)
            layout.check_schema(snapshot, newest_schema)
            layout.check_sizes(snapshot)
            self._schema = snapshot.schema
            link_tree(layout.database(current), work, share=".sst")
        self._changed = not current
        self._next = max([*layout.numbers(), current]) + 1
        texts = Texts(layout.texts, self._next)
        texts.open_for_writing(newest=current)
        super().__init__(ox.Store(work), layout.root, current, layout.texts)
        self._work = work
        self._texts = texts

    def migrate(self, migrations: Sequence[Migration]) -> None:
        """Bring the graph up to the newest form; publishes if there was anything to do."""
        for migration in migrations[self._schema - 1 :]:
            migration(self)
            self._schema += 1
            self._changed = True
        if self._published:
            self.publish()

    @property
    def changed(self) -> bool:
        """Whether there is anything to publish."""
        return self._changed

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads; those that are there already make no difference."""
        new = [quad for quad in quads if quad not in self._store]
        if new:
            self._changed = True
            self._extend(new)

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """Remove quads; those that are not there make no difference."""
        for quad in list(quads):
            if quad in self._store:
                self._changed = True
                self._store.remove(quad)

    def replace_graph(self, graph: GraphName | str, quads: Iterable[ox.Quad | ox.Triple]) -> bool:
        """Make a graph hold exactly these; False if it did already.

        ``quads`` is read to its end before anything changes. A quad of another graph is a
        ValueError.
        """
        name = graph_name(graph)
        new = set()
        for quad in quads:
            if isinstance(quad, ox.Triple):
                quad = ox.Quad(quad.subject, quad.predicate, quad.object, name)
            elif quad.graph_name != name:
                raise ValueError(f"{quad} is not in the graph {name}")
            new.add(quad)
        new = _as_stored(new)
        gone = []
        for quad in self._store.quads_for_pattern(None, None, None, name):
            if quad in new:
                new.discard(quad)
            else:
                gone.append(quad)
        if not new and not gone:
            return False
        self._changed = True
        for quad in gone:
            self._store.remove(quad)
        self._extend(new)
        return True

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
        """Add many quads in bounded memory, from values or from a file or stream in ``format``.

        ``graph`` takes the triples of formats without named graphs. Several times as fast
        as ``add`` for a hundred thousand quads or more. Raises StoreError naming line and
        column where the input is malformed.
        """
        self._changed = True
        before, pieces = self._size(), 0
        for piece in in_pieces(parsed(source, format, graph)):
            self._store.bulk_extend(piece)
            pieces += 1
        # Each piece leaves files that overlap with those of the others, and every query reads
        # them all. To merge them rewrites the store: worth it where most of it is new.
        if pieces > 1 and self._size() > 2 * before:
            self._store.optimize()

    def update(self, sparql: str) -> None:
        """Run a SPARQL 1.1 Update; it takes effect as one or not at all. LOAD is refused."""
        refuse_outbound(sparql)
        self._changed = True
        try:
            self._store.update(sparql, prefixes=PREFIXES)
        except SyntaxError as error:
            from kg.store.misunderstood import update_error

            raise QueryError(update_error(sparql, error.msg, PREFIXES)) from error

    def put_article(self, article: Article) -> bool:
        """Keep an article's text and metadata; False if kept just so already."""
        changed = self._kept().put(article)
        self._changed |= changed
        return changed

    def remove_article(self, article_id: str) -> bool:
        """Forget an article's text; False if there was none. Its graph is not touched.

        The text leaves the disk when the last snapshot that knew it is removed.
        """
        changed = self._kept().remove(article_id)
        self._changed |= changed
        return changed

    def publish(self) -> int:
        """Make everything so far durable and visible to new readers; return the new version.

        When this returns, the changes survive whatever happens. Without changes nothing is
        done.
        """
        if self._changed:
            try:
                self._publish()
            except OSError as error:
                raise explain(error, self._place) or StoreError(
                    f"{self._place}: {error}"
                ) from error
        return self.version

    def close(self) -> None:
        """Drop what was not published."""
        super().close()
        remove_tree(self._layout.work)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        try:
            if error is None:
                self.publish()
        finally:
            self.close()

    def _size(self) -> int:
        """Bytes of the unpublished copy's tables on disk."""
        size = 0
        for path in self._work.glob("*.sst"):
            with suppress(FileNotFoundError):  # RocksDB removes what it has merged meanwhile
                size += path.stat().st_size
        return size

    def _publish(self) -> None:
        self._kept().commit()
        self._layout.freeze(self._store, self._next, self._published, self._schema)
        self._layout.switch(self._next)
        self._published = self.version = self._next
        self._next += 1
        self._kept().version = self._next
        self._changed = False
        self._kept().forget_before(self._layout.sweep())

    def _extend(self, quads: list[ox.Quad] | set[ox.Quad]) -> None:
        if len(quads) >= _BULK:
            self._store.bulk_extend(quads)
        else:
            self._store.extend(quads)

    def _kept(self) -> Texts:
        if self._texts is None:
            raise ValueError("the writer is closed; write inside its `with` block")
        return self._texts


def _as_stored(quads: set[ox.Quad]) -> set[ox.Quad]:
    """The quads as the store gives them back: it writes 0.900 as 0.9, and @en-GB as @en-gb."""
    memory = ox.Store()
    memory.extend(quads)
    return set(memory)
