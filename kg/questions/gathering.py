"""Several segments become one: names with *and*, nouns with *which*, *the lab X*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.questions.notes import Notes, noun_of
from kg.questions.plan import Noun
from kg.questions.segments import Segment

_OPENERS = frozenset({"WH", "LIST", "OP", "YES"})


_REPEATED = frozenset({"BY", "IN", "OF", "FROM", "TO", "WITH"})
"""Prepositions that may be said again before each of several names."""


_RELATIVE = frozenset({"who", "which", "that"})
"""What may link a noun to what is said of it: *a lab which both back*."""


_ASKED_AFTER = {"who": "WHO", "whoever": "WHO", "what": "WHAT"}
"""Question words that decide by themselves what is asked after: *Mistral, who funds*, *what was cleared*."""


_NOUNS = frozenset(
    {"AG", "PT", "EV", "EVR", "ROUNDWORD", "RELATIONSHIPS", "RUMOURS", "PAIRS", "MOST", "LEAST"}
)


_BEFORE_WHOM = frozenset({"AGAINST", "TO", "FROM", "BY", "IN", "ON", "WITH", "FOR"})
"""What may stand before *whom*, so that no noun of its own follows."""


_DEEDS = frozenset({"EV", "EVR", "PT", "AG"})
"""Nouns for what is done, which after *who* are verbs: *who was backing X*."""


_BEFORE_COUNTRY = frozenset({"NOT", "IN", "FROM", "OUTSIDE", "BASED"})
"""What may stand between a noun and the country it is from, or is not."""


def evened(segments: list[Segment]) -> list[Segment]:
    """*Is X to get* as *does X get*; *backers of X (not) in France* as *backers (not) in France of X*."""
    segments = [
        replace(s, senses={"BY": None})
        if i and "FROM" in s.senses and segments[i - 1].senses.keys() & {"VP", "MOST", "ONLY"}
        else s
        for i, s in enumerate(segments)
    ]  # *backed from Microsoft* as *backed by Microsoft*
    out = [
        s
        for i, s in enumerate(segments)
        if not (
            "TO" in s.senses
            and 0 < i < len(segments) - 1
            and segments[i - 1].senses.keys() & {"ENT", "ENT2"}
            and segments[i + 1].senses.keys() & {"V", "VP", "VI", "PAY", "RAISE"}
        )
    ]
    if len(out) > 1 and "LIST" in out[-1].senses and out[-1].text.casefold() == "list":
        out = out[:-1]  # *Mistral shareholders list*
    out = [
        s
        for i, s in enumerate(out)
        if not (
            "POS" in s.senses
            and i + 3 < len(out)
            and out[i + 1].senses.keys() & {"AND", "OR"}
            and "ENT" in out[i + 2].senses
            and "POS" in out[i + 3].senses
        )
    ]  # *X's or Y's* as *X or Y's*
    out = [
        s
        for i, s in enumerate(out)
        if not ("OF" in s.senses and i and out[i - 1].senses.keys() >= {"BY"} and i + 1 < len(out))
    ]  # *by any of the giants* as *by the giants*
    moved = 1
    while moved < len(out) and out[-moved - 1].senses.keys() & _BEFORE_COUNTRY:
        moved += 1
    tail = out[-moved:]
    heads = [i for i, s in enumerate(out[:-moved]) if s.senses.keys() & {"AG", "KIND", "PT"}]
    if (
        out
        and "COUNTRY" in out[-1].senses
        and len(heads) == 1
        and heads[0] < len(out) - moved - 1
        and "COUNTRY" not in out[heads[0] - 1].senses
        and out[-moved - 1].senses.keys() & {"ENT", "ENT2", "V", "POS"}
    ):
        at = heads[0] + 1
        out = [*out[:at], *tail, *out[at:-moved]]
    return out


def coordinate(segments: list[Segment]) -> list[Segment]:
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
            and any(x.senses.keys() & {"MORE", "MOST", "FEWER", "LEAST"} for x in out)
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


def paired(core: list[Segment]) -> list[Segment] | None:
    """The same with two names side by side taken as both: *Microsoft Nvidia common labs*."""
    at = [i for i, s in enumerate(core) if "ENT" in s.senses]
    if len(at) != 2 or at[1] != at[0] + 1 or core[at[0]].end != core[at[1]].start:
        return None
    one, other = (core[i] for i in at)
    value = {"entities": [one.senses["ENT"][0], other.senses["ENT"][0]], "word": "and"}
    both = Segment(one.start, other.end, f"{one.text} {other.text}", {"ENT2": value})
    return [*core[: at[0]], both, *core[at[1] + 1 :]]


def joined(core: list[Segment]) -> list[Segment] | None:
    """The same with *both* taken into the names it is said of; None if it is not."""
    several = [i for i, s in enumerate(core) if "ENT2" in s.senses]
    both = [i for i, s in enumerate(core) if "BOTH" in s.senses]
    if len(several) != 1 or len(both) != 1:
        return None
    at = several[0]
    value = {**core[at].senses["ENT2"], "word": "both"}
    named = replace(core[at], senses={"ENT2": value})
    return [named if i == at else s for i, s in enumerate(core) if i != both[0]]


_SIZES = ("how big", "how large", "how high", "size of")
"""Questions after a size: of a stake, this is its share and not the sum paid for it."""


def operations(
    segments: list[Segment], notes: Notes, grammar: Mapping[str, Any]
) -> tuple[list[Segment], Notes]:
    """Take out the words that say what is wanted of the answers."""
    ops: Mapping[str, str] = grammar["ops"]
    out: list[Segment] = []
    for number, segment in enumerate(segments):
        tag = next((t for t in ops if t in segment.senses), None)
        if "VALUATION" in segment.senses and _of_company(segments[number + 1 :]):
            tag = None  # *the value of Anthropic*, but not of its investments
        if (
            tag == "HM"
            and number + 1 < len(segments)
            and out
            and segment.text.casefold().startswith("count")
        ):
            out.append(Segment(segment.start, segment.end, segment.text, {"REGARD": None}))
            continue  # *which labs count X among their backers* counts nothing
        if tag and notes.op is None:
            text = segment.text.casefold()
            added = notes.total or text == "sum of"  # *the sum of its investments*
            notes = replace(notes, op=ops[tag], size=text.startswith(_SIZES), total=added)
            out.append(Segment(segment.start, segment.end, segment.text, {"OP": ops[tag]}))
        elif "TOTAL" in segment.senses and not notes.total:
            notes = replace(notes, total=True)
        else:
            out.append(segment)
    return out, notes


def _of_company(following: Sequence[Segment]) -> bool:
    """Whether a company stands last, so that what is asked of is its own."""
    return len(following) == 1 and "ENT" in following[0].senses


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
            and segments[j].senses.keys() & {"OF", "BETWEEN"}
            and "KIND" in segments[j + 1].senses
        ):
            j += 1
        verb = "V" in segments[j].senses and _whom(opened) if j < len(segments) else False
        if verb:
            does = {k: x for k, x in segments[j].senses.items() if k not in _DEEDS}
            segments = [*segments[:j], replace(segments[j], senses=does), *segments[j + 1 :]]
        opener = opened[-1].text.casefold() if opened else ""
        # *whom has the EU body fined*, *against whom do EU bodies act*
        apart = opener == "whom" or (
            opener == "who" and i and segments[i - 1].senses.keys() & _BEFORE_WHOM
        )
        if j < len(segments) and "KIND" in segments[j].senses and not verb and not apart:
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
            counts = any(s.senses.get("OP") == "count" for s in opened)
            asks = asks or (counts and j < len(segments) and "V" in segments[j].senses and not noun)
            which = asks and opened[-1].text.casefold().split()[0] in ("which", "what")
            if asks and not (bare and noun and which):
                senses = {"Q": Noun(), "WH": None}
                if "TELLABOUT" in opened[-1].senses:
                    senses["TELLABOUT"] = None
                if opener in _ASKED_AFTER:
                    senses[_ASKED_AFTER[opener]] = None
                out.append(Segment(segments[i].start, segments[j - 1].end, "", senses))
            i = j
        else:
            out.append(segments[i])
            i += 1
    return out


def _whom(opened: Sequence[Segment]) -> bool:
    """Whether the question word asks for somebody, so that no noun follows: *who funds X*."""
    return bool(opened) and opened[-1].text.casefold().split()[0] in ("who", "whom", "who's")


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


def cores(segments: list[Segment]) -> list[list[Segment]]:
    """The readings of a question once its filters are out, the likeliest first.

    There are several where *which* stands before a noun that is no kind of entity: with
    it, without, and with the noun read as *who*.
    """
    bare = _questions(segments, bare=True)
    readings = [_questions(segments, bare=False), bare, _agents(bare)]
    if _names_deals(segments):
        readings.sort(key=lambda core: core != bare)
    return [core for i, core in enumerate(readings) if core not in readings[:i]]
