"""The data behind a page: JSON-LD, Turtle or CSV of one entity, relationship or article."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, serialize
from starlette.responses import Response

from kg import vocabulary as v
from kg import wording
from kg.model import Entity
from kg.rdf.dumps import json_ld
from kg.records import RelationshipRecord
from kg.web.views import title
from kg.web.visits import TWINS

_DEFAULT = DefaultGraph()


def answer(form: str, quads: Iterable[Quad], rows: Iterable[Sequence[object]]) -> Response:
    """The data in one of ``TWINS``; ``rows`` begin with the names of the columns."""
    if form == "csv":
        return Response(table(rows), media_type=TWINS[form])
    if form == "jsonld":
        return Response(json_ld(quads), media_type=TWINS[form])
    triples = (Triple(q.subject, q.predicate, q.object) for q in quads)
    turtle = serialize(triples, format=RdfFormat.TURTLE, prefixes=v.PREFIXES)
    return Response(turtle, media_type=TWINS[form])


def relationships(
    form: str,
    source: Any,
    records: Iterable[RelationshipRecord],
    rows: Iterable[Sequence[object]] | None = None,
) -> Response:
    """A list of relationships; ``rows`` where its table says something else."""
    records = list(records)
    quads = (quad for record in records for quad in relationship_quads(source, record.iri))
    return answer(form, quads, relationship_rows(records) if rows is None else rows)


def entities(form: str, source: Any, found: Iterable[Entity]) -> Response:
    """A list of entities."""
    found = list(found)
    quads = (q for e in found for q in entity_quads(source, v.entity_iri(e.id), ()))
    rows: list[Sequence[object]] = [("id", "name", "kinds", "country", "iri")]
    rows += [(e.id, e.name, " ".join(e.kinds), e.country, v.entity_iri(e.id)) for e in found]
    return answer(form, quads, rows)


def entity_quads(source: Any, iri: str, records: Iterable[RelationshipRecord]) -> Iterator[Quad]:
    """What the derived graph says of an entity, and its relationships."""
    yield from source.quads(NamedNode(iri), None, None, _DEFAULT)
    for record in records:
        yield from relationship_quads(source, record.iri)


def relationship_quads(source: Any, iri: str) -> Iterator[Quad]:
    """A relationship in the derived graph, with its amounts, terms and steps."""
    for quad in source.quads(NamedNode(iri), None, None, _DEFAULT):
        yield quad
        part = quad.object
        if isinstance(part, NamedNode) and part.value.startswith(f"{iri}#"):
            yield from source.quads(part, None, None, _DEFAULT)


def statement_quads(source: Any, record: RelationshipRecord) -> Iterator[Quad]:
    """The statements about a relationship, out of the graphs of their articles."""
    for told in record.statements:
        graph = NamedNode(v.article_iri(told.article_id))
        yield from source.quads(graph, None, None, graph)
        for quad in source.quads(NamedNode(told.iri), None, None, graph):
            yield quad
            if isinstance(quad.object, NamedNode) and quad.object.value.startswith(told.iri):
                yield from source.quads(quad.object, None, None, graph)


def relationship_rows(records: Iterable[RelationshipRecord]) -> Iterator[Sequence[object]]:
    """Relationships as a table, one a row."""
    yield (
        "id", "kind", "subject", "subject_id", "object", "object_id", "start", "end", "reported",
        "modality", "status", "in_force", "amounts", "terms", "sentence", "source", "url",
    )  # fmt: skip
    for record in records:
        s = record.summary
        best = wording.best(record.statements)
        yield (
            record.id, record.kind.value,
            record.subject.name if record.subject else "", record.subject.id if record.subject else "",
            record.object.name, record.object.id,
            s.start, s.end, s.first_reported, s.modality.value, s.status.value if s.status else "",
            "true" if s.in_force else "false",
            "; ".join(wording.amounts(s.amounts)), "; ".join(wording.terms(record)),
            wording.quote(best), wording.source(best), best.article.url,
        )  # fmt: skip


def statement_rows(records: Iterable[RelationshipRecord]) -> Iterator[Sequence[object]]:
    """The statements of relationships as a table, one a row."""
    yield (
        "statement", "relationship", "says", "modality", "status", "date", "stated", "quote",
        "start", "end", "confidence", "extractor", "article", "title", "publisher", "published", "url",
    )  # fmt: skip
    for record in records:
        for told in record.statements:
            article = told.article
            yield (
                told.id, record.id, title(record), told.modality.value,
                told.status.value if told.status else "", told.date, "; ".join(told.stated),
                wording.quote(told), told.quotes[0].start if told.quotes else "",
                told.quotes[-1].end if told.quotes else "", told.confidence, told.extractor,
                told.article_id, article.title, article.publisher, article.published, article.url,
            )  # fmt: skip


def table(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV (RFC 4180), safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow(["" if x is None else _cell(x) for x in row])
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> object:
    """A text that a spreadsheet would take for a formula is shown as the text it is."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value
