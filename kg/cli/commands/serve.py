"""``kg serve``: pages and a SPARQL endpoint."""

from __future__ import annotations

import click

from kg.cli.options import build_if_missing, say, store_option


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at; 0.0.0.0 is every.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=7007,
    show_default=True,
    help="0 takes a free one.",
)
@click.option(
    "--query-timeout",
    type=click.FloatRange(0, min_open=True),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="A SPARQL query that takes longer is ended.",
)
@click.option(
    "--cors",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages of this origin read the data (* is any); repeatable.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A further name by which browsers may call the server; repeatable.",
)
@click.option(
    "--allow-service",
    multiple=True,
    metavar="HOST",
    help="A host that SERVICE in a query may ask; repeatable.",
)
@click.option(
    "--rate",
    type=click.FloatRange(0),
    default=500.0,
    show_default=True,
    help="Requests a second that one address may make; 0 is any number.",
)
@click.option(
    "--texts/--no-texts",
    default=None,
    help="Show articles whole, or only the sentences that facts rest on. Left out: whole, unless "
    "--host lets other machines in.",
)
@store_option
def command(
    host: str,
    port: int,
    query_timeout: float,
    cors: tuple[str, ...],
    hosts: tuple[str, ...],
    allow_service: tuple[str, ...],
    rate: float,
    texts: bool | None,
    location: str,
) -> None:
    """Serve the graph: pages to walk through, and SPARQL 1.1 at /sparql.

    Reads only, and follows the store: what is ingested meanwhile appears by itself.

    \b
    Examples:
      kg serve
      kg serve --port 8080 --query-timeout 30 --store graph/
    """
    from kg.web.server import run
    from kg.web.settings import Settings

    settings = Settings(
        location,
        host=host,
        port=port,
        query_timeout=query_timeout,
        cors=cors,
        hosts=hosts,
        allow_service=allow_service,
        rate=rate,
        texts=texts,
    )
    build_if_missing(location)
    run(settings, say)
