"""``kg`` in the tests' own process: a run costs no start of Python and no model to load."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from unittest import mock

from kg.cli import main
from tests.conftest import Ran


def run(*arguments: str | Path, store: str | Path, stdin: str = "", **environment: str) -> Ran:
    """Run a command line; what it prints and its exit code are those of a process of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KG_") or "REMOTE" in k}
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2)]
    code = 0
    with (
        mock.patch.dict(
            os.environ,
            {**kept, "KG_STORE": str(store), "COLUMNS": "120", **environment},
            clear=True,
        ),
        mock.patch.object(sys, "stdout", streams[0]),
        mock.patch.object(sys, "stderr", streams[1]),
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8")),
    ):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0
    told = []
    for stream in streams:
        stream.flush()
        told.append(stream.buffer.getvalue().decode("utf-8", "surrogateescape"))  # type: ignore[attr-defined]
    return Ran(code, told[0], told[1])
