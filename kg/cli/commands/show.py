"""``kg show``: an entity's page on the terminal."""

from __future__ import annotations

import json
from typing import Any

import click

from kg.cli.completion import complete_name
from kg.cli.options import (
    build_if_missing,
    format_option,
    is_terminal,
    store_option,
    time_options,
)


@click.command()
@click.argument("name", shell_complete=complete_name)
@format_option()
@time_options
@store_option
def command(
    name: str, output_format: str, as_of: str | None, known_by: str | None, location: str
) -> int:
    """Show all that is known of an entity: who it is and its relationships in time.

    NAME is any of its names, or its id. Exit code 1 if there is none, with near misses.

    \b
    Examples:
      kg show "Mistral AI"
      kg show microsoft --as-of 2023-06 --format json
    """
    from kg.cli import pages
    from kg.cli.output import emit
    from kg.records import Catalogue
    from kg.store import open_store

    build_if_missing(location)
    with open_store(location).read() as reader:
        catalogue = Catalogue(reader, as_of=as_of, known_by=known_by)
        by_id = catalogue.entity(name)
        found = [by_id] if by_id else catalogue.find(name)
        if not found:
            near = ", ".join(ref.name for ref in catalogue.suggest(name))
            hint = f"; did you mean {near}?" if near else ""
            click.echo(f"kg: nothing is known of {name!r}{hint}", err=True)
            return 1
        shown = [pages.entity_page(catalogue, entity) for entity in found]
    if output_format == "json":
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    elif output_format == "jsonl":
        for page in shown:
            click.echo(json.dumps(page, ensure_ascii=False))
    elif output_format in ("csv", "tsv"):
        emit(pages.flat(shown), pages.FLAT, output_format)
    else:
        for page in shown:
            _print(page, output_format)
    return 0


def _print(page: dict[str, Any], output_format: str) -> None:
    from kg.cli import pages
    from kg.cli.output import emit

    _heading(page, output_format)
    for kind, rows in page["relationships"].items():
        if output_format == "markdown":
            click.echo(f"### {kind.capitalize()}\n")
        emit(rows, pages.ROW, output_format, kind)
        click.echo()


def _heading(page: dict[str, Any], output_format: str) -> None:
    from kg.cli.output import fit

    if output_format == "markdown":
        click.echo(f"## {page['name']}\n")
        for label, value in page["about"].items():
            click.echo(f"- {label}: {value}")
        click.echo()
        return
    click.echo(click.style(page["name"], bold=True) if is_terminal() else page["name"])
    for label, value in page["about"].items():
        click.echo(fit(f"  {label}: {value}"))
    click.echo()
