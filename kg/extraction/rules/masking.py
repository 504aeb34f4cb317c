"""A sentence rewritten for the parser: names and sums replaced by plain ones, with the way back.

The small model parses ``Google invested $5 billion in Intel`` well, and ``a16z put in
€1.84 billion (about $2 billion)`` badly. So every name becomes a common one of its kind,
every sum a plain one, quotation marks and asides go. Each token of the parse knows the
place in the article that it stands for; the article itself is never changed.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from kg.extraction.rules.absolutes import absolutes
from kg.extraction.rules.appositions import appositions
from kg.extraction.rules.asides import asides_at
from kg.extraction.rules.companions import beside_first
from kg.extraction.rules.descriptors import descriptors
from kg.extraction.rules.determiners import articles_of_authorities, lacks_article
from kg.extraction.rules.figures import Money
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.headlines import approved, headline, of_authority, passive
from kg.extraction.rules.idioms import by_default, finite, plainly
from kg.extraction.rules.joined_clauses import told_apart
from kg.extraction.rules.language import is_word
from kg.extraction.rules.listed_members import semicolons, told_of_members
from kg.extraction.rules.openings import opening
from kg.extraction.rules.tokens import Piece
from kg.model import EntityKind, Qualifier

_ORGANISATIONS = (
    "Google",
    "Intel",
    "Boeing",
    "Pfizer",
    "Toyota",
    "Oracle",
    "Sony",
    "Disney",
    "Cisco",
    "Siemens",
    "Walmart",
    "Honda",
)
_PERSONS = ("Smith", "Jones", "Brown", "Miller", "Wilson", "Taylor")
_PLACES = ("France", "Japan", "Canada", "Brazil")
_AT_LEAST = re.compile(r"\bat least\s*\Z", re.IGNORECASE)
_LATER = re.compile(r"\b(?:later|earlier) (?:that|the same) (?:year|month|week|day)\b")
_MORE = re.compile(r"\smore\b(?!\sthan)")
_QUOTES = '"“”*`_„«»'


class Segment(NamedTuple):
    """``start:end`` of the rewritten text stands for ``source_start:source_end`` of the article.

    ``word`` is the word that a plainer one stands for.
    """

    start: int
    end: int
    source_start: int
    source_end: int
    name: int | None = None
    money: int | None = None
    word: str = ""


@dataclass(frozen=True, slots=True)
class Masked:
    """The rewritten sentence, its segments in order, and what the article says there."""

    text: str
    segments: tuple[Segment, ...]
    names: tuple[Name, ...]
    sums: tuple[Money, ...]
    start: int
    end: int


def mask(
    text: str,
    start: int,
    end: int,
    found: Sequence[Piece],
    names: Sequence[Name],
    sums: Sequence[Money],
    titled: bool,
    first: int = 0,
) -> Masked:
    """Rewrite ``text[start:end]``; ``found``, ``names`` and ``sums`` are what was seen in it.

    ``first`` counts the names that stand in before: one name does not stand for two.
    """
    asides = asides_at(text, start, end, names)
    asides += [_apposition(text, a, b) for a, b in itertools.pairwise(names) if b.apposed]
    asides += appositions(found, names, sums)
    asides += [(a.end, b.end) for a, b in itertools.pairwise(names) if _is_of_country(text, a, b)]
    asides += [(n.start, n.end + 1) for n in names if _says_where(text, n)]
    opened = opening(found, names, sums)
    asides += [opened] if opened is not None else []
    listed = semicolons(found, names)
    asides += told_of_members(text, [found[i].start for i in listed], names, sums)
    items: list[Item] = []
    number = first
    for i, name in enumerate(names):
        last = name.end + _is_abbreviated(text, name, end)
        items.append((name.start, last, _stand_in(name, number), i, None, 0))
        # those left out take no name from those after them
        number += not any(a <= name.start < b for a, b in asides)
    for i, money in enumerate(sums):
        if i and _ends_range(text, sums[i - 1], money):
            # "$300–350 million" is one sum to the parser
            items[-1] = (items[-1][0], money.end, "$5 billion", None, i - 1, 1)
        else:
            items.append((money.start, money.end, "$5 billion", None, i, 1))
    covered = [(a, b) for a, b, *_ in items]
    # the plus of "$10B+", the year of "a $2 billion a year deal" go with the sum
    covered += [(m.end, m.end + 1) for m in sums if text[m.end : m.end + 1] == "+"]
    # "got $5 billion more from X"
    covered += [m.span() for s in sums if (m := _MORE.match(text, s.end, end))]
    # "a round of at least $5 billion in X": the parse hangs X on "least"
    covered += [m.span() for s in sums if (m := _AT_LEAST.search(text, start, s.start))]
    if text.find(" that ", start, end) >= 0 or text.find(" same ", start, end) >= 0:
        # "raised $5 million later that year from X"
        covered += [m.span() for m in _LATER.finditer(text, start, end)]
    if text.find("up to ", start, end) >= 0:
        covered += [m.span() for m in _UP_TO.finditer(text, start, end)]
    covered += [r.span() for m in sums if (r := _RATE.match(text, m.end, end))]
    places = [p.start for p in found]
    dropped = set(descriptors(found, names))
    for a, b in covered:
        dropped.update(range(bisect_left(places, a), bisect_left(places, b)))
    dropped |= articles_of_authorities(found, names)
    for index, piece in enumerate(found):
        if index in dropped:
            continue
        word = _word(piece.text, titled and piece.start != start)
        if piece.text == ";" and index in listed:
            word = ","
        if piece.text == "–" and _joins_names(text, piece, names):
            word = "-"
        items.append((piece.start, piece.end, word, None, None, 2))
        if titled and index and lacks_article(found, index, names, sums):
            items.append((piece.end, piece.end, "a", None, None, 2))
    if opened is not None:
        items = [i for i in items if not opened[0] <= i[0] < opened[1]]
    items.sort(key=itemgetter(0, 5))
    items = _as_sentence(
        finite(by_default(plainly(told_apart(beside_first(_simplified(items)))))), names, titled
    )
    out: list[str] = []
    segments: list[Segment] = []
    length, last = 0, start
    after_figure = False
    for a, b, words, name_index, money_index, _ in items:
        if a < last and segments:
            continue
        if not words or (asides and any(x <= a < y for x, y in asides)):
            continue
        if a - last == 1 and text[last] == " " and out and not asides:
            gap = " "
        else:
            spaced = out and (
                (a > last and not _tight(text, last, a, asides)) or _needs_space(out[-1], words)
            )
            gap = " " if spaced else ""
        if name_index is not None or money_index is not None:
            gap = gap or (" " if out and out[-1][-1:].isalnum() else "")
        elif after_figure and words[0].isalnum():
            gap = " "
        after_figure = name_index is not None or money_index is not None
        plain = _PLAINER.get(words.lower(), words)
        out.append(gap + plain)
        begin = length + len(gap)
        length = begin + len(plain)
        word = words.lower() if plain is not words else ""
        segments.append(Segment(begin, length, a, b, name_index, money_index, word))
        last = b
    return Masked("".join(out), tuple(segments), tuple(names), tuple(sums), start, end)


_RANGE = re.compile(r"\s?[-–—]\s?")


def _ends_range(text: str, low: Money, high: Money) -> bool:
    return (
        low.qualifier is Qualifier.AT_LEAST
        and high.qualifier is Qualifier.UP_TO
        and _RANGE.fullmatch(text, low.end, high.start) is not None
    )


def _joins_names(text: str, dash: Piece, names: Sequence[Name]) -> bool:
    """``the A–B deal``: a dash that stands for a hyphen."""
    before = any(n.end == dash.start for n in names)
    return before and any(n.start == dash.end for n in names)


_RATE = re.compile(
    r"[ -](?:per|a|an|each)[ -](?:year|annum|month|quarter)\b"
    r"(?=[ -](?!(?:for|to|in|from|by|on|and|or|over|through|as|which|that|with|at|of)\b)[a-z])"
)
"""How often a sum is paid, told before the noun that it belongs to."""
_UP_TO = re.compile(
    r"\bup to (?=(?:a |half a |one |two |three )?(?:million|hundred|thousand|dozen)\b|\d)"
)
"""Before a number of things; the small model takes it for a particle and a preposition."""
_PLAINER = {
    "startup": "company",
    "startups": "companies",
    "upstart": "company",
    "upstarts": "companies",
    "scaleup": "company",
    "scaleups": "companies",
    "unicorn": "company",
    "unicorns": "companies",
    "tie-up": "partnership",
    "tie-ups": "partnerships",
}
"""Nouns that the small model takes for verbs, or cuts in three -> nouns that it knows."""


def _as_sentence(items: list[Item], names: Sequence[Name], titled: bool) -> list[Item]:
    """A headline's verb and commas as those of a sentence."""
    items = [i for i in items if i[2]]

    def is_name(at: int) -> bool:
        place = items[at][3]
        return place is not None and (names[place].is_organisation or names[place].is_artefact)

    def is_authority(at: int) -> bool:
        place = items[at][3]
        return place is not None and names[place].is_authority

    said = [i[2] for i in items]
    instead = (
        of_authority(said, is_authority, is_name)
        or passive(said, is_name)
        or headline(said, is_name, lambda at: at == len(items) - 1, titled)
        or (approved(said) if titled else {})
        or absolutes(said, is_name)
    )
    if not instead:
        return items
    return [(*i[:2], instead.get(at, i[2]), *i[3:]) for at, i in enumerate(items)]


