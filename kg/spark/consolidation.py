"""Statements to relationships, mentions to entities, on Spark, by the embedded run's own rules.

Blocks never touch each other (see ``kg.resolution.consolidation``), so each is worked out by
itself on whichever worker its statements meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, parse

from kg import vocabulary as v
from kg.model import EntityKind, Kind, Mention, Relationship
from kg.pipeline.entities import described, is_lab, lab_quad, quads_of
from kg.rdf import relationship_quads
from kg.rdf.ownership import ownership_quads
from kg.rdf.reading import read_statements
from kg.resolution.consolidation import consolidate_block
from kg.resolution.linking import Linker
from kg.resolution.ownership import Takeover, owners, takeover
from kg.resolution.summary import summarise
from kg.spark.extraction import nquads
from kg.spark.rows import Row, batches, frame, rows

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark import Broadcast
    from pyspark.sql import DataFrame, SparkSession

RELATIONSHIPS = (
    "quads string, releases array<struct<subject:string,object:string>>, "
    "takeovers array<struct<entity:string,owner:string,since:string>>"
)
ENTITIES = "entity string, quads string, model boolean, lab string"
_RELEASES = v.TERMS[Kind.RELEASE].direct


@dataclass(frozen=True, slots=True)
class Derived:
    """The derived graph in two frames of N-Quads, several lines to a row."""

    relationships: DataFrame
    entities: DataFrame


def derive(spark: SparkSession, extracted: DataFrame, linker: Broadcast[Linker]) -> Derived:
    """The relationships and entities that the articles' statements come to."""
    from pyspark.sql import functions as f

    statements = extracted.select(f.explode("statements").alias("s")).select("s.block", "s.quads")
    relationships = _by_block(statements)
    releases = (
        _by_block(statements.where(f.col("block").startswith(f"{Kind.RELEASE}|")))
        .select(f.explode("releases").alias("r"))
        .select("r.subject", "r.object")
    )
    mentions = (
        extracted.select(f.explode("mentions").alias("m"))
        .groupBy("m.entity", "m.name", "m.kind")
        .count()
        .groupBy("entity")
        .agg(f.sort_array(f.collect_list(f.struct("name", "kind", "count"))).alias("mentions"))
    )
    takeovers = (
        _by_block(statements.where(f.col("block").startswith(f"{Kind.ACQUISITION}|")))
        .select(f.explode("takeovers").alias("t"))
        .groupBy("t.entity")
        .agg(f.sort_array(f.collect_list(f.struct("t.owner", "t.since"))).alias("takeovers"))
    )
    counted = "array<struct<name:string,kind:string,count:bigint>>"
    registered = frame(
        spark,
        [{"entity": e.id} for e in linker.value.registry],
        f"entity string, mentions {counted}",
    )
    known = mentions.unionByName(registered).join(takeovers, "entity", "left")
    described_ = known.mapInArrow(Entities(linker), ENTITIES)
    models = described_.where("model").select(f.col("entity").alias("object"))
    labs = releases.join(models, "object").select(f.col("subject").alias("entity")).distinct()
    entities = described_.join(labs.withColumn("releases", f.lit(True)), "entity", "left").select(
        f.concat_ws("\n", "quads", f.when(f.col("releases"), f.col("lab"))).alias("quads")
    )
    return Derived(relationships.select("quads"), entities)


def _by_block(statements: DataFrame) -> DataFrame:
    together = statements.repartition("block").sortWithinPartitions("block")
    return together.mapInArrow(relationships_of, RELATIONSHIPS)


def relationships_of(given: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Statements sorted by block -> a row for each block with the quads of its relationships."""

    def found() -> Iterator[Row]:
        for _, block in groupby(rows(given), key=itemgetter("block")):
            relationships = _relationships(row["quads"] for row in block)
            quads = {quad for r in relationships for quad in relationship_quads(r)}
            yield {
                "quads": nquads(quads),
                "releases": _released(quads),
                "takeovers": list(_takeovers(relationships)),
            }

    return batches(found(), RELATIONSHIPS)


def _relationships(statements: Iterable[str]) -> list[Relationship]:
    """Read back as a store would give them, so that nothing depends on where they were kept."""
    read = {
        r.statement.id: r
        for text in statements
        for r in read_statements(parse(text, format=RdfFormat.N_QUADS))
    }
    return consolidate_block(list(read.values()))


def _takeovers(relationships: Iterable[Relationship]) -> Iterator[Row]:
    for r in relationships:
        if r.kind is not Kind.ACQUISITION or r.subject in (None, r.object):
            continue
        if found := takeover(r.subject or "", summarise(r)):
            yield {"entity": r.object, "owner": found.owner, "since": found.since}


def _released(quads: Iterable[Quad]) -> list[dict[str, str]]:
    return [
        {
            "subject": str(getattr(q.subject, "value", "")).removeprefix(v.ID),
            "object": str(getattr(q.object, "value", "")).removeprefix(v.ID),
        }
        for q in quads
        if q.predicate.value == _RELEASES
    ]


@dataclass(frozen=True, slots=True)
class Entities:
    """Entities with their mentions, counted, and their acquisitions -> their quads.

    ``lab`` is the line that is to be added if the entity turns out to release a model.
    """

    linker: Broadcast[Linker]

    def __call__(self, given: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        linker = self.linker.value
        return batches((self._row(row, linker) for row in rows(given)), ENTITIES)

    def _row(self, row: Row, linker: Linker) -> Row:
        mentions = [m for counted in row["mentions"] or () for m in _repeated(counted)]
        entity = described(row["entity"], mentions, linker)
        if entity is None:
            raise ValueError(f"{row['entity']}: neither in the registry nor mentioned")
        told = (Takeover(t["owner"], t["since"]) for t in row.get("takeovers") or ())
        quads = {
            *quads_of(entity, mentions, linker),
            *ownership_quads(entity.id, owners(told)),
        }
        anyway = is_lab(entity, linker.registry, releases_a_model=False)
        perhaps = is_lab(entity, linker.registry, releases_a_model=True)
        return {
            "entity": entity.id,
            "quads": nquads({*quads, lab_quad(entity.id)} if anyway else quads),
            "model": EntityKind.MODEL in entity.kinds,
            "lab": nquads([lab_quad(entity.id)]) if perhaps and not anyway else None,
        }


def _repeated(counted: Row) -> list[Mention]:
    kind = EntityKind(counted["kind"]) if counted["kind"] else None
    return [Mention(counted["name"], 0, 0, counted["name"], kind=kind)] * int(counted["count"])
