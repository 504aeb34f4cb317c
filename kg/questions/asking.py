"""Question in, answer out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Entity
from kg.questions.answer import Answer
from kg.questions.building import Context, plans
from kg.questions.lexicon import lexicon
from kg.questions.parsing import matches
from kg.questions.plan import Plan
from kg.questions.segments import Segment, readings
from kg.questions.tokens import split
from kg.questions.world import World
from kg.records import Catalogue

if TYPE_CHECKING:
    from kg.questions.result import Result
    from kg.records.reading import QuadSource


def ask(
    reader: QuadSource,
    question: str,
    *,
    as_of: str | None = None,
    known_by: str | None = None,
    today: dt.date | None = None,
) -> Answer:
    """Answer a question from a snapshot.

    ``as_of`` and ``known_by`` are ISO 8601 dates: answer from what was true on that day,
    from what had been published by then. ``today`` gives ``last year`` its meaning.
    """
    catalogue = Catalogue(reader, as_of=as_of, known_by=known_by)
    understood = understand(catalogue, question, today or dt.date.today())
    if isinstance(understood, Answer):
        return understood
    plan, day = understood
    if day and not as_of:
        catalogue = Catalogue(reader, as_of=day, known_by=known_by)
    return run(catalogue, plan, question)


def run(catalogue: Catalogue, plan: Plan, question: str = "") -> Answer:
    """Answer a plan."""
    from kg.questions.families import FAMILIES
    from kg.questions.wording import describe

    world = World(catalogue)
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
        verdict=result.verdict,
        count=len(result.items) if plan.op == "count" else None,
        notes=result.notes,
    )


def understand(
    catalogue: Catalogue, question: str, today: dt.date
) -> tuple[Plan, str | None] | Answer:
    """The plan of a question with the day it asks about; an Answer if not understood."""
    words = split(question)
    known = lexicon()
    cache: dict[str, list[Entity]] = {}

    def find(name: str) -> list[Entity]:
        if name not in cache:
            cache[name] = catalogue.find(name)
        return cache[name]

    context = Context(known, frozenset(w.key for w in words), catalogue.entity)
    left: list[Segment] | None = None
    for reading in readings(question, words, known, find, today):
        unknown = [s for s in reading if not s.known]
        left = unknown if left is None else left
        if unknown:
            continue
        for match in matches(reading):
            for plan, notes in plans(match, context):
                return plan, notes.as_of
    return not_understood(question, left or [])


def not_understood(question: str, left: list[Segment]) -> Answer:
    words = tuple(s.text for s in left)
    what = f"I do not know: {', '.join(words)}." if words else "I know the words but not the question."
    return Answer(question, what, understood=False, left_out=words)
