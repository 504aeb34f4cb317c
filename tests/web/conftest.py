"""A server of the bundled graph, over real HTTP on loopback, in a thread of the tests."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytest.importorskip("jinja2")


@dataclass(frozen=True)
class Reply:
    """An HTTP response, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True)
class Site:
    """A running server; ``get`` and ``send`` make one request each."""

    port: int
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, target, body, dict(headers or {}))
            response = connection.getresponse()
            read = response.read()
            found = {k.lower(): v for k, v in response.getheaders()}
            return Reply(response.status, found, read)
        finally:
            connection.close()

    def get(self, target: str, accept: str | None = None, **headers: str) -> Reply:
        if accept:
            headers["Accept"] = accept
        return self.send("GET", target, None, {k.replace("_", "-"): v for k, v in headers.items()})

    def page(self, target: str) -> Reply:
        return self.get(target, "text/html,application/xhtml+xml,*/*;q=0.8")

    def query(self, sparql: str, accept: str | None = None, **parameters: str) -> Reply:
        pairs = urlencode({"query": sparql, **parameters}, quote_via=quote)
        return self.get(f"/sparql?{pairs}", accept)


@contextlib.contextmanager
def running(store: Path | str, **changes: object) -> Iterator[Site]:
    """Serve a store on a free port until the block ends."""
    import uvicorn

    from kg.web.app import create_app
    from kg.web.server import listen
    from kg.web.settings import Settings

    settings = Settings(str(store), port=0, **changes)  # type: ignore[arg-type]
    listening = listen(settings)
    config = uvicorn.Config(
        create_app(settings), log_level="error", timeout_graceful_shutdown=2, server_header=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    try:
        yield Site(listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@pytest.fixture(scope="session")
def serve() -> Callable[..., contextlib.AbstractContextManager[Site]]:
    return running


@pytest.fixture(scope="session")
def site(bundled_store: Path) -> Iterator[Site]:
    """The bundled graph, served with the usual limits but for the rate."""
    with running(bundled_store, rate=0, query_timeout=5) as found:
        yield found


@pytest.fixture(scope="session")
def w3c_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the W3C's SPARQL tests, each file a named graph."""
    from kg.store import open_store
    from tests.web.w3c import quads

    store = tmp_path_factory.mktemp("w3c") / "store"
    with open_store(store).write() as writer:
        writer.add(quads())
    return store


@pytest.fixture(scope="session")
def w3c(w3c_store: Path) -> Iterator[Site]:
    """That store, served."""
    with running(w3c_store, rate=0, query_timeout=10) as found:
        yield found


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A graph of one article that is all mischief."""
    import json

    from tests.cli.inprocess import run
    from tests.web.hostile import HOSTILE

    folder = tmp_path_factory.mktemp("hostile")
    source = folder / "articles.jsonl"
    source.write_text(json.dumps(HOSTILE) + "\n", encoding="utf-8")
    done = run("ingest", source, store=folder / "store")
    assert done.code == 0, done.err
    with running(folder / "store", rate=0) as found:
        yield found


@pytest.fixture(scope="session")
def chromium(explorer_built: None) -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright; one for all tests."""
    from tests.web import programs
    from tests.web.browser import FLAGS

    found = programs.chromium()
    playwright = programs.python(programs.PLAYWRIGHT, "playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=found.path, args=FLAGS, env={**os.environ, **found.environment}
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def explorer_built() -> None:
    """The explorer's script, bundled if it is not that of these sources."""
    from kg.web.build import build, is_current

    if not is_current():
        if shutil.which("npm") is None:
            pytest.skip("Node.js is not here")
        build()
