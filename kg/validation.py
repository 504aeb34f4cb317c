"""Whether a graph is well formed, told so that a person can act on it.

The shapes in ``ontology/shapes.ttl`` say what must hold; each violation names the node by
its label, the property, the value and the remedy. ``kg.shapes`` runs them; ``reference``
runs the same shapes through pySHACL, for the tests and for those who want a second opinion.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from kg import vocabulary as v
from kg.model import Article, Entity, Resolved
from kg.ontology import SHAPES, superclasses, triples
from kg.rdf import article_quads, entity_quads, relationship_quads
from kg.resolution.consolidation import consolidate
from kg.shapes import TYPE, Describe, Description, Finding, Shapes, Term
from kg.shapes_reading import read_shapes

if TYPE_CHECKING:
    import rdflib

_REMEMBERED = 10_000
"""Nodes whose description is kept while a store is validated."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One way in which a node breaks a shape.

    ``focus`` is the node's IRI, ``label`` its name or its article's headline with a short
    form of the IRI, ``path`` the property (compact, such as ``aio:investee``) or "",
    ``value`` the offending value or "", ``message`` what is wrong and what to do about it.
    """

    focus: str
    label: str
    path: str
    value: str
    message: str

    def __str__(self) -> str:
        where = f"{self.label}, {self.path}" if self.path else self.label
        return f"{where}: {self.message}" + (f" (found {self.value})" if self.value else "")


class Quads(Protocol):
    """What can be validated as a whole: a reader of the store, or anything with quads."""

    def quads(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - as the reader names it
        graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | str | None = None,
    ) -> Iterator[ox.Quad]: ...


def validate(quads: Iterable[ox.Quad]) -> list[Violation]:
    """Validate quads that form a whole: every node they speak of is described in them.

    Graph names are ignored: a shape may bear on a relationship and on the statements it
    rests on. The order of the result is fixed.
    """
    about = _descriptions(quads)
    return sorted(_violations(about.items(), _lookup(about)))


def validate_store(store: Quads) -> Iterator[Violation]:
    """Validate a whole store, node by node, in memory that does not grow with it."""

    @lru_cache(maxsize=_REMEMBERED)
    def describe(iri: str) -> Description:
        return _description(store.quads(subject=ox.NamedNode(iri)))

    def nodes() -> Iterator[tuple[str, Description]]:
        for predicate in (TYPE, *sorted(shapes().subject_properties)):
            for quad in store.quads(predicate=ox.NamedNode(predicate)):
                if isinstance(quad.subject, ox.NamedNode):
                    about = describe(quad.subject.value)
                    # A node of several types comes up several times, and counts once.
                    if about[next(p for p in (TYPE, predicate) if p in about)][0] == quad.object:
                        yield quad.subject.value, about

    return _violations(nodes(), describe)


def check_statements(
    article: Article, statements: Iterable[Resolved], entities: Mapping[str, Entity]
) -> dict[str, list[Violation]]:
    """Which of an article's statements may not be stored, by statement id, and why.

    Each statement is validated with the relationship it would make by itself and with the
    entities it speaks of (``entities`` by id), so that a bad statement does not take
    others down with it.
    """
    known = _descriptions(article_quads(article, ()))
    of_entity: dict[str, dict[str, list[Term]]] = {}
    rejected: dict[str, list[Violation]] = {}
    for resolved in statements:
        ids = {resolved.object, *(e for _, e in resolved.participants)}
        if resolved.subject:
            ids.add(resolved.subject)
        for entity_id in ids - of_entity.keys():
            if (entity := entities.get(entity_id)) is not None:
                of_entity[entity_id] = dict(_description(entity_quads(entity)))
        own = _descriptions(_quads_of(article, resolved))
        about: dict[str, Description] = {**known, **own}
        of_ids = {v.entity_iri(i): of_entity.get(i, {}) for i in ids}
        about.update(of_ids)
        nodes = [(iri, description) for iri, description in own.items() if iri not in of_ids]
        if found := sorted(_violations(nodes, _lookup(about))):
            rejected[resolved.statement.id] = found
    return rejected


def compact(iri: str) -> str:
    """An IRI with a prefix of the project in place of its namespace; other texts unchanged."""
    for prefix, namespace in v.PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def reference(quads: Iterable[ox.Quad]) -> list[Violation]:
    """The same as ``validate``, found by pySHACL; slow, an opinion apart from our own."""
    import pyshacl
    import rdflib
    from rdflib.namespace import SH

    every = set(quads)
    about = _descriptions(every)
    data = _rdflib_graph(
        [*every, *(q for q in triples() if q.predicate.value == v.RDFS + "subClassOf")]
    )
    _, report, _ = pyshacl.validate(data, shacl_graph=_rdflib_shapes(), inplace=True)
    if not isinstance(report, rdflib.Graph):
        raise TypeError(f"pySHACL gave no report: {report!r}")
    found = set()
    for result in report.objects(None, SH.result):
        focus, path = report.value(result, SH.focusNode), report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        [message] = report.objects(result, SH.resultMessage)
        found.add(
            Violation(
                str(focus),
                _label(str(focus), _lookup(about)),
                "" if path is None else compact(str(path)),
                "" if value is None or value == focus else compact(str(value)),
                str(message),
            )
        )
    return sorted(found)


@lru_cache(maxsize=1)
def shapes() -> Shapes:
    """The project's shapes, compiled."""
    return read_shapes(triples(SHAPES), superclasses())


