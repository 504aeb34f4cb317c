"""All names of a sentence: those of the registry, and stretches of capitals that name something unknown."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from kg.extraction.rules.authorities import Descriptions, Hit, with_appositions
from kg.extraction.rules.bodies import bodies, named_behind
from kg.extraction.rules.capitals import after_stretch
from kg.extraction.rules.casing import Casing
from kg.extraction.rules.extents import whole
from kg.extraction.rules.frames import by_trigger
from kg.extraction.rules.gazetteer import Gazetteer, Name
from kg.extraction.rules.known_names import extend_known
from kg.extraction.rules.language import FUNCTION_WORDS, is_word, possible_lemmas
from kg.extraction.rules.letters import called_x
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.listed_places import with_listed_places
from kg.extraction.rules.listings import listed_at
from kg.extraction.rules.name_starts import may_begin
from kg.extraction.rules.people import with_people
from kg.extraction.rules.public_bodies import public_bodies
from kg.extraction.rules.tokens import Piece
from kg.extraction.rules.unknown_names import guess
from kg.model import EntityKind


def find_names(
    text: str,
    found: Sequence[Piece],
    gazetteer: Gazetteer,
    descriptions: Descriptions,
    casing: Casing,
    hits: Sequence[Hit] | None = None,
) -> list[Name]:
    """The names among the pieces of one sentence, in order, without overlap.

    ``hits`` are those that the gazetteer finds, where it has been asked.
    """
    every, found = found, _without_tickers(text, found)
    if hits is None or len(found) < len(every):
        hits = gazetteer.scan(text, found)
    scanned = [
        _as_machine(found, h)
        for h in hits
        if not (_is_end_of_longer(found, h) or _is_adverb(found, h))
    ]
    scanned = sorted(scanned + called_x(text, found, gazetteer), key=lambda h: h[1])
    described = descriptions.scan(text, found)
    held = {i for hit in described for i in range(hit[1], hit[2])}
    told = [*bodies(text, found), *public_bodies(text, found, gazetteer.registry)]
    described += [b for b in told if not held & {*range(b[1], b[2])}]
    described.sort(key=lambda h: h[1])
    known = _with_descriptions(scanned, described)
    titled = is_titled(found, known)
    taken = {i: hit for hit in known for i in range(hit[1], hit[2])}
    names: list[Name] = []
    done = 0
    for index in range(len(found)):
        if index < done:
            continue
        hit = taken.get(index)
        if hit is not None:
            name, done = extend_known(text, found, hit, taken, gazetteer, titled)
            names.append(name)
        elif not index or may_begin(found, index):
            done = after_stretch(found, index, taken, casing, titled)
            if done > index:
                name_or_none = guess(text, found, index, done, gazetteer, titled)
                if name_or_none is not None:
                    names.append(name_or_none)
    if not titled:
        names = with_listed_places(text, whole(text, found, names))
    names = with_people(text, found, named_behind(text, found, names), gazetteer.registry)
    return with_appositions(text, names)


_CURRENCY = re.compile(r"\b(?:US|U\.S\.|A|AU|C|CA|HK|S|NZ|NT|R|CN)(?=[$¥])")
_TICKER = re.compile(
    r"\((?:NASDAQ|Nasdaq|NYSE|LSE|LON|TSE|TYO|HKEX|HKG|SEHK|TSX|ASX|SSE|KRX|BSE|NSE|XETRA|OTC\w*|Euronext[\w ]*)"
    r"(?: [A-Z]\w+)?:\s?[\w.]+[^()]{0,30}\)"
    r"|\([A-Z0-9]{1,6}\.[A-Z]{1,3}\)"
)


def _without_tickers(text: str, found: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces but for those of ``(NASDAQ: AMD)``, ``Nasdaq-listed`` and ``US$``, which name nobody."""
    if not found:
        return found
    start, end = found[0].start, found[-1].end
    places = listed_at(text, start, end)
    if text.find("(", start, end) >= 0:
        places += [m.span() for m in _TICKER.finditer(text, start, end)]
    if text.find("$", start, end) >= 0 or text.find("¥", start, end) >= 0:
        places += [m.span() for m in _CURRENCY.finditer(text, start, end)]
    return [p for p in found if not any(a <= p.start < b for a, b in places)] if places else found


def _is_end_of_longer(found: Sequence[Piece], hit: Hit) -> bool:
    """``Fair Trade Commission``: another commission than the one that goes by that word alone."""
    name, index, after = hit
    if not (name.is_authority and name.ambiguous and after - index == 1 and index):
        return False
    before = found[index - 1]
    return (
        found[index].text in words("names", "authority_suffix")
        and before.text[0].isupper()
        and (before.text.lower() in words("authorities", "watched") or _within_name(found, index))
        and found[index].start - before.end == 1
    )


