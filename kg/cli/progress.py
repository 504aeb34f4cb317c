"""A progress bar on stderr, only where a person watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@contextmanager
def article_progress(
    total: int | None, label: str = "Reading articles"
) -> Iterator[Callable[[], None]]:
    """Yields a function to call after each article; silent where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = [TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()]
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)


@dataclass(frozen=True, slots=True)
class ByteProgress:
    """What a bar over the bytes of an input is told: bytes read, things done."""

    read: Callable[[int], None]
    done: Callable[[], None]


@contextmanager
def byte_progress(total: int | None, things: str, label: str = "Reading") -> Iterator[ByteProgress]:
    """A bar with the bytes read, the ``things`` done so far and the time to go.

    Silent where stderr is no terminal.
    """
    if not sys.stderr.isatty():
        yield ByteProgress(lambda _: None, lambda: None)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = [
        TextColumn(label),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[count]:,} " + things),
        TimeRemainingColumn(),
    ]
    count = 0
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total, count=0)

        def done() -> None:
            nonlocal count
            count += 1
            bar.update(task, count=count)

        yield ByteProgress(lambda size: bar.advance(task, size), done)


@contextmanager
def edge_progress(label: str = "Writing") -> Iterator[Callable[[int, int], None] | None]:
    """A bar told of edges done and edges to do; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = [TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()]
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
