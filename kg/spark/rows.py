"""Arrow batches to rows and back, a bounded number of bytes at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

Row = dict[str, Any]
_ROWS = 200
_BYTES = 8 << 20


def rows(given: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    """The rows of batches, one after the other."""
    for batch in given:
        columns = [batch.column(i) for i in range(batch.num_columns)]
        names = batch.schema.names
        for i in range(batch.num_rows):
            yield {n: column[i].as_py() for n, column in zip(names, columns, strict=True)}


def batches(found: Iterable[Row], schema: str) -> Iterator[pa.RecordBatch]:
    """Rows as batches of a schema given in Spark's words (``id string, n int``)."""
    import pyarrow as pa

    arrow = arrow_schema(schema)
    waiting: list[Row] = []
    size = 0
    for row in found:
        waiting.append(row)
        size += sum(len(v) for v in row.values() if isinstance(v, str | bytes))
        if len(waiting) >= _ROWS or size >= _BYTES:
            yield pa.RecordBatch.from_pylist(waiting, schema=arrow)
            waiting, size = [], 0
    if waiting:
        yield pa.RecordBatch.from_pylist(waiting, schema=arrow)


def frame(spark: SparkSession, found: Iterable[Row], schema: str) -> DataFrame:
    """Rows from the driver as a frame; goes by Arrow, so no Python worker is started for it."""
    import pyarrow as pa

    table = pa.Table.from_pylist(list(found), schema=arrow_schema(schema))
    return spark.createDataFrame(table, schema)


def arrow_schema(schema: str) -> pa.Schema:
    """The same schema in Arrow's types: ``name type`` pairs, separated by a comma and a space."""
    import pyarrow as pa

    pairs = (pair.split(" ", 1) for pair in schema.split(", "))
    return pa.schema([(name, _type(text)) for name, text in pairs])


def _type(text: str) -> pa.DataType:
    import pyarrow as pa

    if text.startswith("array<"):
        return pa.list_(_type(text[len("array<") : -1]))
    if text.startswith("struct<"):
        fields = (field.split(":", 1) for field in text[len("struct<") : -1].split(","))
        return pa.struct([(name, _type(kind)) for name, kind in fields])
    simple = {
        "string": pa.string(),
        "binary": pa.binary(),
        "bigint": pa.int64(),
        "double": pa.float64(),
        "boolean": pa.bool_(),
    }
    return simple[text]
