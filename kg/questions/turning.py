"""Orders of words that say the same are put into one: *X-backed labs*, *which of X's backers are ...*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.questions.segments import Segment

_WHICH_OF = frozenset({"which of", "which among", "who among", "which ones of", "how many of"})
_ENDINGS = frozenset({"cleared", "dropped", "blocked", "fined", "terminated", "completed"})
"""Statuses that end something: one or another of them may be asked for."""
_LARGER = ("larg", "big", "great", "high")
"""Words for more that measure and do not count."""
_NOUNS = frozenset({"AG", "PT", "EV", "EVR"})
"""Nouns that a participle may be read as: *backing*, *holding*, *funding*."""
_DEEDS = frozenset({"AG", "PT", "EV"})
"""Nouns for what is done, which may be read as verbs as well."""


def turned(segments: Sequence[Segment]) -> list[Segment]:
    """The segments in the order that the forms know."""
    out = list(segments)
    for turn in (
        _holdings_shared,
        _acting,
        _in_a_role,
        _than_anyone,
        _backed,
        _which_of,
        _first_few,
    ):
        out = turn(out)
    return out


def _last_raise(segments: list[Segment]) -> list[Segment]:
    """*when X last raised money* as *X's last round*."""
    for i in range(len(segments) - 2):
        if not segments[i].senses.keys() & {"OP", "WHEN", "LASTTIME"}:
            continue
        name, *rest = segments[i + 1 : i + 5]
        if "ENT" not in name.senses:
            continue
        last = [s for s in (segments[i], *rest[:1]) if s.senses.keys() & {"LAST", "LASTTIME"}]
        told = 0 if "LASTTIME" in segments[i].senses else 1
        if not last or len(rest) <= told or "RAISE" not in rest[told].senses:
            continue
        end = i + 2 + told + 1
        if end < len(segments) and segments[end].senses.keys() & {"EVR", "ROUNDWORD"}:
            end += 1
        if not i and end == len(segments) and told:
            continue  # *when did X last raise money* asks for the day
        order = Segment(last[0].start, last[0].end, "last", {"LAST": None})
        round_ = _word("round", "ROUNDWORD", rest[told])
        return [*segments[:i], name, _word("'s", "POS", name), order, round_, *segments[end:]]
    return segments


def _holdings_shared(segments: list[Segment]) -> list[Segment]:
    """*the lab investments they share* as *the labs they share*."""
    if not any(s.senses.keys() & {"SAME", "OVERLAP"} for s in segments):
        return segments
    out: list[Segment] = []
    for s in segments:
        held = not s.senses.keys() & {"SAME", "OVERLAP"} and any(
            r == "investment" for t in ("EV", "PT") for r, _ in s.senses.get(t, ())
        )
        if not (held and out and "lab" in str(out[-1].senses.get("KIND", ""))):
            out.append(s)
    return out


def _in_a_role(segments: list[Segment]) -> list[Segment]:
    """*put money into X as an investor*: what somebody does tells the role they do it in."""
    out: list[Segment] = []
    acted: set[str] = set()
    i = 0
    while i < len(segments):
        role = segments[i + 1].senses if i + 1 < len(segments) else {}
        named = {r for tag in ("AG", "EV") for r, _ in role.get(tag, ())}
        if "AS" in segments[i].senses and named & acted:
            i += 2
            continue
        if "LIST" not in segments[i].senses:
            verbs = [segments[i].senses.get(tag, ()) for tag in ("V", "VP", "VI", "VIP")]
            does = {r for verb in verbs for r, _ in verb}
            acted |= does if len(does) == 1 else set()  # *joined X as an investor* tells which
            acted |= {"investment"} if "PAY" in segments[i].senses else set()
        out.append(segments[i])
        i += 1
    return out


def _than_anyone(segments: list[Segment]) -> list[Segment]:
    """*more labs than anyone else* as *the most labs*."""
    than = next((i for i, s in enumerate(segments) if "THAN" in s.senses), -1)
    rest = segments[than + 1 :]
    more = [i for i, s in enumerate(segments[:than]) if "MORE" in s.senses]
    whoever = rest and all(s.senses.keys() & {"ANYONE", "ELSE", "AG", "KIND"} for s in rest)
    anyone = any(s.senses.keys() & {"ANYONE", "ELSE"} for s in rest)
    if than < 0 or len(more) != 1 or not whoever or not anyone:
        return segments
    most = segments[more[0]]
    degree = "size" if any(w in most.text.casefold() for w in _LARGER) else "most"
    return [replace(s, senses={"MOST": degree}) if s is most else s for s in segments[:than]]


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


def joined(segments: Sequence[Segment]) -> list[Segment]:
    """What must be one before filters are taken out: a last round, two endings of which one is meant."""
    return _without_can(_but_then(_either(_last_raise(list(segments)))))


def _without_can(segments: list[Segment]) -> list[Segment]:
    """*where can its models be bought*: that one can says nothing more where models are offered."""
    offered = any(
        s.senses.keys() & {"GETM", "INCAT"}
        or any(r == "distribution" for t in ("V", "VP", "VI") for r, _ in s.senses.get(t, ()))
        for s in segments
    )
    return [s for s in segments if not ("CAN" in s.senses and offered)]


def _but_then(segments: list[Segment]) -> list[Segment]:
    """*announced but called off*: both are said of one deal."""

    def told(i: int) -> bool:
        return 0 <= i < len(segments) and bool(segments[i].senses.keys() & {"STATUS", "MODALITY"})

    return [
        s for i, s in enumerate(segments) if not ("BUT" in s.senses and told(i - 1) and told(i + 1))
    ]


def _either(segments: list[Segment]) -> list[Segment]:
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
