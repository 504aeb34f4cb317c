"""When two stated sums may be one sum."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from kg.model import Amount, AmountRole, Qualifier

OWN_SUM = frozenset(
    {
        AmountRole.COMMITTED,
        AmountRole.EQUIVALENT,
        AmountRole.ROUND_TOTAL,
        AmountRole.TRANCHE,
        AmountRole.PROCEEDS,
        AmountRole.FINE,
    }
)
"""Roles of sums of a relationship itself, in distinction to valuations and the like."""
DIVISIBLE = OWN_SUM - {AmountRole.FINE} | {AmountRole.CONTRACT}
"""Roles of sums that have parts, so that two told in one breath need not contradict."""


def agree(one: Decimal, how: Qualifier, other: Decimal, how_other: Qualifier) -> bool:
    """Whether two figures in one currency may state one sum: equal, rounded, or hedged.

    A figure is a rounding of another if it equals it at the figure's own precision;
    ``more than 13`` agrees with ``13.2``, ``about 10`` with anything within a tenth.
    """
    if one == other or rounds_to(one, other) or rounds_to(other, one):
        return True
    low, high = sorted((one, other))
    if high > low * Decimal("1.1"):
        return False
    hedges = {(one, how), (other, how_other)}
    return (
        any(q is Qualifier.ABOUT for _, q in hedges)
        or (low, Qualifier.AT_LEAST) in hedges
        or (high, Qualifier.LESS_THAN) in hedges
    )


def contradict(one: Decimal, how: Qualifier, other: Decimal, how_other: Qualifier) -> bool:
    """Whether two figures in one currency cannot both be right, whatever the sum is.

    ``up to 4`` leaves room for 1.25, and ``more than 1`` for 13: they speak for one sum no
    more than for two, but contradict each other as little.
    """
    if agree(one, how, other, how_other):
        return False
    (low, high), (low_other, high_other) = _range(one, how), _range(other, how_other)
    return high < low_other or high_other < low


def _range(value: Decimal, how: Qualifier) -> tuple[Decimal, Decimal]:
    match how:
        case Qualifier.UP_TO | Qualifier.LESS_THAN:
            return Decimal(0), value
        case Qualifier.AT_LEAST:
            return value, Decimal("Infinity")
        case Qualifier.ABOUT:
            return value / Decimal("1.1"), value * Decimal("1.1")
        case Qualifier.EXACT:
            return value, value


def rounds_to(exact: Decimal, rounded: Decimal) -> bool:
    """Whether ``rounded`` is ``exact`` at fewer digits (at least two for long figures).

    A single leading digit counts only if the rest is off by less than a tenth:
    16.3 million rounds to 16 million, 13 billion does not round to 10 billion.
    """
    if exact <= 0 or rounded <= 0 or exact == rounded:
        return False
    step = Decimal(1).scaleb(_trailing_exponent(rounded))
    return abs(exact - rounded) <= step / 2 and abs(exact - rounded) * 20 <= exact


def _trailing_exponent(value: Decimal) -> int:
    normal = value.normalize().as_tuple()
    return int(normal.exponent)


def own_sums(statement_amounts: Iterable[Amount]) -> list[Amount]:
    """Those amounts that are sums of the relationship itself, not valuations and the like."""
    return [a for a in statement_amounts if a.role in OWN_SUM]
