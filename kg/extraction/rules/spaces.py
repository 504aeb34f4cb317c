"""Spaces and hyphens of every width read as plain ones: a page's ``&nbsp;`` changes nothing that is told.

One character stands for one, so that places stay what they are; what a statement quotes is
quoted as written.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.model import Article, Mention, Statement

_WIDTHS = dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_WIDTHS |= dict.fromkeys((0x2010, 0x2011), "-")
_DASH = re.compile(
    r"(?<=\w)–(?=(?:based|backed|led|owned|founded|funded|headquartered|listed|born|run|controlled|linked|made|trained|powered|style)\b)"
)
"""``New York–based``: the dash that is set after a name of two words is a hyphen."""


def plain(article: Article) -> Article:
    """The article with plain spaces and hyphens; itself where it has no others."""
    text = _plain(article.text)
    return article if text == article.text else replace(article, text=text)


def as_written(statement: Statement, article: Article) -> Statement:
    """What was read of the plain article as a statement of the article itself."""
    text = article.text
    return replace(
        statement,
        article=article.id,
        subject=None if statement.subject is None else _mention(statement.subject, text),
        object=_mention(statement.object, text),
        evidence=tuple(replace(e, quote=text[e.start : e.end]) for e in statement.evidence),
        amounts=tuple(replace(a, stated=text[a.start : a.end]) for a in statement.amounts),
        participants=tuple((role, _mention(m, text)) for role, m in statement.participants),
    )


def _mention(mention: Mention, text: str) -> Mention:
    said = text[mention.start : mention.end]
    return replace(mention, text=said) if _plain(said) == mention.text else mention


def _plain(text: str) -> str:
    return _DASH.sub("-", text.translate(_WIDTHS))
