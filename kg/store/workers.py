"""Queries in processes of their own, because a running query cannot be stopped from inside.

A ``Pool`` keeps a few worker processes. Each answers one query at a time from a snapshot
opened read-only and sends the serialised results back in pieces; at the time limit the
process is ended and another takes its place when needed. A server uses one pool for all its
requests; ``Reader.query(..., timeout=...)`` uses ``shared_pool()``.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.store.errors import QueryError, QueryTimeoutError, StoreError
from kg.store.evaluate import FORMATS, SOLUTION_FORMATS, Options
from kg.store.pipes import CAN_POLL, PIECE, LateError, Source, receive, send, write

if TYPE_CHECKING:
    import pyoxigraph as ox

_GRACE = 2.0
"""Seconds past the limit after which a worker ends itself, should its parent be gone."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Serialised results: ``kind`` is select, ask or graph; ``pieces`` arrive as they are made.

    Iterating may raise QueryTimeoutError or QueryError. Not reading to the end ends the query.
    """

    kind: str
    format: str
    pieces: Iterator[bytes]


class Pool:
    """Up to ``size`` worker processes, started when first needed; safe to share by threads.

    ``memory`` limits what each worker's queries may take, in bytes: address space beyond what
    the opened store has reserved (not on Windows).
    """

    def __init__(self, size: int = 2, memory: int | None = None) -> None:
        self._free = threading.BoundedSemaphore(size)
        self._memory = memory
        self._idle: list[_Worker] = []
        self._guard = threading.Lock()
        self._closed = False

    def answer(
        self,
        database: Path,
        sparql: str,
        options: Options,
        *,
        timeout: float,
        solutions: str = "json",
        graph: str = "turtle",
    ) -> Answer:
        """Run a query on a snapshot's RocksDB folder; at most ``timeout`` seconds for everything.

        Waiting for a free worker counts. SELECT and ASK results come in format
        ``solutions``, triples in ``graph``. The caller has refused what must be refused, and
        keeps the snapshot from being removed.
        """
        for name, known in ((solutions, SOLUTION_FORMATS), (graph, FORMATS)):
            if name not in known:
                raise StoreError(f"unknown format {name!r}; choose one of {', '.join(known)}")
        if timeout <= 0:
            raise ValueError("a time limit must be more than 0 seconds")
        limit = min(timeout, threading.TIMEOUT_MAX)
        pieces = self._run(limit, (str(database), sparql, options, solutions, graph))
        kind = next(pieces).decode()
        return Answer(kind, graph if kind == "graph" else solutions, pieces)

    def _run(self, timeout: float, request: tuple[Any, ...]) -> Iterator[bytes]:
        started = time.monotonic()
        if not self._free.acquire(timeout=timeout):
            raise QueryTimeoutError(
                f"no worker was free within {timeout:g} s; try again, or allow more workers"
            )
        worker = None
        try:
            worker = self._take()
            left = max(timeout - (time.monotonic() - started), 0.001)
            yield from worker.run(request, left, timeout)
        finally:
            if worker is not None:
                self._give_back(worker)
            self._free.release()

    def _take(self) -> _Worker:
        with self._guard:
            while self._idle:
                worker = self._idle.pop()
                if worker.alive():
                    return worker
        return _Worker(self._memory)

    def _give_back(self, worker: _Worker) -> None:
        with self._guard:
            if worker.ready and not self._closed:
                self._idle.append(worker)
                return
        worker.end()

    def close(self) -> None:
        """End all idle workers; those at work end with their query."""
        with self._guard:
            self._closed = True
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()


@cache
def shared_pool() -> Pool:
    """The pool behind ``Reader.query(..., timeout=...)``."""
    pool = Pool(size=max(2, os.cpu_count() or 2))
    atexit.register(pool.close)
    return pool


class _Worker:
    """The parent's side of one process; ``ready`` while it awaits a request."""

    def __init__(self, memory: int | None) -> None:
        start = (
            f"import sys; sys.path[:] = {sys.path!r}; "
            f"from kg.store.workers import work; work({memory!r})"
        )
        self.ready = True
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", start], bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._source = Source(self._process.stdout)

    def alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._process.wait()

    def run(self, request: tuple[Any, ...], left: float, limit: float) -> Iterator[bytes]:
        """Send a request and yield the pieces of the answer; at most ``left`` seconds."""
        self.ready = False
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = None
        if not CAN_POLL:
            timer = threading.Timer(left, stop)
            timer.daemon = True
            timer.start()
        try:
            self._source.deadline = time.monotonic() + left
            if self._process.stdin is None:
                raise EOFError
            send(self._process.stdin, b"Q", pickle.dumps((left, request)))
            while True:
                kind, body = receive(self._source)
                self.ready = kind in (b"E", b"Z")
                if kind == b"E":
                    name, message = pickle.loads(body)  # noqa: S301 - from our own process
                    raise _ERRORS.get(name, QueryError)(message)
                if kind == b"Z":
                    return
                yield body
        except (EOFError, OSError, LateError) as error:
            if isinstance(error, LateError):
                stop()
            if late.is_set():
                raise QueryTimeoutError(
                    f"the query took longer than {limit:g} s and was ended; make it more "
                    "specific, add a LIMIT, or allow more time"
                ) from error
            raise QueryError(
                "the query's process ended before its answer was complete, most likely for want "
                "of memory; make the query more specific or add a LIMIT"
            ) from error
        finally:
            if timer is not None:
                timer.cancel()


