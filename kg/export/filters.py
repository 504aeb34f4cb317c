"""Parts of a projection: by kind, time, confidence, modality, or around an entity.

A pure function over the graph, for every view and format alike. ``kg.graph.project`` reads less
from the store where it can; what it makes passes through here unchanged.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.dates import span
from kg.export.errors import ExportError
from kg.model import Kind, Modality
from kg.names import fold

if TYPE_CHECKING:
    from kg.export.columns import Attributes
    from kg.export.view import Graph


def filter_graph(
    graph: Graph,
    *,
    kinds: Iterable[Kind | str] | None = None,
    as_of: str | None = None,
    known_by: str | None = None,
    min_confidence: float | None = None,
    modalities: Iterable[Modality | str] | None = None,
    around: str | Iterable[str] | None = None,
    depth: int = 1,
) -> Graph:
    """The relationships that pass every filter given, with the entities they connect.

    ``as_of`` keeps what was true on that date: begun by then and not ended before. Where no
    start is known, the first report tells; where an end is not known, there is none.
    ``known_by`` keeps only statements published by that date, and with them the sums they
    state. ``around`` takes ids or names and keeps what lies within ``depth`` steps, in either
    direction; two entities on the rim are connected if a relationship joins them. Dates are ISO 8601, of
    reduced precision if need be. The graph given is not changed. Raises ExportError for a
    name that no node bears and for a value that is none.
    """
    wanted = _members(kinds, Kind, "kind")
    moods = _members(modalities, Modality, "modality")
    day = _day(as_of, "as-of")
    known = _day(known_by, "known-by")
    if depth < 0:
        raise ExportError(f"depth {depth} is below nought; give the number of steps to go")
    made: Graph = graph.__class__(**graph.graph)
    made.graph.update({k: v for k, v in (("as_of", as_of), ("known_by", known_by)) if v})
    for source, target, key, data in graph.edges(keys=True, data=True):
        if wanted is not None and data.get("kind") not in wanted:
            continue
        if moods is not None and data.get("modality") not in moods:
            continue
        if min_confidence is not None and (data.get("confidence") or 0.0) < min_confidence:
            continue
        kept: Attributes | None = data
        if known is not None:
            kept = _known_by(data, known)
        if kept is None or (day is not None and not _holds(kept, day)):
            continue
        for node in (source, target):
            if node not in made:
                made.add_node(node, **graph.nodes[node])
        made.add_edge(source, target, key=key, **kept)
    filters = (wanted, moods, day, known, min_confidence)
    if all(f is None for f in filters):
        made.add_nodes_from((n, d) for n, d in graph.nodes(data=True) if n not in made)
    if around is None:
        return made
    centre = _centre(graph, [around] if isinstance(around, str) else list(around))
    for node in centre:
        if node not in made:
            made.add_node(node, **graph.nodes[node])
    return _neighbourhood(made, centre, depth)


def find_node(graph: Graph, name: str) -> str:
    """The node with this id, label or other name. Raises ExportError where none or several are."""
    if name in graph:
        return name
    wanted = fold(name)
    found = [n for n, d in graph.nodes(data=True) if fold(str(d.get("label") or n)) == wanted]
    if not found:
        found = [
            n
            for n, d in graph.nodes(data=True)
            if any(fold(str(other)) == wanted for other in d.get("names") or ())
        ]
    if len(found) == 1:
        return found[0]
    if found:
        raise ExportError(f"{name!r} may mean {', '.join(sorted(found))}; give the id")
    labels = {str(d.get("label") or n): n for n, d in graph.nodes(data=True)}
    close = difflib.get_close_matches(name, labels, n=3)
    hint = f"; did you mean {' or '.join(close)}?" if close else "; kg show lists the entities"
    raise ExportError(f"no entity in this graph is called {name!r}{hint}")


def _members(
    values: Iterable[Any] | None, of: type[Kind] | type[Modality], word: str
) -> set[str] | None:
    if values is None:
        return None
    known = {str(v) for v in of}
    given = {str(v) for v in values}
    if wrong := sorted(given - known):
        raise ExportError(
            f"unknown {word} {', '.join(wrong)}; there are {', '.join(sorted(known))}"
        )
    return given


def _day(text: str | None, word: str) -> str | None:
    """The last day of the date given, which sorts as text among whole dates."""
    if text is None:
        return None
    try:
        return span(text)[1].isoformat()
    except ValueError as error:
        raise ExportError(f"{word}: {error}") from error


def _holds(data: Attributes, day: str) -> bool:
    begun = data.get("start") or data.get("published")
    if begun and _first(begun) > day:
        return False
    end = data.get("end")
    return not (end and _last(end) < day)


def _known_by(data: Attributes, day: str) -> Attributes | None:
    """The relationship with the statements published by that day; None if there are none."""
    statements = data.get("statements")
    if statements is None:
        published = data.get("published")
        return data if published and _last(published) <= day else None
    kept = tuple(s for s in statements if s.get("published") and _last(s["published"]) <= day)
    if not kept:
        return None
    if len(kept) == len(statements):
        return data
    ids = {s.get("id") for s in kept}
    changed = {**data, "statements": kept}
    changed["published"] = min(s["published"] for s in kept)
    changed["confidence"] = max(s.get("confidence") or 0.0 for s in kept)
    amounts = tuple(a for a in data.get("amounts") or () if a.get("statement") in ids)
    changed.pop("amounts", None)
    return {**changed, "amounts": amounts} if amounts else changed


def _first(date: str) -> str:
    return span(date[:10])[0].isoformat()


def _last(date: str) -> str:
    return span(date[:10])[1].isoformat()


def _centre(graph: Graph, names: list[str]) -> list[str]:
    return [find_node(graph, name) for name in names]


def _neighbourhood(graph: Graph, centre: list[str], depth: int) -> Graph:
    reached, rim = set(centre), set(centre)
    for _ in range(depth):
        rim = {n for c in rim for ring in (graph.succ[c], graph.pred[c]) for n in ring} - reached
        reached |= rim
    around: Graph = graph.subgraph(sorted(reached)).copy()
    return around
