"""Which sentences can hold a fact, told from their words and names before any parse.

A frame asks a sentence for a trigger, for the words that its needs, particles and prepositions
stand for, and for parties: names, or words that may refer to names told nearby. All this is
derived from the frame; a place, need or role that is not known here asks for nothing. A
sentence passes if some frame may find all that it asks for, and only such frames are looked for
in it, so that no fact is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules.asks import lexicon
from kg.extraction.rules.fillers import allowed
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import table
from kg.extraction.rules.models_told import makes_models
from kg.extraction.rules.outlets import SERVICES
from kg.extraction.rules.parsing import Words
from kg.extraction.rules.wares import SERVICES as WARES
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.asks import Ask
    from kg.extraction.rules.frames import Frame
    from kg.extraction.rules.masking import Masked

_AUTHORITIES = ("authority", "told authority")
_MODELS = ("model", "model or maker")
_SINGLE = frozenset({"authority", "platform", "place", "consortium", *_MODELS})
"""Roles of few names: a sentence without one, and without a word for one, has no filler."""
_MODEL_REACH = 3
_REACH = 5
"""Sentences between a word and the model, or the company, that it stands for at most."""


class Prefilter:
    """The sentences of one article before any parse.

    ``names`` are those of each sentence, ``around`` those of the title and of the author;
    ``speaking`` are the sentences in which "we" may be a company.
    """

    def __init__(
        self,
        names: Sequence[Sequence[Name]],
        around: Sequence[Name],
        speaking: Container[int],
    ) -> None:
        self._names = names
        self._around = around
        self._speaking = speaking
        self._lexicon = lexicon()
        self._held: dict[tuple[str, int], bool] = {}

    def frames(self, index: int, masked: Masked, found: Words) -> set[Frame] | None:
        """The frames for which a sentence, given as rewritten, has the words and what they want.

        None where none of them may find parties enough, so that the sentence need not be parsed.
        """
        known = self._lexicon
        each, triggers = list[int](), set[str]()
        bits = known.sum if masked.sums else 0
        for place, key in enumerate(found.keys):
            own, begins = known.seen.get(key) or known.of(found, place)
            each.append(own)
            bits |= own
            if begins:
                triggers.update(begins)
        for segment in masked.segments:
            if segment.word:
                own, begins = known.of_word(segment.word)
                bits |= own
                triggers.update(begins)
        if index not in self._speaking:
            bits &= ~known.first_person
        filled: dict[str, bool] = {}
        asks = [
            (ask, frames)
            for lemma in triggers
            for ask, frames in known.asks[lemma]
            if ask.has_words(bits) and self._has_fillers(ask, index, bits, filled)
        ]
        if not (asks and self._has_parties([ask for ask, _ in asks], index, bits, each, masked)):
            return set() if self._is_told_besides(index, bits) else None
        return {frame for _, frames in asks for frame in frames}

    def _is_told_besides(self, index: int, bits: int) -> bool:
        """Whether ``A v. B`` or ``P, alongside models of A`` may stand there, which no frame asks for."""
        known = self._lexicon
        if bits & known.versus and self._has("authority", index):
            return True
        beside = bits & known.beside and bits & known.model
        return bool(beside) and any(n.kind in SERVICES for n in self._names[index])

    def _has_parties(
        self,
        asks: Sequence[Ask],
        index: int,
        bits: int,
        each: Sequence[int],
        masked: Masked,
    ) -> bool:
        """Whether there are as many parties as one that asks needs."""
        known = self._lexicon
        parties = len({n.name for n in masked.names}) + self._references(bits, each, masked)
        # "cleared the deal", "a similar inquiry": whose it is, was told before; "she fined X": so was
        # for whom she acts
        told = int(
            bool(bits & known.deal and bits & known.definite)
            or bool(bits & known.case)
            or (bool(bits & known.official) and self._told("authority"))
        )
        return any(
            parties + (told if ask.subject in _AUTHORITIES else 0) >= ask.parties for ask in asks
        )

    def _has_fillers(self, ask: Ask, index: int, bits: int, filled: dict[str, bool]) -> bool:
        """Whether both roles may be filled; ``filled`` is what is known of this sentence so far."""
        for want in (ask.subject, ask.object):
            if want not in filled:
                filled[want] = self._fills(want, index, bits)
            if not filled[want]:
                return False
        return True

    def _references(self, bits: int, each: Sequence[int], masked: Masked) -> int:
        """How many parties the words of a sentence may refer to.

        A noun for a company refers to one where "the" or whose it is stands before it.
        """
        known = self._lexicon
        referring = known.acting | (bits & known.first_person)
        if masked.names or bits & known.whose:
            referring |= known.unit
        if bits & known.definite:
            referring |= known.authority | known.model
        else:
            # "models" may be those told before, "their regulator" theirs
            referring |= known.called_model
        if bits & known.owner and (
            bits & known.product or any(_speaks_of_owner(n) for n in masked.names)
        ):
            referring |= known.owner
        opening = known.definite | known.whose_head
        count = 0
        for own in each:
            if own & opening:
                referring |= known.company
            if own & referring:
                count += 1
        return 2 if count and bits & known.counted else count

    def _fills(self, want: str, index: int, bits: int) -> bool:
        """Whether a role of few names may be filled; other roles by any party."""
        known = self._lexicon
        if want == "wares":
            return bool(bits & known.ware) or any(map(_is_ware, self._names[index]))
        if want == "person":
            named = any(allowed(n, want) for n in self._names[index])
            return named or bool(bits & (known.official | known.pronoun))
        if want == "product":
            return self._offers_within(index, bits)
        if want == "carried":
            return self._carries(index, bits)
        if want not in _SINGLE or self._has(want, index):
            return True
        if want in ("place", "consortium"):
            return False
        if want == "platform":
            return self._offers(index, bits)
        if want in _MODELS:
            return self._is_model(want, index, bits)
        noun = getattr(known, want)
        referring = noun | known.pronoun | known.first_person
        return bool(bits & referring) and self._told(want)

    def _carries(self, index: int, bits: int) -> bool:
        """Whether there is a name of a model or of its maker, or one may be meant by whose model it is."""
        names = self._names[index]
        if any(map(makes_models, names)):
            return True
        known = self._lexicon
        owner = bits & known.company or any(n.entity is None and n.is_organisation for n in names)
        return bool(bits & known.making and owner)

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
        organisation = known.pronoun | known.first_person
        organisation |= known.company | known.unit | known.owner
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
        if not bits & (known.pronoun | known.first_person):
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
