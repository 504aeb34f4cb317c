"""What a deal is for, as the words after it say: ``a deal to use Y's cloud``, ``to supply Y``.

The parse hangs such an infinitive, and the ``with`` of a deal, on some other word as often
as on the deal; here they are read where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node

_USING = frozenset(
    {
        "use",
        "buy",
        "rent",
        "lease",
        "license",
        "licence",
        "purchase",
        "deploy",
        "integrate",
        "offer",
        "embed",
    }
)
_SUPPLYING = frozenset({"supply", "provide", "deliver", "lease", "rent"})


def used(nodes: Sequence[Node], noun: Node) -> list[Node]:
    """``a deal to use Y's cloud``: the cloud."""
    verb = _infinitive(nodes, noun)
    return args.objects(verb) if verb is not None and verb.lemma in _USING else []


def supplied(nodes: Sequence[Node], noun: Node) -> list[Node]:
    """``a deal to supply chips to Y``, ``to provide Y with power``: Y."""
    verb = _infinitive(nodes, noun)
    if verb is None or verb.lemma not in _SUPPLYING:
        return []
    told = [n for c in verb.all("dative", "iobj") for n in ([c] if c.name else c.all("pobj"))]
    told += [o for o in verb.all("dobj") if o.name is not None]
    told += [
        n
        for prep in verb.subtree()
        if prep.dep == "prep" and prep.word in ("to", "for") and prep.index > verb.index
        for n in prep.all("pobj")
        if n.name is not None
    ]
    return told[:1]


def with_next(nodes: Sequence[Node], noun: Node, word: str) -> list[Node]:
    """``committed $5bn to deals with Y``: Y, where the parse hangs "with" on the verb."""
    after = nodes[noun.index + 1] if noun.index + 1 < len(nodes) else None
    if after is None or after.word != word or after.dep != "prep" or after.head is noun:
        return []
    return after.all("pobj")


def _infinitive(nodes: Sequence[Node], noun: Node) -> Node | None:
    to, verb = [*nodes[noun.index + 1 : noun.index + 3], None, None][:2]
    return (
        verb
        if to is not None and to.word == "to" and verb is not None and verb.tag == "VB"
        else None
    )


_TAKING_UP = frozenset(
    {"use", "license", "licence", "adopt", "deploy", "leverage", "employ", "integrate"}
)


def means_of_doing(_: Sequence[Node], verb: Node) -> list[Node]:
    """``licenses Z to power its assistant``: Z."""
    above = verb.head
    if verb.tag != "VB" or above is None or above.lemma not in _TAKING_UP:
        return []
    return [o for o in args.objects(above) if o.index < verb.index]


def payee(_: Sequence[Node], verb: Node) -> list[Node]:
    """``pays $5bn to Y for its servers``: Y."""
    bought = list(args.of_preposition(verb, "for"))
    return [n for n in args.of_preposition(verb, "to") if n.name is not None] if bought else []


PURPOSES = {"to use": used, "to supply": supplied, "means of doing": means_of_doing, "payee": payee}
"""Places of a frame that are read from what the deal is for."""
