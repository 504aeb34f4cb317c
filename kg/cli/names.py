"""A name that a user typed, and the entity it means."""

from __future__ import annotations

from kg.model import Entity, KgError
from kg.records import Catalogue


class UnknownNameError(KgError):
    """No entity, or several, by a name; the message offers what there is."""


def the_entity(catalogue: Catalogue, name: str) -> Entity:
    """The entity by one of its names or its id; raises UnknownNameError with near misses."""
    if entity := catalogue.entity(name):
        return entity
    found = catalogue.find(name)
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(e.id for e in found)
        raise UnknownNameError(f"{name!r} may be several entities; give one of the ids {ids}")
    near = ", ".join(ref.name for ref in catalogue.suggest(name))
    raise UnknownNameError(
        f"nothing is known of {name!r}" + (f"; did you mean {near}?" if near else "")
    )
