"""Serving while the store is written: the new state appears by itself, the old one ends well."""

from __future__ import annotations

import json
import shutil
import threading
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store import open_store
from kg.vocabulary import AIO, ID, RDF, SKOS
from kg.web.snapshots import Snapshots
from tests.conftest import kg
from tests.web.conftest import Site, running

COUNT = "SELECT (COUNT(*) AS ?n) { ?e a aio:Probe }"


def add(store: Path, names: list[str]) -> None:
    with open_store(store).write() as writer:
        for name in names:
            node = ox.NamedNode(ID + name)
            writer.add(
                [
                    ox.Quad(node, ox.NamedNode(RDF + "type"), ox.NamedNode(AIO + "Probe")),
                    ox.Quad(
                        node, ox.NamedNode(SKOS + "prefLabel"), ox.Literal(name, language="en")
                    ),
                ]
            )


def number(site: Site) -> int:
    reply = site.query(COUNT)
    assert reply.status == 200, reply.text
    return int(json.loads(reply.body)["results"]["bindings"][0]["n"]["value"])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store"
    add(path, ["probe-0", "probe-1"])
    return path


def test_what_is_published_appears_without_a_restart(store: Path) -> None:
    with running(store, rate=0) as site:
        assert number(site) == 2
        tag = site.query(COUNT).headers["etag"]
        add(store, ["probe-2", "probe-3"])
        time.sleep(0.4)
        assert number(site) == 4
        assert site.query(COUNT).headers["etag"] != tag


def test_who_cannot_wait_leaves_the_newer_state_to_the_next(store: Path) -> None:
    snapshots = Snapshots(str(store))
    snapshots.release(snapshots.acquire())
    add(store, ["probe-2"])
    time.sleep(0.3)
    assert snapshots.acquire_known() is None
    new = snapshots.acquire()
    assert sum(1 for _ in new.reader.quads(None, None, ox.NamedNode(AIO + "Probe"))) == 3
    snapshots.release(new)
    snapshots.close()


def test_no_request_sees_half_an_ingest(store: Path) -> None:
    """Pairs are published together; every answer, during many writes, is an even number."""
    done = threading.Event()
    with running(store, rate=0) as site:

        def write() -> None:
            for n in range(1, 6):
                add(store, [f"probe-{2 * n}", f"probe-{2 * n + 1}"])
            done.set()

        writer = threading.Thread(target=write)
        writer.start()
        seen = set()
        while not done.is_set():
            seen.add(number(site))
        writer.join()
        time.sleep(0.4)
        seen.add(number(site))
    assert all(n % 2 == 0 for n in seen), seen
    assert max(seen) == 12


@pytest.mark.slow
def test_ingest_and_serve_at_once(bundled_store: Path, tmp_path: Path) -> None:
    """``kg ingest`` into a store that is served: every page and answer is of one state."""
    store = tmp_path / "store"
    shutil.copytree(bundled_store, store)
    article = tmp_path / "news.txt"
    article.write_text(
        "Nvidia invested $41 million in Poolside on 3 March 2026.\n", encoding="utf-8"
    )
    both = (
        "SELECT (COUNT(DISTINCT ?r) AS ?n) { { ?r a aio:Investment } UNION { ?x aio:amount ?r . "
        "?r schema:value 41000000.0 } }"
    )
    with running(store, rate=0) as site:

        def seen() -> tuple[int, bool]:
            reply = site.query(both)
            assert reply.status == 200, reply.text
            count = int(json.loads(reply.body)["results"]["bindings"][0]["n"]["value"])
            page = site.page("/id/poolside")
            assert page.status == 200
            return count, "41 million" in page.text

        before = seen()
        done: list[int] = []
        writer = threading.Thread(
            target=lambda: done.append(kg("ingest", article, store=store).code)
        )
        writer.start()
        states = {before}
        while writer.is_alive():
            states.add(seen())
        writer.join()
        time.sleep(0.5)
        after = seen()
    assert done == [0]
    assert before[1] is False
    assert after[1] is True
    assert after[0] == before[0] + 2, "the investment and its amount, together"
    # The two requests of one look may stand on either side of the moment of publishing.
    assert {count for count, _ in states} <= {before[0], after[0]}


def test_an_old_lease_reads_on(store: Path) -> None:
    snapshots = Snapshots(str(store))
    old = snapshots.acquire()
    for n in range(4):  # more than the snapshots a store keeps
        add(store, [f"later-{n}"])
    time.sleep(0.3)
    new = snapshots.acquire()
    probe = ox.NamedNode(AIO + "Probe")
    assert sum(1 for _ in old.reader.quads(None, None, probe)) == 2
    assert sum(1 for _ in new.reader.quads(None, None, probe)) == 6
    assert new.version > old.version
    assert old.retired
    snapshots.release(old)
    with pytest.raises(ValueError, match="closed"):
        old.reader.quads(None, None, probe)
    snapshots.release(new)
    snapshots.close()


def test_a_long_answer_of_an_old_state_ends_well(store: Path) -> None:
    add(store, [f"more-{n}" for n in range(3000)])
    with running(store, rate=0) as site:
        import http.client
        from urllib.parse import quote

        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
        query = "SELECT ?a ?b ?c { ?a a aio:Probe . ?b a aio:Probe . ?c a aio:Probe } LIMIT 200000"
        connection.request("GET", f"/sparql?query={quote(query)}", headers={"Accept": "text/csv"})
        response = connection.getresponse()
        begun = response.read(1000)
        add(store, ["newer"])
        time.sleep(0.4)
        assert number(site) == 3003
        rest = response.read()
        connection.close()
    assert (begun + rest).count(b"\r\n") == 200_001


def test_work_is_done_once_for_a_snapshot(store: Path) -> None:
    snapshots = Snapshots(str(store))
    done: list[int] = []
    with snapshots.lease() as snapshot:

        def work(_: object) -> int:
            time.sleep(0.05)
            done.append(1)
            return 7

        found: list[int] = []
        threads = [
            threading.Thread(target=lambda: found.append(snapshot.once("x", work)))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [7] * 8
    assert done == [1]
    snapshots.close()


def test_a_missing_store_is_told(tmp_path: Path) -> None:
    with running(tmp_path / "nowhere") as site:
        page = site.page("/")
        assert page.status == 503
        assert "kg ingest" in page.text
        assert site.query("ASK {}").status == 503
