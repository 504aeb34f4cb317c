"""What a question refers to in the clauses around it: *Nvidia is growing. What did it buy?*"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Entity, EntityKind
from kg.questions.choosing import pick
from kg.questions.clauses import words
from kg.questions.segments import Segment
from kg.questions.tokens import Word, even, split

_OWN = frozenset({"its", "their"})
_LINKS = frozenset({"and", "that", "who", "which", "whose", "also", "but"})
"""Between a name and *its*: the name is whose (*who backs X and distributes its models*)."""
_INVERTED = frozenset({"do", "does", "did", "have", "has", "are", "were", "can", "could"})
_COMPLETED = frozenset({"of", "behind", "that", "who", "which", "whose"})
"""Behind *the lab*: what follows says which, so that it refers to nothing before."""
_QUALIFYING = [[w] for w in ("the", "most", "no", "a", "an", "more", "fewer", "at", "only")]
"""The same after *with*: *the lab with the most backers*, not *supplies the lab with chips*."""
_CHOICE = re.compile(r", [^,]+ or [^,]+$")
"""Those who are to choose from, at the end of a question."""
SMALL = frozenset(
    {"FOR", "IN", "ON", "ABOUT", "OF", "WITH", "PERIOD_IN", "PERIOD_SINCE", "PERIOD_ASOF"}
)
_IMPERSONAL = frozenset({"true", "right", "correct", "so", "fair", "known", "the", "possible"})
_TOPICAL = ("", "of", "in", "on", "for")
_PARTS = ("of", "in", "into", "for", "by", "")
"""How a name may be joined to a question that lacks it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a context: as written, and whom it means."""

    text: str
    entity: Entity


def named(context: Sequence[Segment]) -> list[Named]:
    """The names in a context, each once."""
    found: dict[str, Named] = {}
    for segment in context:
        for entity in [pick(segment.senses["ENT"])] if "ENT" in segment.senses else ():
            found.setdefault(entity.id, Named(segment.text.strip(" ,"), entity))
    return list(found.values())


def names_only(context: Sequence[Segment]) -> bool:
    """Whether a context is but a name, of which the question must be asked: *on Mistral: ...*"""
    small = {"FILLER", "AND", "POS", *SMALL}
    return all(s.known and ("ENT" in s.senses or s.senses.keys() <= small) for s in context)


@dataclass(frozen=True, slots=True)
class Reference:
    """Words ``start:end`` of a question that stand for somebody or something named before."""

    start: int
    end: int
    several: bool = False
    owning: bool = False
    kind: str = ""


def references(question: str, asked: Sequence[Segment]) -> list[Reference]:
    """The references of a question that nothing in the question itself resolves."""
    text = split(question)
    found = []
    i = 0
    while i < len(text):
        reference = _reference(text, i)
        if reference is not None and not _within(reference, text, asked, question):
            found.append(reference)
        i = reference.end if reference else i + 1
    return found


def _reference(text: Sequence[Word], i: int) -> Reference | None:
    known = words()
    keys = [w.key for w in text[i : i + 6]]
    for length in (5, 4, 3, 2, 1):
        phrase = " ".join(keys[:length])
        following = keys[length] if len(keys) > length else ""
        if len(keys) < length:
            continue
        if phrase == "it" and following in _IMPERSONAL and i and text[i - 1].key in ("is", "was"):
            return None  # *is it true that*
        if phrase in known["one"]:
            return Reference(i, i + length, owning=phrase in _OWN)
        head, noun = " ".join(keys[: length - 1]), keys[length - 1]
        if head in known["plural"] and noun in known["nouns"] and following not in _COMPLETED:
            return Reference(i, i + length, several=True)
        if phrase in known["several"] and phrase != "both":
            return Reference(i, i + length, several=True, owning=phrase in _OWN)
        if (
            1 < length < 4
            and keys[0] in known["definite"]
            and noun in known["firms"]
            and following not in _COMPLETED
            and not (following == "with" and keys[length + 1 : length + 2] in _QUALIFYING)
            and (length == 2 or not text[i + 1].key.endswith("est"))
        ):
            return Reference(i, i + length, kind=noun)
    return None


def _within(
    reference: Reference, text: Sequence[Word], asked: Sequence[Segment], question: str
) -> bool:
    """Whether a name in the question itself is meant."""
    at = text[reference.start].start
    names = [s for s in asked if "ENT" in s.senses]
    before = [s for s in names if 0 <= question.find(s.text) < at]
    after = [s for s in names if question.find(s.text) == text[reference.end - 1].end + 1]
    if reference.kind and after:
        return True  # *the French lab Mistral*
    nouns = [s for s in asked if s.senses.keys() & {"KIND", "AG"} and s.end <= reference.start]
    led = bool(reference.start) and text[reference.start - 1].key in _INVERTED
    if reference.several and not led and any(s.text.casefold().endswith("s") for s in nouns):
        return True  # *the labs they back*, not *which labs do they back*
    if reference.owning and any(
        text[s.start - 1].key in ("a", "an") for s in nouns if 0 < s.start < len(text)
    ):
        return True  # *a lab and its models*
    if reference.several:
        return len(before) > 1
    if len(before) == 1 and reference.owning:
        start = question.find(before[0].text) + len(before[0].text)
        return bool({w.key for w in text if start <= w.start < at} & _LINKS)
    return False


def resolved(
    question: str,
    context: Sequence[Segment],
    asked: Sequence[Segment],
    text: str,
    read: Callable[[str], object],
) -> list[str]:
    """The question with what it refers to in the context put in, each way that can be read.

    There is none where it refers to what the context does not name.
    """
    pending = references(question, asked)
    ways = []
    for name in _antecedents(pending, context, asked, text):
        others = [r for r in pending if not r.owning]
        least = [r for r in others if r is others[0] or r.kind]
        chosen = [least] if len(least) < len(others) else []
        chosen.append(pending)
        if others and len(others) < len(pending):
            chosen.append(others)  # *which of its rivals does the company back*
        puts = [_put(question, r, name) for r in chosen]
        ways += next(([put] for put in puts if read(put)), [])
    return ways


def _antecedents(
    pending: Sequence[Reference], context: Sequence[Segment], asked: Sequence[Segment], text: str
) -> list[str]:
    """What the references of a question may stand for: one deed, all the names, or one of them."""
    own = {pick(s.senses["ENT"]).id for s in asked if "ENT" in s.senses}
    names = [n for n in named(context) if n.entity.id not in own] or named(context)
    if not any(r.several or r.kind for r in pending):
        for deed, told in deeds(context, text):
            if told == "round" or _ends(asked):
                return [deed]
    if any(r.several for r in pending) and len(names) > 1:
        return [" and ".join(n.text for n in names)]
    firms = any(r.kind for r in pending)
    return [n.text for n in names if not firms or _firm(n.entity)]


def _firm(entity: Entity) -> bool:
    apart = {EntityKind.AUTHORITY, EntityKind.PERSON, EntityKind.PLACE, EntityKind.GOVERNMENT}
    apart |= {EntityKind.MODEL, EntityKind.PRODUCT, EntityKind.PLATFORM}
    return entity.kind not in apart


_ENDINGS = frozenset({"END", "STATUSQ", "TERMS", "WHEN", "REVIEWED"})
"""What is asked of deeds, and not of those who do them."""


def _ends(asked: Sequence[Segment]) -> bool:
    return any(s.senses.keys() & _ENDINGS for s in asked)


def deeds(context: Sequence[Segment], text: str) -> Iterator[tuple[str, str]]:
    """Deeds with their parties, as a context names them (*the CMA's review of X*, *X's last round*), and of what sort.

    A clause that tells of one is put as such: *the CMA was reviewing X*.
    """
    tags = [s.senses.keys() for s in context]
    for i, tag in enumerate(tags):
        if "ENT" not in tag:
            continue
        one, following = context[i], tags[i + 1 :]
        if following[:1] and "POS" in following[0]:
            rest = following[1:]
            last = next((n for n, t in enumerate(rest) if not t & _BEFORE_DEED), len(rest))
            if last < len(rest) and rest[last] & {"ROUNDWORD", "EVR"}:
                yield f"{one.text}'s {_from(text, context[i + 2], context[i + 2 + last])}", "round"
            elif len(rest) > 2 and "EV" in rest[0] and rest[1] & _OF_PARTY and "ENT" in rest[2]:
                yield f"{one.text}'s {_from(text, context[i + 2], context[i + 4])}", "deed"
        elif len(following) > 1 and "RAISE" in following[0] and following[1] & _ROUNDS:
            yield f"{one.text}'s {context[i + 2].text}", "round"
        elif len(following) > 1 and "V" in following[0] and "ENT" in following[1]:
            relation = context[i + 1].senses["V"][0][0]
            if relation in _DONE:
                yield f"{one.text}'s {_DONE[relation]} {context[i + 2].text}", "deed"


_BEFORE_DEED = frozenset({"LAST", "FIRST", "ROUND"})
_ROUNDS = frozenset({"ROUND", "ROUNDWORD"})
_OF_PARTY = frozenset({"OF", "IN", "TO"})
_DONE = {"scrutiny": "review of", "investment": "investment in", "acquisition": "acquisition of"}
"""Deeds by the relation that a verb names."""


def _from(text: str, first: Segment, last: Segment) -> str:
    start = text.find(first.text)
    return text[start : text.find(last.text, start) + len(last.text)]


def _put(question: str, references: Sequence[Reference], name: str) -> str:
    text = split(question)
    for r in reversed(references):
        replaced = f"{name}'s" if r.owning else name
        question = question[: text[r.start].start] + replaced + question[text[r.end - 1].end :]
    return question


def attached(
    question: str, context: Sequence[Segment], asked: Sequence[Segment], text: str
) -> Iterator[str]:
    """The question with what its context names joined to it: *who led the last round of X*.

    It is a deed where the question is of one (*what was the result?*), else the one name.
    """
    if _ends(asked):
        for deed, _ in deeds(context, text):
            yield f"{question.rstrip('?.! ')} of {deed}"
    names = named(context)
    if len(names) == 1:
        bare = question.rstrip("?.! ")
        choice = _CHOICE.search(bare)
        body, rest = (bare[: choice.start()], choice[0]) if choice else (bare, "")
        if names_only(context):
            yield f"{names[0].text} {bare}"
        for part in _TOPICAL if names_only(context) else _PARTS:
            yield f"{body} {part} {names[0].text}{rest}".replace("  ", " ")


def of_kind(question: str, context: Sequence[Segment], asked: Sequence[Segment]) -> str | None:
    """*which ones*, with the noun that the context names: of entities where a deed is asked for."""
    nouns = [s for s in context if s.senses.keys() & {"KIND", "RELATIONSHIPS", "EV", "AG"}]
    low = even(question)
    for phrase in sorted(words()["ones"], key=len, reverse=True):
        at = low.find(phrase)
        if at >= 0 and nouns:
            several = [s for s in nouns if s.text.casefold().endswith("s")] or nouns
            doing = any("V" in s.senses for s in asked)
            kinds = [s for s in several if "KIND" in s.senses] if doing else []
            head = (kinds or several)[0]
            i = list(context).index(head)
            country = i and "COUNTRY" in context[i - 1].senses
            noun = f"{context[i - 1].text} {head.text}" if country else head.text
            return f"{question[:at]}which {noun}{question[at + len(phrase) :]}"
    return None


_ELSE = re.compile(
    r"(?:and\s+)?(?:who|anyone|anybody|does anyone|is there anyone)\s+else(?:\s+(?:does|has|is|did|do))?\W*",
    re.IGNORECASE,
)
"""Who has done the same."""


def others(question: str, context: Sequence[Segment], text: str) -> str | None:
    """*I know X backs Y. Who else?*, with what the context says of X: *who besides X backs Y*."""
    at = next((i for i, s in enumerate(context) if "ENT" in s.senses), None)
    if at is None or not _ELSE.fullmatch(question):
        return None
    deed = context[at + 1 : at + 2]
    if not deed or not deed[0].senses.keys() & {"V", "LEDROUND"}:
        return None
    name = context[at].text
    return f"who besides {name} {text[text.find(name) + len(name) :].strip()}?"


def dated(question: str, context: Sequence[Segment], framed: bool) -> Iterator[str]:
    """The question with the one date of its context: where it refers to it, else behind it.

    The latter only if the context is ``framed`` as what all is about.
    """
    dates = [s for s in context if "DATE" in s.senses]
    if len(dates) != 1:
        return
    when, known = dates[0].text.strip(" ,"), words()
    low = even(question)
    for phrase in known["times"]:
        at = f" {low} ".find(f" {phrase}")
        if at >= 0 and not low[at + len(phrase) : at + len(phrase) + 1].isalpha():
            yield f"{question[:at]}{_introduced(question[:at], when)}{question[at + len(phrase) :]}"
            return
    keys = split(question)
    for i, word in enumerate(keys):
        stretch = [w.key for w in keys[i : i + 3]]
        if word.key in ("those", "these", "that", "this") and set(stretch) & set(known["periods"]):
            length = next(n for n, k in enumerate(stretch, 1) if k in known["periods"])
            yield question[: word.start] + when + question[keys[i + length - 1].end :]
            return
    if framed:
        yield f"{question.rstrip('?.! ')} in {when}"


def _introduced(before: str, when: str) -> str:
    linked = before.rstrip().casefold().endswith((" in", " during", " over", " since", " of"))
    return when if linked else f"in {when}"
