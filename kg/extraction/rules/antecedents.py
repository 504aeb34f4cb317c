"""Which names of an article later words may stand for, and how readily, told from the words around each.

A name that only says whose something is, or that stands but once and reads like ordinary words, is
hardly what ``the company`` or ``it`` means in the sentence after.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import IntEnum

from kg.extraction.rules.figures import is_currency
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.language import is_word
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.tokens import Piece


class Standing(IntEnum):
    """How readily later words stand for a name."""

    AFTERWARDS = 0
    """Only where there is no other: ``the robotics arm of X``, ``formerly of X``."""
    WEAK = 1
    """Rather another of the same sentence: ``X shares``."""
    FULL = 2


_OF_A_NAME = re.compile(
    r"\s(?:shares|stock|chips|gpus|processors|accelerators|models|employees|customers|users|executives|investors)\b",
    re.IGNORECASE,
)
_ON = re.compile(r"\b(?:on|in|into|from|through|via|with|using|at|for|by|of|over|against|to)\s$")
_OPENING = 4
_OWNS = re.compile(r"[’']s?\s[a-z]")
_HELD = re.compile(r"\s(?:stake|holding|holdings|position)\b")
_HEADED = re.compile(r",\s(?:who\s)?(?:now\s)?(?:running|runs|heading|heads|leading|leads)\s$")
"""Where a person now works: ``A. Ortiz, now running X, sits on the board of Y``."""
_PART_OF = re.compile(
    r"\b(?:(?:arm|unit|division|subsidiary|branch|spin-off|spinoff|alumnus|alumna|veteran) of|formerly (?:of|at|with)|ex-)\s?$"
    r"|\b(?:unit|arm|division|branch|subsidiary),\s$"
    r"|,\swho\s(?:also\s|now\s|once\s)?(?:chairs|chaired|advises|advised|ran|sits on the board of)\s$"
)
_CAME_FROM = re.compile(
    r"\b(?:left|leaving|quit|quitting|departed|studied at|met at|graduated from|worked (?:at|for)|working (?:at|for)"
    r"|(?:came|come|comes|hail|hails|hailed) from|joined from"
    r"|(?:engineers?|researchers?|employees?|executives?|veterans?|alumni|staff|professors?|team) (?:from|of|at))\s$"
)
"""Before where people were: ``left X to start Y``, ``founded by engineers from X``."""
_BESIDES = re.compile(
    r"(?:\b(?:apart|aside) from|\bother than|\bin addition to|^besides)\s$", re.IGNORECASE
)
"""``Apart from X, the company's investors include``: which is not X."""
_HIRED_FROM = re.compile(r"\b(?:hired|hires|poached|poaches|lured|recruited) [^.;,]{2,50} from\s$")
_LISTED_ON = re.compile(
    r"\b(?:listed|quoted|trade|traded|trades|trading|float|debut) (?:on|in) (?:the )?$"
)
_ON_A_DAY = re.compile(r"\b(?:on|during|until|near|per)\s(?:the\s)?$", re.IGNORECASE)


def standing(text: str, name: Name, aside: frozenset[int]) -> Standing:
    """How readily later words stand for the name, by the words beside it; ``aside`` start the bystanders."""
    before = text[max(0, name.start - 24) : name.start]
    if _HIRED_FROM.search(text[max(0, name.start - 70) : name.start]):
        return Standing.WEAK
    if _PART_OF.search(before) or _LISTED_ON.search(before) or _HELD.match(text, name.end):
        return Standing.AFTERWARDS
    if name.start in aside or _HEADED.search(before) or _OF_A_NAME.match(text, name.end):
        return Standing.WEAK
    if _CAME_FROM.search(before) or _BESIDES.search(before):
        return Standing.WEAK
    if {name.text, f"The {name.text}"} & words("names", "publisher"):
        # "sources told Quintal Daily": mostly where the news is from
        return Standing.WEAK
    return Standing.FULL


def standings(
    text: str,
    names: Sequence[Name],
    begins: int,
    told: Counter[str],
    aside: frozenset[int],
) -> list[Standing]:
    """Those of the names of a sentence: ``Z runs on X's racks`` is about Z, though only X be known."""
    found = [standing(text, name, aside) for name in names]
    first = names[0] if names else None
    if (
        len(names) > 1
        and first is not None
        and first.entity is None
        and (_is_made_by(text, first, names[1]) or _LIKE_A_PERSON.match(text, first.end))
    ):
        found[0] = min(found[0], Standing.WEAK)
    if first is None or first.entity or first.kind is not None or first.start - begins > _OPENING:
        return found
    if told[first.name] < 2 or found[0] is not Standing.FULL or _OWNS.match(text, first.end):
        return found
    for index, name in enumerate(names):
        before = text[max(0, name.start - 10) : name.start]
        if index and _OWNS.match(text, name.end) and _ON.search(before):
            found[index] = min(found[index], Standing.WEAK)
    return found


_LIKE_A_PERSON = re.compile(
    r",\swho\b|,\swhose\s(?:firm|company|fund|book|group)\b|[’']s\s(?:son|daughter|wife|husband|widow|father|mother|brother|sister|family|lawyer|lawyers|testimony)\b"
    r"|\s(?:also\s|has\s|had\s|then\s|later\s|recently\s)?(?:said|says|told|tells|added|adds|wrote|writes|argued|argues|noted|notes"
    r"|thinks|thought|believes|believed|left|posted|testified|cited|tweeted|recalled|explained|warned|joked|quipped|acknowledged"
    r"|insisted|replied|asked|alluded|hired|was\s(?:asked|born|previously|once|also|speaking|alluding|referring))\b"
)
"""After a surname: what persons do, though companies do some of it."""
_ACTS = re.compile(
    r"[’']s\s[a-z]|\s(?:also\s)?(?:has|had|is|was|will|plans|makes|made|sells|sold|builds|built|opened|raised|grew|won|lost|began"
    r"|offers|doubled|tripled|employs|employed|hired|develops|competes|operates|runs|ran|launched|started|met)\b"
)
"""After a name: what companies do, holidays and words in capitals do not."""
_STARTING = frozenset(
    {"start", "started", "found", "founded", "launch", "launched", "join", "joined"}
)
_MADE_BY = re.compile(
    r",?\s(?:which (?:is|was) )?(?:(?:an?|the) (?:[\w-]+ ){1,4})?(?:(?:made|built|developed|released|launched) )?(?:from|by|of)\s(?:the \w+ )?"
)


