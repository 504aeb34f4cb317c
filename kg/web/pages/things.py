"""``/id/...``: the page of an entity or of a relationship, and the data behind it."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from kg.graph import edge_label
from kg.model import Entity
from kg.records import RelationshipRecord
from kg.vocabulary import entity_iri
from kg.web import twins, views
from kg.web.rendering import here
from kg.web.visits import TWINS, NotThereError, Visit, alternatives, visit


@visit
def page(visit: Visit) -> Response:
    """An entity or a relationship, as a page or as data."""
    name = visit.request.path_params["name"]
    for asked, form in _readings(name):
        found = _answer(visit, asked, form)
        if found is not None:
            return found
    if len(same := visit.catalogue.find(name)) == 1:
        return RedirectResponse(here(entity_iri(same[0].id)), 302)
    near = visit.catalogue.suggest(name.rpartition("/")[2].replace("-", " "))
    raise NotThereError(f"The graph knows nothing by the id {name!r}.", near)


def _readings(name: str) -> list[tuple[str, str | None]]:
    """The whole as an id, then its end as a suffix: an id may hold a point too."""
    start, _, suffix = name.rpartition(".")
    return [(name, None), *([(start, suffix)] if start and suffix in TWINS else [])]


def _answer(visit: Visit, name: str, form: str | None) -> Response | None:
    if "/" in name:
        relationship = visit.catalogue.relationship(name) if _is_plain(name) else None
        if relationship is None:
            return None
        form = form or visit.twin()
        return (
            _relationship_twin(visit, relationship, form)
            if form
            else _relationship(visit, relationship)
        )
    entity = visit.catalogue.entity(name)
    if entity is None:
        return None
    records = records_of(visit, entity.id)
    form = form or visit.twin()
    if form:
        quads = twins.entity_quads(visit.snapshot.reader, entity_iri(entity.id), records)
        return twins.answer(form, quads, twins.relationship_rows(records))
    return _entity(visit, entity, records)


def _is_plain(name: str) -> bool:
    return all(c.isalnum() or c in "/.-_~" for c in name)


def records_of(visit: Visit, entity_id: str) -> list[RelationshipRecord]:
    """The relationships of an entity in any role, from the oldest on."""
    catalogue = visit.catalogue
    found = [*catalogue.relationships(entity_id), *catalogue.as_party(entity_id)]
    return list({record.id: record for record in found}.values())


def _entity(visit: Visit, entity: Entity, records: list[RelationshipRecord]) -> Response:
    catalogue = visit.catalogue
    iri = entity_iri(entity.id)
    about = [
        ("Also known as", ", ".join((*entity.names, *entity.former))),
        ("Place", ", ".join(p for p in (entity.city, entity.country) if p)),
        ("Jurisdiction", entity.jurisdiction or ""),
        ("Founded", entity.founded or ""),
        ("Released", entity.released or ""),
        ("Weights", entity.weights or ""),
        ("Licence", entity.licence or ""),
    ]
    kin = [
        ("Part of", [catalogue.ref(i) for i in catalogue.owners(entity.id)]),
        ("Owns", [catalogue.ref(i) for i in catalogue.owned(entity.id)]),
        ("Developed by", [catalogue.ref(entity.developer)] if entity.developer else []),
        ("Develops", [catalogue.ref(i) for i in catalogue.kin(entity.id, "developedBy")]),
        ("May be the same as", catalogue.possibly_same(entity.id)),
    ]
    return visit.page(
        "entity.html",
        entity=entity,
        iri=iri,
        about=[(label, value) for label, value in about if value],
        kin=[(label, refs) for label, refs in kin if refs],
        identifiers=[(name, value, _authority(name, value)) for name, value in entity.identifiers],
        groups=views.groups(records, entity.id),
        total=len(records),
        twins=alternatives(here(iri)),
    )


_RESOLVERS = {
    "wikidata": "https://www.wikidata.org/wiki/",
    "lei": "https://search.gleif.org/#/record/",
}


def _authority(name: str, value: str) -> str | None:
    start = _RESOLVERS.get(name.lower())
    return f"{start}{value}" if start and value.isalnum() else None


def _relationship(visit: Visit, record: RelationshipRecord) -> Response:
    subject = record.subject
    return visit.page(
        "relationship.html",
        record=record,
        title=views.title(record),
        verb=edge_label(record.kind),
        subject=subject,
        unnamed=views.UNNAMED,
        card=views.card(record),
        roles=views.roles(record),
        sums=views.sums(record),
        terms=views.terms(record),
        points=views.timeline(record),
        statements=[views.statement(s) for s in record.statements],
        twins=alternatives(here(record.iri)),
    )


def _relationship_twin(visit: Visit, record: RelationshipRecord, form: str) -> Response:
    source = visit.snapshot.reader
    quads = [
        *twins.relationship_quads(source, record.iri),
        *twins.statement_quads(source, record),
    ]
    return twins.answer(form, quads, twins.statement_rows([record]))
