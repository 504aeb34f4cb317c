"""Whatever befalls the reading of one article, the process that reads goes on."""

from __future__ import annotations

import os
import signal
import time

import pytest

from kg.spark.isolation import PoisonedError, apart, guarded


def _raise() -> str:
    raise ValueError("cannot make sense of it")


def _swallow() -> str:
    """Goes on for ever whatever exception it meets."""
    while True:
        try:
            time.sleep(60)
        except Exception:  # noqa: BLE001, S112 - what a careless extractor does
            continue


def _die() -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


@pytest.mark.parametrize("hold", [guarded, apart])
def test_what_is_read_comes_back(hold: object) -> None:
    assert callable(hold)
    assert hold(lambda: "x" * 1_000_000, 30) == "x" * 1_000_000


@pytest.mark.parametrize("hold", [guarded, apart])
def test_what_raises_is_told(hold: object) -> None:
    assert callable(hold)
    with pytest.raises(PoisonedError, match="ValueError: cannot make sense of it"):
        hold(_raise, 30)


@pytest.mark.parametrize("hold", [guarded, apart])
def test_what_never_ends_is_ended(hold: object) -> None:
    assert callable(hold)
    began = time.monotonic()
    with pytest.raises(PoisonedError, match=r"not read within 0.5 seconds"):
        hold(_swallow, 0.5)
    assert time.monotonic() - began < 20
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_what_brings_its_process_down_is_told() -> None:
    with pytest.raises(PoisonedError, match=r"signal 9, SIGKILL"):
        apart(_die, 30)
