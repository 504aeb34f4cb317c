"""Rows to a terminal, a pipe or a program.

On a terminal tables are drawn by rich and fit its width; when piped they are plain text,
aligned and never cut.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Mapping, Sequence
from typing import Any

import click

from kg.cli.options import is_terminal

Row = Mapping[str, Any]


def emit(rows: Sequence[Row], columns: Sequence[str], output_format: str, title: str = "") -> None:
    """Print rows in the format asked for; columns in the order given.

    Values may be texts, numbers, None or lists; lists are joined by line breaks in tables
    and by ``; `` in CSV, and kept in JSON.
    """
    if output_format == "json":
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=2))
    elif output_format == "jsonl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif output_format in ("csv", "tsv"):
        click.echo(_separated(rows, columns, "," if output_format == "csv" else "\t"), nl=False)
    elif output_format == "markdown":
        click.echo(_markdown(rows, columns))
    elif is_terminal():
        _rich_table(rows, columns, title)
    else:
        click.echo(_plain(rows, columns, title))


def _separated(rows: Sequence[Row], columns: Sequence[str], separator: str) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_flat(row.get(column), "; ") for column in columns])
    return stream.getvalue()


def _markdown(rows: Sequence[Row], columns: Sequence[str]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    for row in rows:
        cells = [_flat(row.get(c), "<br>").replace("|", "\\|").replace("\n", " ") for c in columns]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _plain(rows: Sequence[Row], columns: Sequence[str], title: str) -> str:
    cells = [[_flat(row.get(c), "; ").replace("\n", " ") for c in columns] for row in rows]
    widths = [
        max([len(column), *(len(row[i]) for row in cells)]) for i, column in enumerate(columns)
    ]
    lines = [title] if title else []
    lines += [
        "  ".join(text.ljust(w) for text, w in zip(row, widths, strict=True)).rstrip()
        for row in [list(columns), ["-" * w for w in widths], *cells]
    ]
    return "\n".join(lines)


def _flat(value: Any, joint: str) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return joint.join(_flat(v, joint) for v in value)
    return str(value)


COLOURS = {
    "asserted": "green",
    "planned": "cyan",
    "conditional": "yellow",
    "rumoured": "yellow",
    "denied": "red",
}


def _rich_table(rows: Sequence[Row], columns: Sequence[str], title: str) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    width = shutil.get_terminal_size((100, 24)).columns
    console = Console(width=width, highlight=False)
    table = Table(title=title or None, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    shown = [c for c in columns if any(row.get(c) not in (None, "", [], ()) for row in rows)]
    for column in shown or columns:
        long = column in ("sentence", "quote", "evidence")
        table.add_column(
            column, overflow="fold", ratio=3 if long else None, style="dim" if long else None
        )
    for row in rows:
        table.add_row(
            *(
                Text(text := _flat(row.get(c), "\n"), style=COLOURS.get(text, ""))
                for c in shown or columns
            )
        )
    console.print(table)
