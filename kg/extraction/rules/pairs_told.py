"""Which pairs of parties a frame may tell: those named where it asks for names, no market for a customer."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.frames import Frame
from kg.extraction.rules.own_clauses import own_clause
from kg.extraction.rules.parsing import Node
from kg.model import EntityKind

_TRADING = frozenset({"sell", "export", "ship", "deliver"})


def fitting_pairs(
    frame: Frame, trigger: Node, pairs: Sequence[tuple[Filler, Filler]]
) -> list[tuple[Filler, Filler]]:
    """The pairs without those that the frame's words do not mean."""
    if "named" in frame.needs:
        pairs = [(s, o) for s, o in pairs if not (_referred(s) or _referred(o))]
    if "doer-named" in frame.needs:
        pairs = [(s, o) for s, o in pairs if not _referred(s)]
    if frame.name == "partnership joined":
        # "the Pentagon's Torchlight contract": what it is for
        pairs = [(s, o) for s, o in pairs if not (_governs(s) and o.name.entity is None)]
    if frame.name in ("work with", "build with", "develop with", "designed with"):
        # what works with a product fits it, no more
        pairs = [(s, o) for s, o in pairs if not _artefact(o)]
    if frame.name in ("supply", "give content") and trigger.lemma in _TRADING:
        # "sells chips to China": a market, not a customer
        pairs = [(s, o) for s, o in pairs if not (_governs(o) and o.name.entity is not None)]
    return list(pairs)


def _governs(filler: Filler) -> bool:
    return filler.name.kind is EntityKind.GOVERNMENT


def _artefact(filler: Filler) -> bool:
    return filler.node.name is not None and filler.node.name.is_artefact


def _referred(filler: Filler) -> bool:
    """Whether a pronoun or description stands there, for somebody whom the sentence does not name before it."""
    if filler.how != "reference":
        return False
    own = own_clause(filler.node)
    return (own is None or own.name != filler.name) and not _is_named_before(filler)


def _is_named_before(filler: Filler) -> bool:
    """``X rose after it agreed to supply Y``: X."""
    *_, top = (filler.node, *filler.node.ancestors())
    before = (n for n in top.subtree() if n.index < filler.node.index and n.name is not None)
    return any(n.name is not None and n.name.name == filler.name.name for n in before)
