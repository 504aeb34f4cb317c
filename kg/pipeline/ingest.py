"""Extractions into a store: an article's graph is replaced, and only the relationships and
entities that it bears on are worked out again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, Literal, Quad

from kg.extraction.protocol import Extractor
from kg.model import Article, Rejection, Resolved
from kg.pipeline.entities import refresh_entities
from kg.pipeline.extraction import Extracted
from kg.rdf import article_quads, blocks, ownership
from kg.rdf.reading import read_statements
from kg.rdf.terms import TYPE, aio, article_node
from kg.resolution.consolidation import block_of
from kg.resolution.linking import Linker
from kg.store.writer import Writer
from kg.validation import Violation, check_statements

_DEFAULT = DefaultGraph()


@dataclass(frozen=True, slots=True)
class Invalid:
    """A statement that broke a shape of the ontology and was not stored."""

    source: str
    statement: Resolved
    violations: tuple[Violation, ...]


@dataclass(slots=True)
class IngestReport:
    """What an ingest did: articles by outcome, statements stored, what was rejected and why."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    statements: int = 0
    relationships: int = 0
    new_entities: set[str] = field(default_factory=set)
    rejections: list[tuple[str, Rejection]] = field(default_factory=list)
    invalid: list[Invalid] = field(default_factory=list)

    @property
    def articles(self) -> int:
        return self.added + self.replaced + self.unchanged


def ingest(
    writer: Writer,
    extracted: Iterable[Extracted],
    linker: Linker,
    *,
    batch: int = 500,
    on_article: Callable[[Extracted], None] | None = None,
    report: IngestReport | None = None,
) -> IngestReport:
    """Store extractions; acknowledged (published) after every ``batch`` articles and at the end.

    The same article again changes nothing. Within a batch all or nothing becomes visible.
    """
    report = report or IngestReport()
    for i, one in enumerate(extracted, 1):
        _ingest_one(writer, one, linker, report)
        if on_article:
            on_article(one)
        if i % batch == 0:
            writer.publish()
    writer.publish()
    return report


def unread_only(
    writer: Writer, articles: Iterable[Article], extractor: Extractor, report: IngestReport
) -> Iterator[Article]:
    """Pass over articles that the store holds as this version of the extractor reads them."""
    name, version = Literal(extractor.name), Literal(extractor.version)
    for article in articles:
        graph = article_node(article.id)
        if (
            Quad(graph, aio("extractor"), name, graph) in writer
            and Quad(graph, aio("extractorVersion"), version, graph) in writer
            and writer.article(article.id) == article
        ):
            report.unchanged += 1
        else:
            yield article


def valid_statements(
    one: Extracted, linker: Linker
) -> tuple[tuple[Resolved, ...], tuple[Invalid, ...]]:
    """The statements that conform to the ontology, and those that do not with the reasons."""
    if not one.statements:
        return (), ()
    entities = {e.id: e for e in one.new_entities}
    for resolved in one.statements:
        for entity_id in entities_of(resolved):
            if entity := linker.registry.get(entity_id):
                entities[entity_id] = entity
    rejected = check_statements(one.article, one.statements, entities)
    invalid = tuple(
        Invalid(one.article.source, r, tuple(rejected[r.statement.id]))
        for r in one.statements
        if r.statement.id in rejected
    )
    return tuple(r for r in one.statements if r.statement.id not in rejected), invalid


def _ingest_one(writer: Writer, one: Extracted, linker: Linker, report: IngestReport) -> None:
    statements, invalid = valid_statements(one, linker)
    report.invalid += invalid
    report.rejections += [(one.article.source, r) for r in one.rejections]
    quads = article_quads(one.article, statements, one.rejections, read_by=one.read_by)
    store_article(writer, one.article, statements, quads, linker, report)


def store_article(
    writer: Writer,
    article: Article,
    statements: Sequence[Resolved],
    quads: Iterable[Quad],
    linker: Linker,
    report: IngestReport,
) -> None:
    """Store an article with its statements, ``quads`` being the whole of its graph.

    The relationships and entities that it bears on, or bore on before, are worked out again.
    """
    graph = article_node(article.id)
    before = read_statements(writer.quads(None, None, None, graph))
    known = bool(before) or any(True for _ in writer.quads(graph, TYPE, None, graph))
    writer.put_article(article)
    changed = writer.replace_graph(graph, quads)
    report.statements += len(statements)
    if not changed:
        report.unchanged += 1
        return
    report.replaced += known
    report.added += not known
    used = {e for r in statements for e in entities_of(r)}
    report.new_entities |= {e for e in used if e not in linker.registry}
    for block in sorted({block_of(r) for r in (*before, *statements)}):
        report.relationships += blocks.refresh(writer, block)
    ownership.refresh(writer, sorted(ownership.acquired((*before, *statements))))
    entities = {e for r in (*before, *statements) for e in entities_of(r)}
    refresh_entities(writer, entities, linker)


def entities_of(resolved: Resolved) -> set[str]:
    """The ids of the entities that a statement speaks of."""
    return {
        e
        for e in (resolved.subject, resolved.object, *(p for _, p in resolved.participants))
        if e is not None
    }
