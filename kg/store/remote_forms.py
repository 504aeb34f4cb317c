"""The form of a graph on a server, and bringing it up to that of this version.

A server keeps no snapshots that could tell their form; the version of the ontology in the store
tells it. It is sent after everything else, so that a migration that breaks off is run again.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.store.errors import StoreTooNewError
from kg.store.migrations import MIGRATIONS, ONTOLOGIES
from kg.store.remote_writer import RemoteWriter
from kg.vocabulary import BASE, OWL

_ONTOLOGY = ox.NamedNode(BASE + "ontology")
_VERSION = ox.NamedNode(OWL + "versionInfo")


def migrate(writer: RemoteWriter, url: str) -> bool:
    """Bring the graph at ``url`` up to the newest form; False if it was, or tells no form.

    Raises StoreTooNewError if a later version wrote it.
    """
    version = _version(writer)
    if version is None:
        return False
    if version > ONTOLOGIES[-1]:
        raise StoreTooNewError(
            f"{url}: the graph was written by a later version of kg (ontology "
            f"{'.'.join(map(str, version))}); upgrade with `pip install -U ai-industry-kg`"
        )
    form = max(1, sum(version >= first for first in ONTOLOGIES))
    for migration in MIGRATIONS[form - 1 :]:
        migration(writer)
    if form > len(MIGRATIONS):
        return False
    writer.publish_last(_ONTOLOGY)
    return True


def _version(writer: RemoteWriter) -> tuple[int, int] | None:
    for quad in writer.quads(_ONTOLOGY, _VERSION, None, _ONTOLOGY):
        if found := re.match(r"(\d+)\.(\d+)", getattr(quad.object, "value", "")):
            return int(found[1]), int(found[2])
    return None
