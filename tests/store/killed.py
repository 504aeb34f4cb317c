"""Commands that are run to be killed: each in a process forked from one that has loaded all.

``prepare`` is what the fork server does once, so that a try costs the command and not the start
of Python and of the language model.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(["tests.store.killed_preload"])


def start(target: Callable[..., None], *arguments: Any) -> BaseProcess:
    """Start a function in a process of its own; ``kill`` ends it by SIGKILL."""
    process = context.Process(target=target, args=arguments, daemon=True)
    process.start()
    return process


def command(store: Path, arguments: list[str], said: Path, answers: int | None = None) -> None:
    """Run ``kg`` with its output appended to ``said`` at once.

    ``answers`` writes that many answers (accept, reject, ...) to its standard input.
    """
    os.environ["KG_STORE"] = str(store)
    descriptor = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    sys.stdout = os.fdopen(1, "w", buffering=1)
    sys.stderr = os.fdopen(2, "w", buffering=1)
    if answers is not None:
        receiving, sending = os.pipe()
        os.write(sending, b"r\na\n" * (answers // 2 + 1))
        os.close(sending)
        os.dup2(receiving, 0)
        sys.stdin = os.fdopen(0)
    from kg.cli import main

    main(arguments)


def migration(store: Path) -> None:
    """Open a store whose graph has to be brought up to a newer form."""
    from kg.store.embedded import EmbeddedStore
    from tests.store.crashing import CHAIN

    with EmbeddedStore(store, migrations=CHAIN).write(timeout=30):
        pass


def rounds(store: Path, said: Path) -> None:
    """Publish one round after the other, and say which."""
    descriptor = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(descriptor, 1)
    sys.stdout = os.fdopen(1, "w", buffering=1)
    from tests.store import crashing

    crashing.rounds(store, 1000)
