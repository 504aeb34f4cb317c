"""``kg path``: how two entities are connected."""

from __future__ import annotations

import click

from kg.cli.completion import complete_name
from kg.cli.options import build_if_missing, format_option, say, store_option, time_options


@click.command()
@click.argument("one", shell_complete=complete_name)
@click.argument("other", shell_complete=complete_name)
@click.option("--all", "all_short", is_flag=True, help="Also the ways that are one step longer.")
@format_option()
@time_options
@store_option
def command(
    one: str,
    other: str,
    all_short: bool,
    output_format: str,
    as_of: str | None,
    known_by: str | None,
    location: str,
) -> None:
    """Show the shortest ways between two entities, each step with its sentence.

    \b
    Examples:
      kg path SoftBank Amazon
      kg path "Mistral AI" Nvidia --all --format json
    """
    from kg.cli import pages
    from kg.cli.names import the_entity
    from kg.cli.output import emit
    from kg.knowledge import KnowledgeGraph
    from kg.store import open_store

    build_if_missing(location)
    with KnowledgeGraph(open_store(location).read(), as_of=as_of, known_by=known_by) as graph:
        ends = [the_entity(graph.catalogue, name) for name in (one, other)]
        found = graph.paths_between(*ends, all_short=all_short)
        if output_format == "table":
            for number, way in enumerate(found, 1):
                say(f"{number}. {' – '.join(way.names)}")
            if not found:
                say(f"{ends[0].name} and {ends[1].name} are not connected in a few steps.")
        if found or output_format != "table":
            emit(pages.ways(found), pages.PATH, output_format)
