"""Whose goods a phrase speaks of: ``Nvidia's chips`` are Nvidia's, ``a cluster of H100s`` is, too.

Who buys, runs on or makes the goods of another company deals with it, though only the
goods are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.relatives import possessor
from kg.extraction.rules.support_verbs import support
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.gazetteer import Name
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.roles import Roles

_MADE = frozenset(
    {"make", "build", "design", "manufacture", "produce", "supply", "sell", "develop"}
)
_HOLDING_MANY = frozenset(
    {"cluster", "fleet", "rack", "thousand", "hundred", "ten", "dozen", "million", "gigawatt"}
    | {"megawatt", "version", "generation", "batch", "lot", "load"}
)
_DEALING = frozenset(
    [
        "license",
        "licence",
        "buy",
        "purchase",
        "order",
        "lease",
        "rent",
        "acquire",
        "obtain",
        "secure",
        "deal",
        "agreement",
        "contract",
        "spend",
        "pay",
    ]
)
_MODELS = frozenset({"model", "llm"})
SERVICES = (EntityKind.PLATFORM, EntityKind.CLOUD_PROVIDER)


def owners(roles: Roles, nodes: Sequence[Node], avoid: Sequence[Name]) -> list[Filler]:
    """The companies whose machines the nouns speak of: ``its supercomputer``, ``Google's servers``."""
    found: list[Filler] = []
    for node in nodes:
        own_name = node.name is not None and node.name.entity is None and bool(node.all("poss"))
        if own_name or (node.name is None and node.lemma not in _MODELS):
            near = [*node.all("poss"), *(n for n in node.all("compound") if _sells(n, node))]
            found += roles.parties(near[:1], "partner", avoid)
    return [Filler(f.node, f.name, "part") for f in found]


def makers(roles: Roles, nodes: Sequence[Node], avoid: Sequence[Name]) -> list[Filler]:
    """The companies whose goods the nouns speak of, in order; none for goods of nobody."""
    found: list[Filler] = []
    shut = {n.name for n in avoid}
    for node in nodes:
        for each in conjuncts(node):
            for filler in _makers(roles, each, avoid, 0):
                if filler.name.name not in shut | {f.name.name for f in found}:
                    found.append(filler)
    return found


def _makers(roles: Roles, node: Node, avoid: Sequence[Name], depth: int) -> list[Filler]:
    if depth > 3:
        return []
    if node.name is not None:
        return roles.parties([node], "partner", avoid) if _is_ware(node.name, roles) else []
    offering = node.lemma in words("nouns", "offering") and any(
        n.name is not None and _is_known_for(n.name, roles) for n in node.all("compound", "nmod")
    )
    if (offering or node.lemma in words("nouns", "ware")) and not (
        node.lemma in words("nouns", "soft_ware") and _merely_used(node)
    ):
        for near in (
            [possessor(n) for n in node.all("poss")],
            [n for n in node.all("compound", "nmod") if _sells(n, node)],
            [
                *args.of_preposition(node, "from", "by", "of"),
                *_come_from(node),
                *(
                    n
                    for made in (node, *_around(node))
                    for clause in made.all("acl")
                    if clause.lemma in _MADE and args.is_passive(clause)
                    for n in args.subjects(clause)
                ),
            ],
        ):
            named = [n for n in near if n.word not in ("its", "their") and not _is_model(n)]
            found = roles.parties(named, "partner", avoid)
            if found:
                return [Filler(f.node, f.name, "part") for f in found]
        return []
    if node.lemma in _HOLDING_MANY or node.lemma in words("nouns", "group") or node.pos == "NUM":
        inner = args.of_preposition(node, "of")
        return [f for n in inner for f in _makers(roles, n, avoid, depth + 1)]
    return []


def _come_from(ware: Node) -> list[Node]:
    """``runs on silicon from Y``, where the parse has it run from Y."""
    on = ware.head if ware.dep == "pobj" else None
    verb = on.head if on is not None and on.word == "on" else None
    preps = [p for p in verb.all("prep") if p.word == "from"] if verb is not None else []
    return [n for p in preps if p.index == ware.index + 1 for n in p.all("pobj")]


def _around(ware: Node) -> list[Node]:
    """``a processor in an SoC built by Y``: the SoC."""
    verb = ware.head if ware.dep == "dobj" else None
    near = [ware, *([verb] if verb is not None else [])]
    found = [n for place in near for n in args.of_preposition(place, "in")]
    return [n for n in found if n.lemma in words("nouns", "ware")]


def _merely_used(node: Node) -> bool:
    """``uses Y's technology``: no deal need be behind it; a licence, an order is one."""
    verb = support(node) or node.head
    return verb is None or verb.lemma not in _DEALING


def _sells(node: Node, goods: Node) -> bool:
    """Whether a name before the goods is their seller's: not of ``Arm chips``, which others make."""
    name = node.name
    if name is None or name.entity is None or name.entity.id in words("nouns", "app_shop"):
        # "Windows laptops" are of those who make them
        return False
    return goods.lemma in words("nouns", "soft_ware") or name.entity.id not in words(
        "nouns", "architecture_of_others"
    )


def _is_known_for(name: Name, roles: Roles) -> bool:
    """Whether "services" or "products" after the name are surely clouds or chips."""
    entity = name.entity
    return _is_ware(name, roles) or (
        entity is not None and EntityKind.CHIP_MAKER in entity.kinds and name.is_organisation
    )


def _is_ware(name: Name, roles: Roles) -> bool:
    """Whether the name is itself that of a thing one buys or runs on: a chip, a cloud."""
    if name.kind in SERVICES:
        return True
    if name.kind is not EntityKind.PRODUCT or not name.owner:
        return False
    if name.entity is not None and name.entity.id in words("nouns", "chip_family"):
        return True
    owner = roles.context.registry.get(name.owner)
    return owner is not None and EntityKind.CHIP_MAKER in owner.kinds


def _is_model(node: Node) -> bool:
    return node.name is not None and node.name.kind is EntityKind.MODEL
