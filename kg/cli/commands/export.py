"""``kg export``: the graph as a file for Gephi and other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.completion import complete_name
from kg.cli.options import build_if_missing, say, store_option, time_options
from kg.model import Kind, Modality


@click.command()
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    help="The file to write, or - for standard output (then give --format).",
)
@click.option("--format", "output_format", help="By default from the file's suffix.")
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice([k.value for k in Kind]), help="Only these."
)
@click.option(
    "--modality",
    "modalities",
    multiple=True,
    type=click.Choice([m.value for m in Modality]),
    help="Only relationships told so.",
)
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="Only from this confidence on.")
@click.option(
    "--around",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_name,
    help="Only what lies around an entity.",
)
@click.option(
    "--depth", type=click.IntRange(1), default=1, show_default=True, help="How many steps around."
)
@click.option("--collapse", is_flag=True, help="One edge for each pair of entities.")
@time_options
@store_option
def command(
    target: Path,
    output_format: str | None,
    kinds: tuple[str, ...],
    modalities: tuple[str, ...],
    min_confidence: float | None,
    around: tuple[str, ...],
    depth: int,
    collapse: bool,
    as_of: str | None,
    known_by: str | None,
    location: str,
) -> None:
    """Write the graph as GEXF (Gephi), GraphML, CSV, a picture, RDF or another format.

    Graphs: gexf, gexf-lite, graphml, csv, parquet, cytoscape, node-link, dot, svg, png. RDF:
    trig, nquads, jsonld, turtle, ntriples, rdfxml (everything; the last three as one graph), trig12,
    nquads12 (RDF 1.2, each statement a reifier of its direct triple); the filters by kind,
    modality, confidence and neighbourhood are for the graphs only.

    \b
    Examples:
      kg export -o graph.gexf
      kg export -o mistral.svg --around "Mistral AI" --depth 2
    """
    if rdf := _rdf_format(target, output_format):
        _write_rdf(target, rdf, as_of, known_by, location)
        return
    from kg.cli.names import the_entity
    from kg.cli.progress import edge_progress
    from kg.export import export_graph
    from kg.export.selection import Selection, select
    from kg.records import Catalogue
    from kg.store import open_store

    build_if_missing(location)
    with open_store(location).read() as reader:
        selection = Selection(
            tuple(map(Kind, kinds)),
            tuple(map(Modality, modalities)),
            min_confidence,
            tuple(the_entity(Catalogue(reader), name).id for name in around),
            depth,
            as_of,
            known_by,
        )
        graph = select(reader, selection)
    out = sys.stdout.buffer if str(target) == "-" else target
    with edge_progress() as progress:
        written = export_graph(graph, out, output_format, progress=progress, collapse=collapse)
    counts = f"{graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} edges"
    say(": ".join(filter(None, (counts, ", ".join(map(str, written))))))


def _rdf_format(target: Path, output_format: str | None) -> str | None:
    from kg.rdf.dumps import FORMATS, format_of

    if output_format:
        return output_format if output_format in FORMATS else None
    return format_of(target.suffix.lower())


def _write_rdf(
    target: Path, name: str, as_of: str | None, known_by: str | None, location: str
) -> None:
    from kg.export.target import writing
    from kg.past import at
    from kg.rdf.dumps import dump
    from kg.store import open_store

    build_if_missing(location)
    with open_store(location).read() as reader:
        view = at(reader, as_of=as_of, known_by=known_by)
        if str(target) == "-":
            dump(view, sys.stdout.buffer, name)
            return
        with writing(target) as stream:
            dump(view, stream, name)
    say(f"{target.stat().st_size:,} bytes: {target}")
