"""The curated entities: one checked reader for ``data/registry/*.yaml`` and users' own files.

A registry file is a YAML list of entities, or a CSV with the same column names;
``docs/registry.md`` describes the fields. Every problem is reported with its file and
line, all of them at once.
"""

from kg.registry.entities import Registry
from kg.registry.loading import bundled, load
from kg.registry.rows import RegistryError

__all__ = ["Registry", "RegistryError", "bundled", "load"]
