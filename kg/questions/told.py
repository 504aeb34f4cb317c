"""On which side of a relation a name stands, by the words around it: *by X*, *X's investors*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from kg.questions.segments import Segment
from kg.questions.tokens import Word

NAMES = frozenset({"ENT", "ENT2", "ENTM"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "gets", "got", "get"})
_VERBS = frozenset({"V", "DEPEND", "OWNS"})
_TOWARDS = frozenset({"IN", "INTO", "TO", "OF", "FOR", "ON", "WITH", "FROM", "AT"})


def sides(core: Sequence[Segment], words: Sequence[Word]) -> dict[int, str]:
    """By where a name begins: ``s`` if it does what is asked about, ``o`` if it is done to it.

    Names that nothing around them puts on a side are left out.
    """
    asked_by = any("BY" in one.senses and "Q" in other.senses for one, other in pairwise(core))
    found: dict[int, str] = {}
    for i, segment in enumerate(core):
        if not segment.senses.keys() & NAMES:
            continue
        if "ENTM" in segment.senses and "ENT" not in segment.senses:
            found[segment.start] = "o"  # whose models they are
            continue
        passive = segment.start > 0 and words[segment.start - 1].key in _BE
        side = _before(core, i) or _behind(core, i, passive=passive or asked_by)
        if side:
            found[segment.start] = side
    return found


def _before(core: Sequence[Segment], i: int) -> str | None:
    """What the words before a name tell."""
    if not i:
        return None
    before = core[i - 1].senses.keys()
    deed: Mapping[str, object] = core[i - 2].senses if i > 1 else {}
    if "BY" in before:
        return "s"
    if before & _TOWARDS:
        if "VI" in deed or ("RAISE" in deed and "FROM" in before):
            return "s"
        if deed.keys() & {"AG", *_VERBS}:
            return "o"
        if deed.keys() & {"EV", "EVR"}:
            if before & {"IN", "INTO", "TO", "FOR"}:
                return "o"
            return "s" if "FROM" in before else None
        if deed.keys() & NAMES and before & {"IN", "INTO"}:
            return "o"
        return None
    if "VI" in before and "V" not in before:
        return "s"
    if before & _VERBS and "VP" not in before:
        return "o"
    return None


def _behind(core: Sequence[Segment], i: int, *, passive: bool) -> str | None:
    """What the words after a name tell; ``passive`` if what follows is done to it."""
    after = core[i + 1].senses.keys() if i + 1 < len(core) else frozenset()
    further = core[i + 2].senses.keys() if i + 2 < len(core) else frozenset()
    if "POS" in after:
        if further & {"EV", "EVR"} and _towards_another(core, i + 3):
            return "s"
        if "OWNS" in further:
            return "o"
        if further & {"AG", "EVR", "RAISE"} and not further & {"EV", "PT"}:
            return "o"
        if further & {"PT", "DEPEND"} or ("EV" in further and "EVR" not in further):
            return "s"
        return None
    if after & {"V", "VP"}:
        if "VP" in after and (passive or "V" not in after or "BY" in further):
            return "o"
        return "s"
    if after & _VERBS:
        return "s"
    if after & {"VI", "RAISE"}:
        return "o"
    if after & {"IN", "INTO"} and further & NAMES:
        return "s"
    return None


def _towards_another(core: Sequence[Segment], start: int) -> bool:
    """Whether what follows leads to another name: *X's money has gone into Y*."""
    return any(
        one.senses.keys() & {"IN", "INTO", "TO", "FOR", "V"} and other.senses.keys() & NAMES
        for one, other in pairwise(core[start:])
    )
