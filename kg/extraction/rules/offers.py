"""Models offered on platforms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.carriers import own
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.frames import frame_named
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.model_lists import listed_models
from kg.extraction.rules.outlets import ASSISTANTS, PUTTING, SERVICES, owns_next, platforms_of
from kg.extraction.rules.place_words import nodes_at
from kg.extraction.rules.relatives import antecedent
from kg.model import EntityKind, Kind

if TYPE_CHECKING:
    from kg.extraction.rules.frames import Frame
    from kg.extraction.rules.gazetteer import Name
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases


def distributed(phrases: Phrases, frame: Frame, trigger: Node) -> list[Match]:
    """Pairs of platform and model, where the one offers the other."""
    taken, models = _models(phrases, frame, trigger)
    if not models:
        return []
    platforms = platforms_of(phrases, frame, trigger, taken)
    if trigger.lemma in _MAKING:
        models = [m for m in models if m.how != "reference"]
    if trigger.lemma == "run":
        # "runs its services on P": a customer of P
        models = [m for m in models if m.node.tag != "PRP$"]
    doers = args.subjects(trigger) if trigger.lemma in PUTTING else []
    if any(p.how == "part" and p.node in doers for p in platforms):
        # "X works with Y to launch its assistant on phones": X's, and the phones are Y's
        models = [m for m in models if m.how != "reference" and not _is_pronoun(m)]
    models = _of_others(phrases, frame, trigger, taken, models, platforms)
    models = [_of_the_other(phrases, trigger, m) for m in models]
    # "use models from X": whose models they are, and not where they are to be had
    makers = {m.node.index for m in models if m.how == "part" or not m.name.is_artefact}
    platforms = [p for p in platforms if p.node.index not in makers]
    registry = phrases.roles.context.registry
    return [
        Match(frame, trigger, p, m, 1)
        for p in platforms
        for m in models
        if p.node is not m.node
        and _apart(p, m, frame)
        and not (_is_pronoun(p) and _is_pronoun(m))
        and (m.name.is_artefact or not own(p.name, m.name, registry))
    ]


def _models(phrases: Phrases, frame: Frame, trigger: Node) -> tuple[str, list[Filler]]:
    """The models, and the place where they stand."""
    if trigger.pos == "ADJ" or trigger.lemma in ("available", "accessible"):
        told = [
            n
            for each in _adjective_subjects(trigger)
            # "access to Z is available": Z
            for n in (args.of_preposition(each, "to") if each.lemma == "access" else [each])
        ]
        return "", phrases.fill(told, "model", (), trigger)
    for place in frame.object:
        nodes = nodes_at(phrases.parsed, trigger, place)
        found = phrases.fill(nodes, frame.object_is, (), trigger)
        found = listed_models(phrases.parsed.nodes, nodes) or found
        if found:
            found += _companions(phrases, trigger, nodes, found)
            return place, found + further(phrases, found)
    return "", []


_MAKING = frozenset({"build", "train", "develop"})
"""``builds its own models on P``: who makes models on a service does not offer them there."""
_TOGETHER = frozenset({"alongside", "along", "beside"})


def _companions(
    phrases: Phrases, trigger: Node, nodes: Sequence[Node], told: Sequence[Filler]
) -> list[Filler]:
    """``adds X's models alongside Y's``: Y's."""
    beside = [n for top in (trigger, *nodes) for n in args.of_preposition(top, *_TOGETHER)]
    names = {f.name.name for f in told}
    found = phrases.fill(beside, "model", (), trigger)
    return [f for f in found if f.name.name not in names]


_LISTING = frozenset({",", "and", "or", "&", "plus", "the"})
_LONGEST_MEMBER = 5


def further(phrases: Phrases, told: Sequence[Filler]) -> list[Filler]:
    """``X's Z, Y's models and, lately, W's V``: what is listed after the last, however it is parsed."""
    nodes = phrases.parsed.nodes
    found: list[Filler] = []
    at = max(f.node.index for f in told) + 1
    while at < len(nodes):
        if nodes[at].word in _LISTING or nodes[at].dep == "advmod":
            at += 1
            continue
        member = _member(nodes, at)
        if member is None:
            break
        node, at = member
        if node.name is not None and node.name.name not in {f.name.name for f in (*told, *found)}:
            found.append(Filler(node, node.name))
    return found


