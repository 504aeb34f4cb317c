"""One writer, many readers: what each sees, and when."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model import Article
from kg.store import (
    QueryError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreMissingError,
    StoreTooNewError,
    open_store,
)
from kg.store.embedded import EmbeddedStore
from kg.store.migrations import MIGRATIONS
from kg.store.parsing import in_pieces
from tests.store.conftest import EX, node, quad, rows


def test_a_store_is_made_by_its_first_writer(store: EmbeddedStore) -> None:
    assert not store.exists()
    with pytest.raises(StoreMissingError, match="kg ingest"):
        store.read()
    assert not store.path.exists(), "reading makes nothing"
    with store.write() as writer:
        writer.add([quad("a", 1)])
    assert store.exists()
    with store.read() as reader:
        assert rows(reader.quads()) == rows([quad("a", 1)])
        assert quad("a", 1) in reader
        assert quad("a", 2) not in reader
        assert len(reader) == 1
        assert reader.version == store.version() == 1


def test_an_empty_first_write_makes_an_empty_store(store: EmbeddedStore) -> None:
    with store.write():
        pass
    assert store.exists()
    with store.read() as reader:
        assert len(reader) == 0


def test_a_reader_keeps_its_state_while_writers_publish(store: EmbeddedStore) -> None:
    with store.write() as writer:
        writer.bulk_load(quad(f"s{i}", i) for i in range(2000))
    before = store.read()
    for turn in range(8):
        with store.write() as writer:
            writer.remove([quad(f"s{i}", i) for i in range(turn * 100, turn * 100 + 100)])
    assert len(before) == 2000
    assert len(list(before.query("SELECT * { ?s ?p ?o }"))) == 2000
    assert store.layout.folder(before.version).exists()
    with store.read() as after:
        assert len(after) == 1200
        assert after.version == before.version + 8
    before.close()
    with store.write() as writer:
        writer.add([quad("last", 1)])
    assert len(store.layout.numbers()) <= 3, "what nobody reads is removed"


def test_an_exception_drops_what_was_not_published(store: EmbeddedStore) -> None:
    with pytest.raises(ZeroDivisionError), store.write() as writer:
        writer.add([quad("kept", 1)])
        writer.put_article(Article("kept", "kept"))
        writer.publish()
        writer.add([quad("dropped", 1)])
        writer.put_article(Article("dropped", "dropped"))
        raise ZeroDivisionError
    with store.read() as reader:
        assert rows(reader.quads()) == rows([quad("kept", 1)])
        assert [a.source for a in reader.articles()] == ["kept"]
    assert not store.layout.work.exists()


def test_nothing_changed_is_nothing_published(store: EmbeddedStore) -> None:
    article = Article("Text.", "source")
    for _ in range(3):
        with store.write() as writer:
            writer.put_article(article)
            writer.replace_graph(EX + "g", [quad("a", 1, "g"), quad("a", 2, "g")])
            writer.add([quad("a", 3)])
            writer.remove([quad("a", 4)])
    assert store.version() == 1


def test_replacing_a_graph_touches_no_other(store: EmbeddedStore) -> None:
    with store.write() as writer:
        writer.add([quad("a", 1), quad("a", 1, "g"), quad("b", 1, "g"), quad("a", 1, "h")])
        assert writer.replace_graph(node("g"), [quad("a", 1, "g"), quad("c", 1, "g")])
        assert not writer.replace_graph(node("g"), [quad("a", 1, "g"), quad("c", 1, "g")])
        triple = ox.Triple(node("a"), node("p"), ox.Literal("2"))
        assert writer.replace_graph(ox.DefaultGraph(), [triple])
        assert writer.remove_graph(EX + "h")
    expected = [quad("a", 2), quad("a", 1, "g"), quad("c", 1, "g")]
    with store.read() as reader:
        assert rows(reader.quads()) == rows(expected)
        assert rows(reader.quads(graph=EX + "g")) == rows(expected[1:])


def test_a_graph_is_replaced_whole_or_not_at_all(store: EmbeddedStore) -> None:
    with store.write() as writer:
        writer.add([quad("a", 1, "g")])
        with pytest.raises(ValueError, match="not in the graph"):
            writer.replace_graph(EX + "g", [quad("b", 1, "g"), quad("b", 1, "h")])
        assert rows(writer.quads()) == rows([quad("a", 1, "g")])


def test_a_large_replacement_goes_in_bulk(store: EmbeddedStore) -> None:
    many = [quad(f"s{i}", i) for i in range(60_000)]
    with store.write() as writer:
        writer.add([quad("old", 0)])
        assert writer.replace_graph(ox.DefaultGraph(), many)
    with store.read() as reader:
        assert len(reader) == len(many)
        assert quad("old", 0) not in reader


def test_bulk_loading_from_values_files_and_streams(store: EmbeddedStore, tmp_path: Path) -> None:
    file = tmp_path / "more.ttl"
    file.write_text(f'<{EX}b> <{EX}p> "2" .\n')
    with store.write() as writer:
        writer.bulk_load([quad("a", 1)])
        writer.bulk_load(file, format="turtle", graph=EX + "g")
        writer.bulk_load(io.BytesIO(f"{quad('c', 3, 'h')} .\n".encode()))
    with store.read() as reader:
        assert rows(reader.quads()) == rows([quad("a", 1), quad("b", 2, "g"), quad("c", 3, "h")])
        assert {g.value for g in reader.graph_names()} == {EX + "g", EX + "h"}


def test_malformed_input_names_its_place_and_changes_nothing(store: EmbeddedStore) -> None:
    with store.write() as writer:
        writer.add([quad("a", 1)])
    with pytest.raises(StoreError, match=r"2:.*not valid nquads"), store.write() as writer:
        writer.bulk_load(io.BytesIO(f"{quad('b', 1)} .\n<oops\n".encode()))
    with store.read() as reader:
        assert rows(reader.quads()) == rows([quad("a", 1)])


def test_dump_and_load_give_the_same_dataset(store: EmbeddedStore, tmp_path: Path) -> None:
    with store.write() as writer:
        writer.add([quad("a", 'quoted "text"\n', "g"), quad("b", "é\u2028")])
    for name in ("nquads", "trig"):
        stream = io.BytesIO()
        with store.read() as reader:
            reader.dump(stream, name)
            expected = rows(reader.quads())
        other = open_store(tmp_path / name)
        stream.seek(0)
        with other.write() as writer:
            writer.bulk_load(stream, format=name)
        with other.read() as reader:
            assert rows(reader.quads()) == expected
    with store.read() as reader:
        reader.dump(stream := io.BytesIO(), "turtle")
        assert b"quoted" not in stream.getvalue(), "the default graph alone"
        with pytest.raises(StoreError, match="choose one of"):
            reader.dump(stream, "docx")


def test_queries_know_the_prefixes_and_the_users_come_first(store: EmbeddedStore) -> None:
    from kg.vocabulary import AIO, ID

    with store.write() as writer:
        writer.add(
            [
                ox.Quad(ox.NamedNode(ID + "a"), ox.NamedNode(AIO + "investsIn"), node("b")),
                ox.Quad(node("own"), node("investsIn"), node("c")),
                quad("x", 1, "g"),
            ]
        )
    with store.read() as reader:
        found = reader.query("SELECT ?o { id:a aio:investsIn ?o }")
        assert [row["o"] for row in found] == [node("b")]  # type: ignore[union-attr, index]
        found = reader.query(f"PREFIX aio: <{EX}>\nSELECT ?o {{ ?s aio:investsIn ?o }}")
        assert [row["o"] for row in found] == [node("c")]  # type: ignore[union-attr, index]
        assert bool(reader.query("ASK { ?s ?p '1' }")) is False
        assert bool(reader.query("ASK { ?s ?p '1' }", union=True)) is True
        assert bool(reader.query("ASK { ?s ?p '1' }", default_graph=EX + "g")) is True
        assert bool(reader.query("ASK { GRAPH ?g { ?s ?p '1' } }")) is True
        assert (
            bool(reader.query("ASK { GRAPH ?g { ?s ?p '1' } }", named_graphs=[EX + "h"])) is False
        )
        bound = reader.query("SELECT ?s ?v { ?s ?p ?v }", substitutions={"v": node("c")})
        assert [row["s"] for row in bound] == [node("own")]  # type: ignore[union-attr, index]
        with pytest.raises(QueryError, match="2:"):
            reader.query("SELECT *\nWHERE { ?s ?p }")
        with pytest.raises(QueryError, match="not supported"):
            list(reader.query(f"SELECT (<{EX}f>(1) AS ?x) {{}}"))


def test_update_takes_effect_as_one_or_not_at_all(store: EmbeddedStore) -> None:
    with store.write() as writer:
        writer.update(f'INSERT DATA {{ <{EX}a> <{EX}p> "1" }}')
        with pytest.raises(QueryError):
            writer.update("INSERT NONSENSE")
    with store.read() as reader:
        assert rows(reader.quads()) == rows([quad("a", 1)])


def test_texts_agree_with_the_snapshot(store: EmbeddedStore) -> None:
    first = Article("Text with 𝔘nicode\nand lines.", "s", title="T", published="2026-01")
    corrected = Article(first.text, "s", title="T", published="2026-02")
    assert first.id == corrected.id
    with store.write() as writer:
        writer.put_article(first)
        assert writer.text(first.id) == first.text, "the writer sees what it wrote"
    old = store.read()
    with store.write() as writer:
        assert writer.put_article(corrected)
        assert not writer.put_article(corrected)
    with store.read() as reader:
        assert reader.article(first.id) == corrected
    assert old.article(first.id) == first
    assert old.text("unknown") is None
    old.close()
    with store.write() as writer:
        assert writer.remove_article(first.id)
    with store.read() as reader:
        assert reader.article(first.id) is None
        assert list(reader.articles()) == []


def test_a_removed_text_leaves_the_disk(store: EmbeddedStore) -> None:
    import sqlite3

    with store.write() as writer:
        writer.put_article(Article("To be forgotten.", "s"))
    with store.write() as writer:
        writer.remove_article(Article("To be forgotten.", "s").id)
    for turn in range(4):
        with store.write() as writer:
            writer.add([quad("a", turn)])
    with sqlite3.connect(store.layout.texts) as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (0,)


def test_two_writers_one_waits_or_is_told(store: EmbeddedStore) -> None:
    with store.write() as writer:
        writer.add([quad("a", 1)])
        with pytest.raises(StoreBusyError, match=f"process {os.getpid()}"), store.write(0.1):
            pass
        waiting = subprocess.Popen(
            [sys.executable, "-c", _WRITE_ONE, str(store.path)], stdout=subprocess.PIPE
        )
        time.sleep(0.7)
    assert waiting.wait(timeout=20) == 0
    assert waiting.stdout is not None
    waiting.stdout.close()
    with store.read() as reader:
        assert rows(reader.quads()) == rows([quad("a", 1), quad("b", 1)])


_WRITE_ONE = """
import sys
from tests.store.conftest import quad
from kg.store import open_store
with open_store(sys.argv[1]).write(timeout=15) as writer:
    writer.add([quad("b", 1)])
