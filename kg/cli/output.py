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
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import is_terminal

if TYPE_CHECKING:
    from rich.console import Console

Row = Mapping[str, Any]
PLAIN_WIDTH = 120
NARROWEST = 10
LEAST = {"amounts": 16}
"""A sum with its currency stays on one line: *USD 16.3 million*."""
LEGIBLE = 11
"""Characters that a column of longer texts needs to be read with ease."""
SENTENCES = ("sentence", "quote", "evidence")
SENTENCE_WEIGHT = 3
WIDER = {"what": 2, "name": 2, "relationship": 2, "path": 2}
"""How much room a column has beside the others, where they do not all fit."""


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
    natural = _natural(rows, columns)
    width = shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns
    if _too_narrow(natural, width):
        return "\n".join([*([title] if title else []), *_cards(cells, columns, width)])
    widths = _fitted(columns, natural, width)
    lines = [title] if title else []
    for row in [list(columns), ["-" * w for w in widths], *cells]:
        wrapped = [_wrapped(text, w) for text, w in zip(row, widths, strict=True)]
        lines += [
            "  ".join(text.ljust(w) for text, w in zip(line, widths, strict=True)).rstrip()
            for line in zip_longest(*wrapped, fillvalue="")
        ]
    return "\n".join(lines)


def _natural(rows: Sequence[Row], columns: Sequence[str]) -> list[int]:
    """The longest line of each column."""
    return [
        max([len(c), *(len(line) for row in rows for line in _flat(row.get(c), "\n").splitlines())])
        for c in columns
    ]


def _too_narrow(natural: Sequence[int], width: int) -> bool:
    """Whether a table would press its columns into less than can be read."""
    return sum(min(n, LEGIBLE) + 2 for n in natural) - 2 > width


def _cards(cells: Sequence[Sequence[str]], columns: Sequence[str], width: int) -> list[str]:
    """One block a row: its first value, below it the others that it has, each by its column."""
    lines: list[str] = []
    margin = 2 + max(map(len, columns[1:]), default=0) + 2
    for first, *others in cells:
        lines += ["", *_wrapped(" ".join(first.split("\n")), width)] if first else [""]
        for column, text in zip(columns[1:], others, strict=True):
            if text:
                label = f"  {column}".ljust(margin)
                for part in _wrapped(text, max(width - margin, NARROWEST)):
                    lines.append(label + part)
                    label = " " * margin
    return lines[1:]


def _filled(rows: Sequence[Row], columns: Sequence[str]) -> list[str]:
    """The columns that hold anything; all of them if none does."""
    filled = [c for c in columns if any(row.get(c) not in (None, "", [], ()) for row in rows)]
    return filled or list(columns)


def _fitted(columns: Sequence[str], natural: Sequence[int], total: int) -> list[int]:
    """Column widths within a total: what is short keeps its width, sentences get the most room."""
    least = [min(n, LEAST.get(c, NARROWEST)) for n, c in zip(natural, columns, strict=True)]
    weights = [SENTENCE_WEIGHT if c in SENTENCES else WIDER.get(c, 1) for c in columns]
    room = max(0, total - 2 * (len(columns) - 1) - sum(least))
    widths = list(least)
    open_ = sorted(range(len(columns)), key=lambda i: (natural[i] - least[i]) / weights[i])
    while open_:
        i = open_.pop(0)
        share = room * weights[i] // (weights[i] + sum(weights[j] for j in open_))
        more = min(natural[i] - least[i], share)
        widths[i] += more
        room -= more
    return widths


def fit(line: str) -> str:
    """A line within the width of the terminal; what is broken off is indented."""
    width = shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns
    return textwrap.fill(line, width, subsequent_indent="    ", break_on_hyphens=False)


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
    if _too_narrow(_natural(rows, _filled(rows, columns)), width):
        _rich_cards(console, rows, _filled(rows, columns), title)
        return
    table = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        show_edge=False,
        padding=(0, 1, 0, 0),
    )
    shown = _filled(rows, columns)
    widths = _fitted(shown, _natural(rows, shown), width - 1)
    for column, wide in zip(shown, widths, strict=True):
        style = "dim" if column in SENTENCES else None
        table.add_column(column, overflow="fold", width=wide, style=style)
    for row in rows:
        table.add_row(
            *(Text(text := _flat(row.get(c), "\n"), style=COLOURS.get(text, "")) for c in shown)
        )
    console.print(table)


def _rich_cards(console: Console, rows: Sequence[Row], columns: Sequence[str], title: str) -> None:
    """Rows below one another, where a table would not fit."""
    from rich.table import Table
    from rich.text import Text

    if title:
        console.print(Text(title, style="bold"))
    for row in rows:
        console.print(Text(" ".join(_flat(row.get(columns[0]), " ").split()), style="bold"))
        card = Table.grid(padding=(0, 2))
        card.add_column(style="dim", no_wrap=True)
        card.add_column(overflow="fold")
        for column in columns[1:]:
            if text := _flat(row.get(column), "\n"):
                style = COLOURS.get(text, "italic" if column in SENTENCES else "")
                card.add_row(f"  {column}", Text(text, style=style))
        console.print(card)
        console.print()