_COMPANY = re.compile(r"\b(?:start-?up|company|firm|maker|developer|lab|group|business)\b")
"""``X, a start-up chaired by Y's former chief``: no thing of Y's."""


def _is_made_by(text: str, first: Name, known: Name) -> bool:
    """``Operator, OpenAI's new agent``, ``Tidewater, an app by X``: a thing that somebody known has made."""
    if first.entity is not None or known.entity is None or not known.is_organisation:
        return False
    between = text[first.end : known.start]
    if _COMPANY.search(between):
        return False
    owned = between in (", ", " (") and _OWNS.match(text, known.end) is not None
    return owned or _MADE_BY.fullmatch(between) is not None


def told_often(named: Sequence[Sequence[Name]]) -> Counter[str]:
    """In how many sentences each name stands."""
    return Counter(key for names in named for key in {n.name for n in names})


def is_ordinary(text: str, name: Name, begins: int, told: Counter[str]) -> bool:
    """``Christmas Eve``, ``the Wi-Fi``: capitals that stand once, and speak of no company.

    ``begins`` is where the name's sentence does.
    """
    if name.entity is not None or name.kind is not None or told[name.name] > 1:
        return False
    if is_currency(name.text.split()[0]):
        return True
    before = text[max(begins, name.start - 24) : name.start]
    if _ON_A_DAY.search(before):
        return True
    if not before.strip(" \"“‘'"):
        return False
    if _ACTS.match(text, name.end) and before.split()[-1].lower() not in ("the", "a", "an", "this"):
        return False
    described = before.split()[-1].lower() in words("funding", "describing") | _STARTING
    return not described and all(is_word(w.lower()) for w in re.findall(r"\w+", name.text))


def goes_on(pieces: Sequence[Piece], names: Sequence[Name]) -> bool:
    """Whether a sentence begins with ``it``, ``the company`` and the like, going on about what came before."""
    first = [p.text.lower() for p in pieces[:4]]
    if not first:
        return False
    if _SPEAKING.match(" ".join(p.text for p in pieces[:9])):
        # "A spokeswoman for the start-up said"
        return True
    if first[0] == "it" and first[1:2] and first[1] in _EQUATING and names:
        # "It is X's third purchase this year": about X
        return names[0].start - pieces[1].end > 1 or not names[0].is_organisation
    if first[0] in ("it", "its", "they", "their") or _fronted_it(pieces, names):
        return True
    if names and names[0].is_person and names[0].start == pieces[0].start:
        # "Masayoshi Son's group has"
        after = [p.text.lower() for p in pieces if p.start >= names[0].end][:3]
        owned = after[:1] in (["'s"], ["’s"])
        return owned and any(w in words("nouns", "company") for w in after[1:])
    return (
        first[0] in ("the", "this")
        and any(w in words("nouns", "company") for w in ("".join(first[1:4]), *first[1:4]))
        and not any(
            n.start <= pieces[min(3, len(pieces) - 1)].start
            for n in names
            if n.is_organisation and n.entity is not None
        )
    )


_SPEAKING = re.compile(
    r"(?:A|One) (?:spokes\w+|representative|lawyer) (?:for|of) the (?:company|firm|start(?: - )?up|group|lab)\b"
)
_EQUATING = frozenset({"is", "was", "marks", "marked", "would", "will"})


def called(pieces: Sequence[Piece], names: Sequence[Name]) -> str:
    """The noun of ``The start-up``, ``This firm`` that a sentence begins with; empty where it names whom it is about."""
    first = [p.text.lower() for p in pieces[:5]]
    if first[:1] not in (["the"], ["this"]) or not goes_on(pieces, names):
        return ""
    joined = ["".join(first[1:4]), *first[1:4]]
    return next((w for w in joined if w in words("nouns", "company")), "")


def _fronted_it(pieces: Sequence[Piece], names: Sequence[Name]) -> bool:
    """``In the summer it signed``, ``Last year, it``: "it" begins the sentence but for when or where."""
    if pieces[0].text.lower() not in _FRONTED:
        return False
    it = next((p for p in pieces[1:7] if p.text.lower() in ("it", "they")), None)
    return it is not None and not any(n.start < it.start for n in names)


_FRONTED = frozenset(
    {"in", "on", "at", "last", "earlier", "later", "this", "since", "by", "now", "today", "also"}
    | {"recently", "but", "and", "so", "then", "there", "until", "for", "instead", "previously"}
    | {"under", "besides", "yesterday", "two", "three"}
)


def goes_on_about_authority(pieces: Sequence[Piece], names: Sequence[Name]) -> bool:
    """Whether it begins with ``it``, ``the agency`` and the like, and names no authority before."""
    first = [p.text.lower() for p in pieces[:5]]
    heads = words("nouns", "authority") | {"it", "its"}
    place = next((i for i, w in enumerate(first) if w in heads), None)
    if place is None or (place and first[0] not in ("the", "this", "but", "and", "then")):
        return False
    return not any(n.is_authority and n.start <= pieces[place].start for n in names)
