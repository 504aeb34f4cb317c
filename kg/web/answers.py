"""Answers kept for as long as their snapshot may be asked again.

A published snapshot never changes, so neither does a query's answer from it, unless the query
asks for the time, for chance, or for another server.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass

_FICKLE = re.compile(r"\b(?:now|rand|(?:str)?uuid|bnode)\b|service", re.IGNORECASE)
_LARGEST = 1 << 16


def is_settled(query: str) -> bool:
    """Whether a query has one answer only; a doubt counts as no."""
    return "\\" not in query and not _FICKLE.search(query)


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer."""

    media_type: str
    body: bytes


class Answers:
    """The latest answers, up to so many bytes; of one event loop."""

    def __init__(self, room: int) -> None:
        self._left = room
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def get(self, tag: str) -> Kept | None:
        """The answer with an entity tag, if it is still here."""
        found = self._kept.get(tag)
        if found is not None:
            self._kept.move_to_end(tag)
        return found

    def put(self, tag: str, answer: Kept) -> None:
        """Keep an answer, if it is not too large, in place of those not asked for lately."""
        if len(answer.body) > _LARGEST or tag in self._kept:
            return
        self._kept[tag] = answer
        self._left -= len(answer.body) + len(tag)
        while self._left < 0 and self._kept:
            old, gone = self._kept.popitem(last=False)
            self._left += len(gone.body) + len(old)
