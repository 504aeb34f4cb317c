"""One SPARQL query over one open Oxigraph store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.store.errors import QueryError, explain
from kg.store.xml_text import XmlOutput

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

FORMATS = {
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
"""Names of the formats of graphs and datasets."""

SOLUTION_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
"""Names of the formats of SELECT and ASK results."""

XML_FORMATS = frozenset({"xml", "rdfxml"})


@dataclass(frozen=True, slots=True)
class Options:
    """How a query is evaluated; see ``Reader.query``."""

    prefixes: Mapping[str, str]
    union: bool = False
    default_graph: tuple[GraphName, ...] | None = None
    named_graphs: tuple[ox.NamedNode | ox.BlankNode, ...] | None = None
    substitutions: Mapping[str, Term] | None = None


def evaluate(store: ox.Store, sparql: str, options: Options, place: Path | str) -> Results:
    """Parse and start a query. ``place`` is named in error messages; raises QueryError."""
    try:
        return store.query(
            sparql,
            # Declaring one costs a microsecond: only those that may be used.
            prefixes={p: iri for p, iri in options.prefixes.items() if f"{p}:" in sparql},
            use_default_graph_as_union=options.union,
            default_graph=None if options.default_graph is None else list(options.default_graph),
            named_graphs=None if options.named_graphs is None else list(options.named_graphs),
            substitutions={ox.Variable(k): v for k, v in options.substitutions.items()}
            if options.substitutions
            else None,
        )
    except SyntaxError as error:
        from kg.store.misunderstood import query_error

        raise QueryError(query_error(sparql, error.msg, options.prefixes)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise explain(error, place) or QueryError(
            f"the query cannot be evaluated: {error}"
        ) from error


def serialise(
    results: Results, output: IO[bytes], solutions: str, graph: str, prefixes: Mapping[str, str]
) -> None:
    """Write results to a stream: SELECT and ASK in format ``solutions``, triples in ``graph``."""
    xml = None
    if (graph if isinstance(results, ox.QueryTriples) else solutions) in XML_FORMATS:
        output = xml = XmlOutput(output)  # type: ignore[assignment]
    if isinstance(results, ox.QueryTriples):
        ox.serialize(results, output, FORMATS[graph], prefixes=dict(prefixes))
    else:
        results.serialize(output, SOLUTION_FORMATS[solutions])
    if xml is not None:
        xml.finish()


def graph_name(graph: GraphName | str | None) -> GraphName | None:
    """A graph given by its IRI or as a term; None stays None."""
    return ox.NamedNode(graph) if isinstance(graph, str) else graph
