"""Every command says of a store on a server what it says of a folder with the same articles."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kg.cli import COMMANDS
from kg.store import open_store
from tests.cli.inprocess import run
from tests.conftest import ROOT
from tests.store.servers import PASSWORD, SERVERS, free_port

pytestmark = pytest.mark.interop

ARTICLES = sorted((ROOT / "data" / "articles").glob("*.md"))[::14]
EXTRA = "Nvidia has invested $40 million in Anthropic. Bolt Widgets has invested in Anthropic."

CONSTRUCT = "CONSTRUCT { ?o ?p ?s } { ?s ?p ?o ; a aio:Lab . FILTER(isIRI(?o)) }"

READING: dict[str, list[list[str]]] = {
    "ask": [
        ["ask", "Which labs does Microsoft back?", "--format", "json"],
        ["ask", "Who invests in OpenAI?"],
        ["ask", "Who invests in OpenAI?", "--as-of", "2024", "--format", "csv"],
    ],
    "conflicts": [["conflicts"]],
    "diff": [["diff", "2024-01-01", "2024-12-31", "--format", "csv"]],
    "doctor": [["doctor"]],
    "path": [["path", "Nvidia", "Anthropic", "--format", "csv"]],
    "timeline": [["timeline", "Anthropic", "--format", "csv"]],
    "export": [
        ["export", "-o", "-", "--format", "gexf"],
        ["export", "-o", "-", "--format", "node-link"],
        ["export", "-o", "-", "--format", "csv", "--around", "Microsoft"],
        ["export", "-o", "-", "--format", "nquads"],
    ],
    "extract": [["extract", str(ARTICLES[0]), "--format", "jsonl"]],
    "annotate": [["annotate", str(ARTICLES[0]), "-o", "-"]],
    "review": [["review", "--list", "--below", "1", "--format", "csv"], ["review", "--decided"]],
    "show": [["show", "microsoft"], ["show", "Anthropic"]],
    "sparql": [
        ["sparql", "SELECT ?s ?o { ?s aio:investsIn ?o } ORDER BY ?s ?o", "--format", "csv"],
        ["sparql", "SELECT (COUNT(*) AS ?n) { ?s a aio:Entity }"],
        ["sparql", "ASK { GRAPH ?g { ?s a aio:Statement } }"],
        ["sparql", "ASK { ?s a aio:Statement }"],
        ["sparql", "ASK { ?s a aio:Statement }", "--union"],
        ["sparql", CONSTRUCT, "--format", "ntriples"],
    ],
    "stats": [["stats"], ["stats", "--known-by", "2024"]],
    "validate": [["validate"]],
    "why": [["why", "microsoft"]],
}
"""What each command that reads is asked, on both."""

WRITING = {"add", "backup", "ingest", "load", "restore", "serve"}
"""Commands with a test of their own below."""

WITHOUT_STORE = {"evaluate"}
"""Takes --store for the registry beside it only."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same articles in a folder."""
    store = tmp_path_factory.mktemp("folder") / "store"
    ran = run("ingest", *ARTICLES, store=store)
    assert ran.code == 0, ran.err
    return store


@pytest.fixture(scope="module", params=SERVERS)
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the articles, ingested through it."""
    place = tmp_path_factory.mktemp(request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(place / "data"))
        if request.param == "virtuoso":
            patch.setenv("KG_REMOTE_USER", "dba")
            patch.setenv("KG_REMOTE_PASSWORD", PASSWORD)
        with SERVERS[request.param](place) as address:  # type: ignore[attr-defined]
            ran = run("ingest", *ARTICLES, store=address)
            assert ran.code == 0, ran.err
            assert f"{len(ARTICLES)} new" in ran.err
            yield address


def contents(store: str | Path) -> list[str]:
    with open_store(store).read() as reader:
        return sorted(map(str, reader.quads()))


def test_every_command_is_tried() -> None:
    assert set(COMMANDS) == {*READING, *WRITING, *WITHOUT_STORE}


LINES = [pytest.param(line, id=" ".join(line)[:60]) for lines in READING.values() for line in lines]


@pytest.mark.parametrize("line", LINES)
def test_reading(folder: Path, url: str, line: list[str]) -> None:
    here, there = run(*line, store=folder), run(*line, store=url)
    assert here.code == 0, here.err
    assert here.out or here.err, "it says something"
    assert there.code == 0, there.err
    if "nquads" in line or "ntriples" in line:  # in no order
        assert sorted(there.out.splitlines()) == sorted(here.out.splitlines())
    else:
        assert there.out == here.out


def test_writing(folder: Path, url: str, tmp_path: Path) -> None:
    before = contents(folder)
    assert contents(url) == before
    again = run("ingest", *ARTICLES, store=url)
    assert f"{len(ARTICLES)} unchanged" in again.err
    assert contents(url) == before
    for store in (folder, url):  # what is there twice is loaded, and derived again
        dump = tmp_path / "dump.nq"
        dump.write_text(run("export", "-o", "-", "--format", "nquads", store=folder).out)
        ran = run("load", dump, store=store)
        assert ran.code == 0, ran.err
        assert contents(store) == before
    ran = run("backup", tmp_path / "copy", store=url)
    assert ran.code == 0, ran.err
    assert contents(tmp_path / "copy") == before
    with open_store(tmp_path / "copy").read() as copy:
        assert len(list(copy.articles())) == len(ARTICLES)
    article = tmp_path / "extra.txt"
    article.write_text(EXTRA)
    twin = tmp_path / "twin"
    run("restore", tmp_path / "copy", store=twin)
    for store in (twin, url):
        assert run("ingest", article, store=store).code == 0
        added = run("add", "entity", "Bolt Widgets", "--kind", "company", store=store)
        assert added.code == 0, added.err
        ran = run("review", "--below", "1", store=store, stdin="r\nq\n")
        assert ran.err.startswith("1 decided"), ran.err
        assert (
            len(run("review", "--decided", "--format", "jsonl", store=store).out.splitlines()) == 1
        )
        assert run("show", "bolt-widgets", store=store).code == 0
    assert contents(url) == contents(twin) != before
    ran = run("restore", tmp_path / "copy", store=url)
    assert ran.code == 0, ran.err
    assert contents(url) == before


def test_serving(url: str) -> None:
    port = free_port()
    command = [sys.executable, "-m", "kg", "serve", "--port", str(port), "--store", url]
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        pages = {
            path: _page(port, path)
            for path in (
                "/",
                "/id/microsoft",
                "/sparql?query=ASK%7B%7D",
                "/sparql?query=ASK%7B%3Curn%3Anone%3E%20a%20%3Curn%3Anone%3E%7D&format=csv",
            )
        }
        assert {status for status, _ in pages.values()} == {200}, pages
        _, _, yes, no = (body for _, body in pages.values())
        assert json.loads(yes)["boolean"] is True
        assert no.strip() == "false"
    finally:
        process.terminate()
        process.wait(20)


def _page(port: int, path: str) -> tuple[int, str]:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            accept = "application/sparql-results+json, text/html;q=0.5"
            connection.request("GET", path, headers={"Accept": accept})
            response = connection.getresponse()
            return response.status, response.read().decode()
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("kg serve does not listen")


def test_secrets_are_told_to_nobody(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_REMOTE_USER", "mallory")
    monkeypatch.setenv("KG_REMOTE_PASSWORD", "wr0ng-s3cret")
    ran = run("stats", store=url)
    assert "s3cret" not in ran.out + ran.err
    assert urlsplit(url).hostname in ran.err or ran.code == 0  # a server without accounts answers
