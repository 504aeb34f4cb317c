"""The same article gives the same extraction in every process, whatever order its sets are in."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import ROOT

READ = """
from kg.extraction.protocol import load
from kg.model import Article

text = (
    "Microsoft invested $250 million in Mistral AI, according to people familiar with it. "
    "Amazon invested $15 million in Cohere, sources said, sources told and people briefed "
    "on it said, two sources familiar with it said."
)
for statement in load("rules").extract(Article(text, "news")).statements:
    print(repr(statement))
"""


def test_two_processes_extract_the_same() -> None:
    read = [
        subprocess.run(
            [sys.executable, "-c", READ],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "4")
    ]
    assert len(set(read)) == 1
    assert "rumoured" in read[0]
