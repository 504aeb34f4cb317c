"""The rows of a registry file, YAML or CSV, each with the line it starts on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model import KgError

if TYPE_CHECKING:
    import yaml

LISTS = ("kinds", "names", "former", "ambiguous", "sources")
SCALARS = (
    "id",
    "name",
    "parent",
    "developer",
    "country",
    "city",
    "jurisdiction",
    "founded",
    "released",
    "weights",
    "licence",
)
IDENTIFIERS = ("wikidata", "lei", "ticker")
"""The schemes; columns of a CSV, keys under ``identifiers`` in YAML."""


class RegistryError(KgError):
    """The registry cannot be used; the message lists every problem with file and line."""


class Row(NamedTuple):
    """One entity as written: where, its fields, and what could not even be read."""

    line: int
    fields: dict[str, Any]
    problems: tuple[str, ...] = ()


def rows(path: Path) -> Iterator[Row]:
    """Raises RegistryError if the file cannot be read or is no list of entities."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RegistryError(f"{path}: cannot be read: {error}; give a UTF-8 text file") from error
    return _csv_rows(path, text) if path.suffix.lower() == ".csv" else _yaml_rows(path, text)


def _csv_rows(path: Path, text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, [])]
    known = {*SCALARS, *LISTS, *IDENTIFIERS}
    wrong = [name for name in header if name not in known]
    if wrong or len(set(header)) < len(header) or "id" not in header:
        raise RegistryError(
            f"{path}:1: the first line must name the columns, each once and 'id' among them;"
            f" it says {', '.join(header) or 'nothing'}; columns are {', '.join(sorted(known))}"
        )
    end = reader.line_num
    try:
        for cells in reader:
            line, end = end + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            fields: dict[str, Any] = {
                k: v.strip() for k, v in zip(header, cells, strict=False) if v.strip()
            }
            for key in LISTS:
                if key in fields:
                    fields[key] = [part.strip() for part in fields[key].split(";") if part.strip()]
            identifiers = {k: fields.pop(k) for k in IDENTIFIERS if k in fields}
            if identifiers:
                fields["identifiers"] = identifiers
            problems: tuple[str, ...] = ()
            if any(cell.strip() for cell in cells[len(header) :]):
                problems = (
                    f"{len(cells)} cells under {len(header)} columns; quote a cell that holds a comma",
                )
            yield Row(line, fields, problems)
    except csv.Error as error:
        raise RegistryError(
            f"{path}:{reader.line_num}: not valid CSV: {error}; mend the line"
        ) from error


def _yaml_rows(path: Path, text: str) -> Iterator[Row]:
    import yaml

    # The base loader keeps every scalar a text: Norway's NO is no boolean here.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            raise RegistryError(
                f"{path}:1: expected a list of entities, each starting with '- id:'"
            )
        for item in node.value:
            line = item.start_mark.line + 1
            if not isinstance(item, yaml.MappingNode):
                raise RegistryError(f"{path}:{line}: expected an entity (a mapping with an 'id')")
            yield Row(line, loader.construct_object(item, deep=True), tuple(_repeated(item)))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        raise RegistryError(
            f"{place}: not valid YAML: {getattr(error, 'problem', error)}; mend the line"
        ) from error
    finally:
        loader.dispose()


def _repeated(item: yaml.MappingNode) -> Iterator[str]:
    """YAML forbids a key twice in one mapping; the loader would keep the last silently."""
    seen: set[str] = set()
    for key, _ in item.value:
        if key.value in seen:
            yield f"line {key.start_mark.line + 1} gives {key.value!r} a second time; merge the two"
        seen.add(key.value)
