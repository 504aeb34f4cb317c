"""Every promise is measured by some benchmark, and every benchmark measures a promise."""

from __future__ import annotations

import re
from pathlib import Path

from tests.benchmarks.registry import BY_NAME
from tests.conftest import ROOT


def files() -> list[Path]:
    return [p for p in (ROOT / "tests").rglob("test_*.py") if "mark.benchmark" in p.read_text()]


def test_every_promise_is_measured() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in files())
    assert [name for name in BY_NAME if f'"{name}"' not in text] == []


def test_every_report_is_of_a_promise() -> None:
    for path in files():
        for name in re.findall(r'report\(\s*"([^"]+)"', path.read_text(encoding="utf-8")):
            assert name in BY_NAME, path
