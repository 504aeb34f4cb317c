"""What is told in the order of those it belongs to: ``A and B will invest $1bn and $2bn respectively in C``."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.rules.figures import Money
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.match import Match
from kg.extraction.rules.parsing import Parsed


def in_order(parsed: Parsed) -> bool:
    """Whether what a sentence tells of several belongs to them one by one: ``A and B back C and D respectively``."""
    return any(n.word == "respectively" for n in parsed.nodes)


def by_groups(
    parsed: Parsed, subjects: Sequence[Filler], objects: Sequence[Filler]
) -> list[tuple[Filler, Filler]]:
    """Who goes with whom in ``A, B and C back D, E and F, and G respectively``: B backs E and F.

    Empty where the commas do not part the objects into as many groups as there are subjects.
    """
    groups: list[list[Filler]] = []
    for at, filler in enumerate(objects):
        between = parsed.nodes[objects[at - 1].node.index + 1 : filler.node.index] if at else ()
        if not groups or any(n.word == "," for n in between):
            groups.append([])
        groups[-1].append(filler)
    if len(groups) != len(subjects):
        return []
    return [(s, o) for s, group in zip(subjects, groups, strict=True) for o in group]


def own_sum(parsed: Parsed, match: Match, matches: Sequence[Match]) -> Money | None:
    """The one sum that is the match's; None where the sentence does not deal them out.

    As many sums as parties told by the same word, ``respectively`` or each beside its party:
    the first party's is the first, and so on.
    """
    sums = [m for m in parsed.masked.sums if not m.equivalent]
    if len(sums) < _SEVERAL:
        return None
    at = {id(n.money): n.index for n in parsed.nodes if n.money is not None}
    after = [at.get(id(s), -1) for s in sums]
    told = [m for m in matches if m.trigger is match.trigger and m.frame.kind is match.frame.kind]
    for place in (_subject_at, _object_at):
        places = sorted({place(m) for m in told})
        if len(places) != len(sums):
            continue
        several = len({m.object.name.name for m in told}) == len(places)
        if place is _subject_at:
            # "got $5m from A and $2m from B"
            several = all(p > match.trigger.index for p in places)
        by_turns = several and _by_turns(places, after)
        if in_order(parsed) or by_turns:
            return sums[places.index(place(match))]
    return None


_SEVERAL = 2


def _by_turns(objects: Sequence[int], sums: Sequence[int]) -> bool:
    """``fined A $5m and B $2m``, ``a fine of $5m on A and $2m on B``."""
    turns = [i for pair in zip(objects, sums, strict=True) for i in pair]
    other = [i for pair in zip(sums, objects, strict=True) for i in pair]
    return turns == sorted(turns) or other == sorted(other)


def _subject_at(match: Match) -> int:
    return match.subject.node.index if match.subject is not None else -1


def _object_at(match: Match) -> int:
    return match.object.node.index
