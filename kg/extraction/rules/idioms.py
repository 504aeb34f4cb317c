"""Figures of speech for working together and for parting, as the plain word that the parser knows.

``hand in hand`` and ``side by side`` are cut to pieces by the small model; ``jointly`` is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kg.extraction.rules.lexicon import table

Item = tuple[int, int, str, int | None, int | None, int]


def plainly(items: Sequence[Item]) -> list[Item]:
    """The items of a sentence, each idiom as its one plain word."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        idiom, plain = _begins(items, at)
        if idiom:
            first, last = items[at], items[at + idiom - 1]
            out.append((first[0], last[1], plain, None, None, 2))
            at += idiom
        else:
            out.append(items[at])
            at += 1
    return out


def _begins(items: Sequence[Item], at: int) -> tuple[int, str]:
    """How many words of an idiom begin here, and what they mean."""
    for words, plain in _idioms().get(items[at][2].lower(), ()):
        told = items[at : at + len(words)]
        if len(told) == len(words) and all(
            i[3] is None and i[2].lower() == w for i, w in zip(told, words, strict=True)
        ):
            return len(words), plain
    return 0, ""


@lru_cache(maxsize=1)
def _idioms() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word -> idioms that begin with it, the longest first, with their plain word."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for plain, idioms in table("idioms").items():
        for idiom in idioms:
            words = tuple(idiom.split())
            found.setdefault(words[0], []).append((words, plain))
    return {k: tuple(sorted(v, key=lambda i: -len(i[0]))) for k, v in found.items()}
