"""One article's reading held apart from the others': within a time, or in a process of its own.

An article on which the reading raises, does not end or brings its process down costs that
article and nothing else.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class PoisonedError(Exception):
    """An article that cannot be read, and how that showed."""


class _OutOfTime(BaseException):
    """No Exception, so that no extractor takes it for its own."""


def guarded(function: Callable[[], T], seconds: float) -> T:
    """Call within ``seconds``; raises PoisonedError for whatever it raises itself."""
    try:
        with _time_limit(seconds):
            return function()
    except _OutOfTime:
        raise PoisonedError(f"not read within {seconds:g} seconds") from None
    except Exception as error:  # whatever an extractor raises concerns one article
        raise PoisonedError(f"{type(error).__name__}: {str(error)[:300]}") from error


def apart(function: Callable[[], T], seconds: float) -> T:
    """The same in a child process, so that this one survives whatever befalls it."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_report, args=(function, seconds, theirs))
    child.start()
    theirs.close()
    try:
        # The child keeps the time itself; this is for one that cannot be interrupted.
        if not ours.poll(seconds + 10):
            raise PoisonedError(f"not read within {seconds:g} seconds, and not to be interrupted")
        done, value = ours.recv()
    except EOFError:
        child.join(10)
        raise PoisonedError(f"the process that read it ended ({_ending(child.exitcode)})") from None
    finally:
        ours.close()
        if child.is_alive() and child.exitcode is None:
            child.join(1)
        if child.is_alive():
            child.kill()
        child.join()
    if not done:
        raise PoisonedError(value)
    return value  # type: ignore[no-any-return]


def _report(function: Callable[[], object], seconds: float, connection: Any) -> None:
    try:
        answer: tuple[bool, object] = (True, guarded(function, seconds))
    except PoisonedError as error:
        answer = (False, str(error))
    connection.send(answer)
    connection.close()
    os._exit(0)  # nothing of the parent's is to be flushed or closed twice


def _ending(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit code {code}"
    return f"signal {-code}, {signal.Signals(-code).name}"


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # signals reach the main thread only
        return

    def ring(number: int, frame: object) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
