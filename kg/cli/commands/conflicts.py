"""``kg conflicts``: figures that truly contradict one another."""

from __future__ import annotations

from typing import Any

import click

from kg.cli.options import build_if_missing, format_option, store_option, time_options

_COLUMNS = ("relationship", "figure", "one says", "source", "another says", "other source")


@click.command()
@format_option()
@time_options
@store_option
def command(output_format: str, as_of: str | None, known_by: str | None, location: str) -> None:
    """List figures of one relationship that contradict one another.

    Sums that are equal in another currency as stated, or roundings of one another, are no
    conflict.

    \b
    Example:
      kg conflicts
    """
    from kg.cli.output import emit
    from kg.records import Catalogue
    from kg.store import open_store

    build_if_missing(location)
    with open_store(location).read() as reader:
        catalogue = Catalogue(reader, as_of=as_of, known_by=known_by)
        rows = [row for record in catalogue.all_relationships() for row in _conflicts(record)]
    emit(rows, _COLUMNS, output_format)


def _conflicts(record: Any) -> list[dict[str, Any]]:
    from kg.graph import edge_label
    from kg.wording import disagreements

    subject = record.subject.name if record.subject else "an unnamed investor"
    title = f"{subject} {edge_label(record.kind)} {record.object.name}"
    return [
        {
            "relationship": title,
            "figure": figure,
            "one says": one,
            "source": sources,
            "another says": other,
            "other source": other_sources,
        }
        for figure, one, sources, other, other_sources in disagreements(record)
    ]
