"""Latency of lookups under load: ``kg serve`` beside ``oxigraph serve``, same data, same run.

Both servers are processes of their own on loopback and get the same queries from the same
clients at the same steady rate, a different entity each time. Bounded to some ten seconds each.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.benchmarks.measure import report
from tests.conftest import ROOT

pytest.importorskip("uvicorn")
pytestmark = pytest.mark.benchmark

PREFIX = "PREFIX aio: <https://w3id.org/ai-industry/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
LOOKUP = (
    PREFIX
    + "SELECT ?p ?o WHERE {{ <https://w3id.org/ai-industry/id/{}> ?p ?o . FILTER(isIRI(?o)) }}"
)
CLIENTS = 4
RATE = 100  # lookups a second, all clients together
SECONDS = 8


def _program(name: str) -> str | None:
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def _process(command: list[str], port: int) -> Iterator[None]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        else:
            raise AssertionError(f"{command[0]} does not listen")
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _load(port: int, path: str, ids: list[str], seconds: float) -> list[float]:
    """Latencies in seconds at a steady rate, each from when the request was due."""
    found: list[float] = []
    wrong: list[str] = []
    guard = threading.Lock()
    begun = time.perf_counter() + 0.05

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        random_ = random.Random(number)
        mine: list[float] = []
        due = begun + number / RATE
        while due < begun + seconds:
            time.sleep(max(0.0, due - time.perf_counter()))
            query = quote(LOOKUP.format(random_.choice(ids)))
            connection.request(
                "GET",
                f"{path}?query={query}",
                headers={"Accept": "application/sparql-results+json"},
            )
            response = connection.getresponse()
            body = response.read()
            mine.append(time.perf_counter() - due)
            if response.status != 200 or b'"bindings"' not in body:
                wrong.append(f"{response.status} {body[:200]!r}")
            due += CLIENTS / RATE
        connection.close()
        with guard:
            found.extend(mine)

    threads = [threading.Thread(target=client, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    return sorted(found)


def test_lookups_under_load(bundled_store: Path, tmp_path: Path) -> None:
    oxigraph = _program("oxigraph")
    if oxigraph is None:
        pytest.skip("oxigraph is not here")
    from kg.store import open_store

    dump = tmp_path / "graph.nq"
    with open_store(bundled_store).read() as reader, dump.open("wb") as stream:
        reader.dump(stream, "nquads")
        ids = sorted(
            {
                match[1]
                for row in reader.query("SELECT ?e { ?e a aio:Entity }")
                if (match := re.search(r"/id/([a-z0-9.-]+)>$", str(row["e"])))
            }
        )
    subprocess.run(
        [oxigraph, "load", "--location", str(tmp_path / "ox"), "--file", str(dump)],
        check=True,
        capture_output=True,
        timeout=60,
    )
    ours, theirs = _free_port(), _free_port()
    serve = [sys.executable, "-m", "kg", "serve", "--port", str(ours), "--rate", "0"]
    with (
        _process([*serve, "--store", str(bundled_store)], ours),
        _process(
            [
                oxigraph,
                "serve-read-only",
                "--location",
                str(tmp_path / "ox"),
                "--bind",
                f"127.0.0.1:{theirs}",
            ],
            theirs,
        ),
    ):
        servers = {"kg serve": (ours, "/sparql"), "oxigraph serve": (theirs, "/query")}
        for port, path in servers.values():
            _load(port, path, ids, 1)  # warm
        taken: dict[str, list[float]] = {name: [] for name in servers}
        for _ in range(2):  # in turns, so that the machine's other work meets both
            for name, (port, path) in servers.items():
                taken[name] += _load(port, path, ids, SECONDS / 2)
    for name, times in taken.items():
        times.sort()
        at = {p: 1000 * times[int(len(times) * p / 100)] for p in (50, 95, 99)}
        print(
            f"\n{name}: {len(times)} lookups at {RATE}/s, "
            + ", ".join(f"p{p} {ms:.1f} ms" for p, ms in at.items())
        )

    def median(times: list[float]) -> float:
        return times[len(times) // 2]

    report(
        "serve-lookup",
        median(taken["kg serve"]),
        median(taken["oxigraph serve"]),
        note=f"{RATE} lookups a second",
    )
