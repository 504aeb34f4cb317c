"""``kg restore``: bring a backup back."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import say, store_option


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@store_option
def command(source: Path, location: str) -> None:
    """Make the store hold what the backup in SOURCE holds, after checking that.

    The state before stays as the previous snapshot; a damaged store can be restored over.

    \b
    Example:
      kg restore /mnt/other-disk/kg-2026-11-24
    """
    from kg.store.upkeep import restore

    done = restore(source, location)
    say(f"{done.source} -> {done.target}: {done.bytes:,} bytes, {done.articles} articles' texts")
