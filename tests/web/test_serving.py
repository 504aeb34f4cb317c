"""``kg serve`` as an operator starts and stops it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import ROOT, kg

WITHOUT = """
import sys
sys.modules[{missing!r}] = None
from kg.cli import main
sys.argv[1:] = ["serve", "--store", {store!r}, "--port", "0"]
main()
"""


def test_it_says_where_it_is_and_stops_when_told(bundled_store: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    command = [sys.executable, "-m", "kg", "serve", "--port", "0"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment | {"KG_STORE": str(bundled_store)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        try:
            said = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/", said)
            assert found, said
            with urllib.request.urlopen(found[0], timeout=30) as answer:  # noqa: S310
                assert b"Newest reports" in answer.read()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 0
    assert out == ""
    assert "Traceback" not in err


@pytest.mark.parametrize("missing", ["starlette", "uvicorn", "jinja2"])
def test_what_is_missing_is_told_with_the_remedy(bundled_store: Path, missing: str) -> None:
    code = WITHOUT.format(missing=missing, store=str(bundled_store))
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert f"needs {missing}" in done.stderr
    assert "pip install 'ai-industry-kg[web]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_in_use_is_told(bundled_store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = kg("serve", "--port", str(taken.getsockname()[1]), store=bundled_store)
    assert ran.code == 1
    assert "--port" in ran.err


def test_a_negative_limit_is_refused(bundled_store: Path) -> None:
    ran = kg("serve", "--query-timeout", "0", store=bundled_store)
    assert ran.code == 2
    assert "--query-timeout" in ran.err
