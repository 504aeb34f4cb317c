"""One way of writing the ontology's files, so that a change shows as what was changed.

    python -m kg.turtle          write ontology/*.ttl anew
    python -m kg.turtle --check  say which files are not written so, and fail

Subjects keep their order and the comment above them; everything below a subject follows
fixed rules: the order of its properties, one line for each, nested nodes in place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.model import KgError
from kg.resources import ontology_dir

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
WIDTH = 100

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_FIRST = ("rdf:type", "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range")
_SHAPE = (
    *("sh:targetClass", "sh:targetSubjectsOf", "sh:path", "sh:minCount", "sh:maxCount"),
    *("sh:nodeKind", "sh:class", "sh:datatype", "sh:in", "sh:or", "sh:node", "sh:prefixes"),
)
_ABOUT = (
    *("rdfs:label", "skos:prefLabel", "skos:notation", "skos:inScheme", "skos:topConceptOf"),
    *("skos:definition", "skos:example", "skos:scopeNote"),
)
_LAST = ("sh:message", "sh:select", "sh:property", "sh:sparql")
_BARE = {
    XSD + "integer": re.compile(r"[+-]?\d+"),
    XSD + "decimal": re.compile(r"[+-]?\d+\.\d+"),
    XSD + "boolean": re.compile(r"true|false"),
}
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")


class TurtleError(KgError):
    """A file cannot be formatted; the message names it and says why."""


def formatted(source: str) -> str:
    """The same triples, written by the rules above. Raises SyntaxError if it is not Turtle."""
    return _Writer(source).text()


class _Writer:
    def __init__(self, source: str) -> None:
        self.prefixes = dict(re.findall(r"^@prefix\s+([\w-]*):\s+<([^>]*)>\s*\.", source, re.M))
        self.comments = _comments(source)
        self.about: dict[ox.NamedNode | ox.BlankNode, dict[str, list[Term]]] = {}
        self.nested: set[ox.BlankNode] = set()
        for quad in ox.parse(source, format=ox.RdfFormat.TURTLE):
            values = self.about.setdefault(quad.subject, {}).setdefault(quad.predicate.value, [])
            if quad.object not in values:
                values.append(quad.object)
            if isinstance(quad.object, ox.BlankNode):
                self.nested.add(quad.object)

    def text(self) -> str:
        parts = ["".join(f"@prefix {p}: <{n}> .\n" for p, n in sorted(self.prefixes.items()))]
        for subject in self._in_order():
            name = "[]" if isinstance(subject, ox.BlankNode) else self._iri(subject.value)
            if comment := self.comments.pop(name, None):
                parts.append(f"# {comment}\n")
            parts.append(f"{name} {self._properties(self.about[subject], '    ')} .\n")
        return "\n".join(parts)

    def _in_order(self) -> Iterable[ox.NamedNode | ox.BlankNode]:
        # The parser may hand out the triples of a nested node before those around it.
        roots = [s for s in self.about if s not in self.nested]
        named = {s for s in roots if isinstance(s, ox.NamedNode)}
        return [s for s in roots if s in named] + [s for s in roots if s not in named]

    def _properties(self, about: dict[str, list[Term]], indent: str) -> str:
        lines = []
        for predicate in sorted(about, key=lambda p: self._rank(p)):
            name = "a" if predicate == RDF + "type" else self._iri(predicate)
            values = [self._term(v, indent + "    ") for v in self._sorted(about[predicate])]
            line = f"{name} {', '.join(values)}"
            if len(values) > 1 and len(indent + line) > WIDTH:
                line = f"{name} " + f",\n{indent}    ".join(values)
            lines.append(line)
        return f" ;\n{indent}".join(lines)

    def _rank(self, predicate: str) -> tuple[int, str]:
        name = "rdf:type" if predicate == RDF + "type" else self._iri(predicate)
        for position, names in enumerate((_FIRST, _SHAPE, _ABOUT, (), _LAST)):
            if name in names:
                return position * 100 + names.index(name), ""
        return 300, name

    def _sorted(self, values: list[Term]) -> list[Term]:
        if any(isinstance(v, ox.BlankNode) for v in values):
            return [v for v in values if not isinstance(v, ox.BlankNode)] + [
                v for v in values if isinstance(v, ox.BlankNode)
            ]
        return sorted(values, key=lambda v: self._term(v, ""))

    def _term(self, term: Term, indent: str) -> str:
        if isinstance(term, ox.NamedNode):
            return "()" if term.value == RDF + "nil" else self._iri(term.value)
        if isinstance(term, ox.Literal):
            return self._literal(term)
        if not isinstance(term, ox.BlankNode):
            raise TurtleError(f"{term}: only IRIs, literals and blank nodes can be written")
        about = self.about[term]
        if RDF + "first" in about:
            members = [self._term(m, indent + "    ") for m in self._members(term)]
            line = f"( {' '.join(members)} )"
            if len(indent + line) > WIDTH:
                inner = f"\n{indent}    ".join(members)
                line = f"(\n{indent}    {inner}\n{indent})"
            return line
        properties = self._properties(about, indent + "    ")
        line = "[ " + re.sub(r" ;\n\s*", " ; ", properties) + " ]"
        if '"""' in line or len(indent + line) > WIDTH:
            return f"[\n{indent}    {properties}\n{indent}]"
        return line

    def _members(self, term: Term) -> Iterable[Term]:
        while isinstance(term, ox.BlankNode):
            about = self.about[term]
            yield about[RDF + "first"][0]
            term = about[RDF + "rest"][0]

    def _literal(self, term: ox.Literal) -> str:
        datatype = term.datatype.value
        if (bare := _BARE.get(datatype)) and bare.fullmatch(term.value):
            return term.value
        escaped = term.value.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r")
        text = f'"""{escaped}"""' if "\n" in escaped else f'"{escaped}"'
        if term.language:
            return f"{text}@{term.language}"
        return text if datatype == XSD + "string" else f"{text}^^{self._iri(datatype)}"

    def _iri(self, iri: str) -> str:
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(local := iri[len(namespace) :]):
                return f"{prefix}:{local}"
        return f"<{iri}>"


def _comments(source: str) -> dict[str, str]:
    """The comment lines that stand before a subject, by the subject as written."""
    found: dict[str, str] = {}
    waiting: list[str] = []
    for line in source.splitlines():
        if line.startswith("#"):
            waiting.append(line.removeprefix("#").strip())
        elif line and not line[0].isspace() and not line.startswith("@"):
            if waiting:
                found.setdefault(line.split()[0], "\n# ".join(waiting))
            waiting = []
    return found


def main(arguments: list[str]) -> int:
    """Format the ontology's files, or check them; the exit code says how it went."""
    wrong = []
    for path in sorted(Path(ontology_dir()).glob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        try:
            written = formatted(text)
        except SyntaxError as error:
            raise TurtleError(f"{path}: not valid Turtle: {error}; mend the line") from error
        if written != text:
            wrong.append(path)
            if "--check" not in arguments:
                path.write_text(written, encoding="utf-8")
    if "--check" in arguments and wrong:
        names = ", ".join(str(path) for path in wrong)
        sys.stderr.write(f"{names}: not in the usual layout; run python -m kg.turtle\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
