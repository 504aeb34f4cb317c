"""Rows of tables, told as sentences: ``| Apple | $8,000,000 (by the French DPA for ...) |``.

A Markdown table's headings say what its cells are. A row whose columns fit one of the ways of
telling (``lexicon/tables.yaml``) is put to the parser as that sentence; every word of it still
knows its place in the article, and the words between the cells stand for the bar.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extraction.rules.figures import Money
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.masking import Masked, Segment, mask
from kg.extraction.rules.tokens import Piece

Span = tuple[int, int]

_RULE = re.compile(r"[ ]*\|?[ \t:|-]*-{2,}[ \t:|-]*(?:\n|\Z)")
_BY = re.compile(r"[\d%][^|()]*\((?=by\s)")
_ITEM = re.compile(r"(?!and\s)[^,;\s](?:(?!\s+and\s|\s*$)[^,;])*")
_WORD = re.compile(r"[a-z-]+")
_LIST = re.compile(r"[\s*•\-#]*([A-Za-z][A-Za-z ]{3,26})\**\s?(:)\s?\**\s?(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a sentence: words as they are, and places of cells, in the order of telling."""

    parts: tuple[str | Span, ...]


def row_of(text: str, start: int, end: int) -> Row | None:
    """The row or list that ``text[start:end]`` is, if it tells something; None for a plain sentence."""
    line = text.rfind("\n", 0, start) + 1
    if text[line : start + 1].lstrip()[:1] == "|":
        cells = list(_cells(text, line, end))
        if _RULE.match(text, line) or _RULE.match(text, text.find("\n", line) + 1):
            return Row(())
        return _by_headings(text, line, cells) or _fined(text, cells)
    heading = _LIST.match(text, start, end)
    if heading is not None and heading.group(1).lower() in words("tables", "list"):
        return Row((heading.span(1), "include", *_listed(text, (heading.end(), end))))
    return None


def masked_row(
    text: str,
    row: Row,
    span: Span,
    found: Sequence[Piece],
    names: Sequence[Name],
    sums: Sequence[Money],
) -> Masked:
    """The row rewritten for the parser, as ``mask`` rewrites a sentence."""
    out, segments = "", list[Segment]()
    kept_names, kept_sums = list[Name](), list[Money]()
    last = span[0]
    for part in row.parts:
        out += " " if out else ""
        if isinstance(part, str):
            segments.append(Segment(len(out), len(out) + len(part), last, last + 1))
            out += part
            continue
        start, end = part
        inside = [n for n in names if start <= n.start and n.end <= end]
        figures = [m for m in sums if start <= m.start and m.end <= end]
        pieces = [p for p in found if start <= p.start and p.end <= end]
        cell = mask(text, start, end, pieces, inside, figures, False, len(kept_names))
        for segment in cell.segments:
            segments.append(
                segment._replace(
                    start=segment.start + len(out),
                    end=segment.end + len(out),
                    name=None if segment.name is None else segment.name + len(kept_names),
                    money=None if segment.money is None else segment.money + len(kept_sums),
                )
            )
        out += cell.text
        kept_names += inside
        kept_sums += figures
        last = end
    return Masked(out + ".", tuple(segments), tuple(kept_names), tuple(kept_sums), *span)


def _cells(text: str, line: int, end: int) -> Iterator[Span]:
    """The places of the cells of the row that begins at ``line``, without white space."""
    stop = text.find("\n", line)
    stop = len(text) if stop < 0 else stop
    start = text.index("|", line) + 1
    while start < stop:
        bar = text.find("|", start, stop)
        bar = stop if bar < 0 else bar
        a, b = start, bar
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b or bar < stop:
            yield a, b
        start = bar + 1


def _by_headings(text: str, line: int, cells: Sequence[Span]) -> Row | None:
    headings = _headings(text, line)
    sorts: dict[str, Span] = {}
    for heading, cell in zip(headings, cells, strict=False):
        sort = _sort(heading)
        if sort and cell[0] < cell[1]:
            sorts.setdefault(sort, cell)
    for way in table("tables")["tell"]:
        columns = [p[1:] for p in way if p.startswith(":")]
        if all(c in sorts for c in columns):
            parts = [x for p in way for x in (_told(text, sorts[p[1:]]) if p[0] == ":" else [p])]
            return Row(tuple(parts))
    return None


def _headings(text: str, line: int) -> list[str]:
    """The headings of the table that the line is a row of; none for the headings themselves."""
    above: list[str] = []
    while line:
        before = text.rfind("\n", 0, line - 1) + 1
        row = text[before : line - 1].strip()
        if not row.startswith("|") or len(above) > 400:
            break
        above.append(row)
        line = before
    if len(above) < 2 or not _RULE.match(above[-2]):
        return []
    return [h.strip(" *") for h in above[-1].strip("|").split("|")]


@lru_cache(maxsize=1024)
def _sort(heading: str) -> str | None:
    said = set(_WORD.findall(heading.lower()))
    fitting = (s for s, all_words in table("tables")["column"].items() if said & set(all_words))
    return next(fitting, None) if len(said) < 6 else None


def _fined(text: str, cells: Sequence[Span]) -> Row | None:
    """A company and a sum ``(by an authority for ...)``, whatever the headings."""
    for one, other in itertools.pairwise(cells):
        if _BY.search(text, *other) and not _BY.search(text, *one) and one[0] < one[1]:
            return Row((one, "was fined", *_without_brackets(text, other)))
    return None


def _told(text: str, cell: Span) -> list[str | Span]:
    return _without_brackets(text, cell) if _BY.search(text, *cell) else _listed(text, cell)


def _listed(text: str, span: Span) -> list[str | Span]:
    """``A, B, C`` as ``A and B and C``; anything but a list of names as it is."""
    start, end = span
    items = [m.span() for m in _ITEM.finditer(text, start, end)]
    plain = all(text[a].isupper() or text[a].isdigit() for a, _ in items)
    if len(items) < 2 or not plain or re.search(r"\d,\d", text[start:end]):
        return [span]
    return listed(items)


def listed(items: Sequence[Span]) -> list[str | Span]:
    """The items with "and" between them."""
    parts: list[str | Span] = []
    for item in items:
        parts += ["and", item] if parts else [item]
    return parts


def _without_brackets(text: str, cell: Span) -> list[str | Span]:
    """``$8 million (by X for Y)`` as ``$8 million by X for Y``."""
    bracket = _BY.search(text, *cell)
    if bracket is None:
        return [cell]
    end = cell[1] - 1 if text[cell[1] - 1] == ")" else cell[1]
    return [(cell[0], bracket.end() - 1), (bracket.end(), end)]
