"""What a person might look at: unsure entities, uncertain statements, and why a merge was made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg import vocabulary as v
from kg.model import Article, Entity, Mention, Resolved
from kg.names import fold
from kg.rdf.reading import nodes, read_mention
from kg.rdf.terms import aio, entity_node
from kg.records import Catalogue, Ref
from kg.registry import Registry
from kg.resolution.candidates import Candidate, Resemblance
from kg.resolution.judgements import claim_key, words_key
from kg.resolution.linking import Linker
from kg.store.protocol import Reader

_DEFAULT = DefaultGraph()


@dataclass(frozen=True, slots=True)
class Choice:
    """An entity that a doubtful one may be: how likely (0 to 100), and why."""

    ref: Ref
    score: float
    reason: str
    known: bool
    """Whether it stands in the registry."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to decide: an entity that may be one of ``choices``, or a statement.

    ``key`` is what a judgement names: the entity's name, or the statement's claim key.
    """

    what: str
    why: str
    sentence: str
    source: str
    key: str
    words: str | None = None
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class MentionAs:
    """A way in which articles name an entity, how often, and why it was taken for that."""

    text: str
    name: str
    count: int
    reason: str
    article: str


def doubts(source: Reader, linker: Linker, *, below: float = 0.6) -> Iterator[Doubt]:
    """Entities first, then statements by rising confidence; what is judged does not come back.

    Statements come up that are less certain than ``below``, or in which an ambiguous name was
    taken for an entity because of nothing but its role in the sentence.
    """
    catalogue = Catalogue(source)
    yield from _entities(catalogue, source, linker)
    uncertain = [
        (resolved, article, thin)
        for article_id, article in catalogue.articles()
        for resolved in catalogue.statements_of_article(article_id)
        if (thin := linker.thinly_read(resolved.statement, source.article(article_id)))
        or resolved.statement.confidence < below
    ]
    for resolved, article, thin in sorted(
        uncertain, key=lambda u: (u[0].statement.confidence, u[0].statement.id)
    ):
        if linker.judgements.verdict_on(resolved) is None:
            yield _statement_doubt(catalogue, resolved, article, thin)


def possibly_same(source: Reader, entity: Entity, linker: Linker) -> list[Choice]:
    """What an entity of no registry may be, best first, by its names and the articles it is in."""
    return _choices(Catalogue(source), source, linker, entity, Resemblance(_unlisted(source)))


def _entities(catalogue: Catalogue, source: Reader, linker: Linker) -> Iterator[Doubt]:
    unlisted = _unlisted(source)
    among = Resemblance(unlisted)
    asked: set[str] = set()
    for entity in sorted(unlisted, key=lambda e: e.id):
        asked.add(entity.id)
        found = _choices(catalogue, source, linker, entity, among)
        choices = [c for c in found if c.ref.id not in asked]
        if not choices:
            continue
        sentence, told = _where(catalogue, entity.id)
        yield Doubt(
            what=f"{entity.name} ({entity.id})",
            why=f"in no registry; possibly the same as {choices[0].ref.name}: {choices[0].reason}",
            sentence=sentence,
            source=told,
            key=entity.name,
            choices=tuple(choices),
        )


def _unlisted(source: Reader) -> Registry:
    """The entities that are known from articles only."""
    catalogue = Catalogue(source)
    found = source.quads(None, aio("origin"), Literal("article"), _DEFAULT)
    entities = [e for q in found if (e := catalogue.entity(_local(q.subject)))]
    return Registry({e.id: e for e in entities})


def _choices(
    catalogue: Catalogue, source: Reader, linker: Linker, entity: Entity, among: Resemblance
) -> list[Choice]:
    if entity.origin != "article":
        return []
    best: dict[str, Candidate] = {}
    for mention, article_id in _mentions(source, entity):
        for candidate in linker.candidates(mention, source.article(article_id)):
            if candidate.score > getattr(best.get(candidate.entity), "score", 0.0):
                best[candidate.entity] = candidate
    for candidate in among.of(entity.name, spelling=False).values():
        apart = (fold(entity.name), candidate.entity) in linker.judgements.apart
        if candidate.entity != entity.id and not apart:
            best.setdefault(candidate.entity, candidate)
    return [
        Choice(
            catalogue.ref(c.entity), c.score, c.reason, known=c.entity in linker.registry.entities
        )
        for c in sorted(best.values(), key=lambda c: (-c.score, c.entity))
    ]


def _mentions(source: Reader, entity: Entity) -> Iterator[tuple[Mention, str]]:
    """The mentions of an entity, each with the id of its article."""
    for quad in source.quads(None, aio("entity"), entity_node(entity.id), None):
        if not isinstance(quad.subject, NamedNode):
            continue
        [about] = nodes(source.quads(quad.subject, None, None, quad.graph_name)).values()
        graph = getattr(quad.graph_name, "value", "")
        yield read_mention(about)[0], graph.removeprefix(v.ARTICLE)


def _where(catalogue: Catalogue, entity_id: str) -> tuple[str, str]:
    records = [*catalogue.relationships(entity_id), *catalogue.as_party(entity_id)]
    for record in records:
        for statement in record.statements:
            return " ".join(statement.quotes[0].quote.split()), _told(statement.article)
    return "", ""


def _statement_doubt(
    catalogue: Catalogue, resolved: Resolved, article: Article, thin: str | None
) -> Doubt:
    statement = resolved.statement
    subject = catalogue.ref(resolved.subject).name if resolved.subject else "(not named)"
    object_ = catalogue.ref(resolved.object).name
    return Doubt(
        what=f"{statement.kind.value}: {subject} -> {object_} ({statement.modality.value})",
        why=f"confidence {statement.confidence:.2f}" + (f"; {thin}" if thin else ""),
        sentence=" […] ".join(" ".join(e.quote.split()) for e in statement.evidence),
        source=_told(article),
        key=claim_key(resolved),
        words=words_key(resolved),
    )


def _told(article: Article) -> str:
    name = article.publisher or article.title or article.source
    return f"{name}, {article.published}" if article.published else name


def why(source: Reader, entity: Entity, linker: Linker) -> list[MentionAs]:
    """Every way in which articles name an entity, with the reason it was taken for that."""
    catalogue = Catalogue(source)
    articles = dict(catalogue.articles())
    found: dict[tuple[str, str], list[tuple[Mention, str]]] = {}
    for mention, article_id in _mentions(source, entity):
        found.setdefault((mention.text, mention.name), []).append((mention, article_id))
    result = []
    for (text, name), mentions in sorted(found.items()):
        mention, article_id = min(mentions, key=lambda m: (m[1], m[0].start))
        reason = linker.link(mention, source.article(article_id)).reason
        if judged := linker.judgements.deciding(mention.name):
            reason = f"{reason} ({judged.signature}, decision {judged.id})"
        elif text != name:
            how = linker.registry.bears(text, entity.id) if entity.id in linker.registry else None
            reason = how or f"stands for {name!r} in the article; that is {reason}"
        told = _told(articles[article_id]) if article_id in articles else article_id
        result.append(MentionAs(text, name, len(mentions), reason, told))
    return result


def _local(term: object) -> str:
    return str(getattr(term, "value", term)).removeprefix(v.ID)
