"""The ontology that travels with the package: its texts, and how it says to draw edges.

The files are written with the published base IRI; where another is configured
(``KG_BASE_IRI``) they are read with that one in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from kg.model import KgError
from kg.resources import ontology_dir
from kg.vocabulary import AIO, BASE, DCT, OWL, RDFS

PUBLISHED_BASE = "https://w3id.org/ai-industry/"
ONTOLOGY = "ai-industry.ttl"
SHAPES = "shapes.ttl"
ALIGNMENTS = "alignments.ttl"


class OntologyError(KgError):
    """The ontology's files cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Edge:
    """How relationships of a class are drawn: from the ``source`` role to the ``target`` role.

    ``label`` is read from source to target; ``direct`` is the property derived between the
    two. All but ``label`` are IRIs.
    """

    source: str
    target: str
    label: str
    direct: str

    @property
    def symmetric(self) -> bool:
        """Whether both ends play the same role, so that the edge has no direction."""
        return self.source == self.target


def text(name: str) -> str:
    """A file of the ontology, in Turtle or SPARQL, with the configured base IRI.

    Raises OntologyError where it is missing.
    """
    path = ontology_dir() / name
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise OntologyError(
            f"{path}: cannot be read: {error}; install the package again"
        ) from error
    return content if BASE == PUBLISHED_BASE else content.replace(PUBLISHED_BASE, BASE)


@lru_cache(maxsize=4)
def triples(name: str = ONTOLOGY) -> tuple[ox.Quad, ...]:
    """The triples of a file of the ontology."""
    try:
        return tuple(ox.parse(text(name), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise OntologyError(f"{ontology_dir() / name}: not valid Turtle: {error}") from error


@lru_cache(maxsize=1)
def edges() -> dict[str, Edge]:
    """The IRI of each relationship class that is drawn as an edge -> how it is drawn."""
    said: dict[str, dict[str, str]] = {}
    for quad in triples():
        if quad.predicate.value.startswith(AIO + "edge"):
            name = quad.predicate.value.removeprefix(AIO + "edge").lower()
            said.setdefault(_value(quad.subject), {})[name] = _value(quad.object)
    return {
        cls: Edge(s["source"], s["target"], s["label"], s["property"])
        for cls, s in sorted(said.items())
        if len(s) == 4
    }


@lru_cache(maxsize=1)
def superclasses() -> dict[str, frozenset[str]]:
    """The IRI of each class -> those of all its superclasses, itself among them."""
    direct: dict[str, set[str]] = {}
    for quad in triples():
        if quad.predicate.value == RDFS + "subClassOf" and isinstance(quad.object, ox.NamedNode):
            direct.setdefault(_value(quad.subject), set()).add(quad.object.value)
    found: dict[str, frozenset[str]] = {}
    for cls in {*direct, *(c for many in direct.values() for c in many)}:
        seen, waiting = {cls}, [cls]
        while waiting:
            for parent in direct.get(waiting.pop(), ()):
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
        found[cls] = frozenset(seen)
    return found


def graph() -> Iterator[ox.Quad]:
    """The ontology for a store: in the named graph of its IRI, without anonymous axioms.

    Class and property hierarchies, labels and definitions are there to be queried beside
    the data; disjointness and restrictions, which need blank nodes, are for reasoners.
    """
    name = ox.NamedNode(BASE + "ontology")
    for quad in triples():
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, name)


def replacements() -> dict[str, str]:
    """Terms that are given up -> those that stand in for them, as the ontology says."""
    about = triples()
    given_up = {
        quad.subject
        for quad in about
        if quad.predicate.value == OWL + "deprecated" and _value(quad.object) == "true"
    }
    return {
        _value(quad.subject): _value(quad.object)
        for quad in about
        if quad.predicate.value == DCT + "isReplacedBy" and quad.subject in given_up
    }


def rules() -> Iterator[tuple[str, str]]:
    """Name and text of each rule, a SPARQL CONSTRUCT over the default graph, by name."""
    for path in sorted((ontology_dir() / "rules").glob("*.rq")):
        yield path.stem, text(f"rules/{path.name}")


def _value(term: object) -> str:
    return str(getattr(term, "value", term))
