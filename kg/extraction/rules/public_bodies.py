"""Parts of a state that buy and use: ``the Israeli military``, ``Japan's space agency``, ``the UK health service``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.jurisdictions import (
    POSSESSIVES,
    code_before,
    list_after,
    nations,
    place_before,
)
from kg.extraction.rules.lexicon import table
from kg.extraction.rules.tokens import Piece
from kg.model import Entity, EntityKind
from kg.registry import Registry


def public_bodies(
    text: str, found: Sequence[Piece], registry: Registry
) -> list[tuple[Name, int, int]]:
    """The bodies of a sentence that are told by their country, in order; pieces as in ``bodies``.

    A body is called by the country's adjective, however it is written: ``Israel's military``
    is the ``Israeli military``. The government is the country itself, as in the registry.
    """
    hits: list[tuple[Name, int, int]] = []
    for index, piece in enumerate(found):
        if piece.text == "government" and (hit := _government_of(text, found, index, registry)):
            hits.append(hit)
            continue
        head = _starting_with(found, index) if piece.text.lower() in _first_words() else ()
        country = code_before(found, index, _nations()) if head else None
        if country is None:
            continue
        start, code = country
        after = index + len(head)
        a, b = found[start].start, found[after - 1].end
        entity = _state(code, registry) if head == ("government",) else None
        if head == ("government",) and entity is None:
            continue
        name = entity.name if entity else f"{_adjective(code)} {' '.join(head)}"
        hits.append((Name(text[a:b], a, b, name, entity, EntityKind.GOVERNMENT), start, after))
    return hits


def _starting_with(found: Sequence[Piece], index: int) -> tuple[str, ...]:
    """The longest head of a body that begins there; empty if none does."""
    for count in (2, 1):
        told = tuple(p.text for p in found[index : index + count])
        if tuple(map(str.lower, told)) in _heads():
            following = found[index + count].text if index + count < len(found) else ""
            return () if following.lower() in table("authorities")["not_public"] else told
    return ()


@lru_cache(maxsize=1)
def _nations() -> dict[tuple[str, ...], str]:
    """The names of countries whose bodies are called after them."""
    called = table("authorities")["nation"]
    return {name: code for name, code in nations().items() if code in called}


@lru_cache(maxsize=1)
def _heads() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(h.split()) for h in table("authorities")["public"])


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    return frozenset(h[0] for h in _heads())


def _government_of(
    text: str, found: Sequence[Piece], index: int, registry: Registry
) -> tuple[Name, int, int] | None:
    """``the government of Canada``: the country itself; ``the Ontario government``: called so."""
    for _, after, code in list_after(found, index + 1, nations()):
        entity = _state(code, registry) if code in table("authorities")["nation"] else None
        if entity is not None and found[index + 1].text == "of":
            a, b = found[index].start, found[after - 1].end
            name = Name(text[a:b], a, b, entity.name, entity, EntityKind.GOVERNMENT)
            return name, index, after
    place = place_before(found, index)
    if place is None or place[1] or found[index - 1].text in POSSESSIVES:
        return None
    a, b = found[place[0]].start, found[index].end
    return Name(text[a:b], a, b, text[a:b], None, EntityKind.GOVERNMENT), place[0], index + 1


def _state(code: str, registry: Registry) -> Entity | None:
    known = (e for name in table("authorities")["nation"][code] for e in registry.lookup(name))
    return next((e for e in known if e.kind is EntityKind.GOVERNMENT), None)


def _adjective(code: str) -> str:
    own = table("authorities")["adjective"].get(code)
    return str(own or table("authorities")["nation"][code][-1])
