"""What the README shows is what the program prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import ROOT, kg

SESSION = re.search(
    r"## A session\n.*?```console\n(.*?)```", (ROOT / "README.md").read_text(), re.S
)
SHOWN = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n?)*)", SESSION[1] if SESSION else "", re.M)


def test_there_is_a_session() -> None:
    assert len(SHOWN) >= 3


@pytest.mark.parametrize("command", [c for c, _ in SHOWN])
def test_its_commands_run_and_say_what_is_shown(command: str, bundled_store: Path) -> None:
    words = shlex.split(command)
    stdin = None
    if "|" in words:
        stdin, words = words[1], words[words.index("|") + 1 :]
    ran = kg(*words[1:], store=bundled_store, stdin=stdin, env={"COLUMNS": "100"})
    assert ran.code == 0, ran.err
    shown = next(text for c, text in SHOWN if c == command)
    names = set(re.findall(r"\b(?:USD|EUR) [\d.]+ \w+|id:[\w-]+|Mistral AI|Nvidia", shown))
    assert names
    for name in names:
        assert name in ran.out
