"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "markdown")


def default_store() -> str:
    """Where the store is where none is named; imports what it needs when it is asked."""
    from kg.store import default_location

    return default_location()


def store_option(function: F) -> F:
    """``--store``: the folder of the store, or the address of a SPARQL server."""
    return click.option(
        "--store",
        "location",
        envvar="KG_STORE",
        default=default_store,
        show_default="a folder of your user account",
        metavar="DIR|URL",
        help="Where the graph is kept (environment: KG_STORE).",
    )(function)


def format_option(*formats: str, default: str = "table") -> Callable[[F], F]:
    """``--format`` with the formats given."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(formats or FORMATS),
        default=default,
        show_default=True,
        help="How to print the result.",
    )


def time_options(function: F) -> F:
    """``--as-of`` and ``--known-by``."""
    function = click.option(
        "--known-by",
        metavar="DATE",
        callback=a_date,
        help="Answer from what had been published by DATE.",
    )(function)
    return click.option(
        "--as-of", metavar="DATE", callback=a_date, help="Answer from what was true on DATE."
    )(function)


def a_date(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The callback of arguments and options that are dates of any precision."""
    from kg.dates import is_date

    if value is not None and not is_date(value):
        raise click.BadParameter(
            f"{value!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD", ctx, param
        )
    return value


def say(message: str) -> None:
    """Tell a person something that is no data: on stderr."""
    click.echo(message, err=True)


def build_if_missing(location: str) -> None:
    """Build the bundled graph where no store is yet, and say so on stderr."""
    if _exists(location):
        return
    from kg.cli.progress import article_progress
    from kg.pipeline import bundled_articles, ensure_store

    with article_progress(len(bundled_articles())) as advance:
        report = ensure_store(location, announce=say, on_article=lambda _: advance())
    if report:
        say(f"{report.statements} statements from {report.articles} articles are in the graph")


def _exists(location: str) -> bool:
    from kg.store import open_store

    return open_store(location).exists()


def is_terminal() -> bool:
    """Whether a person reads stdout."""
    return sys.stdout.isatty()
