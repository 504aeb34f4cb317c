"""Real SPARQL servers on loopback, started for the tests and ended by their process ids."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PASSWORD = "only-on-loopback"  # noqa: S105 - of a server that lives as long as the test


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@contextmanager
def running(command: list[str | Path], folder: Path, url: str) -> Iterator[None]:
    """A server that answers at ``url``, ended when the block ends."""
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
    try:
        _await(process, url, log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            pytest.fail(f"the server ended:\n{log.read_text()[-2000:]}")
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server does not answer:\n{log.read_text()[-2000:]}")


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    program = shutil.which("oxigraph")
    if program is None:
        pytest.skip("oxigraph is not installed: pip install oxigraph")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running([program, "serve", "--bind", f"127.0.0.1:{port}"], folder, url):
        yield f"{url}/query"


@contextmanager
def fuseki(folder: Path) -> Iterator[str]:
    named = os.environ.get("KG_TEST_FUSEKI")
    repository = Path.home() / ".m2/repository/org/apache/jena/jena-fuseki-server"
    jars = [Path(named)] if named else sorted(repository.glob("*/jena-fuseki-server-*.jar"))
    if not jars or not shutil.which("java"):
        pytest.skip(
            "Fuseki is not installed: mvn dependency:get "
            "-Dartifact=org.apache.jena:jena-fuseki-server:5.6.0, or set KG_TEST_FUSEKI to its jar"
        )
    port = free_port()
    url = f"http://127.0.0.1:{port}/ds"
    options = ["--localhost", "--port", str(port), "--mem", "--update", "/ds"]
    with running(["java", "-Xmx512m", "-jar", jars[-1], *options], folder, url):
        yield f"{url}/sparql"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource-7-bin")
    port = free_port()
    (folder / "virtuoso.ini").write_text(
        "[Database]\nDatabaseFile = v.db\nErrorLogFile = v.log\nLockFile = v.lck\n"
        "TransactionFile = v.trx\nxa_persistent_file = v.pxa\n"
        "[TempDatabase]\nDatabaseFile = t.db\nTransactionFile = t.trx\n"
        f"[Parameters]\nServerPort = 127.0.0.1:{free_port()}\nDisableUnixSocket = 1\n"
        "NumberOfBuffers = 4000\nMaxDirtyBuffers = 3000\n"
        f"[HTTPServer]\nServerPort = 127.0.0.1:{port}\nServerRoot = .\nServerThreads = 5\n"
        "[SPARQL]\nResultSetMaxRows = 20000\n"
    )
    passwords = ["+pwdold", "dba", "+pwddba", PASSWORD, "+pwddav", PASSWORD]
    options = [program, "+configfile", "virtuoso.ini", "+foreground"]
    subprocess.run([*options, *passwords], cwd=folder, capture_output=True, timeout=60, check=True)
    url = f"http://127.0.0.1:{port}/sparql"
    with running([*options], folder, url):
        yield url


SERVERS: dict[str, Callable[[Path], object]] = {
    "oxigraph": oxigraph,
    "fuseki": fuseki,
    "virtuoso": virtuoso,
}
