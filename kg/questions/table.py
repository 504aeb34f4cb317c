"""Answers as rows of text and as JSON values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.model import AmountRole, Qualifier
from kg.records import RelationshipRecord
from kg.resolution.summary import StatedAmount
from kg.wording import money

if TYPE_CHECKING:
    from kg.questions.answer import Answer, Item

_HEDGE = {
    Qualifier.EXACT: "",
    Qualifier.ABOUT: "about ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.UP_TO: "up to ",
    Qualifier.LESS_THAN: "less than ",
}
_ROLE = {
    AmountRole.COMMITTED: "",
    AmountRole.EQUIVALENT: " (equivalent)",
    AmountRole.ROUND_TOTAL: " (whole round)",
    AmountRole.CUMULATIVE: " (so far, in all)",
    AmountRole.TRANCHE: " (tranche)",
    AmountRole.PROCEEDS: " (proceeds)",
    AmountRole.PRICE: " (price)",
    AmountRole.FINE: " (fine)",
    AmountRole.CONTRACT: " (contract)",
    AmountRole.VALUATION: " (valuation)",
    AmountRole.HOLDING: " (worth of the holding)",
}


def amount_text(amount: StatedAmount) -> str:
    """A sum with its hedge and what it is a sum of."""
    return f"{_HEDGE[amount.qualifier]}{money(amount.value, amount.currency)}{_ROLE[amount.role]}"


def rows(answer: Answer) -> list[dict[str, str]]:
    """One row per answer and relationship, with the columns of the answer."""
    return [
        {column: _cell(item, record, column) for column in answer.columns}
        for item in answer.answers
        for record in (item.relationships or (None,))
    ]


def _cell(item: Item, record: RelationshipRecord | None, column: str) -> str:
    if column == "name":
        return item.name
    if column in item.extra:
        return _text(item.extra[column])
    if record is None:
        return ""
    s = record.summary
    quoted = next((st for st in record.statements if st.quotes), None)
    values: dict[str, Callable[[], str]] = {
        "relationship": lambda: _title(record),
        "amounts": lambda: "; ".join(map(amount_text, s.amounts)),
        "since": lambda: s.start or (f"reported {s.first_reported}" if s.first_reported else ""),
        "until": lambda: s.end or "",
        "terms": lambda: "; ".join(
            [
                *s.instruments,
                *s.rounds,
                *(f"{x}%" for x in s.stakes),
                *(f"{n}: {t}" for n, t, _ in s.terms),
            ]
        ),
        "status": lambda: s.status.value.replace("_", " ") if s.status else "",
        "modality": lambda: s.modality.value,
        "kind": lambda: record.kind.value,
        "quote": lambda: quoted.quotes[0].quote if quoted else "",
        "article": lambda: (quoted.article.title or quoted.article.source) if quoted else "",
        "url": lambda: (quoted.article.url or "") if quoted else "",
    }
    return values[column]() if column in values else ""


def _title(record: RelationshipRecord) -> str:
    from kg.questions.result import title

    return title(record)


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_text, value))
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return "" if value is None else str(value)


def as_dict(answer: Answer) -> dict[str, Any]:
    """An answer as JSON values; every key of ``docs/contracts.md`` is there."""
    return {
        "question": answer.question,
        "understood": answer.understood,
        "interpretation": answer.interpretation,
        "sparql": answer.sparql,
        "answers": [
            {
                "name": item.name,
                "id": item.id,
                **{k: _plain_json(x) for k, x in item.extra.items()},
                "relationships": [relationship(r) for r in item.relationships],
            }
            for item in answer.answers
        ],
        "verdict": answer.verdict,
        "count": answer.count,
        "notes": list(answer.notes),
        "rates": _plain_json(answer.rates),
        "left_out": list(answer.left_out),
        "nearest": list(answer.nearest),
    }


def relationship(record: RelationshipRecord) -> dict[str, Any]:
    """A relationship with its sums and its evidence, as JSON values."""
    s = record.summary
    return {
        "id": record.id,
        "iri": record.iri,
        "type": record.kind.value,
        "subject": record.subject.name if record.subject else None,
        "object": record.object.name,
        "date": s.start,
        "modality": s.modality.value,
        "status": s.status.value if s.status else None,
        "in_force": s.in_force,
        "start": s.start,
        "end": s.end,
        "first_reported": s.first_reported,
        "amounts": [
            {
                "value": float(a.value),
                "currency": a.currency,
                "role": a.role.value,
                "qualifier": a.qualifier.value,
                "stated": list(a.stated),
                "statements": list(a.stated_by),
            }
            for a in s.amounts
        ],
        "instruments": list(s.instruments),
        "rounds": list(s.rounds),
        "stakes_percent": [float(x) for x in s.stakes],
        "terms": {name: value for name, value, _ in s.terms},
        "steps": [{"status": step.status.value, "date": step.date} for step in s.steps],
        "participants": [{"role": role, "name": ref.name} for role, ref in record.participants],
        "evidence": [
            {
                "statement": st.id,
                "quote": q.quote,
                "start": q.start,
                "end": q.end,
                "modality": st.modality.value,
                "article": st.article.source,
                "title": st.article.title,
                "url": st.article.url,
                "publisher": st.article.publisher,
                "published": st.published,
            }
            for st in record.statements
            for q in st.quotes
        ],
    }


def _plain_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Mapping):
        return {k: _plain_json(x) for k, x in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain_json(x) for x in value]
    return value
