"""Spaces of every width read as plain ones: a page's ``&nbsp;`` changes nothing that is told.

One character stands for one, so that places stay what they are; what a statement quotes is
quoted as written.
"""

from __future__ import annotations

from dataclasses import replace

from kg.model import Article, Mention, Statement

_WIDTHS = dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")


def plain(article: Article) -> Article:
    """The article with plain spaces; itself where it has no others."""
    text = article.text.translate(_WIDTHS)
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
    same = said.translate(_WIDTHS) == mention.text
    return replace(mention, text=said) if same else mention
