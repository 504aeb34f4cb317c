"""How the model multiplies: on one thread, whatever the process has loaded before."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kg.extraction.rules.language import one_thread
from tests.conftest import ROOT

_ASK = "from kg.extraction.rules.language import model; print(model().get_pipe('tagger').model.ops.use_blis)"


@pytest.mark.parametrize(
    ("before", "threads", "blis"),
    [
        ("", {}, "False"),
        ("import numpy; ", {}, "True"),
        ("import numpy; ", {"OPENBLAS_NUM_THREADS": "1"}, "False"),
        ("import numpy; ", {"OMP_NUM_THREADS": "1"}, "False"),
        ("", {"OMP_NUM_THREADS": "2"}, "True"),
    ],
)
def test_numpy_multiplies_only_on_one_thread(
    before: str, threads: dict[str, str], blis: str
) -> None:
    plain = {k: v for k, v in os.environ.items() if not k.endswith("_NUM_THREADS")}
    done = subprocess.run(
        [sys.executable, "-c", before + _ASK],
        cwd=ROOT,
        env=plain | threads,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == blis


def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    with one_thread():
        assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
    assert "OPENBLAS_NUM_THREADS" not in os.environ
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    with one_thread():
        assert "OPENBLAS_NUM_THREADS" not in os.environ
