"""Python's search for unused objects put off while articles are read.

A parsed sentence is many small objects that refer to each other; looking through them again and
again for those that are out of use takes a tenth of the time of reading. It is done seldom instead,
so that memory stays bounded.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 100_000
"""New objects after which to look; Python's own measure is 700."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Unused objects are looked for seldom; as often as before afterwards."""
    often, *older = gc.get_threshold()
    if not 0 < often < _SELDOM:
        # turned off, or put off already by another thread
        yield
        return
    gc.set_threshold(_SELDOM, *older)
    try:
        yield
    finally:
        gc.set_threshold(often, *older)
