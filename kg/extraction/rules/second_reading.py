"""A sentence of two organisations in which nothing was found, read once more with other names.

What the small model makes of a sentence hangs on the names that stand in it: where it errs
over ``Google`` and ``Intel``, it is often right over ``Oracle`` and ``Sony``. A second reading
may thus find what the first missed. It counts only for parties named, each in its own role:
what is made out of a pronoun or a description is no firmer for being found late, and of two
that did something together no second opinion is asked: there the first kept them apart.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from kg.extraction.rules.frames import Frame
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.match import Match
from kg.model import Kind

FIRST = 5
"""Names that are taken to stand in before, so that all the others are new."""
_KINDS = frozenset(
    {Kind.INVESTMENT, Kind.DISTRIBUTION, Kind.SCRUTINY, Kind.ACQUISITION, Kind.PARTNERSHIP}
)
"""What is told between two organisations."""


def may_be(names: Iterable[Name], touched: Container[int], fitting: Iterable[Frame]) -> bool:
    """Whether the sentence is about two organisations, and some frame may tell what one does to the other.

    ``touched`` is where names start by the way.
    """
    if len({n.name for n in names if n.is_organisation and n.start not in touched}) < _TWO:
        return False
    return any(f.kind in _KINDS and not f.pair and not f.raises for f in fitting)


_TWO = 2


def found_any(matches: Iterable[Match]) -> bool:
    """Whether a relationship between two was found, or one party of it."""
    return any(m.frame.kind in _KINDS for m in matches)


def firm(matches: Iterable[Match]) -> Iterator[Match]:
    """What a second reading found between parties that the sentence names."""
    for match in matches:
        if match.subject is None or match.frame.pair or match.frame.kind not in _KINDS:
            continue
        if match.subject.how == "name" and match.object.how in ("name", "part"):
            yield match
