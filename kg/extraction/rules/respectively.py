"""What is told in the order of those it belongs to: ``A and B will invest $1bn and $2bn respectively in C``."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.rules.figures import Money
from kg.extraction.rules.match import Match
from kg.extraction.rules.parsing import Parsed


def in_order(parsed: Parsed) -> bool:
    """Whether what a sentence tells of several belongs to them one by one: ``A and B back C and D respectively``."""
    return any(n.word == "respectively" for n in parsed.nodes)


def own_sum(parsed: Parsed, match: Match, matches: Sequence[Match]) -> Money | None:
    """The one sum that is the match's; None where the sentence does not deal them out in order.

    As many sums as parties told by the same word: the first party's is the first, and so on.
    """
    if not in_order(parsed):
        return None
    sums = [m for m in parsed.masked.sums if not m.equivalent]
    told = [m for m in matches if m.trigger is match.trigger and m.frame.kind is match.frame.kind]
    for place in (_subject_at, _object_at):
        places = sorted({place(m) for m in told})
        if len(places) == len(sums) > 1:
            return sums[places.index(place(match))]
    return None


def _subject_at(match: Match) -> int:
    return match.subject.node.index if match.subject is not None else -1


def _object_at(match: Match) -> int:
    return match.object.node.index
