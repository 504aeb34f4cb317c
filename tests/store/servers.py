"""Real SPARQL servers on loopback, started for the tests and ended by their process ids."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.store import programs

PASSWORD = "only-on-loopback"  # noqa: S105 - of a server that lives as long as the test


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@contextmanager
def running(
    command: list[str], folder: Path, url: str, environment: dict[str, str] | None = None
) -> Iterator[None]:
    """A server that answers at ``url``, ended when the block ends."""
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=output,
            stderr=output,
            env=os.environ | (environment or {}),
        )
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
    # It comes with the tests' own dependencies.
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program is not None, "oxigraph is not installed: pip install oxigraph"
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running([program, "serve", "--bind", f"127.0.0.1:{port}"], folder, url):
        yield f"{url}/query"


@contextmanager
def fuseki(folder: Path) -> Iterator[str]:
    program = programs.fuseki()
    port = free_port()
    url = f"http://127.0.0.1:{port}/ds"
    options = ["--localhost", "--port", str(port), "--mem", "--update", "/ds"]
    with running([*program.command, *options], folder, url):
        yield f"{url}/sparql"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    program = programs.virtuoso()
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
    options = [*program.command, "+configfile", "virtuoso.ini", "+foreground"]
    subprocess.run(
        [*options, *passwords],
        cwd=folder,
        capture_output=True,
        timeout=60,
        check=True,
        env=os.environ | program.environment,
    )
    url = f"http://127.0.0.1:{port}/sparql"
    with running(options, folder, url, program.environment):
        yield url


SERVERS: dict[str, Callable[[Path], object]] = {
    "oxigraph": oxigraph,
    "fuseki": fuseki,
    "virtuoso": virtuoso,
}
