"""A JSON-LD context in which the graph reads as plain JSON, made from the ontology."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from kg import vocabulary as v
from kg.ontology import triples

_TYPED = frozenset(v.XSD + n for n in ("decimal", "integer", "boolean", "string"))
_OTHERS: dict[str, str | None] = {
    "schema:value": "xsd:decimal",
    "schema:currency": "xsd:string",
    "schema:headline": "xsd:string",
    "schema:url": "xsd:string",
    "schema:publisher": "xsd:string",
    "schema:inLanguage": "xsd:string",
    "schema:datePublished": None,
    "oa:exact": "xsd:string",
    "oa:start": "xsd:integer",
    "oa:end": "xsd:integer",
    "dct:identifier": "xsd:string",
    "dct:source": None,
    "skos:prefLabel": None,
    "skos:altLabel": None,
}
"""Terms of other vocabularies that the graph uses, with the type of their values if all have one."""


def context() -> dict[str, Any]:
    """The value of ``@context``.

    A property that leads to nodes takes plain IRIs; one of a fixed datatype takes plain
    values. Dates, which may be days, months or years, and names, which have a language,
    keep theirs. ``iri`` and ``type`` stand for ``@id`` and ``@type``; ``id`` is a prefix.
    """
    found: dict[str, Any] = {"@version": 1.1, **v.PREFIXES, "iri": "@id", "type": "@type"}
    kinds: dict[str, str] = {}
    ranges: dict[str, str] = {}
    for quad in triples():
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            if quad.predicate.value == v.RDF + "type" and quad.object.value.startswith(v.OWL):
                kinds.setdefault(quad.subject.value, quad.object.value.removeprefix(v.OWL))
            elif quad.predicate.value == v.RDFS + "range":
                ranges[quad.subject.value] = quad.object.value
    for iri, kind in sorted(kinds.items()):
        if not iri.startswith(v.AIO):
            continue
        name = iri.removeprefix(v.AIO)
        if kind == "Class":
            found[name] = f"aio:{name}"
        elif kind in ("ObjectProperty", "SymmetricProperty"):
            found[name] = {"@id": f"aio:{name}", "@type": "@id"}
        elif kind == "DatatypeProperty":
            found[name] = _plain(f"aio:{name}", ranges.get(iri))
    for name, datatype in _OTHERS.items():
        expanded = datatype.replace("xsd:", v.XSD) if datatype else None
        found[name.split(":", 1)[1]] = _plain(name, expanded)
    return found


def _plain(name: str, datatype: str | None) -> dict[str, str]:
    if datatype in _TYPED:
        return {"@id": name, "@type": datatype.replace(v.XSD, "xsd:")}
    return {"@id": name}
