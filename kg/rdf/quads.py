"""What gives quads by pattern: a snapshot, a writer's copy, the past, a set in memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from pyoxigraph import Quad


class QuadSource(Protocol):
    """Anything that gives quads by pattern."""

    def quads(
        self,
        subject: Any = None,
        predicate: Any = None,
        object_: Any = None,
        graph: Any = None,
        /,
    ) -> Iterable[Quad]:
        """The quads that match; None matches everything."""
        ...


class QuadStore(QuadSource, Protocol):
    """A source that can be changed."""

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        ...

    def remove(self, quads: Iterable[Quad]) -> None:
        """Remove quads."""
        ...
