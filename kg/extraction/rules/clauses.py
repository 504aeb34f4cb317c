"""Clauses: whether two words of a sentence stand in the same one."""

from __future__ import annotations

from kg.extraction.rules.parsing import Node


def crosses_clause(node: Node, trigger: Node) -> bool:
    """Whether another clause lies between a node and the trigger above it."""
    current: Node | None = node
    while current is not None and current is not trigger:
        if current.dep in ("relcl", "advcl", "ccomp", "parataxis") or (
            current.dep == "conj" and current.tag.startswith("VB")
        ):
            return True
        current = current.head
    return False


def near(trigger: Node) -> list[Node]:
    """What stands in the clause of a trigger, with the noun that a relative clause of it is told of.

    ``the $5 billion that X has bet on Y``: the sum, which is what X bet.
    """
    found = [n for n in trigger.subtree() if not crosses_clause(n, trigger)]
    above = trigger.head if trigger.dep == "relcl" else None
    relative = any(n.dep == "dobj" and n.word in ("that", "which") for n in found)
    return [*found, above] if above is not None and above.name is None and relative else found
