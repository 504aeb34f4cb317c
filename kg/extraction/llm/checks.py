"""What a model says, held against the article: what does not stand there is dropped and counted.

Only the choice among given values (type, modality, status, nature, role of a sum) is the
model's own; words, names, sums, percentages and dates must be in the text, and figures are
read from there, not taken from the reply.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from kg.extraction.llm.dates import consistent
from kg.extraction.llm.finding import addressed, find, places, sentences
from kg.extraction.llm.prompt import Passage
from kg.extraction.rules.figures import percentages, sums
from kg.model import (
    Amount,
    AmountRole,
    Article,
    Evidence,
    Kind,
    Mention,
    Modality,
    Nature,
    Rejection,
    Statement,
    Status,
)  # fmt: skip
from kg.names import fold
from kg.registry import Registry

_LONGEST_QUOTE = 1_500
_LONGEST_NAME = 100
_SURE, _RESOLVED = 0.8, 0.6  # both names stand in the quote; one was inferred from elsewhere
_Choice = TypeVar("_Choice", bound=StrEnum)


class _DroppedError(Exception):
    """A fact that the article does not bear out, and why."""


@dataclass(frozen=True)
class Checker:
    """Checks the raw facts of one article; ``version`` goes into its statements."""

    article: Article
    version: str
    registry: Registry

    def check(self, fact: dict[str, Any]) -> tuple[Statement | None, list[Rejection]]:
        """The statement, or none; and everything that was dropped, with the reason."""
        dropped: list[Rejection] = []
        evidence = None
        try:
            evidence = self._evidence(fact.get("quote"))
            return self._statement(fact, evidence, dropped), dropped
        except _DroppedError as reason:
            place = evidence or self._somewhere(Passage(0, len(self.article.text)))
            return None, [*dropped, Rejection(self.article.id, str(reason), place)]

    def unusable(self, passage: Passage, reason: str) -> Rejection:
        """A reply of which nothing could be used."""
        return Rejection(self.article.id, reason, self._somewhere(passage))

    def _somewhere(self, passage: Passage) -> Evidence:
        text = self.article.text[passage.start : passage.end]
        start = passage.start + len(text) - len(text.lstrip())
        end = min(start + 80, passage.end)
        return Evidence(start, end, self.article.text[start:end])

    def _evidence(self, quote: object) -> Evidence:
        text = self.article.text
        if not isinstance(quote, str) or len(quote.split()) < 3:
            raise _DroppedError("the model gave no sentence for a fact")
        if len(quote) > _LONGEST_QUOTE:
            raise _DroppedError(f"the model quoted {len(quote):,} characters for one fact")
        found = find(text, quote)
        if found is None:
            raise _DroppedError(f"the model's quote does not stand in the article: {quote[:120]!r}")
        start, end = sentences(text, *found)
        if addressed(text, start, end):
            raise _DroppedError(
                "the passage addresses whoever reads it by machine; not taken as news"
            )
        return Evidence(start, end, text[start:end])

    def _statement(
        self, fact: dict[str, Any], evidence: Evidence, dropped: list[Rejection]
    ) -> Statement:
        kind = _choice(Kind, fact.get("type"))
        modality = _choice(Modality, fact.get("modality"))
        if kind is None or modality is None:
            raise _DroppedError(
                f"type {fact.get('type')!r} or modality {fact.get('modality')!r} is not known"
            )
        subject = (
            self._mention(fact.get("subject"), evidence, "subject") if fact.get("subject") else None
        )
        if subject is None and kind is not Kind.INVESTMENT:
            raise _DroppedError(f"a fact of type {kind} without a subject")
        target = self._mention(fact.get("object"), evidence, "object")
        if subject is not None and fold(subject.name) == fold(target.name):
            raise _DroppedError(f"subject and object are both {target.name!r}")

        def drop(reason: str) -> None:
            dropped.append(Rejection(self.article.id, reason, evidence))

        named = [m for m in (subject, target) if m is not None]
        inside = all(fold(m.name) in fold(evidence.quote) for m in named)
        return Statement(
            article=self.article.id,
            kind=kind,
            subject=subject,
            object=target,
            evidence=(evidence,),
            modality=modality,
            status=_choice(Status, fact.get("status")),
            nature=_choice(Nature, fact.get("nature")) if kind is Kind.PARTNERSHIP else None,
            amounts=tuple(self._amounts(fact.get("amounts"), evidence, drop)),
            date=self._date(fact, evidence, drop),
            instrument=_standing(fact.get("instrument"), "instrument", evidence, drop),
            round=_standing(fact.get("round"), "round", evidence, drop),
            stake_percent=_stake(fact.get("stake_percent"), evidence, drop),
            confidence=_SURE if inside else _RESOLVED,
            extractor="llm",
            extractor_version=self.version,
            derivation=self._derivation(fact, evidence, subject, target, modality),
        )

    def _mention(self, end: object, evidence: Evidence, role: str) -> Mention:
        """The words in the quote, with a name that stands in the article for them."""
        words = end.get("words") if isinstance(end, dict) else None
        name = end.get("name") if isinstance(end, dict) else None
        if (
            not isinstance(words, str)
            or not isinstance(name, str)
            or not fold(words)
            or not fold(name)
        ):
            raise _DroppedError(f"the model gave no words or no name for the {role}")
        if len(name) > _LONGEST_NAME or "\n" in name.strip():
            raise _DroppedError(f"the {role}'s name is no name: {name[:60]!r}")
        at = find(self.article.text, words, evidence.start, evidence.end, whole=True)
        if at is None:
            raise _DroppedError(f"the {role}'s words do not stand in the quote: {words[:60]!r}")
        if not any(
            not addressed(self.article.text, *place) for place in places(self.article.text, name)
        ):
            raise _DroppedError(f"the {role}'s name does not stand in the article: {name[:60]!r}")
        entities = [
            e for e in self.registry.lookup(name) if not self.registry.is_ambiguous(name, e.id)
        ]
        known = entities[0] if len(entities) == 1 else None
        return Mention(
            text=self.article.text[at[0] : at[1]],
            start=at[0],
            end=at[1],
            name=known.name if known else " ".join(name.split()),
            entity=known.id if known else None,
            kind=known.kind if known else None,
        )

    def _amounts(self, raw: object, evidence: Evidence, drop: Any) -> list[Amount]:
        found: dict[int, Amount] = {}
        for item in raw if isinstance(raw, list) else []:
            stated = item.get("stated") if isinstance(item, dict) else None
            role = _choice(AmountRole, item.get("role")) if isinstance(item, dict) else None
            at = (
                find(self.article.text, stated, evidence.start, evidence.end, whole=True)
                if isinstance(stated, str)
                else None
            )
            if at is None or role is None:
                drop(f"an amount that does not stand in the quote: {str(stated)[:60]!r}")
                continue
            figures = [
                m
                for m in sums(self.article.text, evidence.start, evidence.end)
                if at[0] < m.end and m.start < at[1]
            ]
            if not figures:
                drop(f"no sum of money: {stated!r}")
            for money in figures:
                found[money.start] = Amount(
                    value=money.value,
                    currency=money.currency,
                    stated=self.article.text[money.start : money.end],
                    start=money.start,
                    end=money.end,
                    role=role,
                    qualifier=money.qualifier,
                )
        return [found[start] for start in sorted(found)]

    def _date(self, fact: dict[str, Any], evidence: Evidence, drop: Any) -> str | None:
        date, words = fact.get("date"), fact.get("date_words")
        if not date and not words:
            return None
        if isinstance(date, str) and isinstance(words, str):
            stands = find(self.article.text, words, evidence.start, evidence.end, whole=True)
            if stands and consistent(date, words, self.article.published):
                return date
        drop(f"a date that the quote does not bear out: {str(date)[:20]!r} for {str(words)[:40]!r}")
        return None

    def _derivation(
        self,
        fact: dict[str, Any],
        evidence: Evidence,
        subject: Mention | None,
        target: Mention,
        modality: Modality,
    ) -> tuple[tuple[str, str], ...]:
        words = fact.get("modality_words")
        stands = (
            isinstance(words, str)
            and fold(words)
            and find(self.article.text, words, evidence.start, evidence.end)
        )
        reason = f"‘{words}’" if stands else "the model names no words for it"
        found = [("read by", f"the language model {self.version.partition('+')[2]}")]
        if subject is not None:
            found.append(("subject", subject.text))
        return (*found, ("object", target.text), ("modality", reason))


def _choice(values: type[_Choice], given: object) -> _Choice | None:
    return values(given) if isinstance(given, str) and given in set(values) else None


def _standing(value: object, what: str, evidence: Evidence, drop: Any) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    found = find(evidence.quote, value, whole=True)
    if found is None:
        drop(f"{what} {value[:60]!r} does not stand in the quote")
        return None
    return " ".join(evidence.quote[found[0] : found[1]].split())


def _stake(value: object, evidence: Evidence, drop: Any) -> Decimal | None:
    if value is None or isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        given = Decimal(str(value))
    except InvalidOperation:
        given = Decimal("NaN")
    for percent in percentages(evidence.quote):
        if percent.value == given:
            return percent.value
    drop(f"a stake of {str(value)[:20]}% does not stand in the quote")
    return None
