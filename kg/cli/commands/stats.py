"""``kg stats``: what the store holds, counted."""

from __future__ import annotations

from typing import Any

import click

from kg.cli.options import build_if_missing, format_option, store_option, time_options

_QUERIES = (
    ("articles", "SELECT (COUNT(DISTINCT ?a) AS ?n) { GRAPH ?a { ?a a schema:NewsArticle } }"),
    ("statements", "SELECT (COUNT(*) AS ?n) { GRAPH ?a { ?s a aio:Statement } }"),
    ("entities", "SELECT (COUNT(*) AS ?n) { ?e a aio:Entity }"),
    ("relationships", "SELECT (COUNT(*) AS ?n) { ?r a aio:Relationship }"),
    ("figures not read", "SELECT (COUNT(*) AS ?n) { GRAPH ?a { ?f a aio:UnreadFigure } }"),
)


@click.command()
@format_option()
@time_options
@store_option
def command(output_format: str, as_of: str | None, known_by: str | None, location: str) -> None:
    """Count articles, statements, entities and relationships by kind.

    \b
    Example:
      kg stats --format json
    """
    from kg import vocabulary as v
    from kg.cli.output import emit
    from kg.past import at
    from kg.store import open_store

    build_if_missing(location)
    rows = []
    with open_store(location).read() as snapshot:
        reader = at(snapshot, as_of=as_of, known_by=known_by)
        for label, query in _QUERIES:
            rows.append({"what": label, "count": _count(reader.query(query))})
        for kind, terms in v.TERMS.items():
            query = f"SELECT (COUNT(*) AS ?n) {{ ?r a <{terms.cls}> }}"
            if count := _count(reader.query(query)):
                rows.append({"what": f"relationships: {kind.value}", "count": count})
        for kind_, cls in v.ENTITY_CLASS.items():
            query = f"SELECT (COUNT(*) AS ?n) {{ ?e aio:primaryKind <{cls}> }}"
            if count := _count(reader.query(query)):
                rows.append({"what": f"entities: {kind_.value}", "count": count})
    emit(rows, ("what", "count"), output_format)


def _count(solutions: Any) -> int:
    return int(next(iter(solutions))["n"].value)
