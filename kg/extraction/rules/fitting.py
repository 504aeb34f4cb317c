"""Which names a pronoun or description can stand for, by what the registry tells of them."""

from __future__ import annotations

from kg.extraction.rules.descriptions import country as country_of
from kg.extraction.rules.descriptions import seat
from kg.extraction.rules.gazetteer import Name, publishes
from kg.extraction.rules.language import is_word
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.parsing import Node
from kg.model import Entity, EntityKind

_CHIPS = frozenset({"chipmaker", "chip-maker"})
_AI = frozenset({"llm", "ai", "model"})
_BUYERS = words("nouns", "state_buyer")


class Described:
    """What the words of a pronoun or description ask of a name, where a frame wants ``want``."""

    def __init__(self, node: Node, want: str, called: str = "") -> None:
        """``called`` is the noun by which the sentence before spoke of what a pronoun means."""
        self.node = node
        self.want = want
        self.country = country_of(node)
        self.trusting = False
        """Whether one whom the registry does not know may be of the country that is told."""
        self.modifiers = {c.lemma for c in node.children if c.dep in ("compound", "amod", "nmod")}
        self.small = bool({node.lemma, called} & words("references", "small")) or bool(
            self.modifiers & words("references", "lesser")
        )
        owned = node.head if node.dep == "poss" else None
        self.makes_models = owned is not None and owned.lemma in words("nouns", "model")
        places = seat(node)
        self.cities = {p.name for p in places}
        self._lands = {p.entity.country for p in places if p.entity and p.entity.country}

    def fits(self, name: Name) -> bool:
        """Whether the name can be meant."""
        if publishes(name):
            return False
        if name.is_person or name.is_place or name.is_artefact or name.owner == "":
            return False
        if self.want == "company" and self.node.word == "it" and name.kind is EntityKind.INVESTOR:
            # "X tried to buy it": no fund
            return False
        entity = name.entity
        if name.is_authority and not (
            self.node.word in ("it", "its")
            and (
                (name.kind is EntityKind.GOVERNMENT and self.want == "subject")
                # "the Pentagon and its contract with Y"
                or (self.want == "partner" and entity and entity.id in _BUYERS)
            )
        ):
            return False
        if self.country is not None and not self._of_country(entity):
            return False
        if self._lands and entity is not None and entity.country not in {None, *self._lands}:
            # "the Paris company" is none of California
            return False
        if self.node.lemma in words("references", "funder") and not _funds(name):
            return False
        if self.small and entity is not None and entity.id in words("references", "giant"):
            return False
        makes = self.node.lemma in words("references", "small") | words("references", "developing")
        if (makes or self.makes_models) and entity is not None and _invests(entity):
            return False
        giant = entity is not None and entity.id in words("references", "giant")
        if giant and self.modifiers & _AI and self.node.lemma in words("references", "developing"):
            return False
        if self.node.lemma in words("references", "big") and (
            entity is None or not (entity.id in words("references", "giant") or _listed(entity))
        ):
            return False
        if (
            (self.node.lemma in _CHIPS or "chip" in self.modifiers)
            and entity is not None
            and EntityKind.CHIP_MAKER not in entity.kinds
        ):
            return False
        if entity is not None and not self._of_trade(entity.id):
            return False
        if (
            self.node.lemma in ("maker", "lab", "developer")
            and self.modifiers & _AI
            and (entity is None or EntityKind.LAB not in entity.kinds)
        ):
            return False
        return not (
            self.node.lemma == "lab" and entity is not None and EntityKind.LAB not in entity.kinds
        )

    def _of_trade(self, known: str) -> bool:
        """``the carmaker`` is one of those that make cars, ``the tech giant`` none of them."""
        trades = table("references")["trades"].values()
        told = [t for t in trades if self.node.lemma in t["nouns"]]
        if told:
            return any(known in t["known"] for t in told)
        technical = self.modifiers & words("references", "tech")
        besides = words("references", "tech_besides")
        return not technical or known in besides or all(known not in t["known"] for t in trades)

    def _of_country(self, entity: Entity | None) -> bool:
        return self.trusting if entity is None else entity.country == self.country

    def likely(self, name: Name) -> bool:
        """Whether the name is the likelier to be meant: of start-ups one whose shares are not traded."""
        if self.small:
            return name.entity is None or not _listed(name.entity)
        return name.entity is not None

    def sits_there(self, name: Name) -> bool:
        """``the Redmond company``: one of the registry that has its seat there."""
        return name.entity is not None and name.entity.city in self.cities and self.fits(name)

    def of_models(self) -> bool:
        """``the AI company``: a lab, if one was told of."""
        return bool(self.modifiers & _AI) and self.node.lemma in words("nouns", "company")


def is_surely_company(name: Name) -> bool:
    """Whether a name is more than a capital: known, told by its kind, or such as no person is called."""
    if name.entity is not None or name.kind in (EntityKind.ORGANISATION, EntityKind.INVESTOR):
        return True
    return name.kind is None and " " not in name.name and not is_word(name.name)


def is_lab(name: Name) -> bool:
    """Whether the registry knows it as a laboratory."""
    return name.entity is not None and EntityKind.LAB in name.entity.kinds


def _listed(entity: Entity) -> bool:
    """Whether its shares are traded: no start-up any more, if anything else may be meant."""
    return any(scheme == "ticker" for scheme, _ in entity.identifiers)


def is_startup(entity: Entity) -> bool:
    """Whether it may raise rounds of its own: not listed, no giant, no part of another, no fund or school."""
    grown = _listed(entity) or entity.parent or entity.id in words("references", "giant")
    return not grown and not {*entity.kinds}.isdisjoint(_RAISING)


_RAISING = frozenset(
    {EntityKind.LAB, EntityKind.CHIP_MAKER, EntityKind.COMPANY, EntityKind.CLOUD_PROVIDER}
    | {EntityKind.MODEL_HUB, EntityKind.ORGANISATION}
)


def may_be_company(name: Name) -> bool:
    """Whether it is an organisation of those that deal with one another: no authority, no newspaper."""
    return name.is_organisation and not name.is_authority and name.owner != ""


_FUNDS = frozenset({EntityKind.INVESTOR, EntityKind.SOVEREIGN_FUND})


def _funds(name: Name) -> bool:
    """Whether it is told or known to invest, among other things maybe."""
    return name.kind in _FUNDS or (
        name.entity is not None and not _FUNDS.isdisjoint(name.entity.kinds)
    )


def _invests(entity: Entity) -> bool:
    """Whether it does nothing but invest, as far as the registry knows."""
    return entity.kind in _FUNDS
