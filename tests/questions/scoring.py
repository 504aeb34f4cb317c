"""Scores answers against ``questions.yaml``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.model import Modality
from kg.questions import Answer
from tests.tables import table

QUESTIONS = Path(__file__).with_name("questions.yaml")


@dataclass(frozen=True)
class Asked:
    """A question with what is expected; ``held`` if the grammar is not developed on it."""

    text: str
    group: dict[str, Any] = field(hash=False)
    held: bool

    @property
    def sort(self) -> str:
        return str(self.group["class"])


def asked(path: Path = QUESTIONS) -> Iterator[Asked]:
    """All questions, in the order of the file."""
    number = 0
    for group in table(path):
        for text in group["ask"]:
            number += 1
            yield Asked(str(text), group, number % 4 == 0)


def wrong(question: Asked, answer: Answer, reader: Any = None) -> str | None:
    """What is wrong with an answer; None if it is right. ``reader`` is asked for answers written as queries."""
    group = question.group
    if group.get("refuse"):
        return "understood, though it cannot be" if answer.understood else None
    if not answer.understood:
        return f"not understood: {answer.interpretation}"
    names = [i.name for i in answer.answers]
    if "sparql" in group:
        told = {row["name"].value for row in reader.query(group["sparql"])}
        if problem := _beyond(told, answer):
            return problem
    for key, check in _CHECKS.items():
        if key in group and not check(group[key], names, answer):
            return f"{key}: expected {group[key]}, got {names} {answer.verdict or ''}"
    return None


def _beyond(told: set[str], answer: Answer) -> str | None:
    """What an answer lacks of what a query names, or has beside it without saying why."""
    lacking = told - {i.name for i in answer.answers}
    unsaid = {
        i.name
        for i in answer.answers
        if i.name not in told
        and not i.extra.get("through")
        and all(r.summary.modality is Modality.ASSERTED for r in i.relationships)
    }
    if lacking or unsaid:
        return f"lacks {sorted(lacking)}, has {sorted(unsaid)} besides"
    return None


def _relations(answer: Answer) -> list[str]:
    return [r.id for i in answer.answers for r in i.relationships]


def _sums(want: list[str], _: list[str], answer: Answer) -> bool:
    shown = {
        f"{a.currency} {a.value:f}"
        for i in answer.answers
        for r in i.relationships
        for a in r.summary.amounts
    }
    return set(want) <= shown


def _totals(want: dict[str, int], _: list[str], answer: Answer) -> bool:
    shown = {i.extra["currency"]: i.extra["total"] for i in answer.answers if "total" in i.extra}
    return shown == {k: Decimal(v) for k, v in want.items()}


def _converted(want: dict[str, int], names: list[str], answer: Answer) -> bool:
    """A total in one currency; where a sum had to be converted, with the table of rates."""
    own = {i.extra["currency"] for i in answer.answers}
    return _totals(want, names, answer) and own == want.keys() and len(answer.answers) == 1


def _status(want: str, _: list[str], answer: Answer) -> bool:
    return bool(answer.answers) and all(
        r.summary.status is not None and r.summary.status.value == want
        for i in answer.answers
        for r in i.relationships
    )


def _path(want: list[str], _: list[str], answer: Answer) -> bool:
    return any(
        {i.extra["path"][0], i.extra["path"][-1]} == set(want)
        for i in answer.answers
        if "path" in i.extra
    )


_CHECKS: dict[str, Callable[[Any, list[str], Answer], bool]] = {
    "names": lambda want, names, _: set(want) == set(names),
    "ordered": lambda want, names, _: want == names,
    "first": lambda want, names, _: bool(names) and names[0] == want,
    "starts": lambda want, names, _: names[: len(want)] == want,
    "among": lambda want, names, _: set(want) <= set(names),
    "without": lambda want, names, _: not set(want) & set(names),
    "count": lambda want, names, answer: want == len(names) == answer.count,
    "counted": lambda want, names, answer: not want or len(names) == answer.count,
    "includes": lambda want, names, _: set(want) <= set(names),
    "only": lambda want, _, answer: all(r.startswith(want) for r in _relations(answer)),
    "verdict": lambda want, _, answer: want == answer.verdict,
    "verdict_not": lambda want, _, answer: want != answer.verdict,
    "sums": _sums,
    "totals": _totals,
    "converted": _converted,
    "status": _status,
    "path": _path,
    "relations": lambda want, _, a: (
        all(any(r.startswith(w) for r in _relations(a)) for w in want)
        and len(_relations(a)) <= len(want) + 1
    ),
    "deals": lambda want, _, a: len(set(_relations(a))) == want,
    "told": lambda want, _, a: any(want in note for note in a.notes),
    "contains": lambda want, _, a: all(any(r.startswith(w) for r in _relations(a)) for w in want),
    "dates": lambda want, _, a: (
        set(want)
        <= {r.summary.start for i in a.answers for r in i.relationships}
        | {day for i in a.answers for day in i.extra.get("on", ())}
    ),
    "terms": lambda want, _, a: (
        want
        in {value for i in a.answers for r in i.relationships for _, value, _ in r.summary.terms}
    ),
    "stakes": lambda want, _, a: (
        set(want)
        <= {f"{s:f}" for i in a.answers for r in i.relationships for s in r.summary.stakes}
    ),
}
