"""Readers and a writer at once, and any sequence of calls."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kg.model import Article
from kg.store.doctor import doctor
from kg.store.embedded import EmbeddedStore
from kg.store.reader import EmbeddedReader
from kg.store.writer import EmbeddedWriter
from tests.store import crashing
from tests.store.conftest import EX, quad
from tests.store.test_faults import output, start


def test_readers_see_whole_rounds_while_a_writer_publishes(store: EmbeddedStore) -> None:
    crashing.rounds(store.path, 1)
    writing = start("rounds", store.path, amount=10)
    failures: list[BaseException] = []
    seen: set[int] = set()

    def look() -> None:
        last = 0
        try:
            while writing.poll() is None:
                with store.read() as reader:
                    turn = crashing.check(reader)
                    assert turn >= last, "time does not run backwards"
                    last = turn
                    seen.add(turn)
        except BaseException as error:  # noqa: BLE001 - told by the main thread
            failures.append(error)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    lines = output(writing)
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(seen) > 5
    assert int(lines[-1]) == crashing.current_round(store) == 33
    assert doctor(store) == []


QUADS = st.builds(
    quad, st.sampled_from("abc"), st.integers(0, 3), st.sampled_from([None, "g", "h"])
)
TEXTS = st.sampled_from([Article(text, "s") for text in ("one", "two")])
GRAPHS = st.sampled_from(["g", "h"])


class StoreMachine(RuleBasedStateMachine):
    """A store beside a set of quads that is copied when it publishes."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.store = EmbeddedStore(Path(self.folder.name) / "store")
        self.published: tuple[frozenset[ox.Quad], frozenset[Article]] | None = None
        self.quads: set[ox.Quad] = set()
        self.texts: set[Article] = set()
        self.open: tuple[object, EmbeddedWriter] | None = None
        self.readers: list[tuple[EmbeddedReader, frozenset[ox.Quad], frozenset[Article]]] = []

    def _writer(self) -> EmbeddedWriter:
        assert self.open is not None
        return self.open[1]

    @precondition(lambda self: self.open is None)
    @rule()
    def begin(self) -> None:
        context = self.store.write()
        self.open = (context, context.__enter__())

    @precondition(lambda self: self.open)
    @rule(quads=st.lists(QUADS, max_size=4))
    def add(self, quads: list[ox.Quad]) -> None:
        self._writer().add(quads)
        self.quads |= set(quads)

    @precondition(lambda self: self.open)
    @rule(quads=st.lists(QUADS, max_size=4))
    def bulk(self, quads: list[ox.Quad]) -> None:
        self._writer().bulk_load(quads)
        self.quads |= set(quads)

    @precondition(lambda self: self.open)
    @rule(quads=st.lists(QUADS, max_size=4))
    def remove(self, quads: list[ox.Quad]) -> None:
        self._writer().remove(quads)
        self.quads -= set(quads)

    @precondition(lambda self: self.open)
    @rule(graph=GRAPHS, values=st.sets(st.integers(0, 3)))
    def replace(self, graph: str, values: set[int]) -> None:
        new = {quad("a", value, graph) for value in values}
        old = {q for q in self.quads if q.graph_name == ox.NamedNode(EX + graph)}
        assert self._writer().replace_graph(EX + graph, new) == (new != old)
        self.quads = (self.quads - old) | new

    @precondition(lambda self: self.open)
    @rule(article=TEXTS, keep=st.booleans())
    def text(self, article: Article, keep: bool) -> None:
        if keep:
            assert self._writer().put_article(article) == (article not in self.texts)
            self.texts.add(article)
        else:
            assert self._writer().remove_article(article.id) == (article in self.texts)
            self.texts.discard(article)

    @precondition(lambda self: self.open)
    @rule()
    def publish(self) -> None:
        self._writer().publish()
        self.published = frozenset(self.quads), frozenset(self.texts)

    @precondition(lambda self: self.open)
    @rule(fails=st.booleans())
    def end(self, fails: bool) -> None:
        assert self.open is not None
        context, _ = self.open
        self.open = None
        if fails:
            error = ZeroDivisionError()
            with suppress(ZeroDivisionError):
                context.__exit__(ZeroDivisionError, error, None)  # type: ignore[attr-defined]
            quads, texts = self.published or (frozenset(), frozenset())
            self.quads, self.texts = set(quads), set(texts)
        else:
            context.__exit__(None, None, None)  # type: ignore[attr-defined]
            self.published = frozenset(self.quads), frozenset(self.texts)

    @precondition(lambda self: self.published is not None and len(self.readers) < 3)
    @rule()
    def read(self) -> None:
        assert self.published is not None
        self.readers.append((self.store.read(), *self.published))

    @precondition(lambda self: self.readers)
    @rule()
    def close(self) -> None:
        self.readers.pop(0)[0].close()

    @invariant()
    def everyone_sees_what_they_should(self) -> None:
        for reader, quads, texts in self.readers:
            assert set(reader.quads()) == quads
            assert set(reader.articles()) == texts
        if self.open is not None:
            assert set(self._writer().quads()) == self.quads
            assert set(self._writer().articles()) == self.texts

    def teardown(self) -> None:
        for reader, _, _ in self.readers:
            reader.close()
        if self.open is not None:
            self.open[0].__exit__(None, None, None)  # type: ignore[attr-defined]
        self.folder.cleanup()


TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
