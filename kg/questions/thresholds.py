"""Whether a sum is reached: *has Microsoft put more than $1bn into OpenAI?*

What counts is the whole of what was put in, as a total would give it, or a sum "so far" that an
article states, where it is more. A sum that nobody states makes a no uncertain.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from kg.model import AmountRole
from kg.questions.contributions import contributions
from kg.questions.contributions import told as put_in
from kg.questions.converting import Converter, told
from kg.questions.deals import deals, gather_deals
from kg.questions.plan import Bound, Plan
from kg.questions.result import Result, title
from kg.questions.sifting import passes
from kg.questions.sums import figure, summed
from kg.questions.world import World
from kg.rates import rates
from kg.records import RelationshipRecord
from kg.wording import money


def bounded(plan: Plan) -> bool:
    """Whether a plan asks for a yes or no to a sum."""
    bound = plan.filters.least or plan.filters.most
    named = plan.subjects and plan.objects
    return plan.op == "exists" and bool(named) and bound is not None and bound.of == "own"


def threshold(plan: Plan, world: World) -> Result:
    """The relationships with their sums, and whether these reach what is asked."""
    f = plan.filters
    bare = replace(plan, filters=replace(f, least=None, most=None))
    result = deals(bare, world)
    counted = summed(bare)
    records = [r for r in gather_deals(counted, world)[0] if passes(r, counted.filters)]
    asked = next((b.currency for b in (f.least, f.most) if b and b.currency), None)
    converter = Converter(rates(), asked or _currency(records))
    figures = [converter.figure(r) for r in records]
    found = contributions(counted.filters, records, converter)
    known = sum((one.value for one in found.values()), Decimal(0))
    unknown = [
        r
        for r, x in zip(records, figures, strict=True)
        if x is None and not _so_far([r], converter.into)
    ]
    notes = [*result.notes, *told(converter), *put_in(found, records)]
    if records:
        notes.append(f"in all: {money(known, converter.into)}")
    notes += [f"no sum of its own is stated: {title(r)}" for r in unknown]
    verdict = _verdict(f.least, f.most, known, sure=not unknown)
    return replace(result, notes=tuple(dict.fromkeys(notes)), verdict=verdict)


def _currency(records: list[RelationshipRecord]) -> str:
    """The currency that most sums are stated in."""
    stated = Counter(currency for r in records for currency in figure(r))
    return min(stated, key=lambda c: (-stated[c], c), default="USD")


def _so_far(records: list[RelationshipRecord], currency: str) -> Decimal:
    """The greatest sum that an article gives as what was put in up to then."""
    stated = [
        a.value
        for r in records
        for a in r.summary.amounts
        if a.role is AmountRole.CUMULATIVE and a.currency == currency
    ]
    return max(stated, default=Decimal(0))


def _verdict(least: Bound | None, most: Bound | None, known: Decimal, *, sure: bool) -> str | None:
    """What is known is the least it may be: it can settle *more than*, and forbid *less than*."""
    if most and (known > most.value or (known == most.value and most.strict)):
        return "no"
    reached = not least or known > least.value or (known == least.value and not least.strict)
    if reached and not most:
        return "yes"
    if not sure:
        return None
    return "yes" if reached and known else "no"
