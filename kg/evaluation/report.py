"""What an evaluation found: scores, ratios and mistakes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kg.model import Kind

CORE = (Kind.INVESTMENT, Kind.DISTRIBUTION, Kind.SCRUTINY)
SCORED = (*CORE, Kind.ACQUISITION, Kind.PARTNERSHIP)


@dataclass(slots=True)
class Score:
    """Counts of labelled facts, extracted facts, and those that are both."""

    gold: int = 0
    found: int = 0
    hits: int = 0

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Ratio:
    """So many right out of so many; no value where there was nothing to be right about."""

    right: int = 0
    of: int = 0

    def count(self, right: bool) -> None:
        self.right += right
        self.of += 1

    @property
    def value(self) -> float | None:
        return self.right / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Mistake:
    """One disagreement, with what is needed to judge it: ``what`` is missed, spurious,
    modality or amount; ``wanted`` and ``given`` are the values where one differs."""

    what: str
    article: str
    type: str
    subject: str
    object: str
    sentence: str
    wanted: str = ""
    given: str = ""


@dataclass(slots=True)
class Evaluation:
    """The figures, by type and together, and every mistake behind them."""

    types: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    modality: Ratio = field(default_factory=Ratio)
    amounts: Ratio = field(default_factory=Ratio)
    false_alarms: Ratio = field(default_factory=Ratio)
    mistakes: list[Mistake] = field(default_factory=list)

    def rows(self) -> dict[str, Score]:
        """The scores to print: each type, ``core`` (the first three), ``all`` (the five scored)."""
        extra = [k for k in Kind if k not in SCORED and self.types[k].gold]
        rows = {kind.value: self.types[kind] for kind in SCORED}
        rows["core"] = _sum(self.types[k] for k in CORE)
        rows["all"] = _sum(self.types[k] for k in SCORED)
        return rows | {kind.value: self.types[kind] for kind in extra}

    def as_dict(self) -> dict[str, Any]:
        """For programs: everything, as plain values."""
        return {
            "types": {
                label: {
                    "gold": s.gold, "found": s.found,
                    "precision": s.precision, "recall": s.recall, "f1": s.f1,
                }
                for label, s in self.rows().items()
            },
            "modality_accuracy": self.modality.value,
            "amount_accuracy": self.amounts.value,
            "false_alarm_rate": self.false_alarms.value,
            "mistakes": [
                {name: getattr(m, name) for name in Mistake.__slots__} for m in self.mistakes
            ],
        }  # fmt: skip


def _sum(scores: Iterable[Score]) -> Score:
    total = Score()
    for score in scores:
        total.gold += score.gold
        total.found += score.found
        total.hits += score.hits
    return total
