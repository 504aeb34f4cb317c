"""``kg add``: a registry of one's own."""

from __future__ import annotations

from typing import Any

import click

from kg.cli.options import say, store_option
from kg.model import EntityKind
from kg.registry.rows import IDENTIFIERS, LISTS


@click.group("add")
def command() -> None:
    """Add to what the registry knows.

    \b
    Example:
      kg add entity "Bolt Labs" --kind lab --country DE --names "Bolt; Bolt AI"
    """


@command.command("entity")
@click.argument("name")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    required=True,
    type=click.Choice([k.value for k in EntityKind]),
    help="What it is; the first is the one it is drawn by.",
)
@click.option("--id", "entity_id", help="By default made from the name.")
@click.option("--names", default="", help="Other names, separated by semicolons.")
@click.option("--former", default="", help="Names it no longer bears, separated by semicolons.")
@click.option("--ambiguous", default="", help="Those of its names that need a context.")
@click.option("--parent", help="Id of the organisation that owns it.")
@click.option("--developer", help="Id of the organisation behind a model, product or platform.")
@click.option("--country", help="Two letters (ISO 3166-1).")
@click.option("--city", help="Of its seat.")
@click.option("--jurisdiction", help="Where an authority's decisions hold.")
@click.option("--founded", metavar="DATE", help="YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--released", metavar="DATE", help="Of a model or product.")
@click.option("--weights", type=click.Choice(["open", "closed"]), help="Of a model.")
@click.option("--licence", help="Of a model's weights, as SPDX names it.")
@click.option("--wikidata", metavar="Q...", help="Its Wikidata item.")
@click.option("--lei", help="Its legal entity identifier.")
@click.option("--ticker", metavar="EXCHANGE:SYMBOL", help="Where its shares are listed.")
@click.option("--source", "sources", multiple=True, help="Address of a page that supports it.")
@store_option
def entity(
    name: str, kinds: tuple[str, ...], entity_id: str | None, location: str, **fields: Any
) -> None:
    """Add an entity to the registry beside the store.

    It is written to registry.yaml in the store's folder (the form is described in
    docs/registry.md) and the articles already stored are resolved again by it.

    \b
    Example:
      kg add entity "Bolt Labs" --kind lab --country DE --names "Bolt; Bolt AI"
    """
    from kg.ids import slug
    from kg.pipeline import sync_registry
    from kg.pipeline.setup import add_entity, linker_for
    from kg.store import open_store

    row = _row(entity_id or slug(name), name, kinds, fields)
    path = add_entity(location, row)
    store = open_store(location)
    if store.exists():
        with store.write() as writer:
            sync_registry(writer, linker_for(location))
    say(f"added {row['id']}: {path}")


def _row(
    entity_id: str, name: str, kinds: tuple[str, ...], fields: dict[str, Any]
) -> dict[str, Any]:
    """The entity as a registry file writes it; what was not given is absent."""
    row: dict[str, Any] = {"id": entity_id, "name": name, "kinds": list(kinds)}
    for key, value in fields.items():
        if key in LISTS and isinstance(value, str):
            value = [part.strip() for part in value.split(";") if part.strip()]
        if value and key not in IDENTIFIERS:
            row[key] = list(value) if isinstance(value, tuple) else value
    if identifiers := {key: fields[key] for key in IDENTIFIERS if fields[key]}:
        row["identifiers"] = identifiers
    return row
