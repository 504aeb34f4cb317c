"""``kg diff``: what changed between two days."""

from __future__ import annotations

import click

from kg.cli.completion import complete_name
from kg.cli.options import a_date, build_if_missing, format_option, say, store_option


@click.command()
@click.argument("since", metavar="FROM", callback=a_date)
@click.argument("until", metavar="TO", callback=a_date)
@click.option("--about", metavar="NAME", shell_complete=complete_name, help="Only of an entity.")
@format_option()
@store_option
def command(since: str, until: str, about: str | None, output_format: str, location: str) -> None:
    """Show what began, was first reported or moved on between two dates.

    FROM and TO may be years or months (2024, 2024-03); both are included.

    \b
    Examples:
      kg diff 2024-01 2024-06
      kg diff 2025-07-01 2025-12-31 --about "Mistral AI" --format markdown
    """
    from kg.cli import pages
    from kg.cli.names import the_entity
    from kg.cli.output import emit
    from kg.dates import span
    from kg.knowledge import KnowledgeGraph
    from kg.store import open_store

    first, last = span(since)[0].isoformat(), span(until)[1].isoformat()
    if first > last:
        raise click.UsageError(f"{since} is after {until}; give the earlier date first")
    build_if_missing(location)
    with KnowledgeGraph(open_store(location).read()) as graph:
        entity = the_entity(graph.catalogue, about) if about else None
        rows = pages.changes(graph.diff(first, last, entity))
    if not rows and output_format == "table":
        say(f"Nothing changed between {since} and {until}.")
        return
    emit(rows, pages.DIFF, output_format)
