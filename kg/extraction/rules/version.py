"""Which rules read an article: a version that changes whenever they do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from kg.extraction.rules.language import MODELS

SERIES = "1"
_RULES = ("kg.extraction.rules", "kg.extraction.particulars")
_ENDINGS = (".py", ".yaml", ".txt")


@lru_cache(maxsize=1)
def rules_version() -> str:
    """``SERIES`` and a fingerprint of the rules, their words and the parser's release.

    A store tells by it which of its articles are to be read again.
    """
    return f"{SERIES}+{fingerprint(_parser(), *map(files, _RULES))}"


def fingerprint(parser: str, *folders: Traversable) -> str:
    """Eight hexadecimal digits that change with any source below the folders."""
    found = hashlib.sha256(parser.encode())
    for folder in folders:
        for name, content in sorted(_sources(folder)):
            found.update(f"{name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()[:8]


def _sources(folder: Traversable, above: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{above}/{entry.name}"
        if entry.is_dir():
            yield from _sources(entry, name)
        elif entry.name.endswith(_ENDINGS):
            # The same rules in a checkout with other line ends are the same rules.
            yield name, entry.read_bytes().replace(b"\r\n", b"\n")


def _parser() -> str:
    for name in MODELS:
        try:
            return version(name)
        except PackageNotFoundError:
            continue
    return ""
