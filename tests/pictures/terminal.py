"""A picture of what commands print on a terminal, for the documentation.

    python -m tests.pictures.terminal docs/images/answers.svg STORE

Each command runs on a pseudo-terminal of its own, so that colours and tables are those that a
person sees.
"""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

WIDTH = 118
COMMANDS = (
    ("ask", "Which labs does Microsoft back?"),
    ("ask", "Who both invests in and distributes Mistral AI?"),
    ("ask", "Which deals are under review?"),
    ("ask", "How much has Microsoft put into OpenAI in total?"),
    ("path", "SoftBank", "Amazon"),
)
FORMAT = """<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: {char_height}px;
  line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""
"""As rich's own, without a typeface from elsewhere."""


def shown(arguments: tuple[str, ...], store: Path) -> str:
    """What a command prints on a terminal, with its control sequences."""
    keeper, terminal = pty.openpty()
    environment = os.environ | {
        "KG_STORE": str(store),
        "COLUMNS": str(WIDTH),
        "TERM": "xterm-256color",
    }
    with subprocess.Popen(
        [Path(sys.executable).with_name("kg"), *arguments],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=environment,
    ) as running:
        os.close(terminal)
        pieces = []
        while True:
            try:
                piece = os.read(keeper, 65536)
            except OSError:  # Linux says so when the other end is closed
                break
            if not piece:
                break
            pieces.append(piece)
        os.close(keeper)
        if running.wait():
            raise SystemExit(f"kg {' '.join(arguments)} failed")
    return b"".join(pieces).decode().replace("\r\n", "\n")


def picture(store: Path, most: int = 24) -> str:
    """The commands with what they print as SVG; long tables are cut, and say so."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    for arguments in COMMANDS:
        line = " ".join(a if a.isalnum() else f'"{a}"' for a in arguments)
        console.print(Text(f"$ kg {line}", style="bold"))
        printed = shown(arguments, store).rstrip("\n").split("\n")
        console.print(Text.from_ansi("\n".join(printed[:most])))
        if len(printed) > most:
            console.print(Text(f"… {len(printed) - most} more lines", style="dim"))
        console.print()
    return console.export_svg(title="kg", code_format=FORMAT)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(picture(Path(sys.argv[2])), encoding="utf-8")
