"""``kg ask``: a question in plain English."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import (
    build_if_missing,
    format_option,
    is_terminal,
    say,
    store_option,
    time_options,
)

if TYPE_CHECKING:
    from kg.questions import Answer


def _currency(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """A currency that there are rates for, as wrong use otherwise."""
    if value is None:
        return None
    from kg.questions.asking import UnknownCurrencyError, known_currency

    try:
        return known_currency(value)
    except UnknownCurrencyError as error:
        raise click.BadParameter(str(error)) from error


@click.command()
@click.argument("question", nargs=-1, required=True)
@format_option()
@click.option("--sparql", "show_query", is_flag=True, help="Show the query that answers it too.")
@click.option(
    "--in",
    "currency",
    metavar="CURRENCY",
    callback=_currency,
    help="Give sums as one total in a currency (EUR, USD, ...), converted by dated rates.",
)
@time_options
@store_option
def command(
    question: tuple[str, ...],
    output_format: str,
    show_query: bool,
    currency: str | None,
    as_of: str | None,
    known_by: str | None,
    location: str,
) -> int:
    """Ask a question in plain English.

    The answer says how the question was understood. Exit code 2 with the nearest forms if
    it was not; 0 and nothing if it was and there is no answer.

    \b
    Examples:
      kg ask "Which labs does Microsoft back?"
      kg ask "Which regulators are looking at Microsoft?" --format json
      kg ask "How much has Microsoft put into labs in total?" --in EUR
    """
    from kg.cli.output import emit
    from kg.questions import ask
    from kg.store import open_store

    asked = " ".join(question).strip()
    if not asked:
        raise click.UsageError('The question is empty; ask one, as in kg ask "Who owns M12?".')
    build_if_missing(location)
    with open_store(location).read() as reader:
        answer = ask(reader, asked, as_of=as_of, known_by=known_by, currency=currency)
        if output_format in ("json", "jsonl"):
            indent = 2 if output_format == "json" else None
            click.echo(json.dumps(answer.as_dict(), ensure_ascii=False, indent=indent))
        elif answer.understood:
            _print(answer, output_format, emit)
    if not answer.understood:
        say(f"kg: not understood: {answer.interpretation or answer.question}")
        if answer.left_out:
            say(f"  could not place: {', '.join(answer.left_out)}")
        for form in answer.nearest:
            say(f"  try: {form}")
        return 2
    if show_query and output_format not in ("json", "jsonl"):
        say(f"\n{answer.sparql}")
    return 0


def _print(answer: Answer, output_format: str, emit: Callable[..., Any]) -> None:
    if output_format == "table":
        say(answer.interpretation)
        if answer.verdict:
            click.echo(answer.verdict)
        if answer.count is not None:
            click.echo(str(answer.count))
        if answer.answers and is_terminal():
            click.echo()
    if answer.answers or output_format != "table":
        emit(answer.rows(), answer.columns, output_format)
    else:
        say("Nothing in the graph answers this.")
    if output_format == "table":
        for note in answer.notes:
            say(f"Note: {note}")
