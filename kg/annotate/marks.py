"""The article's text as HTML with marks that may overlap as they like.

The text is cut wherever a mark begins or ends; each piece then carries all that covers it.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from kg.annotate.wording import roles, spaced
from kg.model import Article, Modality, Rejection, Statement

_CONTROL = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the article as HTML; ``end`` is the offset after its line break."""

    html: str
    end: int


@dataclass(slots=True)
class _Cover:
    """What lies over one piece of text."""

    facts: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    sum_of: int = 0
    unread: bool = False


def lines(
    article: Article, facts: Sequence[Statement], rejections: Sequence[Rejection]
) -> list[Line]:
    """The article's lines with the evidence of all facts, the words in it, and what was not read."""
    text = article.text
    cuts = {0, len(text), *(m.end() for m in re.finditer("\n", text))}
    spans: list[tuple[int, int, str, int, str]] = []
    for number, fact in enumerate(facts, 1):
        spans += [(e.start, e.end, "fact", number, "") for e in fact.evidence]
        spans += [(*span, number, note) for *span, note in _words(fact)]  # type: ignore[misc]
    spans += [(r.evidence.start, r.evidence.end, "unread", 0, r.reason) for r in rejections]
    spans = [s for s in spans if 0 <= s[0] < s[1] <= len(text)]
    for start, end, *_ in spans:
        cuts |= {start, end}
    opening: dict[int, list[tuple[int, int, str, int, str]]] = defaultdict(list)
    for span in spans:
        opening[span[0]].append(span)
    ending = _tags(facts)
    begun: set[int] = set()
    active: list[tuple[int, int, str, int, str]] = []
    found: list[Line] = []
    current: list[str] = []
    places = sorted(cuts)
    for start, end in itertools.pairwise(places):
        active = [s for s in active if s[1] > start] + opening[start]
        current.append(_piece(text[start:end].rstrip("\n"), _cover(active), facts, begun))
        current += [_tag(n, facts[n - 1]) for n in ending[end]]
        if text[end - 1] == "\n" or end == len(text):
            found.append(Line("".join(current).rstrip(), end))
            current = []
    return found or [Line("", 1)]


def _words(fact: Statement) -> list[tuple[int, int, str, str]]:
    """The words in the evidence that filled roles: start, end, what, and a note to show."""
    first, second = roles(fact)
    named = [(first, fact.subject), (second, fact.object), *fact.participants]
    words = [
        (m.start, m.end, "name", f"{m.name}: {spaced(role)}") for role, m in named if m is not None
    ]
    return words + [(a.start, a.end, "sum", spaced(a.role)) for a in fact.amounts]


def _cover(active: Sequence[tuple[int, int, str, int, str]]) -> _Cover:
    cover = _Cover()
    for _, _, what, number, note in active:
        if what == "fact" and number not in cover.facts:
            cover.facts.append(number)
        elif what == "name":
            cover.names.append(f"{note} ({number})")
        elif what == "sum":
            cover.sum_of = number
            cover.names.append(f"{note} ({number})")
        elif what == "unread":
            cover.unread = True
            cover.names.append(note)
    cover.facts.sort()
    return cover


def _piece(text: str, cover: _Cover, facts: Sequence[Statement], begun: set[int]) -> str:
    if not text:
        return ""
    html = _CONTROL.sub(_visible, escape(text))
    title = f' title="{escape("; ".join(dict.fromkeys(cover.names)))}"' if cover.names else ""
    if cover.sum_of:
        kind = facts[cover.sum_of - 1].kind
        html = f'<i class="sum" style="--k:var(--{kind})"{title}>{html}</i>'
    elif cover.names and not cover.unread:
        html = f'<i class="who"{title}>{html}</i>'
    if cover.unread:
        html = f'<mark class="unread"{title}>{html}</mark>'
    if not cover.facts:
        return html
    firmness = min((_firmness(facts[n - 1].modality) for n in cover.facts), key=_STRENGTH.index)
    classes = " ".join([*(f"f{n}" for n in cover.facts), *([firmness] if firmness else [])])
    anchors = "".join(f'<a id="e{n}"></a>' for n in cover.facts if n not in begun)
    begun.update(cover.facts)
    kinds = list(dict.fromkeys(facts[n - 1].kind for n in cover.facts))
    # A further line under the words for every further kind.
    under = ",".join(
        f"0 {3 * n - 2}px var(--paper),0 {3 * n}px var(--{kind})"
        for n, kind in enumerate(kinds[1:3], 1)
    )
    style = f"--k:var(--{kinds[0]})" + (f";box-shadow:{under}" if under else "")
    return f'{anchors}<mark class="{classes}" style="{style}">{html}</mark>'


_STRENGTH = ("", "hedged", "denied")


def _firmness(modality: Modality) -> str:
    if modality is Modality.ASSERTED:
        return ""
    return "denied" if modality is Modality.DENIED else "hedged"


def _tags(facts: Sequence[Statement]) -> dict[int, list[int]]:
    """Offset -> numbers of the facts whose evidence ends there."""
    ending: dict[int, list[int]] = defaultdict(list)
    for number, fact in enumerate(facts, 1):
        for end in sorted({e.end for e in fact.evidence}):
            ending[end].append(number)
    return ending


def _tag(number: int, fact: Statement) -> str:
    return f'<a class="tag" style="--k:var(--{fact.kind})" href="#f{number}">{number}</a>'


def _visible(found: re.Match[str]) -> str:
    """A character that turns the direction of writing, shown instead of obeyed."""
    return f'<span class="control">U+{ord(found[0]):04X}</span>'
