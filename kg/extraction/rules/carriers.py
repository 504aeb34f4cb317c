"""Who carries a model: a company or product at the places of a frame, or whoever acts in the sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.gazetteer import publishes
from kg.extraction.rules.language import is_word
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.place_words import nodes_at
from kg.extraction.rules.relatives import possessor
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.frames import Frame
    from kg.extraction.rules.gazetteer import Name
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases
    from kg.registry import Registry

_OWNING = ("of", "from", "by", "for", "at", "behind")
_ACTING = frozenset({"subj", "obj", "surface", "users"})
_SURELY = frozenset({"on", "onto", "into", "inside", "within", "behind", "via"})
"""Before these an unknown name is of something that may carry a model; ``to Gulf banks``, ``in Oslo``."""
_CALLING = frozenset({"call", "name", "dub"})
_SELF = frozenset({"it", "its", "they", "their", "we", "our", "us"})


class Carriers:
    """The carriers that a frame at one trigger tells of, given its models."""

    def __init__(
        self, phrases: Phrases, frame: Frame, trigger: Node, models: Sequence[Filler]
    ) -> None:
        self.phrases = phrases
        self.frame = frame
        self.trigger = trigger
        self.models = models
        self.placed = False
        self._joint = False
        self.taken = {m.node.index for m in models}

    def told(self) -> list[Filler]:
        """At a preposition first, then the subject.

        Whoever acts further up in the sentence mostly does something else.
        """
        if "users" in self.frame.subject and not self._by_users():
            return []
        for look in (self._placed, self._acting):
            found = look()
            kept = [f for f in found if self._fits(f)]
            if self._joint and look != self._placed:
                # "X and P teamed up to sell Z", which is X's: to whom, but not on what
                return []
            if kept:
                self.placed = look == self._placed
                return _once(kept)
        return []

    def _placed(self) -> list[Filler]:
        """``puts Z in its app``, ``Z lands on P``."""
        places = [p for p in self.frame.subject if p not in _ACTING]
        tops = [self.trigger, *(m.node for m in self.models)]
        tops += [
            m.node.head
            for m in self.models
            if m.node.head is not None and m.node.head.pos == "NOUN"
        ]
        found: list[Filler] = []
        for place in places:
            nodes = nodes_at(self.phrases.parsed, self.trigger, place)
            nodes += [n for top in tops[1:] for n in args.of_preposition(top, place)]
            there = [f for n in nodes for f in self.within(n) if f.node.index not in self.taken]
            found += [
                f
                for f in there
                if is_known(f.name)
                or f.how != "name"
                or (place in _SURELY and not is_word(f.name.name))
            ]
        return found

    def _acting(self) -> list[Filler]:
        found: list[Node] = []
        if "subj" in self.frame.subject:
            found += args.subjects(self.trigger)
            if self.trigger.lemma == "include":
                # "its customers include P and X": they are its customers
                found = [n for n in found if n.lemma not in words("nouns", "customers")]
        if "surface" in self.frame.subject:
            found += args.surface_subjects(self.trigger)
        if "obj" in self.frame.subject:
            found += args.objects(self.trigger)
        if "users" in self.frame.subject:
            return self._users()
        if self.trigger.tag in ("NNS", "NNPS"):
            found += self.trigger.all("compound", "nmod", "poss")
        return [f for n in found for f in self.within(n)]

    def _users(self) -> list[Filler]:
        """``customers of P can pick Z``, ``P lets developers call Z``: P."""
        found = [f for n in args.surface_subjects(self.trigger) for f in self.within(n)]
        let = self._letting()
        if not found and let is not None:
            found = [f for n in args.surface_subjects(let) for f in self.within(n)]
        return found

    def _letting(self) -> Node | None:
        above = self.trigger.head
        return above if above is not None and above.lemma in words("nouns", "granting") else None

    def _by_users(self) -> bool:
        """Whether those who do it are served by somebody: customers, or whoever is let do it."""
        doers = args.surface_subjects(self.trigger)
        served = words("nouns", "served")
        let = self._letting() is not None and all(n.name is None for n in doers)
        return let or any(n.lemma in served for n in doers)

    def within(self, node: Node) -> list[Filler]:
        """The carriers that a noun and those joined to it speak of."""
        joined = conjuncts(node)
        makers = [n for n in joined if n.name is not None and self._makes_all(n.name)]
        self._joint |= bool(makers) and len(joined) > 1
        return [f for each in joined for f in self._one(each, 0)]

    def _makes_all(self, name: Name) -> bool:
        registry = self.phrases.roles.context.registry
        return name.is_organisation and all(own(name, m.name, registry) for m in self.models)

    def _one(self, node: Node, depth: int) -> Iterator[Filler]:
        name = node.name
        if name is not None:
            yield from self._named(node, name, depth)
        elif depth > 2:
            return
        elif node.word in _SELF:
            yield from self._referred(node)
        else:
            yield from self._described(node, depth)

    def _named(self, node: Node, name: Name, depth: int) -> Iterator[Filler]:
        if name.is_person:
            yield from self.phrases.employers([node])
        elif may_carry(name):
            owners = [
                c
                for c in node.all("poss", "compound", "nmod")
                if c.word in _SELF or is_known(c.name)
            ]
            if owners and not is_known(name) and depth < 3:
                # "Databricks' Fenwork", "its Fenwork": whose it is, where it is unknown
                yield from self._one(owners[0], depth + 1)
            else:
                yield Filler(node, name)

    def _described(self, node: Node, depth: int) -> Iterator[Filler]:
        """``Fenwork's assistant``, ``users of Fenwork``, ``the company``."""
        offered = node.lemma in words("nouns", "offered") | words("nouns", "customers") | words(
            "nouns", "carrier"
        )
        near = [possessor(n) for n in node.all("poss")] + node.all("appos")
        near += [
            n
            for c in node.all("acl")
            if c.lemma in _CALLING
            for n in c.all("oprd", "dobj", "attr")
            if n.name
        ]
        near += [n for n in node.all("compound", "nmod") if offered or is_known(n.name)]
        inside = [n for p in node.all("prep") if p.word in _OWNING for n in p.all("pobj")]
        near += [n for n in inside if offered or n.name is None or is_known(n.name)]
        for child in near:
            found = [f for each in conjuncts(child) for f in self._one(each, depth + 1)]
            if found:
                yield from (Filler(f.node, f.name, "part") for f in found)
                return
        if node.lemma in words("nouns", "company"):
            yield from self._referred(node)

    def _referred(self, node: Node) -> Iterator[Filler]:
        avoid = [m.name for m in self.models]
        roles = self.phrases.roles
        name = roles.context.resolve(node, roles.sentence, "organisation", avoid)
        if name is None:
            return
        firm = (
            roles.context.employer(name, node.start)
            if name.kind is None or name.is_person
            else None
        )
        name = firm or name
        if may_carry(name):
            yield Filler(node, name, "reference")

    def _fits(self, filler: Filler) -> bool:
        context = self.phrases.roles.context
        about = context.theme is not None and context.theme.name == filler.name.name
        named = about or _is_coined(filler.name) or filler.name.kind is EntityKind.ORGANISATION
        if not is_known(filler.name) and not (named and context.told_again(filler.name)):
            return False
        registry = context.registry
        return not all(own(filler.name, m.name, registry) for m in self.models)


