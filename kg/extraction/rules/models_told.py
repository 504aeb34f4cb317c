"""The models that stand at a place of a frame: ``Z``, ``a tuned Z``, ``18 months of Z``, ``models from A and B``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.model_lists import listed_models
from kg.extraction.rules.offers import further
from kg.extraction.rules.place_words import nodes_at
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.frames import Frame
    from kg.extraction.rules.gazetteer import Name
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases

_WITHIN = frozenset({"of", "from", "by", "like", "as", "including", "to", "between", "among", "on"})
_WHOSE = frozenset({"from", "by", "of"})
_REACH = 9
_PLAIN = frozenset(
    {
        "JJ",
        "JJR",
        "JJS",
        "DT",
        "CD",
        "NN",
        "NNS",
        "RB",
        "PRP$",
        "POS",
        "VBN",
        "HYPH",
        "NNP",
        "IN",
    }
)


class Told:
    """The models of one frame at one trigger."""

    def __init__(self, phrases: Phrases, frame: Frame, trigger: Node) -> None:
        self.phrases = phrases
        self.frame = frame
        self.trigger = trigger
        self.takes_labs = frame.object_is == "model or maker"

    def models(self) -> list[Filler]:
        """The models at the first place of the frame that has any."""
        for place in self.frame.object:
            nodes = self._nodes(place)
            found = [
                f for f in listed_models(self.phrases.parsed.nodes, nodes) if makes_models(f.name)
            ]
            found = found or [f for n in nodes for each in conjuncts(n) for f in self._in(each, 0)]
            found = found or self._after(place) or self._after_colon(place)
            if found:
                found += self._beside([*nodes, *(f.node for f in found)]) + self._again(
                    place, found
                )
                return _once(found + further(self.phrases, found))
        return []

    def bare(self, model: Filler) -> bool:
        """Whether a company's name stands there alone, for what it makes."""
        name = model.name
        called_so = name.entity is not None and name.entity.id in words("nouns", "namesake")
        company = model.how == "name" and name.is_organisation and name.owner is None
        return company and (self.takes_labs or not called_so or self.frame.name in _RISKY)

    def _nodes(self, place: str) -> list[Node]:
        if place == "subj":
            return args.surface_subjects(self.trigger)
        particles = self.frame.particles
        if place in particles and place != "from" and self.frame.name == "takes in":
            after = self.phrases.parsed.nodes[self.trigger.index + 1 :][:1]
            if not after or after[0].word != place:
                return []
        return nodes_at(self.phrases.parsed, self.trigger, place)

    def _in(self, node: Node, depth: int) -> Iterator[Filler]:
        name = node.name
        if name is not None:
            if is_model(name) or (is_laboratory(name) and self.takes_labs):
                yield Filler(node, name)
            return
        if node.lemma == "access" and self.trigger.lemma in _GETTING:
            # "gets access to Z": to use it itself
            return
        if depth > 3 or node.tag.startswith("VB") or node.lemma in words("nouns", "not_carried"):
            return
        makes = node.lemma in MODELS
        for child in sorted(node.children, key=lambda c: c.dep != "poss"):
            near = child.dep in ("compound", "nmod", "appos", "amod") or (
                child.dep == "poss" and makes
            )
            if child.dep == "poss" and makes and child.name is None:
                yield from self._meant(child)
            elif near and child.name is not None:
                for each in conjuncts(child):
                    if each.name is not None and is_model(each.name):
                        yield Filler(each, each.name)
                    elif each.name is not None and makes and self._maker(each, child, node):
                        yield Filler(each, each.name, "part")
            elif child.dep == "appos":
                yield from self._in(child, depth + 1)
            elif child.dep in ("prep", "acl", "dative") and (
                child.word in _WITHIN or child.lemma in _MADE
            ):
                yield from self._below(child, makes, depth)

    def _meant(self, owner: Node) -> Iterator[Filler]:
        """``the lab's models``: whose is to be found in what was told before."""
        roles = self.phrases.roles
        if owner.word in ("its", "their", "our", "my", "his", "her", "whose"):
            return
        name = roles.context.resolve(owner, roles.sentence, "organisation", ())
        if name is not None and makes_models(name):
            yield Filler(owner, name, "reference")

    def _maker(self, maker: Node, owner: Node, noun: Node) -> bool:
        """``Fenwork's models``: Fenwork's, though nothing is known of it."""
        name = maker.name
        if name is None:
            return False
        unknown = name.entity is None and name.is_organisation and owner.dep == "poss"
        return (unknown and noun.lemma in ("model", "llm")) or makes_models(name)

    def _below(self, prep: Node, makes: bool, depth: int) -> Iterator[Filler]:
        inner = [n for p in (prep, *prep.all("prep", "agent")) for n in p.all("pobj", "dobj")]
        for each in (c for n in inner for c in conjuncts(n)):
            if each.name is not None and not is_model(each.name):
                if makes and prep.word in _WHOSE and makes_models(each.name):
                    yield Filler(each, each.name, "part")
                elif is_laboratory(each.name) and prep.word not in _WHOSE and self.takes_labs:
                    yield Filler(each, each.name)
            else:
                yield from self._in(each, depth + 1)

    def _after(self, place: str) -> list[Filler]:
        """The model that comes next, where the parse has lost it: headlines, rare verbs."""
        if place == "subj":
            return []
        nodes = self.phrases.parsed.nodes
        at = self.trigger.index + 1
        if place != "obj":
            near = [n for n in nodes[at : at + 4] if n.word == place]
            if not near:
                return []
            at = near[0].index + 1
        for node in nodes[at : at + _REACH]:
            if node.name is not None:
                joined = nodes[node.index + 1 : node.index + 2]
                whole = not joined or joined[0].text != "-"
                return [Filler(node, node.name)] if whole and is_model(node.name) else []
            if node.tag not in _PLAIN or (node.tag == "IN" and node.word not in ("of", "from")):
                return []
            if node.lemma in words("nouns", "not_carried"):
                return []
        return []

    def _after_colon(self, place: str) -> list[Filler]:
        """``gives a choice of agents: Z or W``, ``will gain a third engine: Z``."""
        nodes = self.phrases.parsed.nodes
        colon = next((n for n in nodes[self.trigger.index :] if n.word == ":"), None)
        if place == "subj" or colon is None:
            return []
        before = nodes[self.trigger.index + 1 : colon.index]
        if not any(n.lemma in _SLOTS for n in before) or any(
            n.name and is_model(n.name) for n in before
        ):
            return []
        first = next((n for n in nodes[colon.index + 1 : colon.index + 5] if n.name), None)
        if first is None or first.name is None or not is_model(first.name):
            return []
        return [Filler(first, first.name)]

    def _again(self, place: str, told: Sequence[Filler]) -> list[Filler]:
        """``leans on Z for plans and on W for edits``: W."""
        nodes = self.phrases.parsed.nodes
        at = max(f.node.index for f in told) + 1
        found: list[Filler] = []
        for node in nodes[at : at + 12]:
            before = nodes[node.index - 1]
            if node.word == place and before.word in ("and", "or", ",", "but"):
                found += [
                    Filler(n, n.name)
                    for n in nodes[node.index + 1 : node.index + 3]
                    if n.name and is_model(n.name)
                ][:1]
        return found

    def _beside(self, nodes: Sequence[Node]) -> list[Filler]:
        """``Z alongside W``, ``Z as well as W``: W."""
        tops = (self.trigger, *nodes)
        beside = [n for top in tops for n in args.of_preposition(top, *_ALONG)]
        return [f for n in beside for each in conjuncts(n) for f in self._in(each, 1)]


