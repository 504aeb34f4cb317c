"""What becomes of terms that the ontology has given up.

A term that is given up keeps its IRI, is marked ``owl:deprecated`` and names its
replacement by ``dct:isReplacedBy``. ``follow_replacements`` is the migration that such a
change needs: it rewrites a store's graph by those declarations and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import pyoxigraph as ox

from kg.ontology import replacements


class Changed(Protocol):
    """A store open for writing."""

    def quads(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None = None,  # noqa: A002
    ) -> Iterator[ox.Quad]: ...

    def add(self, quads: Iterable[ox.Quad]) -> None: ...

    def remove(self, quads: Iterable[ox.Quad]) -> None: ...


def follow_replacements(store: Changed, given_up: Mapping[str, str] | None = None) -> None:
    """Rewrite every use of a term that is given up, as a property, a class or a value.

    ``given_up`` maps IRIs to their replacements; by default it is what the ontology
    declares. A replacement that was given up in its turn is followed to its end.
    """
    known = replacements() if given_up is None else given_up
    for old in sorted(known):
        gone, new = ox.NamedNode(old), ox.NamedNode(_last(old, known))
        as_property = list(store.quads(predicate=gone))
        store.add([ox.Quad(q.subject, new, q.object, q.graph_name) for q in as_property])
        store.remove(as_property)
        as_value = list(store.quads(object=gone))
        store.add([ox.Quad(q.subject, q.predicate, new, q.graph_name) for q in as_value])
        store.remove(as_value)


def _last(term: str, known: Mapping[str, str]) -> str:
    seen = {term}
    while (term := known[term]) in known:
        if term in seen:
            raise ValueError(f"{term}: its line of replacements runs in a circle; break it")
        seen.add(term)
    return term