_ERRORS: dict[str, type[StoreError]] = {"QueryError": QueryError, "StoreError": StoreError}


def work(memory: int | None) -> None:
    """The worker's side: answer requests from standard input until it ends."""
    if sys.platform != "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    opened: tuple[str, ox.Store] | None = None
    while True:
        try:
            _, body = receive(source)
        except EOFError:
            return
        left, (database, sparql, options, *formats) = pickle.loads(body)  # noqa: S301 - from our parent
        if sys.platform != "win32":
            # The system ends the process even while RocksDB does not return to Python.
            signal.setitimer(signal.ITIMER_REAL, left + _GRACE)
        try:
            if opened is None or opened[0] != database:
                _limit(None)
                opened = database, _open(database)
                _limit(memory)
            _answer(opened[1], sparql, options, (formats[0], formats[1]), database, sink)
            send(sink, b"Z", b"")
        except StoreError as error:
            name = "QueryError" if isinstance(error, QueryError) else "StoreError"
            send(sink, b"E", pickle.dumps((name, str(error))))
        except (OSError, RuntimeError, ValueError) as error:
            text = f"the query cannot be evaluated: {error}"
            send(sink, b"E", pickle.dumps(("QueryError", text)))
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, 0)


def _open(database: str) -> ox.Store:
    import pyoxigraph as ox

    return ox.Store.read_only(database)


def _limit(memory: int | None) -> None:
    """Let this process take ``memory`` bytes more of address space than it has; None: any.

    RocksDB reserves hundreds of megabytes for its threads when a store is opened, more on
    machines with more processors, and ends the process where it cannot start them.
    """
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = hard if memory is None else memory + _address_space()
    if memory is not None and hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int:
    """Bytes of address space that this process has; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except FileNotFoundError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _answer(
    store: ox.Store,
    sparql: str,
    options: Options,
    formats: tuple[str, str],
    place: str,
    sink: IO[bytes],
) -> None:
    import pyoxigraph as ox

    from kg.store.evaluate import evaluate, serialise

    results = evaluate(store, sparql, options, place)
    kinds = {ox.QuerySolutions: b"select", ox.QueryBoolean: b"ask", ox.QueryTriples: b"graph"}
    write(sink, b"K", kinds[type(results)])
    output = _Pieces(sink)
    serialise(results, output, *formats, options.prefixes)  # type: ignore[arg-type]
    output.pass_on()  # with the mark of the end, in one go


class _Pieces:
    """A stream that passes on what is written to it in pieces of a good size."""

    def __init__(self, sink: IO[bytes]) -> None:
        self._sink = sink
        self._kept = bytearray()

    def write(self, data: bytes) -> int:
        self._kept += data
        if len(self._kept) >= PIECE:
            self.flush()
        return len(data)

    def flush(self) -> None:
        self.pass_on()
        self._sink.flush()

    def pass_on(self) -> None:
        if self._kept:
            write(self._sink, b"D", bytes(self._kept))
            self._kept.clear()
