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
    first_words = _idioms()
    out: list[Item] = []
    at = 0
    while at < len(items):
        begins = items[at][2].lower() in first_words
        idiom, plain = _begins(items, at) if begins else (0, "")
        if idiom:
            first, last = items[at], items[at + idiom - 1]
            out.append((first[0], last[1], plain, None, None, 2))
            at += idiom
        else:
            out.append(items[at])
            at += 1
    return out


def by_default(items: Sequence[Item]) -> list[Item]:
    """``make Z the default assistant on P``: as ``make Z on P``, which the parser knows."""
    if all(i[2] not in _DEFAULT for i in items):
        return list(items)
    out: list[Item] = []
    at = 0
    while at < len(items):
        end = _default_until(items, at)
        at = end if end > at else at
        out.append(items[at])
        at += 1
    return out


def _default_until(items: Sequence[Item], at: int) -> int:
    """Index of the preposition after ``the default writing tool``; ``at`` where none is told so."""
    told = [i[2].lower() for i in items[at : at + 2]]
    before = items[at - 1] if at else None
    if before is None or before[3] is None or len(told) < 2:
        return at
    if told[0] not in ("the", "its", "their", "a") or told[1] not in _DEFAULT:
        return at
    if not any(i[2].lower() in _MAKING for i in items[max(0, at - 6) : at - 1]):
        return at
    for end in range(at + 2, min(at + 6, len(items))):
        if items[end][2].lower() in ("on", "in", "for", "across", "inside", "within"):
            return end
        if items[end][3] is not None or not items[end][2].isalpha():
            break
    return at


_DEFAULT = frozenset({"default", "standard"})
_MAKING = frozenset({"make", "makes", "made", "making"})


def finite(items: Sequence[Item]) -> list[Item]:
    """``Y, which X backs``: as ``X backed``; the small model takes the verb behind a name for a noun."""
    out = list(items)
    for at, item in enumerate(items):
        if item[2] == "rents" and at and (items[at - 1][3] is not None or items[at - 1][2] == ","):
            out[at] = (*item[:2], "rented", *item[3:])
        if item[2] == "values" and _is_of_name(items, at):
            out[at] = (*item[:2], "valued", *item[3:])
        if item[2] == "awaits" and at and items[at - 1][3] is not None:
            out[at] = (*item[:2], "awaited", *item[3:])
        if item[2] == "closes" and at and items[at - 1][3] is not None and _is_last(items, at):
            # "once the deal between X and Y closes,": no noun
            out[at] = (*item[:2], "is closed", *item[3:])
        past = _PAST.get(item[2]) if item[3] is None else None
        if past is not None and at > 1 and items[at - 1][3] is not None and _ends_clause(items, at):
            out[at] = (*item[:2], past, *item[3:])
    return out


def _is_last(items: Sequence[Item], at: int) -> bool:
    return at + 1 == len(items) or items[at + 1][2] in (",", ".", ";")


def _is_of_name(items: Sequence[Item], at: int) -> bool:
    """``the investment values Y at $5 billion``, not ``which values Y``, which the parser knows."""
    after = items[at + 1] if at + 1 < len(items) else None
    named = after is not None and (after[3] is not None or after[2] in ("the", "it"))
    before = items[at - 1] if at else None
    relative = before is None or (before[3] is None and before[2] in ("which", "that", ","))
    return named and not relative


_PAST = {"backs": "backed", "back": "backed", "funds": "funded", "invests": "invested"}


def _ends_clause(items: Sequence[Item], at: int) -> bool:
    """Whether nothing but the names of a list stands between ``which`` and the word; no noun follows."""
    after = items[at + 1][2] if at + 1 < len(items) else ","
    if items[at][2] in ("back", "funds") and after not in (",", ".", ";", ")"):
        return False
    for item in reversed(items[max(0, at - 8) : at]):
        if item[3] is None and item[2].lower() not in ("and", ",", "the"):
            return item[2].lower() in ("which", "that")
    return False


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
