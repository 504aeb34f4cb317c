"""``python -m kg.ontology_docs FOLDER``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kg.jsonld import context
from kg.model import KgError
from kg.ontology import ALIGNMENTS, ONTOLOGY, SHAPES, text
from kg.ontology_docs.page import html


def main(arguments: list[str]) -> int:
    """Write the page and the files it describes into a folder; the exit code says how it went."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write("usage: python -m kg.ontology_docs FOLDER\n")
        return 2
    folder = Path(arguments[0])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(html(), encoding="utf-8")
        for name in (ONTOLOGY, SHAPES, ALIGNMENTS):
            (folder / name).write_text(text(name), encoding="utf-8")
        wrapped = json.dumps({"@context": context()}, indent=2, ensure_ascii=False)
        (folder / "context.jsonld").write_text(wrapped + "\n", encoding="utf-8")
    except (KgError, OSError) as error:
        sys.stderr.write(f"{folder}: the documentation cannot be written: {error}\n")
        return 1
    sys.stdout.write(f"{folder / 'index.html'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
