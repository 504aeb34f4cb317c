"""Which authority ``it``, ``she``, ``the agency`` or ``the privacy watchdog`` means, of those told before."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from kg.extraction.rules.authorities import remits_in, remits_of
from kg.extraction.rules.descriptions import bare, country, is_definite
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.coreference import Context
    from kg.extraction.rules.parsing import Node

_NEAR = 4
_LONGEST_CHAIN = 5
_OF_ANYBODY = frozenset({"sue", "accuse", "ask", "appeal", "allege", "settle", "write"})
"""What companies do as well as authorities."""


def describes_authority(node: Node) -> bool:
    """Whether the noun may mean an authority told before."""
    if node.lemma not in words("nouns", "authority") and not _is_attorney_general(node):
        return False
    named = any(c.name is not None or c.tag == "NNP" for c in node.children)
    return (is_definite(node) or bare(node)) and not named


def described_authority(context: Context, node: Node, sentence: int, shut: Set[str]) -> Name | None:
    """The fitting authority told last, at most four sentences before; else the one that the article tells of."""
    fitting = [
        p for p in context.told_before(node) if _watches(p.name, node) and p.name.name not in shut
    ]
    if fitting and sentence - fitting[0].sentence <= _NEAR:
        return fitting[0].name
    return fitting[0].name if len({p.name.name for p in fitting}) == 1 else None


def _watches(name: Name, node: Node) -> bool:
    """Whether the place and remit that the noun tells are those of the authority."""
    if name.kind is not EntityKind.AUTHORITY:
        return False
    if _is_attorney_general(node):
        return "Attorney General" in name.name
    place = country(node)
    if place is not None and (name.entity is None or name.entity.country != place):
        return False
    remits = remits_in(c.word for c in node.children if c.dep in ("compound", "amod", "nmod"))
    own = remits_of(name.entity) if remits and name.entity is not None else frozenset()
    return not own or bool(own & remits)


def _is_attorney_general(node: Node) -> bool:
    return node.lemma == "general" and any(c.lemma == "attorney" for c in node.children)


def last_official(context: Context, node: Node) -> Name | None:
    """The official told last before ``he`` or ``she``, if no other person was told since."""
    told = context.told_before(node)
    reach = told[0].sentence - 2 if told else 0
    for place in told:
        if place.sentence < reach or (place.name.is_person and not place.name.official):
            return None
        if place.name.official:
            return place.name
    return None


def last_told(context: Context, node: Node, sentence: int) -> Name | None:
    """What a sentence before went on about: its first organisation; in the node's own, the nearest.

    Past those that themselves go on: ``The CMA fined X. The agency is right. It also ...``.
    """
    verb = node.head
    chain = 2 if verb is not None and verb.lemma in _OF_ANYBODY else _LONGEST_CHAIN
    for back in range(chain):
        names = [
            p.name
            for p in context.before(node.start, back, sentence)
            if p.sentence == sentence - back and (p.name.is_organisation or p.name.is_person)
        ]
        if back and sentence - back in context.of_authority:
            continue
        if names:
            return names[-1 if back else 0]
        if back:
            break
    return None
