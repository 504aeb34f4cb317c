"""Composes the rooms: extract, ingest, build.

``extract`` reads articles and resolves their entities without storing anything;
``ingest`` puts extractions into a store, touching only the relationships they bear on.
"""

from kg.pipeline.extraction import Extracted, extract
from kg.pipeline.ingest import IngestReport, ingest
from kg.pipeline.maintenance import bundled_articles, ensure_store, rebuild, sync_registry

__all__ = [
    "Extracted",
    "IngestReport",
    "bundled_articles",
    "ensure_store",
    "extract",
    "ingest",
    "rebuild",
    "sync_registry",
]
