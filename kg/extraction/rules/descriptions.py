"""What the words of a pronoun or description tell by themselves, from the parse around them."""

from __future__ import annotations

from kg.extraction.rules.gazetteer import Name, publishes
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.parsing import Node
from kg.model import EntityKind
from kg.registry import Registry


def refers(node: Node) -> bool:
    """Whether a pronoun or description may stand for a company told before."""
    if node.word in words("nouns", "pronoun"):
        return node.word not in ("which", "that")
    if node.lemma in words("references", "beside") or _is_joint_venture(node):
        return False
    if _is_of_something_named(node):
        return False
    described = node.lemma in words("nouns", "company") or (
        node.lemma in words("references", "funder") and node.tag == "NN"
    )
    return described and is_definite(node)


def _is_of_something_named(node: Node) -> bool:
    """``the parent of the Fenwork app``: whoever has it, told before or not."""
    if node.lemma not in words("references", "owner_word"):
        return False
    inside = [p for p in node.all("prep") if p.word in ("of", "behind")]
    return any(n.name is not None or n.tag == "NNP" for p in inside for n in p.subtree())


def _is_joint_venture(node: Node) -> bool:
    """``in the joint venture``, ``the stakes in the venture``: what several formed, and none of them."""
    return node.lemma == "venture"


def is_definite(node: Node) -> bool:
    """Whether the description is of something known: ``the``, ``this``."""
    determiner = node.child("det")
    if determiner is not None:
        return determiner.word in ("the", "this", "that")
    return node.child("poss") is not None and node.lemma == "regulator"


def country(node: Node) -> str | None:
    """The country that an adjective of the description tells: ``the French company``."""
    nations = table("names")["nationality"]
    for child in node.children:
        if child.text in nations:
            return str(nations[child.text])
        land = child.name
        if land is not None and land.kind is EntityKind.GOVERNMENT and child.dep != "poss":
            # "the Singapore group"
            return land.entity.country if land.entity is not None else None
    return None


def seat(node: Node) -> tuple[Name, ...]:
    """The places that the description tells: ``the Redmond company``, ``the Paris-based lab``."""
    near = [
        m
        for c in node.children
        if c.dep in ("compound", "nmod", "amod")
        for m in (c, *c.all("npadvmod", "compound", "nmod"))
    ]
    return tuple(n.name for n in near if n.name is not None and n.name.is_place)


def by_product(node: Node, registry: Registry) -> Name | None:
    """``the Windows maker``, ``Facebook parent``: whose product or subsidiary the compound names."""
    if node.lemma not in words("references", "owner_word"):
        return None
    inside = [n for p in node.all("prep") if p.word in ("of", "behind") for n in p.all("pobj")]
    inside += [c for n in inside if n.name is None for c in n.all("compound") if c.name]
    for child in (*node.children, *inside):
        if (
            child.dep in ("compound", "nmod", "amod", "poss", "npadvmod", "pobj")
            and child.name is not None
        ):
            if child in inside and not child.name.owner:
                continue
            name = child.name
            if name.owner:
                owner = registry.get(name.owner)
                if owner and owner.parent and node.lemma in ("parent", "owner"):
                    # "the Slack owner": whose Slack Technologies is
                    owner = registry.get(owner.parent)
                return _as(name, owner.name, owner.id, registry) if owner else None
            if name.entity is not None and node.lemma in ("parent", "owner") and name.entity.parent:
                parent = registry.get(name.entity.parent)
                return _as(name, parent.name, parent.id, registry) if parent else None
            key = name.text.casefold()
            owner_id = table("products").get(key)
            owner = registry.get(owner_id) if owner_id else None
            return _as(name, owner.name, owner.id, registry) if owner else None
        key = child.text.casefold()
        if child.dep in ("compound", "nmod", "amod") and key in table("products"):
            owner = registry.get(table("products")[key])
            if owner:
                return Name(child.text, child.start, child.end, owner.name, owner, owner.kind)
    return None


def head_of(node: Node) -> Name | None:
    """The person by whom a company is described: ``the Sam Altman-led start-up``."""
    if node.lemma not in words("nouns", "company"):
        return None
    for led in node.all("amod", "compound", "nmod"):
        if led.lemma in words("references", "headed"):
            for person in led.all("npadvmod", "compound", "nmod", "amod", "nsubj"):
                if person.name is not None and person.name.is_person:
                    return person.name
    return None


