"""Models offered on platforms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.frames import frames
from kg.extraction.rules.match import Match
from kg.extraction.rules.roles import Filler
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.frames import Frame
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases


def distributed(phrases: Phrases, frame: Frame, trigger: Node) -> list[Match]:
    """Pairs of platform and model, where the one offers the other."""
    models: list[Filler] = []
    if trigger.pos == "ADJ" or trigger.lemma in ("available", "accessible"):
        models = phrases.fill(_adjective_subjects(trigger), "model", (), trigger)
    else:
        for place in frame.object:
            models = phrases.fill(phrases.nodes_at(trigger, place), "model", (), trigger)
            if models:
                break
    if not models:
        return []
    platforms: list[Filler] = []
    explicit = False
    for place in frame.subject:
        nodes = _places(phrases, trigger, place)
        if place == "subj":
            found = phrases.fill(nodes, "platform", (), trigger)
            if found and explicit:
                continue
            platforms += found if not platforms else []
            continue
        want = "platform"
        found = phrases.fill(nodes, want, (), trigger)
        if (found and not frame.subject_is) or found:
            found += [
                f
                for f in phrases.fill(nodes, "organisation", (), trigger)
                if f.name.name not in {g.name.name for g in found} and f.how == "name"
            ]
        platforms += [f for f in found if f.name.name not in {p.name.name for p in platforms}]
    return [
        Match(frame, trigger, p, m, 1)
        for p in platforms
        for m in models
        if p.node is not m.node and _apart(p, m)
    ]


_BESIDE = frozenset({"alongside", "beside", "besides", "with"})
_OFFERINGS = frozenset({"offering", "model", "product", "llm", "system"})


def beside(phrases: Phrases) -> list[Match]:
    """``an option for customers of P, alongside offerings from A and B``: what P offers already."""
    found: list[Match] = []
    for prep in phrases.parsed.nodes:
        if prep.word not in _BESIDE or (prep.word == "with" and _before(phrases, prep) != "along"):
            continue
        offerings = [n for n in prep.all("pobj") if n.name is None and n.lemma in _OFFERINGS]
        platforms = [
            n
            for n in phrases.parsed.nodes
            if n.index < prep.index and n.name is not None and n.name.kind in _SERVICES
        ]
        if not offerings or not platforms or platforms[0].name is None:
            continue
        platform = Filler(platforms[0], platforms[0].name)
        makers = [
            n
            for o in offerings
            for n in o.subtree()
            if n.name is not None
            and n.index > prep.index
            and (n.name.kind is EntityKind.MODEL or n.name.is_organisation)
        ]
        frame = next(f for f in frames() if f.name == "offers")
        found += [
            Match(frame, prep, platform, Filler(n, n.name))
            for n in makers
            if n.name is not None and _apart(platform, Filler(n, n.name))
        ]
    return found


def _before(phrases: Phrases, node: Node) -> str:
    return phrases.parsed.nodes[node.index - 1].word if node.index else ""


_SERVICES = (EntityKind.PLATFORM, EntityKind.MODEL_HUB, EntityKind.CLOUD_PROVIDER)


def _apart(platform: Filler, model: Filler) -> bool:
    """A model is not offered on itself; a company's own model only on a platform named as such."""
    if platform.name.name == model.name.name:
        return False
    if model.name.kind is EntityKind.PRODUCT and platform.name.kind not in _SERVICES:
        return False
    owner = platform.name.owner or (
        platform.name.entity.id if platform.name.entity else platform.name.name
    )
    maker = model.name.owner or (model.name.entity.id if model.name.entity else model.name.name)
    if owner == maker:
        return platform.name.kind is EntityKind.PLATFORM and model.name.is_artefact
    return True


def _adjective_subjects(adjective: Node) -> list[Node]:
    head = adjective.head
    own = adjective.child("nsubj")
    if own is not None:
        return [args.antecedent(own, adjective)]
    if head is None:
        return []
    if adjective.dep in (
        "acomp",
        "attr",
        "oprd",
        "xcomp",
        "ccomp",
        "advcl",
        "conj",
        "pobj",
        "dep",
    ) and (head.tag.startswith("VB") or head.pos in ("AUX", "VERB")):
        if head.lemma in ("make", "keep"):
            return args.objects(head)
        if adjective.dep == "advcl":
            return args.objects(head) or args.surface_subjects(head)
        return args.surface_subjects(head)
    if adjective.dep in ("amod", "acl", "relcl", "appos", "conj"):
        if head.pos == "ADJ":
            return _adjective_subjects(head)
        return [head]
    return [head] if head.pos in ("NOUN", "PROPN") else []


def _places(phrases: Phrases, trigger: Node, place: str) -> list[Node]:
    nodes = phrases.nodes_at(trigger, place)
    if (
        trigger.pos == "ADJ"
        and trigger.head is not None
        and (trigger.head.tag.startswith("VB") or trigger.head.pos == "AUX")
    ):
        nodes += [n for n in args.of_preposition(trigger.head, place) if n not in nodes]
    deeper: list[Node] = []
    for node in nodes:
        for each in args.conjuncts(node):
            if each.name is not None and each.name.is_artefact:
                deeper += [
                    n
                    for n in args.of_preposition(each, "on", "in", "via", "through")
                    if n not in nodes
                ]
    return nodes + deeper
