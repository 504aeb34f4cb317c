"""The context turns the graph into plain JSON and back without losing anything."""

from __future__ import annotations

import json

import pyoxigraph as ox
import rdflib
from rdflib.compare import isomorphic

from kg import vocabulary as v
from kg.jsonld import context
from tests.ontology.dataset import quads


def test_a_relationship_reads_as_plain_json() -> None:
    document = {
        "@context": context(),
        "iri": "id:investment/a/b",
        "type": ["Relationship", "Investment"],
        "investor": "id:a",
        "stakePercent": "49.5",
        "inForce": True,
        "amount": {"iri": "id:x", "type": "schema:MonetaryAmount", "value": "1", "currency": "EUR"},
    }
    graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    subject = rdflib.URIRef(v.ID + "investment/a/b")
    aio = rdflib.Namespace(v.AIO)
    assert graph.value(subject, aio.investor) == rdflib.URIRef(v.ID + "a")
    assert graph.value(subject, aio.stakePercent) == rdflib.Literal(
        "49.5", datatype=rdflib.XSD.decimal
    )
    assert graph.value(subject, aio.inForce) == rdflib.Literal(True)
    assert (subject, rdflib.RDF.type, aio.Investment) in graph


def test_nothing_is_lost_on_the_way() -> None:
    written = ox.serialize(
        (ox.Triple(q.subject, q.predicate, q.object) for q in quads()),
        format=ox.RdfFormat.N_TRIPLES,
    )
    assert written is not None
    graph = rdflib.Graph().parse(data=written, format="nt")
    compact = graph.serialize(format="json-ld", context=context(), auto_compact=True)
    assert isomorphic(rdflib.Graph().parse(data=compact, format="json-ld"), graph)
    assert '"investor": "id:microsoft"' in compact