def acting(node: Node) -> set[str]:
    """Who acts in the node's own clause: ``A and B back the maker``, so the maker is neither."""
    if node.dep == "poss":
        return set()
    inside = {node}
    verb = node.head
    while verb is not None and not verb.tag.startswith("VB"):
        if verb.tag.startswith("NN") and any(n.name is not None for n in verb.all("poss")):
            # "X lost Y after Z's investment in the company": Z acts, and X may be meant
            return set()
        inside.add(verb)
        verb = verb.head
    subject = verb.child("nsubj", "nsubjpass") if verb is not None else None
    while subject is None and verb is not None and verb.dep == "xcomp" and verb.head is not None:
        # "A, the owner of B, is to buy it"; but "A asked B to buy it"
        verb = verb.head
        if verb.child("dobj", "dative") is not None:
            return set()
        subject = verb.child("nsubj", "nsubjpass")
    if subject is None or subject in inside:
        return set()
    # "A, the owner of B, will buy it": not B; "will supply the start-up": B
    meant = subject.subtree() if node.word in words("nouns", "pronoun") else _beside(subject)
    return {n.name.name for n in meant if n.name is not None}


def _beside(subject: Node) -> list[Node]:
    """The subject and what is below it, but for what tells who it is: of ``A, the owner of B`` A."""
    told = [c for c in subject.all("appos") if c.name is None]
    aside = {id(n) for c in told for n in c.subtree()}
    return [n for n in subject.subtree() if id(n) not in aside]


def not_itself(node: Node) -> set[str]:
    """``Y, whose models it uses``, ``Y, which it backs``: "it" is not Y."""
    told = _told_at_the_opening(node)
    if told:
        return told
    clause = node.head
    if node.dep != "nsubj" or clause is None or clause.dep != "relcl" or clause.head is None:
        return set()
    name = clause.head.name
    return {name.name} if node.word in ("it", "they") and name is not None else set()


def reported_by(node: Node, about: Name | None) -> set[str]:
    """``Reuters reported that it had signed``: "it" is not Reuters.

    Nor where Reuters only said so, in a piece ``about`` somebody else.
    """
    told = set[str]()
    reporting = _REPORTING if about is None or publishes(about) else _REPORTING | {"say"}
    for verb in node.ancestors():
        above = verb.head
        if verb.dep == "ccomp" and above is not None and above.lemma in reporting:
            speakers = [n.name for n in above.all("nsubj") if n.name is not None]
            told |= {n.name for n in speakers if publishes(n)}
    return told


_REPORTING = frozenset({"report", "write", "reveal", "learn", "understand", "hear"})


def _told_at_the_opening(node: Node) -> set[str]:
    """``Originally owned by X, it``, ``A former unit of X, the company``: "it" is not X."""
    verb = node.head
    if node.dep not in ("nsubj", "nsubjpass") or verb is None:
        return set()
    below = sorted(verb.subtree(), key=lambda n: n.index)
    before = [n for n in below if n.index < node.index - len(node.all("det"))]
    if not before or before[-1].word != "," or any(n.dep in ("nsubj", "nsubjpass") for n in before):
        return set()
    first = before[0] if before[0].tag != "RB" else before[1]
    if first.tag != "VBN" and before[0].word not in ("a", "an", "formerly", "once"):
        return set()
    return {n.name.name for n in before if n.name is not None}


def means_people(node: Node) -> bool:
    """Whether the nearest plural before "they" is one of people: ``users who ... if they buy``."""
    top = node
    for above in node.ancestors():
        top = above
    for before in reversed(top.subtree()):
        if before.index >= node.index:
            continue
        if before.name is not None and before.name.is_organisation:
            return False
        if before.tag == "NNS" and before.lemma in words("nouns", "company"):
            return before.lemma in words("nouns", "people")
        if before.tag in ("NNS", "NN") and before.lemma in words("nouns", "people"):
            return before.tag == "NNS"
    return False


def _as(name: Name, full: str, entity_id: str, registry: Registry) -> Name:
    entity = registry.get(entity_id)
    return Name(name.text, name.start, name.end, full, entity, entity.kind if entity else None)


def bare(node: Node) -> bool:
    """``FTC chair says agency is looking into X``: a headline leaves the article out."""
    plain = node.lemma in ("agency", "regulator", "watchdog") and node.tag == "NN"
    return plain and node.dep in ("nsubj", "nsubjpass") and not node.children
