"""Shapes in Turtle -> the compiled constraints of ``kg.shapes``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import pyoxigraph as ox

from kg.shapes import (
    SH,
    TYPE,
    Query,
    Shape,
    Shapes,
    ShapesError,
    Term,
    Test,
    Values,
    has_datatype,
    number,
)
from kg.vocabulary import RDF

_FIRST, _REST, _NIL = RDF + "first", RDF + "rest", RDF + "nil"
_TARGETS = {SH + "targetClass", SH + "targetSubjectsOf"}
_SET_LEVEL = {SH + n for n in ("minCount", "maxCount", "hasValue", "disjoint", "lessThan")}
_STRUCTURE = {SH + n for n in ("path", "property", "sparql", "message")} | _TARGETS


def read_shapes(triples: Iterable[ox.Quad], superclasses: Mapping[str, frozenset[str]]) -> Shapes:
    """All node shapes of a file, with the prefixes declared for their queries.

    Raises ShapesError naming a construct that is not understood.
    """
    reader = _Reader(triples)
    return Shapes(tuple(reader.shapes()), reader.prefixes(), superclasses)


class _Reader:
    def __init__(self, triples: Iterable[ox.Quad]) -> None:
        self._about: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for quad in triples:
            self._about[_key(quad.subject)][quad.predicate.value].append(quad.object)
        self._nested: dict[str, Shape] = {}

    def prefixes(self) -> dict[str, str]:
        return {
            _text(about[SH + "prefix"][0]): _text(about[SH + "namespace"][0])
            for about in self._about.values()
            if SH + "prefix" in about
        }

    def shapes(self) -> Iterable[Shape]:
        for name, about in list(self._about.items()):
            if any(_text(t) == SH + "NodeShape" for t in about.get(TYPE, ())):
                self._nested.setdefault(name, self._shape(name))
        return self._nested.values()

    def _shape(self, name: str) -> Shape:
        about = self._about[name]
        message = self._message(about) or ""
        constraints: list[Values | Query] = []
        own = self._tests(name)
        if SH + "path" in about:
            constraints += self._values(name)
        elif own:
            # Each test is a constraint of its own, as in a report of SHACL.
            constraints += [Values(None, message, each=(test,)) for test in own]
        for term in about.get(SH + "property", ()):
            constraints += self._values(_key(term))
        for term in about.get(SH + "sparql", ()):
            query = self._about[_key(term)]
            constraints.append(
                Query(_text(query[SH + "select"][0]), self._message(query) or message)
            )
        return Shape(
            name,
            tuple(_text(t) for t in about.get(SH + "targetClass", ())),
            tuple(_text(t) for t in about.get(SH + "targetSubjectsOf", ())),
            tuple(constraints),
        )

    def _values(self, name: str) -> list[Values]:
        about = self._about[name]
        [path] = about[SH + "path"]
        if not isinstance(path, ox.NamedNode):
            raise ShapesError(f"shape of {path}: only single properties are understood as a path")
        most = about.get(SH + "maxCount")
        least = about.get(SH + "minCount")
        return [
            Values(
                path.value,
                self._message(about) or "",
                each=tuple(self._tests(name)),
                least=int(_text(least[0])) if least else 0,
                most=int(_text(most[0])) if most else None,
                required=tuple(about.get(SH + "hasValue", ())),
                disjoint=tuple(_text(t) for t in about.get(SH + "disjoint", ())),
                less_than=tuple(_text(t) for t in about.get(SH + "lessThan", ())),
            )
        ]

    def _tests(self, name: str) -> list[Test]:
        tests: list[Test] = []
        for predicate, terms in self._about[name].items():
            if not predicate.startswith(SH) or predicate in _STRUCTURE | _SET_LEVEL:
                continue
            make = _TESTS.get(predicate.removeprefix(SH))
            if make is None:
                raise ShapesError(f"{name}: {predicate} is not understood; add it to kg.shapes")
            tests += [make(self, term) for term in terms]
        return tests

    def list_of(self, term: Term) -> list[Term]:
        """The members of an RDF list."""
        members = []
        while _text(term) != _NIL:
            about = self._about[_key(term)]
            members.append(about[_FIRST][0])
            term = about[_REST][0]
        return members

    def nested(self, term: Term) -> str:
        """The name of a shape that another refers to, read if it has not been yet."""
        name = _key(term)
        if name not in self._nested:
            self._nested[name] = self._shape(name)
        return name

    def _message(self, about: dict[str, list[Term]]) -> str | None:
        messages = about.get(SH + "message")
        return _text(messages[0]) if messages else None


def _datatype(_: _Reader, term: Term) -> Test:
    wanted = _text(term)
    return lambda value, _s, _d: has_datatype(value, wanted)


def _class(_: _Reader, term: Term) -> Test:
    wanted = _text(term)
    return lambda value, shapes, describe: shapes.is_a(value, wanted, describe)


def _node_kind(_: _Reader, term: Term) -> Test:
    kinds = {SH + "IRI": ox.NamedNode, SH + "Literal": ox.Literal}
    wanted = kinds.get(_text(term))
    if wanted is None:
        raise ShapesError(f"sh:nodeKind {term}: only sh:IRI and sh:Literal are understood")
    return lambda value, _s, _d: isinstance(value, wanted)


def _in(reader: _Reader, term: Term) -> Test:
    allowed = frozenset(reader.list_of(term))
    return lambda value, _s, _d: value in allowed


def _pattern(_: _Reader, term: Term) -> Test:
    wanted = re.compile(_text(term))
    return lambda value, _s, _d: wanted.search(_text(value)) is not None


def _min_length(_: _Reader, term: Term) -> Test:
    least = int(_text(term))
    return lambda value, _s, _d: len(_text(value)) >= least


def _bound(holds: Callable[[object, object], bool]) -> Callable[[_Reader, Term], Test]:
    def make(_: _Reader, term: Term) -> Test:
        bound = number(term)

        def test(value: Term, _s: object, _d: object) -> bool:
            figure = number(value)
            return figure is not None and holds(figure, bound)

        return test

    return make


def _or(reader: _Reader, term: Term) -> Test:
    names = [reader.nested(member) for member in reader.list_of(term)]
    return lambda value, shapes, describe: any(
        shapes.conforms(value, name, describe) for name in names
    )


def _not(reader: _Reader, term: Term) -> Test:
    name = reader.nested(term)
    return lambda value, shapes, describe: not shapes.conforms(value, name, describe)


def _node(reader: _Reader, term: Term) -> Test:
    name = reader.nested(term)
    return lambda value, shapes, describe: shapes.conforms(value, name, describe)


_TESTS: dict[str, Callable[[_Reader, Term], Test]] = {
    "datatype": _datatype,
    "class": _class,
    "nodeKind": _node_kind,
    "in": _in,
    "pattern": _pattern,
    "minLength": _min_length,
    "minInclusive": _bound(lambda a, b: a >= b),  # type: ignore[operator]
    "minExclusive": _bound(lambda a, b: a > b),  # type: ignore[operator]
    "maxInclusive": _bound(lambda a, b: a <= b),  # type: ignore[operator]
    "maxExclusive": _bound(lambda a, b: a < b),  # type: ignore[operator]
    "or": _or,
    "not": _not,
    "node": _node,
}


def _key(term: Term) -> str:
    return str(term) if isinstance(term, ox.BlankNode) else _text(term)


def _text(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else str(term)