def _says_where(text: str, place: Name) -> bool:
    """``Englewood, Colo., builder Y``: where Y is, between the verb and Y."""
    if not place.is_place or ", " not in place.text or text[place.end : place.end + 1] != ",":
        return False
    before = _WORD_BEFORE.search(text, max(0, place.start - 12), place.start)
    governed = before is not None and before[0].strip().lower() in _WHERE
    return not governed and _TRADE_AFTER.match(text, place.end) is not None


_WORD_BEFORE = re.compile(r"[A-Za-z]+ $")
_TRADE_AFTER = re.compile(
    r",(?: [a-z][a-z-]+){1,5} (?:[A-Z]|of )|, [a-z][a-z-]*(?:maker|er|or|firm|company|startup)\b"
)
_WHERE = frozenset({"in", "of", "from", "at", "near", "to", "and", "for", "on", "with", "between"})


def _is_of_country(text: str, firm: Name, country: Name) -> bool:
    """``Fujitsu of Japan and Siemens of Germany``: the parse joins the second firm to the first one's country."""
    lands = country.kind is EntityKind.GOVERNMENT or country.is_place
    joined = text[firm.end : country.start] == " of "
    firms = firm.is_organisation and not firm.is_authority
    goes_on = re.match(r"\s(?:and|or)\s|,\s(?![A-Z])", text[country.end : country.end + 5])
    return joined and lands and firms and goes_on is not None


