"""What a question refers to in the clauses around it: *Nvidia is growing. What did it buy?*"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.model import Entity, EntityKind
from kg.questions.choosing import pick
from kg.questions.clauses import words
from kg.questions.named import asks_of_deeds, deeds, named
from kg.questions.segments import Segment
from kg.questions.tokens import Word, split

_OWN = frozenset({"its", "their"})
_LINKS = frozenset({"and", "that", "who", "which", "whose", "also", "but"})
"""Between a name and *its*: the name is whose (*who backs X and distributes its models*)."""
_INVERTED = frozenset({"do", "does", "did", "have", "has", "are", "were", "can", "could"})
_COMPLETED = frozenset({"of", "behind", "that", "who", "which", "whose"})
"""Behind *the lab*: what follows says which, so that it refers to nothing before."""
_QUALIFYING = [[w] for w in ("the", "most", "no", "a", "an", "more", "fewer", "at", "only")]
"""The same after *with*: *the lab with the most backers*, not *supplies the lab with chips*."""
_EXISTING = frozenset({"is", "are", "was", "were", "been", "be", "out"})
_IMPERSONAL = frozenset({"true", "right", "correct", "so", "fair", "known", "the", "possible"})


@dataclass(frozen=True, slots=True)
class Reference:
    """Words ``start:end`` of a question that stand for somebody or something named before."""

    start: int
    end: int
    several: bool = False
    owning: bool = False
    kind: str = ""
    placed: bool = False


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
        if (
            phrase == "there"
            and i
            and text[i - 1].key not in _EXISTING
            and following not in _EXISTING
        ):
            return Reference(i, i + 1, placed=True)
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
            and (length == 2 or not text[i + 1].key.endswith(("est", "same")))
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
    plural = [s for s in nouns if s.text.casefold().endswith("s")]
    acting = text[reference.start].key == "them"  # *which authorities look at them*: at others
    if reference.several and not led and len(plural) > acting:
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
    if not any(r.several or r.kind for r in pending):
        for deed, told in deeds(context, text):
            if (told == "round" or asks_of_deeds(asked)) and (
                way := _read(question, pending, deed, read)
            ):
                return [way]
    names = _antecedents(pending, context, asked)
    return [way for name in names if (way := _read(question, pending, name, read))]


def _read(
    question: str, pending: Sequence[Reference], name: str, read: Callable[[str], object]
) -> str | None:
    """The question with a name in place of its references, or of as many as it must be, to be read."""
    others = [r for r in pending if not r.owning]
    least = [r for r in others if r is others[0] or r.kind]
    chosen = [least] if len(least) < len(others) else []
    chosen.append(list(pending))
    if others and len(others) < len(pending):
        chosen.append(others)  # *which of its rivals does the company back*
    return next((put for r in chosen if read(put := _put(question, r, name))), None)


def _antecedents(
    pending: Sequence[Reference], context: Sequence[Segment], asked: Sequence[Segment]
) -> list[str]:
    """What the references of a question may stand for: all the names, or one of them."""
    own = {pick(s.senses["ENT"]).id for s in asked if "ENT" in s.senses}
    names = [n for n in named(context) if n.entity.id not in own] or named(context)
    if any(r.several for r in pending) and len(names) > 1:
        return [" and ".join(n.text for n in names)]
    firms = any(r.kind for r in pending)
    return [n.text for n in names if not firms or _firm(n.entity)]


def _firm(entity: Entity) -> bool:
    apart = {EntityKind.AUTHORITY, EntityKind.PERSON, EntityKind.PLACE, EntityKind.GOVERNMENT}
    apart |= {EntityKind.MODEL, EntityKind.PRODUCT, EntityKind.PLATFORM}
    return entity.kind not in apart


def _put(question: str, references: Sequence[Reference], name: str) -> str:
    text = split(question)
    for r in reversed(references):
        replaced = f"{name}'s" if r.owning else f"on {name}" if r.placed else name
        question = question[: text[r.start].start] + replaced + question[text[r.end - 1].end :]
    return question
