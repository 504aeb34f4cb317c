"""What a relationship counts for where sums are added up.

It counts once however many articles tell of it, by the lowest of its own figures that is no
rounding of another. Only asserted relationships are summed unless the question asks for others;
hedged figures (``up to``), totals of whole rounds and tranches are told beside.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from kg import vocabulary as v
from kg.model import AmountRole, Kind, Modality, Qualifier
from kg.questions import sparql as q
from kg.questions.plan import LISTED, Plan
from kg.questions.result import title
from kg.questions.table import amount_text
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
    return amount_lines((role_of(kind),))


def amount_lines(roles: Sequence[AmountRole]) -> list[str]:
    """The lines that bind the sums of some roles, neither hedged nor roundings of others."""
    named = [q.short(f"{v.SCHEME}amount-role-{role}") for role in roles]
    role = named[0] if len(named) == 1 else "?role"
    among = [f"FILTER(?role IN ({', '.join(named)}))"] if len(named) > 1 else []
    return [
        f"?r aio:amount ?a . ?a aio:amountRole {role} ; schema:value ?value ; schema:currency ?currency ; aio:amountQualifier ?how .",
        *among,
        f"FILTER(?how NOT IN ({q.concepts('qualifier', HEDGED)}))",
        "FILTER NOT EXISTS { ?a aio:roundingOf ?exact }",
    ]


def beside(records: Iterable[RelationshipRecord], also: Container[AmountRole] = ()) -> list[str]:
    """What the sums leave out, told in words; ``also`` are further roles that count."""
    told = []
    for record in records:
        counted = figure(record)
        role = role_of(record.kind)
        for amount in record.summary.amounts:
            counts = amount.role is role or amount.role in also
            if (not counts or amount.qualifier in HEDGED) and amount.role not in _SILENT:
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
