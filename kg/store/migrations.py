"""Bringing graphs written by earlier versions up to the form of this one.

``MIGRATIONS[k]`` turns a graph of form k + 1 into form k + 2. They run one after another on
the writer's copy when a store is opened for writing, and are published as one: a migration
that is interrupted leaves the store as it was. Earlier forms can be read without.

To change the form of the graph, append a function here; never change one that was released.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.store.writer import Writer

Migration = Callable[["Writer"], None]

MIGRATIONS: tuple[Migration, ...] = ()