_ABBREVIATED = re.compile(r"(?:^|[\s.])(?:Inc|Corp|Ltd|Co|Cos|Bros|Jr|Sr|L\.P|S\.A|N\.V)$")


def _is_abbreviated(text: str, name: Name, end: int) -> bool:
    """Whether a full stop after the name is its own and does not end the sentence: ``Nvidia Corp. and``."""
    return (
        text[name.end : name.end + 1] == "."
        and bool(text[name.end + 1 : end].strip())
        and _ABBREVIATED.search(text[name.start : name.end]) is not None
    )


def _apposition(text: str, before: Name, name: Name) -> tuple[int, int]:
    """Place of ``, the US watchdog,`` after the name that it says again."""
    closes = text[name.end : name.end + 1] in (",", ")") and text[before.end] in (",", " ")
    return before.end, name.end + closes


Item = tuple[int, int, str, int | None, int | None, int]


_AFTER_START = frozenset({"up", "ups", "off", "offs"})
_ROUNDS = frozenset({"round", "rounds", "financing", "funding"})
_SERIES = re.compile(r"[A-Ka-k]\d?")

_ACQUI_HIRE = {
    "hire": "acquisition",
    "hires": "acquires",
    "hired": "acquired",
    "hiring": "acquiring",
}


def _simplified(items: list[Item]) -> list[Item]:
    """``start-up``, ``tie-up`` as one word; ``Series B`` as a round of funding."""
    out: list[Item] = []
    for item in items:
        word = item[2].lower()
        before = out[-1][2] if out else ""
        first = out[-2][2].lower() if before == "-" and len(out) > 1 else ""
        if first == "start" and word in _AFTER_START:
            whole = "startups" if item[2].endswith("s") else "startup"
            out[-2:] = [(out[-2][0], item[1], whole, None, None, 2)]
        elif (first, word) in _NODS:
            out[-2:] = [(out[-2][0], item[1], "approval", None, None, 2)]
        elif first in _TYING and word in ("up", "ups"):
            whole = f"tie-{word}"
            out[-2:] = [(out[-2][0], item[1], whole, None, None, 2)]
        elif first == "acqui" and word in _ACQUI_HIRE:
            out[-2:] = [(out[-2][0], item[1], _ACQUI_HIRE[word], None, None, 2)]
        elif before == "," and _THOUSANDS.fullmatch(word) and _is_glued(out, item):
            out[-2:] = [(out[-2][0], item[1], out[-2][2] + item[2], None, None, 2)]
        elif word in _OWNED and (length := _share_before(out)):
            out[-length:] = [(out[-length][0], out[-1][1], "partly", None, None, 2), item]
        elif word == "at" and before.lower() == "valued" and len(out) > 1 and out[-2][2] in _PRICED:
            # "a contract valued at $5 billion from Y", where the parser has it valued from Y
            out[-1] = (out[-1][0], item[1], "worth", None, None, 2)
        elif word == "holding" and _share_before(out):
            # "X's 50 percent holding in Y", where the parser has something hold
            out.append((item[0], item[1], "stake", None, None, 2))
        elif word == "by" and (length := _share_before(out)) and len(out) > length:
            # "owned 51% by X and 49% by Y"
            share, above = out[-length:], out[-length - 1][2].lower()
            if above in _OWNED:
                out[-length:] = [(share[0][0], share[-1][1], "partly", None, None, 2)]
            elif above in ("and", ",") and any(i[2].lower() in _OWNED for i in out):
                del out[-length:]
            out.append(item)
        elif (before == "round" and word in _ROUNDS) or (
            len(word) < 3 and before.lower() == "series" and _SERIES.fullmatch(item[2])
        ):
            out[-1] = (out[-1][0], item[1], "round", None, None, 2)
        else:
            out.append(item)
    return out


