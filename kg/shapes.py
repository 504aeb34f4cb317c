"""The part of SHACL Core that ``ontology/shapes.ttl`` uses, compiled once and run on quads.

pySHACL takes milliseconds for each statement; this takes tens of microseconds, looks up
only the nodes a shape speaks of and so needs no copy of the store. The tests hold the two
to the same findings. A constraint that is not understood here is an error, not ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property

import pyoxigraph as ox

from kg.model import KgError
from kg.vocabulary import RDF, XSD

SH = "http://www.w3.org/ns/shacl#"
TYPE = RDF + "type"

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Description = Mapping[str, Sequence[Term]]
"""The values of one node's properties, by the property's IRI."""
Describe = Callable[[str], Description]
"""A node's IRI -> its description; empty for a node of which nothing is known."""
Test = Callable[[Term, "Shapes", Describe], bool]

NUMERIC = frozenset(XSD + n for n in ("decimal", "integer", "double", "float"))


class ShapesError(KgError):
    """The shapes cannot be used; the message names the shape and the construct."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A constraint that a node breaks: the property and value at fault, where there are any."""

    shape: str
    path: str | None
    value: Term | None
    message: str


@dataclass(frozen=True, slots=True)
class Values:
    """A constraint on the values of a property (of the node itself if ``path`` is None)."""

    path: str | None
    message: str
    each: tuple[Test, ...] = ()
    least: int = 0
    most: int | None = None
    required: tuple[Term, ...] = ()
    disjoint: tuple[str, ...] = ()
    less_than: tuple[str, ...] = ()

    def check(
        self, node: Term, about: Description, shapes: Shapes, describe: Describe
    ) -> Iterator[Term | None]:
        """The offending values; None where something is missing or there is too much of it."""
        values = [node] if self.path is None else about.get(self.path, ())
        if len(values) < self.least or (self.most is not None and len(values) > self.most):
            yield None
        if any(term not in values for term in self.required):
            yield None
        for value in values:
            if not all(test(value, shapes, describe) for test in self.each):
                yield value
        for other in self.disjoint:
            yield from (value for value in values if value in about.get(other, ()))
        for other in self.less_than:
            pairs = [(a, b) for a in values for b in about.get(other, ())]
            yield from (a for a, b in pairs if not _less(a, b))


@dataclass(frozen=True, slots=True)
class Query:
    """A constraint in SPARQL; it sees the focus node's own triples."""

    select: str
    message: str

    def check(
        self, node: Term, about: Description, shapes: Shapes, describe: Describe
    ) -> Iterator[Term | None]:
        """The offending values, one for each row."""
        if not isinstance(node, ox.NamedNode):
            return
        store = ox.Store()
        store.extend(
            ox.Quad(node, ox.NamedNode(predicate), value)
            for predicate, values in about.items()
            for value in values
        )
        rows = store.query(
            self.select, prefixes=shapes.prefixes, substitutions={ox.Variable("this"): node}
        )
        if not isinstance(rows, ox.QuerySolutions):
            raise ShapesError(f"shape constraint is not a SELECT query: {self.select}")
        for row in rows:
            yield row["value"]

    @property
    def path(self) -> None:
        """A query bears on no one property."""
        return None


@dataclass(frozen=True, slots=True)
class Shape:
    """What must hold of the nodes it is aimed at."""

    name: str
    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    constraints: tuple[Values | Query, ...]


class Shapes:
    """All shapes of a file, ready to be run; made by ``kg.shapes_reading.read_shapes``.

    ``prefixes`` are those declared for the queries in the shapes; ``superclasses`` maps each
    class to its superclasses, itself among them.
    """

    def __init__(
        self,
        shapes: Sequence[Shape],
        prefixes: Mapping[str, str],
        superclasses: Mapping[str, frozenset[str]],
    ) -> None:
        self.shapes = tuple(shapes)
        self.prefixes = dict(prefixes)
        self._superclasses = superclasses
        self._by_kind: dict[frozenset[str], tuple[Shape, ...]] = {}

    @cached_property
    def by_name(self) -> dict[str, Shape]:
        """Every shape, those that others refer to as well, by its IRI or blank node."""
        return {shape.name: shape for shape in self.shapes}

    def findings(self, iri: str, about: Description, describe: Describe) -> Iterator[Finding]:
        """Everything that is wrong with a node."""
        node = ox.NamedNode(iri)
        for shape in self._aimed_at(about):
            for constraint in shape.constraints:
                for value in constraint.check(node, about, self, describe):
                    yield Finding(shape.name, constraint.path, value, constraint.message)

    def conforms(self, node: Term, name: str, describe: Describe) -> bool:
        """Whether a node keeps to a named shape."""
        about = describe(node.value) if isinstance(node, ox.NamedNode) else {}
        return all(
            next(c.check(node, about, self, describe), _NOTHING) is _NOTHING
            for c in self.by_name[name].constraints
        )

    def is_a(self, node: Term, cls: str, describe: Describe) -> bool:
        """Whether a node is an instance of a class or of one of its subclasses."""
        if not isinstance(node, ox.NamedNode):
            return False
        return cls in self.classes_of(describe(node.value))

    def classes_of(self, about: Description) -> frozenset[str]:
        """The classes of a node with all their superclasses."""
        found: frozenset[str] = frozenset()
        for term in about.get(TYPE, ()):
            if isinstance(term, ox.NamedNode):
                found |= self._superclasses.get(term.value, frozenset({term.value}))
        return found

    def _aimed_at(self, about: Description) -> tuple[Shape, ...]:
        types = frozenset(t.value for t in about.get(TYPE, ()) if isinstance(t, ox.NamedNode))
        kind = types | (about.keys() & self.subject_properties)
        if (known := self._by_kind.get(kind)) is None:
            classes = self.classes_of(about)
            known = self._by_kind[kind] = tuple(
                shape
                for shape in self.shapes
                if not classes.isdisjoint(shape.classes)
                or not about.keys().isdisjoint(shape.subjects_of)
            )
        return known

    @cached_property
    def subject_properties(self) -> frozenset[str]:
        """The properties whose subjects some shape is aimed at."""
        return frozenset(p for shape in self.shapes for p in shape.subjects_of)


_NOTHING = object()


def has_datatype(term: Term, datatype: str) -> bool:
    """Whether a term is a literal of the datatype whose text is fit for it."""
    if not isinstance(term, ox.Literal) or term.datatype.value != datatype:
        return False
    valid = _LEXICAL.get(datatype)
    return valid is None or valid(term.value)


def number(term: Term) -> Decimal | None:
    """A numeric literal's value, or None."""
    if not isinstance(term, ox.Literal) or term.datatype.value not in NUMERIC:
        return None
    try:
        return Decimal(term.value)
    except InvalidOperation:
        return None


def _less(one: Term, other: Term) -> bool:
    a, b = number(one), number(other)
    return a is not None and b is not None and a < b


def _is_day(lexical: str) -> bool:
    try:
        date.fromisoformat(lexical)
    except ValueError:
        return False
    return len(lexical) == 10


_LEXICAL: dict[str, Callable[[str], bool]] = {
    XSD + "date": _is_day,
    XSD + "gYearMonth": lambda s: re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", s) is not None,
    XSD + "gYear": lambda s: re.fullmatch(r"\d{4}", s) is not None,
    XSD + "decimal": lambda s: re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", s) is not None,
    XSD + "integer": lambda s: re.fullmatch(r"[+-]?\d+", s) is not None,
    XSD + "boolean": lambda s: s in ("true", "false", "1", "0"),
}
