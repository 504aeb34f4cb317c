"""What opens a sentence before anybody acts in it, and says nothing of who does what: ``On Tuesday,``, ``But``, a bullet.

The small parser reads the rest better without: behind ``In a filing late on Monday,`` it often
takes the company that acts for one more noun of the phrase.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from typing import Any

from kg.extraction.rules.figures import Money
from kg.extraction.rules.frames import frames
from kg.extraction.rules.gazetteer import Name, publishes
from kg.extraction.rules.language import possible_lemmas
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.tokens import Piece
from kg.model import EntityKind

_LONGEST = 16
"""Pieces of an opening phrase at most."""


def opening(
    found: Sequence[Piece], names: Sequence[Name], sums: Sequence[Money]
) -> tuple[int, int] | None:
    """The place of what opens the sentence; None where it opens with what it tells."""
    places = {n.start for n in names if n.is_place}
    acting = {n.start for n in names if not n.is_place and n.kind is not EntityKind.GOVERNMENT}
    taken = {n.start for n in names if not n.is_place} | {m.start for m in sums}
    at = 0
    while at < len(found) and found[at].text in _BULLETS:
        at += 1
    authorities = {n.start for n in names if n.is_authority}
    parties = {p for n in names if not publishes(n) for p in range(n.start, n.end)}
    while (
        step := _connective(found, at)
        or _attribution(found, at, authorities, acting)
        or _report(found, at, parties, acting)
        or _sign(found, at, taken, acting)
        or _phrase(found, at, taken, places, acting)
    ) is not None:
        at = step
    if not at or at >= len(found):
        return None
    return found[0].start, found[at].start


_BULLETS = frozenset("•*·▪●◦‣–—-")


def _connective(found: Sequence[Piece], at: int) -> int | None:
    """Behind ``But``, ``Meanwhile,``."""
    if at + 2 >= len(found):
        return None
    word = found[at].text.lower()
    if word in words("openings", "conjunction"):
        return at + 1 + (found[at + 1].text == ",")
    if word in words("openings", "connective") and found[at + 1].text == ",":
        return at + 2
    return None


def _behind_comma(
    found: Sequence[Piece], first: int, last: int, shut: Set[int], acting: Set[int]
) -> int | None:
    """Behind the first comma, where a name that acts follows; None where one of ``shut`` stands before it."""
    for index in range(first, min(last, len(found) - 2)):
        if found[index].start in shut:
            return None
        if found[index].text == ",":
            return index + 1 if found[index + 1].start in acting else None
    return None


def _sign(found: Sequence[Piece], at: int, taken: Set[int], acting: Set[int]) -> int | None:
    """Behind ``In a sign of how badly it needs power,``, where a name follows and none stands in it."""
    said = [p.text.lower() for p in found[at : at + 4]]
    if said[:1] != ["in"] or words("openings", "gesture").isdisjoint(said[2:]):
        return None
    return _behind_comma(found, at + 3, at + _LONGEST, taken, acting)


def _attribution(
    found: Sequence[Piece], at: int, authorities: Set[int], acting: Set[int]
) -> int | None:
    """Behind ``According to The Information,``, where a name follows: what an authority says may tell a case."""
    if [p.text.lower() for p in found[at : at + 2]] != ["according", "to"]:
        return None
    return _behind_comma(found, at + 2, at + _LONGEST, authorities, acting)


def _report(found: Sequence[Piece], at: int, parties: Set[int], acting: Set[int]) -> int | None:
    """Behind ``It emerged last week that``, ``Documents show that``, ``The Herald reported that``, where a name follows."""
    told = False
    for index in range(at, min(at + _LONGEST, len(found) - 2)):
        word = found[index].text.lower()
        if word == "that":
            return index + 1 if told and found[index + 1].start in acting else None
        told = told or word in words("openings", "reporting")
        if found[index].start in parties or not (word.isalnum() or word in _WITHIN_WORDS):
            return None
        if word in words("openings", "speaker"):
            return None
    return None


_WITHIN_WORDS = frozenset({"'s", "’s", "-"})


def _phrase(
    found: Sequence[Piece], at: int, taken: Set[int], places: Set[int], acting: Set[int]
) -> int | None:
    """Behind the comma of a phrase of plain words, where whoever acts follows."""
    if at + 2 >= len(found) or found[at].text.lower() not in words("openings", "first"):
        return None
    placed, ranked = False, found[at + 1].text in ("its", "their", "another", "a")
    ranked = ranked and found[at + 2].text in words("openings", "ranking")
    for index in range(at, min(at + _LONGEST, len(found) - 2)):
        piece = found[index]
        if piece.text == ",":
            after = found[index + 1]
            acts = after.text.lower() in words("openings", "acting") and not placed
            if index > at and (acts or after.start in acting):
                return index + 1
            if not placed:
                return None
        elif piece.start in places:
            placed = True
        elif piece.start in taken or not (ranked or _is_plain(piece.text)):
            return None
    return None


@lru_cache(maxsize=65536)
def _is_plain(text: str) -> bool:
    """Whether a word tells nothing that frames, descriptions or the modality of a fact go by."""
    word = text.lower()
    if word in words("openings", "plain"):
        return True
    if not (word.isalnum() or word.replace("-", "").isalpha()):
        return False
    lemmas = {word, *possible_lemmas(word)}
    doing = word.endswith("ing") and not lemmas.isdisjoint(_verbs())
    return not doing and lemmas.isdisjoint(_telling())


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    return frozenset(verb for frame in frames() for verb in frame.verb)


@lru_cache(maxsize=1)
def _telling() -> frozenset[str]:
    """The words of the lexicon that may stand for a party or a deal, or say how firmly one is told."""
    told = {word for frame in frames() for word in (*frame.noun, *frame.adjective)}
    told |= words("openings", "meaning")
    for key in ("company", "investor", "authority", "model", "holding", "round", "pronoun"):
        told |= words("nouns", key)
    for name in ("funding", "modality", "references"):
        for key, value in table(name).items():
            if key != "describing_modifier":
                # "as demand for cloud software grows" tells nothing
                told.update(_words_of(value))
    return frozenset(told) - words("openings", "of_nobody")


def _words_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.lower()
    elif isinstance(value, dict):
        for each in value.values():
            yield from _words_of(each)
    else:
        for each in value:
            yield from _words_of(each)
