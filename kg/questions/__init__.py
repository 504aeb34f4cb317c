"""Questions in English: understood by a grammar that is data, answered from the graph.

``docs/questions.md`` describes what can be asked and how the grammar is written.
"""

from kg.questions.answer import Answer, Item
from kg.questions.asking import ask, run

__all__ = ["Answer", "Item", "ask", "run"]
