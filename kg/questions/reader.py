"""Ways to read a question: as it stands, put in order, in its context, mended, in any order of words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache, partial

from kg.model import Entity
from kg.questions.building import plans
from kg.questions.fronting import fronted, opens
from kg.questions.lexicon import lexicon
from kg.questions.misfit import Context
from kg.questions.nested import collapsed
from kg.questions.notes import LEFT_OUT
from kg.questions.parsing import matches
from kg.questions.plan import Plan
from kg.questions.segments import Find, Segment, readings
from kg.questions.tokens import WHETHER, Word, closing, courtesies, even, split
from kg.records import Catalogue

Found = tuple[Plan, str | None] | None
"""A plan with the day it asks about."""


@dataclass(frozen=True)
class Reader:
    """Reads questions in every way there is; ``loose`` if words may stand in any order."""

    catalogue: Catalogue
    today: dt.date
    loose: bool = False
    tries: dict[str, Reading] = field(default_factory=dict)

    def reading(self, text: str) -> Reading:
        """A try at a text; each is made once."""
        if text not in self.tries:
            self.tries[text] = Reading(self.catalogue, text, self.today, self.find)
        return self.tries[text]

    @cached_property
    def find(self) -> Find:
        """Who bears a name, or is listed under a symbol; each is looked up once."""
        known = lexicon()

        @cache
        def find(name: str) -> list[Entity]:
            found = self.catalogue.find(name)
            if not found and _SYMBOL.fullmatch(name) and even(name) not in known.words:
                found = self.catalogue.listed(name)
            return found

        return find

    def read(self, question: str) -> Found:
        """The plan of a question; None if it is not understood."""
        if any(more.search(question) for more in (_AGAIN, _EACH, _TWO, _ALSO)):
            return None
        found = self._in_context(question) if _REFERRING.search(question) else None
        if found is None and opens(question):
            found = self._arranged(question)
        found = found or self._plan(question) or self._arranged(question)
        return found or self._in_context(question) or self._mended(question)

    def asking(self, question: str) -> Reading:
        """The try at the clause that asks, by which is told what cannot be made out."""
        from kg.questions.contexts import asked_of

        return self.reading(asked_of(question, self._divide) or question)

    def _plan(self, text: str) -> Found:
        """The plan of a text as it stands."""
        one = self.reading(text)
        return one.plan or (one.free() if self.loose and not _PARTED.search(text) else None)

    def _divide(self, text: str) -> list[Segment]:
        """A clause divided into segments, the likeliest way."""
        return next(readings(text, split(text), lexicon(), self.find, self.today))

    def _in_context(self, question: str) -> Found:
        """The plan of a question that stands in a context."""
        from kg.questions.contexts import in_context

        def read(text: str) -> Found:
            return self._plan(text) or self._arranged(text) or self._mended(text)

        return in_context(question, lru_cache(read), self._divide)

    def _arranged(self, question: str) -> Found:
        """The plan of a question once what stands first is put where it belongs."""
        ways = (self._plan(way) for way in fronted(question, self.catalogue))
        return next((found for found in ways if found is not None), None)

    def _mended(self, question: str) -> Found:
        """The plan without what a question says in brackets, or with its spelling corrected."""
        asides = _ASIDE.findall(question)
        if asides and not any(_LIMITING.search(a) for a in asides):
            bare = self._plan(_ASIDE.sub(" ", question))
            if bare is not None:
                return _noted(bare, [f"{LEFT_OUT}{a.strip()}" for a in asides])
        first = self.reading(question)
        if not first.left:
            return None
        from kg.questions.spelling import corrections, forms_of_one

        ways = corrections(first.left, first.words, lexicon(), self.catalogue)
        if self.loose:
            ways = [w for w in ways if not _far(w, first.words)]
        read = [(self._plan(_respelt(question, first.words, w)), w) for w in ways]
        found = [(plan, way) for plan, way in read if plan is not None]
        if not found or not all(p == found[0][0] or forms_of_one(w, found[0][1]) for p, w in found):
            return None
        plan, fixed = found[0]
        told = [f"“{first.words[i].text}” read as “{w}”" for i, w in sorted(fixed.items())]
        return _noted(plan, told)


def _far(fixed: Mapping[int, str], words: list[Word]) -> bool:
    """Whether a correction is too much of a guess: of the first letter, or of several letters."""
    keys = {i: words[i].key for i in fixed}
    return any(w[:1] != keys[i][:1] or abs(len(w) - len(keys[i])) > 1 for i, w in fixed.items())


def _noted(found: tuple[Plan, str | None], told: list[str]) -> tuple[Plan, str | None]:
    plan, day = found
    return replace(plan, notes=(*plan.notes, *told)), day


_REFERRING = re.compile(
    r"(?:[:;.!?]|\s[-–—])\s.*\b(?:it|its|they|them|their|there|(?:the|this) (?:two|company|firm|lab))\b",
    re.IGNORECASE,
)
"""A question that seems to refer to what stands before it."""
_AGAIN = re.compile(
    r"[.?!;]\s+(?:and|what about|how about|and what about|and how about)\s+(?:\w+\s*){1,3}\?*$",
    re.IGNORECASE,
)
"""The same asked of somebody else as well: *X backs Y. And Z?*"""
_TWO = re.compile(
    r"\b(?:who|which|what|whose|where|when|how)\b.*,? and"
    r" (?:(?:do|does|did)|(?:is|are|was|were|has|have|can) (?:the|it|they|there|any))\s+\w",
    re.IGNORECASE,
)
"""Two questions in one, of which one answer cannot be of both."""
_ALSO = re.compile(
    r"\b(?:who|which|what|whose|whom)\b.*,? and (?:which|who|whom|whose)(?: of)? \w+\W*$",
    re.IGNORECASE,
)
"""The same asked of somebody else in the same sentence: *which labs does X back, and which Y?*"""
_EACH = re.compile(
    r"^\W*for (?:each|every) (?:of the |one of the )?(?:\w+ )?(?:lab|company|model|platform|country|deal)s?\b",
    re.IGNORECASE,
)
"""An answer for each of several, which no plan gives."""
_SYMBOL = re.compile(r"[A-Za-z]{3,5}|[A-Z]{2}")
"""What may be the symbol under which shares are listed, where it is no word and no name."""
_PARTED = re.compile(r"[.!?;:]\s+\S")
"""More than one sentence: words of one are not to be laid on the places of another."""
_ASIDE = re.compile(r"\s*\([^()]*\)")
"""What a question says in brackets: left out, and told, where it cannot be understood with it."""
_LIMITING = re.compile(
    r"\d|\b(?:not|no|never|only|but|except|excluding|without|besides|other|apart)\b", re.IGNORECASE
)
"""What in brackets would change the answer."""
_AUXILIARY = frozenset(
    {"do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "can", "could"}
)
_ASKING = frozenset({"you", "who", "whom", "whose", "which", "what", "where", "when", "how"})
_BY_ITSELF = [["by", "it"], ["by", "them"], ["by", "itself"], ["by", "themselves"]]
_LINKING = frozenset({"and", "but", "so", "well", "now", "then", "or"})
"""First words that only link a question to what was said before."""
_FORETELLING = frozenset({"will", "would", "shall", "should", "won't", "wouldn't", "shouldn't"})
"""First words of questions about what is to come or ought to be, which no graph tells."""


class Reading:
    """One try at a question: its plan with the day asked about, or what stands in the way."""

    def __init__(self, catalogue: Catalogue, question: str, today: dt.date, find: Find) -> None:
        known = lexicon()
        words = split(question)
        if len(words) > 1 and words[0].key in _LINKING:
            words = words[1:]
        polite = frozenset(known.data["polite"])
        opener = _opener(words, frozenset(known.data["whether"]))
        if not any(w.key in _ASKING for w in words):
            opener = opener or _opener(words, frozenset(known.data["hearsay"]))
        words = words[opener:]
        words = words[courtesies(words, polite, _ASKING | WHETHER) :]
        self.words, whether = _unclosed(words, known.data["closings"])
        self.segments: list[Segment] = []
        self.left: list[Segment] = []
        self.plan: Found = None
        self._readings: list[list[Segment]] = []
        own = [w.key for w in self.words[-2:]] in _BY_ITSELF
        keys = frozenset(w.key for w in self.words)
        first = self.words[0].key if self.words else ""
        there = len(self.words) > 1 and self.words[1].key == "there"
        whether = whether or bool(opener) or first in _AUXILIARY or first in WHETHER
        polar = whether and (there or not keys & _ASKING)
        context = self._context = Context(known, keys, catalogue.entity, polar)
        self._today = today.isoformat()
        nouns = partial(collapsed, context=context)
        for number, reading in enumerate(readings(question, self.words, known, find, today)):
            unknown = [s for s in reading if not s.known]
            if number == 0:
                self.segments, self.left = reading, unknown
            if unknown or first in _FORETELLING:
                continue
            self._readings.append(reading)
            for match in matches(reading, polar=polar, within=nouns):
                if own and not match.tagged("BYIT"):
                    continue  # *and not distributed by it*: by nobody else
                for plan, notes in plans(match, context):
                    if (plan.filters.since or "") > today.isoformat():
                        continue  # nothing is known of days to come
                    self.plan = replace(plan, polar=polar), notes.as_of
                    return

    def free(self) -> Found:
        """The plan of the words in whatever order they stand; None if there is no one such."""
        from kg.questions.free import cheapest, freely

        for reading in self._readings:
            found = cheapest(
                f
                for f in freely(reading, self.words, self._context)
                if (f[1].filters.since or "") <= self._today
            )
            if found is not None:
                plan, notes = found
                return replace(plan, polar=self._context.polar), notes.as_of
        return None


def _unclosed(words: list[Word], phrases: Mapping[str, list[str]]) -> tuple[list[Word], bool]:
    """The words without those at the end that only close, and whether these want a yes or a no."""
    every = frozenset(p for group in phrases.values() for p in group)
    end = len(words) - closing(words, every)
    closed = " ".join(w.key for w in words[end:])
    return words[:end], any(p in closed for p in phrases["polar"])


def _opener(words: list[Word], known: frozenset[str]) -> int:
    """How many words at the beginning only ask whether what follows is so: *am I right that*."""
    keys = [w.key for w in words]
    return next((n for n in range(9, 1, -1) if " ".join(keys[:n]) in known), 0)


def _respelt(question: str, words: list[Word], fixed: dict[int, str]) -> str:
    for i in sorted(fixed, reverse=True):
        question = question[: words[i].start] + fixed[i] + question[words[i].end :]
    return question
