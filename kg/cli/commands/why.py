"""``kg why``: why names were taken for one entity."""

from __future__ import annotations

import click

from kg.cli.completion import complete_name
from kg.cli.options import build_if_missing, format_option, store_option

_COLUMNS = ("text", "name", "times", "reason", "first in")


@click.command()
@click.argument("name", shell_complete=complete_name)
@format_option()
@store_option
def command(name: str, output_format: str, location: str) -> None:
    """Explain which names in which articles were taken for an entity, and why.

    \b
    Example:
      kg why "Mistral AI"
    """
    from kg.cli.names import the_entity
    from kg.cli.output import emit
    from kg.pipeline.review import possibly_same, why
    from kg.pipeline.setup import linker_for
    from kg.records import Catalogue
    from kg.store import open_store

    build_if_missing(location)
    with open_store(location).read() as reader:
        catalogue = Catalogue(reader)
        entity = the_entity(catalogue, name)
        linker = linker_for(location)
        mentions = why(reader, entity, linker)
        near = possibly_same(reader, entity, linker)
    rows = [
        {
            "text": m.text,
            "name": m.name,
            "times": m.count,
            "reason": m.reason,
            "first in": m.article,
        }
        for m in mentions
    ]
    emit(rows, _COLUMNS, output_format, f"{entity.name} ({entity.id})")
    if near and output_format == "table":
        click.echo("Possibly the same as:")
        for choice in near:
            click.echo(
                f"  {choice.ref.name} ({choice.ref.id}), {choice.score:.0f}: {choice.reason}"
            )
        click.echo("Decide with: kg review")
