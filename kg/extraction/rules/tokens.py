"""Pieces of text with their places: words, also where link removal has run them together.

Scraped articles lose the space beside a link: ``the stake inNvidiafor $5bn``. Such words
are cut (``segmentation``); offsets are never changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from kg.extraction.rules.datelines import report_begins
from kg.extraction.rules.segmentation import NO_SPELLING, Spelling, cuts, cuts_by_article

_PIECE = re.compile(r"[^\W_]+(?:['’](?!s\b|S\b)[^\W\d_]+)*|['’][sS]\b|[^\w\s]|_", re.UNICODE)
_STATES = (
    "Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|"
    "Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Vt|Va|Wash|Wis|Wyo|Ont|Que|Alta"
)
_ABBREVIATION = re.compile(
    rf"(?:(?<=\W)|^)(?:(?:[A-Z]\.){{2,}}|U\.[SK]\b)|(?<=[a-z], )(?:{_STATES})\.", re.UNICODE
)
"""``U.S.``, and the states as the press shortens them behind a town: ``San Jose, Calif.``."""


class Piece(NamedTuple):
    """A word or a mark at ``start:end``; ``glued`` where no space or mark precedes it though one should."""

    text: str
    start: int
    end: int
    glued: bool = False


def pieces(
    text: str, known: Callable[[str], bool], article: Spelling = NO_SPELLING, first: int = 0
) -> list[Piece]:
    """The pieces of a text; ``known`` tells whether a word is (the start of) a known name.

    ``article`` is how the article that the text is of spells its names, ``first`` the place
    where the text begins in it.
    """
    found: list[Piece] = []
    position = 0
    for match in _ABBREVIATION.finditer(text):
        found += _plain(text, position, match.start(), known, article, first)
        found.append(Piece(match.group(), first + match.start(), first + match.end()))
        position = match.end()
    found += _plain(text, position, len(text), known, article, first)
    return found


def _plain(
    text: str, start: int, end: int, known: Callable[[str], bool], article: Spelling, first: int
) -> list[Piece]:
    found: list[Piece] = []
    for match in _PIECE.finditer(text, start, end):
        word, at = match.group(), first + match.start()
        ends: tuple[int, ...] = ()
        if len(word) > 3 and word.isascii() and word not in article.often:
            ends = cuts(word, known)
            if not ends and word[0].isupper():
                ends = cuts_by_article(word, article)
        if not ends:
            found.append(Piece(word, at, at + len(word)))
            continue
        previous = 0
        for cut in (*ends, len(word)):
            found.append(Piece(word[previous:cut], at + previous, at + cut, previous > 0))
            previous = cut
    return found


_END = re.compile(
    r"""(?:(?<=[^\W\d_]{2})|(?<=[\d)%\]"”’'*_]))\\?[.!?]+["”’')\]*]*(?=\s+["“‘'(\[*#]*(?:[a-z]?[^\Wa-z_])|\s*$|\s*\n)
      | (?<=[a-z]{2})[.!?]["”](?=[A-Z])
      | (?<=\b[Ss]eries[ -][A-K])\.(?=\s+["“]?[A-Z])
      | (?<=[a-z]{3})[.!?](?=[A-Z][a-z]+\s)
      | (?<=\w);(?=\s+(?:[A-Z][\w.&'’-]*\s+){1,4}(?:has|have|had|is|are|was|were|will|would|may|could|holds?|owns?|said|says|bought|led|took|put|made|held|\w{2,}ed)\b)
      | \s*\n\s*
      | \s+[|]\s+""",
    re.VERBOSE | re.UNICODE,
)
_NO_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rep|Gov|Inc|Corp|Ltd|Co|Cos|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|"
    r"Sept|Sep|Oct|Nov|Dec|Jr|Sr|Rs|approx|est|fig|al|etc|Lt|Col|Bros|Ave|Capt)|\b[A-Z])\\?\.$"
)
_ROUND_END = re.compile(r"\bseries[ -][A-K]\.$", re.IGNORECASE)
_COMPANY_END = re.compile(r"\b(?:Inc|Corp|Ltd|Co|Cos|Jr|Sr|etc)\.$")
_STARTER = re.compile(
    r"\s+[\"“]?(?:(?:The|It|In|On|But|And|He|She|They|We|A|An|This|That|Its|For|At|As|If|While|Separately|Meanwhile|However|Also|Earlier|Later|Last|Their|His|Her|There|These|Those|Both|With|After|Before|Since|Under|Then|Other|Others|Another)\b"
    # a name and its verb: "... by Intel Corp. Nvidia was"
    r"|(?!(?:Chief|President|Chair|Chairman|Chairwoman|Chairperson|Executive|Founder|Co|Director|Vice)\b)"
    r"[A-Z][a-z]\w*(?:,\s(?:which|who|whose|a|an)|\s(?:is|was|are|were|has|had|have|will|would|could|may|might|also|declined))\b)"
)


_WRAPPED_LINE = (45, 120)
"""Length of a line that was broken for its length."""


def _wrapped(text: str, gap: re.Match[str]) -> bool:
    """Whether the line break in the gap is within a sentence: the text was wrapped at a width.

    A line was broken for its length only if the first word of the next would have made it
    longer than the longest line beside it; headlines one below the other were not.
    """
    if gap.group().count("\n") != 1 or gap.end() >= len(text):
        return False
    before, following = text[gap.start() - 1 : gap.start()], text[gap.end()]
    if before in (".", "!", "?", ":", "|") or following in "-*•#|>[":
        return False
    start = text.rfind("\n", 0, gap.start()) + 1
    line = gap.start() - start
    if following.islower():
        return True
    if not (_WRAPPED_LINE[0] <= line <= _WRAPPED_LINE[1] and before.islower()):
        return False
    word = len(text[gap.end() : gap.end() + 40].split(maxsplit=1)[0])
    return line + 1 + word > _longest_beside(text, start, gap.end())


def _longest_beside(text: str, start: int, after: int) -> int:
    """Length of the longest line of the paragraph, no more than 2,000 characters away."""
    top = text.rfind("\n\n", max(0, start - 2000), start) + 2
    end = text.find("\n\n", after, after + 2000)
    paragraph = text[max(top, start - 2000) : end if end > 0 else after + 2000]
    return max(map(len, paragraph.split("\n")))


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
        if "\n" not in match.group() and _in_row(text, match.start()):
            continue
        ends_company = _COMPANY_END.search(head) and _STARTER.match(text, match.end())
        ends_round = _ROUND_END.search(head)
        if within_line and _NO_END.search(head) and not ends_company and not ends_round:
            continue
        _add(text, start, match.end(), spans)
        start = match.end()
    _add(text, start, len(text), spans)
    return spans


def _in_row(text: str, place: int) -> bool:
    """Whether a place is in a row of a Markdown table, which is told as a whole."""
    line = text.rfind("\n", 0, place) + 1
    if not text[line : line + 8].lstrip(" ").startswith("|"):
        return False
    end = text.find("\n", place)
    return (len(text) if end < 0 else end) - line < _LONGEST_ROW


_LONGEST_ROW = 400
"""Characters of a table's row beyond which its cells hold sentences of their own."""


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while start < end and (text[start].isspace() or text[start] == "|"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "|"):
        end -= 1
    told = report_begins(text, start) if start < end else start
    if start < told < end:
        spans.append((start, told))
        start = told
    if start < end:
        spans.append((start, end))
