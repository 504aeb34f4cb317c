"""Pieces of text with their places: words, also where link removal has glued them together.

Scraped articles lose the space beside a link: ``the stake inNvidiafor $5bn``. Such words
are cut where the cut leaves ordinary words and names; offsets are never changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from kg.extraction.rules.language import FUNCTION_WORDS, is_word

_PIECE = re.compile(r"[^\W_]+(?:['’](?!s\b|S\b)[^\W\d_]+)*|['’][sS]\b|[^\w\s]|_", re.UNICODE)
_ABBREVIATION = re.compile(r"(?:(?<=\W)|^)(?:(?:[A-Z]\.){2,}|U\.[SK]\b)", re.UNICODE)
_INNER = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_GLUE = sorted(
    (
        w
        for w in FUNCTION_WORDS
        if len(w) > 1 and w not in ("am", "me", "us", "my", "do", "or", "so")
    ),
    key=len,
    reverse=True,
)
_GLUE_LEFT = (
    *_GLUE,
    "or",
    "us",
    "startup",
    "chipmaker",
    "company",
    "maker",
    "rival",
    "firm",
    "giant",
)
_GLUE_RIGHT = (
    *_GLUE,
    "or",
    "announced",
    "reported",
    "told",
    "model",
    "models",
    "endpoint",
    "app",
    "also",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a mark at ``start:end``; ``glued`` where no space or mark precedes it though one should."""

    text: str
    start: int
    end: int
    glued: bool = False


def pieces(text: str, known: Callable[[str], bool]) -> list[Piece]:
    """The pieces of a text; ``known`` tells whether a word is (the start of) a known name."""
    found: list[Piece] = []
    position = 0
    for match in _ABBREVIATION.finditer(text):
        found += _plain(text, position, match.start(), known)
        found.append(Piece(match.group(), match.start(), match.end()))
        position = match.end()
    found += _plain(text, position, len(text), known)
    return found


def _plain(text: str, start: int, end: int, known: Callable[[str], bool]) -> list[Piece]:
    found: list[Piece] = []
    for match in _PIECE.finditer(text, start, end):
        word, at = match.group(), match.start()
        cuts = (
            () if len(word) < 4 or not word.isascii() or not word.isalpha() else _cuts(word, known)
        )
        previous = 0
        for cut in (*cuts, len(word)):
            found.append(Piece(word[previous:cut], at + previous, at + cut, previous > 0))
            previous = cut
    return found


@lru_cache(maxsize=65536)
def _cuts(word: str, known: Callable[[str], bool]) -> tuple[int, ...]:
    if known(word) or is_word(word):
        return ()
    if word.islower():
        return _cut_lower(word)
    return _cut_mixed(word, known)


def _cut_lower(word: str) -> tuple[int, ...]:
    """``whichoffered`` -> after ``which``; both sides must be ordinary words of some length."""
    if len(word) < 7:
        return ()
    for glue in _GLUE:
        rest = len(word) - len(glue)
        if rest >= 4 and word.startswith(glue) and is_word(word[len(glue) :]):
            return (len(glue),)
        if rest >= 4 and len(glue) > 1 and word.endswith(glue) and is_word(word[:rest]):
            return (rest,)
    if word.endswith("a") and len(word) > 7 and is_word(word[:-1]):
        return (len(word) - 1,)
    return ()


def _cut_mixed(word: str, known: Callable[[str], bool]) -> tuple[int, ...]:
    """``theGemini``, ``inArm``, ``SoftBanksaid``, ``APIandGoogle``: a name beside a function word."""
    for match in _INNER.finditer(word):
        left, right = word[: match.start()], word[match.start() :]
        if left in _GLUE_LEFT or (left.islower() and len(left) > 3 and is_word(left)):
            return (len(left), *(len(left) + c for c in _cuts(right, known)))
    for glue in _GLUE_RIGHT:
        if word.endswith(glue) and len(word) - len(glue) > 2:
            left = word[: -len(glue)]
            if left[0].isupper() and (known(left) or left.isupper()):
                return (len(left),)
    for glue in _GLUE:
        for match in re.finditer(glue + "(?=[A-Z])", word):
            left, right = word[: match.start()], word[match.end() :]
            if (
                len(left) > 1
                and (known(left) or left.isupper() or known(right))
                and left[0].isupper()
            ):
                rest = tuple(match.end() + c for c in _cuts(right, known))
                return (match.start(), match.end(), *rest)
    return ()


_END = re.compile(
    r"""(?:(?<=[^\W\d_]{2})|(?<=[\d)%\]"”’'*_]))\\?[.!?]+["”’')\]*]*(?=\s+["“‘'(\[*#]*[^\Wa-z_]|\s*$|\s*\n)
      | (?<=[a-z]{2})[.!?]["”](?=[A-Z])
      | (?<=[a-z]{3})[.!?](?=[A-Z][a-z]+\s)
      | \s*\n\s*
      | \s+[|]\s+""",
    re.VERBOSE | re.UNICODE,
)
_NO_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rep|Gov|Inc|Corp|Ltd|Co|Cos|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|"
    r"Sept|Sep|Oct|Nov|Dec|Jr|Sr|Rs|approx|est|fig|al|etc|Lt|Col|Bros|Ave|Capt)|\b[A-Z])\\?\.$"
)
_COMPANY_END = re.compile(r"\b(?:Inc|Corp|Ltd|Co|Cos|Jr|Sr|etc)\.$")
_STARTER = re.compile(
    r"\s+[\"“]?(?:The|It|In|On|But|And|He|She|They|We|A|An|This|That|Its|For|At|As|If|While)\b"
)


_WRAPPED_LINE = (45, 120)
"""Length of a line that was broken for its length."""


def _wrapped(text: str, gap: re.Match[str]) -> bool:
    """Whether the line break in the gap is within a sentence: the text was wrapped at a width."""
    if gap.group().count("\n") != 1 or gap.end() >= len(text):
        return False
    before, following = text[gap.start() - 1 : gap.start()], text[gap.end()]
    if before in (".", "!", "?", ":", "|") or following in "-*•#|>[":
        return False
    line = gap.start() - (text.rfind("\n", 0, gap.start()) + 1)
    return following.islower() or (
        _WRAPPED_LINE[0] <= line <= _WRAPPED_LINE[1] and before.islower()
    )


def sentences(text: str) -> list[tuple[int, int]]:
    """Places of the sentences, in order, without surrounding white space."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.end() <= start:
            continue
        head = text[max(start, match.end() - 12) : match.end()]
        if not match.group().strip() and _wrapped(text, match):
            continue
        within_line = "\n" not in match.group() and "|" not in match.group()
        ends_company = _COMPANY_END.search(head) and _STARTER.match(text, match.end())
        if within_line and _NO_END.search(head) and not ends_company:
            continue
        _add(text, start, match.end(), spans)
        start = match.end()
    _add(text, start, len(text), spans)
    return spans


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while start < end and (text[start].isspace() or text[start] == "|"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "|"):
        end -= 1
    if start < end:
        spans.append((start, end))
