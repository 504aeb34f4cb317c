"""Sentences that go on about the statement before: its terms, its conversion, what it leaves open."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Statement


def joined(
    found: Sequence[Statement], text: str, spans: Sequence[tuple[int, int]]
) -> list[Statement]:
    """The statements, those that a following sentence goes on about with its terms and evidence."""
    return list(found)
