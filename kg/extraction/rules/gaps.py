"""Backing told once for several: ``A put $8bn and B $3bn into C``, ``A holds 15% of C, B 8%``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.match import Match
from kg.model import Kind

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node, Parsed
    from kg.extraction.rules.phrases import Phrases

_BEFORE = frozenset({",", "and", "while", ";", "with"})
_REST = ("rest", "remainder", "balance")
_SHARED = frozenset({"invest", "invest money", "hold a stake", "give money"})


def gives_to_several(verb: Node) -> bool:
    """``gave B $5bn and C $3bn``: both get, and C does not give."""
    return any(n.name is not None for n in verb.all("dative"))


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
        if gives_to_several(verb):
            continue
        for node, quantity in gaps(phrases.parsed, verb):
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


def without_holders(phrases: Phrases, found: Sequence[Match]) -> list[Match]:
    """The matches but those in which one is held who holds: ``A owns 60% of the venture and B the rest``."""
    verbs = {m.trigger.index: m.trigger for m in found if m.frame.name == "hold a stake"}
    holders = {(at, n.index) for at, v in verbs.items() for n, _ in gaps(phrases.parsed, v)}
    return [m for m in found if (m.trigger.index, m.object.node.index) not in holders]


def apportioned(phrases: Phrases, found: Sequence[Match]) -> list[Match]:
    """The matches, with those of a verb whose subjects and objects a list pairs put as it pairs them.

    ``A, B and C poured money into labs: A and B into D, and C into E``.
    """
    verbs = {m.trigger.index: m for m in found if m.frame.name in ("invest", "invest money")}
    for match in verbs.values():
        pairs = list(_pairs(phrases, match.trigger))
        if not pairs:
            continue
        first = min(n.index for names, _ in pairs for n in names)
        found = [m for m in found if m.trigger is not match.trigger or m.object.node.index < first]
        found += [
            Match(match.frame, match.trigger, Filler(a, a.name), target)
            for names, targets in pairs
            for a in names
            for target in phrases.roles.parties(targets, "organisation")
            if a.name is not None and a.name.name != target.name.name
        ]
    return list(found)


def _pairs(phrases: Phrases, verb: Node) -> Iterator[tuple[list[Node], list[Node]]]:
    """Names before "into" or "in" without a verb of their own, and the name after it."""
    nodes = phrases.parsed.nodes
    for prep in nodes[verb.index + 2 : -1]:
        if prep.word not in ("into", "in") or not _is_firm(phrases, nodes[prep.index + 1]):
            continue
        names: list[Node] = []
        at = prep.index - 1
        while at > verb.index and _is_firm(phrases, nodes[at]):
            names.insert(0, nodes[at])
            at -= 2 if nodes[at - 1].word == "and" and nodes[at - 2].name is not None else 1
            if nodes[at].name is None:
                break
        opening = nodes[names[0].index - 1].word if names else ""
        if opening in (",", "and", ":", ";", "while"):
            yield names, [nodes[prep.index + 1]]


def _is_firm(phrases: Phrases, node: Node) -> bool:
    return node.name is not None and phrases.roles.is_company(node.name)


def gaps(parsed: Parsed, verb: Node) -> list[tuple[Node, Node]]:
    """Names after the verb that stand before a sum or share without a verb of their own, each with it."""
    nodes = parsed.nodes
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
    """The sum, percentage or rest that begins at ``at``, with at most a word such as "another" before it."""
    for node in nodes[at : at + 6]:
        if node.money is not None or node.word in ("%", "percent", *_REST):
            return node
        if node.pos not in ("NUM", "SYM", "ADV", "ADJ", "DET", "ADP", "PART") or node.word in (
            "in",
            "of",
        ):
            return None
    return None
