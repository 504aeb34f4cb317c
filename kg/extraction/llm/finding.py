"""Where words stand in a text, and whether a passage speaks to a machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SAME = {
    "'": "['’‘`´]",
    "’": "['’‘`´]",
    "‘": "['’‘`´]",
    '"': '["“”„«»]',
    "“": '["“”„«»]',
    "”": '["“”„«»]',
    "-": "[-‐‑‒–—−]",
    "–": "[-‐‑‒–—−]",
    "—": "[-‐‑‒–—−]",
}
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

# Words by which texts try to steer a model that reads them; no news article needs them.
_READER = (
    r"(?:ai|a\.i\.|llms?|(?:large\s+)?language\s+models?|assistants?|chatbots?|extractors?|crawlers?"
    r"|(?:extraction|ai)\s+(?:systems?|tools?|models?|agents?|assistants?|readers?)|machine\s+readers?)"
)
_OUTPUT = r"(?:facts?|statements?|json|triples?|relations?|knowledge\s+graph|your\s+(?:answer|output|reply|response|list))"
_TO_MACHINES = re.compile(
    rf"""
    \b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{{0,30}}
        \b(?:instructions?|prompts?|directions|guidelines|(?:everything|anything|all|what\s+(?:is|was|came|comes))\s+(?:above|before|so\s+far))\b
    | \byour\s+(?:system\s+|new\s+|real\s+|actual\s+|only\s+)*(?:prompt|instructions?|task|job\s+is)\b
    | \byou\s+are\s+(?:now\s+)?(?:an?\s+|the\s+)?(?:\w+\s+){{0,3}}{_READER}\b
    | \b(?:attention|dear|note\s+(?:to|for)|instructions?\s+(?:to|for)|messages?\s+(?:to|for)|if\s+you\s+are)\s*[,:]?\s+
        (?:(?:all|any|every|the|an?)\s+)*{_READER}\b
    | \bas\s+an?\s+{_READER}(?:\s+\w+)?\s*,\s+you\b
    | (?:^|[.:;!?,]\s+|\b(?:please|must|should|shall|now|always|and|then|to)\s+)
        (?:add|record|output|return|emit|insert|include|extract|list|append|produce|respond|reply|store)\b[^.\n]{{0,60}}\b{_OUTPUT}\b
    | <\|?/?(?:im_start|im_end|system|assistant|user|endoftext|instructions?)\b
    | \[/?(?:INST|SYS|SYSTEM)\]
    | ^\s*(?:\#+\s*)?(?:system|assistant|instructions?)\s*:
    | \bARTICLE\s+[0-9a-f]{{8,}}\s+(?:begins|ends)\b
    | \bend\s+of\s+(?:the\s+)?(?:article|document|text|input)\b
    | "(?:facts|modality|quote)"\s*:
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)


_SENTENCE_END = re.compile(r"(?P<mark>[.!?][\"”’')\]]*)(?:\s+(?=[^\sa-z])|\s*\Z)")


def find(
    text: str, words: str, start: int = 0, end: int | None = None, *, whole: bool = False
) -> tuple[int, int] | None:
    """The first place of the words in ``text[start:end]``, as offsets into the text.

    Spaces, quotation marks, apostrophes and dashes may differ in shape; with ``whole``
    the words do not begin or end inside a word.
    """
    return next(places(text, words, start, end, whole=whole), None)


def places(
    text: str, words: str, start: int = 0, end: int | None = None, *, whole: bool = True
) -> Iterator[tuple[int, int]]:
    """Every place of the words, see ``find``."""
    pattern = _pattern(words)
    if pattern is None:
        return
    if whole:
        pattern = (
            rf"(?<!\w){pattern}(?!\w)" if words.strip()[-1:].isalnum() else rf"(?<!\w){pattern}"
        )
    for found in re.compile(pattern).finditer(text, start, len(text) if end is None else end):
        yield found.span()


def paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """The lines in which the span lies."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return first, len(text) if last < 0 else last


def sentences(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole sentences in which the span lies: a quote cut short may leave out a "not"."""
    first, last = paragraph(text, start, end)
    before = [m.end() for m in _SENTENCE_END.finditer(text, first, start)]
    after = _SENTENCE_END.search(text, max(start, end - 2), last)
    begin = (
        before[-1] if before else first + len(text[first:start]) - len(text[first:start].lstrip())
    )
    return begin, max(end, after.end("mark") if after else len(text[:last].rstrip()))


def addressed(text: str, start: int, end: int) -> bool:
    """Whether the paragraph of the span holds words meant for a machine that reads it."""
    first, last = paragraph(text, start, end)
    seen = text[first:last].translate({ord(c): None for c in _INVISIBLE})
    return bool(_TO_MACHINES.search(seen))


def _pattern(words: str) -> str | None:
    parts = words.split()
    if not parts:
        return None
    return r"\s+".join("".join(_SAME.get(c, re.escape(c)) for c in part) for part in parts)
