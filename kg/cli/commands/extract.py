"""``kg extract``: what articles say, without storing it."""

from __future__ import annotations

from typing import Any

import click

from kg.cli.engine import engine_options, extract_on_spark, job
from kg.cli.options import format_option, say, store_option

_COLUMNS = ("type", "subject", "object", "amounts", "when", "standing", "terms", "sentence")


@click.command()
@click.argument("paths", nargs=-1, required=True)
@format_option()
@click.option("--extractor", default="rules", show_default=True, help="Which extractor to use.")
@click.option(
    "--processes", type=click.IntRange(1), default=1, show_default=True, help="How many to run."
)
@click.option(
    "--explain", is_flag=True, help="Tell for each fact which words filled which role, and why."
)
@engine_options
@store_option
def command(
    paths: tuple[str, ...],
    output_format: str,
    extractor: str,
    processes: int,
    explain: bool,
    engine: str,
    master: str | None,
    output: str | None,
    location: str,
) -> int:
    """Show what articles say, without storing it.

    PATHS are text, Markdown, HTML or JSONL files, folders, or - for standard input. Figures
    that could not be read, and inputs that could not, are told on stderr; exit code 3 if an
    input failed. Names are read with the registry and the judgements beside the store; nothing is
    written there.

    \b
    Examples:
      kg extract article.txt
      kg extract news.jsonl --format jsonl > facts.jsonl
      kg extract s3a://news/ --engine spark --master spark://host:7077 -o s3a://facts
    """
    if asked := job(engine, paths, extractor, master=master, output=output):
        return extract_on_spark(asked, location)
    from kg.articles import read
    from kg.cli.output import emit
    from kg.extraction.protocol import load
    from kg.pipeline import extract
    from kg.pipeline.extraction import facts
    from kg.pipeline.setup import linker_for

    failures: list[Exception] = []

    def failed(error: Exception) -> None:
        failures.append(error)
        say(f"kg: {error}")

    linker = linker_for(location)
    found: list[dict[str, Any]] = []
    unread = 0
    articles = read(paths, on_error=failed)
    for one in extract(articles, load(extractor, linker.registry), linker, processes=processes):
        for rejection in one.rejections:
            unread += 1
            say(f"{one.article.source}: {rejection.reason}: {_place(rejection)}")
        told = facts(one, linker.registry)
        if explain:
            _explain(one, told)
        elif output_format == "jsonl":
            emit(told, (), "jsonl")
        else:
            found += told
    if explain:
        return 3 if failures else 0
    if output_format == "json":
        emit(found, (), "json")
    elif output_format != "jsonl":
        emit([_row(f) for f in found], _COLUMNS, output_format)
    if output_format == "table":
        noun = "fact" if len(found) == 1 else "facts"
        say(f"{len(found)} {noun}" + (f", {unread} not read" if unread else ""))
    return 3 if failures else 0


def _place(rejection: Any) -> str:
    evidence = rejection.evidence
    return f"{evidence.quote!r} at {evidence.start}-{evidence.end}"


def _row(fact: dict[str, Any]) -> dict[str, Any]:
    terms = [t for t in (fact["round"], fact["instrument"], fact["nature"]) if t]
    if fact["stake_percent"] is not None:
        terms.append(f"{fact['stake_percent']:g}% stake")
    terms += [f"{name.replace('_', ' ')}: {value}" for name, value in fact["terms"].items()]
    terms += [f"{p['role']}: {p['name']}" for p in fact["participants"]]
    return {
        "type": fact["type"],
        "subject": fact["subject"],
        "object": fact["object"],
        "amounts": [_amount(a) for a in fact["amounts"]],
        "when": fact["date"],
        "standing": ", ".join(
            part.replace("_", " ") for part in (fact["modality"], fact["status"]) if part
        ),
        "terms": list(dict.fromkeys(terms)),
        "sentence": [" ".join(e["quote"].split()) for e in fact["evidence"]],
    }


def _amount(amount: dict[str, Any]) -> str:
    from decimal import Decimal

    from kg.wording import money

    text = money(Decimal(str(amount["value"])), amount["currency"])
    role = amount["role"].replace("_", " ")
    return text if role == "committed" else f"{text} ({role})"


def _explain(one: Any, told: list[dict[str, Any]]) -> None:
    from kg.annotate import explain

    click.echo(f"# {one.article.title or one.article.source}: {len(told)} facts\n")
    for resolved in one.statements:
        click.echo(explain(resolved.statement, one.article))
        click.echo()