_RISKY = frozenset({"customers use"})
"""Frames by which one may also deal with a company called as its model."""
_GETTING = frozenset({"get", "gain", "receive", "have", "give", "hand", "grant"})
_ALONG = frozenset({"alongside", "beside", "besides"})
_MADE = frozenset(
    {"make", "build", "train", "develop", "base", "supply", "include", "call", "name"}
)


def is_model(name: Name) -> bool:
    """Whether it is a model, an assistant, or a company after which what it offers is called."""
    if name.kind is EntityKind.MODEL:
        return True
    entity = name.entity
    if entity is None:
        # "ChatGPT Plus", "Perplexity Pro"
        return name.kind is EntityKind.PRODUCT and name.owner in words("nouns", "lab_of_assistants")
    return entity.id in words("nouns", "namesake") - {"mistral-ai"} | words("nouns", "assistants")


def is_laboratory(name: Name) -> bool:
    """Whether models are what it is known for."""
    return name.kind is EntityKind.LAB


MODELS = frozenset(
    {
        "model",
        "llm",
        "weight",
        "weights",
        "chatbot",
        "assistant",
        "ai",
        "lms",
        "endpoint",
        "api",
        "engine",
        "bot",
        "voice",
        "brain",
        "llms",
    }
)
_SLOTS = MODELS | {
    "choice",
    "option",
    "agent",
    "addition",
    "newcomer",
    "name",
    "system",
    "supplier",
}
"""What is told by number before a colon tells which."""


def makes_models(name: Name) -> bool:
    """Whether it is a model, or one of those that make them."""
    lab = name.entity is not None and EntityKind.LAB in name.entity.kinds
    return lab or is_model(name) or is_laboratory(name)


def _once(found: Sequence[Filler]) -> list[Filler]:
    kept: dict[str, Filler] = {}
    for each in found:
        kept.setdefault(each.name.name, each)
    return list(kept.values())
