"""From words to segments: names, phrases of the lexicon, dates and sums, in a few readings.

A name is found by looking up stretches of the question in the store's index of names, so
that no list of names is ever loaded.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kg.model import Entity
from kg.questions.figures import date_at, money_at
from kg.questions.lexicon import ARTICLES, LONGEST, Lexicon
from kg.questions.tokens import Word

RELATION_TAGS = frozenset({"V", "VP", "VI", "VIP", "AG", "PT", "EV", "EVR", "RAISE"})
"""Tags of words that name a relation."""
_SEVERAL = RELATION_TAGS | {"STATUS", "MODALITY"}
"""Tags of which a word may carry several values."""
_LETTER = re.compile(r"[A-J]")
"""A round by its letter: *the A round*."""
_PERCENT = ("percent", "per cent")
_BEAM = 12
_UNKNOWN_COST = 20.0
Find = Callable[[str], Sequence[Entity]]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the question, ``words[start:end]``, with what it may mean by tag."""

    start: int
    end: int
    text: str
    senses: dict[str, Any]

    @property
    def known(self) -> bool:
        return bool(self.senses)


def readings(
    question: str, words: Sequence[Word], lexicon: Lexicon, find: Find, today: dt.date
) -> Iterator[list[Segment]]:
    """Ways to divide the question, the likeliest first; filler is left out."""
    arcs = [_arcs(question, words, i, lexicon, find, today) for i in range(len(words))]
    best: list[list[tuple[float, tuple[Segment, ...]]]] = [[] for _ in range(len(words) + 1)]
    best[0] = [(0.0, ())]
    for i in range(len(words)):
        for cost, path in best[i]:
            for segment, price in arcs[i]:
                best[segment.end].append((cost + price, (*path, segment)))
        for j in range(i + 1, len(words) + 1):
            best[j] = sorted(best[j], key=lambda p: p[0])[:_BEAM]
    for _, path in best[len(words)]:
        yield [s for s in path if s.senses.keys() != {"FILLER"}]


def _arcs(
    question: str,
    words: Sequence[Word],
    i: int,
    lexicon: Lexicon,
    find: Find,
    today: dt.date,
) -> list[tuple[Segment, float]]:
    found: dict[int, dict[str, Any]] = {}

    for end in range(min(len(words), i + LONGEST), i, -1):
        if " ".join(w.key for w in words[i:end]) in lexicon.untold:
            text = question[words[i].start : words[end - 1].end]
            return [(Segment(i, end, text, {}), _UNKNOWN_COST)]

    def add(end: int, tag: str, value: Any) -> None:
        found.setdefault(end, {}).setdefault(tag, value)

    keys: list[str] = []
    for j in range(i, min(len(words), i + LONGEST + 2)):
        whole = " ".join([*keys, words[j].key])
        if words[j].key not in ARTICLES or j == i:
            keys.append(words[j].key)
        elif whole not in lexicon.exact:
            continue
        if len(keys) > LONGEST:
            break
        for sense in lexicon.senses(whole):
            if sense.tag in _SEVERAL:
                values = found.setdefault(j + 1, {}).setdefault(sense.tag, [])
                values.append(sense.value)
            else:
                add(j + 1, sense.tag, sense.value)
    for j in range(i, min(len(words), i + LONGEST)):
        if words[j].sort == "possessive" or (
            words[j].sort == "other" and j > i and words[j].key == ","
        ):
            break
        if entities := _named(question, words, i, j + 1, lexicon, find):
            add(j + 1, "ENT", tuple(entities))
    if (date := date_at(words, i, lexicon, today)) is not None:
        add(i + date[0], "DATE", date[1])
    if (money := money_at(words, i, lexicon)) is not None:
        add(i + money[0], "MONEY", money[1])
    if i and _LETTER.fullmatch(words[i].text) and i + 1 < len(words):
        named = f"series {words[i].key}"
        if named in lexicon.exact and words[i + 1].key in lexicon.data["roundword"]:
            return [(Segment(i, i + 1, words[i].text, {"ROUND": named}), 1.0)]
    if words[i].sort == "number" and len(words[i].key) < 5:
        number = words[i].key
        if number.isdigit() and len(number) < 4:
            add(i + 1, "NUM", int(number))
        elif number.removesuffix("+").isdigit():
            add(i + 1, "COUNTED", (int(number[:-1]), None))
        elif number.endswith("%"):
            add(i + 1, "PERCENT", Decimal(number[:-1].replace(",", "")))
    if words[i].sort == "number" and i + 1 < len(words):
        unit = " ".join(w.key for w in words[i + 1 : i + 3])
        if words[i].key.replace(".", "", 1).isdigit() and unit.startswith(_PERCENT):
            add(i + (3 if unit.startswith("per ") else 2), "PERCENT", Decimal(words[i].key))
    portion = lexicon.data["portions"].get(words[i].key)
    if portion and "MONEY" not in {t for senses in found.values() for t in senses}:
        add(i + 1, "PERCENT", Decimal(portion))
    following = words[i + 1].key if i + 1 < len(words) else ""
    bounding = words[i].key == "at" and following in ("least", "most")
    arcs = []
    for end, senses in found.items():
        if bounding and end == i + 1:
            continue  # *at least two* is no superlative
        if words[end - 1].key == "in" and "RAISE" in senses and date_at(words, end, lexicon, today):
            senses.pop("RAISE")  # *take in 2025*: what was taken, in that year
            if not senses:
                continue
        if "COUNTRY" in senses and _located(words, i):
            senses.pop("ENT", None)  # *labs in France*: no deal with the state
        text = question[words[i].start : words[end - 1].end]
        segment = Segment(i, end, text, senses)
        cost = 0.3 if "FILLER" in senses and senses.keys() <= {"FILLER", "ITSELF"} else 1.0
        if "ENT" in senses and len(senses) == 1 and not _capital(words, i, end):
            cost = 1.05
        arcs.append((segment, cost - 0.01 * (end - i)))
    if i + 1 not in found:
        cost = 0.3 if words[i].key in (",", "-") else _UNKNOWN_COST
        senses = {"FILLER": None} if words[i].key in (",", "-") else {}
        text = words[i].text
        arcs.append((Segment(i, i + 1, text, senses), cost))
    return arcs


def _located(words: Sequence[Word], i: int) -> bool:
    """Whether a name of a country tells where something is: *in the UK*, *from France*."""
    before = [w.key for w in words[max(0, i - 2) : i] if w.key not in ARTICLES]
    return bool(before) and before[-1] in ("in", "from", "outside", "across")


def _capital(words: Sequence[Word], start: int, end: int) -> bool:
    return any(w.capital for w in words[start:end])


def _named(
    question: str, words: Sequence[Word], start: int, end: int, lexicon: Lexicon, find: Find
) -> Sequence[Entity]:
    inside = words[start:end]
    if all(_plain(w, lexicon) for w in inside):
        return ()
    if inside[0].key in ARTICLES or inside[-1].key in (",", "-"):
        return ()
    name = question[inside[0].start : inside[-1].end]
    aliases: dict[str, str] = lexicon.data["aliases"]
    return find(aliases.get(name) or aliases.get(name.lower(), name))


def _plain(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word is one of the grammar's small words, written small."""
    if word.key in (",", "-", "'s"):
        return True
    if word.capital and not (word.text.istitle() and word.start == 0):
        return False
    senses = lexicon.phrases.get(word.key, ())
    return any(
        s.tag in ("FILLER", "WH", "LIST", "BY", "OF", "IN", "TO", "FROM", "WITH", "FOR")
        for s in senses
    )
