"""A name with what says who that is: *the Emirati fund MGX*, *China's NDRC*, *Anthropic's Claude*."""

from __future__ import annotations

from kg.model import EntityKind
from kg.questions.segments import Segment

_OPENERS = frozenset({"WH", "LIST", "OP", "YES"})
_NO_TITLE = _OPENERS | {"HM", "MUCH", "COUNTRY", "KIND", "MORE", "MOST"}
"""What stands before a noun that is no title of the name behind it: *more labs, X or Y*."""


def appositions(segments: list[Segment]) -> list[Segment]:
    """*the Emirati fund MGX* is MGX, where it is a fund and Emirati."""
    out: list[Segment] = []
    i = 0
    while i < len(segments):
        if (official := _of_country(segments[i : i + 3])) is not None:
            out.append(official)
            i += 2 if "POS" not in segments[i + 1].senses else 3
            continue
        if _made_by(segments[i : i + 3]):
            i += 2  # *Anthropic's Claude* is Claude
        elif _role_of(segments[i : i + 4]):
            i += 3  # *Stargate's shareholder Oracle* is Oracle
        j = i + 1 if len(segments[i].senses.get("COUNTRY", ())) == 2 else i
        if (
            out
            and not out[-1].senses.keys() & _NO_TITLE
            and j + 1 < len(segments)
            and "KIND" in segments[j].senses
            and "ENT" in segments[j + 1].senses
            and segments[j].end == segments[j + 1].start
            and not _several(segments[j:])
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


def _role_of(segments: list[Segment]) -> bool:
    """Whether a name stands behind what it is to another: *X's shareholder Y*."""
    if len(segments) < 4 or segments[2].end != segments[3].start:
        return False
    wanted = ("ENT", "POS", "AG", "ENT")
    told = all(tag in s.senses for tag, s in zip(wanted, segments, strict=True))
    return told and not segments[2].text.casefold().endswith("s")


def _made_by(segments: list[Segment]) -> bool:
    """Whether a name stands behind its maker's: *Anthropic's Claude*."""
    if len(segments) < 3 or "POS" not in segments[1].senses:
        return False
    makers = {e.id for e in segments[0].senses.get("ENT", ())}
    made = segments[2].senses.get("ENT", ())
    return any({e.developer, e.parent} & makers for e in made)


def _several(segments: list[Segment]) -> bool:
    """Whether a noun is a plural with a choice behind it: *into labs, X or Y*."""
    choice = len(segments) > 2 and "OR" in segments[2].senses
    return choice and segments[0].text.casefold().endswith("s")


def _of_country(segments: list[Segment]) -> Segment | None:
    """*China's NDRC* is the NDRC, where it is an authority of China."""
    if len(segments) < 2 or len(segments[0].senses.get("COUNTRY", ())) != 2:
        return None
    name = segments[2 if "POS" in segments[1].senses and len(segments) > 2 else 1]
    codes = segments[0].senses["COUNTRY"][1]
    found = tuple(
        e
        for e in name.senses.get("ENT", ())
        if EntityKind.AUTHORITY in e.kinds and (e.country in codes or e.jurisdiction in codes)
    )
    if not found:
        return None
    return Segment(segments[0].start, name.end, name.text, {"ENT": found})
