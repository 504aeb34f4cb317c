"""Whether all of a company is spoken of, told by its shares: ``100 percent of Y``, ``all the stock of Y``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.frames import Frame, frame_named
from kg.model import Kind

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node

_REST = frozenset({"rest", "remainder"})
_ALL = frozenset({"all", "whole", "entirety", "totality"})
_EVERY = frozenset({"remaining", "entire", "whole", "outstanding", "issued", "all", "full", "each"})
"""Of shares or of capital, all that there are."""
_PERCENT = frozenset({"%", "percent", "cent"})
WHOLE = _REST | _ALL | _EVERY | {"100", "hundred"}
"""Of these words one stands in every sentence that speaks of all of a company by its shares."""


def is_whole(noun: Node) -> bool:
    """Whether the noun, an object of a purchase, stands for all that there is, or all that is left."""
    if noun.lemma in _REST or (noun.name is None and noun.word in _ALL):
        return True
    if noun.lemma in _PERCENT and any(c.text in ("100", "hundred") for c in noun.all("nummod")):
        return True
    return any(c.word in _EVERY for c in noun.children if c.index < noun.index)


def buys_the_rest(verb: Node) -> bool:
    """``bought the remaining 49% of Y``, ``100 percent of Y``: the buyer owns all of it then."""
    return any(is_whole(o) for o in args.objects(verb))


def of_the_whole(noun: Node) -> bool:
    """``the purchase of all the stock of Y``, ``an offer for all of Y's shares``."""
    return any(is_whole(n) for n in args.of_preposition(noun, "of", "for"))


def tells_of_the_whole(frame: Frame, trigger: Node) -> bool:
    """Whether what a frame of holdings would tell is the purchase of a whole company."""
    if frame.name == "hold a stake":
        buying = frame_named("buys the rest of", Kind.ACQUISITION).verb
        return trigger.lemma in buying and buys_the_rest(trigger)
    return frame.name in _OF_PURCHASES and of_the_whole(trigger)


_OF_PURCHASES = frozenset(
    {
        "purchase of stock",
        "sale of stock",
        "stock sold to",
        "offer for a stake",
        "pay for a stake",
        "converts into a stake",
    }
)
