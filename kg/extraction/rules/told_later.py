"""Sums that a sentence tells of what sentences before it told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extraction.rules.figures import Money, sums
from kg.model import Statement

REACH = 3
"""Sentences between what was told and its sum at most."""


def told_later(
    statements: Sequence[Statement],
    text: str,
    spans: Sequence[tuple[int, int]],
    before: re.Pattern[str],
) -> Iterator[tuple[Money, int, int, int]]:
    """Each sum that no statement has and whose sentence up to it fits ``before``.

    With the beginning and the end of its sentence, and the first place that it may refer to.
    """
    taken = {(a.start, a.end) for s in statements for a in s.amounts}
    for index, (start, end) in enumerate(spans):
        for money in sums(text, start, end):
            if (money.start, money.end) in taken or not before.search(text[start : money.start]):
                continue
            yield money, start, end, spans[max(0, index - REACH)][0]
