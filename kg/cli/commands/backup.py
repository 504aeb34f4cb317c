"""``kg backup``: copy the store to a folder of its own."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import say, store_option


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@store_option
def command(target: Path, location: str) -> None:
    """Copy the store to TARGET, a new folder, checked file by file.

    Others may read and write meanwhile. The copy is a store that --store TARGET reads; decisions
    and your own registry go with it.

    \b
    Examples:
      kg backup /mnt/other-disk/kg-2026-11-24
      kg backup copy --store https://graph.example.org/sparql
    """
    from kg.store.upkeep import backup

    done = backup(location, target)
    say(f"{done.source} -> {done.target}: {done.bytes:,} bytes, {done.articles} articles' texts")
