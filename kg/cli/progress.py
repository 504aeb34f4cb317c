"""Progress bars on stderr, only where a person watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn


@contextmanager
def article_progress(
    total: int | None, label: str = "Reading articles"
) -> Iterator[Callable[[], None]]:
    """Yields a function to call after each article; silent where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with _counting(label) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)


@contextmanager
def edge_progress(label: str = "Writing") -> Iterator[Callable[[int, int], None] | None]:
    """Yields a function to be told of edges done and edges to do; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    with _counting(label) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


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
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn

    count = 0
    with _bar(
        TextColumn(label),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[count]:,} " + things),
        TimeRemainingColumn(),
    ) as bar:
        task = bar.add_task(label, total=total, count=0)

        def done() -> None:
            nonlocal count
            count += 1
            bar.update(task, count=count)

        yield ByteProgress(lambda size: bar.advance(task, size), done)


def _counting(label: str) -> Progress:
    """A bar with how many of how many are done, and the time to go."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

    return _bar(TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


def _bar(*columns: ProgressColumn) -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    return Progress(*columns, console=Console(stderr=True), transient=True)