def _violations(
    nodes: Iterable[tuple[str, Description]], describe: Describe
) -> Iterator[Violation]:
    checker = shapes()
    for iri, about in nodes:
        seen: set[Violation] = set()
        for finding in checker.findings(iri, about, describe):
            violation = _violation(iri, finding, describe)
            if violation not in seen:
                seen.add(violation)
                yield violation


def _violation(iri: str, finding: Finding, describe: Describe) -> Violation:
    value = "" if finding.value is None else _text(finding.value)
    return Violation(
        focus=iri,
        label=_label(iri, describe),
        path=compact(finding.path) if finding.path else "",
        value="" if value == iri else compact(value),
        message=finding.message,
    )


def _label(iri: str, describe: Describe) -> str:
    """The node's name, or for what stands in an article, the article's headline."""
    article = v.ARTICLE + re.split("[/#]", iri.removeprefix(v.ARTICLE), maxsplit=1)[0]
    for node in (iri, article) if iri.startswith(v.ARTICLE) else (iri,):
        about = describe(node)
        for name in (v.SKOS + "prefLabel", v.SCHEMA + "headline", v.DCT + "source"):
            if names := about.get(name):
                return f"{_text(names[0])} ({compact(iri)})"
    return compact(iri)


def _lookup(about: Mapping[str, Description]) -> Describe:
    return lambda iri: about.get(iri, {})


def _quads_of(article: Article, resolved: Resolved) -> Iterator[ox.Quad]:
    yield from article_quads(article, [resolved])
    for relationship in consolidate([resolved]):
        yield from relationship_quads(relationship)


def _descriptions(quads: Iterable[ox.Quad]) -> dict[str, dict[str, list[Term]]]:
    found: dict[str, dict[str, list[Term]]] = defaultdict(dict)
    for quad in quads:
        values = found[_text(quad.subject)].setdefault(quad.predicate.value, [])
        if quad.object not in values:
            values.append(quad.object)
    return dict(found)


def _description(quads: Iterable[ox.Quad]) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for quad in quads:
        values = found.setdefault(quad.predicate.value, [])
        if quad.object not in values:
            values.append(quad.object)
    return found


@lru_cache(maxsize=1)
def _rdflib_shapes() -> rdflib.Graph:
    return _rdflib_graph(triples(SHAPES))


def _rdflib_graph(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    import rdflib

    written = ox.serialize(
        (ox.Triple(q.subject, q.predicate, q.object) for q in quads), format=ox.RdfFormat.N_TRIPLES
    )
    return rdflib.Graph().parse(data=written, format="nt")


def _text(term: Term) -> str:
    return str(getattr(term, "value", term))
