"""Rows to a terminal, a pipe or a program.

On a terminal tables are drawn by rich; when piped they are plain text. Both fit the width
(COLUMNS, or 120 where there is no terminal) by wrapping, and never cut a value.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import textwrap
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

import click

from kg.cli.options import is_terminal

Row = Mapping[str, Any]
PLAIN_WIDTH = 120
NARROWEST = 10
SENTENCES = ("sentence", "quote", "evidence")
SENTENCE_WEIGHT = 3


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
    columns = _filled(rows, columns)
    cells = [[_flat(row.get(c), "\n") for c in columns] for row in rows]
    natural = [
        max([len(c), *(len(line) for row in cells for line in row[i].splitlines())])
        for i, c in enumerate(columns)
    ]
    widths = _fitted(columns, natural, shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns)
    lines = [title] if title else []
    for row in [list(columns), ["-" * w for w in widths], *cells]:
        wrapped = [_wrapped(text, w) for text, w in zip(row, widths, strict=True)]
        lines += [
            "  ".join(text.ljust(w) for text, w in zip(line, widths, strict=True)).rstrip()
            for line in zip_longest(*wrapped, fillvalue="")
        ]
    return "\n".join(lines)


def _filled(rows: Sequence[Row], columns: Sequence[str]) -> list[str]:
    """The columns that hold anything; all of them if none does."""
    filled = [c for c in columns if any(row.get(c) not in (None, "", [], ()) for row in rows)]
    return filled or list(columns)


def _fitted(columns: Sequence[str], natural: Sequence[int], total: int) -> list[int]:
    """Column widths within a total: what is short keeps its width, sentences get the most room."""
    room = total - 2 * (len(columns) - 1)
    widths = dict.fromkeys(range(len(columns)), 0)
    weights = {i: SENTENCE_WEIGHT if c in SENTENCES else 1 for i, c in enumerate(columns)}
    open_ = sorted(widths, key=lambda i: natural[i] / weights[i])
    while open_:
        i = open_.pop(0)
        share = room * weights[i] // (weights[i] + sum(weights[j] for j in open_))
        widths[i] = min(natural[i], max(share, NARROWEST))
        room -= widths[i]
    return list(widths.values())


def _wrapped(text: str, width: int) -> list[str]:
    return [
        part for line in text.splitlines() or [""] for part in textwrap.wrap(line, width) or [""]
    ]


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
    shown = _filled(rows, columns)
    for column in shown:
        long = column in SENTENCES
        table.add_column(
            column,
            overflow="fold",
            ratio=SENTENCE_WEIGHT if long else None,
            style="dim" if long else None,
        )
    for row in rows:
        table.add_row(
            *(Text(text := _flat(row.get(c), "\n"), style=COLOURS.get(text, "")) for c in shown)
        )
    console.print(table)
