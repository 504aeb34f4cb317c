"""What a question lacks and its context has: whom it is of, which ones, who else, in which year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import EntityKind
from kg.questions.clauses import words
from kg.questions.named import asks_of_deeds, deeds, named, names_only
from kg.questions.segments import Segment
from kg.questions.tokens import even, split

_CHOICE = re.compile(r", [^,]+ or [^,]+$")
"""Those who are to choose from, at the end of a question."""
_TOPICAL = ("", "of", "in", "on", "for")
_PARTS = ("of", "in", "into", "for", "by", "")
"""How a name may be joined to a question that lacks it."""


def attached(
    question: str, context: Sequence[Segment], asked: Sequence[Segment], text: str
) -> Iterator[str]:
    """The question with what its context names joined to it: *who led the last round of X*.

    It is a deed where the question is of one (*what was the result?*), else the one name.
    """
    if asks_of_deeds(asked):
        for deed, _ in deeds(context, text):
            yield f"{question.rstrip('?.! ')} of {deed}"
    names = named(context)
    if len(names) == 1:
        bare = question.rstrip("?.! ")
        choice = _CHOICE.search(bare)
        body, rest = (bare[: choice.start()], choice[0]) if choice else (bare, "")
        if names_only(context):
            yield f"{names[0].text} {bare}"
        on = (EntityKind.PLATFORM, EntityKind.CLOUD_PROVIDER, EntityKind.MODEL_HUB)
        first = ("on",) if names[0].entity.kind in on else ()
        for part in (*first, *(_TOPICAL if names_only(context) else _PARTS)):
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
