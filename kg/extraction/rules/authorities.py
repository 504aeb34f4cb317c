"""Authorities told by what they are: ``Poland's competition watchdog``, ``the attorneys general of Ohio and Utah``.

A description names a place (a country, a part of the world, a state) and mostly what is
watched over. If the registry has one authority of that place for that remit, it is meant;
else the description is the name of an authority that the registry does not know, so that
``regulators in Britain and Europe`` are not taken for one of those it does.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.jurisdictions import (
    list_after,
    nations,
    place_before,
    places_after,
    state_before,
    states_after,
)
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.tokens import Piece
from kg.model import Entity, EntityKind
from kg.registry import Registry

Hit = tuple[Name, int, int]
"""A name with the indices of its first piece and of the one after its last."""

_REACH = 8
"""Pieces between the country and the head of a description."""
_FRESH = frozenset({"new", "newly"})
OF_TRADES = frozenset({"body", "bodies", "council", "office", "commission", "officials"})
"""Heads of what a trade has, too: a technology council is none of a state."""
_REMITLESS = frozenset({"ministry", "regulator", "watchdog", "enforcer", "regulators", "watchdogs",
                        "authorities", "enforcers", "prosecutors"})  # fmt: skip
"""Heads that mean an authority whatever it watches over: the Irish regulator, Chinese authorities."""


class Descriptions:
    """Finds authorities told by place and remit; ``registry`` tells which is meant."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._national: dict[str, list[tuple[Entity, frozenset[str]]]] = {}
        for entity in registry:
            code = entity.country or ""
            if entity.kind is not EntityKind.AUTHORITY or not _is_national(entity):
                continue
            self._national.setdefault(code, []).append((entity, remits_of(entity)))

    def scan(self, text: str, found: Sequence[Piece]) -> list[Hit]:
        """The descriptions in a sentence, in order, without overlap."""
        hits: list[Hit] = []
        index = 0
        heads, called = _heads(), _called()
        while index < len(found):
            word = found[index].text
            lowered = word.lower()
            here: list[Hit] = []
            if lowered in heads or word in called:
                here = self._described(text, found, index)
            elif lowered == "general" and index and found[index - 1].text.lower() in _ATTORNEYS:
                here = self._attorneys(text, found, index)
            elif word in ("AG", "AGs") and (states := state_before(found, index)):
                # "Ohio AG Dave Yost"
                own = (states[-1][0], index + 1, states[-1][2])
                here = [self._general(text, found, *s) for s in (*states[:-1], own)]
            elif lowered == "states" and index:
                here = self._states(text, found, index)
            elif lowered == "governments":
                here = self._governments(text, found, index)
            here = [h for h in here if not hits or h[1] >= hits[-1][2]]
            hits += here
            index = max(here[-1][2], index + 1) if here else index + 1
        return hits

    def _described(self, text: str, found: Sequence[Piece], head: int) -> list[Hit]:
        short = table("authorities")["short"].get(found[head].text)
        namesake = table("authorities")["namesake"].get(found[head].text)
        if namesake is not None:
            # "Japan's FTC" is not the American one
            place = place_before(found, head)
            abroad = place is not None and place[1] != "US"
            return (
                [self._hit(text, found, place[0], head + 1, {place[1]}, {namesake}, False)]
                if place and abroad
                else []
            )
        remits = {short} if short else set()
        first = head
        while first and head - first < _REACH and _tight(found, first):
            before = found[first - 1].text.lower()
            of_word = remit_words().get(before)
            if of_word is None and before not in words("authorities", "between"):
                break
            remits |= {of_word} if of_word else set()
            first -= 1
        place = place_before(found, first)
        if any(p.text in _FRESH for p in found[first:head]):
            # "Mexico's new antitrust commission": not the one that the registry knows
            remits |= {"new"}
        plural = found[head].text.lower() in words("authorities", "heads")
        bare = found[head].text.lower() in _REMITLESS
        if found[head].text.lower() in OF_TRADES:
            remits.discard("state")
        if place is not None:
            start, code = place
            if not remits and not bare:
                return []
            after = _ministry_of(found, head)
            return [self._hit(text, found, start, after, {code}, remits, plural)]
        if not remits and not bare:
            return []
        while first < head and found[first].text.lower() in ("and", ",", "-", "&", "top", "main"):
            first += 1
        after, codes = places_after(found, head + 1)
        if bare and not plural and not remits and not codes:
            # "the watchdog in Seoul"
            return []
        if not codes and (there := _opening_place(found, first)):
            return [self._hit(text, found, first, head + 1, there, remits, plural)]
        if not codes:
            if remits and found[head].text == "ministry":
                # "the country's culture ministry"
                return [self._hit(text, found, first, head + 1, set(), remits, False)]
            return []
        return [self._hit(text, found, first, after, codes, remits, plural)]

    def _hit(
        self,
        text: str,
        found: Sequence[Piece],
        start: int,
        after: int,
        codes: set[str],
        remits: set[str],
        plural: bool,
    ) -> Hit:
        begin, end = found[start].start, found[after - 1].end
        surface = text[begin:end]
        entity = self._meant(codes, remits) if len(codes) == 1 else None
        if entity is not None:
            return Name(surface, begin, end, entity.name, entity, entity.kind), start, after
        name = re.sub(r"\s+", " ", surface)
        return Name(surface, begin, end, name, None, EntityKind.AUTHORITY), start, after

    def _meant(self, codes: set[str], remits: set[str]) -> Entity | None:
        """The one authority of the country for all that is watched over; None if there are several."""
        [code] = codes
        fitting = [e for e, own in self._national.get(code, ()) if remits and remits <= own]
        return fitting[0] if len(fitting) == 1 else None

    def _attorneys(self, text: str, found: Sequence[Piece], general: int) -> list[Hit]:
        """``Ohio's attorney general``, ``the attorneys general of Ohio and Utah``, ``state attorneys general``."""
        attorney = general - 1
        before = state_before(found, attorney)
        if before is not None:
            return [
                self._general(text, found, start, after, state)
                for start, after, state in (
                    *before[:-1],
                    (before[-1][0], general + 1, before[-1][2]),
                )
            ]
        states = states_after(found, general + 1)
        if states:
            first = (attorney, states[0][1], states[0][2])
            return [self._general(text, found, *s) for s in (first, *states[1:])]
        if found[attorney].text.lower() == "attorneys":
            start = attorney
            if start and found[start - 1].text.lower() == "state":
                start -= 1
            begin, end = found[start].start, found[general].end
            name = Name(
                text[begin:end], begin, end, "state attorneys general", None, EntityKind.AUTHORITY
            )
            return [(name, start, general + 1)]
        return self._federal(text, found, attorney, general)

    def _states(self, text: str, found: Sequence[Piece], states: int) -> list[Hit]:
        """``US states``, ``38 states``: those who sue together, told by their number."""
        before = found[states - 1]
        counted = before.text.isdigit() and 1 < int(before.text[:3]) < 51
        if not counted and before.text not in ("US", "U.S.", "American"):
            return []
        start = states - 1
        if counted and start and found[start - 1].text in ("US", "U.S."):
            start -= 1
        begin, end = found[start].start, found[states].end
        name = Name(text[begin:end], begin, end, "US states", None, EntityKind.AUTHORITY)
        return [(name, start, states + 1)]

    def _governments(self, text: str, found: Sequence[Piece], head: int) -> list[Hit]:
        """``the governments of France and Germany``: each of them."""
        hits: list[Hit] = []
        for start, after, code in list_after(found, head + 1, nations()):
            begin = head if not hits else start
            country = next(iter(table("authorities")["nation"].get(code, ())), "")
            known = [e for e in self._registry.lookup(country) if e.kind is EntityKind.GOVERNMENT]
            if known:
                a, b = found[begin].start, found[after - 1].end
                hits.append(
                    (Name(text[a:b], a, b, known[0].name, known[0], known[0].kind), begin, after)
                )
        return hits

    def _federal(self, text: str, found: Sequence[Piece], attorney: int, general: int) -> list[Hit]:
        """The attorney general of the United States stands for the Department of Justice."""
        doj = self._registry.get("doj")
        following = [p.text for p in found[general + 1 : general + 4]]
        start = attorney
        place = place_before(found, attorney)
        if place is not None and place[1] == "US":
            start = place[0]
        elif not words("authorities", "federal_attorney_general") & set(following):
            return []
        if doj is None:
            return []
        begin, end = found[start].start, found[general].end
        return [(Name(text[begin:end], begin, end, doj.name, doj, doj.kind), start, general + 1)]

    def _general(
        self, text: str, found: Sequence[Piece], start: int, after: int, state: str
    ) -> Hit:
        begin, end = found[start].start, found[after - 1].end
        known = self._registry.lookup(f"{state} Attorney General")
        entity = known[0] if known else None
        name = entity.name if entity else f"{state} Attorney General"
        return (
            Name(text[begin:end], begin, end, name, entity, EntityKind.AUTHORITY),
            start,
            after,
        )


