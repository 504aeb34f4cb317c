"""``kg timeline``: what is told of an entity, in the order in which it happened."""

from __future__ import annotations

import click

from kg.cli.completion import complete_name
from kg.cli.options import build_if_missing, format_option, store_option, time_options


@click.command()
@click.argument("name", shell_complete=complete_name)
@format_option()
@time_options
@store_option
def command(
    name: str, output_format: str, as_of: str | None, known_by: str | None, location: str
) -> None:
    """Show the relationships of an entity in the order of their beginning.

    What is rumoured, denied or over is told too, and what subsidiaries and funds do.

    \b
    Examples:
      kg timeline "Mistral AI"
      kg timeline Microsoft --known-by 2024-02 --format csv
    """
    from kg.cli import pages
    from kg.cli.names import the_entity
    from kg.cli.output import emit
    from kg.knowledge import KnowledgeGraph
    from kg.store import open_store

    build_if_missing(location)
    with KnowledgeGraph(open_store(location).read(), as_of=as_of, known_by=known_by) as graph:
        entity = the_entity(graph.catalogue, name)
        emit(pages.timeline(graph, entity), pages.TIMELINE, output_format, entity.name)
