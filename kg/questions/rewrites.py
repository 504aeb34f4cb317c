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

    There are several outcomes where *which* stands before a noun that is no kind of entity:
    with it, without, and with the noun read as *who*.
    """
    current = _coordinate(_appositions(list(segments)))
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
    segments, notes = _operations(current, notes, grammar)
    cores: list[tuple[list[Segment], Notes]] = []
    bare = _questions(segments, bare=True)
    readings = [_questions(segments, bare=False), bare, _agents(bare)]
    if _names_deals(segments):
        readings.sort(key=lambda core: core != bare)
    for core in readings:
        if (core, notes) not in cores:
            cores.append((core, notes))
    return cores


def _names_deals(segments: Sequence[Segment]) -> bool:
    """Whether *which* belongs to the next word: *which investments*, not *who has a stake*."""
    if len(segments) < 2:
        return False
    first, second = segments[:2]
    return (
        first.text.casefold() in ("which", "what")
        and first.end == second.start
        and bool(second.senses.keys() & {"EV", "EVR", "RELATIONSHIPS"})
    )


def _agents(segments: list[Segment]) -> list[Segment]:
    """*which investors back X* as *who backs X*, with the relation that the noun demands."""
    out = list(segments)
    for i, segment in enumerate(out):
        if "AG" in segment.senses and (i == 0 or out[i - 1].senses.keys() & {"BY", "WITH"}):
            senses = {"Q": segment.senses.get("NOUN", Noun()), "AGENT": segment.senses["AG"]}
            out[i] = replace(segment, senses=senses)
    return out


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


def _appositions(segments: list[Segment]) -> list[Segment]:
    """*the Emirati fund MGX* is MGX, where it is a fund and Emirati."""
    out: list[Segment] = []
    i = 0
    while i < len(segments):
        j = i + 1 if "COUNTRY" in segments[i].senses else i
        if (
            out
            and not out[-1].senses.keys() & (_OPENERS | {"HM", "MUCH", "COUNTRY", "KIND"})
            and j + 1 < len(segments)
            and "KIND" in segments[j].senses
            and "ENT" in segments[j + 1].senses
        ):
            kind = segments[j].senses["KIND"]
            codes = segments[i].senses["COUNTRY"][1] if j > i else ()
            named = tuple(
                e
                for e in segments[j + 1].senses["ENT"]
                if kind in {"company", *(k.value for k in e.kinds)}
                or (kind == "investor" and EntityKind.SOVEREIGN_FUND in e.kinds)
                if not codes or e.country in codes
            )
            if named:
                whole = segments[j + 1]
                text = " ".join(s.text for s in segments[i : j + 2])
                senses = {"ENT": named}
                out.append(Segment(segments[i].start, whole.end, text, senses))
                i = j + 2
                continue
        out.append(segments[i])
        i += 1
    return out


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
            elif (
                j + 2 < len(segments)
                and out
                and "AND" in segments[j].senses
                and segments[j + 1].senses.keys() & out[-1].senses.keys() & _REPEATED
                and "ENT" in segments[j + 2].senses
            ):
                word, j = "both", j + 2  # by one and by the other
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
        openers = _OPENERS if not out else _OPENERS - {"LIST"}
        while j < len(segments) and segments[j].senses.keys() & openers:
            j += 1
        opened = segments[i:j]
        if (
            opened
            and j + 1 < len(segments)
            and "OF" in segments[j].senses
            and "KIND" in segments[j + 1].senses
        ):
            j += 1
        verb = "V" in segments[j].senses and _whom(opened) if j < len(segments) else False
        if j < len(segments) and "KIND" in segments[j].senses and not verb:
            value = noun_of(segments[j].senses["KIND"])
            others = {} if opened else segments[j].senses
            asked = {"ASKED": value} if any("WH" in s.senses for s in opened) else {}
            senses = {**others, **asked, "Q": value}
            out.append(Segment(segments[i].start, segments[j].end, segments[j].text, senses))
            i = j + 1
            if i < len(segments) and segments[i].text.casefold() in _RELATIVE:
                i += 1
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


def _whom(opened: Sequence[Segment]) -> bool:
    """Whether the question word asks for somebody, so that no noun follows: *who funds X*."""
    return bool(opened) and opened[-1].text.casefold().split()[0] in ("who", "whom", "who's")


_REPEATED = frozenset({"BY", "IN", "OF", "FROM", "TO", "WITH"})
"""Prepositions that may be said again before each of several names."""
_RELATIVE = frozenset({"who", "which", "that"})
"""What may link a noun to what is said of it: *a lab which both back*."""
_NOUNS = frozenset(
    {"AG", "PT", "EV", "EVR", "ROUNDWORD", "RELATIONSHIPS", "RUMOURS", "PAIRS", "MOST", "LEAST"}
)
