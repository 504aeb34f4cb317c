"""What a person might look at: unsure entities, uncertain statements, and why a merge was made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg import vocabulary as v
from kg.model import Article, Entity, Resolved
from kg.rdf.reading import nodes, read_mention
from kg.rdf.terms import aio, entity_node
from kg.records import Catalogue, Ref
from kg.records.reading import QuadSource
from kg.resolution.judgements import claim_key
from kg.resolution.linking import Linker

_DEFAULT = DefaultGraph()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to decide: an entity that may be one of ``candidates``, or a statement.

    ``key`` is what a judgement names: the entity's name, or the statement's claim key.
    """

    what: str
    why: str
    sentence: str
    source: str
    key: str
    candidates: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class MentionAs:
    """A way in which articles name an entity, how often, and why it was taken for that."""

    text: str
    name: str
    count: int
    reason: str
    article: str


def doubts(source: QuadSource, linker: Linker, *, below: float = 0.6) -> Iterator[Doubt]:
    """Entities first, then statements by rising confidence; what is judged does not come back."""
    catalogue = Catalogue(source)
    yield from _entities(catalogue, source)
    uncertain = [
        (resolved, article)
        for article_id, article in catalogue.articles()
        for resolved in catalogue.statements_of_article(article_id)
        if resolved.statement.confidence < below and linker.judgements.verdict_on(resolved) is None
    ]
    for resolved, article in sorted(
        uncertain, key=lambda u: (u[0].statement.confidence, u[0].statement.id)
    ):
        yield _statement_doubt(catalogue, resolved, article)


def _entities(catalogue: Catalogue, source: QuadSource) -> Iterator[Doubt]:
    unsure: dict[str, list[str]] = {}
    for quad in source.quads(None, aio("possiblySameAs"), None, _DEFAULT):
        unsure.setdefault(_local(quad.subject), []).append(_local(quad.object))
    for entity_id, candidates in sorted(unsure.items()):
        entity = catalogue.entity(entity_id)
        if entity is None:
            continue
        sentence, told = _where(catalogue, entity_id)
        yield Doubt(
            what=f"{entity.name} ({entity_id})",
            why="possibly the same as an entity of the registry",
            sentence=sentence,
            source=told,
            key=entity.name,
            candidates=tuple(catalogue.ref(c) for c in sorted(candidates)),
        )


def _where(catalogue: Catalogue, entity_id: str) -> tuple[str, str]:
    records = [*catalogue.relationships(entity_id), *catalogue.as_party(entity_id)]
    for record in records:
        for statement in record.statements:
            return " ".join(statement.quotes[0].quote.split()), _told(statement.article)
    return "", ""


def _statement_doubt(catalogue: Catalogue, resolved: Resolved, article: Article) -> Doubt:
    statement = resolved.statement
    subject = catalogue.ref(resolved.subject).name if resolved.subject else "(not named)"
    object_ = catalogue.ref(resolved.object).name
    return Doubt(
        what=f"{statement.kind.value}: {subject} -> {object_} ({statement.modality.value})",
        why=f"confidence {statement.confidence:.2f}",
        sentence=" […] ".join(" ".join(e.quote.split()) for e in statement.evidence),
        source=_told(article),
        key=claim_key(resolved),
    )


def _told(article: Article) -> str:
    name = article.publisher or article.title or article.source
    return f"{name}, {article.published}" if article.published else name


def why(source: QuadSource, entity: Entity, linker: Linker) -> list[MentionAs]:
    """Every way in which articles name an entity, with the reason it was taken for that."""
    catalogue = Catalogue(source)
    articles = dict(catalogue.articles())
    found: dict[tuple[str, str], list[Quad]] = {}
    for quad in source.quads(None, aio("entity"), entity_node(entity.id), None):
        [about] = nodes(source.quads(quad.subject, None, None, quad.graph_name)).values()
        mention, _ = read_mention(about)
        found.setdefault((mention.text, mention.name), []).append(quad)
    result = []
    for (text, name), quads in sorted(found.items()):
        graph = quads[0].graph_name
        article_id = graph.value.removeprefix(v.ARTICLE) if isinstance(graph, NamedNode) else ""
        [about] = nodes(source.quads(quads[0].subject, None, None, graph)).values()
        mention, _ = read_mention(about)
        reason = linker.link(mention).reason
        if text != name:
            reason = f"stands for {name!r} in the article; {reason}"
        told = _told(articles[article_id]) if article_id in articles else article_id
        result.append(MentionAs(text, name, len(quads), reason, told))
    return result


def _local(term: object) -> str:
    return str(getattr(term, "value", term)).removeprefix(v.ID)
