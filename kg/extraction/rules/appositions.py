"""What only describes a company between commas: ``Fernhold, a start-up building robots for farms, bought``.

The small parser often takes such a description for the sentence's frame. Where it names nobody
and tells no sum, nothing is lost without it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from kg.extraction.rules.figures import Money
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.tokens import Piece

_AUXILIARIES = frozenset({"has", "have", "had", "is", "was", "will", "would", "said", "says"})
_SHORTEST, _LONGEST = 4, 30
_JOINING = frozenset({"-", "'", "’", "s", "'s", "’s"})


def appositions(
    found: Sequence[Piece], names: Sequence[Name], sums: Sequence[Money]
) -> Iterator[tuple[int, int]]:
    """Places of the descriptions, each with its commas, before the verb of what they describe."""
    starts = [p.start for p in found]
    heads = {n.start for n in names if n.is_organisation}
    taken = [(n.start, n.end) for n in names] + [(m.start, m.end) for m in sums]
    for name in names:
        if not name.is_organisation or name.is_authority:
            continue
        first = bisect_left(starts, name.end)
        if first + _SHORTEST >= len(found) or found[first].text != ",":
            continue
        if found[first + 1].text not in words("references", "describing_opener"):
            continue
        last = next(
            (
                i
                for i in range(first + 2, min(first + _LONGEST, len(found) - 1))
                if not _plain(found[i]) and found[i].text != "that"
            ),
            None,
        )
        if last is None or last < first + _SHORTEST or found[last].text != ",":
            continue
        acts = _acts(found[last + 1]) and all(p.text != "that" for p in found[first:last])
        acts = acts or _is_given(found, bisect_left(starts, name.start), last)
        if not (acts or _is_told_more(found, last) or _goes_on(found, first, last, heads)):
            continue
        start, end = found[first].start, found[last].end if acts else found[last].start
        if not any(a < end and start < b for a, b in taken):
            yield start, end


def _goes_on(found: Sequence[Piece], first: int, last: int, names: Set[int]) -> bool:
    """``A, a start-up that builds robots, and B``: a list goes on behind the description."""
    following = last + 1 + (found[last + 1].text in ("and", "&"))
    return (
        found[first + 1].text in ("a", "an")
        and following < len(found)
        and found[following].start in names
        and all(p.text != "the" for p in found[first:last])
    )


_TELLING_MORE = frozenset(
    {"which", "whose", "who", "now", "owned", "backed", "acquired", "bought", "founded", "valued"}
)
_GIVING = frozenset(
    {"gives", "gave", "give", "giving", "pays", "paid", "pay", "paying", "awarded", "hands"}
)


def _is_told_more(found: Sequence[Piece], last: int) -> bool:
    """``A, a maker of tools, which B bought``: said of A, where the parse has tools that B bought."""
    return found[last + 1].text in _TELLING_MORE


def _is_given(found: Sequence[Piece], name: int, last: int) -> bool:
    """``gives A, the technology group, a stake``: a stake, to A."""
    given = found[last + 1].text
    return name > 0 and found[name - 1].text in _GIVING and (given in ("a", "an") or given in "$€£")


def _plain(piece: Piece) -> bool:
    return (
        piece.text[0].isalnum() and piece.text.lower() not in _telling()
    ) or piece.text in _JOINING


def _acts(piece: Piece) -> bool:
    """Whether the verb of the sentence follows."""
    word = piece.text
    return word in _AUXILIARIES or word in _past() or (word.islower() and word.endswith("ed"))


@lru_cache(maxsize=1)
def _past() -> frozenset[str]:
    headlines = table("headlines")
    return frozenset(headlines["verbs"].values()) | frozenset(headlines["authority_verbs"].values())


@lru_cache(maxsize=1)
def _telling() -> frozenset[str]:
    """Words by which a description tells more than what the company is."""
    more = words("references", "describing_more") | words("funding", "backer")
    return more | words("nouns", "pronoun")
