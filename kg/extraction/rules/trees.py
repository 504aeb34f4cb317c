"""Moving a word of the parse under another head."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node


def hang(node: Node, head: Node | None, dep: str) -> None:
    """Move a node with what is below it under another head, or make it a root."""
    if node.head is not None:
        node.head.children.remove(node)
    node.head, node.dep = head, dep
    if head is not None:
        head.children.append(node)
        head.children.sort(key=lambda c: c.index)
