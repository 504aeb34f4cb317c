"""``kg sparql``: a SPARQL 1.1 query over the store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kg.cli.options import build_if_missing, store_option, time_options
from kg.model import KgError

_RESULTS = ("table", "json", "xml", "csv", "tsv")
_GRAPHS = ("turtle", "ntriples", "jsonld")


@click.command()
@click.argument("query", required=False)
@click.option(
    "-f", "--file", "path", type=click.Path(path_type=Path), help="Read the query from a file."
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice([*_RESULTS, *_GRAPHS]),
    help="SELECT and ASK: table (default), json, xml, csv, tsv. CONSTRUCT and DESCRIBE: turtle "
    "(default), ntriples, jsonld.",
)
@click.option(
    "--union", is_flag=True, help="Query all graphs as one; the default is the derived graph."
)
@time_options
@store_option
def command(
    query: str | None,
    path: Path | None,
    output_format: str | None,
    union: bool,
    as_of: str | None,
    known_by: str | None,
    location: str,
) -> None:
    """Run a SPARQL 1.1 query; the project's prefixes are declared already.

    QUERY is the text, or - for standard input. Relationships stand in the default graph;
    each article's statements and quotes in a graph of their own (GRAPH ?article { ... }). With
    --as-of or --known-by the whole graph is worked out anew in memory.

    \b
    Examples:
      kg sparql 'SELECT ?lab WHERE { id:microsoft aio:investsIn/skos:prefLabel ?lab }'
      kg sparql -f query.rq --format csv
    """
    import pyoxigraph as ox

    from kg.store import open_store
    from kg.store.xml_text import fit
    from kg.vocabulary import PREFIXES

    text = _query_text(query, path)
    build_if_missing(location)
    with open_store(location).read() as reader:
        result: Any = _view(reader, as_of, known_by).query(text, union=union)
        if isinstance(result, ox.QueryTriples):
            wanted = _fitting(output_format, _GRAPHS, "CONSTRUCT or DESCRIBE")
            formats = {
                "turtle": ox.RdfFormat.TURTLE,
                "ntriples": ox.RdfFormat.N_TRIPLES,
                "jsonld": ox.RdfFormat.JSON_LD,
            }
            prefixes = PREFIXES if wanted == "turtle" else None
            data = ox.serialize(result, format=formats[wanted], prefixes=prefixes)
            sys.stdout.buffer.write(data or b"")
            return
        wanted = _fitting(output_format, _RESULTS, "SELECT or ASK")
        if wanted == "table":
            _table(result)
            return
        formats_of_results = {
            "json": ox.QueryResultsFormat.JSON,
            "xml": ox.QueryResultsFormat.XML,
            "csv": ox.QueryResultsFormat.CSV,
            "tsv": ox.QueryResultsFormat.TSV,
        }
        if isinstance(result, ox.QueryBoolean) and wanted in ("csv", "tsv"):
            click.echo("true" if result else "false")
            return
        written = result.serialize(format=formats_of_results[wanted]) or b""
        sys.stdout.buffer.writelines(fit([written]) if wanted == "xml" else [written])


def _view(reader: Any, as_of: str | None, known_by: str | None) -> Any:
    if as_of is None and known_by is None:
        return reader
    from kg.past import at  # half of the time to start, for those who ask for the past

    return at(reader, as_of=as_of, known_by=known_by)


def _query_text(query: str | None, path: Path | None) -> str:
    if (query is None) == (path is None):
        raise click.UsageError("Give a query, or - for standard input, or a file with -f.")
    if query is not None and query.endswith((".rq", ".sparql")) and len(query.split()) == 1:
        raise click.UsageError(f"{query} is the name of a file; give it with -f.")
    place = str(path) if path is not None else query
    try:
        data = sys.stdin.buffer.read() if place == "-" else path.read_bytes() if path else None
        return query or "" if data is None else data.decode("utf-8-sig")
    except OSError as error:
        raise KgError(f"{place}: cannot be read: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        name = "standard input" if place == "-" else place
        raise KgError(f"{name}: not UTF-8 text (byte {error.start}); give a query") from error


def _fitting(wanted: str | None, fitting: tuple[str, ...], form: str) -> str:
    if wanted is not None and wanted not in fitting:
        raise click.UsageError(
            f"--format {wanted} does not fit a {form} query; use {', '.join(fitting)}"
        )
    return wanted or fitting[0]


def _table(result: Any) -> None:
    import pyoxigraph as ox

    from kg.cli.output import emit

    if isinstance(result, ox.QueryBoolean):
        click.echo("yes" if result else "no")
        return
    columns = [variable.value for variable in result.variables]
    rows = [{c: _short(row[c]) for c in columns} for row in result]
    emit(rows, columns, "table")


def _short(term: Any) -> str:
    """An IRI by its prefix, a literal by its text."""
    from kg.vocabulary import PREFIXES

    if term is None:
        return ""
    value: str = getattr(term, "value", str(term))
    if type(term).__name__ == "NamedNode":
        for prefix, namespace in PREFIXES.items():
            if value.startswith(namespace):
                return f"{prefix}:{value.removeprefix(namespace)}"
    return value