_OWNED = frozenset({"owned", "held", "controlled"})
_FIGURE = re.compile(r"\d[\d.,/]*")


def _share_before(before: Sequence[Item]) -> int:
    """How many items before ``owned`` say how much of it: ``46 percent``, ``49%-``, ``majority``."""
    last = len(before)
    if last and before[last - 1][2] == "-":
        last -= 1
    said = [i[2].lower() for i in before[max(last - 3, 0) : last]]
    length = len(before) - last
    if said[-1:] in (["majority"],):
        return length + 1
    if said[-2:] == ["per", "cent"]:
        length, said = length + 1, said[:-1]
    elif said[-1:] not in (["%"], ["percent"], ["pct"]):
        return 0
    figure = said[-2:-1]
    return length + 2 if figure and _FIGURE.fullmatch(figure[0]) else 0


_PRICED = frozenset(
    {"contract", "deal", "order", "agreement", "pact", "contracts", "orders", "stake", "holding"}
    | {"interest", "shares", "position", "stakes"}
)
_NODS = frozenset({("go", "ahead"), ("sign", "off")})
_TYING = frozenset({"tie", "link", "team", "hook"})
_THOUSANDS = re.compile(r"\d{3}")


def _is_glued(before: Sequence[Item], item: Item) -> bool:
    """Whether figure, comma and figure stand without space, as in ``34,076 shares``."""
    if len(before) < 2:
        return False
    figure, comma = before[-2], before[-1]
    return (
        figure[2].isdigit() and figure[1] == comma[0] and comma[1] == item[0] and figure[3] is None
    )


_SPACE = re.compile(r"\s")


def _tight(text: str, last: int, start: int, asides: Sequence[tuple[int, int]] = ()) -> bool:
    """Whether nothing but dropped marks without space lies between; ``Intel (INTC)-backed`` is joined."""
    if not asides:
        return _SPACE.search(text, last, start) is None
    within = {i for a, b in asides if a < start and last < b for i in range(a, b)}
    return not any(c.isspace() for i, c in enumerate(text[last:start], last) if i not in within)


def _needs_space(before: str, words: str) -> bool:
    return (before[-1:].isalnum() and words[:1].isalnum()) or (
        before[-1:] in ",;:" and words[:1].isalnum()
    )


def _stand_in(name: Name, index: int) -> str:
    if name.is_person:
        return _PERSONS[index % len(_PERSONS)]
    if name.is_place:
        return _PLACES[index % len(_PLACES)]
    return _ORGANISATIONS[index % len(_ORGANISATIONS)]


@lru_cache(maxsize=65536)
def _word(word: str, titled: bool) -> str:
    if word in _QUOTES or word in ("\\", "#", "|", "~"):
        return ""
    if word in ("’", "‘"):
        return "'"
    if word.startswith("’"):
        return "'" + word[1:]
    if word in ("—", "–"):
        return ","
    if titled and is_word(word) and not word.isupper():
        return word.lower()
    if len(word) > 3 and word.isupper() and is_word(word):
        return word.lower()
    return word.replace("’", "'")
