"""What is shown of entities, ways and changes, as rows and pages of plain values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg import wording
from kg.graph import edge_label
from kg.model import Entity
from kg.records import Catalogue, RelationshipRecord

if TYPE_CHECKING:
    from kg.knowledge import Change, KnowledgeGraph, Way

ROW = ("when", "what", "amounts", "terms", "standing", "sentence", "source")
FLAT = ("entity", "kind", *ROW)
TIMELINE = ("when", "kind", *ROW[1:])
PATH = ("way", "step", *ROW)
DIFF = ("on", "change", *ROW[1:])


def entity_page(catalogue: Catalogue, entity: Entity) -> dict[str, Any]:
    """Who an entity is, and its relationships by kind, each kind by its beginning."""
    relationships: dict[str, list[dict[str, Any]]] = {}
    records = [*catalogue.relationships(entity.id), *catalogue.as_party(entity.id)]
    for record in {r.id: r for r in records}.values():
        relationships.setdefault(record.kind.value, []).append(row(record))
    about = {
        "kind": ", ".join(k.value for k in entity.kinds),
        "also known as": ", ".join((*entity.names, *entity.former)),
        "parent": ", ".join(catalogue.ref(i).name for i in catalogue.owners(entity.id)),
        "owns": ", ".join(catalogue.ref(i).name for i in catalogue.owned(entity.id)),
        "developer": catalogue.ref(entity.developer).name if entity.developer else "",
        "develops": ", ".join(
            catalogue.ref(i).name for i in catalogue.kin(entity.id, "developedBy")
        ),
        "place": ", ".join(p for p in (entity.city, entity.country) if p),
        "jurisdiction": entity.jurisdiction or "",
        "founded": entity.founded or "",
        "released": entity.released or "",
        "weights": entity.weights or "",
        "licence": entity.licence or "",
        **dict(entity.identifiers),
    }
    return {
        "id": entity.id,
        "name": entity.name,
        "about": {k: value for k, value in about.items() if value},
        "relationships": dict(sorted(relationships.items())),
    }


def flat(shown: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The relationships of pages as one table, with the entity and the kind in each row."""
    return [
        {"entity": page["id"], "kind": kind, **one}
        for page in shown
        for kind, rows in page["relationships"].items()
        for one in rows
    ]


def row(record: RelationshipRecord) -> dict[str, Any]:
    """A relationship with its sums, terms, standing, best sentence and every source."""
    statement = wording.best(record.statements)
    subject = record.subject.name if record.subject else "(an investor not named)"
    return {
        "when": wording.since(record),
        "what": f"{subject} {edge_label(record.kind)} {record.object.name}"
        + wording.concerning(record),
        "amounts": wording.amounts(record.summary.amounts),
        "terms": wording.terms(record),
        "standing": wording.standing(record),
        "sentence": wording.quote(statement),
        "source": [wording.source(s) for s in record.statements],
        "id": record.id,
    }


def timeline(graph: KnowledgeGraph, entity: Entity) -> list[dict[str, Any]]:
    """Everything told of an entity and what belongs to it, in the order of its beginning."""
    return [{**row(r), "kind": r.kind.value} for r in graph.timeline(entity)]


def ways(found: Iterable[Way]) -> list[dict[str, Any]]:
    """One row for each relationship of each step of each way; ways and steps are numbered."""
    rows = []
    for number, way in enumerate(found, 1):
        pairs = list(zip(way.entities, way.entities[1:], strict=False))
        for record in way.relationships:
            ends = {record.object.id, record.subject.id if record.subject else ""}
            step = next(n for n, pair in enumerate(pairs, 1) if set(pair) <= ends)
            rows.append({"way": number, "step": step, **row(record)})
    return rows


def changes(found: Iterable[Change]) -> list[dict[str, Any]]:
    """What happened on which day to which relationship."""
    return [{"on": c.on, "change": list(c.what), **row(c.relationship)} for c in found]
