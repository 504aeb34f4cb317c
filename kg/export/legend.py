"""Title and legend: what is shown and from what; the kinds that occur, how they are drawn, and what dashes and pallor mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.export.palette import EDGE_COLOURS, NODE_COLOURS, edge_colour, hex_colour, node_colour
from kg.export.strokes import DASHES
from kg.export.text import content
from kg.export.typography import width
from kg.export.view import Edge, View

_SIZE: Final = 12.0
_ROW: Final = 21.0
_TITLE: Final = 20.0
_NOTE: Final = 13.0
_INK, _DARK, _GREY = "#333a44", "#1b1f24", "#5b6470"


def heading(view: View, margin: float) -> tuple[str, float]:
    """The title, and below it how much the picture shows and from what; and its width."""
    if not view.title:
        return "", 0.0
    graph = view.graph.graph
    told = f"{_count(len(view.nodes), 'entity', 'entities')}, "
    told += _count(view.size, "relationship", "relationships")
    notes = [str(graph["part"]), told] if graph.get("part") else [told]
    notes += [sources] if (sources := _sources(view)) else []
    notes += [f"as of {graph['as_of']}"] if graph.get("as_of") else []
    notes += [f"as known by {graph['known_by']}"] if graph.get("known_by") else []
    line = "; ".join(notes)
    marks = (
        f'<text x="{margin:.0f}" y="{margin + 8:.0f}" font-size="{_TITLE:.0f}" font-weight="600" '
        f'fill="{_DARK}">{content(view.title)}</text>\n'
        f'<text x="{margin:.0f}" y="{margin + 28:.0f}" font-size="{_NOTE:.0f}" fill="{_GREY}">'
        f"{content(line)}</text>\n"
    )
    return marks, max(width(view.title, _TITLE, bold=True), width(line, _NOTE))


def _sources(view: View) -> str:
    """How many articles the relationships were read from, and when those were published."""
    found = {
        str(s.get("article") or s.get("url")): str(s.get("published") or "")
        for _, _, data in view.graph.edges(data=True)
        for s in data.get("statements") or ()
    }
    dates = sorted(filter(None, found.values()))
    if not found:
        return ""
    span = f", {dates[0]} to {dates[-1]}" if dates else ""
    return f"read from {_count(len(found), 'article', 'articles')}{span}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def legend(view: View, edges: Sequence[Edge], room: float) -> tuple[str, float]:
    """The legend's marks, from (0, 0) on, and its height; ``room`` is the width it may take."""
    present = {str(view.node(n).get("kind") or "") for n in view.nodes} - {""}
    order = {kind: i for i, kind in enumerate(NODE_COLOURS)}
    nodes = [
        (_dot(kind), kind.replace("-", " "))
        for kind in sorted(present, key=lambda k: (order.get(k, 99), k))
    ]
    styles = {e.style.kind: e.style for e in edges}
    ranks = {kind: i for i, kind in enumerate(EDGE_COLOURS)}
    lines = [
        (_line(kind, styles[kind].directed), styles[kind].label if kind else "related")
        for kind in sorted(styles, key=lambda k: (ranks.get(k, 99), k))
    ]
    rows = [nodes, lines, _doubts(edges)]
    parts = []
    y = 0.0
    for row in rows:
        x = 0.0
        for mark, words in row:
            wide = 30 + width(words, _SIZE) + 18
            if x and x + wide > room:
                x, y = 0.0, y + _ROW
            parts.append(
                f'<g transform="translate({x:.1f} {y:.1f})">{mark}<text x="30" y="4.2" '
                f'font-size="{_SIZE:.0f}" fill="{_INK}">{content(words)}</text></g>\n'
            )
            x += wide
        if row:
            y += _ROW + 3
    return "".join(parts), y


def _dot(kind: str) -> str:
    return f'<circle cx="14" cy="0" r="6" fill="{hex_colour(node_colour(kind))}"/>'


def _line(kind: str, directed: bool) -> str:
    colour = hex_colour(edge_colour(kind))
    head = f'<path d="M25 0L18 -3.2L18 3.2Z" fill="{colour}"/>' if directed else ""
    reach = 18 if directed else 25
    return f'<path d="M3 0H{reach}" stroke="{colour}" stroke-width="1.8" fill="none"/>{head}'


def _doubts(edges: Sequence[Edge]) -> list[tuple[str, str]]:
    """What dashed, dotted and pale lines mean, as far as there are any."""
    told = [{str(d.get("modality") or "asserted") for _, d in e.members} for e in edges]
    doubtful = sorted({m for moods in told if "asserted" not in moods for m in moods})
    grey = 'stroke="#555555" stroke-width="1.8" fill="none"'
    found = []
    if unsure := [m for m in doubtful if m != "denied"]:
        mark = f'<path d="M3 0H25" {grey} stroke-dasharray="{DASHES[unsure[0]]}"/>'
        found.append((mark, " or ".join(unsure)))
    if "denied" in doubtful:
        found.append(
            (f'<path d="M3 0H25" {grey} stroke-dasharray="{DASHES["denied"]}"/>', "denied")
        )
    if any(all(d.get("in_force") is False for _, d in e.members) for e in edges):
        found.append((f'<path d="M3 0H25" {grey} opacity="0.4"/>', "no longer in force"))
    return found
