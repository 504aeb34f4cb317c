"""Lists of names set out line by line: whose investments, backers or partners they are.

``Its investments include:`` with a line for each, or a heading with ``- Portfolio: A, B`` below it.
Each line is told as a sentence of its own, with the owner as whom its "its" stands for.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.tables import Row, listed

_BULLET = re.compile(r"\s*(?:[-–—•*·▪◦]+|\d{1,2}[.)])\s+\**")
_LABEL = re.compile(r"([A-Za-z][\w &/-]{2,40}?)\**\s?:\**\s+")
_END = re.compile(r",?\s*(?:etc\.?|among others|and (?:more|others))?[\s.;*]*$")
_BRACKETS = re.compile(r"\s*\([^()]{0,30}\)")
_BETWEEN = re.compile(r"\s?[-–—]\s(?:the )?|\s[-–—]\s?", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+")
_INTRODUCES = re.compile(
    r"(?:[^.:]{0,40}?\b(?:includ\w+|are|were|comprise[sd]?)\b[^.:]{0,30})?\s?:\**\s*$"
)
_HEADING = 70
"""Characters of a heading at most."""
_REACH = 8
"""Lines below a heading or an introduction within which its list stands."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as far as lists need it."""

    start: int
    end: int
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Owned:
    """A line as a row, and whose list it is part of, if of anyone's."""

    row: Row
    owner: Name | None = None


def owned_lines(text: str, lines: Sequence[Line]) -> Mapping[int, Owned]:
    """The lines that list what somebody named above them has, by index."""
    found: dict[int, Owned] = {}
    introduced: tuple[str, Name, int] | None = None
    headed: tuple[Name, int] | None = None
    paired: bool | None = False
    for index, line in enumerate(lines):
        bullet = _BULLET.match(text, line.start, line.end)
        if bullet is None:
            paired = None
            introduced = _introduction(text, lines, index)
            owner = _heading(text, line)
            headed = (owner, index) if owner is not None else headed
            continue
        if paired is None:
            paired = _announces_deals(text, lines[index - 1])
        if paired and (row := _pair(text, line, bullet.end())) is not None:
            found[index] = Owned(row)
            continue
        label = _LABEL.match(text, bullet.end(), line.end)
        start = label.end() if label is not None else bullet.end()
        noun = _noun(label.group(1)) if label is not None else None
        if noun is not None and headed is not None and index - headed[1] <= _REACH:
            owner = headed[0]
        elif introduced is not None and index - introduced[2] <= _REACH:
            noun, owner, _ = introduced
        else:
            continue
        row = _row(text, line, start, noun)
        if row is not None and owner.name not in {n.name for n in line.names}:
            found[index] = Owned(row, owner)
    return found


def _announces_deals(text: str, line: Line) -> bool:
    """Whether a line such as ``Publishers that have signed licensing deals`` heads a list of pairs."""
    said = {
        w.group().lower() for w in _WORD.finditer(text, line.start, min(line.end, line.start + 200))
    }
    return bool(said & words("tables", "deals")) and not said & words("tables", "disputes")


def _pair(text: str, line: Line, start: int) -> Row | None:
    """``A – B``: the two have a deal."""
    if len(line.names) != 2 or not all(n.is_organisation for n in line.names):
        return None
    one, other = line.names
    whole = text[start : one.start].strip().lower() in ("", "the") and other.end == line.end
    if not whole or not _BETWEEN.fullmatch(text, one.end, other.start):
        return None
    return Row(((one.start, one.end), "signed a deal with", (other.start, other.end)))


def _row(text: str, line: Line, start: int, noun: str) -> Row | None:
    """``its investments include A and B``, where the line holds names and nothing else."""
    end = _END.search(text, start, line.end)
    span = (start, end.start() if end is not None else line.end)
    names = [n for n in line.names if span[0] <= n.start and n.end <= span[1]]
    if not names or any(n.is_place or n.is_person for n in names):
        return None
    if any(b.start - a.end < 2 and text[a.end] == " " for a, b in itertools.pairwise(names)):
        return None
    left = list(text[slice(*span)])
    for name in names:
        left[name.start - start : name.end - start] = " " * (name.end - name.start)
    if re.sub(r"[\s,;&*]|\band\b", "", _BRACKETS.sub("", "".join(left))):
        return None
    items = [(n.start, n.end) for n in names]
    return Row(("its", noun, "include", *listed(items)))


def _introduction(text: str, lines: Sequence[Line], index: int) -> tuple[str, Name, int] | None:
    """What a line such as ``Their investments included:`` introduces, and whose it is."""
    line = lines[index]
    if text.find(":", line.start, line.end) < 0:
        return None
    said = _WORD.finditer(text, max(line.start, line.end - 110), line.end)
    nouns = (_noun(w.group()) for w in said if _INTRODUCES.match(text, w.end(), line.end))
    noun = next((n for n in nouns if n is not None), None)
    if noun is None:
        return None
    own = [n for n in line.names if n.is_organisation]
    before = [n for n in lines[index - 1].names if n.is_organisation] if index else []
    if not own and not before and index > 1:
        before = [n for n in lines[index - 2].names if n.is_organisation]
    owners = own or before
    return (noun, owners[0], index) if owners else None


def _heading(text: str, line: Line) -> Name | None:
    """Whose name a short line without a verb consists of."""
    if line.end - line.start > _HEADING or not line.names:
        return None
    first = line.names[0]
    others = {n.name for n in line.names if n.entity is None or n.entity is not first.entity}
    rest = _BRACKETS.sub("", text[first.end : line.end]).strip(" *#:_")
    marks = text[line.start : first.start].strip(" *#_0123456789.")
    plain = first.is_organisation and not rest and not marks
    return first if plain and len(others - {first.name}) <= 1 else None


def _noun(label: str) -> str | None:
    """The noun for what a label or an introduction calls what is listed."""
    nouns = table("tables")["owned"]
    return next((n for n, labels in nouns.items() if label.lower() in labels), None)
