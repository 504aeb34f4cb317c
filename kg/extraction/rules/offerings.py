"""Models and platforms within a phrase: ``OpenAI's models``, ``the Azure model catalogue``, ``its products``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules.arguments import of_preposition, surface_subjects
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.fillers import Filler, allowed
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.roles import Roles


_MACHINES = frozenset({"chip", "gpu", "processor", "accelerator", "server", "hardware"})
_OF_CHIPMAKERS = frozenset({"system", "technology", "platform", "gear", "tech", "equipment"})
_BOTS = frozenset({"chatbot", "assistant", "bot"})


def _makes_chips(node: Node) -> bool:
    return node.name is not None and node.name.kind is EntityKind.CHIP_MAKER


def _own_offer(
    roles: Roles, node: Node, owner: Node, want: str, avoid: Sequence[Name]
) -> list[Filler]:
    """``its products``, ``their marketplace``: the platform is whose they are."""
    if want != "platform" or owner.word not in ("its", "their", "our"):
        return []
    if node.lemma not in words("nouns", "offered") | words("nouns", "customers"):
        return []
    verb = next((n for n in node.ancestors() if n.tag.startswith("VB")), None)
    doers = [n.name for n in surface_subjects(verb) if n.name] if verb is not None else []
    name = next(iter(doers), None) or roles.context.resolve(
        owner, roles.sentence, "organisation", avoid
    )
    return [Filler(owner, name, "part")] if name and allowed(name, "company") else []


def _is_owner(node: Node, child: Node, each: Node, want: str) -> bool:
    """``X's products``: X offers what is within, whoever it is."""
    name = each.name
    return (
        want == "platform"
        and child.dep == "poss"
        and node.lemma in words("nouns", "offered")
        and name is not None
        and name.is_organisation
        and not name.is_authority
    )


def _hung_on_the_verb(models: Node) -> list[Node]:
    """``host models from X``: whose they are, where the parse hangs that on the verb."""
    verb = models.head
    if verb is None or models.dep != "dobj" or models.lemma not in words("nouns", "model"):
        return []
    after = [p for p in verb.all("prep") if p.word in ("from", "by")]
    return [n for p in after if p.index == models.index + 1 for n in p.all("pobj")]


def offered_inside(
    roles: Roles, node: Node, want: str, avoid: Sequence[Name], depth: int
) -> list[Filler]:
    """The model or platform within a phrase: ``OpenAI's models``, ``the Azure model catalogue``."""
    if want == "model" and node.lemma in _MACHINES:
        # "Nvidia AI chips"
        return []
    if want == "model" and node.lemma in _OF_CHIPMAKERS and any(map(_makes_chips, node.children)):
        # "capacity powered by Nvidia systems"
        return []
    if want == "model" and node.word in ("those", "ones"):
        # "Claude and those of OpenAI and Meta"
        whose = [m for n in of_preposition(node, "of", "from", "by") for m in conjuncts(n)]
        return [
            Filler(n, n.name)
            for n in whose
            if n.name is not None and n.name.is_organisation and not n.name.is_authority
        ]
    near = [c for c in node.children if c.dep in ("poss", "compound", "nmod", "appos")]
    near += [
        n
        for p in node.all("prep")
        if p.word in ("of", "from", "by", "for", "on")
        for n in p.all("pobj")
    ]
    near += [
        n
        for a in node.all("acl")
        if a.lemma in ("develop", "build", "create", "make", "train")
        for p in a.all("agent", "prep")
        for n in p.all("pobj")
    ]
    near += _hung_on_the_verb(node)
    model_head = node.lemma in words("nouns", "model") | words("nouns", "powers")
    # "its Gemini models": the name tells more than the pronoun
    near.sort(key=lambda n: n.name is None)
    for child in near:
        for each in conjuncts(child):
            if each.name is None:
                own = _own_offer(roles, node, each, want, avoid)
                if own:
                    return own
                deeper = (
                    offered_inside(roles, each, want, avoid, depth + 1)
                    if depth < 2 and each.pos in ("NOUN", "PROPN")
                    else []
                )
                if deeper:
                    return deeper
                if want == "model" and model_head and child.dep == "poss":
                    party = roles.party(each, "organisation", avoid, depth + 1)
                    party = [f for f in party if f.name.kind is not EntityKind.INVESTOR]
                    if party:
                        return party
                continue
            if want == "model" and (
                each.name.kind is EntityKind.MODEL
                or (
                    node.lemma in _BOTS and each.name.kind is EntityKind.PRODUCT and each.name.owner
                )
                or (model_head and each.name.is_organisation and not each.name.is_authority)
            ):
                return [Filler(e, e.name) for e in conjuncts(child) if e.name is not None]
            if _is_owner(node, child, each, want):
                return [Filler(each, each.name, "part")]
            if want == "platform" and allowed(each.name, want):
                return [
                    Filler(e, e.name, "part")
                    for e in conjuncts(each)
                    if e.name is not None and allowed(e.name, want)
                ]
    return []
