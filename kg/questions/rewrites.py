"""Rewrites before matching: dates, sums, countries and the like become filters and nouns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.model import Entity, EntityKind
from kg.questions import limits
from kg.questions.apposing import appositions
from kg.questions.figures import Day
from kg.questions.gathering import (
    coordinate,
    cores,
    evened,
    joined,
    operations,
    paired,
)
from kg.questions.notes import Notes, noun_of
from kg.questions.ordering import compounds, jointly, needed, unmade
from kg.questions.patterns import Hit, compiled, hits
from kg.questions.plan import Noun
from kg.questions.segments import Segment
from kg.questions.turning import turned


def rewrite(
    segments: Sequence[Segment], notes: Notes, grammar: Mapping[str, Any]
) -> list[tuple[list[Segment], Notes]]:
    """Apply the rewrites of the grammar until none fits any more, then gather Q.

    There are several outcomes where *which* stands before a noun that is no kind of entity:
    with it, without, and with the noun read as *who*.
    """
    current = coordinate(appositions(turned(evened(jointly(compounds(needed(unmade(segments))))))))
    changed = True
    while changed:
        changed = False
        for rule in grammar["rewrites"]:
            elements = compiled(rule["match"])
            for at in range(len(current)):
                found = next(hits(elements, current, at, whole=False), None)
                if found is None:
                    continue
                end, places = found
                if rule.get("last") and end < len(current):
                    continue
                named = {h.name: h for h in places if h.name}
                effect = _EFFECTS[rule["do"]]
                result = effect(notes, named, places)
                if result is None:
                    continue
                notes, senses = result
                replacement = []
                if rule.get("to"):
                    span = current[at:end]
                    text = " ".join(s.text for s in span)
                    replacement = [Segment(span[0].start, span[-1].end, text, senses)]
                current[at:end] = replacement
                changed = True
                break
            if changed:
                break
    segments, notes = operations(current, notes, grammar)
    plain = cores(segments)
    merged = [m for core in plain for also in (joined, paired) if (m := also(core)) is not None]
    return [(core, notes) for core in (*plain, *merged)]


Result = tuple[Notes, dict[str, Any]] | None


Named = dict[str, Hit]


def _day(notes: Notes, *days: Day) -> Notes:
    return replace(notes, dates=(*notes.dates, *days))


def _span(notes: Notes, named: Named, _: list[Hit]) -> Result:
    a, b = named["a"].value, named["b"].value
    filters = {
        **notes.filters,
        "since": a.first,
        "until": b.last,
        "period": f"between {a.label} and {b.label}",
    }
    return replace(_day(notes, a, b), filters=filters), {}


def _since(notes: Notes, named: Named, places: list[Hit]) -> Result:
    a, word = named["a"].value, places[0].segment.text.casefold()
    first = a.first
    if word in ("after", "later than", "following"):
        first = _shift(a.last, 1)
    filters = {**notes.filters, "since": first, "period": f"{word} {a.label}"}
    return replace(_day(notes, a), filters=filters), {}


def _before(notes: Notes, named: Named, places: list[Hit]) -> Result:
    a, word = named["a"].value, places[0].segment.text.casefold()
    last = (
        _shift(a.first, -1)
        if word in ("before", "prior to", "earlier than", "ahead of")
        else a.last
    )
    filters = {**notes.filters, "until": last, "period": f"{word} {a.label}"}
    return replace(_day(notes, a), filters=filters), {}


def _since_until(notes: Notes, named: Named, places: list[Hit]) -> Result:
    """*from January and up to June*, *after 2022 and before 2025*."""
    begun = _since(notes, {"a": named["a"]}, places)
    ended = begun and _before(begun[0], {"a": named["b"]}, places[places.index(named["b"]) - 1 :])
    if begun is None or ended is None:
        return None
    period = f"{begun[0].filters['period']} and {ended[0].filters['period']}"
    return replace(ended[0], filters={**ended[0].filters, "period": period}), {}


def _within(notes: Notes, named: Named, _: list[Hit]) -> Result:
    a = named["a"].value
    exact = a.first == a.last
    filters = {
        **notes.filters,
        "since": a.first,
        "until": a.last,
        "period": f"{'on' if exact else 'in'} {a.label}",
    }
    return replace(_day(notes, a), filters=filters), {}


def _asof(notes: Notes, named: Named, places: list[Hit]) -> Result:
    a, word = named["a"].value, places[0].segment.text.casefold()
    at_first = word.endswith(("start of", "beginning of"))
    return replace(_day(notes, a), as_of=a.first if at_first else a.last), {}


def _founded(notes: Notes, named: Named, places: list[Hit]) -> Result:
    """*founded after 2020*: the period is that of the founding, and no longer of what was done."""
    if notes.founded is not None:
        return None
    bare = replace(notes, filters={})
    effects = {"PERIOD_SINCE": "since", "PERIOD_BEFORE": "before"}
    effect = "span" if "b" in named else effects.get(places[1].tag, "within")
    found = _EFFECTS[effect](bare, named, places[1:])
    if found is None:
        return None
    told = found[0]
    days = (told.filters.get("since"), told.filters.get("until"))
    return replace(notes, founded=days, dates=told.dates), {}


def _noun_founded(notes: Notes, named: Named, places: list[Hit]) -> Result:
    """*labs founded after 2020*: of these the founding is told, and not of who is asked for."""
    noun = noun_of(named["k"].value)
    found = _founded(replace(notes, founded=None), named, places[1:])
    if found is None or noun.founded:
        return None
    told = found[0]
    return replace(told, founded=notes.founded), {"KIND": replace(noun, founded=told.founded)}


def _shift(day: str, by: int) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=by)).isoformat()


def _into(notes: Notes, named: Named, _: list[Hit]) -> Result:
    return replace(notes, into=named["c"].value), {}


def _besides(notes: Notes, named: Named, _: list[Hit]) -> Result:
    value = named["a"].value
    entities = value["entities"] if isinstance(value, dict) else [value[0]]
    return replace(notes, exclude=(*notes.exclude, *entities)), {}


def _besides_noun(notes: Notes, _: Named, places: list[Hit]) -> Result:
    if notes.but is not None:
        return None
    noun = Noun()
    for hit in places:
        if hit.tag == "KIND":
            noun = replace(
                noun_of(hit.value), big_tech=noun.big_tech or noun_of(hit.value).big_tech
            )
        elif hit.tag == "BIGTECH":
            noun = Noun(big_tech=True)
        elif hit.tag == "COUNTRY":
            return None
    return replace(notes, but=noun), {}


def _whose(notes: Notes, _: Named, __: list[Hit]) -> Result:
    return notes, {"WH": None}


def _directly(notes: Notes, _: Named, __: list[Hit]) -> Result:
    return replace(notes, filters={**notes.filters, "direct": True}), {}


def _noun_big_tech(notes: Notes, _: Named, __: list[Hit]) -> Result:
    return notes, {"KIND": Noun(big_tech=True)}


def _indirectly(notes: Notes, _: Named, __: list[Hit]) -> Result:
    return replace(notes, filters={**notes.filters, "indirect": True}), {}


def _noun_weights(notes: Notes, named: Named, places: list[Hit]) -> Result:
    hit = next(h for h in places if h.tag in ("OPEN", "CLOSED", "OPENADJ"))
    noun = noun_of(next(h for h in places if h.tag == "KIND").value)
    if noun.weights:
        return None
    if hit.tag == "OPEN" and "source" in hit.segment.text.casefold():
        notes = replace(notes, told=(*notes.told, "“open source” read as open weights"))
    weights = "closed" if hit.tag == "CLOSED" else "open"
    return notes, {"KIND": replace(noun, kind="model", weights=weights)}


def _noun_country(notes: Notes, named: Named, places: list[Hit]) -> Result:
    label, codes, *outside = named["c"].value
    outside = bool(outside) != any(h.tag in ("NOT", "OUTSIDE") for h in places)
    head = next(h for h in places if h.tag in ("KIND", "AG", "PT", "EV") and h is not named["c"])
    if label == "EU" and head.tag == "EV" and any(r == "scrutiny" for r, _ in head.value):
        codes = ("EU",)  # *the EU's review* is the Commission's, and no member's
    if head.tag == "KIND":
        noun = noun_of(head.value)
        if noun.countries:
            return None
        return notes, {"KIND": replace(noun, countries=codes, place=label, outside=outside)}
    if "NOUN" in head.segment.senses:
        return None
    senses = {k: v for k, v in head.segment.senses.items() if k in ("AG", "PT", "EV")}
    return notes, {**senses, "NOUN": Noun(countries=codes, place=label, outside=outside)}


def _where(notes: Notes, named: Named, places: list[Hit]) -> Result:
    """*in France* at the end: of whoever acts there, where only authorities do."""
    label, codes, *outside = named["c"].value
    if outside or notes.where is not None:
        return None
    return replace(notes, where=Noun(countries=codes, place=label)), {}


def _somebody(notes: Notes, named: Named, _: list[Hit]) -> Result:
    label, codes, *outside = named["c"].value
    return notes, {"KIND": Noun(countries=codes, place=label, outside=bool(outside))}


def _noun_place(notes: Notes, named: Named, places: list[Hit]) -> Result:
    noun = noun_of(places[0].value)
    entity: Entity = named["place"].value[0]
    if noun.city or entity.kind not in (EntityKind.PLACE, EntityKind.GOVERNMENT):
        return None
    return notes, {"KIND": replace(noun, city=entity.name)}


def _noun_last(notes: Notes, _: Named, places: list[Hit]) -> Result:
    return notes, {"KIND": noun_of(places[-1].value)}


_BUILDING = ("build", "mak", "develop", "train", "creat")


def _builders(notes: Notes, _: Named, places: list[Hit]) -> Result:
    """*companies that build models* are labs."""
    deed = next(h for h in places if h.tag == "DEVELOP").segment.text.casefold()
    noun = noun_of(places[0].value)
    if _open_or_closed(places) or deed.endswith("ed") or not deed.startswith(_BUILDING):
        return None
    return notes, {"KIND": replace(noun, kind="lab")}


def _open_or_closed(places: list[Hit]) -> bool:
    """Whether a noun among these tells of weights, which must not be lost."""
    return any(h.tag == "KIND" and noun_of(h.value).weights for h in places)


def _models(notes: Notes, named: Named, places: list[Hit]) -> Result:
    hit = named["e"]
    if _open_or_closed(places):
        return None
    return notes, {hit.tag: hit.value, "ENTM": hit.value}


def _whose_models(notes: Notes, _: Named, places: list[Hit]) -> Result:
    if _open_or_closed(places):
        return None
    return replace(notes, whose_models=True), {"WH": None}


def _noun_either(notes: Notes, _: Named, places: list[Hit]) -> Result:
    one, other = noun_of(places[0].value), noun_of(places[-1].value)
    if {one.kind, other.kind} == {"company", "person"} and replace(one, kind=other.kind) == other:
        return notes, {"KIND": replace(one, kind="company")}  # anybody
    return (notes, {"KIND": one}) if one == other else None


def _limited(notes: Notes, named: Named, _: list[Hit]) -> Result:
    hit = named["m"]
    if "LIMIT" in hit.segment.senses:
        return None
    return notes, {**hit.segment.senses, "LIMIT": int(named["n"].value)}


def _keep_verb(notes: Notes, named: Named, places: list[Hit]) -> Result:
    hit = named["v"]
    if _open_or_closed(places):
        return None
    senses = {k: v for k, v in hit.segment.senses.items() if k in ("V", "VP", "VI", "AG")}
    return notes, {k: [x for x in v if x[0] == "distribution"] for k, v in senses.items()}


def _kind_models(notes: Notes, named: Named, places: list[Hit]) -> Result:
    if _open_or_closed(places):
        return None
    return replace(notes, whose_models=True), {"KIND": named["k"].value}


_EFFECTS: dict[str, Callable[[Notes, Named, list[Hit]], Result]] = {
    "span": _span,
    "since": _since,
    "since_until": _since_until,
    "before": _before,
    "within": _within,
    "asof": _asof,
    "founded": _founded,
    "noun_founded": _noun_founded,
    "money": limits.money,
    "money_span": limits.money_span,
    "money_exact": limits.money_exact,
    "stake": limits.stake,
    "counted": limits.counted,
    "into": _into,
    "indirectly": _indirectly,
    "noun_weights": _noun_weights,
    "besides": _besides,
    "besides_noun": _besides_noun,
    "whose": _whose,
    "directly": _directly,
    "noun_big_tech": _noun_big_tech,
    "noun_country": _noun_country,
    "noun_place": _noun_place,
    "where": _where,
    "somebody": _somebody,
    "noun_last": _noun_last,
    "models": _models,
    "whose_models": _whose_models,
    "noun_either": _noun_either,
    "limited": _limited,
    "keep_verb": _keep_verb,
    "kind_models": _kind_models,
    "builders": _builders,
}
