"""What several tests share: the command line as a user runs it, the bundled graph, the shared folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.store.files import Lock

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


def kg(
    *arguments: str | Path,
    store: Path | None = None,
    stdin: str | None = None,
    env: Mapping[str, str] | None = None,
) -> Ran:
    """Run ``kg`` in a process of its own, as a user does; ``env`` adds to its environment."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    environment |= {"PYTHONUTF8": "1", "COLUMNS": "120", **(env or {})}
    if store is not None:
        environment["KG_STORE"] = str(store)
    done = subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def bundled_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store built from the bundled articles by the command line, once for all processes of tests."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "bundled"
    folder.mkdir(exist_ok=True)
    store, built = folder / "store", folder / "built"
    with Lock(folder / "lock") as lock:
        assert lock.acquire(120)
        if not built.exists():
            done = kg("ingest", ROOT / "data" / "articles", store=store)
            assert done.code == 0, done.err
            built.touch()
    return store


@pytest.fixture(scope="session")
def first_article() -> Path:
    """The article that the project started from; skips where it is absent."""
    path = SHARED / "articles" / "microsoft-mistral.txt"
    if not path.exists():
        pytest.skip("the shared articles are not here")
    return path
