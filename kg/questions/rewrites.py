"""Rewrites before matching: dates, sums, countries and the like become filters and nouns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kg.model import Entity, EntityKind
from kg.questions.figures import Day
from kg.questions.patterns import Hit, compiled, hits
from kg.questions.plan import Bound, Noun
from kg.questions.segments import Segment


@dataclass(frozen=True, slots=True)
class Notes:
    """What has been taken out of a question so far."""

    filters: dict[str, Any] = field(default_factory=dict)
    op: str | None = None
    total: bool = False
    order: str | None = None
    limit: int | None = None
    as_of: str | None = None
    dates: tuple[Day, ...] = ()
    whose_models: bool = False
    exclude: tuple[Entity, ...] = ()
    else_: bool = False

    def filtered(self, segment: Segment, following: Segment | None) -> list[Notes]:
        """With a segment taken as a filter, or passed over as filler: each way it can be read."""
        readings = []
        for tag in ("MODALITY", "STATUS"):
            if tag in segment.senses:
                key = tag.lower()
                values = (*self.filters.get(key, ()), *segment.senses[tag])
                readings.append(replace(self, filters={**self.filters, key: values}))
        for tag in ("NATURE", "INSTRUMENT", "ROUND"):
            if tag in segment.senses and tag.lower() not in self.filters:
                changed = {**self.filters, tag.lower(): segment.senses[tag]}
                readings.append(replace(self, filters=changed))
        if "ELSE" in segment.senses:
            readings.append(replace(self, else_=True))
        for tag, order in (("LAST", "latest"), ("FIRST", "first")):
            if tag in segment.senses and self.order is None:
                several = segment.text.casefold() in ("recent", "recently", "lately") or (
                    following is not None and following.text.casefold().endswith("s")
                )
                limit = segment.senses.get("LIMIT") or (None if several else 1)
                readings.append(replace(self, order=order, limit=limit))
        if "FILLER" in segment.senses:
            readings.append(self)
        return readings


def rewrite(
    segments: Sequence[Segment], notes: Notes, grammar: Mapping[str, Any]
) -> list[tuple[list[Segment], Notes]]:
    """Apply the rewrites of the grammar until none fits any more, then gather Q.

    There are two outcomes where *which* stands before a noun that is no kind of entity:
    with it and without.
    """
    current = _coordinate(list(segments))
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
                named = {e.name: h for e, h in places if e.name}
                effect = _EFFECTS[rule["do"]]
                result = effect(notes, named, [h for _, h in places])
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
    segments, notes = _operations(current, notes, grammar)
    kept = _questions(segments, bare=False)
    bare = _questions(segments, bare=True)
    return [(kept, notes)] if bare == kept else [(kept, notes), (bare, notes)]


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


def _asof(notes: Notes, named: Named, _: list[Hit]) -> Result:
    a = named["a"].value
    return replace(_day(notes, a), as_of=a.last), {}


def _shift(day: str, by: int) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=by)).isoformat()


def _money(notes: Notes, named: Named, places: list[Hit]) -> Result:
    value, currency = named["a"].value
    how = named["c"].value if "c" in named else "least"
    bound = Bound(value, currency, strict=how == "more" or (how == "less"))
    key = "most" if how == "less" else "least"
    if how == "less":
        word = named["c"].segment.text.casefold()
        bound = replace(
            bound, strict=word not in ("up to", "at most", "no more than", "not more than")
        )
    return replace(notes, filters={**notes.filters, key: bound}), {}


def _besides(notes: Notes, named: Named, _: list[Hit]) -> Result:
    value = named["a"].value
    entities = value["entities"] if isinstance(value, dict) else [value[0]]
    return replace(notes, exclude=(*notes.exclude, *entities)), {}


def _directly(notes: Notes, _: Named, __: list[Hit]) -> Result:
    return replace(notes, filters={**notes.filters, "direct": True}), {}


def noun_of(value: Any) -> Noun:
    """The noun that a tag carries."""
    if isinstance(value, Noun):
        return value
    return Noun(kind=value)


def _noun_big_tech(notes: Notes, _: Named, __: list[Hit]) -> Result:
    return notes, {"KIND": Noun(big_tech=True)}


def _noun_country(notes: Notes, named: Named, places: list[Hit]) -> Result:
    label, codes = named["c"].value
    head = next(h for h in places if h.tag in ("KIND", "AG", "PT", "EV") and h is not named["c"])
    if head.tag == "KIND":
        noun = noun_of(head.value)
        if noun.countries:
            return None
        return notes, {"KIND": replace(noun, countries=codes, place=label)}
    if "NOUN" in head.segment.senses:
        return None
    senses = {k: v for k, v in head.segment.senses.items() if k in ("AG", "PT", "EV")}
    return notes, {**senses, "NOUN": Noun(countries=codes, place=label)}


def _noun_place(notes: Notes, named: Named, places: list[Hit]) -> Result:
    noun = noun_of(places[0].value)
    entity: Entity = named["place"].value[0]
    if noun.city or entity.kind not in (EntityKind.PLACE, EntityKind.GOVERNMENT):
        return None
    return notes, {"KIND": replace(noun, city=entity.name)}


def _noun_last(notes: Notes, _: Named, places: list[Hit]) -> Result:
    return notes, {"KIND": noun_of(places[-1].value)}


def _models(notes: Notes, named: Named, _: list[Hit]) -> Result:
    hit = named["e"]
    return notes, {hit.tag: hit.value, "ENTM": hit.value}


def _whose_models(notes: Notes, _: Named, __: list[Hit]) -> Result:
    return replace(notes, whose_models=True), {"WH": None}


def _noun_either(notes: Notes, _: Named, places: list[Hit]) -> Result:
    one, other = noun_of(places[0].value), noun_of(places[-1].value)
    return (notes, {"KIND": one}) if one == other else None


def _limited(notes: Notes, named: Named, _: list[Hit]) -> Result:
    hit = named["m"]
    if "LIMIT" in hit.segment.senses:
        return None
    return notes, {**hit.segment.senses, "LIMIT": int(named["n"].value)}


def _keep_verb(notes: Notes, named: Named, _: list[Hit]) -> Result:
    hit = named["v"]
    senses = {k: v for k, v in hit.segment.senses.items() if k in ("V", "VP", "VI")}
    return notes, {k: [x for x in v if x[0] == "distribution"] for k, v in senses.items()}


def _kind_models(notes: Notes, named: Named, _: list[Hit]) -> Result:
    return replace(notes, whose_models=True), {"KIND": named["k"].value}


_EFFECTS: dict[str, Callable[[Notes, Named, list[Hit]], Result]] = {
    "span": _span,
    "since": _since,
    "before": _before,
    "within": _within,
    "asof": _asof,
    "money": _money,
    "besides": _besides,
    "directly": _directly,
    "noun_big_tech": _noun_big_tech,
    "noun_country": _noun_country,
    "noun_place": _noun_place,
    "noun_last": _noun_last,
    "models": _models,
    "whose_models": _whose_models,
    "noun_either": _noun_either,
    "limited": _limited,
    "keep_verb": _keep_verb,
    "kind_models": _kind_models,
}


def _coordinate(segments: list[Segment]) -> list[Segment]:
    """``X, Y and Z`` becomes one segment of several entities."""
    out: list[Segment] = []
    i = 0
    while i < len(segments):
        j, members, word = i, [], None
        while j < len(segments) and "ENT" in segments[j].senses:
            members.append(segments[j])
            j += 1
            if j + 1 < len(segments) and "ENT" in segments[j + 1].senses:
                if "AND" in segments[j].senses:
                    together = segments[j].text.casefold() in ("as well as", "plus")
                    word, j = "both" if together else "and", j + 1
                elif "OR" in segments[j].senses:
                    word, j = "or", j + 1
        if (
            len(members) > 2
            and word == "or"
            and any(x.senses.keys() & {"MORE", "MOST"} for x in out)
        ):
            out.append(members.pop(0))  # who put more into X, Y or Z
        if len(members) > 1 and word:
            entities = [m.senses["ENT"][0] for m in members]
            text = " ".join(m.text for m in members)
            value = {"entities": entities, "word": word}
            out.append(Segment(members[0].start, members[-1].end, text, {"ENT2": value}))
            i = j
        else:
            out.append(segments[i])
            i += 1
    return out


def _operations(
    segments: list[Segment], notes: Notes, grammar: Mapping[str, Any]
) -> tuple[list[Segment], Notes]:
    """Take out the words that say what is wanted of the answers."""
    ops: Mapping[str, str] = grammar["ops"]
    out: list[Segment] = []
    for segment in segments:
        tag = next((t for t in ops if t in segment.senses), None)
        if tag and notes.op is None:
            notes = replace(notes, op=ops[tag])
            out.append(Segment(segment.start, segment.end, segment.text, {"OP": ops[tag]}))
        elif "TOTAL" in segment.senses and not notes.total:
            notes = replace(notes, total=True)
        else:
            out.append(segment)
    return out, notes


def _questions(segments: list[Segment], *, bare: bool) -> list[Segment]:
    """``which labs``, ``how many labs``, ``list the labs``, ``labs`` become one segment Q.

    ``bare`` leaves *which* out where it stands before another noun (*which investors*).
    """
    out: list[Segment] = []
    i = 0
    while i < len(segments):
        j = i
        while j < len(segments) and segments[j].senses.keys() & _OPENERS:
            j += 1
        opened = segments[i:j]
        if (
            opened
            and j + 1 < len(segments)
            and "OF" in segments[j].senses
            and "KIND" in segments[j + 1].senses
        ):
            j += 1
        if j < len(segments) and "KIND" in segments[j].senses:
            value = noun_of(segments[j].senses["KIND"])
            others = {} if opened else segments[j].senses
            out.append(
                Segment(
                    segments[i].start, segments[j].end, segments[j].text, {**others, "Q": value}
                )
            )
            i = j + 1
        elif opened:
            noun = j < len(segments) and segments[j].senses.keys() & _NOUNS
            asks = any("WH" in s.senses for s in opened)
            which = asks and opened[-1].text.casefold().split()[0] in ("which", "what")
            if asks and not (bare and noun and which):
                out.append(
                    Segment(segments[i].start, segments[j - 1].end, "", {"Q": Noun(), "WH": None})
                )
            i = j
        else:
            out.append(segments[i])
            i += 1
    return out


_OPENERS = frozenset({"WH", "LIST", "OP", "YES"})
_NOUNS = frozenset(
    {"AG", "PT", "EV", "EVR", "ROUNDWORD", "RELATIONSHIPS", "RUMOURS", "PAIRS", "MOST", "LEAST"}
)
