"""The part of a store that is to be exported, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.export.filters import filter_graph
from kg.graph import project
from kg.model import Kind, Modality

if TYPE_CHECKING:
    from kg.export.view import Graph
    from kg.store.protocol import Reader


@dataclass(frozen=True, slots=True)
class Selection:
    """What to export; empty or None where anything will do.

    ``around`` are ids of entities, of which all within ``depth`` steps are taken; ``as_of`` and
    ``known_by`` are dates in ISO 8601, of reduced precision if need be.
    """

    kinds: tuple[Kind, ...] = ()
    modalities: tuple[Modality, ...] = ()
    min_confidence: float | None = None
    around: tuple[str, ...] = ()
    depth: int = 1
    as_of: str | None = None
    known_by: str | None = None


def select(reader: Reader, selection: Selection) -> Graph:
    """The projection of what is selected; it is named after what it is about.

    The graph's attribute ``title`` names the entities it is around, ``part`` tells in words
    which part of the whole it is.
    """
    graph = project(
        reader if selection.around else reader.local(),
        kinds=selection.kinds or None,
        around=selection.around or None,
        depth=selection.depth,
        as_of=selection.as_of,
        known_by=selection.known_by,
    )
    graph = filter_graph(
        graph,
        modalities=selection.modalities or None,
        min_confidence=selection.min_confidence,
    )
    if selection.around:
        names = [str(graph.nodes[n].get("label", n)) for n in selection.around if n in graph]
        graph.graph["title"] = " and ".join(names) or str(graph.graph.get("title", ""))
    if part := _part(selection):
        graph.graph["part"] = part
    return graph


def _part(selection: Selection) -> str:
    parts = []
    if selection.around:
        steps = f"{selection.depth} steps" if selection.depth > 1 else "one step"
        parts.append(f"within {steps}")
    if selection.kinds:
        parts.append(" and ".join(k.value for k in selection.kinds))
    if selection.modalities:
        parts.append(" or ".join(m.value for m in selection.modalities))
    if selection.min_confidence is not None:
        parts.append(f"from a confidence of {selection.min_confidence:g}")
    return ", ".join(parts)
