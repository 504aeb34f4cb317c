"""Where the files that travel with the package are: in a checkout or in the wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _find(name: str) -> Path:
    bundled = _PACKAGE / "_bundled" / name
    return bundled if bundled.is_dir() else _PACKAGE.parent / name


def data_dir() -> Path:
    """Folder with ``registry/`` and ``articles/``."""
    return _find("data")


def ontology_dir() -> Path:
    """Folder with the ontology, its shapes and alignments, in Turtle."""
    return _find("ontology")
