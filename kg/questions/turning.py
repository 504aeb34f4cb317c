"""Orders of words that say the same are put into one: *X-backed labs*, *which of X's backers are ...*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.questions.segments import Segment

_WHICH_OF = frozenset({"which of", "which among", "who among", "which ones of", "how many of"})
_ENDINGS = frozenset({"cleared", "dropped", "blocked", "fined", "terminated", "completed"})
"""Statuses that end something: one or another of them may be asked for."""
_NOUNS = frozenset({"AG", "PT", "EV", "EVR"})
"""Nouns that a participle may be read as: *backing*, *holding*, *funding*."""
_DEEDS = frozenset({"AG", "PT", "EV"})
"""Nouns for what is done, which may be read as verbs as well."""


def turned(segments: Sequence[Segment]) -> list[Segment]:
    """The segments in the order that the forms know."""
    return _first_few(_which_of(_backed(_acting(list(segments)))))


def _acting(segments: list[Segment]) -> list[Segment]:
    """*funds backing X*: what stands between somebody and a name is a verb, and no noun for a deed."""
    out = list(segments)
    for i in range(1, len(out) - 1):
        before, deed, after = out[i - 1 : i + 2]
        if (
            "V" in deed.senses
            and deed.text.casefold().split()[0].endswith("ing")
            and before.senses.keys() & {"KIND", "AG", "WH", "BIGTECH"}
            and "ENT" in after.senses
        ):
            does = {k: v for k, v in deed.senses.items() if k not in _NOUNS}
            out[i] = replace(deed, senses=does)
    return out


def _first_few(segments: list[Segment]) -> list[Segment]:
    """*which three labs have the most backers* as *which labs have the three most backers*."""
    asked = next((i for i, s in enumerate(segments) if "WH" in s.senses), -1)
    most = next((i for i, s in enumerate(segments) if s.senses.keys() & {"MOST", "LEAST"}), -1)
    counted = segments[asked + 1 : asked + 3]
    if (
        not 0 <= asked < most - 2
        or "NUM" not in counted[0].senses
        or "KIND" not in counted[1].senses
    ):
        return segments
    senses = {**segments[most].senses, "LIMIT": int(counted[0].senses["NUM"])}
    out = [replace(s, senses=senses) if i == most else s for i, s in enumerate(segments)]
    return [*out[: asked + 1], *out[asked + 2 :]]


def either(segments: Sequence[Segment]) -> list[Segment]:
    """*cleared or dropped* as one word for both."""
    out = list(segments)
    for i in range(len(out) - 3, -1, -1):
        if i + 2 >= len(out):
            continue
        one, link, other = out[i : i + 3]
        both = [*one.senses.get("STATUS", ()), *other.senses.get("STATUS", ())]
        if len(both) > 1 and "OR" in link.senses and _ENDINGS.issuperset(both):
            text = f"{one.text} or {other.text}"
            out[i : i + 3] = [Segment(one.start, other.end, text, {"STATUS": both})]
    return out


def _backed(segments: list[Segment]) -> list[Segment]:
    """*X-backed labs* as *labs backed by X*."""
    for i in range(len(segments) - 2):
        name, deed, noun = segments[i : i + 3]
        one_word = deed.end - deed.start == 1 and deed.text.endswith("ed")
        if "ENT" in name.senses and "VP" in deed.senses and one_word and "KIND" in noun.senses:
            by = _word("by", "BY", deed)
            return [*segments[:i], noun, deed, by, name, *segments[i + 3 :]]
    return segments


def _which_of(segments: list[Segment]) -> list[Segment]:
    """*which of X's backers are chip makers* as *which chip makers are among X's backers*."""
    if len(segments) < 4 or segments[0].text.casefold() not in _WHICH_OF:
        return segments
    last = segments[-1].senses.keys() & {"KIND", "COUNTRY"}
    told = 2 if "KIND" in last and "COUNTRY" in segments[-2].senses else 1
    middle, nouns = segments[1:-told], segments[-told:]
    acting = any(
        s.senses.keys() & {"V", "VP", "VI"} and not s.senses.keys() & _DEEDS for s in middle
    )
    if not last or acting or not any("AG" in s.senses for s in middle):
        return segments
    if "KIND" not in last:
        nouns.append(_word("companies", "KIND", nouns[-1], "company"))
    opener = replace(segments[0], text="which")
    return [opener, *nouns, _word("among", "BETWEEN", segments[0]), *middle]


def _word(text: str, tag: str, after: Segment, value: str | None = None) -> Segment:
    return Segment(after.end, after.end, text, {tag: value})
