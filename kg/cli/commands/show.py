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

_COLUMNS = ("when", "what", "amounts", "terms", "standing", "sentence", "source")


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
        pages = [_page(catalogue, entity) for entity in found]
    if output_format in ("json", "jsonl"):
        click.echo(
            json.dumps(pages, ensure_ascii=False, indent=2 if output_format == "json" else None)
        )
        return 0
    for page in pages:
        if output_format in ("table", "markdown"):
            _heading(page, output_format)
        for kind, rows in page["relationships"].items():
            emit(rows, _COLUMNS, output_format, kind if output_format == "table" else "")
    return 0


def _page(catalogue: Any, entity: Any) -> dict[str, Any]:
    relationships: dict[str, list[dict[str, Any]]] = {}
    records = [*catalogue.relationships(entity.id), *catalogue.as_party(entity.id)]
    seen = set()
    for record in records:
        if record.id not in seen:
            seen.add(record.id)
            relationships.setdefault(record.kind.value, []).append(_row(record, entity.id))
    about = {
        "kind": ", ".join(k.value for k in entity.kinds),
        "also known as": ", ".join((*entity.names, *entity.former)),
        "parent": catalogue.ref(entity.parent).name if entity.parent else "",
        "owns": ", ".join(catalogue.ref(i).name for i in catalogue.kin(entity.id)),
        "developer": catalogue.ref(entity.developer).name if entity.developer else "",
        "develops": ", ".join(
            catalogue.ref(i).name for i in catalogue.kin(entity.id, "developedBy")
        ),
        "place": ", ".join(p for p in (entity.city, entity.country) if p),
        "jurisdiction": entity.jurisdiction or "",
        "founded": entity.founded or "",
        "released": entity.released or "",
        "weights": entity.weights or "",
        "licence": entity.licence or "",
        **dict(entity.identifiers),
    }
    return {
        "id": entity.id,
        "name": entity.name,
        "about": {k: value for k, value in about.items() if value},
        "relationships": dict(sorted(relationships.items())),
    }


def _row(record: Any, entity_id: str) -> dict[str, Any]:
    from kg import wording
    from kg.graph import edge_label

    statement = wording.best(record.statements)
    subject = record.subject.name if record.subject else "(an investor not named)"
    return {
        "when": wording.since(record),
        "what": f"{subject} {edge_label(record.kind)} {record.object.name}",
        "amounts": wording.amounts(record.summary.amounts),
        "terms": wording.terms(record),
        "standing": wording.standing(record),
        "sentence": wording.quote(statement),
        "source": [wording.source(s) for s in record.statements],
        "id": record.id,
    }


def _heading(page: dict[str, Any], output_format: str) -> None:
    if output_format == "markdown":
        click.echo(f"## {page['name']}\n")
        for label, value in page["about"].items():
            click.echo(f"- {label}: {value}")
        click.echo()
        return
    click.echo(click.style(page["name"], bold=True) if is_terminal() else page["name"])
    for label, value in page["about"].items():
        click.echo(f"  {label}: {value}")
    click.echo()
