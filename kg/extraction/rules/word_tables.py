"""Tables of what the words of ``frames.yaml`` mean, joined so that none has two meanings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

_Meaning = TypeVar("_Meaning")


def by_word(*tables: Mapping[str, _Meaning]) -> dict[str, _Meaning]:
    """One table of all: of two meanings of a word one would never be asked.

    Raises:
        ValueError: for a word that stands in two tables.
    """
    joined: dict[str, _Meaning] = {}
    for table in tables:
        for word, meaning in table.items():
            if word in joined:
                raise ValueError(f"the word {word!r} of frames has two meanings: rename one")
            joined[word] = meaning
    return joined
