"""Entities that a name may stand for: similar names, each with a score and a reason.

A candidate is never a match: it is offered to a person, or to a context that decides. Names
are compared as ``kg.names.fold`` writes them, whole words first, then letter by letter
(rapidfuzz). A name never resembles another with different figures: "GPT-4" and "GPT-5" are
two things however alike they look.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.model import Entity, EntityKind
from kg.names import fold
from kg.registry import Registry

SPELLING = 88
"""Least similarity (0 to 100, rapidfuzz ratio) of two names that differ in letters."""

_FORM_WORDS = (
    "ai lab labs technology technologies group holding holdings company systems network networks "
    "software semiconductor semiconductors industries international global inc corp sa se ag app "
    "com platforms"
)
_UNIT_WORDS = (
    "ventures capital fund cloud research health japan china india germany france uk europe asia "
    "america energy foundry media studios games"
)
FORM = frozenset(_FORM_WORDS.split())
"""Words that a short form of an organisation's name leaves out."""
_UNIT = frozenset(_UNIT_WORDS.split())
"""Words that tell a unit or a namesake from the organisation itself."""
WHERE = frozenset({EntityKind.PLACE, EntityKind.GOVERNMENT})


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may stand for, with a score (0 to 100) and a reason."""

    entity: str
    score: float
    reason: str


def figures(name: str) -> list[str]:
    """The numbers of a name, in order: two names that differ in them are two things."""
    return re.findall(r"\d+(?:\.\d+)?", name)


def squeezed(name: str) -> str:
    """A name without spaces and hyphens, those between two figures excepted.

    >>> squeezed("GPT-4 Turbo"), squeezed("Llama 3 70B")
    ('gpt4turbo', 'llama3 70b')
    """
    folded = re.sub(r"(?<=\d)[ -]+(?=\d)", "\0", fold(name))
    return re.sub(r"[ -]", "", folded).replace("\0", " ")


class Resemblance:
    """Finds the names of a registry that resemble a name."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @cached_property
    def _names(self) -> list[str]:
        return sorted(self._registry.by_name)

    @cached_property
    def _by_word(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            words = name.split()
            for word in dict.fromkeys((words[0], words[-1])):
                found[word].append(name)
        return found

    @cached_property
    def _by_initials(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            words = [w for w in name.split() if w not in ("of", "and", "for", "the", "de")]
            if len(words) > 2:
                found["".join(w[0] for w in words)].append(name)
        return found

    def of(self, name: str, spelling: bool = True) -> dict[str, Candidate]:
        """Entity id -> the best that speaks for it, by its names alone.

        ``spelling`` False compares whole words only: the letters cost time with every name.
        """
        folded = fold(name)
        best: dict[str, Candidate] = {}
        if not folded:
            return best
        for other, score, reason in self._compared(folded, name, spelling):
            if figures(folded) != figures(other):
                continue
            for entity_id in self._registry.by_name[other]:
                if not _sensible(self._registry[entity_id], reason):
                    continue
                if entity_id not in best or best[entity_id].score < score:
                    best[entity_id] = Candidate(entity_id, score, reason.format(other=other))
        return best

    def _compared(self, folded: str, name: str, spelling: bool) -> Iterator[tuple[str, float, str]]:
        if folded in self._registry.by_name:
            yield folded, 100.0, "it bears the same name"
        words = folded.split()
        for other in dict.fromkeys((*self._by_word[words[0]], *self._by_word[words[-1]])):
            if found := _by_words(words, other.split()):
                yield other, *found
        if name.isupper() and 3 <= len(name) <= 6:
            for other in self._by_initials[folded]:
                yield other, 72.0, "{other!r} begins with its letters"
        if spelling:
            yield from self._spelled_alike(folded)

    def _spelled_alike(self, folded: str) -> Iterator[tuple[str, float, str]]:
        from rapidfuzz import fuzz, process

        if len(folded) < 5:
            return
        for other, ratio, _ in process.extract(
            folded, self._names, scorer=fuzz.ratio, score_cutoff=SPELLING, limit=20
        ):
            if other != folded and len(other) > 4:
                yield other, round(0.95 * float(ratio), 1), "{other!r} is spelled much alike"


def _by_words(one: list[str], other: list[str]) -> tuple[float, str] | None:
    """How strongly two names of whole words speak for one thing, where one holds the other."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        # "Inflection Point" and "Inflection AI": only where the rest of the known name is a form.
        if len(one) > 1 and one[0] == other[0] and FORM.issuperset(other[1:]):
            return 70.0, "{other!r} begins with the same word"
        return None
    if len("".join(short)) < 3:
        return None
    if long[: len(short)] == short:
        rest = long[len(short) :]
        if FORM.issuperset(rest):
            return 90.0, "only {other!r} has the form of a name more or less"
        if _UNIT.intersection(rest):
            return 74.0, "{other!r} may be a unit of it, the whole, or a namesake"
        return 78.0, "one is the beginning of the other, {other!r}"
    if long[-len(short) :] == short:
        return 75.0, "one is the end of the other, {other!r}"
    return None


def _sensible(entity: Entity, reason: str) -> bool:
    """Names share words with places ("Cambridge, Massachusetts", "Acme Japan"): that says nothing."""
    return entity.kind not in WHERE or "spelled" in reason or "bears" in reason
