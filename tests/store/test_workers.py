"""Queries with a time limit: what they answer, and that they end."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store import QueryError, QueryRefusedError, QueryTimeoutError, StoreError
from kg.store.embedded import EmbeddedStore
from kg.store.workers import Pool
from tests.store.conftest import EX, node, quad

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    store = EmbeddedStore(tmp_path_factory.mktemp("workers") / "store")
    with store.write() as writer:
        writer.bulk_load(quad(f"s{i}", f"value {i}") for i in range(3000))
    return store


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(size=2)
    yield pool
    pool.close()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o } ORDER BY ?s LIMIT 7",
        "ASK { ?s ?p 'value 5' }",
        "ASK { ?s ?p 'value' }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(STRENDS(?o, '99')) }",
    ],
)
def test_the_answer_is_that_of_the_query_without_limit(filled: EmbeddedStore, query: str) -> None:
    with filled.read() as reader:
        plain, limited = reader.query(query), reader.query(query, timeout=20)
        assert type(plain) is type(limited)
        if isinstance(plain, ox.QueryBoolean):
            assert plain == limited
        elif isinstance(plain, ox.QueryTriples):
            assert set(plain) == set(limited)  # type: ignore[arg-type]
        else:
            assert plain.serialize(format=ox.QueryResultsFormat.TSV) == limited.serialize(  # type: ignore[union-attr]
                format=ox.QueryResultsFormat.TSV
            )


def test_options_reach_the_worker(filled: EmbeddedStore) -> None:
    with filled.read() as reader:
        found = reader.query(
            "SELECT ?s ?o { ?s ex:p ?o }",
            substitutions={"o": ox.Literal("value 12")},
            prefixes={"ex": EX},
            timeout=20,
        )
        assert [row["s"] for row in found] == [node("s12")]  # type: ignore[union-attr, index]


def test_a_query_that_runs_away_is_ended(filled: EmbeddedStore) -> None:
    with filled.read() as reader:
        reader.query("ASK {}", timeout=20)
        started = time.monotonic()
        with pytest.raises(QueryTimeoutError, match=r"0\.5 s"):
            reader.query(ENDLESS, timeout=0.5)
        assert time.monotonic() - started < 3
        assert bool(reader.query("ASK { ?s ?p 'value 1' }", timeout=20)), "the next is answered"


def test_errors_and_refusals_are_those_of_the_query_without_limit(filled: EmbeddedStore) -> None:
    with filled.read() as reader:
        with pytest.raises(QueryError, match="cannot be understood"):
            reader.query("SELECT nonsense", timeout=20)
        with pytest.raises(QueryError, match="not supported"):
            reader.query(f"SELECT (<{EX}f>(1) AS ?x) {{}}", timeout=20)
        with pytest.raises(QueryRefusedError):
            reader.query(f"SELECT * {{ SERVICE <{EX}> {{}} }}", timeout=20)
    with filled.write() as writer, pytest.raises(ValueError, match="without a time limit"):
        writer.query("ASK {}", timeout=20)


def test_answers_come_serialised_and_in_pieces(filled: EmbeddedStore, pool: Pool) -> None:
    with filled.read() as reader:
        answer = reader.answer("SELECT * { ?s ?p ?o }", timeout=20, pool=pool)
        pieces = list(answer.pieces)
        assert (answer.kind, answer.format) == ("select", "json")
        assert len(pieces) > 3
        assert len(json.loads(b"".join(pieces))["results"]["bindings"]) == 3000
        answer = reader.answer("ASK {}", timeout=20, solutions="xml", pool=pool)
        assert answer.kind == "ask"
        assert b"<boolean>true" in b"".join(answer.pieces)
        construct = "CONSTRUCT { ?s aio:x ?o } WHERE { ?s ?p ?o }"
        answer = reader.answer(construct, timeout=20, pool=pool)
        assert (answer.kind, answer.format) == ("graph", "turtle")
        assert b"@prefix aio:" in b"".join(answer.pieces)
        with pytest.raises(StoreError, match="choose one of"):
            reader.answer("ASK {}", timeout=20, solutions="docx", pool=pool)


def test_an_answer_not_read_to_its_end_frees_its_worker(filled: EmbeddedStore) -> None:
    single = Pool(size=1)
    with filled.read() as reader:
        for _ in range(3):
            answer = reader.answer("SELECT * { ?s ?p ?o . ?a ?b ?c }", timeout=20, pool=single)
            next(answer.pieces)
            answer.pieces.close()  # type: ignore[attr-defined]
        with pytest.raises(QueryTimeoutError):
            list(reader.answer(ENDLESS, timeout=0.3, pool=single).pieces)
        assert b"true" in b"".join(reader.answer("ASK {}", timeout=20, pool=single).pieces)
    single.close()


def test_many_threads_share_few_workers(filled: EmbeddedStore, pool: Pool) -> None:
    found: list[bytes] = []

    def ask(number: int) -> None:
        with filled.read() as reader:
            query = f"SELECT ?s {{ ?s ?p 'value {number}' }}"
            answer = reader.answer(query, timeout=60, solutions="csv", pool=pool)
            found.append(b"".join(answer.pieces))

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(f"s\r\n{EX}s{i}\r\n".encode() for i in range(12))


def test_a_worker_out_of_memory_is_told_and_replaced(filled: EmbeddedStore) -> None:
    small = Pool(size=1, memory=200 << 20)
    greedy = "SELECT ?a ?c ?d ?f { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c"
    with filled.read() as reader:
        with pytest.raises(QueryError):
            for _ in reader.answer(greedy, timeout=60, pool=small).pieces:
                pass
        assert b"true" in b"".join(reader.answer("ASK {}", timeout=20, pool=small).pieces)
    small.close()


def test_a_published_change_is_seen_by_the_next_reader(tmp_path: Path, pool: Pool) -> None:
    store = EmbeddedStore(tmp_path / "store")
    for turn in range(3):
        with store.write() as writer:
            writer.add([quad("a", turn)])
        with store.read() as reader:
            answer = reader.answer(
                "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", timeout=20, solutions="csv", pool=pool
            )
            assert b"".join(answer.pieces).split()[1] == str(turn + 1).encode()
