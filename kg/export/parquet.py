"""Nodes and edges as Parquet, with typed columns; needs the extra ``parquet``."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg.export.errors import ExportError
from kg.export.layout import Positions
from kg.export.tables import columns, head, rows
from kg.export.view import Progress, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.export.columns import Value

_GROUP: Final = 20_000  # rows in memory at a time


def write(
    view: View, stream: BinaryIO, positions: Positions, progress: Progress | None, *, part: str
) -> None:
    """Write one part, ``nodes`` or ``edges``. Raises ExportError where pyarrow is missing."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ExportError(
            "Parquet needs pyarrow: install it with pip install 'ai-industry-kg[parquet]', "
            "or write csv"
        ) from error
    types = {
        "string": pa.string(),
        "double": pa.float64(),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
    }
    fields = [(n, types["double" if n == "Weight" else "string"]) for n in head(part)]
    fields += [(c.name, types[c.type]) for c in columns(view, part)]
    schema = pa.schema(fields)
    found: Iterator[list[Value]] = rows(view, part, progress)
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        while batch := list(islice(found, _GROUP)):
            arrays: list[Any] = [
                pa.array([_typed(v, kind) for v in column], type=kind)
                for column, (_, kind) in zip(zip(*batch, strict=True), fields, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _typed(value: Value, kind: Any) -> Value:
    if value is None or value == "":
        return None
    return float(value) if str(kind) == "double" else value
