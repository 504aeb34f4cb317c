"""``kg ingest``: store what articles say."""

from __future__ import annotations

import click

from kg.cli.engine import engine_options, ingest_on_spark, job
from kg.cli.options import say, store_option


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--extractor", default="rules", show_default=True, help="Which extractor to use.")
@click.option(
    "--processes", type=click.IntRange(1), default=1, show_default=True, help="How many to run."
)
@click.option(
    "--batch",
    type=click.IntRange(1),
    default=500,
    show_default=True,
    help="Make the articles visible after every so many.",
)
@engine_options
@store_option
def command(
    paths: tuple[str, ...],
    extractor: str,
    processes: int,
    batch: int,
    engine: str,
    master: str | None,
    output: str | None,
    location: str,
) -> int:
    """Store what articles say; the same article again changes nothing.

    PATHS are text, Markdown, HTML or JSONL files, folders, or - for standard input. A new
    store starts with the registry alone. Exit code 3 if an input could not be read; the
    others are stored.

    \b
    Examples:
      kg ingest article.txt
      kg ingest news/ --store ./graph
      kg ingest news/ --engine spark --master "local[8]" --store ./graph
    """
    if asked := job(engine, paths, extractor, master=master, output=output):
        return ingest_on_spark(asked, location)
    from kg.articles.reading import read, size
    from kg.cli.progress import byte_progress
    from kg.extraction.protocol import load
    from kg.pipeline import IngestReport, extract, ingest, sync_registry
    from kg.pipeline.ingest import unread_only
    from kg.pipeline.setup import linker_for
    from kg.store import open_store

    failures: list[Exception] = []

    def failed(error: Exception) -> None:
        failures.append(error)
        say(f"kg: {error}")

    linker = linker_for(location)
    with open_store(location).write() as writer, byte_progress(size(paths), "articles") as bar:
        sync_registry(writer, linker)
        reader_of = load(extractor, linker.registry)
        report = IngestReport()
        articles = unread_only(
            writer, read(paths, on_error=failed, on_bytes=bar.read), reader_of, report
        )
        ingest(
            writer,
            extract(articles, reader_of, linker, processes=processes),
            linker,
            batch=batch,
            on_article=lambda _: bar.done(),
            report=report,
        )
    for source, rejection in report.rejections:
        e = rejection.evidence
        say(f"{source}: {rejection.reason}: {e.quote!r} at {e.start}-{e.end}")
    for invalid in report.invalid:
        for violation in invalid.violations:
            say(f"{invalid.source}: statement not stored: {violation}")
    parts = [
        f"{report.added} new",
        f"{report.replaced} replaced",
        f"{report.unchanged} unchanged",
    ]
    say(
        f"{report.articles} articles ({', '.join(parts)}), {report.statements} statements, "
        f"{len(report.new_entities)} entities not in the registry, "
        f"{len(report.rejections)} figures not read, {len(report.invalid)} statements refused, {len(failures)} inputs not read"
    )
    return 3 if failures else 0
