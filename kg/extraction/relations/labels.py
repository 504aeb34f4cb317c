"""The classifier's answers: a relation with its direction, or that a sum belongs to a party's deal."""

from __future__ import annotations

from kg.model import SYMMETRIC, Kind

KINDS = (
    Kind.INVESTMENT,
    Kind.DISTRIBUTION,
    Kind.SCRUTINY,
    Kind.ACQUISITION,
    Kind.PARTNERSHIP,
    Kind.COMPETITION,
    Kind.RELEASE,
    Kind.LITIGATION,
    Kind.APPOINTMENT,
)
LABELS: tuple[tuple[Kind | None, bool], ...] = (
    *((k, forward) for k in KINDS for forward in ((True,) if k in SYMMETRIC else (True, False))),
    (None, True),
)
"""Kind, and whether the first of the two mentions is its subject; None is a sum of the deal."""
AMOUNT = len(LABELS) - 1


def label(kind: Kind, forward: bool) -> int:
    """The index in ``LABELS``."""
    return LABELS.index((kind, forward or kind in SYMMETRIC))
