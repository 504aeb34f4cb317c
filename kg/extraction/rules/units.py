"""Parts of companies that are bought apart from them: ``ABB's robotics unit``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.roles import Roles


def bought(roles: Roles, nodes: Sequence[Node], avoid: Sequence[Name]) -> list[Filler]:
    """What a buyer buys: companies, what goes with a company, or a unit under a name of its own."""
    found: list[Filler] = []
    for node in nodes:
        for each in conjuncts(node):
            each = _whole(_meant(each))
            if _sold_by_the_piece(each) or _clientele(each) or _some_shares(each):
                continue
            unit = _named_unit(roles, each) or _unit(roles, each, avoid)
            if unit is None and _substance(each):
                # "the assets of X's Y unit": of Y
                inside = (_named_unit(roles, n) for n in args.of_preposition(each, "of"))
                unit = next((u for u in inside if u is not None), None)
            more = [unit] if unit is not None else roles.parties([each], "company", avoid)
            if not more and each.name is None and _substance(each):
                more = _of_whom(roles, each, avoid) or _examples(roles, each, avoid)
            if each.name is None and each.lemma in words("nouns", "part"):
                more = (
                    [f for f in more if f.how != "part" or _substance(each)] if not unit else more
                )
            found += [f for f in more if f.name.name not in {g.name.name for g in found}]
    return found


def _whole(node: Node) -> Node:
    """``most of its assets``: the assets."""
    if (
        node.lemma not in ("most", "all", "some", "part", "majority", "bulk")
        or node.name is not None
    ):
        return node
    inside = [n for n in args.of_preposition(node, "of") if _substance(n)]
    return inside[0] if inside else node


def _meant(node: Node) -> Node:
    """``sold Y, a year after it bought it``: Y, what the sentence sells."""
    if node.lemma == "control" and (held := list(args.of_preposition(node, "of", "over"))):
        # "a bid for control of Y"
        return held[0]
    verb = node.head
    if node.word != "it" or verb is None or node.dep != "dobj":
        return node
    for above in verb.ancestors():
        if above.tag.startswith("VB") and above is not verb:
            for told in args.objects(above):
                if told.name is not None and told.index < node.index:
                    return told
    return node


def _sold_by_the_piece(node: Node) -> bool:
    """``buying iPhones``: a product in the plural is no business."""
    name = node.name
    if name is None or name.kind is not EntityKind.PRODUCT:
        return False
    return name.text.endswith("s") and not name.name.endswith("s")


def _some_shares(node: Node) -> bool:
    """``bought 40,000 shares of Y``: so many of them are not the company."""
    return node.lemma == "share" and bool(node.all("nummod"))


def _clientele(node: Node) -> bool:
    """``acquired customers such as Y``: who wins customers buys none of them."""
    return node.name is None and node.lemma in words("nouns", "customers") | words(
        "nouns", "people"
    )


def _named_unit(roles: Roles, node: Node) -> Filler | None:
    """``its VMware unit``, ``X's Altera division``: the unit goes by the name before the noun."""
    if node.name is not None or node.lemma not in words("nouns", "unit") or not node.all("poss"):
        return None
    named = [c for c in node.all("compound", "nmod") if c.name is not None]
    for child in named:
        name = child.name
        if name is not None and name.entity is None and name.kind is EntityKind.PRODUCT:
            # taken for a product because it is "its"
            name = replace(name, kind=EntityKind.ORGANISATION)
        if name is not None and roles.is_company(name):
            return Filler(child, name)
    return None


def _substance(node: Node) -> bool:
    return node.lemma in words("nouns", "substance")


def _of_whom(roles: Roles, node: Node, avoid: Sequence[Name]) -> list[Filler]:
    """``bought assets from X``, ``the team behind X``."""
    verb = node.head
    if node.lemma == "share":
        # "bought back shares from X": who sells shares is not what they are of
        return []
    near = [*args.of_preposition(node, "behind", "from", "at", "of")]
    if not near and verb is not None and node.dep == "dobj":
        near = list(args.of_preposition(verb, "from", "behind"))
    if not near and verb is not None and node.dep == "pobj" and verb.head is not None:
        # "the acquisition of the team from X"
        near = list(args.of_preposition(verb.head, "from", "behind", "at"))
    found = roles.parties([n for n in near if n.name is not None], "company", avoid)
    return [Filler(f.node, f.name, "part") for f in found]


def _examples(roles: Roles, node: Node, avoid: Sequence[Name]) -> list[Filler]:
    """``acquired several teams, including X and Y``: those of X and Y."""
    verb = node.head if node.dep == "dobj" else None
    preps = [*node.all("prep"), *(verb.all("prep") if verb is not None else ())]
    told = [n for p in preps if p.word in ("including", "like") for n in p.all("pobj")]
    found = roles.parties([n for n in told if n.name is not None], "company", avoid)
    return [Filler(f.node, f.name, "part") for f in found]


def _unit(roles: Roles, node: Node, avoid: Sequence[Name]) -> Filler | None:
    """The unit with its owner's name before it, whichever way the words stand."""
    if node.name is not None or node.lemma not in words("nouns", "unit"):
        return None
    near = [*node.all("poss"), *args.of_preposition(node, "of"), *node.all("compound", "nmod")]
    owners = [(n, n.name) for n in near if n.name is not None and n.name.is_organisation]
    if not owners:
        own = [n for n in node.all("poss") if n.word in ("its", "their")]
        owners = [(n, f.name) for n in own for f in roles.parties([n], "company", avoid)]
    kinds = [c for c in node.all("compound", "amod", "nmod") if c.name is None and _tells(c)]
    if not owners or not kinds:
        return None
    owner, whose = owners[0]
    if whose.name in {a.name for a in avoid}:
        return None
    told = [n for n in node.subtree() if kinds[0].subtree()[0].index <= n.index <= node.index]
    called = " ".join(n.text for n in told).replace(" - ", "-")
    first, last = min(told[0].start, owner.start), max(node.end, owner.end)
    name = Name(called, first, last, f"{whose.name}'s {called}", None, EntityKind.ORGANISATION)
    return Filler(replace(node, start=first, end=last, text=called), name)


def _tells(node: Node) -> bool:
    """Whether a modifier says what the unit does, rather than how large or whose it is."""
    return node.dep != "amod" or node.lemma not in ("own", "entire", "whole", "former", "new", "old", "struggling", "ailing", "small", "large", "big")  # fmt: skip
