"""Corpora too large for one machine: extraction and consolidation on Apache Spark.

The rules are those of the embedded run, called from the same functions, so the same corpus
gives the same facts and the same quads, byte for byte when sorted. What Spark adds is who does
the work: ``corpus`` reads, ``extraction`` extracts, ``consolidation`` brings statements
together, ``run`` composes the three, ``loading`` takes the result into a store.

Needs the extra ``spark``; nothing here imports pyspark before a session is asked for.
"""

from kg.spark.loading import ingest
from kg.spark.run import Job, Outcome, Problem, extract

__all__ = ["Job", "Outcome", "Problem", "extract", "ingest"]
