"""Which of several names a noun of deals joins: ``between A and B, C and D, and E and F``."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.parsing import Node

Pairs = list[tuple[Filler, Filler]]


def pairs_of(
    fillers: Sequence[Filler], listed: Sequence[Node], nodes: Sequence[Node], trigger: Node
) -> Pairs:
    """The pairs of parties, as the marks between the ``listed`` nouns tell; else each with each.

    ``deals between A and the start-ups B, C and D`` are of A with each of the others, ``deals
    between A and B, C and D`` are two.
    """
    by_name = {f.name.name: f for f in fillers}
    told = [n for n in listed if n.name is not None and n.name.name in by_name]
    if trigger.tag == "NNS" and len(told) > 2:
        marks = [_mark(a, b, nodes) for a, b in itertools.pairwise(told)]
        parties = [by_name[n.name.name] for n in told if n.name is not None]
        if marks[0] == "and":
            described = any(n.word == "the" for n in nodes[told[0].index + 1 : told[1].index])
            if len(told) % 2 == 0 and not described and _alternate(marks):
                return [(parties[i], parties[i + 1]) for i in range(0, len(told), 2)]
            return [(parties[0], b) for b in parties[1:]]
    return list(itertools.combinations(fillers, 2))


def _mark(one: Node, other: Node, nodes: Sequence[Node]) -> str:
    between = [n.word for n in nodes[one.index + 1 : other.index]]
    if "," in between or ";" in between:
        return ","
    return "and" if "and" in between or "&" in between else ""


def _alternate(marks: Sequence[str]) -> bool:
    return all(m == ("," if i % 2 else "and") for i, m in enumerate(marks))
