"""What a frame needs in its sentence besides the roles."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.extraction.rules.asked import BY_NAME, may_be_met
from kg.extraction.rules.backing_needs import BACKING_NEEDS
from kg.extraction.rules.case_needs import CASE_NEEDS
from kg.extraction.rules.clause_needs import SENTENCE_NEEDS, TRIGGER_NEEDS
from kg.extraction.rules.deal_needs import DEAL_NEEDS
from kg.extraction.rules.money_needs import MONEY_IN_SENTENCE_NEEDS, MONEY_NEEDS
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.post_places import POST_NEEDS
from kg.extraction.rules.word_tables import by_word
from kg.extraction.rules.working_needs import WORKING_NEEDS

UNPARSED = frozenset({"listing", "leftover"})
"""Needs of what is read beside the parse: no frame that has one is found by its places."""
OF_TRIGGER: Mapping[str, Callable[[Node], bool]] = by_word(
    BACKING_NEEDS, CASE_NEEDS, DEAL_NEEDS, POST_NEEDS, TRIGGER_NEEDS, MONEY_NEEDS, WORKING_NEEDS
)
OF_SENTENCE: Mapping[str, Callable[[Parsed, Node], bool]] = by_word(
    SENTENCE_NEEDS, MONEY_IN_SENTENCE_NEEDS
)


def needs_met(parsed: Parsed, needs: frozenset[str], trigger: Node) -> bool:
    """Whether what a frame needs besides its roles stands in the sentence: money, a holding, a project.

    How the parties must be told (``BY_NAME``) is asked when they are known.

    Raises:
        KeyError: for a need that nobody asks.
    """
    if needs & UNPARSED or not may_be_met(parsed, needs):
        return False
    return all(
        OF_SENTENCE[need](parsed, trigger) if need in OF_SENTENCE else OF_TRIGGER[need](trigger)
        for need in needs - BY_NAME
    )
