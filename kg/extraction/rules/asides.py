"""What a sentence says by the way, which the parser does better without: ``(NASDAQ: AMD)``, ``opens in a new tab``."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.listings import listed_at
from kg.model import EntityKind

_ASIDE = re.compile(
    r"\s?[(\[](?![^)\]]{0,80}\b(?:led|backed|acquired|invest|owned|including|fined|by|bought|which|who|lawsuit|sued?|probe)\b)[^()\[\]]{0,60}[)\]]"
)
_NEW_TAB = re.compile(r",?\s?opens (?:in a )?new (?:tab|window)\b,?")
"""What a page says of a link, after the name that bears it."""


def asides_at(text: str, start: int, end: int, names: Sequence[Name]) -> list[tuple[int, int]]:
    """Places of what is said by the way in ``text[start:end]``; most sentences have nothing such."""
    found: list[tuple[int, int]] = []
    if text.find("(", start, end) >= 0 or text.find("[", start, end) >= 0:
        asides = _ASIDE.finditer(text, start, end)
        found += [
            m.span()
            for m in asides
            if not (_lists_models(m, names) or _lists_firms(m, text, start, names))
        ]
    if text.find("opens ", start, end) >= 0:
        found += [m.span() for m in _NEW_TAB.finditer(text, start, end)]
    if text.find(" by ", start, end) >= 0:
        found += _heads(text, start, names)
    if text.find(", with a", start, end) >= 0:
        found += _holdings(text, names)
    return found + listed_at(text, start, end)


def _heads(text: str, start: int, names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """``Acme, led by Ada Ortiz, bought``: who heads the firm; a round may be led by a person, too."""
    for firm, head in itertools.pairwise(names):
        if not (firm.is_organisation and _may_be_person(head)) or not _HEADED.fullmatch(
            text, firm.end, head.start
        ):
            continue
        before = text[start : firm.start].lower()
        if not any(word in before.split() for word in words("funding", "funding")):
            yield firm.end, head.end + (text[head.end : head.end + 1] == ",")


def _holdings(text: str, names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """``include A, with a stake of 10%, B and C``: how much A has, in a list that goes on."""
    for holder, after in itertools.pairwise(names):
        told = _HOLDS.fullmatch(text, holder.end, after.start)
        if told is not None:
            yield holder.end, told.start(1)


_HOLDS = re.compile(
    r", with an? [^,;.]{0,40}\b(?:stake|holding|share)\b[^,;]{0,30}(, (?:and )?(?:the )?)"
)


def _may_be_person(name: Name) -> bool:
    return name.is_person or (
        name.entity is None and name.kind is None and len(name.text.split()) == 2
    )


_HEADED = re.compile(r", (?:which is |now |then )?(?:led|run|headed|helmed) by ")


def _lists_models(aside: re.Match[str], names: Sequence[Name]) -> bool:
    """``hosts open models (Z, W and V)``: an aside that tells which."""
    inside = [n for n in names if aside.start() < n.start < aside.end()]
    return len([n for n in inside if n.kind is EntityKind.MODEL]) > 1


def _lists_firms(aside: re.Match[str], text: str, start: int, names: Sequence[Name]) -> bool:
    """``has backed makers of chips (A, B and C)``: an aside that is a list of those that are backed."""
    inside = [n for n in names if aside.start() < n.start < aside.end() and n.is_organisation]
    between = [text[a.end : b.start] for a, b in itertools.pairwise(inside)]
    listed = len(inside) > 1 and all(_BETWEEN.fullmatch(gap) for gap in between)
    whole = listed and (aside.start() + 2 >= inside[0].start) and inside[-1].end + 1 >= aside.end()
    return whole and _BACKS.search(text, start, aside.start()) is not None


_BETWEEN = re.compile(r",? (?:and )?|, ")
_BACKS = re.compile(r"\b(?:invest(?:ed|s|ing|ments)?|back(?:ed|s|ing)?|bets?|stakes?|portfolio)\b")
