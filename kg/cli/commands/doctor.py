"""``kg doctor``: what is wrong with the store, and mending it."""

from __future__ import annotations

import click

from kg.cli.options import format_option, store_option

_COLUMNS = ("serious", "place", "problem", "remedy")


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended without guessing.")
@format_option()
@store_option
def command(repair: bool, output_format: str, location: str) -> int:
    """Read every file of the store once and say what is wrong and what to do.

    Exit code 1 if something serious is wrong (and was not repaired). Repairing deletes
    nothing: damaged files are set aside.

    \b
    Examples:
      kg doctor
      kg doctor --repair
    """
    from kg.cli.output import emit
    from kg.store.upkeep import examine

    found = examine(location, repair=repair)
    left = examine(location) if repair else found
    if output_format == "table":
        for finding in found:
            click.echo(f"{finding.place}: {finding.problem}: {finding.remedy}")
        click.echo(_verdict(len(found), len(left), repair=repair))
    else:
        emit([{k: _plain(getattr(f, k)) for k in _COLUMNS} for f in found], _COLUMNS, output_format)
    return 1 if any(finding.serious for finding in left) else 0


def _plain(value: object) -> object:
    return value if isinstance(value, bool) else str(value)


def _verdict(found: int, left: int, *, repair: bool) -> str:
    if not found:
        return "The store is sound."
    return f"{found} findings, {left} left" if repair else f"{found} findings"
