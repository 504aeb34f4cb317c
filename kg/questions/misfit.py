"""Why a form does not apply, and what is known when that is decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.model import Entity
from kg.questions.lexicon import Lexicon


class Misfit(Exception):  # noqa: N818 - says that a form does not apply, not that something failed
    """A form matched by its words but cannot be meant; ``reason`` may help the user."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Context:
    """What building needs beside the match; ``polar`` if a yes or a no is wanted."""

    lexicon: Lexicon
    keys: frozenset[str]
    entity: Callable[[str], Entity | None]
    polar: bool = False
