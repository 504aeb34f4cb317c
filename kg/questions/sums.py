"""Totals: over distinct relationships, one currency at a time.

A relationship counts once however many articles tell of it, by the lowest of its own
figures that is no rounding of another. Only asserted relationships are summed unless the
question asks for others; hedged figures (``up to``), sums so far, totals of whole rounds
and tranches are told beside.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from kg import vocabulary as v
from kg.model import AmountRole, Kind, Modality, Qualifier
from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.deals import deal_lines, gather_deals
from kg.questions.plan import LISTED, Plan
from kg.questions.result import Result, title
from kg.questions.sifting import passes
from kg.questions.table import amount_text
from kg.questions.world import World
from kg.records import RelationshipRecord
from kg.wording import money

ROLE_OF = {
    Kind.ACQUISITION: AmountRole.PRICE,
    Kind.SCRUTINY: AmountRole.FINE,
    Kind.PARTNERSHIP: AmountRole.CONTRACT,
}
"""Which sum counts, where it is not the sum committed."""
_COLUMNS = ("relationship", "amounts", "since", "modality", "quote", "article")
_SILENT = (AmountRole.VALUATION, AmountRole.EQUIVALENT)
"""What no total could count, so that leaving it out need not be told."""
HEDGED = (Qualifier.UP_TO, Qualifier.LESS_THAN)
"""Qualifiers of sums that are limits and not figures."""


def role_of(kind: Kind) -> AmountRole:
    return ROLE_OF.get(kind, AmountRole.COMMITTED)


def summed(plan: Plan) -> Plan:
    """The plan with the modalities of which sums are made."""
    if plan.filters.modalities != LISTED:
        return plan
    return replace(plan, filters=replace(plan.filters, modalities=frozenset({Modality.ASSERTED})))


def figure(record: RelationshipRecord) -> dict[str, Decimal]:
    """What a relationship counts for in each currency."""
    found: dict[str, Decimal] = {}
    role = role_of(record.kind)
    for amount in record.summary.amounts:
        if amount.role is role and amount.qualifier not in HEDGED and not amount.rounding_of:
            known = found.get(amount.currency)
            found[amount.currency] = amount.value if known is None else min(known, amount.value)
    return found


def figure_lines(kind: Kind) -> list[str]:
    """The lines that bind the figures of a relationship; group by it for the lowest."""
    role = q.short(f"{v.SCHEME}amount-role-{role_of(kind)}")
    return [
        f"?r aio:amount ?a . ?a aio:amountRole {role} ; schema:value ?value ; schema:currency ?currency ; aio:amountQualifier ?how .",
        f"FILTER(?how NOT IN ({q.concepts('qualifier', HEDGED)}))",
        "FILTER NOT EXISTS { ?a aio:roundingOf ?exact }",
    ]


def beside(records: list[RelationshipRecord]) -> list[str]:
    """What the sums leave out, told in words."""
    told = []
    for record in records:
        counted = figure(record)
        role = role_of(record.kind)
        for amount in record.summary.amounts:
            out = amount.role is not role or amount.qualifier in HEDGED
            if out and amount.role not in _SILENT:
                told.append(f"not counted: {amount_text(amount)} — {title(record)}")
        same = [
            a
            for a in record.summary.amounts
            if a.role is role and not a.rounding_of and a.qualifier not in HEDGED
        ]
        for currency, low in counted.items():
            high = max(a.value for a in same if a.currency == currency)
            if high != low:
                told.append(
                    f"statements differ for {title(record)}: {money(low, currency)} to {money(high, currency)}; the lower is counted"
                )
    return list(dict.fromkeys(told))


def in_all(records: list[RelationshipRecord]) -> dict[str, Decimal]:
    """By currency, what it comes to by the sums "so far" that articles state, where this is more.

    An article that says what somebody has put in so far knows of more than was told one by one.
    """
    own: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    so_far: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for record in records:
        if record.subject is None:
            continue
        pair = (record.subject.id, record.object.id)
        for currency, value in figure(record).items():
            own[*pair, currency] += value
        for a in record.summary.amounts:
            if a.role is AmountRole.CUMULATIVE and a.qualifier not in HEDGED:
                so_far[*pair, a.currency] = max(so_far[*pair, a.currency], a.value)
    more = {key[2] for key, value in so_far.items() if value > own[key]}
    pairs = own.keys() | so_far.keys()
    return {
        currency: sum((max(own[k], so_far[k]) for k in pairs if k[2] == currency), Decimal(0))
        for currency in sorted(more)
    }


def total(plan: Plan, world: World) -> Result:
    """The sum of the relationships a plan finds: by currency, or converted to one."""
    if plan.into:
        from kg.questions.converting import converted_total

        return converted_total(plan, plan.into, world)
    plan = summed(plan)
    records, notes = gather_deals(plan, world)
    counted = [r for r in records if passes(r, plan.filters)]
    sums: dict[str, list[tuple[Decimal, RelationshipRecord]]] = defaultdict(list)
    for record in counted:
        for currency, value in figure(record).items():
            sums[currency].append((value, record))
    items, stated = [], in_all(counted)
    notes = [*(f"articles state more, so far: {money(x, c)}" for c, x in stated.items()), *notes]
    for currency, parts in sorted(sums.items()):
        value = sum((x for x, _ in parts), Decimal(0))
        extra = {"currency": currency, "total": value, "count": len(parts)}
        if currency in stated:
            extra["so far"] = money(stated[currency], currency)
        items.append(Item(money(value, currency), currency, tuple(r for _, r in parts), extra))
    blocks = []
    for kind in plan.relations:
        inner = [*deal_lines(plan, kind), *q.filters(plan.filters), *figure_lines(kind)]
        blocks.append(
            q.select("?r ?currency (MIN(?value) AS ?low)", inner, "GROUP BY ?r ?currency")
        )
    union = " UNION ".join("{ " + b + "}" for b in blocks)
    query = (
        "SELECT ?currency (SUM(?low) AS ?total) (COUNT(?low) AS ?count) WHERE {\n"
        f"{union}\n}}\nGROUP BY ?currency ORDER BY ?currency\n"
    )
    further = ("so far",) if stated.keys() & sums.keys() else ()
    columns = ("name", *further, "count", *_COLUMNS)
    return Result(tuple(items), query, (*notes, *beside(counted)), columns)
