"""A question whose words are all known, but in an order or with small words that no form has.

The segments are laid on the places of every form whatever their order: all that bears meaning must
find a place and every place that bears meaning must be filled, small words may be wanting or left
over. Who does what to whom is then told by the words around a name (*by X*, *X's investors*,
*investments in X*), else by what it is. A reading costs what had to be moved, added or left over;
the cheapest is taken if it costs little and no other comes near it.

The idea is that of slot filling over a bag of semantic tags, as in the Air Travel Information
System task (Pieraccini and Levin 1992), with the forms of the grammar as frames.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.model import EntityKind, Kind
from kg.questions.building import plans
from kg.questions.misfit import Context
from kg.questions.notes import Notes, noun_of
from kg.questions.parsing import Match, cores, grammar
from kg.questions.patterns import Element, Hit, Place, compiled, fits
from kg.questions.plan import Plan
from kg.questions.segments import RELATION_TAGS, Segment
from kg.questions.tokens import Word
from kg.questions.told import NAMES, sides

LIGHT = frozenset(
    {
        *("IN", "OF", "TO", "FROM", "FOR", "ON", "WITH", "ABOUT", "AT", "AS", "INTO", "BY", "POS"),
        *("HAVE", "GET", "AND", "MADE", "DO", "YES", "REGARD", "INVOLVING", "LIST"),
        *("PERIOD_IN", "PERIOD_SINCE", "PERIOD_ASOF", "FILLER"),
    }
)
"""Tags of words that bear no meaning of their own here: they may be wanting or left over."""
_VERBS = frozenset({"V", "VP", "VI", "VIP", "RAISE"})
_NOUNS = RELATION_TAGS - _VERBS
_DEEDS = RELATION_TAGS
"""Tags of words that name a relation."""
_BY_ORDER = frozenset({"fact", "made", "listing", "founding"})
"""Families of forms in which only the order of the words tells what is asked of whom."""
_SUMS = frozenset({"amounts", "total", "stake", "valuation", "terms"})
_COUNTED = frozenset({"EV", "EVR", "ROUNDWORD"})
"""What is no count of those who did it: *how many rounds*."""
_MOST = 2.6
_APART = 0.5
_PASSED = 0.25
_ADDED = 0.35
_ASKED = 0.3
_AGAIN = 0.7
_MOVED = 0.25
_UNLIKELY = 1.5
_NEVER = 3.0


@dataclass(frozen=True, slots=True)
class _Laid:
    """A form with the segments on its places, and what it costs."""

    match: Match
    cost: float


def freely(
    segments: Sequence[Segment], words: Sequence[Word], context: Context
) -> Iterator[tuple[float, Plan, Notes]]:
    """The plans that the segments may mean in any order, with what each costs.

    ``words`` are all those of the question, which the segments point into.
    """
    if any(not s.known for s in segments):
        return
    for core, notes in cores(segments):
        told = sides(core, words)
        for laid in _layings(core, notes, context.polar):
            if _against(laid.match, told):
                continue
            for plan, noted in plans(laid.match, context):
                unlikely = _unlikely(plan, core, laid.match, told, context)
                if unlikely is not None:
                    yield laid.cost + unlikely, plan, noted


def cheapest(found: Iterable[tuple[float, Plan, Notes]]) -> tuple[Plan, Notes] | None:
    """The plan that costs least, if it costs little and every other one costs distinctly more."""
    ranked = sorted(found, key=lambda f: f[0])
    if not ranked or ranked[0][0] > _MOST:
        return None
    least, plan, notes = ranked[0]
    for cost, other, _ in ranked[1:]:
        if cost >= least + _APART:
            break
        if other != plan:
            return None
    return plan, notes


def _light(segment: Segment) -> bool:
    if "EVERY" in segment.senses:
        return False
    return bool(segment.senses.keys() & LIGHT) or _plain(segment)


def _plain(segment: Segment) -> bool:
    """Whether a segment only asks: *who*, *which ones*."""
    return (
        "Q" in segment.senses and noun_of(segment.senses["Q"]).any and "AGENT" not in segment.senses
    )


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Mapping[str, Any], tuple[Element, ...], frozenset[str]], ...]:
    """Every form with each of its patterns and the tags that it has places for."""
    return tuple(
        (form, elements, frozenset(p.tag for e in elements for p in e.places))
        for form in grammar()["forms"]
        if "inorder" not in form
        for elements in (compiled(pattern) for pattern in form["patterns"])
        if elements
    )


def _layings(core: Sequence[Segment], notes: Notes, polar: bool) -> Iterator[_Laid]:
    heavy = [s for s in core if not _light(s)]
    told = [s for s in heavy if not s.senses.keys() & (NAMES | {"Q", "BETWEEN", "BOTH", "SAME"})]
    if notes.every is not None or not told or _nested(core) or _against_what(core):
        return
    for form, elements, tags in _patterns():
        declared = form["plan"]
        if form.get("polar") and not polar:
            continue
        if "but" in declared or declared["family"] in _BY_ORDER:
            continue
        if declared.get("ended") == "only" or notes.filters.keys() & set(
            declared.get("ignore", ())
        ):
            continue
        if not all(s.senses.keys() & tags or s.senses.keys() & _DEEDS for s in heavy):
            continue
        yield from _lay(form, elements, core, notes)


def _against_what(core: Sequence[Segment]) -> bool:
    """Whether *against* stands before what is no name: *against its will*."""
    return any(
        "AGAINST" in s.senses and not (i + 1 < len(core) and core[i + 1].senses.keys() & NAMES)
        for i, s in enumerate(core)
    )


def _nested(core: Sequence[Segment]) -> bool:
    """Whether one relation is told of those whom another one names: *backed by the investors of X*."""
    tags = [s.senses.keys() for s in core]
    for i, one in enumerate(tags):
        if "AG" not in one:
            continue
        named = any(t & NAMES for t in tags[i + 1 : i + 3])
        if (i and "BY" in tags[i - 1]) or (named and any(t & _VERBS for t in tags[i + 1 :])):
            return True
    return False


def _lay(
    form: Mapping[str, Any], elements: Sequence[Element], core: Sequence[Segment], notes: Notes
) -> Iterator[_Laid]:
    """The ways to lay the segments on the places of one pattern, each segment on one place."""
    places = [
        [
            (i, p)
            for i, e in enumerate(elements)
            for p in e.places
            if p.tag in segment.senses and fits(p, segment.senses[p.tag])
        ]
        for segment in core
    ]

    def lay(n: int, taken: dict[int, tuple[int, Place]], over: list[int]) -> Iterator[_Laid]:
        if n == len(core):
            laid = _finish(form, elements, core, notes, taken, over)
            if laid is not None:
                yield laid
            return
        for i, place in places[n]:
            if i not in taken:
                yield from lay(n + 1, {**taken, i: (n, place)}, over)
        if _light(core[n]) or core[n].senses.keys() & _DEEDS:
            yield from lay(n + 1, taken, [*over, n])

    yield from lay(0, {}, [])


def _finish(
    form: Mapping[str, Any],
    elements: Sequence[Element],
    core: Sequence[Segment],
    notes: Notes,
    taken: Mapping[int, tuple[int, Place]],
    over: Sequence[int],
) -> _Laid | None:
    """The laying with its cost; None if a place that bears meaning is empty, or a word is left over."""
    cost = 0.0
    for i, element in enumerate(elements):
        if i in taken or element.optional:
            continue
        if all(p.tag in LIGHT for p in element.places):
            cost += _ADDED
        elif all(p.tag == "Q" and not p.values for p in element.places):
            cost += _ASKED
        else:
            return None
    relations = {
        r
        for n, place in taken.values()
        if place.tag in _DEEDS
        for r, _ in core[n].senses[place.tag]
    }
    if "relation" in form["plan"]:
        relations.add(form["plan"]["relation"])
    for n in over:
        segment = core[n]
        if _light(segment):
            cost += _PASSED
            continue
        if not _again(core, n, relations, {p.tag for _, p in taken.values()}):
            return None
        cost += _AGAIN
    order = [taken[i][0] for i in sorted(taken) if not _light(core[taken[i][0]])]
    cost += _MOVED * sum(a > b for k, a in enumerate(order) for b in order[k + 1 :])
    found = tuple(
        Hit(place.tag, core[n].senses[place.tag], core[n], place.name)
        for _, (n, place) in sorted(taken.items())
    )
    return _Laid(Match(form, {h.name: h for h in found if h.name}, found, notes), cost)


def _again(core: Sequence[Segment], n: int, relations: Set[str], used: Set[str]) -> bool:
    """Whether a noun only says again what a verb says: *invested as an investor*."""
    senses = core[n].senses
    if "NOUN" in senses or not senses.keys() & _NOUNS or not used & _VERBS:
        return False
    before = core[n - 1].senses.keys() if n else frozenset()
    after = core[n + 1].senses.keys() if n + 1 < len(core) else frozenset()
    if before & {"BY", "POS"} and not _sum_of(core, n):
        return False
    if not _sum_of(core, n) and after & {"OF", "POS", "IN", "INTO", "TO", *_VERBS, *NAMES}:
        return False
    return any(r in relations for t in senses.keys() & _NOUNS for r, _ in senses[t])


def _sum_of(core: Sequence[Segment], n: int) -> bool:
    """Whether a noun for what was put in stands before a name with its verb: *funding X received*."""
    name, verb = core[n + 1 : n + 2], core[n + 2 : n + 3]
    return (
        "EVR" in core[n].senses
        and bool(name and name[0].senses.keys() & NAMES)
        and bool(verb and verb[0].senses.keys() & _VERBS)
    )


def _against(match: Match, told: Mapping[int, str]) -> bool:
    """Whether a form puts a name on the other side than the words around it do."""
    if match.form["plan"].get("relation") == "distribution":
        return False  # a lab that distributes its models through others stands before the verb
    for name, hit in match.bound.items():
        side = told.get(hit.segment.start)
        if hit.tag in NAMES and side and name[0] in "so" and name[0] != side:
            return True
    return False


_SUBJECTS: Mapping[Kind, frozenset[EntityKind]] = {
    Kind.INVESTMENT: frozenset(
        {
            EntityKind.INVESTOR,
            EntityKind.SOVEREIGN_FUND,
            EntityKind.CLOUD_PROVIDER,
            EntityKind.CHIP_MAKER,
        }
    ),
    Kind.DISTRIBUTION: frozenset({EntityKind.CLOUD_PROVIDER, EntityKind.PLATFORM}),
    Kind.SCRUTINY: frozenset({EntityKind.AUTHORITY}),
}
"""What stands on the side of who does it, unless something else is said."""
_OBJECTS: Mapping[Kind, frozenset[EntityKind]] = {
    Kind.INVESTMENT: frozenset({EntityKind.LAB}),
    Kind.DISTRIBUTION: frozenset({EntityKind.LAB, EntityKind.MODEL}),
    Kind.SCRUTINY: frozenset(
        {EntityKind.LAB, EntityKind.COMPANY, EntityKind.CLOUD_PROVIDER, EntityKind.CHIP_MAKER}
    ),
}


def _unlikely(
    plan: Plan,
    core: Sequence[Segment],
    match: Match,
    told: Mapping[int, str],
    context: Context,
) -> float | None:
    """What a plan costs for being seldom meant: None if never.

    One side holds what is mostly found on the other; a yes or no to what does not ask for one;
    other relations than the words name.
    """
    cost = 0.0
    if plan.family == "related":
        named = plan.subjects or plan.objects or not plan.other.any
        counted = plan.op == "count" and any(s.senses.keys() & _COUNTED for s in core)
        if not named or counted or (match.notes.op in _SUMS and plan.op in _SUMS):
            return None
    wanted = {k.value for k in plan.relations}
    for segment in core:
        verbs = {r for t in segment.senses.keys() & _VERBS for r, _ in segment.senses[t]}
        if verbs and not verbs & wanted and not _light(segment):
            return None
    if plan.op == "exists" and not context.polar:
        if any(_plain(s) for s in core):
            return None
        cost += _UNLIKELY
    meant = [{r for r, _ in s.senses[t]} for s in core for t in s.senses.keys() & _DEEDS]
    if (
        meant
        and len(plan.relations) > 2
        and not any(k.value in n for k in plan.relations[2:] for n in meant)
    ):
        cost += _UNLIKELY
    kind = plan.relations[0] if plan.relations else None
    if kind is None or kind not in _SUBJECTS:
        return cost
    said = {h.segment.start for h in match.bound.values()} & told.keys()
    for ids, wrong, right in (
        (plan.subjects, _OBJECTS[kind], _SUBJECTS[kind]),
        (plan.objects, _SUBJECTS[kind], _OBJECTS[kind]),
    ):
        for one in ids:
            entity = context.entity(one)
            if entity is None:
                continue
            kinds = frozenset(entity.kinds)
            if kind is Kind.SCRUTINY and (EntityKind.AUTHORITY in kinds) is (ids is plan.objects):
                return None
            if said and kind is not Kind.DISTRIBUTION:
                continue
            if kinds & wrong and not kinds & right:
                cost += _UNLIKELY
            elif not kinds & right:
                cost += _UNLIKELY / 3
    asked = plan.answer.kind
    if asked and plan.family == "related":
        opposite = _OBJECTS if plan.ask == "subject" else _SUBJECTS
        cost += _NEVER * any(k.value == asked for k in opposite[kind])
    return cost
