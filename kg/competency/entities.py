"""Entities: who is who, where, of which class, and what they have made."""

from __future__ import annotations

from collections.abc import Iterator

from kg import ontology
from kg import vocabulary as v
from kg.competency.view import Row, View, answers, cls, ident
from kg.model import EntityKind, Kind
from kg.names import fold

K = EntityKind


@answers("named")
def named(view: View, key: str) -> Iterator[Row]:
    for entity in view.entities.values():
        if key in {fold(name) for name in entity.all_names}:
            yield ident(entity.id), entity.name


@answers("who-is")
def who_is(view: View, entity: str) -> Iterator[Row]:
    if (e := view.entities.get(entity)) is None:
        return
    yield "skos:prefLabel", e.name
    yield from (("skos:altLabel", name) for name in e.names)
    yield from (("aio:formerName", name) for name in e.former)
    yield "aio:primaryKind", cls(v.ENTITY_CLASS[e.kind])
    yield "aio:origin", e.origin
    plain = {
        "country": e.country,
        "city": e.city,
        "jurisdiction": e.jurisdiction,
        "founded": e.founded,
        "parent": ident(e.parent) if e.parent else None,
        **{k: x for k, x in e.identifiers if k in ("wikidata", "lei", "ticker")},
    }
    yield from ((f"aio:{name}", value) for name, value in plain.items() if value)
    yield from (("dct:source", source) for source in e.sources)


@answers("labs-based-in")
def labs_based_in(view: View, country: str) -> Iterator[Row]:
    for lab in view.of_kind(K.LAB):
        if lab.country == country:
            yield ident(lab.id), lab.name, lab.city or None


@answers("headquarters-stated")
def headquarters_stated(view: View, organisation: str) -> Iterator[Row]:
    for s, place in view.direct(Kind.HEADQUARTERS):
        if s == organisation and view.has_kind(place, K.PLACE):
            yield ident(place), view.name(place)


@answers("open-weight-models")
def open_weight_models(view: View) -> Iterator[Row]:
    for model in view.of_kind(K.MODEL):
        if model.weights == "open" and model.developer:
            yield ident(model.id), model.name, ident(model.developer), model.licence or None


@answers("organisations-by-class")
def organisations_by_class(view: View) -> Iterator[Row]:
    for kind in (K.COMPANY, K.MODEL_HUB, K.GOVERNMENT, K.RESEARCH):
        for entity in view.of_kind(kind):
            yield cls(v.ENTITY_CLASS[kind]), ident(entity.id), entity.name


@answers("products-and-platforms-of")
def products_and_platforms_of(view: View, developer: str) -> Iterator[Row]:
    for kind in (K.PRODUCT, K.PLATFORM):
        for entity in view.of_kind(kind):
            if entity.developer == developer:
                yield ident(entity.id), entity.name, cls(v.ENTITY_CLASS[kind])


@answers("releases-of")
def releases_of(view: View, releaser: str) -> Iterator[Row]:
    released = {o for s, o in view.direct(Kind.RELEASE) if s == releaser}
    for s, o, _, data in view.edges(Kind.RELEASE):
        if s == releaser and o in released and (model := view.entities.get(o)):
            date = model.released or data.get("start")
            yield ident(o), model.name, date, model.weights or None, model.licence or None


@answers("possibly-the-same")
def possibly_the_same(view: View) -> Iterator[Row]:
    for entity in view.entities.values():
        for other in view.catalogue.possibly_same(entity.id):
            if other.id in view.entities:
                yield ident(entity.id), entity.name, ident(other.id), other.name


@answers("entities-by-broad-class")
def entities_by_broad_class(view: View) -> Iterator[Row]:
    above = ontology.superclasses()
    for broad in ("Actor", "Organisation", "Artefact"):
        found = sum(
            any(v.AIO + broad in above.get(v.ENTITY_CLASS[k], ()) for k in e.kinds)
            for e in view.entities.values()
        )
        if found:
            yield cls(broad), str(found)
