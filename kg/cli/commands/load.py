"""``kg load``: prepared statements into the store."""

from __future__ import annotations

import click

from kg.cli.options import say, store_option


@click.command()
@click.argument("paths", nargs=-1, required=True)
@store_option
def command(paths: tuple[str, ...], location: str) -> None:
    """Load statements that were prepared as quads: N-Quads, TriG and other RDF, also gzipped.

    PATHS are files or folders of them, such as the partitions that a cluster writes. All become
    visible at once. Into a store that is not empty, relationships are worked out again.

    \b
    Examples:
      kg load quads/ --store ./graph
      kg load corpus.nq.gz --store https://graph.example.org/sparql
    """
    from kg.cli.progress import byte_progress
    from kg.pipeline.loading import files, load
    from kg.pipeline.setup import linker_for
    from kg.store import open_store

    found = files(paths)
    total = sum(path.stat().st_size for path in found)
    with (
        byte_progress(total, "files", "Loading") as bar,
        open_store(location).write() as writer,
    ):
        done = load(
            writer,
            found,
            linker_for(location),
            on_bytes=bar.read,
            on_file=bar.done,
        )
    derived = "; relationships were worked out again" if done.derived else ""
    say(f"{done.files} files loaded, {done.bytes:,} bytes{derived}")