BESIDE = re.compile(r",? \(?(?:or )?(?:the |a )?|, (?:the |a )?|\(")


def with_appositions(text: str, names: Sequence[Name]) -> list[Name]:
    """``the FTC, the US competition watchdog``: a description beside an authority means that one."""
    out = list(names)
    for index, name in enumerate(out):
        if name.entity is not None or not is_single(name):
            continue
        for other, gap in (
            *((n, text[n.end : name.start]) for n in out[max(0, index - 1) : index]),
            *((n, text[name.end : n.start]) for n in out[index + 1 : index + 2]),
        ):
            if other.kind is EntityKind.AUTHORITY and BESIDE.fullmatch(gap):
                out[index] = replace(name, name=other.name, entity=other.entity)
                break
    for index, (before, name) in enumerate(itertools.pairwise(out), 1):
        if (
            name.is_authority
            and name.name == before.name
            and (is_single(name) or is_single(before))
            and BESIDE.fullmatch(text[before.end : name.start])
        ):
            out[index] = replace(name, apposed=True)
    return [n for n, after in itertools.zip_longest(out, out[1:]) if not _describes(n, after)]


def _describes(name: Name, after: Name | None) -> bool:
    """``UK communications regulator`` of ``UK communications regulator Ofcom``, which names it."""
    return (
        after is not None
        and is_single(name)
        and name.name == after.name
        and name.text != name.name
        and after.start == name.end + 1
    )


