"""One article's graph: its metadata, statements, evidence and what could not be read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocabulary as v
from kg.model import Article, Evidence, Mention, Rejection, Resolved
from kg.rdf.terms import (
    TYPE,
    aio,
    article_node,
    concept,
    date_literal,
    decimal_literal,
    integer_literal,
    statement_node,
    term_classes,
    text_literal,
)
from kg.resolution.consolidation import block_of

Term = NamedNode | Literal


def article_quads(
    article: Article,
    statements: Iterable[Resolved],
    rejections: Iterable[Rejection] = (),
    *,
    read_by: tuple[str, str] | None = None,
) -> Iterator[Quad]:
    """The whole graph of one article: metadata, statements, evidence, what was not read.

    ``read_by`` is the name and version of the extractor that read it.
    """
    graph = article_node(article.id)

    def say(subject: NamedNode, predicate: NamedNode, value: Term) -> Quad:
        return Quad(subject, predicate, value, graph)

    yield say(graph, TYPE, NamedNode(v.SCHEMA + "NewsArticle"))
    yield say(graph, NamedNode(v.DCT + "identifier"), Literal(article.id))
    yield say(graph, NamedNode(v.DCT + "source"), text_literal(article.source))
    for name, value in (("headline", article.title), ("publisher", article.publisher)):
        if value:
            yield say(graph, NamedNode(v.SCHEMA + name), text_literal(value))
    if article.url:
        yield say(graph, NamedNode(v.SCHEMA + "url"), text_literal(article.url))
    if article.language:
        yield say(graph, NamedNode(v.SCHEMA + "inLanguage"), text_literal(article.language))
    if article.published:
        yield say(graph, NamedNode(v.SCHEMA + "datePublished"), date_literal(article.published))
    if article.retrieved:
        yield say(graph, aio("retrieved"), date_literal(article.retrieved))
    if read_by:
        yield say(graph, aio("extractor"), Literal(read_by[0]))
        yield say(graph, aio("extractorVersion"), Literal(read_by[1]))
    for resolved in statements:
        yield from statement_quads(resolved, graph)
    for rejection in rejections:
        node = NamedNode(
            f"{graph.value}/unread/{rejection.evidence.start}-{rejection.evidence.end}"
        )
        yield say(node, TYPE, aio("UnreadFigure"))
        yield say(node, aio("reason"), text_literal(rejection.reason))
        yield say(node, aio("evidence"), _evidence_node(graph, rejection.evidence))
        yield from _evidence_quads(graph, rejection.evidence)


def statement_quads(resolved: Resolved, graph: NamedNode) -> Iterator[Quad]:
    """One statement with its mentions, amounts and evidence."""
    s = resolved.statement
    node = statement_node(s.article, s.id)

    def say(predicate: str, value: Term, subject: NamedNode = node) -> Quad:
        return Quad(subject, aio(predicate), value, graph)

    def mention(role: str, m: Mention, entity: str) -> Iterator[Quad]:
        at = NamedNode(f"{node.value}#{role}")
        yield Quad(at, TYPE, aio("Mention"), graph)
        yield say("entity", NamedNode(v.entity_iri(entity)), at)
        yield say("surface", text_literal(m.text), at)
        yield say("mentionName", text_literal(m.name), at)
        yield Quad(at, NamedNode(v.OA + "start"), integer_literal(m.start), graph)
        yield Quad(at, NamedNode(v.OA + "end"), integer_literal(m.end), graph)
        if m.entity:
            yield say("recognisedAs", NamedNode(v.entity_iri(m.entity)), at)
        if m.kind:
            yield say("mentionKind", NamedNode(v.ENTITY_CLASS[m.kind]), at)

    yield Quad(node, TYPE, aio("Statement"), graph)
    yield say("inArticle", graph)
    yield say("statesKind", NamedNode(v.TERMS[s.kind].cls))
    if resolved.judged:
        yield say("judged", Literal(resolved.judged))
    if resolved.judged != "reject":
        yield say("block", Literal(block_of(resolved)))
    if s.subject and resolved.subject:
        yield say("subject", NamedNode(v.entity_iri(resolved.subject)))
        yield say("mention", NamedNode(f"{node.value}#subject"))
        yield from mention("subject", s.subject, resolved.subject)
    yield say("object", NamedNode(v.entity_iri(resolved.object)))
    yield say("mention", NamedNode(f"{node.value}#object"))
    yield from mention("object", s.object, resolved.object)
    for i, ((role, m), (_, entity)) in enumerate(
        zip(s.participants, resolved.participants, strict=True), 1
    ):
        at = NamedNode(f"{node.value}#participant-{i}")
        yield say("mention", at)
        yield say("role", Literal(role), at)
        yield from mention(f"participant-{i}", m, entity)
    yield say("modality", concept("modality", s.modality))
    if s.status:
        yield say("status", concept("status", s.status))
    if s.nature:
        yield say("nature", concept("nature", s.nature))
    if s.date:
        yield say("date", date_literal(s.date))
    if resolved.published:
        yield say("published", date_literal(resolved.published))
    if s.instrument:
        yield say("instrument", text_literal(s.instrument))
    if s.round:
        yield say("round", text_literal(s.round))
    if s.stake_percent is not None:
        yield say("stakePercent", decimal_literal(s.stake_percent))
    yield say("confidence", decimal_literal(s.confidence))
    yield say("extractor", Literal(s.extractor))
    yield say("extractorVersion", Literal(s.extractor_version))
    if s.derivation:
        yield say("derivation", text_literal(json.dumps(s.derivation, ensure_ascii=False)))
    for i, amount in enumerate(s.amounts, 1):
        at = NamedNode(f"{node.value}#amount-{i}")
        yield say("amount", at)
        yield Quad(at, TYPE, NamedNode(v.SCHEMA + "MonetaryAmount"), graph)
        yield Quad(at, NamedNode(v.SCHEMA + "value"), decimal_literal(amount.value), graph)
        yield Quad(at, NamedNode(v.SCHEMA + "currency"), Literal(amount.currency), graph)
        yield say("stated", text_literal(amount.stated), at)
        yield say("amountRole", concept("amount-role", amount.role), at)
        yield say("amountQualifier", concept("qualifier", amount.qualifier), at)
        yield Quad(at, NamedNode(v.OA + "start"), integer_literal(amount.start), graph)
        yield Quad(at, NamedNode(v.OA + "end"), integer_literal(amount.end), graph)
    for i, (name, value) in enumerate(s.terms, 1):
        at = NamedNode(f"{node.value}#term-{i}")
        yield say("term", at)
        for cls in term_classes(name):
            yield Quad(at, TYPE, cls, graph)
        yield say("termName", text_literal(name), at)
        yield say("termValue", text_literal(value), at)
    for evidence in s.evidence:
        yield say("evidence", _evidence_node(graph, evidence))
        yield from _evidence_quads(graph, evidence)


def _evidence_node(graph: NamedNode, evidence: Evidence) -> NamedNode:
    return NamedNode(f"{graph.value}#char={evidence.start},{evidence.end}")


def _evidence_quads(graph: NamedNode, evidence: Evidence) -> Iterator[Quad]:
    node = _evidence_node(graph, evidence)
    yield Quad(node, TYPE, NamedNode(v.OA + "TextQuoteSelector"), graph)
    yield Quad(node, TYPE, NamedNode(v.OA + "TextPositionSelector"), graph)
    yield Quad(node, NamedNode(v.OA + "exact"), text_literal(evidence.quote), graph)
    yield Quad(node, NamedNode(v.OA + "start"), integer_literal(evidence.start), graph)
    yield Quad(node, NamedNode(v.OA + "end"), integer_literal(evidence.end), graph)
