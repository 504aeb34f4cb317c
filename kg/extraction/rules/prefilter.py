"""Which sentences can hold a fact, told from their words and names before any parse.

A frame asks a sentence for a trigger, for the words that its needs, particles and prepositions
stand for, and for parties: names, or words that may refer to names told nearby. All this is
derived from the frame; a place, need or role that is not known here asks for nothing. A
sentence passes if some frame may find all that it asks for, so that no fact is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules.asks import lexicon
from kg.extraction.rules.fillers import allowed
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import table
from kg.extraction.rules.outlets import SERVICES
from kg.extraction.rules.parsing import Words
from kg.extraction.rules.wares import SERVICES as WARES
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.masking import Masked

_MODELS = ("model", "model or maker")
_SINGLE = frozenset({"authority", "platform", "place", *_MODELS})
"""Roles of few names: a sentence without one, and without a word for one, has no filler."""
_MODEL_REACH = 3
_REACH = 5
"""Sentences between a word and the model, or the company, that it stands for at most."""


class Prefilter:
    """The sentences of one article before any parse.

    ``names`` are those of each sentence, ``around`` those of the title and of the author.
    """

    def __init__(self, names: Sequence[Sequence[Name]], around: Sequence[Name]) -> None:
        self._names = names
        self._around = around
        self._lexicon = lexicon()
        self._held: dict[tuple[str, int], bool] = {}

    def may_hold(self, index: int, masked: Masked, found: Words) -> bool:
        """Whether some frame may find all that it asks for in a sentence, given as rewritten."""
        known = self._lexicon
        each, triggers = list[int](), set[str]()
        bits = known.sum if masked.sums else 0
        for place in range(len(found.keys)):
            own, begins = known.of(found, place)
            each.append(own)
            bits |= own
            triggers.update(begins)
        if bits & known.versus and self._has("authority", index):
            return True
        beside = bits & known.beside and bits & known.model
        if beside and any(n.kind in SERVICES for n in self._names[index]):
            return True
        asks = [ask for lemma in triggers for ask in known.asks[lemma] if ask.has_words(bits)]
        if not asks:
            return False
        parties = len({n.name for n in masked.names}) + self._references(bits, each, masked)
        # "cleared the deal": whose deal it is, was told before; "she fined X": so was for whom she acts
        told = int(
            bool(bits & known.deal and bits & known.definite)
            or (bool(bits & known.official) and self._told("authority"))
        )
        return any(
            parties + (told if ask.subject == "authority" else 0) >= ask.parties
            and self._fills(ask.subject, index, bits)
            and self._fills(ask.object, index, bits)
            for ask in asks
        )

    def _references(self, bits: int, each: Sequence[int], masked: Masked) -> int:
        """How many parties the words of a sentence may refer to."""
        known = self._lexicon
        if not bits & known.refers:
            return 0
        referring = known.pronoun | known.unit | known.company
        if bits & known.definite:
            referring |= known.authority | known.model
        if bits & known.owner and (
            bits & known.product or any(_speaks_of_owner(n) for n in masked.names)
        ):
            referring |= known.owner
        count = sum(1 for own in each if own & referring)
        return 2 if count and bits & known.counted else count

    def _fills(self, want: str, index: int, bits: int) -> bool:
        """Whether a role of few names may be filled; other roles by any party."""
        known = self._lexicon
        if want == "wares":
            return bool(bits & known.ware) or any(map(_is_ware, self._names[index]))
        if want == "person":
            named = any(allowed(n, want) for n in self._names[index])
            return named or bool(bits & known.official)
        if want == "product":
            return self._offers_within(index, bits)
        if want not in _SINGLE or self._has(want, index):
            return True
        if want == "place":
            return False
        if want == "platform":
            return self._offers(index, bits)
        if want in _MODELS:
            return self._is_model(want, index, bits)
        noun = getattr(known, want)
        return bool(bits & (noun | known.pronoun)) and self._told(want)

    def _is_model(self, want: str, index: int, bits: int) -> bool:
        """Whether some word may stand for a model, where no name is one."""
        known = self._lexicon
        if bits & known.modelled:
            if bits & (known.whose | known.company | known.unit):
                return True
            if any(n.is_organisation and not n.is_authority for n in self._names[index]):
                return True
        near = self._names[max(0, index - _MODEL_REACH) : index]
        if bits & (known.model | known.it) and any(_is_a_model(n) for each in near for n in each):
            return True
        organisation = known.pronoun | known.company | known.unit | known.owner
        return bool(bits & organisation) and self._told(want, _is_organisation)

    def _offers(self, index: int, bits: int) -> bool:
        """Whether some word may stand for one that offers models, where no name is one."""
        known = self._lexicon
        if bits & known.building_in or (bits & known.whose and bits & known.own_offer):
            return True
        if bits & known.offered and any(map(_is_organisation, self._names[index])):
            return True
        if bits & known.owner and (
            bits & known.product or any(map(_speaks_of_owner, self._names[index]))
        ):
            return True
        if bits & (known.company | known.first_person | known.unit):
            return self._told("platform", _is_organisation)
        if not bits & known.pronoun:
            return False
        near = [*self._names[max(0, index - _REACH) : index]]
        near += [self._around] if index <= _REACH else []
        return any(_is_organisation(n) and allowed(n, "platform") for each in near for n in each)

    def _offers_within(self, index: int, bits: int) -> bool:
        """Whether the sentence may speak of something that a company makes, of which a model is part."""
        known = self._lexicon
        if bits & known.building_in or any(map(_may_have_within, self._names[index])):
            return True
        return bool(bits & known.offered) and self._fills("platform", index, bits)

    def _has(self, want: str, index: int) -> bool:
        key = (want, index)
        if key not in self._held:
            self._held[key] = any(allowed(n, want) for n in self._names[index])
        return self._held[key]

    def _told(self, want: str, fits: Callable[[Name], bool] = lambda _: True) -> bool:
        """Whether the article has a name at all that a word may refer to."""
        key = (want, -1)
        if key not in self._held:
            self._held[key] = any(
                allowed(n, want) and fits(n) for each in (self._around, *self._names) for n in each
            )
        return self._held[key]


def _is_organisation(name: Name) -> bool:
    return not name.is_artefact


def _is_a_model(name: Name) -> bool:
    return name.kind is EntityKind.MODEL


def _may_have_within(name: Name) -> bool:
    """Whether models may be within what is so named, or on it."""
    return name.kind in SERVICES or (name.is_artefact and allowed(name, "platform"))


def _speaks_of_owner(name: Name) -> bool:
    return (
        bool(name.owner)
        or (name.entity is not None and name.entity.parent is not None)
        or name.text.casefold() in table("products")
    )


def _is_ware(name: Name) -> bool:
    return name.is_artefact or name.kind in WARES