def is_single(name: Name) -> bool:
    """Whether the name is the description of one authority."""
    last = name.text.rsplit(None, 1)[-1].lower()
    return name.is_authority and last in words("authorities", "head")


_ATTORNEYS = frozenset({"attorney", "attorneys"})


def _opening_place(found: Sequence[Piece], first: int) -> set[str]:
    """``In South Korea, the competition authority``: where the sentence says that it is."""
    if not found or found[0].text not in ("In", "in"):
        return set()
    after, codes = places_after(found, 0)
    between = [p.text for p in found[after:first]]
    return codes if between in ([","], [",", "the"]) else set()


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    return words("authorities", "head") | words("authorities", "heads")


@lru_cache(maxsize=1)
def _called() -> frozenset[str]:
    """Short names that authorities of several countries go by."""
    return frozenset({**table("authorities")["short"], **table("authorities")["namesake"]})


def remits_in(described: Iterable[str]) -> frozenset[str]:
    """What the words of a description tell that is watched over."""
    return frozenset(r for w in described if (r := remit_words().get(w.lower())))


@lru_cache(maxsize=1)
def remit_words() -> dict[str, str]:
    return {
        word: remit
        for remit, all_words in table("authorities")["remit"].items()
        for word in all_words
    }


def _is_national(entity: Entity) -> bool:
    return entity.jurisdiction in table("authorities")["nation"].get(entity.country or "", ())


def remits_of(entity: Entity) -> frozenset[str]:
    """What an authority of the registry watches over, as far as its names tell."""
    own = " | ".join(entity.all_names).casefold()
    told = {
        remit
        for remit, all_words in table("authorities")["named"].items()
        if any(word in own for word in all_words)
    }
    return frozenset(told | set(table("authorities")["shared"].get(entity.id, ())))


def _ministry_of(found: Sequence[Piece], head: int) -> int:
    """Where ``Ministry of Science and Education`` ends that begins at the head."""
    after = head + 1
    if found[head].text != "Ministry" or after >= len(found) or found[after].text != "of":
        return after
    end = after
    for at in range(after + 1, len(found)):
        word = found[at].text
        if word in words("authorities", "portfolio") or (
            word[:1].isupper() and end in (after, at) and found[at - 1].text in ("of", "the")
        ):
            end = at + 1
        elif word not in ("the", "and", ",", "&", "Armed", "Forces"):
            break
    return end


def _tight(found: Sequence[Piece], index: int) -> bool:
    """Whether at most a space lies between a piece and the one before."""
    return found[index].start - found[index - 1].end <= 1
