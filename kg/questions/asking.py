"""Question in, answer out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from kg.model import Entity, KgError
from kg.questions.answer import Answer
from kg.questions.building import plans
from kg.questions.fronting import fronted
from kg.questions.lexicon import lexicon
from kg.questions.misfit import Context
from kg.questions.nested import collapsed, resolved
from kg.questions.nested import roots as within
from kg.questions.notes import LEFT_OUT, unread
from kg.questions.parsing import matches
from kg.questions.plan import Plan
from kg.questions.segments import Find, Segment, readings
from kg.questions.tokens import Word, closing, courtesies, even, split
from kg.questions.world import World
from kg.records import Catalogue

if TYPE_CHECKING:
    from kg.questions.result import Result
    from kg.rdf.quads import QuadSource


def ask(
    reader: QuadSource,
    question: str,
    *,
    as_of: str | None = None,
    known_by: str | None = None,
    currency: str | None = None,
    today: dt.date | None = None,
) -> Answer:
    """Answer a question from a snapshot.

    ``as_of`` and ``known_by`` are ISO 8601 dates: answer from what was true on that day,
    from what had been published by then. ``currency`` (ISO 4217) gives sums asked for as one
    total in it, as *in dollars* does; UnknownCurrencyError if there is no rate for it.
    ``today`` gives ``last year`` its meaning.
    """
    if currency is not None:
        currency = known_currency(currency)
    catalogue = Catalogue(reader, as_of=as_of, known_by=known_by)
    understood = understand(catalogue, question, today or dt.date.today())
    if isinstance(understood, Answer):
        return understood
    plan, day = understood
    if currency and not plan.into:
        plan = _in_currency(plan, currency)
    if day and not as_of:
        catalogue = Catalogue(reader, as_of=day, known_by=known_by)
    return replace(run(catalogue, plan, question), left_out=unread(plan.notes))


class UnknownCurrencyError(KgError):
    """The table of exchange rates does not have the currency."""


def known_currency(code: str) -> str:
    """The code in capitals; UnknownCurrencyError, with those that are known, if there is no rate."""
    from kg.rates import rates

    known = rates().currencies
    if code.upper() not in known:
        raise UnknownCurrencyError(
            f"no exchange rate for {code!r}; there are rates for {', '.join(sorted(known))}"
        )
    return code.upper()


def _in_currency(plan: Plan, currency: str) -> Plan:
    if plan.family == "deals" and plan.op in ("amounts", "total"):
        return replace(plan, op="total", into=currency)
    return replace(
        plan, notes=(*plan.notes, f"nothing to give in {currency}: no total is asked for")
    )


def run(catalogue: Catalogue, plan: Plan, question: str = "") -> Answer:
    """Answer a plan."""
    from kg.questions.families import FAMILIES
    from kg.questions.promised import promised
    from kg.questions.wording import describe

    world = World(catalogue)
    if catalogue.as_of:
        roots = (root for condition in plan.conditions for root in condition.roots)
        named = dict.fromkeys((*plan.subjects, *plan.objects, *plan.either, *roots, *within(plan)))
        plan = replace(
            plan,
            filters=replace(plan.filters, as_of=catalogue.as_of),
            families=tuple((one, tuple(world.family(one))) for one in named),
        )
    plan, meant = resolved(plan, world)
    result: Result = FAMILIES[plan.family](plan, world)
    interpretation = describe(plan, world.name)
    if catalogue.as_of:
        interpretation += f" As of {catalogue.as_of}."
    if catalogue.known_by:
        interpretation += f" From what was published by {catalogue.known_by}."
    return Answer(
        question=question,
        interpretation=interpretation,
        understood=True,
        sparql=result.sparql,
        answers=result.items,
        columns=result.columns,
        verdict=result.verdict or _verdict(plan, result),
        count=len(result.items) if plan.op == "count" else None,
        rates=result.rates,
        notes=tuple(dict.fromkeys((*meant, *result.notes, *promised(plan, result.items)))),
    )


def _verdict(plan: Plan, result: Result) -> str | None:
    """Yes or no where the question wants it and the list tells it."""
    if not plan.polar or plan.op != "list" or plan.order or plan.family in _COMPARED:
        return None
    return "yes" if result.items else "no"


def understand(
    catalogue: Catalogue, question: str, today: dt.date
) -> tuple[Plan, str | None] | Answer:
    """The plan of a question with the day it asks about; an Answer if not understood."""
    if _REFERRING.search(question):
        found = _in_context(catalogue, question, today)
        if found is not None:
            return found
    first = _Reading(catalogue, question, today)
    found = first.plan or _arranged(catalogue, question, today)
    found = found or _in_context(catalogue, question, today)
    found = found or _mended(catalogue, question, today, first)
    return found or _not_understood(question, _asking(catalogue, question, today) or first)


def _asking(catalogue: Catalogue, question: str, today: dt.date) -> _Reading | None:
    """The reading of the clause that asks, where it is another one that cannot be made out."""
    from kg.questions.contexts import asked_of

    asked = asked_of(question, _divider(catalogue, today))
    return _Reading(catalogue, asked, today) if asked else None


def _divider(
    catalogue: Catalogue, today: dt.date, find: Find | None = None
) -> Callable[[str], list[Segment]]:
    """What divides a clause into segments, the likeliest way."""
    find = find or _finder(catalogue)
    return lambda text: next(readings(text, split(text), lexicon(), find, today))


def _in_context(
    catalogue: Catalogue, question: str, today: dt.date
) -> tuple[Plan, str | None] | None:
    """The plan of a question that stands in a context."""
    from kg.questions.contexts import in_context

    find = _finder(catalogue)

    def read(text: str) -> tuple[Plan, str | None] | None:
        alone = _Reading(catalogue, text, today, find)
        arranged = alone.plan or _arranged(catalogue, text, today)
        return arranged or _mended(catalogue, text, today, alone)

    return in_context(question, lru_cache(read), _divider(catalogue, today, find))


def _arranged(
    catalogue: Catalogue, question: str, today: dt.date
) -> tuple[Plan, str | None] | None:
    """The plan of a question once what stands first is put where it belongs."""
    for way in fronted(question, catalogue):
        if (found := _Reading(catalogue, way, today).plan) is not None:
            return found
    return None


def _mended(
    catalogue: Catalogue, question: str, today: dt.date, first: _Reading
) -> tuple[Plan, str | None] | None:
    """The plan of a question without what it says in brackets, or with its spelling corrected."""
    asides = _ASIDE.findall(question)
    if asides and not any(_LIMITING.search(a) for a in asides):
        bare = _Reading(catalogue, _ASIDE.sub(" ", question), today)
        if bare.plan is not None:
            plan, day = bare.plan
            told = [f"{LEFT_OUT}{a.strip()}" for a in asides]
            return replace(plan, notes=(*plan.notes, *told)), day
    if first.left:
        from kg.questions.spelling import corrections

        ways = corrections(first.left, first.words, lexicon(), catalogue)
        read = [
            (_Reading(catalogue, _respelt(question, first.words, w), today).plan, w) for w in ways
        ]
        found = [(plan, way) for plan, way in read if plan is not None]
        if found and all(plan == found[0][0] for plan, _ in found):
            (plan, day), fixed = found[0]
            told = [f"“{first.words[i].text}” read as “{w}”" for i, w in sorted(fixed.items())]
            return replace(plan, notes=(*plan.notes, *told)), day
    return None


def _finder(catalogue: Catalogue) -> Find:
    """Who bears a name, or is listed under a symbol; each is looked up once."""
    known = lexicon()

    @cache
    def find(name: str) -> list[Entity]:
        found = catalogue.find(name)
        if not found and _SYMBOL.fullmatch(name) and even(name) not in known.words:
            found = catalogue.listed(name)
        return found

    return find


_REFERRING = re.compile(
    r"(?:[:;.!?]|\s[-–—])\s.*\b(?:it|its|they|them|their|(?:the|this) (?:two|company|firm|lab))\b",
    re.IGNORECASE,
)
"""A question that seems to refer to what stands before it."""
_SYMBOL = re.compile(r"[A-Za-z]{3,5}|[A-Z]{2}")
"""What may be the symbol under which shares are listed, where it is no word and no name."""
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
_COMPARED = frozenset({"rank_count", "rank_amount", "largest", "founding"})
"""Families whose answers say nothing by being there."""
_LINKING = frozenset({"and", "but", "so", "well", "now", "then", "or"})
"""First words that only link a question to what was said before."""
_WHETHER = frozenset({"whether", "if"})
_FORETELLING = frozenset({"will", "would", "shall", "should", "won't", "wouldn't", "shouldn't"})
"""First words of questions about what is to come or ought to be, which no graph tells."""


class _Reading:
    """One try at a question: its plan with the day asked about, or what stands in the way."""

    def __init__(
        self, catalogue: Catalogue, question: str, today: dt.date, find: Find | None = None
    ) -> None:
        known = lexicon()
        find = find or _finder(catalogue)
        words = split(question)
        if len(words) > 1 and words[0].key in _LINKING:
            words = words[1:]
        polite = frozenset(known.data["polite"])
        opener = _opener(words, frozenset(known.data["whether"]))
        if not any(w.key in _ASKING for w in words):
            opener = opener or _opener(words, frozenset(known.data["hearsay"]))
        words = words[opener:]
        words = words[courtesies(words, polite, _ASKING | _WHETHER) :]
        self.words, whether = _unclosed(words, known.data["closings"])
        self.segments: list[Segment] = []
        self.left: list[Segment] = []
        self.plan: tuple[Plan, str | None] | None = None
        own = [w.key for w in self.words[-2:]] in _BY_ITSELF
        keys = frozenset(w.key for w in self.words)
        first = self.words[0].key if self.words else ""
        there = len(self.words) > 1 and self.words[1].key == "there"
        whether = whether or bool(opener) or first in _AUXILIARY or first in _WHETHER
        polar = whether and (there or not keys & _ASKING)
        context = Context(known, keys, catalogue.entity, polar)
        nouns = partial(collapsed, context=context)
        for number, reading in enumerate(readings(question, self.words, known, find, today)):
            unknown = [s for s in reading if not s.known]
            if number == 0:
                self.segments, self.left = reading, unknown
            if unknown or first in _FORETELLING:
                continue
            for match in matches(reading, polar=polar, within=nouns):
                if own and not match.tagged("BYIT"):
                    continue  # *and not distributed by it*: by nobody else
                for plan, notes in plans(match, context):
                    if (plan.filters.since or "") > today.isoformat():
                        continue  # nothing is known of days to come
                    self.plan = replace(plan, polar=polar), notes.as_of
                    return


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


def _not_understood(question: str, reading: _Reading) -> Answer:
    from kg.questions.nearest import nearest

    words = tuple(s.text for s in reading.left)
    if words:
        quoted = ", ".join(f"“{w}”" for w in words)
        what = f"I cannot make out {quoted}."
    else:
        what = "I know the words, but not what they ask together."
    near = nearest(question, reading.segments)
    return Answer(question, what, understood=False, left_out=words, nearest=near)
