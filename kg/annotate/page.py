"""An article as a page: its facts marked in the text, each described beside its sentence.

One HTML file that needs nothing else: no script, no request, nothing of the article's own
markup. Every text is escaped, and a content security policy forbids all but its style.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from html import escape
from pathlib import Path

from kg.annotate.marks import Line, lines
from kg.annotate.wording import UNNAMED, details, notes, roles, spaced, sum_of
from kg.model import SYMMETRIC, Article, Extraction, Kind, Mention, Modality, Rejection, Statement

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_SELF_EVIDENT = {"status", "date", "instrument", "nature", "round"}
_EMPHASIS = (
    "body:has(#f{n}:hover) mark.f{n}{{background:color-mix(in srgb,var(--{k}) 38%,transparent)}}"
    "body:has(mark.f{n}:hover) #f{n}{{box-shadow:0 0 0 2px var(--{k})}}"
)


def annotate(extraction: Extraction) -> str:
    """The page, as HTML. Facts are numbered in the order of their first words."""
    article = extraction.article
    facts = sorted(extraction.statements, key=_order)
    rejections = sorted(extraction.rejections, key=lambda r: r.evidence)
    style = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
    style += "\n".join(_EMPHASIS.format(n=n, k=s.kind) for n, s in enumerate(facts, 1))
    title = article.title or article.source
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(article.language or "en")}"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)} · facts</title>",
            f"<style>{style}</style></head><body>",
            _top(article, facts, rejections),
            "<main>",
            *_rows(article, facts, rejections),
            "</main>",
            _bottom(article, facts),
            "</body></html>\n",
        ]
    )


def _order(statement: Statement) -> tuple[int, int, int, str]:
    start = min(e.start for e in statement.evidence)
    first = statement.subject.start if statement.subject else statement.object.start
    return start, first, statement.object.start, statement.id


def _top(article: Article, facts: Sequence[Statement], rejections: Sequence[Rejection]) -> str:
    meta = [escape(part) for part in (article.publisher, article.published) if part]
    if article.url and article.url.lower().startswith(("http://", "https://")):
        shown = escape(article.url)
        meta.append(f'<a href="{shown}" rel="noreferrer noopener">{shown}</a>')
    elif article.source != article.title:
        meta.append(escape(article.source))
    counted = Counter(s.kind for s in facts)
    legend = [
        f'<li style="--k:var(--{kind})"><i></i>{counted[kind]} {escape(kind)}</li>'
        for kind in Kind
        if counted[kind]
    ]
    told = {s.modality for s in facts}
    if told - {Modality.ASSERTED}:
        legend.append("<li><u>abc</u>asserted</li>")
    if told & {Modality.PLANNED, Modality.RUMOURED, Modality.CONDITIONAL}:
        legend.append('<li><u class="hedged">abc</u>planned, rumoured or conditional</li>')
    if Modality.DENIED in told:
        legend.append('<li><u class="denied">abc</u>denied</li>')
    if rejections:
        legend.append(f'<li style="--k:var(--unread)"><i></i>{len(rejections)} not read</li>')
    if not facts:
        legend.insert(0, "<li>No facts were found in this article.</li>")
    return (
        f"<header><h1>{escape(article.title or article.source)}</h1>"
        f'<p class="meta">{" · ".join(meta)}</p><ul class="legend">{"".join(legend)}</ul></header>'
    )


def _bottom(article: Article, facts: Sequence[Statement]) -> str:
    extractors = sorted({f"{s.extractor} {s.extractor_version}" for s in facts})
    read_by = f"Read by {escape(', '.join(extractors))}. " if extractors else ""
    noun = "fact" if len(facts) == 1 else "facts"
    return f"<footer>{len(facts)} {noun}. {read_by}Article {article.id}.</footer>"


def _rows(
    article: Article, facts: Sequence[Statement], rejections: Sequence[Rejection]
) -> list[str]:
    """The article line by line, each with what begins in it beside it."""
    beside: dict[int, list[str]] = defaultdict(list)
    found = lines(article, facts, rejections)
    for number, fact in enumerate(facts, 1):
        beside[_line_at(found, min(e.start for e in fact.evidence))].append(_card(number, fact))
    for rejection in rejections:
        beside[_line_at(found, rejection.evidence.start)].append(_unread(rejection))
    # Paragraphs without facts stand beside the cards of the one before them.
    rows: list[tuple[list[str], list[str]]] = [([], [])]
    for index, line in enumerate(found):
        if index in beside and (rows[-1][0] or rows[-1][1]):
            rows.append(([], []))
        if line.html:
            rows[-1][0].append(f"<p>{line.html}</p>")
        rows[-1][1].extend(beside[index])
    return [
        f'<div class="row"><div class="text">{"".join(text)}</div><aside>{"".join(cards)}</aside></div>'
        for text, cards in rows
    ]


def _line_at(found: Sequence[Line], offset: int) -> int:
    return next((n for n, line in enumerate(found) if offset < line.end), len(found) - 1)


def _card(number: int, fact: Statement) -> str:
    pill = f'<span class="pill {fact.modality}">{escape(fact.modality)}</span>'
    parts = [f"<b>{escape(fact.kind)}</b> {pill}"]
    parts += [f"{_unbroken(sum_of(a))} (“{_unbroken(a.stated)}”)" for a in fact.amounts]
    for name, value in details(fact):
        plain = value if name in _SELF_EVIDENT else f"{name}: {value}"
        parts.append(escape(plain))
    return (
        f'<section class="fact" id="f{number}" style="--k:var(--{fact.kind})">'
        f'<p class="ends"><a class="n" href="#e{number}">{number}</a> {_ends(fact)}</p>'
        f"<p>{' · '.join(parts)}</p>{_said(fact)}{_why(fact)}</section>"
    )


def _unbroken(figure: str) -> str:
    """A figure with its unit on one line."""
    return re.sub(r" (?=\d)|(?<=\d) ", "&nbsp;", escape(figure))


def _why(fact: Statement) -> str:
    """The reason for the modality; behind it, all else that the extractor noted."""
    reasons = "; ".join(value for name, value in fact.derivation if name == "modality")
    noted = [(spaced(name), value) for name, value in notes(fact) if name != "modality"]
    named = reasons.startswith(fact.modality)
    shown = reasons if named else f"{fact.modality}: {reasons}" if reasons else "how it was read"
    if not noted:
        return f'<p class="why">{escape(shown)}</p>' if reasons else ""
    cells = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in noted)
    return f"<details><summary>{escape(shown)}</summary><dl>{cells}</dl></details>"


def _ends(fact: Statement) -> str:
    arrow = "↔" if fact.kind in SYMMETRIC else "→"
    first, second = roles(fact)
    subject = (
        f'<span title="{escape(first)}">{escape(fact.subject.name)}</span>'
        if fact.subject
        else f"<em>{escape(first)} {UNNAMED}</em>"
    )
    return (
        f'{subject} <span class="arrow">{arrow}</span> '
        f'<span title="{escape(second)}">{escape(fact.object.name)}</span>'
    )


def _said(fact: Statement) -> str:
    """Which words stood for an end that is not named in the sentence itself."""
    ends: list[Mention] = [m for m in (fact.subject, fact.object) if m is not None]
    said = [
        f"‘{escape(m.text)}’ read as {escape(m.name)}"
        for m in ends
        if m.name.casefold() not in m.text.casefold() and m.text.casefold() not in m.name.casefold()
    ]
    return f'<p class="said">{"; ".join(said)}</p>' if said else ""


def _unread(rejection: Rejection) -> str:
    return (
        '<section class="fact" style="--k:var(--unread)">'
        f'<p class="ends">{escape(rejection.evidence.quote)}</p>'
        f"<p><b>not read</b> · {escape(rejection.reason)}</p></section>"
    )
