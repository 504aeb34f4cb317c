"""What has been taken out of a question, and the nouns in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from kg.model import Entity
from kg.questions.figures import Day
from kg.questions.plan import Noun
from kg.questions.segments import Segment

LEFT_OUT = "left out: "
"""Before what a question says that was not taken into account."""
NARROWING = "left out, though it may narrow the answer: "
"""The same where it may matter."""


def unread(told: Iterable[str]) -> tuple[str, ...]:
    """What was not taken into account, from what an answer tells of its question."""
    return tuple(
        note.removeprefix(prefix)
        for note in told
        for prefix in (LEFT_OUT, NARROWING)
        if note.startswith(prefix)
    )


@dataclass(frozen=True, slots=True)
class Notes:
    """What has been taken out of a question so far."""

    filters: dict[str, Any] = field(default_factory=dict)
    op: str | None = None
    total: bool = False
    size: bool = False
    order: str | None = None
    limit: int | None = None
    counted: tuple[int | None, int | None] | None = None
    into: str | None = None
    as_of: str | None = None
    dates: tuple[Day, ...] = ()
    whose_models: bool = False
    exclude: tuple[Entity, ...] = ()
    else_: bool = False
    but: Noun | None = None
    founded: tuple[str | None, str | None] | None = None
    where: Noun | None = None
    told: tuple[str, ...] = ()
    every: int | None = None

    def filtered(self, segment: Segment, following: Segment | None) -> list[Notes]:
        """With a segment taken as a filter, or passed over as filler: each way it can be read."""
        readings = []
        model = following is not None and following.senses.get("KIND") == "model"
        for tag in ("MODALITY", "STATUS"):
            if model and "OPENADJ" in segment.senses:
                continue  # *open models* are not those under way
            if tag in segment.senses:
                key = tag.lower()
                values = (*self.filters.get(key, ()), *segment.senses[tag])
                readings.append(replace(self, filters={**self.filters, key: values}))
        for tag in ("NATURE", "INSTRUMENT", "ROUND"):
            if tag in segment.senses and tag.lower() not in self.filters:
                changed = {**self.filters, tag.lower(): segment.senses[tag]}
                readings.append(replace(self, filters=changed))
            elif {segment.senses.get(tag), self.filters.get("nature")} == {"licence", "data"}:
                changed = {**self.filters, "nature": "licence"}  # *a data licence*
                readings.append(replace(self, filters=changed))
        if "ELSE" in segment.senses:
            readings.append(replace(self, else_=True))
        for tag, order in (("LAST", "latest"), ("FIRST", "first")):
            if tag in segment.senses and self.order is None:
                several = segment.text.casefold() in ("recent", "recently", "lately") or (
                    following is not None and following.text.casefold().endswith("s")
                )
                limit = segment.senses.get("LIMIT") or (None if several else 1)
                readings.append(replace(self, order=order, limit=limit))
        if "FILLER" in segment.senses:
            every = segment.start if "EVERY" in segment.senses else self.every
            readings.append(replace(self, every=every))
        return readings


def noun_of(value: Any) -> Noun:
    """The noun that a tag carries."""
    if isinstance(value, Noun):
        return value
    return Noun(kind=value)
