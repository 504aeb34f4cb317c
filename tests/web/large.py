"""A made-up graph of any size, written as the pipeline writes relationships."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from kg import vocabulary as v
from kg.model import EntityKind, Kind, Modality
from kg.store import open_store

_KINDS = (Kind.INVESTMENT, Kind.DISTRIBUTION, Kind.SCRUTINY, Kind.ACQUISITION, Kind.LITIGATION)
_ENTITIES = tuple(
    v.ENTITY_CLASS[kind]
    for kind in (EntityKind.COMPANY, EntityKind.LAB, EntityKind.INVESTOR, EntityKind.AUTHORITY)
)


def large_store(store: Path, entities: int, relationships: int) -> Path:
    """A store where few entities have many relationships and many have few, as in the world."""
    file = store.parent / "large.nq"
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(_lines(entities, relationships))
    with open_store(store).write() as writer:
        writer.bulk_load(file)
    return store


def _lines(entities: int, relationships: int) -> Iterator[str]:
    """N-Triples, as text: a million terms are slow to make."""
    made = random.Random(7)
    for n in range(entities):
        cls = _ENTITIES[n % len(_ENTITIES)]
        iri = f"<{v.entity_iri(f'e{n}')}>"
        yield f"{iri} <{v.RDF}type> <{v.AIO}Entity> .\n"
        yield f"{iri} <{v.RDF}type> <{cls}> .\n"
        yield f"{iri} <{v.AIO}primaryKind> <{cls}> .\n"
        yield f'{iri} <{v.SKOS}prefLabel> "{cls.removeprefix(v.AIO)} {n}"@en .\n'
    ends = list(range(entities))  # an entity stands here once and once more for every relationship
    for n in range(relationships):
        kind = made.choice(_KINDS)
        # Every entity has a relationship, and newcomers prefer those who have many.
        one, other = (n if n < entities else made.choice(ends)), made.choice(ends)
        if one == other:
            other = (one + 1) % entities
        ends += (one, other)
        terms = v.TERMS[kind]
        iri = f"<{v.ID}{kind.value}/e{one}/e{other}/{n}>"
        modality = made.choice(list(Modality)).value
        yield f"{iri} <{v.RDF}type> <{terms.cls}> .\n"
        yield f"{iri} <{terms.subject}> <{v.entity_iri(f'e{one}')}> .\n"
        yield f"{iri} <{terms.object}> <{v.entity_iri(f'e{other}')}> .\n"
        yield f"{iri} <{v.AIO}modality> <{v.SCHEME}modality-{modality}> .\n"
        year = 2010 + made.randrange(17)
        yield f'{iri} <{v.AIO}startDate> "{year}"^^<{v.XSD}gYear> .\n'
