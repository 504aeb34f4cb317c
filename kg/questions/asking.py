"""Question in, answer out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import KgError
from kg.questions.answer import Answer
from kg.questions.nested import resolved
from kg.questions.nested import roots as within
from kg.questions.notes import unread
from kg.questions.plan import Plan
from kg.questions.reader import Reader, Reading
from kg.questions.world import World
from kg.records import Catalogue

if TYPE_CHECKING:
    from kg.questions.result import Result
    from kg.rdf.quads import QuadSource


def ask(
    reader: QuadSource,
    question: str,
    *,
    as_of: str | None = None,
    known_by: str | None = None,
    currency: str | None = None,
    today: dt.date | None = None,
) -> Answer:
    """Answer a question from a snapshot.

    ``as_of`` and ``known_by`` are ISO 8601 dates: answer from what was true on that day,
    from what had been published by then. ``currency`` (ISO 4217) gives sums asked for as one
    total in it, as *in dollars* does; UnknownCurrencyError if there is no rate for it.
    ``today`` gives ``last year`` its meaning.
    """
    if currency is not None:
        currency = known_currency(currency)
    catalogue = Catalogue(reader, as_of=as_of, known_by=known_by)
    understood = understand(catalogue, question, today or dt.date.today())
    if isinstance(understood, Answer):
        return understood
    plan, day = understood
    if currency and not plan.into:
        plan = _in_currency(plan, currency)
    if day and not as_of:
        catalogue = Catalogue(reader, as_of=day, known_by=known_by)
    return replace(run(catalogue, plan, question), left_out=unread(plan.notes))


class UnknownCurrencyError(KgError):
    """The table of exchange rates does not have the currency."""


def known_currency(code: str) -> str:
    """The code in capitals; UnknownCurrencyError, with those that are known, if there is no rate."""
    from kg.rates import rates

    known = rates().currencies
    if code.upper() not in known:
        raise UnknownCurrencyError(
            f"no exchange rate for {code!r}; there are rates for {', '.join(sorted(known))}"
        )
    return code.upper()


def _in_currency(plan: Plan, currency: str) -> Plan:
    if plan.family == "deals" and plan.op in ("amounts", "total"):
        return replace(plan, op="total", into=currency)
    return replace(
        plan, notes=(*plan.notes, f"nothing to give in {currency}: no total is asked for")
    )


def run(catalogue: Catalogue, plan: Plan, question: str = "") -> Answer:
    """Answer a plan."""
    from kg.questions.families import FAMILIES
    from kg.questions.promised import promised
    from kg.questions.wording import describe

    world = World(catalogue)
    if catalogue.as_of:
        roots = (root for condition in plan.conditions for root in condition.roots)
        named = dict.fromkeys((*plan.subjects, *plan.objects, *plan.either, *roots, *within(plan)))
        plan = replace(
            plan,
            filters=replace(plan.filters, as_of=catalogue.as_of),
            families=tuple((one, tuple(world.family(one))) for one in named),
        )
    plan, meant = resolved(plan, world)
    result: Result = FAMILIES[plan.family](plan, world)
    interpretation = describe(plan, world.name)
    if catalogue.as_of:
        interpretation += f" As of {catalogue.as_of}."
    if catalogue.known_by:
        interpretation += f" From what was published by {catalogue.known_by}."
    return Answer(
        question=question,
        interpretation=interpretation,
        understood=True,
        sparql=result.sparql,
        answers=result.items,
        columns=result.columns,
        verdict=result.verdict or _verdict(plan, result),
        count=len(result.items) if plan.op == "count" else None,
        rates=result.rates,
        notes=tuple(dict.fromkeys((*meant, *result.notes, *promised(plan, result.items)))),
    )


def _verdict(plan: Plan, result: Result) -> str | None:
    """Yes or no where the question wants it and the list tells it."""
    if not plan.polar or plan.op != "list" or plan.order or plan.family in _COMPARED:
        return None
    return "yes" if result.items else "no"


_COMPARED = frozenset({"rank_count", "rank_amount", "largest", "founding"})
"""Families whose answers say nothing by being there."""


def understand(
    catalogue: Catalogue, question: str, today: dt.date
) -> tuple[Plan, str | None] | Answer:
    """The plan of a question with the day it asks about; an Answer if not understood."""
    reader = Reader(catalogue, today)
    found = reader.read(question) or replace(reader, loose=True).read(question)
    return found or _not_understood(question, reader.asking(question))


def _not_understood(question: str, reading: Reading) -> Answer:
    from kg.questions.nearest import nearest

    words = tuple(s.text for s in reading.left)
    if words:
        quoted = ", ".join(f"“{w}”" for w in words)
        what = f"I cannot make out {quoted}."
    else:
        what = "I know the words, but not what they ask together."
    near = nearest(question, reading.segments)
    return Answer(question, what, understood=False, left_out=words, nearest=near)
