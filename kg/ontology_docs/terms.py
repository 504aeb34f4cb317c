"""The ontology's terms as values, with everything the page says about each of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg import vocabulary as v
from kg.ontology import ALIGNMENTS, ONTOLOGY, triples
from kg.queries import competency_questions
from kg.shapes import Values
from kg.validation import compact, shapes

_KINDS = {
    v.OWL + "Class": "class",
    v.OWL + "ObjectProperty": "property",
    v.OWL + "DatatypeProperty": "property",
    v.OWL + "AnnotationProperty": "annotation",
    v.SKOS + "ConceptScheme": "scheme",
    v.SKOS + "Collection": "scheme",
    v.SKOS + "Concept": "concept",
}


@dataclass(frozen=True, slots=True)
class Match:
    """A term of another vocabulary that comes near, how near, and why no nearer."""

    relation: str
    target: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the ontology; lists hold IRIs, ``kind`` is the section it belongs to."""

    iri: str
    kind: str
    label: str
    definition: str
    example: str
    note: str | None
    above: tuple[str, ...]
    below: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    members: tuple[str, ...]
    traits: tuple[str, ...]
    matches: tuple[Match, ...]
    rules: tuple[str, ...]
    questions: tuple[str, ...]

    @property
    def name(self) -> str:
        """The local name."""
        return re.split("[#/]", self.iri)[-1]

    @property
    def anchor(self) -> str:
        """The term's place on the page; a scheme may have the name of a property."""
        return f"scheme-{self.name}" if self.iri.startswith(v.SCHEME) else self.name


class Ontology:
    """All terms of the project's own namespaces, in the order of the file."""

    @cached_property
    def header(self) -> Mapping[str, str]:
        """What the ontology says about itself, by the local name of the property."""
        about = self._about[v.BASE + "ontology"]
        return {re.split("[#/]", p)[-1]: _text(values[0]) for p, values in about.items()}

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """Each term by its IRI."""
        own = [iri for iri in self._about if iri.startswith((v.AIO, v.SCHEME))]
        return {iri: self._term(iri) for iri in own}

    def of_kind(self, kind: str) -> list[Term]:
        return [term for term in self.terms.values() if term.kind == kind]

    @cached_property
    def _about(self) -> dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]:
        return _gathered(triples(ONTOLOGY))

    @cached_property
    def _matches(self) -> dict[str, list[Match]]:
        about = _gathered(triples(ALIGNMENTS))
        found = defaultdict(list)
        for axiom in about.values():
            if source := axiom.get(v.OWL + "annotatedSource"):
                found[_text(source[0])].append(
                    Match(
                        _text(axiom[v.OWL + "annotatedProperty"][0]).rsplit("#", 1)[1],
                        _text(axiom[v.OWL + "annotatedTarget"][0]),
                        _text(axiom[v.RDFS + "comment"][0]),
                        _text(axiom[v.DCT + "source"][0]),
                    )
                )
        return found

    @cached_property
    def _messages(self) -> dict[str, list[str]]:
        """What the shapes demand of a class or, of its properties, by IRI."""
        found: dict[str, list[str]] = defaultdict(list)
        for shape in shapes().shapes:
            for aim in (*shape.classes, *shape.subjects_of):
                for constraint in shape.constraints:
                    path = constraint.path if isinstance(constraint, Values) else None
                    prefix = f"{compact(path)}: " if path else ""
                    line = prefix + constraint.message.split(": ")[0]
                    if line not in found[aim]:
                        found[aim].append(line)
        return found

    @cached_property
    def _questions(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for question in competency_questions().values():
            for prefix, local in set(re.findall(r"\b(aio|scheme):([\w-]+)", question.sparql)):
                found[v.PREFIXES[prefix] + local].append(question.name)
        return found

    def _term(self, iri: str) -> Term:
        about = self._about[iri]

        def many(predicate: str) -> tuple[str, ...]:
            return tuple(_text(value) for value in about.get(predicate, ()))

        def one(predicate: str) -> str | None:
            return next(iter(many(predicate)), None)

        def pointing(*predicates: str) -> tuple[str, ...]:
            return tuple(
                other
                for other, said in self._about.items()
                if any(iri in map(_text, said.get(p, ())) for p in predicates)
            )

        types = many(v.RDF + "type")
        members = many(v.SKOS + "member") or pointing(v.SKOS + "inScheme")
        return Term(
            iri=iri,
            kind=next(_KINDS[t] for t in (*_KINDS,) if t in types),
            label=one(v.RDFS + "label") or iri,
            definition=one(v.SKOS + "definition") or "",
            example=one(v.SKOS + "example") or "",
            note=one(v.SKOS + "scopeNote"),
            above=tuple(
                i
                for i in (*many(v.RDFS + "subClassOf"), *many(v.RDFS + "subPropertyOf"))
                if not i.startswith("_:")
            ),
            below=pointing(v.RDFS + "subClassOf", v.RDFS + "subPropertyOf"),
            domain=many(v.RDFS + "domain") or many(v.SCHEMA + "domainIncludes"),
            range=many(v.RDFS + "range"),
            members=members,
            traits=tuple(
                trait
                for trait, cls in (("symmetric", "SymmetricProperty"), ("deprecated", "Deprecated"))
                if v.OWL + cls in types
            ),
            matches=tuple(self._matches.get(iri, ())),
            rules=tuple(self._messages.get(iri, ())),
            questions=tuple(self._questions.get(iri, ())),
        )


def _gathered(
    quads: Iterable[ox.Quad],
) -> dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]:
    found: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for quad in quads:
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            about = found.setdefault(_text(quad.subject), {})
            about.setdefault(quad.predicate.value, []).append(quad.object)
    return found


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
