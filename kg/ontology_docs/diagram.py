"""The page's diagrams, drawn as SVG from what the ontology says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from kg import vocabulary as v
from kg.ontology import edges
from kg.ontology_docs.terms import Ontology

_ROW, _WIDE, _HIGH = 46, 190, 34


@dataclass(frozen=True, slots=True)
class _Node:
    name: str
    x: int
    y: int
    style: str = "entity"


@dataclass(frozen=True, slots=True)
class _Line:
    """An arrow and its name, which is drawn above all arrows."""

    line: str
    label: str


def relationships(ontology: Ontology) -> str:
    """One line for each kind of relationship: from which role to which it is drawn."""
    drawn = [edges()[terms.cls] for terms in v.TERMS.values()]
    classes = [terms.cls for terms in v.TERMS.values()]
    lines, parts = [], []
    for row, (cls, edge) in enumerate(zip(classes, drawn, strict=True)):
        y = 24 + row * _ROW
        [source], [target] = (ontology.terms[p].range for p in (edge.source, edge.target))
        lines.append(_line(140, y, 330, y, _name(edge.source), arrow=False))
        lines.append(_line(330 + 190, y, 650, y, _name(edge.target)))
        parts.append(_box(_name(source), 10, y, 130, "entity"))
        parts.append(_box(_name(cls), 330, y, 190, "relationship"))
        parts.append(_box(_name(target), 650, y, 130, "entity"))
        parts.append(
            f'<text class="small" x="800" y="{y + 4}">{escape(edge.label)}'
            f"{' (both ways)' if edge.symmetric else ''}</text>"
        )
    height = 24 + len(drawn) * _ROW
    return _svg(lines, parts, 1000, height, "Relationship classes with their two main roles")


_NODES = {
    node.name: node
    for node in (
        _Node("NewsArticle", 10, 40, "evidence"),
        _Node("Statement", 290, 40, "evidence"),
        _Node("TextQuoteSelector", 290, 150, "evidence"),
        _Node("Mention", 10, 150, "evidence"),
        _Node("Relationship", 570, 40, "relationship"),
        _Node("MonetaryAmount", 850, 40, "part"),
        _Node("Term", 850, 95, "part"),
        _Node("Step", 850, 150, "part"),
        _Node("Entity", 570, 150, "entity"),
    )
}
_LINKS = (
    ("Statement", "inArticle", "NewsArticle"),
    ("Statement", "evidence", "TextQuoteSelector"),
    ("Statement", "mention", "Mention"),
    ("Relationship", "statement", "Statement"),
    ("Relationship", "amount", "MonetaryAmount"),
    ("Relationship", "term", "Term"),
    ("Relationship", "step", "Step"),
    ("Relationship", "participant", "Entity"),
)


def evidence(ontology: Ontology) -> str:
    """How an article's words carry a relationship."""
    lines = []
    for source, name, target in _LINKS:
        if v.AIO + name not in ontology.terms:
            raise KeyError(f"the diagram speaks of aio:{name}, which the ontology does not have")
        one, other = _NODES[source], _NODES[target]
        if one.x == other.x:
            x = one.x + _WIDE // 2
            lines.append(_line(x, one.y + 17, x, other.y - 17, name))
        elif one.x < other.x:
            lines.append(_line(one.x + _WIDE, one.y, other.x, other.y, name))
        else:
            lines.append(_line(one.x, one.y, other.x + _WIDE, other.y, name))
    boxes = [
        _box(n.name, n.x, n.y, _WIDE, n.style, v.AIO + n.name in ontology.terms)
        for n in _NODES.values()
    ]
    return _svg(lines, boxes, 1060, 190, "From an article's words to a relationship")


def _svg(lines: Iterable[_Line], boxes: Iterable[str], width: int, height: int, title: str) -> str:
    """A drawing in which no line crosses out the name of another."""
    lines = list(lines)
    content = "".join([*(x.line for x in lines), *(x.label for x in lines), *boxes])
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" '
        'markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" class="tip"/></marker></defs>'
        f"{content}</svg>"
    )


def _box(name: str, x: int, y: int, width: int, style: str, linked: bool = True) -> str:
    text = f'<text x="{x + width // 2}" y="{y + 5}" text-anchor="middle">{escape(name)}</text>'
    box = f'<rect x="{x}" y="{y - _HIGH // 2}" width="{width}" height="{_HIGH}" rx="6"/>'
    drawn = f'<g class="{style}">{box}{text}</g>'
    return f'<a href="#{escape(name)}">{drawn}</a>' if linked else drawn


def _line(x1: int, y1: int, x2: int, y2: int, name: str, arrow: bool = True) -> _Line:
    tip = ' marker-end="url(#tip)"' if arrow else ""
    x, y = (x1 + x2) // 2, (y1 + y2) // 2 + (-7 if y1 == y2 else 4)
    anchor = "start" if x1 == x2 else "middle"
    return _Line(
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"{tip}/>',
        f'<text class="small" x="{x + (6 if x1 == x2 else 0)}" y="{y}" text-anchor="{anchor}">'
        f"{escape(name)}</text>",
    )


def _name(iri: str) -> str:
    return iri.rsplit("#", 1)[-1]
