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
