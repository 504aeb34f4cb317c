"""Whether an answer and the query shown with it say the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kg.questions import Answer


def disagreement(answer: Answer, reader: Any) -> str | None:
    """What the query gives otherwise than the answer; None if they are the same.

    Ids and names are compared as sets of pairs, counts and totals with them, and where an
    answer is ranked by one of these the sequence of figures as well.
    """
    assert answer.sparql is not None
    rows = reader.query(answer.sparql)
    variables = [v.value for v in rows.variables]
    figures = [f for f in ("count", "total") if f in variables]
    if "currency" in variables:
        got = [(r["currency"].value, "", *_figures(r, figures)) for r in rows]
        want = [
            (i.extra["currency"], "", *(Decimal(i.extra[f]) for f in figures))
            for i in answer.answers
        ]
    else:
        got = [(r["id"].value, r["name"].value, *_figures(r, figures)) for r in rows]
        want = [(i.id, i.name, *(Decimal(i.extra[f]) for f in figures)) for i in answer.answers]
    if sorted(set(got)) != sorted(want):
        return f"query {sorted(set(got))}\nanswer {sorted(want)}\n{answer.sparql}"
    if figures and [g[2:] for g in got] != [w[2:] for w in want]:
        return f"other order: query {got}\nanswer {want}\n{answer.sparql}"
    return None


def _figures(row: Any, names: list[str]) -> list[Decimal]:
    return [Decimal(row[n].value) for n in names]
