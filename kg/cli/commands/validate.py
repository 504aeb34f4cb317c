"""``kg validate``: the store against the ontology's shapes."""

from __future__ import annotations

import click

from kg.cli.options import build_if_missing, store_option


@click.command()
@store_option
def command(location: str) -> int:
    """Check the whole store against the ontology's shapes; exit code 1 if it does not conform.

    \b
    Example:
      kg validate --store ./graph
    """
    from kg.store import open_store
    from kg.validation import validate_store

    build_if_missing(location)
    with open_store(location).read() as reader:
        violations = list(validate_store(reader.local()))
    for violation in violations:
        click.echo(str(violation))
    if violations:
        click.echo(f"{len(violations)} violations", err=True)
        return 1
    click.echo("The store conforms to the ontology's shapes.")
    return 0
