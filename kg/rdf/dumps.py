"""The store as RDF files.

Every syntax holds everything: the derived graph, every article's graph and the ontology.
Turtle, N-Triples and RDF/XML know no named graphs and write all as one; nothing is lost by
it, for the subject of a triple tells the graph that it is of (``graph_of``). The RDF 1.2
forms add, for every relationship in force, a triple term: each of its statements
``rdf:reifies`` the direct triple it speaks for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg import vocabulary as v
from kg.model import KgError
from kg.rdf.quads import QuadSource
from kg.rdf.terms import DEFAULT, TYPE, aio

FORMATS: dict[str, tuple[RdfFormat, tuple[str, ...], str]] = {
    "trig": (RdfFormat.TRIG, (".trig",), "everything, as TriG"),
    "nquads": (RdfFormat.N_QUADS, (".nq",), "everything, as N-Quads"),
    "jsonld": (RdfFormat.JSON_LD, (".jsonld",), "everything, as JSON-LD with a context"),
    "turtle": (RdfFormat.TURTLE, (".ttl",), "everything as one graph, as Turtle"),
    "ntriples": (RdfFormat.N_TRIPLES, (".nt",), "everything as one graph, as N-Triples"),
    "rdfxml": (RdfFormat.RDF_XML, (".rdf", ".owl"), "everything as one graph, as RDF/XML"),
    "trig12": (RdfFormat.TRIG, (), "everything, as TriG 1.2 with reifiers"),
    "nquads12": (RdfFormat.N_QUADS, (), "everything, as N-Quads 1.2 with reifiers"),
}
"""Name -> serialisation, suffixes, what it is."""

_REIFIES = NamedNode(v.RDF + "reifies")


def format_of(suffix: str) -> str | None:
    """The name of the RDF format that a file's suffix stands for."""
    return next((name for name, (_, known, _) in FORMATS.items() if suffix in known), None)


def dump(source: QuadSource, output: IO[bytes], name: str) -> None:
    """Write a store in one of ``FORMATS``; JSON-LD is held in memory, the others stream.

    Raises KgError where a text holds a character that XML cannot, and RDF/XML is asked for.
    """
    rdf_format, _, _ = FORMATS[name]
    if name == "jsonld":
        output.write(json_ld(source.quads()))
        return
    if rdf_format.supports_datasets:
        quads: Iterable[Quad] = source.quads()
        if name.endswith("12"):
            quads = with_reifiers(source)
        serialize(quads, output, rdf_format, prefixes=v.PREFIXES)
        return
    triples: Iterator[Triple] = (Triple(q.subject, q.predicate, q.object) for q in source.quads())
    if name == "rdfxml":
        triples = _fit_for_xml(triples)
    serialize(triples, output, rdf_format, prefixes=v.PREFIXES)


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _fit_for_xml(triples: Iterable[Triple]) -> Iterator[Triple]:
    for triple in triples:
        value = triple.object.value if isinstance(triple.object, Literal) else ""
        if found := _NOT_XML.search(value):
            raise KgError(
                f"{triple.subject}: RDF/XML has no way to write the character "
                f"U+{ord(found[0]):04X} in {value[:60]!r}; choose another format, such as turtle"
            )
        yield triple


def with_reifiers(source: QuadSource) -> Iterator[Quad]:
    """All quads, and what each statement of a relationship in force reifies."""
    yield from source.quads()
    for terms in v.TERMS.values():
        subject, object_ = NamedNode(terms.subject), NamedNode(terms.object)
        for typed in source.quads(None, TYPE, NamedNode(terms.cls), DEFAULT):
            node = typed.subject
            ends = [
                [q.object for q in source.quads(node, role, None, DEFAULT)]
                for role in dict.fromkeys((subject, object_))
            ]
            pairs = [tuple(ends[0])] if len(ends) == 1 else list(zip(*ends, strict=False))
            for pair in pairs:
                if len(pair) != 2 or not isinstance(pair[0], NamedNode):
                    continue
                direct = Triple(pair[0], NamedNode(terms.direct), pair[1])
                if not any(
                    True
                    for _ in source.quads(direct.subject, direct.predicate, direct.object, DEFAULT)
                ):
                    continue
                for told in source.quads(node, aio("statement"), None, DEFAULT):
                    if isinstance(told.object, NamedNode):
                        yield Quad(told.object, _REIFIES, direct, DEFAULT)


def json_ld(quads: Iterable[Quad]) -> bytes:
    """JSON-LD with the project's prefixes as its context, every graph in it."""
    expanded = json.loads(serialize(quads, format=RdfFormat.JSON_LD) or b"[]")
    nodes = expanded if isinstance(expanded, list) else expanded.get("@graph", [expanded])
    document = {"@context": dict(v.PREFIXES), "@graph": [_compact(node) for node in nodes]}
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


_ORDERED = sorted(v.PREFIXES.items(), key=lambda item: -len(item[1]))


def _compact(value: Any, key: str | None = None) -> Any:
    if isinstance(value, list):
        return [_compact(item, key) for item in value]
    if not isinstance(value, dict):
        return _short(value) if key in ("@id", "@type") and isinstance(value, str) else value
    return {_short(k): _compact(item, k) for k, item in value.items()}


def _short(iri: str) -> str:
    for prefix, namespace in _ORDERED:
        rest = iri.removeprefix(namespace)
        if rest != iri and rest and not rest.startswith("//"):
            return f"{prefix}:{rest}"
    return iri


def load(data: bytes, name: str) -> set[Quad]:
    """Read back what ``dump`` wrote, in one of ``FORMATS``."""
    rdf_format, _, _ = FORMATS[name]
    named = rdf_format.supports_datasets
    return {
        Quad(q.subject, q.predicate, q.object, q.graph_name if named else graph_of(q.subject))
        for q in parse(data, format=rdf_format)
    }


def graph_of(subject: object) -> NamedNode | DefaultGraph:
    """The graph in which a store keeps the triples about a subject.

    Articles and what stands in them have IRIs below the article's, which names its graph;
    entities, relationships and the registry's version stand in the derived graph; all
    else is the ontology's.
    """
    iri = str(getattr(subject, "value", subject))
    if iri.startswith(v.ARTICLE):
        return NamedNode(v.ARTICLE + re.split("[/#]", iri.removeprefix(v.ARTICLE), maxsplit=1)[0])
    if iri.startswith(v.ID) or iri == v.BASE + "registry":
        return DEFAULT
    return NamedNode(v.BASE + "ontology")
