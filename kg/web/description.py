"""What the endpoint says of itself: a SPARQL 1.1 Service Description with VoID counts."""

from __future__ import annotations

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Triple,
    serialize,
)

from kg import vocabulary as v
from kg.store.evaluate import FORMATS
from kg.web.snapshots import Snapshot

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_TYPE = NamedNode(v.RDF + "type")
_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "TriG",
    "N-Quads",
)


def describe(snapshot: Snapshot, endpoint: str, form: str) -> bytes:
    """The description in a format of ``FORMATS``; ``endpoint`` is the address it was asked at."""
    triples = _triples(endpoint, snapshot.once("triples", _count))
    prefixes = {**v.PREFIXES, "sd": _SD, "void": _VOID}
    return serialize(triples, format=FORMATS[form], prefixes=prefixes) or b""


def _count(snapshot: Snapshot) -> int:
    return sum(1 for _ in snapshot.reader.quads(None, None, None, DefaultGraph()))


def _triples(endpoint: str, count: int) -> list[Triple]:
    def sd(name: str) -> NamedNode:
        return NamedNode(_SD + name)

    service, dataset, graph = BlankNode("service"), BlankNode("dataset"), BlankNode("graph")
    found = [
        Triple(service, _TYPE, sd("Service")),
        Triple(service, sd("endpoint"), NamedNode(endpoint)),
        Triple(service, sd("supportedLanguage"), sd("SPARQL11Query")),
        Triple(service, sd("defaultDataset"), dataset),
        Triple(dataset, _TYPE, sd("Dataset")),
        Triple(
            dataset, NamedNode(v.DCT + "title"), Literal("AI industry relationships", language="en")
        ),
        Triple(
            dataset,
            NamedNode(v.DCT + "license"),
            NamedNode("https://creativecommons.org/licenses/by/4.0/"),
        ),
        Triple(dataset, sd("defaultGraph"), graph),
        Triple(graph, _TYPE, sd("Graph")),
        Triple(graph, NamedNode(_VOID + "triples"), Literal(count)),
        Triple(graph, NamedNode(_VOID + "vocabulary"), NamedNode(v.AIO)),
    ]
    found += [
        Triple(service, sd("resultFormat"), NamedNode(f"http://www.w3.org/ns/formats/{name}"))
        for name in _FORMATS
    ]
    return found
