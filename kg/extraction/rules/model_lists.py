"""Lists of models on the page: ``models (A's Z, W and B)``, ``several models: Z, W``, ``models such as Z``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.lexicon import words
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.gazetteer import Name
    from kg.extraction.rules.parsing import Node

_OPENING = frozenset({":", "("})
_BETWEEN = frozenset({",", "and", "or", "&", "plus", "the", "as", "well"})
_OWNING = frozenset({"'s", "'"})


def listed_models(nodes: Sequence[Node], heads: Sequence[Node]) -> list[Filler]:
    """The models, and the labs whose models they are, listed after a noun for models."""
    for head in heads:
        inner = [n for p in head.all("prep") if p.word == "of" for n in p.all("pobj")]
        for noun in (head, *inner):
            if noun.lemma in words("nouns", "model"):
                found = _after(nodes, noun.index + 1)
                if found:
                    return found
    return []


def _after(nodes: Sequence[Node], at: int) -> list[Filler]:
    opening = [n.word for n in nodes[at : at + 3]]
    if opening[:1] and opening[0] in _OPENING:
        at += 1
    elif opening[:2] == ["such", "as"]:
        at += 2
    elif opening in ([",", "such", "as"], [",", "among", "them"]):
        at += 3
    else:
        return []
    found: list[Filler] = []
    while at < len(nodes):
        node = nodes[at]
        name = node.name
        if name is not None and not _owns(nodes, at):
            if not _is_member(name):
                break
            if nodes[at - 1].word != "own":
                # "and Fenwork's own Z": on Fenwork's service, nobody else's
                found.append(Filler(node, name))
        elif name is None and not _is_between(node):
            break
        at += 1
    return found


def _owns(nodes: Sequence[Node], at: int) -> bool:
    """``Fenwork's own models``: whose they are, ahead of the model itself."""
    rest = nodes[at + 1 : at + 4]
    return bool(rest) and rest[0].word in _OWNING and any(n.name is not None for n in rest)


def _is_member(name: Name) -> bool:
    lab = name.entity is not None and EntityKind.LAB in name.entity.kinds
    return name.kind is EntityKind.MODEL or lab


def _is_between(node: Node) -> bool:
    return (
        node.word in _BETWEEN | _OWNING
        or node.tag == "RB"
        or node.word == "own"
        or node.lemma in words("nouns", "model")
    )
