"""Countries, seats of government, states and towns, named before an authority or after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.tokens import Piece

POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


@lru_cache(maxsize=1)
def nations() -> dict[tuple[str, ...], str]:
    """A country's name or adjective, as its words -> its code; a part of the world is its own code."""
    found = {
        tuple(name.split()): code
        for code, names in table("authorities")["nation"].items()
        for name in names
    }
    return found | {tuple(name.split()): name for name in table("authorities")["region"]}


@lru_cache(maxsize=1)
def _seats() -> dict[tuple[str, ...], str]:
    """Countries, the seats of their governments, and other places, whose code is empty."""
    seats = table("authorities")["seat"].items()
    others = {tuple(place.split()): "" for place in words("names", "place")}
    return others | nations() | {tuple(city.split()): code for city, code in seats}


@lru_cache(maxsize=1)
def _states() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(s.split()) for s in table("authorities")["state"])


def _words_before(found: Sequence[Piece], after: int, count: int) -> tuple[str, ...]:
    return tuple(
        p.text.rstrip(".") if p.text == "." else p.text for p in found[after - count : after]
    )


def place_before(found: Sequence[Piece], after: int) -> tuple[int, str] | None:
    """Where the name of a place that ends before ``after`` begins, and the code of its country."""
    return code_before(found, after, _seats())


def code_before(
    found: Sequence[Piece], after: int, codes: Mapping[tuple[str, ...], str]
) -> tuple[int, str] | None:
    """Where a name of ``codes`` that ends before ``after`` begins, possessive or not, and its code."""
    last = after
    if last and found[last - 1].text in POSSESSIVES:
        last -= 1
    for count in (3, 2, 1):
        if last < count:
            continue
        code = codes.get(_words_before(found, last, count))
        if code is not None:
            return last - count, code
    return None


def list_after(
    found: Sequence[Piece], index: int, match: dict[tuple[str, ...], str]
) -> Iterator[tuple[int, int, str]]:
    """Places after ``of``, ``in`` or ``from``, joined by commas and ``and``."""
    if index >= len(found) or found[index].text.lower() not in ("of", "in", "from"):
        return
    index += 1
    while index < len(found):
        if found[index].text.lower() == "the":
            index += 1
        for count in (3, 2, 1):
            here = tuple(p.text for p in found[index : index + count])
            if len(here) == count and here in match:
                yield index, index + count, match[here]
                index += count
                break
        else:
            return
        joined = index
        while index < len(found) and found[index].text.lower() in (",", "and", "&"):
            index += 1
        if index == joined:
            return


def places_after(found: Sequence[Piece], index: int) -> tuple[int, set[str]]:
    """Where the list of countries after an authority ends, and their codes."""
    places = list(list_after(found, index, _seats()))
    return (places[-1][1] if places else index), {code for _, _, code in places}


def states_after(found: Sequence[Piece], index: int) -> list[tuple[int, int, str]]:
    """The states listed after ``attorney(s) general``."""
    if index < len(found) and found[index].text == "in":
        # "16 attorneys general in New Jersey federal court": where, not whose
        return []
    return list(list_after(found, index, {s: " ".join(s) for s in _states()}))


def state_before(found: Sequence[Piece], after: int) -> list[tuple[int, int, str]] | None:
    """``California's and Delaware's``: the states before ``attorney(s) general``."""
    states: list[tuple[int, int, str]] = []
    last = after
    while last:
        end = last - 1 if found[last - 1].text in POSSESSIVES else last
        count = next(
            (n for n in (2, 1) if end >= n and _words_before(found, end, n) in _states()), None
        )
        if count is None:
            break
        states.insert(0, (end - count, last, " ".join(_words_before(found, end, count))))
        last = end - count
        while last and found[last - 1].text.lower() in ("and", ",", "&"):
            last -= 1
    return states or None
