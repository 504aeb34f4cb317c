"""What a deal is for, as the words after it say: ``a deal to use Y's cloud``, ``to supply Y``.

The parse hangs such an infinitive, and the ``with`` of a deal, on some other word as often
as on the deal; here they are read where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.lexicon import words

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


def models_used(nodes: Sequence[Node], noun: Node) -> list[Node]:
    """``a deal to deploy Y's models``, also behind a date: the models, not who makes them."""
    verb = _infinitive(nodes, noun)
    above = noun.head if noun.dep == "dobj" else None
    clauses = [c for n in (noun, above) if n is not None for c in n.all("acl", "advcl", "xcomp")]
    after = [c for c in clauses if c.tag == "VB" and c.index > noun.index]
    verb = verb or next(iter(after), None)
    if verb is None or verb.lemma not in _USING - _BUYING:
        return []
    return [o for o in args.objects(verb) if o.name is None and o.lemma in words("nouns", "model")]


_BUYING = frozenset({"buy", "purchase", "rent", "lease"})


def supplied(nodes: Sequence[Node], noun: Node) -> list[Node]:
    """``a deal to supply chips to Y``, ``to provide Y with power``: Y."""
    verb = _infinitive(nodes, noun)
    if verb is None or verb.lemma not in _SUPPLYING:
        return []
    told = [n for c in verb.all("dative", "iobj") for n in ([c] if c.name else c.all("pobj"))]
    with_what = any(p.word == "with" for p in verb.subtree() if p.dep == "prep")
    told += [
        o for o in verb.all("dobj") if with_what and o.name is not None and not o.name.is_artefact
    ]
    # "supply X's Mexican unit with parts"
    units = [o for o in verb.all("dobj") if with_what and o.lemma in words("nouns", "unit")]
    told += [c for o in units for c in o.all("poss") if c.name is not None]
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


def site(nodes: Sequence[Node], trigger: Node) -> list[Node]:
    """``buys power from two Y plants``, ``supplies chips to Y's data centres``: Y."""
    found: list[Node] = []
    for prep in trigger.subtree():
        if prep.dep in ("prep", "dative") and prep.word in ("from", "to", "for"):
            found += [
                n
                for o in prep.all("pobj")
                if o.name is None and o.lemma in words("nouns", "site")
                for n in (*o.all("poss"), *o.all("compound", "nmod"))
                if n.name is not None and n.name.is_organisation and not n.name.is_authority
            ]
    return found[:1]


def programme(_: Sequence[Node], verb: Node) -> list[Node]:
    """``X's programme has signed up Y``, ``Y signed up to X's programme``: X."""
    return [
        n
        for o in (*args.surface_subjects(verb), *args.of_preposition(verb, "to", "for"))
        if o.lemma in _PROGRAMMES
        for n in (*o.all("poss"), *o.all("compound", "nmod"))
        if n.name is not None
    ]


_PROGRAMMES = frozenset({"programme", "program", "scheme", "initiative", "service", "platform"})


PURPOSES = {
    "to use": used,
    "to use models": models_used,
    "to supply": supplied,
    "means of doing": means_of_doing,
    "payee": payee,
    "site": site,
    "programme": programme,
}
"""Places of a frame that are read from what the deal is for."""
