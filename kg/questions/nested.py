"""Nouns that tell of a relationship themselves: *labs backed by the investors of Cohere*.

Where nothing else fits, such a noun is read as one: its relationship becomes a plan of its own,
whose answers are those it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import Kind
from kg.questions import sparql as q
from kg.questions.building import plans
from kg.questions.misfit import Context
from kg.questions.notes import Notes, noun_of
from kg.questions.parsing import Match, grammar
from kg.questions.patterns import Hit, compiled, hits
from kg.questions.plan import Noun, Plan
from kg.questions.result import FAMILY_OF_OBJECT, FAMILY_OF_SUBJECT
from kg.questions.segments import Segment
from kg.questions.world import World

_DEPTH = 2
"""Nouns within one another at most: *labs backed by rivals of the investors of Cohere*."""


def collapsed(
    core: Sequence[Segment], context: Context, depth: int = _DEPTH
) -> Iterator[list[Segment]]:
    """The question with a noun that tells of a relationship taken as one word, each way it can be."""
    for rule in grammar()["nested"]:
        elements = compiled(rule["match"])
        for at in range(len(core)):
            for length, places in hits(elements, core, at, whole=False):
                if length - at < len(core) and rule.get("deal"):
                    yield [*core[:at], *_deal(places), *core[length:]]
                elif length - at < len(core):
                    for noun in _nouns(rule, places, context):
                        inner = [*core[:at], _segment(core[at:length], noun), *core[length:]]
                        yield inner
                        if depth > 1:
                            yield from collapsed(inner, context, depth - 1)


def _segment(span: Sequence[Segment], noun: Noun) -> Segment:
    text = " ".join(s.text for s in span)
    asked = {"ASKED": noun} if "ASKED" in span[0].senses else {}
    return Segment(span[0].start, span[-1].end, text, {"Q": noun, **asked})


def _deal(places: Sequence[Hit]) -> list[Segment]:
    """*the money that A put into B* as *the deal between A and B*."""
    first, last = places[0].segment, places[-1].segment
    named = [h.value[0] for h in places if h.tag == "ENT"]
    text = " ".join(h.segment.text for h in places)
    return [
        Segment(first.start, first.end, text, {"RELATIONSHIPS": None}),
        Segment(first.end, first.end, "", {"BETWEEN": None}),
        Segment(first.end, last.end, text, {"ENT2": {"entities": named, "word": "and"}}),
    ]


def _nouns(rule: dict[str, str], places: Sequence[Hit], context: Context) -> Iterator[Noun]:
    """The nouns a stretch of the question may be, one for each relation its words name."""
    form = {
        "plan": {k: x for k, x in rule.items() if k not in ("match", "not")} | {"family": "related"}
    }
    bound = {h.name: h for h in places if h.name}
    if "q" in bound and noun_of(bound["q"].value).any:
        return  # *who backs X* is the question and no noun of it
    for plan, _ in plans(Match(form, bound, tuple(places), Notes()), context):
        if plan.notes:
            continue
        if rule.get("not"):
            whole = replace(plan, answer=Noun())
            yield replace(plan.answer, but=Noun(that=whole))
        else:
            yield Noun(kind=plan.answer.kind, that=plan)


def roots(plan: Plan) -> tuple[str, ...]:
    """The entities that the nouns of a plan name: those to leave out where *others* are asked for."""
    found: list[str] = []
    for noun in _of(plan):
        if noun.but and noun.but.that:
            found += roots(replace(plan, answer=noun.but, other=Noun(), conditions=()))
        if noun.that:
            found += [*noun.that.subjects, *noun.that.objects, *roots(noun.that)]
    return tuple(dict.fromkeys(found))


def _of(plan: Plan) -> tuple[Noun, ...]:
    return (plan.answer, plan.other, *(c.other for c in plan.conditions))


def resolved(plan: Plan, world: World) -> tuple[Plan, list[str]]:
    """The plan with those its nouns mean, and a note on each noun that says who they are."""
    from kg.questions.relations import related
    from kg.questions.wording import describe

    notes: list[str] = []

    def known(noun: Noun, *, kin: bool = False) -> Noun:
        if noun.but:
            noun = replace(noun, but=known(noun.but))
        if noun.that is None:
            return noun

        inner = replace(
            noun.that,
            filters=replace(noun.that.filters, as_of=plan.filters.as_of),
            families=plan.families,
        )
        inner, told = resolved(inner, world)
        result = related(inner, world)
        words = describe(inner, world.name).rstrip(".")
        words = words[:1].lower() + words[1:]
        names = ", ".join(i.name for i in result.items) or "nobody known"
        notes.extend([*told, f"{words}: {names}", *result.notes])
        meant = tuple(i.key for i in result.items)
        if kin:
            belonging = world.units if plan.filters.as_of else world.family
            meant = tuple(dict.fromkeys(m for one in meant for m in belonging(one)))
        return replace(noun, that=inner, among=meant, kin=kin, words=words)

    conditions = tuple(
        replace(c, other=known(c.other, kin=_belonging(plan, c.relation, c.ask)))
        for c in plan.conditions
    )
    kin = bool(plan.relations) and _belonging(plan, plan.relations[0], plan.ask)
    answer, other = known(plan.answer), known(plan.other, kin=kin)
    return replace(plan, answer=answer, other=other, conditions=conditions), notes


def _belonging(plan: Plan, kind: Kind, ask: str) -> bool:
    """Whether what belongs to those at the other end than the one asked for counts for them."""
    of_others = {"object": FAMILY_OF_SUBJECT, "subject": FAMILY_OF_OBJECT}.get(ask, frozenset())
    return not plan.filters.direct and kind in of_others


def lines_of(noun: Noun, variable: str) -> str:
    """The part of a query that binds a variable to those that a noun means."""
    from kg.questions.relations import answer_lines

    plan = noun.that
    if plan is None:
        return ""
    if noun.kin:
        top = f"{variable}_top"
        owners = "aio:parent" if plan.filters.as_of else q.OWNERS
        return f"{lines_of(replace(noun, kin=False), top)} {top} ^{owners}* {variable} ."
    mine = variable.removeprefix("?")
    body = "\n".join(f"    {line}" for line in answer_lines(plan) if line)
    renamed = re.sub(r"\?(\w+)", lambda m: variable if m[1] == "id" else f"?{m[1]}_of_{mine}", body)
    return f"{{ SELECT DISTINCT {variable} WHERE {{\n{renamed}\n  }} }}"