def may_carry(name: Name) -> bool:
    """Whether it may be one that has models of others in what it offers."""
    if name.is_person or name.is_place or name.owner == "" or publishes(name):
        return False
    if name.entity is not None and name.entity.id in words("nouns", "state_buyer"):
        return True
    if name.is_artefact and name.owner in words("nouns", "lab_of_assistants"):
        return name.owner == "perplexity"
    if name.kind in (
        EntityKind.MODEL,
        EntityKind.INVESTOR,
        EntityKind.SOVEREIGN_FUND,
        EntityKind.GOVERNMENT,
        EntityKind.LAB,
    ):
        return name.entity is not None and name.entity.id in table("platforms")
    return name.kind is not EntityKind.AUTHORITY


def _is_coined(name: Name) -> bool:
    """Whether an unknown name has a word of its own: ``Fenwork``, and no heading such as ``New Model Choices``."""
    return not all(map(is_word, name.name.replace("-", " ").split()))


def own(carrier: Name, model: Name, registry: Registry) -> bool:
    """Whether the model is of the company that the carrier is of."""
    return bool(_companies(carrier, registry) & _companies(model, registry))


def _companies(name: Name, registry: Registry) -> set[str]:
    """The company of a name and those above it."""
    above = registry.get(name.owner) if name.owner else name.entity
    if above is None:
        return {name.name}
    found: set[str] = set()
    while above is not None and above.id not in found:
        found.add(above.id)
        above = registry.get(above.parent) if above.parent else None
    return found


def is_known(name: Name | None) -> bool:
    """Whether it may carry models, and the registry knows it or whose it is."""
    return name is not None and may_carry(name) and (name.entity is not None or bool(name.owner))


def _once(found: Sequence[Filler]) -> list[Filler]:
    kept: dict[str, Filler] = {}
    for each in found:
        kept.setdefault(each.name.name, each)
    return list(kept.values())
