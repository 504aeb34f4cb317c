"""Where it is said: articles, statements, mentions, evidence, what could not be read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg import vocabulary as v
from kg.competency.view import Row, View, answers, cls, code, decimal, ident
from kg.model import Mention, Modality, Resolved
from kg.rdf.terms import TYPE, aio


@answers("articles-read")
def articles_read(view: View) -> Iterator[Row]:
    counts = Counter(article_id for article_id, _ in view.statements)
    for article_id, a in view.catalogue.articles():
        told = (a.title, a.publisher, a.published, a.retrieved, a.language, a.url)
        yield (a.source, *(t or None for t in told), str(counts[article_id]))


@answers("evidence-for")
def evidence_for(view: View, investor: str, investee: str) -> Iterator[Row]:
    articles = dict(view.catalogue.articles())
    known = {(a, r.statement.id): r for a, r in view.statements}
    for record in view.records.values():
        ends = (record.kind.value, record.subject and record.subject.id, record.object.id)
        if ends != ("investment", investor, investee):
            continue
        for said in record.statements:
            resolved = known[said.article_id, said.id]
            s = resolved.statement
            derivation = json.dumps(s.derivation, ensure_ascii=False) if s.derivation else None
            for e in s.evidence:
                yield (
                    e.quote,
                    str(e.start),
                    str(e.end),
                    articles[said.article_id].title or None,
                    resolved.published,
                    code("modality", s.modality),
                    decimal(s.confidence),
                    s.extractor,
                    s.extractor_version,
                    derivation,
                )


@answers("known-by")
def known_by(view: View, entity: str, date: str) -> Iterator[Row]:
    for _, r in view.statements:
        if r.subject and entity in (r.subject, r.object) and r.published and r.published <= date:
            yield cls(_kind(r)), ident(r.subject), ident(r.object), r.published


@answers("denied")
def denied(view: View) -> Iterator[Row]:
    articles = dict(view.catalogue.articles())
    for article_id, r in view.statements:
        if r.statement.modality is Modality.DENIED:
            subject = ident(r.subject) if r.subject else None
            yield cls(_kind(r)), subject, ident(r.object), articles[article_id].title or None


@answers("called-in-articles")
def called_in_articles(view: View, entity: str) -> Iterator[Row]:
    for _, r in view.statements:
        for mention, meant, role in _mentions(r):
            if meant == entity:
                kind = cls(v.ENTITY_CLASS[mention.kind]) if mention.kind else None
                recognised = ident(mention.entity) if mention.entity else None
                yield mention.text, mention.name, kind, recognised, role


@answers("judged-statements")
def judged_statements(view: View) -> Iterator[Row]:
    for _, r in view.statements:
        if r.judged:
            subject = ident(r.subject) if r.subject else None
            yield r.judged, cls(_kind(r)), subject, ident(r.object)


@answers("statements-by-extractor")
def statements_by_extractor(view: View) -> Iterator[Row]:
    counts = Counter(
        (r.statement.extractor, r.statement.extractor_version, cls(_kind(r)))
        for _, r in view.statements
    )
    return ((*key, str(count)) for key, count in counts.items())


@answers("unread-figures")
def unread_figures(view: View) -> Iterator[Row]:
    articles = dict(view.catalogue.articles())
    for quad in view.source.quads(None, TYPE, aio("UnreadFigure"), None):
        figure, graph = quad.subject, quad.graph_name
        article = articles[_text(graph).removeprefix(v.ARTICLE)]
        for reason in view.source.quads(figure, aio("reason"), None, graph):
            for span in view.source.quads(figure, aio("evidence"), None, graph):
                exact = NamedNode(v.OA + "exact")
                for quote in view.source.quads(span.object, exact, None, graph):
                    yield article.title or None, _text(quote.object), _text(reason.object)


@answers("registry-version")
def registry_version(view: View) -> Iterator[Row]:
    for quad in view.source.quads(None, aio("version"), None, None):
        yield _text(quad.subject), _text(quad.object)


def _mentions(r: Resolved) -> Iterator[tuple[Mention, str, str | None]]:
    """The words for each party of a statement, whom they mean, and the further role."""
    s = r.statement
    if s.subject and r.subject:
        yield s.subject, r.subject, None
    yield s.object, r.object, None
    for (role, mention), (_, meant) in zip(s.participants, r.participants, strict=True):
        yield mention, meant, role


def _kind(r: Resolved) -> str:
    return v.TERMS[r.statement.kind].cls


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
