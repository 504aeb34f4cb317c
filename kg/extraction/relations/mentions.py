"""Who and what a sentence speaks of: names, sums, and words that refer back to somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.extraction.rules.figures import Money
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.tokens import Piece
from kg.model import EntityKind


class Sort(StrEnum):
    """What a mention is, as far as the classifier is told; the value is the word that stands for it."""

    COMPANY = "company"
    FUND = "fund"
    PLATFORM = "platform"
    MODEL = "model"
    PRODUCT = "product"
    REGULATOR = "regulator"
    GOVERNMENT = "government"
    PERSON = "person"
    PLACE = "country"
    MONEY = "money"
    REFERENCE = "it"
    TOPIC = "topic"


SORTS = tuple(Sort)
_SORT_OF = {
    EntityKind.INVESTOR: Sort.FUND,
    EntityKind.SOVEREIGN_FUND: Sort.FUND,
    EntityKind.PLATFORM: Sort.PLATFORM,
    EntityKind.MODEL_HUB: Sort.PLATFORM,
    EntityKind.MODEL: Sort.MODEL,
    EntityKind.PRODUCT: Sort.PRODUCT,
    EntityKind.AUTHORITY: Sort.REGULATOR,
    EntityKind.GOVERNMENT: Sort.GOVERNMENT,
    EntityKind.PERSON: Sort.PERSON,
    EntityKind.PLACE: Sort.PLACE,
}
PRONOUNS = frozenset(
    "it they them we us i he she him its their our my his her both".split()  # noqa: SIM905
)
_DETERMINERS = frozenset({"the", "this", "that", "its", "their", "both", "our", "these", "those"})
_MODIFIERS = 4
"""Words at most between a determiner and the noun that refers."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch ``start:end`` of the article that a relation may be about.

    ``word`` is the index of its (last) word in the rendered sentence.
    """

    start: int
    end: int
    sort: Sort
    name: Name | None = None
    money: Money | None = None


def sort_of(name: Name) -> Sort:
    return _SORT_OF.get(name.kind, Sort.COMPANY) if name.kind is not None else Sort.COMPANY


def references(pieces: Sequence[Piece], taken: Sequence[tuple[int, int]]) -> list[Mention]:
    """Pronouns and definite descriptions (``the start-up``) outside the spans ``taken``."""
    nouns = words("nouns", "company") | words("nouns", "investor") | words("nouns", "authority")
    nouns = nouns | words("nouns", "model") | words("nouns", "many")
    found: list[Mention] = []
    inside = [any(a < p.end and p.start < b for a, b in taken) for p in pieces]
    for index, piece in enumerate(pieces):
        word = piece.text.lower()
        if inside[index]:
            continue
        if word in PRONOUNS:
            found.append(Mention(piece.start, piece.end, Sort.REFERENCE))
            continue
        if word not in nouns or not _ends_phrase(pieces, inside, index, nouns):
            continue
        start = _opening(pieces, inside, index)
        if start is not None:
            found.append(Mention(pieces[start].start, piece.end, Sort.REFERENCE))
    return found


def _ends_phrase(
    pieces: Sequence[Piece], inside: Sequence[bool], index: int, nouns: frozenset[str]
) -> bool:
    """Whether the noun is the head of its phrase and no name in apposition follows it."""
    if index + 1 >= len(pieces):
        return True
    return not inside[index + 1] and pieces[index + 1].text.lower() not in nouns


def _opening(pieces: Sequence[Piece], inside: Sequence[bool], index: int) -> int | None:
    """Where the description begins: its determiner, or the name before ``maker``, ``parent``, ``rival``."""
    for back in range(1, _MODIFIERS + 2):
        at = index - back
        if at < 0:
            return None
        word = pieces[at].text.lower()
        if word in _DETERMINERS:
            return at
        if not (word[0].isalnum() or word in ("-", "’s", "'s")):
            return None
        if inside[at] and pieces[index].text.lower() in ("maker", "parent", "owner", "creator"):
            return at
    return None
