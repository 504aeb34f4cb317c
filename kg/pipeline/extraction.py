"""Articles to resolved statements, and those to the facts that users see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from kg import vocabulary as v
from kg.extraction.particulars import with_particulars
from kg.extraction.protocol import Extractor
from kg.model import Article, Entity, Extraction, Rejection, Relationship, Resolved
from kg.pipeline.naming import Naming
from kg.registry import Registry
from kg.resolution.consolidation import consolidate
from kg.resolution.linking import Linker


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one article says: resolved statements, entities new to the registry, rejections.

    ``read_by`` is the name and version of the extractor.
    """

    article: Article
    statements: tuple[Resolved, ...]
    new_entities: tuple[Entity, ...]
    rejections: tuple[Rejection, ...]
    read_by: tuple[str, str] | None = None


def extract(
    articles: Iterable[Article],
    extractor: Extractor,
    linker: Linker,
    *,
    processes: int = 1,
) -> Iterator[Extracted]:
    """Extract and resolve, one article after the other, in their order."""
    for extraction in extractor.extract_many(articles, processes=processes):
        told = with_particulars(extraction)
        yield replace(resolve(told, linker), read_by=(extractor.name, extractor.version))


def resolve(extraction: Extraction, linker: Linker) -> Extracted:
    """Give the mentions of one extraction their entities."""
    statements, entities = linker.resolve(extraction)
    return Extracted(extraction.article, tuple(statements), tuple(entities), extraction.rejections)


def facts(extracted: Extracted, registry: Registry) -> list[dict[str, Any]]:
    """The article's facts in the form of ``kg extract --format json`` (docs/contracts.md).

    Statements of one relationship that agree in modality are one fact with all their
    evidence; facts come in the order in which the article first states them.
    """
    labels = {e.id: e.name for e in extracted.new_entities}
    naming = Naming(extracted.article.text, extracted.statements, labels, registry)
    found = []
    for relationship in consolidate(extracted.statements):
        by_modality: dict[str, list[Resolved]] = {}
        for resolved in relationship.statements:
            by_modality.setdefault(resolved.statement.modality, []).append(resolved)
        for group in by_modality.values():
            ordered = sorted(group, key=lambda r: (r.statement.evidence, r.statement.id))
            found.append(_fact(extracted.article, relationship, ordered, naming))
    return sorted(found, key=lambda f: (f["evidence"][0]["start"], f["type"], f["object"] or ""))


def _fact(
    article: Article, relationship: Relationship, group: list[Resolved], naming: Naming
) -> dict[str, Any]:
    statements = [r.statement for r in group]
    first = statements[0]
    evidence = sorted({e for s in statements for e in s.evidence})
    amounts = {(a.start, a.value, a.currency): a for s in statements for a in s.amounts}

    def told(attribute: str) -> Any:
        return next((w for s in statements if (w := getattr(s, attribute)) is not None), None)

    stake = told("stake_percent")
    participants = {
        (role, entity, mention.text)
        for r in group
        for (role, entity), (_, mention) in zip(
            r.participants, r.statement.participants, strict=True
        )
    }
    return {
        "article": article.source,
        "type": first.kind.value,
        "subject": naming.of(relationship.subject, group, "subject"),
        "object": naming.of(relationship.object, group, "object"),
        "subject_label": naming.label(relationship.subject) if relationship.subject else None,
        "object_label": naming.label(relationship.object),
        "subject_id": v.entity_iri(relationship.subject) if relationship.subject else None,
        "object_id": v.entity_iri(relationship.object),
        "amounts": [
            {
                "value": float(a.value),
                "currency": a.currency,
                "stated": a.stated,
                "role": a.role.value,
                "qualifier": a.qualifier.value,
            }
            for _, a in sorted(amounts.items())
        ],
        "date": told("date"),
        "modality": first.modality.value,
        "status": told("status"),
        "nature": told("nature"),
        "instrument": told("instrument"),
        "round": told("round"),
        "stake_percent": float(stake) if stake is not None else None,
        "terms": dict(sorted({t for s in statements for t in s.terms})),
        "participants": [
            {"role": role, "name": naming.label(entity), "id": v.entity_iri(entity), "text": text}
            for role, entity, text in sorted(participants)
        ],
        "evidence": [{"start": e.start, "end": e.end, "quote": e.quote} for e in evidence],
        "confidence": max(s.confidence for s in statements),
        "extractor": f"{first.extractor} {first.extractor_version}",
    }
