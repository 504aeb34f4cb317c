"""Segments put in the order that forms have: *X's lab investments*, *invest together with X*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.questions.segments import Segment

_BACKING = "investment"
_HEARSAY = frozenset({"RUMOURS", "RUMOURED", "REPORTED"})
_BETWEEN = frozenset({"IN", "INTO", "RELATIONSHIPS", "EV"})
"""What may stand between *invest* and *together with*: *in deals*."""


def compounds(segments: Sequence[Segment]) -> list[Segment]:
    """*X's lab investments* as *X's investments in labs*."""
    out = list(segments)
    for i in range(1, len(out) - 1):
        kind, deed = out[i], out[i + 1]
        events = deed.senses.get("EV", ())
        if (
            "POS" in out[i - 1].senses
            and kind.senses.get("KIND") in ("lab", "company")
            and any(relation == _BACKING for relation, _ in events)
        ):
            within = Segment(kind.start, kind.start, "in", {"IN": None})
            out[i : i + 2] = [deed, within, kind]
            return out
    return out


def jointly(segments: Sequence[Segment]) -> list[Segment]:
    """*invest (in deals) together with X*, into nobody named, as *co-invest with X*."""
    named = [i for i, s in enumerate(segments) if s.senses.keys() & {"ENT", "ENT2"}]
    at = named[0] - 1 if len(named) == 1 else -1
    if at < 1 or "ALONGSIDE" not in segments[at].senses:
        return list(segments)
    verb = at - 1
    while verb > 0 and segments[verb].senses.keys() & _BETWEEN and "V" not in segments[verb].senses:
        verb -= 1
    backs = any(relation == _BACKING for relation, _ in segments[verb].senses.get("V", ()))
    if not backs:
        return list(segments)
    text = " ".join(s.text for s in segments[verb : at + 1])
    whole = Segment(segments[verb].start, segments[at].end, text, {"COINVEST": None})
    return [*segments[:verb], whole, *segments[at + 1 :]]


def unmade(segments: Sequence[Segment]) -> list[Segment]:
    """*never came about*: what was rumoured was not confirmed, and any other deal was not made."""
    hearsay = any(s.senses.keys() & _HEARSAY for s in segments)
    other = "STATUS" if hearsay else "NEVERCONFIRMED"
    return [
        replace(s, senses={t: v for t, v in s.senses.items() if t != other})
        if s.senses.keys() >= {"STATUS", "NEVERCONFIRMED"}
        else s
        for s in segments
    ]


def needed(segments: Sequence[Segment]) -> list[Segment]:
    """*what could X not do without* as *what does X depend on*: no condition is meant."""
    if not any("DEPEND" in s.senses and s.text.casefold().endswith("without") for s in segments):
        return list(segments)
    return [s for s in segments if s.text.casefold() not in ("would", "could", "can")]
