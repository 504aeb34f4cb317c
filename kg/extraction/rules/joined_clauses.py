"""Two clauses that only ``and`` joins: ``X bought Y and Z fined W``, which the small parser reads as ``Y and Z``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kg.extraction.rules.idioms import Item
from kg.extraction.rules.lexicon import table

_AUXILIARIES = frozenset({"has", "have", "had", "is", "was", "will", "would", "are", "were"})
_TAKING = frozenset({"in", "with", "by", "into", "from", "for", "on", "of", "to", "buy", "acquire"})
_SAYING = frozenset(
    {"said", "says", "noted", "reported", "announced", "confirmed", "told", "wrote"}
)


def told_apart(items: Sequence[Item]) -> list[Item]:
    """The items of a sentence, with a comma before ``and Z fined`` where Z begins a clause of its own."""
    out: list[Item] = []
    for at, item in enumerate(items):
        if _begins_clause(items, at):
            out.append((item[0], item[0], ",", None, None, 2))
        out.append(item)
    return out


def _begins_clause(items: Sequence[Item], at: int) -> bool:
    """Whether ``and`` stands between something done to a party and another party that acts."""
    if items[at][2] != "and" or not 3 <= at < len(items) - 3:
        return False
    next_ = at + 1 + (items[at + 1][2] == "the")
    name, doer, verb = items[at - 1], items[next_], items[next_ + 1][2]
    if name[3] is None or doer[3] is None or items[next_ + 1][3] is not None:
        return False
    acts = verb in _AUXILIARIES or verb in _past()
    before = items[at - 2][2]
    taken = before in _TAKING or (before in _past() and before not in _SAYING)
    acted = any(i[2] in _AUXILIARIES or i[2] in _past() for i in items[: at - 1])
    return acts and taken and acted


@lru_cache(maxsize=1)
def _past() -> frozenset[str]:
    headlines = table("headlines")
    return frozenset(headlines["verbs"].values()) | frozenset(headlines["authority_verbs"].values())