def _is_adverb(found: Sequence[Piece], hit: Hit) -> bool:
    """``Together they hold 5%``: the word itself, and not the company so called."""
    _, index, after = hit
    if index or after != 1 or found[0].text.lower() not in words("names", "opener"):
        return False
    return len(found) > 1 and found[1].text.lower() in _AFTER_ADVERB


def _as_machine(found: Sequence[Piece], hit: Hit) -> Hit:
    """``its Titan supercomputer``: called as a model is, and none."""
    name, index, after = hit
    following = found[after].text.lower() if after < len(found) else ""
    if name.kind is not EntityKind.MODEL or following not in _MACHINES:
        return hit
    said = replace(name, name=name.text, entity=None, kind=EntityKind.PRODUCT, owner=None)
    return said, index, after


_MACHINES = frozenset({"supercomputer", "supercomputers", "cluster", "telescope", "satellite"})
_AFTER_ADVERB = frozenset({"they", "we", "these", "those", "the", "it", "with", ",", "its", "both"})


def _within_name(found: Sequence[Piece], index: int) -> bool:
    """``Hellenic Trade Marks Commission``: words with capitals go before, more than one of them."""
    before = [p.text for p in found[max(index - 2, 0) : index]]
    return (
        index > 2
        and all(w.isalpha() and w[0].isupper() and not w.isupper() for w in before)
        and found[index - 1].start - found[index - 2].end == 1
        and not {*before} & (words("names", "month") | words("names", "day"))
        and before[-1] not in table("names")["nationality"]
    )


def _with_descriptions(known: list[Hit], described: list[Hit]) -> list[Hit]:
    """Known names, but for those inside a description that they do not name: ``Poland`` in ``Poland's watchdog``."""
    if not described:
        return known
    kept: list[Hit] = []
    for hit in described:
        inside = [k for k in known if k[1] < hit[2] and hit[1] < k[2]]
        named = any(
            k[0].is_authority and not k[0].ambiguous and k[2] - k[1] > 1 and k[2] >= hit[2]
            for k in inside
        )
        if not named:
            known = [k for k in known if k not in inside]
            kept.append(hit)
    return sorted(known + kept, key=lambda k: k[1])


def _has_capital_verb(found: Sequence[Piece], inside: Container[int]) -> bool:
    """``X Exits Y``, ``X to Buy Y``, ``Y Acquired by X``: what a name does, with a capital."""
    for at in range(1, len(found) - 1):
        word, before, after = found[at].text, found[at - 1].text, found[at + 1].text
        if at in inside or not word[0].isupper() or not word[1:].islower():
            continue
        lemmas = [m for m in possible_lemmas(word) if ("verb", m) in by_trigger()]
        if not lemmas:
            continue
        if before in ("to", "To", "May", "Will", "Could", "Might", "Would"):
            return True
        if at - 1 not in inside:
            continue
        if _joins_names(found, at, inside) and word.lower() in lemmas:
            # "A and B Join Forces"
            return True
        passive = word.endswith("ed") or word in ("Sold", "Bought", "Hit", "Sued")
        if (passive and after.lower() in ("by", "with", "to")) or (
            word.endswith("s") and word.lower() not in lemmas and after[0].isalnum()
        ):
            return True
    return False


def _joins_names(found: Sequence[Piece], at: int, inside: Container[int]) -> bool:
    """Whether ``A and B`` or ``A, B``, two known names, ends before the word and begins the sentence."""
    first = at - 1
    while first in inside:
        first -= 1
    return found[first].text in ("and", ",", "&") and first - 1 in inside and first < _HEAD


_HEAD = 5
_SMALL = 0.12
"""How many of the words of a title may be small at most, besides articles, prepositions and the like."""


def is_titled(found: Sequence[Piece], known: Sequence[Hit]) -> bool:
    """Whether the sentence is written in Title Case, so that capitals tell nothing.

    A title writes all but its small words with a capital; a plain sentence full of names has a
    verb in small letters.
    """
    inside = {i for _, start, after in known for i in range(start, after)}
    most, plain = _SMALL * len(found), 0
    for i, piece in enumerate(found):
        word = piece.text
        if word.islower() and word.isalpha() and i not in inside and word not in FUNCTION_WORDS:
            plain += 1
            if plain > most:
                return False
    ordinary = [p.text for i, p in enumerate(found) if i not in inside and p.text.isalpha()]
    small = sum(w[0].islower() for w in ordinary if w not in FUNCTION_WORDS)
    capitals = [w for w in ordinary if w[0].isupper() and len(w) > 3]
    if len(capitals) < 3 or small > _SMALL * (small + len(capitals)):
        verbs = words("names", "headline")
        told = any(p.text in verbs for p in found[1:-1])
        return not small and (told or _has_capital_verb(found, inside))
    return any(map(is_word, capitals))
