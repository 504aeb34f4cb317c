"""Backing told once for several: ``A put $8bn and B $3bn into C``, ``A holds 15% of C, B 8%``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.match import Match
from kg.extraction.rules.roles import Filler
from kg.model import Kind

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases

_BEFORE = frozenset({",", "and", "while", ";", "with"})
_SHARED = frozenset({"invest", "invest money", "hold a stake", "give money"})


def gapped(phrases: Phrases, found: Sequence[Match]) -> list[Match]:
    """What further subjects do as the one before them does, each with a sum or share of its own."""
    matches: list[Match] = []
    done: set[int] = set()
    for match in found:
        verb = match.trigger
        shares = match.frame.kind is Kind.INVESTMENT and match.frame.name in _SHARED
        if not shares or match.subject is None or verb.index in done:
            continue
        done.add(verb.index)
        for node, quantity in gaps(phrases, verb):
            if node.name is None or not phrases.roles.is_company(node.name):
                continue
            own = phrases.roles.parties(
                list(args.of_preposition(quantity, "in", "into", "of", "to")), "organisation"
            )
            target = own[0] if own else match.object
            told = {
                m.subject.name.name for m in found if m.subject and m.object.name is target.name
            }
            if node.name.name not in told | {target.name.name}:
                matches.append(Match(match.frame, node, Filler(node, node.name), target))
    return matches


def gaps(phrases: Phrases, verb: Node) -> list[tuple[Node, Node]]:
    """Names after the verb that stand before a sum or share without a verb of their own, each with it."""
    nodes = phrases.parsed.nodes
    found = []
    for node in nodes[verb.index + 2 :]:
        if node.name is None or nodes[node.index - 1].word not in _BEFORE:
            continue
        if node.dep in ("nsubj", "nsubjpass") and node.head is not verb:
            continue
        quantity = _quantity(nodes, node.index + 1)
        if quantity is not None:
            found.append((node, quantity))
    return found


def _quantity(nodes: Sequence[Node], at: int) -> Node | None:
    """The sum or percentage that begins at ``at``, with at most a word such as "another" before it."""
    for node in nodes[at : at + 6]:
        if node.money is not None or node.word in ("%", "percent"):
            return node
        if node.pos not in ("NUM", "SYM", "ADV", "ADJ", "DET", "ADP") or node.word in ("in", "of"):
            return None
    return None