def _member(nodes: Sequence[Node], at: int) -> tuple[Node, int] | None:
    """The model, or the lab whose models they are, that a list goes on with, and where it ends."""
    name = nodes[at].name
    if nodes[at - 1].word not in _LISTING and nodes[at - 1].dep != "advmod":
        return None
    if name is not None and name.kind is EntityKind.MODEL:
        return nodes[at], at + 1
    if name is None or not _makes_models(name) or not owns_next(nodes, nodes[at]):
        return None
    for node in nodes[at + 2 : at + 2 + _LONGEST_MEMBER]:
        if node.name is not None:
            return (node, node.index + 1) if node.name.kind is EntityKind.MODEL else None
        if node.lemma in words("nouns", "model"):
            return nodes[at], node.index + 1
    return None


def _makes_models(name: Name) -> bool:
    return name.entity is not None and EntityKind.LAB in name.entity.kinds


def _of_others(
    phrases: Phrases,
    frame: Frame,
    trigger: Node,
    taken: str,
    models: list[Filler],
    platforms: list[Filler],
) -> list[Filler]:
    """``P works with X to offer its models``: X's, as P need not be told to offer its own."""
    own = [p.name for p in platforms for m in models if m.how == "reference" and _same(p, m)]
    if not own or not taken:
        return models
    return phrases.fill(nodes_at(phrases.parsed, trigger, taken), frame.object_is, own, trigger)


def _of_the_other(phrases: Phrases, verb: Node, model: Filler) -> Filler:
    """``P is an investor in X and uses its models in its products``: X's."""
    above = verb.head
    if verb.dep != "conj" or above is None or not _is_pronoun(model) or verb.child("nsubj"):
        return model
    told = [n for n in above.subtree() if above.index < n.index < verb.index and n.name]
    makers = {n.name.name: n for n in told if n.name and _makes_models(n.name)}
    if len(makers) != 1:
        return model
    [maker] = makers.values()
    return Filler(maker, maker.name, "reference") if maker.name is not None else model


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
            if n.index < prep.index and n.name is not None and n.name.kind in SERVICES
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
        frame = frame_named("offers", Kind.DISTRIBUTION)
        found += [
            Match(frame, prep, platform, Filler(n, n.name))
            for n in makers
            if n.name is not None and _apart(platform, Filler(n, n.name), frame)
        ]
    return found


def _before(phrases: Phrases, node: Node) -> str:
    return phrases.parsed.nodes[node.index - 1].word if node.index else ""


_BUILT_IN = frozenset(
    {
        "has built in",
        "stands behind",
        "offered on",
        "built into",
        "powered by",
        "uses a model",
        "ships with",
        "combined with",
    }
    | {"gives access to", "routes to a model"}
)
_HANDED_OUT = frozenset({"offers", "availability of", "access to", "subscription to"})
"""Frames that may tell whose customers get an assistant."""


def _apart(platform: Filler, model: Filler, frame: Frame) -> bool:
    """A model is not offered on itself; a company's own model only on a platform named as such."""
    if platform.name.name == model.name.name:
        return False
    if platform.name.kind in (EntityKind.INVESTOR, EntityKind.SOVEREIGN_FUND):
        # "the fund's portfolio includes Perplexity": the company
        return False
    if model.how == "reference" and platform.name.name.startswith(f"{model.name.name} "):
        # "hosts its models on its cloud": those of somebody else told before, or no news
        return False
    entity = model.name.entity
    of_a_namesake = model.name.owner in words("nouns", "namesake")
    assistant = (of_a_namesake or (entity is not None and entity.id in ASSISTANTS)) and (
        frame.name in _BUILT_IN or (frame.name in _HANDED_OUT and platform.how == "part")
    )
    if (
        model.name.kind is EntityKind.PRODUCT
        and not (assistant and (platform.name.is_artefact or platform.name.entity is None))
        and not (assistant and platform.how == "part")
        and platform.name.kind not in SERVICES
    ):
        return False
    if _same(platform, model):
        return platform.name.kind is EntityKind.PLATFORM and model.name.is_artefact
    return True


def _is_pronoun(filler: Filler) -> bool:
    """``uses its tools in its products``: who is who is told nowhere."""
    return filler.node.tag in ("PRP", "PRP$")


def _same(platform: Filler, model: Filler) -> bool:
    """Whether the one is of the company that the other is of."""
    return _company(platform.name) == _company(model.name)


def _company(name: Name) -> str:
    entity = name.entity
    if name.owner or entity is None:
        return name.owner or name.name
    return entity.parent if entity.parent and entity.kind in SERVICES else entity.id


def _adjective_subjects(adjective: Node) -> list[Node]:
    head = adjective.head
    own = adjective.child("nsubj")
    if own is not None:
        return [antecedent(own, adjective)]
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
