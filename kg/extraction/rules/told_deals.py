"""The deals that an article has told so far, and which of them later words mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import table
from kg.extraction.rules.match import Match
from kg.model import EntityKind


@dataclass(frozen=True, slots=True)
class Told:
    """A deal of a kind (``raise``, ``investment``, ...), its parties, the index of its sentence.

    ``aside`` where a sentence on something else told it of another: ``a rival of Y, which X backs``.
    """

    kind: str
    subject: Name
    target: Name
    sentence: int
    aside: bool = False


_BACKING = ("raise", "investment")
"""Kinds of deal by which a company is told to be backed."""


class ToldDeals:
    """The deals told, in order."""

    def __init__(self) -> None:
        self._told: list[Told] = []

    def note(
        self, kind: str, subject: Name, target: Name, sentence: int, aside: bool = False
    ) -> None:
        """Remember a deal, so that ``the merger`` later means it."""
        self._told.append(Told(kind, subject, target, sentence, aside))

    def meant(self, lemma: str) -> Told | None:
        """The deal that ``the merger``, ``the deal`` means: the last one told of that kind."""
        fitting = table("references")["deal_kinds"].get(lemma, ("acquisition", "investment"))
        return next((t for t in reversed(self._told) if t.kind in fitting), None)

    def raiser(self, sentence: int, reach: int = 4) -> Name | None:
        """The company that raised money last, or was invested in, at most four sentences before.

        From up to ``reach`` sentences before only if no other raised any.
        """
        for deal in self._main_first():
            if deal.kind in _BACKING and sentence - deal.sentence <= 4:
                if deal.kind == "investment" and deal.target.kind is EntityKind.INVESTOR:
                    # a fund is backed, too, but raises no rounds
                    continue
                return self._raised_in(deal.sentence) or deal.target
        raises = [t for t in self._told if t.kind == "raise"]
        if len({t.target.name for t in raises}) != 1 or sentence - raises[0].sentence > reach:
            return None
        return raises[0].target

    def _main_first(self) -> list[Told]:
        """The deals told, last first; those told by the way after all others, where a raise was told."""
        latest = self._told[::-1]
        if not self.tells_a_raise():
            return latest
        return [t for t in latest if not t.aside] + [t for t in latest if t.aside]

    def _raised_in(self, sentence: int) -> Name | None:
        """Whose round a sentence went on about, though it told of other investments, too."""
        raised = next((t.target for t in reversed(self._told) if t.kind == "raise"), None)
        told = (t.target.name for t in self._told if t.sentence == sentence)
        return raised if raised is not None and raised.name in told else None

    def purchase_of(self, parties: set[str]) -> bool:
        """Whether a purchase was told last between just these."""
        told = [d for d in self._told if {d.subject.name, d.target.name} == parties]
        return bool(told) and told[-1].kind == "acquisition"

    def purchase_by(self, buyer: Name, bought: Name) -> bool:
        """Whether a purchase of the one by the other was told, and none the other way."""
        made = {(d.subject.name, d.target.name) for d in self._told if d.kind == "acquisition"}
        return (buyer.name, bought.name) in made and (bought.name, buyer.name) not in made

    def money_between(self, parties: set[str]) -> bool:
        """Whether an investment or a purchase was told last between just these."""
        told = [d for d in self._told if {d.subject.name, d.target.name} == parties]
        return bool(told) and told[-1].kind in ("acquisition", "investment")

    def tells_a_raise(self) -> bool:
        """Whether any company was told to have raised money."""
        return any(t.kind == "raise" for t in self._told)

    def has_raised(self, name: Name) -> bool:
        """Whether the company was told to have raised money."""
        return any(t.kind == "raise" and t.target.name == name.name for t in self._told)

    def backed_since(self, sentence: int) -> bool:
        """Whether a company was told to raise money or to be invested in, in that sentence or later."""
        return any(
            t.kind in _BACKING and t.sentence >= sentence and not t.aside for t in self._told
        )

    def is_backed(self, name: Name) -> bool:
        """Whether the company was told to have raised money or to be invested in."""
        return any(t.kind in _BACKING and t.target.name == name.name for t in self._told)

    def backed(self) -> Name | None:
        """The company that raised money or was invested in last."""
        deals = (t for t in self._main_first() if t.kind in _BACKING)
        last = next(deals, None)
        return None if last is None else self._raised_in(last.sentence) or last.target

    def counterpart(self, parties: Sequence[Name], sentence: int, reach: int = 8) -> Name | None:
        """With whom one of the parties was last told to have a deal: ``it keeps a stake in the company``."""
        names = {n.name for n in parties}
        for deal in reversed(self._told):
            if deal.kind == "raise" or sentence - deal.sentence > reach:
                continue
            if deal.subject.name in names and deal.target.name not in names:
                return deal.target
        return None

    def backed_by(self, investor: Name, sentence: int, reach: int = 2) -> Name | None:
        """In whom the investor was last told to invest, in the sentences before; None if it was backed itself."""
        for deal in reversed(self._told):
            if not 0 < sentence - deal.sentence <= reach:
                continue
            if deal.kind in _BACKING and deal.target.name == investor.name:
                return None
            if deal.kind == "investment" and deal.subject.name == investor.name:
                return deal.target
        return None

    def rather_backed(self, name: Name, sentence: int, reach: int = 3) -> Name | None:
        """In whom money was put in the sentences before, if the name was never told to be backed."""
        backed = [t for t in self._main_first()[::-1] if t.kind in _BACKING]
        if any(t.target.name == name.name for t in backed):
            return None
        near = (t.target for t in reversed(backed) if 0 < sentence - t.sentence <= reach)
        return next(near, None)

    def sole_investee(self) -> Name | None:
        """The one company in which money was told to be put; None where there were several."""
        targets = {t.target.name: t.target for t in self._told if t.kind == "investment"}
        return next(iter(targets.values())) if len(targets) == 1 else None

    def target(self, sentence: int, reach: int = 2) -> Name | None:
        """What was last bought or invested in, in the sentences before: ``the start-up``."""
        for deal in reversed(self._told):
            if deal.kind != "partnership" and 0 < sentence - deal.sentence <= reach:
                return deal.target
        return None


def is_deal_noun(lemma: str) -> bool:
    """Whether the noun may stand for a deal told before."""
    return lemma in table("references")["deal_kinds"]


def by_the_way(match: Match) -> bool:
    """``competes with Y, which X backs``, ``X-backed Y``: who backs Y is told to say who Y is."""
    target = match.object.node
    if target.name is None or target.dep in ("nsubj", "nsubjpass"):
        return False
    return match.frame.hyphen or (match.trigger.dep == "relcl" and match.trigger.head is target)
