"""What each word of ``frames.yaml`` for a place of a frame means: one table of all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.extraction.rules import backing_places, places
from kg.extraction.rules.case_places import CASE_PLACES
from kg.extraction.rules.deals import DEAL_PLACES
from kg.extraction.rules.mergers import MERGERS
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.partners import PARTNERS
from kg.extraction.rules.prepositions import after_preposition
from kg.extraction.rules.purposes import PURPOSES
from kg.extraction.rules.word_tables import by_word

_Finder = Callable[[Parsed, Node], list[Node]]


def nodes_at(parsed: Parsed, trigger: Node, place: str) -> list[Node]:
    """The nouns at a place of a frame; a place without a meaning of its own is a preposition."""
    if place in _PLACES:
        return _PLACES[place](parsed, trigger)
    # most frames ask for prepositions that the sentence does not have
    told = place in parsed.words or "where" in parsed.words
    return after_preposition(parsed, trigger, place) if told else []


def is_of_its_own(place: str) -> bool:
    """Whether a place has a meaning of its own; else it is the preposition itself."""
    return place in _PLACES


def _of_trigger(find: Callable[[Node], list[Node]]) -> _Finder:
    return lambda _, trigger: find(trigger)


def _of_sentence(find: Callable[[Sequence[Node], Node], list[Node]]) -> _Finder:
    return lambda parsed, trigger: find(parsed.nodes, trigger)


_PLACES = by_word(
    places.PLACES,
    backing_places.PLACES,
    *(
        {place: _of_trigger(find) for place, find in table.items()}
        for table in (CASE_PLACES, DEAL_PLACES, MERGERS, PARTNERS)
    ),
    {place: _of_sentence(find) for place, find in PURPOSES.items()},
)
