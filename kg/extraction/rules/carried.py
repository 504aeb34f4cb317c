"""Models that a product or company carries, whoever it is: in its catalogue, its app, its phone, behind its answers.

The frames with ``subject_is: carrier`` tell it by their verbs and nouns; they say where the
model stands, and the carrier is looked for wherever the sentence tells of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.carriers import Carriers, is_known, own
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.models_told import Told, is_model
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.fillers import Filler
    from kg.extraction.rules.frames import Frame
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases


def carried(phrases: Phrases, frame: Frame, trigger: Node) -> list[Match]:
    """Pairs of carrier and model that a frame tells of."""
    told = Told(phrases, frame, trigger)
    models = told.models()
    if not models or trigger.dep in ("aux", "auxpass") or trigger.word == "depending":
        return []
    if _for_its_people(trigger) or _taken_out(frame, trigger) or _put_into(frame, trigger):
        return []
    place = Carriers(phrases, frame, trigger, models)
    carriers = place.told()
    return [
        Match(frame, trigger, carrier, model, 1)
        for carrier in carriers
        for model in models
        if carrier.node is not model.node
        and not own(carrier.name, model.name, phrases.roles.context.registry)
        and _likely(carrier, model, told, place.placed)
    ]


def _likely(carrier: Filler, model: Filler, told: Told, placed: bool) -> bool:
    """A laboratory's bare name stands for its models where a product is to have them."""
    if told.frame.name == "reaches" and is_model(carrier.name):
        # "Z joins W on P"
        return False
    if told.frame.name == "widens with" and told.bare(model) and _makes_with(told.trigger, model):
        return False
    vague = told.frame.name in ("is on offer", "carries") and told.trigger.lemma in _VAGUE
    if vague and not is_known(carrier.name):
        return False
    if told.frame.name == "is put to use" and not (
        carrier.name.is_artefact or _is_product(carrier)
    ):
        return False
    if (
        _is_app(model)
        and carrier.name.entity is not None
        and carrier.name.entity.id in words("nouns", "app_shop")
    ):
        return False
    if not told.bare(model):
        return True
    if told.frame.name == "sends on to":
        return any(n.lemma in words("nouns", "query") for n in args.objects(told.trigger))
    if (
        told.frame.name == "leans on"
        and args.objects(told.trigger)
        and not args.is_passive(told.trigger)
    ):
        # "draws water from X"
        return False
    unknown = placed and carrier.name.entity is None and carrier.how == "name"
    product = carrier.name.is_artefact or _is_product(carrier) or unknown
    return product or (told.takes_labs and told.trigger.lemma in words("verbs", "leaning"))


def _makes_with(verb: Node, maker: Filler) -> bool:
    """``is building a cluster with Z``: Z builds too, and nothing of it is within."""
    beside = maker.node.head is not None and maker.node.head.word == "with"
    return beside and verb.lemma in words("verbs", "doing_together") and bool(args.objects(verb))


def _put_into(frame: Frame, trigger: Node) -> bool:
    """``plugs its wallet into Z``, ``draws money from Z``: nothing of Z is within."""
    return frame.name in ("taps into", "derives from") and bool(trigger.all("dobj"))


_VAGUE = frozenset({"available", "include", "have", "get", "give", "take", "make", "see"})
"""Verbs that tell of anything: only whom the registry knows is taken for a carrier by them."""
_OUT = frozenset({"off", "out", "down", "away"})
_TAKING = frozenset({"take", "switch", "turn", "cut", "pull", "drop", "throw", "knock", "strip"})


def _taken_out(frame: Frame, trigger: Node) -> bool:
    """``takes Z off its list``: the frames of dropping tell it."""
    told = {c.word for c in trigger.all("prt", "prep", "advmod")}
    return (
        trigger.lemma in _TAKING and bool(told & _OUT) and ("modality", "denied") not in frame.set
    )


def _is_app(model: Filler) -> bool:
    """``The Z app is available on iOS``: an app like others."""
    return model.name.kind is EntityKind.PRODUCT


def _is_product(carrier: Filler) -> bool:
    above = carrier.node.head
    return carrier.how == "part" and above is not None and above.lemma in words("nouns", "offered")


def _for_its_people(trigger: Node) -> bool:
    """``rolls out Z to its staff``: used there, offered to nobody."""
    given = args.of_preposition(trigger, "to", "for", "among", "across")
    people = [
        m
        for n in (*given, *trigger.all("dative", "dobj"))
        for m in (n, *args.of_preposition(n, "of"))
    ]
    return any(
        n.lemma in words("nouns", "staff")
        or (n.lemma == "people" and any(c.word in ("its", "their") for c in n.all("poss")))
        for n in people
    )


def in_headline(node: Node) -> bool:
    """``Fenwork switches on Z``, where the parse takes the verb for a noun: switches."""
    if node.tag not in ("NNS", "NNPS"):
        return False
    named = [c for c in node.all("compound", "nmod", "poss", "amod", "nsubj") if c.name is not None]
    return bool(named) and (node.dep == "ROOT" or named[-1].index == node.index - 1)
