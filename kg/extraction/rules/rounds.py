"""What the sentences after a raise tell of the same round: its size and name are of those who took part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extraction.rules.details import as_shared
from kg.model import Amount, AmountRole, Evidence, Kind, Modality, Statement, Status

REACH = 4
"""Sentences after which a round is no longer what is spoken of, unless it is named again."""
_NAMING = frozenset({"investment: lead a round", "investment: take part"})
_FRAMES = frozenset(
    {"investment: lead a round", "investment: backer of", "investment: raise money"}
    | {"investment: counts as backer", "investment: take part", "investment: invest"}
)
_SIZES = (AmountRole.COMMITTED, AmountRole.ROUND_TOTAL)


@dataclass(frozen=True, slots=True)
class _Told:
    """A round as a sentence told it."""

    sentence: int
    size: tuple[Amount, ...]
    name: str | None
    evidence: tuple[Evidence, ...]


class Rounds:
    """The rounds of an article, by who raised them, as far as it has been read."""

    def __init__(self) -> None:
        self._told: dict[str, _Told] = {}

    def shared(self, statements: Sequence[Statement], sentence: int) -> list[Statement]:
        """The statements of a sentence, those of investors in a known round with its size."""
        return [self._shared(s, sentence) for s in statements]

    def _shared(self, statement: Statement, sentence: int) -> Statement:
        if statement.kind is not Kind.INVESTMENT or statement.status is Status.DIVESTED:
            return statement
        if statement.modality is Modality.DENIED:
            return statement
        frame = dict(statement.derivation).get("frame")
        company = statement.object.name
        if frame in ("investment: raise money", "investment: lead a round"):
            sizes = [a for a in statement.amounts if a.role in _SIZES]
            if not sizes and frame == "investment: raise money":
                # "raised an additional $5 billion"
                sizes = [a for a in statement.amounts if a.role is AmountRole.TRANCHE]
            size = tuple(as_shared(a) for a in sizes)
            if size:
                self._told[company] = _Told(sentence, size, statement.round, statement.evidence)
                return statement
        values = [a for a in statement.amounts if a.role is AmountRole.VALUATION]
        own = len(values) < len(statement.amounts)
        if own or frame not in _FRAMES or statement.subject is None:
            return statement
        told = self._told.get(company)
        if told is None or (frame not in _NAMING and sentence - told.sentence > REACH):
            return statement
        evidence = tuple(sorted({*statement.evidence, *told.evidence}))
        name = statement.round or told.name
        return replace(statement, amounts=(*told.size, *values), round=name, evidence=evidence)