"""


def test_a_lock_file_left_behind_is_no_lock(store: EmbeddedStore) -> None:
    with store.write() as writer:
        writer.add([quad("a", 1)])
    store.layout.lock.write_text("process 1 since the flood\n")
    with store.write(timeout=0) as writer:
        writer.add([quad("b", 1)])
    assert store.version() == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_child_does_not_keep_the_lock(store: EmbeddedStore) -> None:
    with store.write() as writer:
        writer.add([quad("a", 1)])
        child = os.fork()
        if child == 0:
            time.sleep(3)
            os._exit(0)
    try:
        with store.write(timeout=0) as writer:
            writer.add([quad("b", 1)])
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)


def test_a_file_in_place_of_a_folder_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    for use in (lambda: open_store(file).exists(), lambda: open_store(file).write().__enter__()):
        with pytest.raises(StoreError, match="name a folder"):
            use()
    assert file.read_text() == "mine"


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"thesis\.txt"), open_store(tmp_path).write():
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_store_of_a_later_version_is_left_alone(store: EmbeddedStore) -> None:
    with store.write() as writer:
        writer.add([quad("a", 1)])
    description = store.layout.folder(1) / "snapshot.json"
    ours = f'"schema": {len(MIGRATIONS) + 1}'
    assert ours in description.read_text()
    description.write_text(description.read_text().replace(ours, '"schema": 99'))
    for use in (store.read, lambda: store.write().__enter__()):
        with pytest.raises(StoreTooNewError, match="upgrade"):
            use()
    description.write_text(description.read_text().replace('"schema": 99', ours))
    store.layout.format.write_text('{"layout": 99}')
    with pytest.raises(StoreTooNewError, match="upgrade"), store.write():
        pass
    with pytest.raises(StoreTooNewError, match="upgrade"):
        store.read()


@pytest.mark.parametrize("damage", ["CURRENT", "MANIFEST", ".sst", "missing", "snapshot.json"])
def test_damage_is_told_and_never_read_as_empty(store: EmbeddedStore, damage: str) -> None:
    with store.write() as writer:
        writer.bulk_load(quad(f"s{i}", i) for i in range(5000))
    folder = store.layout.database(1)
    if damage == "missing":
        shutil.rmtree(store.layout.folder(1))
    elif damage == "snapshot.json":
        (store.layout.folder(1) / damage).write_text("{")
    else:
        victim = max(
            (p for p in folder.iterdir() if damage in p.name), key=lambda p: p.stat().st_size
        )
        os.truncate(victim, victim.stat().st_size // 2)
    with pytest.raises(StoreDamagedError, match="kg doctor"):
        store.read()


def test_a_read_only_folder_can_be_read_and_says_so_when_written() -> None:
    folder = tempfile.TemporaryDirectory()  # pytest's own is closed to other users
    store = EmbeddedStore(Path(folder.name) / "store")
    with folder:
        _use_without_rights(store, Path(folder.name))


def _use_without_rights(store: EmbeddedStore, folder: Path) -> None:
    with store.write() as writer:
        writer.add([quad("a", 1)])
        writer.put_article(Article("Text.", "s"))
    script = (
        "import os, sys, pathlib\n"
        "import pyoxigraph, sqlite3, kg.store.writer, kg.store.embedded\n"
        "from kg.store import open_store, StoreReadOnlyError\n"
        "store = open_store(sys.argv[1])\n"
        "with store.read() as reader: list(reader.articles())  # imports what it needs\n"
        "if os.geteuid() == 0: os.seteuid(65534)\n"
        "with store.read() as reader:\n"
        "    assert len(reader) == 1 and len(list(reader.articles())) == 1\n"
        "try:\n"
        "    with store.write() as writer: pass\n"
        "except StoreReadOnlyError as error: print(error)\n"
    )
    folder.chmod(0o755)
    for path in sorted(store.path.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    store.path.chmod(0o555)
    try:
        done = subprocess.run(
            [sys.executable, "-c", script, str(store.path)], capture_output=True, text=True
        )
    finally:
        store.path.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert "--store" in done.stdout


def test_the_reader_is_closed_after_its_block(store: EmbeddedStore) -> None:
    with store.write() as writer:
        writer.add([quad("a", 1)])
    with pytest.raises(ValueError, match="closed"):
        len(writer)
    with store.read() as reader:
        pass
    with pytest.raises(ValueError, match="closed"):
        len(reader)


def test_rdflib_sees_both_kinds_of_graph(store: EmbeddedStore) -> None:
    import rdflib

    with store.write() as writer:
        writer.add([quad("a", 1), quad("b", 2, "g")])
    with store.read() as reader:
        dataset = reader.rdflib_dataset()
        assert [str(o) for o in dataset.objects(rdflib.URIRef(EX + "a"))] == ["1"]
        graph = dataset.graph(rdflib.URIRef(EX + "g"))
        assert [str(o) for o in graph.objects(rdflib.URIRef(EX + "b"))] == ["2"]
        assert len(list(dataset.query("SELECT * { ?s ?p ?o }"))) == 1
        assert len(list(dataset.quads((None, None, None, None)))) == 2


def test_reading_imports_nothing_it_does_not_need(store: EmbeddedStore) -> None:
    with store.write() as writer:
        writer.add([quad("a", 1)])
    script = (
        "import sys\nfrom kg.store import open_store\n"
        "with open_store(sys.argv[1]).read() as reader:\n"
        "    list(reader.query('SELECT * { ?s ?p ?o }'))\n"
        "print(*sorted({m.partition('.')[0] for m in sys.modules} & "
        "{'rdflib', 'sqlite3', 'spacy', 'networkx', 'multiprocessing', 'http', 'ssl', 'asyncio'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(store.path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_a_long_file_is_loaded_in_pieces(
    store: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_pieces, "__defaults__", (7,))
    many = [quad(f"s{i}", "x" * (i % 90_000), "g") for i in range(0, 100_000, 997)]
    lines = "".join(f"{q} .\n" for q in many)
    with store.write() as writer:
        writer.bulk_load(io.BytesIO(lines.rstrip("\n").encode()))
        assert rows(writer.quads()) == rows(many)
    with store.write() as writer:
        writer.remove_graph(EX + "g")
        writer.bulk_load(iter(many))
        assert rows(writer.quads()) == rows(many)
    path = tmp_path / "bad.nq"
    path.write_text(lines + "<oops\n")
    with pytest.raises(StoreError, match=f"bad.nq:{len(many) + 1}:"), store.write() as writer:
        writer.bulk_load(path)


def test_what_was_loaded_in_pieces_lies_together(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_pieces, "__defaults__", (100,))
    with store.write() as writer:
        writer.bulk_load(quad(f"s{i}", i, "g") for i in range(2_000))
    tables = {p.name for p in store.path.glob("snapshots/*/db/*.sst")}
    assert 0 < len(tables) < 20  # one for each of the indexes and not for each piece
    with store.write() as writer:
        writer.bulk_load(quad(f"t{i}", i, "g") for i in range(200))
    later = {p.name for p in store.path.glob("snapshots/*/db/*.sst")}
    assert tables <= later, "a little more does not rewrite the store"
