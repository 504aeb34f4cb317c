"""``kg annotate``: an article with its facts marked in the text."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import say, store_option
from kg.model import KgError


@click.command()
@click.argument("article")
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    help="The HTML file to write, or - for standard output.",
)
@click.option("--extractor", default="rules", show_default=True, help="Which extractor to use.")
@store_option
def command(article: str, target: Path, extractor: str, location: str) -> None:
    """Write ARTICLE as a page with its facts marked in the text, to be checked by a person.

    The page needs no network and no script.

    \b
    Example:
      kg annotate article.txt -o page.html
    """
    from kg.annotate import annotate
    from kg.articles import read
    from kg.export.target import writing
    from kg.extraction.protocol import load
    from kg.pipeline.setup import linker_for

    found = list(read([article], on_error=_fail))
    if len(found) != 1:
        raise KgError(f"{article}: holds {len(found)} articles; give one")
    page = annotate(load(extractor, linker_for(location).registry).extract(found[0]))
    if str(target) == "-":
        click.echo(page, nl=False)
        return
    with writing(target) as stream:
        stream.write(page.encode())
    say(f"wrote {target}")


def _fail(error: Exception) -> None:
    raise error
