"""``kg evaluate``: an extractor against labelled texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option

if TYPE_CHECKING:
    from kg.evaluation import Evaluation

_MISTAKES = ("what", "type", "subject", "object", "wanted", "given", "sentence", "article")


@click.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--extractor", default="rules", show_default=True, help="Which extractor to use.")
@click.option("--errors", is_flag=True, help="List every mistake with its sentence.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print the figures.",
)
@store_option
def command(gold: Path, extractor: str, errors: bool, output_format: str, location: str) -> None:
    """Score an extractor against labelled texts: precision, recall and F1 by type.

    GOLD is a JSONL file with one labelled text a line: id, text and facts (type, subject,
    object, modality).

    \b
    Examples:
      kg evaluate gold.jsonl
      kg evaluate gold.jsonl --errors
    """
    from kg.articles import read
    from kg.cli.output import emit
    from kg.evaluation import evaluate, read_gold
    from kg.extraction.protocol import load
    from kg.pipeline import extract
    from kg.pipeline.extraction import facts
    from kg.pipeline.setup import linker_for

    linker = linker_for(location)
    articles = read([gold], on_error=_fail)
    told = [
        fact
        for one in extract(articles, load(extractor, linker.registry), linker)
        for fact in facts(one, linker.registry)
    ]
    result = evaluate(read_gold(gold), told, linker.registry)
    if output_format == "json":
        click.echo(json.dumps(result.as_dict(), ensure_ascii=False, indent=2))
        return
    _print(result)
    if errors:
        rows = [{c: getattr(m, c) for c in _MISTAKES} for m in result.mistakes]
        click.echo()
        emit(rows, _MISTAKES, "table")


def _print(result: Evaluation) -> None:
    from kg.cli.output import emit

    rows = [
        {
            "type": label,
            "gold": score.gold,
            "found": score.found,
            "precision": f"{score.precision:.3f}",
            "recall": f"{score.recall:.3f}",
            "F1": f"{score.f1:.3f}",
        }
        for label, score in result.rows().items()
    ]
    emit(rows, ("type", "gold", "found", "precision", "recall", "F1"), "table")
    for label, ratio in (
        ("modality right", result.modality),
        ("amount and currency right", result.amounts),
        ("false alarms on texts without a fact", result.false_alarms),
    ):
        value = "-" if ratio.value is None else f"{ratio.value:.3f} ({ratio.right} of {ratio.of})"
        click.echo(f"{label}: {value}")


def _fail(error: Exception) -> None:
    raise error
