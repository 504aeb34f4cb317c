"""Models offered on platforms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.conditions import crosses_clause
from kg.extraction.rules.frames import frames
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.roles import Filler
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.frames import Frame
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases


def distributed(phrases: Phrases, frame: Frame, trigger: Node) -> list[Match]:
    """Pairs of platform and model, where the one offers the other."""
    taken, models = _models(phrases, frame, trigger)
    if not models:
        return []
    platforms = _platforms(phrases, frame, trigger, taken)
    platforms += _row(phrases, platforms)
    return [
        Match(frame, trigger, p, m, 1)
        for p in platforms
        for m in models
        if p.node is not m.node and _apart(p, m, frame)
    ]


def _models(phrases: Phrases, frame: Frame, trigger: Node) -> tuple[str, list[Filler]]:
    """The models, and the place where they stand."""
    if trigger.pos == "ADJ" or trigger.lemma in ("available", "accessible"):
        return "", phrases.fill(_adjective_subjects(trigger), "model", (), trigger)
    for place in frame.object:
        found = phrases.fill(phrases.nodes_at(trigger, place), "model", (), trigger)
        if found:
            return place, found
    return "", []


def _platforms(phrases: Phrases, frame: Frame, trigger: Node, taken: str) -> list[Filler]:
    platforms: list[Filler] = []
    for place in frame.subject:
        if (place == taken and place != "subj") or (place in _LAST and platforms):
            continue
        nodes = _places(phrases, trigger, place)
        found = phrases.fill(nodes, "platform", (), trigger)
        if frame.subject_is == "product":
            found = [f for f in found if _is_product(f)]
        elif found and place not in _LAST:
            found += [
                f
                for f in phrases.fill(nodes, "organisation", (), trigger)
                if f.name.name not in {g.name.name for g in found} and f.how == "name"
            ]
        platforms += [f for f in found if f.name.name not in {p.name.name for p in platforms}]
    return platforms or _astray(frame, trigger)


def _astray(frame: Frame, trigger: Node) -> list[Filler]:
    """Services told in the trigger's clause, where the parse hangs them on another of its words."""
    top = trigger.head if trigger.pos == "ADJ" and trigger.head is not None else trigger
    return [
        Filler(n, n.name)
        for prep in top.subtree()
        if prep.dep == "prep"
        and prep.word in frame.subject
        and prep.index > trigger.index
        and not crosses_clause(prep, top)
        for n in prep.all("pobj")
        if n.name is not None and n.name.kind in _SERVICES
    ]


_LAST = frozenset({"subj", "users", "causer"})
"""Places that tell the platform only if no other does."""


def _is_product(filler: Filler) -> bool:
    """Whether something that a company makes is meant: ``Siri``, ``DuckDuckGo's chatbot``."""
    if filler.name.is_artefact:
        return True
    above = filler.node.head
    return filler.how == "part" and above is not None and above.lemma in words("nouns", "offered")


_BETWEEN = frozenset(
    {",", "and", "or", "&", "on", "in", "via", "through", "from", "today", "now", "also", "as"}
    | {"well", "at", "the", "'s", "both"}
)
"""What stands between the members of a list of platforms, however the parse hangs them."""


def _row(phrases: Phrases, platforms: list[Filler]) -> list[Filler]:
    """The services listed after one that was found."""
    found: list[Filler] = []
    names = {p.name.name for p in platforms}
    nodes = phrases.parsed.nodes
    for platform in platforms:
        if platform.name.kind not in _SERVICES or platform.how != "name":
            continue
        for node in nodes[platform.node.index + 1 :]:
            if node.name is None and node.word in _BETWEEN:
                continue
            if node.name is None or node.name.kind not in (*_SERVICES, EntityKind.COMPANY):
                break
            offers = node.name.kind in _SERVICES or phrases.fill([node], "platform", (), node)
            if offers and node.name.name not in names and not _owns_next(nodes, node):
                names.add(node.name.name)
                found.append(Filler(node, node.name))
    return found


def _owns_next(nodes: Sequence[Node], node: Node) -> bool:
    """``Google Cloud's Vertex AI``: the service is meant, not whose it is."""
    after = nodes[node.index + 1] if node.index + 1 < len(nodes) else None
    return after is not None and after.word in ("'s", "'")


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
            if n.name is not None and _apart(platform, Filler(n, n.name), frame)
        ]
    return found


def _before(phrases: Phrases, node: Node) -> str:
    return phrases.parsed.nodes[node.index - 1].word if node.index else ""


_SERVICES = (EntityKind.PLATFORM, EntityKind.MODEL_HUB, EntityKind.CLOUD_PROVIDER)


_BUILT_IN = frozenset({"offered on", "built into", "powered by", "uses a model", "ships with"})
_ASSISTANTS = frozenset({"chatgpt", "gemini-app", "claude-app", "le-chat", "meta-ai-assistant"})


def _apart(platform: Filler, model: Filler, frame: Frame) -> bool:
    """A model is not offered on itself; a company's own model only on a platform named as such."""
    if platform.name.name == model.name.name:
        return False
    entity = model.name.entity
    assistant = frame.name in _BUILT_IN and entity is not None and entity.id in _ASSISTANTS
    if (
        model.name.kind is EntityKind.PRODUCT
        and not (assistant and platform.name.is_artefact)
        and platform.name.kind not in _SERVICES
    ):
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
        if head.dep == "attr" and head.name is None and head.head is not None:
            # "X is the only model available on": X
            return args.surface_subjects(head.head)
        return [head]
    return [head] if head.pos in ("NOUN", "PROPN") else []


def _places(phrases: Phrases, trigger: Node, place: str) -> list[Node]:
    if place == "surface":
        return args.surface_subjects(trigger)
    if place == "users":
        return _users(trigger)
    if place == "causer":
        above = trigger.head
        lets = above is not None and above.lemma in words("nouns", "granting")
        return args.surface_subjects(above) if above is not None and lets else []
    nodes = phrases.nodes_at(trigger, place)
    if place == "subj":
        return nodes
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
    return nodes + deeper + _beside_others(trigger, place)


def _users(trigger: Node) -> list[Node]:
    """``P's customers get``, ``reaches users of P``: the noun that tells whose customers they are."""
    verb = trigger if trigger.tag.startswith("VB") else args.support(trigger)
    if verb is None:
        return []
    near = [*args.surface_subjects(verb), *args.objects(verb)]
    near += args.of_preposition(verb, "to", "for", "with")
    return [n for n in near if n.name is None and n.lemma in words("nouns", "customers")]


def _beside_others(verb: Node, place: str) -> list[Node]:
    """``joins 130 models already available on P``: P."""
    if verb.lemma != "join":
        return []
    there = [
        d
        for o in args.objects(verb)
        for d in o.subtree()
        if d.word in ("available", "offered", "hosted", "accessible", "live", "listed")
    ]
    return [n for d in there for n in args.of_preposition(d, place)]
