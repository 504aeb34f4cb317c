"""Figures, dates and sentences in the form in which people read them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from kg.model import Qualifier
from kg.records import RelationshipRecord, StatementRecord
from kg.resolution.agreement import contradict
from kg.resolution.summary import StatedAmount

_SCALES = (
    (Decimal(10) ** 12, "trillion"),
    (Decimal(10) ** 9, "billion"),
    (Decimal(10) ** 6, "million"),
)
_HEDGES = {"about": "about ", "at_least": "more than ", "up_to": "up to ", "less_than": "under "}
_ROLES = {
    "round_total": "whole round",
    "cumulative": "in total",
    "tranche": "tranche",
    "valuation": "valuation",
    "holding": "worth of the holding",
    "proceeds": "proceeds",
    "fine": "fine",
    "price": "price",
}


def money(value: Decimal, currency: str) -> str:
    """``EUR 15 million``; three significant decimals at the most are kept as stated."""
    for scale, word in _SCALES:
        if abs(value) >= scale:
            return f"{currency} {_number(value / scale)} {word}"
    return f"{currency} {_number(value)}"


def _number(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amounts(stated: tuple[StatedAmount, ...]) -> list[str]:
    """Every stated sum with its hedge, what it is of, and how it agrees with the others."""
    lines = []
    for amount in stated:
        notes = [_ROLES[amount.role]] if amount.role in _ROLES else []
        if amount.role == "equivalent":
            notes.append("stated equivalent")
        notes += [
            f"rounds {money(stated[i].value, stated[i].currency)}" for i in amount.rounding_of
        ]
        if amount.conflicts_with:
            notes.append("contradicted")
        text = _HEDGES.get(amount.qualifier, "") + money(amount.value, amount.currency)
        lines.append(f"{text} ({', '.join(notes)})" if notes else text)
    return lines


def disagreements(
    record: RelationshipRecord,
) -> list[tuple[str, str, list[str], str, list[str]]]:
    """Figures that cannot both be right: of what, one with its sources, another with its own."""
    by_id = {s.id: s for s in record.statements}
    stated = record.summary.amounts

    def told(amount: StatedAmount) -> tuple[str, list[str]]:
        sources = dict.fromkeys(source(by_id[s]) for s in amount.stated_by)
        return _HEDGES.get(amount.qualifier, "") + money(amount.value, amount.currency), [*sources]

    found = [
        (_ROLES.get(amount.role, "sum"), *told(amount), *told(stated[j]))
        for i, amount in enumerate(stated)
        for j in amount.conflicts_with
        if j > i
    ]
    holders: dict[Decimal, dict[str, None]] = {}
    for statement in record.statements:
        if statement.stake_percent is not None:
            holders.setdefault(statement.stake_percent, {})[source(statement)] = None
    exact = Qualifier.EXACT
    found += [
        ("stake", f"{_number(one)} %", [*holders[one]], f"{_number(other)} %", [*holders[other]])
        for one, other in combinations(sorted(holders), 2)
        if contradict(one, exact, other, exact)
    ]
    return found


def terms(record: RelationshipRecord) -> list[str]:
    """Round, instrument, stake and further terms, one a line."""
    summary = record.summary
    lines = [*summary.rounds, *summary.instruments]
    lines += [f"{_number(stake)}% stake" for stake in summary.stakes]
    lines += [n.value for n in summary.natures]
    lines += [f"{name.replace('_', ' ')}: {value}" for name, value, _ in summary.terms]
    lines += [f"{role}: {ref.name}" for role, ref in record.participants if role not in ("party",)]
    return lines


def concerning(record: RelationshipRecord) -> str:
    """`` concerning Mistral AI``: the further parties; empty where none is named."""
    ends = {record.object.id, record.subject.id if record.subject else None}
    parties = [
        ref.name for role, ref in record.participants if role == "party" and ref.id not in ends
    ]
    return f" concerning {', '.join(parties)}" if parties else ""


def standing(record: RelationshipRecord) -> str:
    """Modality, and the status where one is told."""
    summary = record.summary
    parts = [summary.modality.value]
    if summary.status:
        parts.append(summary.status.value.replace("_", " "))
    return ", ".join(parts)


def since(record: RelationshipRecord) -> str:
    """When it began, or when it was first reported."""
    summary = record.summary
    if summary.start:
        return summary.start
    return f"reported {summary.first_reported}" if summary.first_reported else ""


def source(statement: StatementRecord) -> str:
    """Who says so, and when."""
    article = statement.article
    name = article.publisher or article.title or article.source
    return f"{name}, {article.published}" if article.published else name


def quote(statement: StatementRecord, limit: int | None = None) -> str:
    """The sentences a statement rests on, on one line."""
    text = " […] ".join(" ".join(q.quote.split()) for q in statement.quotes)
    return text if limit is None or len(text) <= limit else text[: limit - 1].rstrip() + "…"


def best(statements: Iterable[StatementRecord]) -> StatementRecord:
    """The statement to show where there is room for one: the most certain, then the earliest."""
    return min(statements, key=lambda s: (-s.confidence, s.published or "9999", s.id))
