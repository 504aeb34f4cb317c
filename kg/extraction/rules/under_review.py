"""The companies that a case is about: named themselves, or through a deal, a conduct, a product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.backers import exemplified
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases

_INSTANCES = frozenset({"including", "like", "such", "as"})
_INTO = ("of", "by", "from", "in", "for", "with", "behind", "to")


def _instances(noun: Node) -> list[Node]:
    """``partnerships, including A's with B``: the deals named as examples."""
    preps = [p for p in noun.all("prep") if p.word in _INSTANCES]
    return [n for p in preps for q in (p, *p.all("prep")) for n in q.all("pobj")]


def reviewed(
    phrases: Phrases, nodes: list[Node], avoid: list[Name], depth: int = 0
) -> list[Filler]:
    """The companies under review: named themselves, or through a deal, a conduct, a product."""
    found: list[Filler] = []
    for node in nodes:
        for each in conjuncts(node):
            fillers: list[Filler] = []
            examples = _instances(each) if each.name is None else []
            examples = examples or exemplified(phrases.parsed.nodes, each)
            if examples and depth < 3:
                fillers = reviewed(phrases, examples, avoid, depth + 1)
            if each.word == "those":
                # "services such as those of A and B"
                examples = examples or list(args.of_preposition(each, "of", "from", "by"))
            about = _about(each)
            if about and depth < 3:
                fillers = reviewed(phrases, about, avoid, depth + 1)
            if fillers:
                pass
            elif each.tag.startswith("VB"):
                inner = args.objects(each)
                fillers = reviewed(phrases, inner, avoid, depth + 1) if inner else []
                if not fillers:
                    fillers = _of_themselves(phrases, args.surface_subjects(each), avoid)
            elif each.name is None and each.lemma in words("nouns", "deal"):
                fillers = _own(phrases, each, avoid) or phrases.deal_parties(each, avoid)
            if not fillers and each.name is None and _names_a_thing(each):
                fillers = _own(phrases, each, avoid)
            if not fillers:
                fillers = _of_themselves(phrases, [each], avoid)
            if not fillers and each.name is None:
                fillers = phrases.deal_parties(each, avoid)
            if not fillers and each.name is None and each.pos == "NOUN" and depth < 3:
                inner = [*each.all("poss"), *args.of_preposition(each, *_INTO)]
                fillers = reviewed(phrases, inner, avoid, depth + 1) if inner else []
            if not fillers and each.name is None and each.lemma in words("nouns", "deal"):
                # "the arrangement where X hired"
                doers = [s for c in each.all("relcl") for s in args.surface_subjects(c)]
                doers = [s for s in doers if s.name is not None]
                fillers = phrases.roles.parties(doers, "company", avoid)
            if not fillers and each.name is None:
                fillers = _told_before(phrases, each)
            found += [
                f
                for f in fillers
                if not f.name.is_authority and f.name.name not in {g.name.name for g in found}
            ]
    return found


def _about(node: Node) -> list[Node]:
    """Of ``A/B`` A, of ``a complaint from A about B`` B, of ``deals forged by A`` A."""
    if node.name is not None:
        joined = [n for n in node.all("nmod", "compound") if n.name is not None]
        slash = any(c.text == "/" for n in (node, *joined) for c in n.all("punct"))
        return [n for n in joined if slash and n.name is not None and not n.name.is_place]
    if node.lemma in words("nouns", "buying"):
        verb = node.head
        above = [verb] if verb is not None and node.dep == "dobj" else []
        buyers = [n for v in (node, *above) for n in args.of_preposition(v, "by")]
        return [n for n in buyers if n.name is not None and not n.name.is_authority]
    if node.lemma == "complaint":
        return list(args.of_preposition(node, "against", "about", "over", "regarding", "on"))
    if node.lemma in words("nouns", "deal"):
        dealing = words("verbs", "dealing") | {"hold", "own"}
        # "examined a stake held by G42"
        made = [c for c in node.all("acl") if c.lemma in dealing]
        return [n for c in made for n in args.subjects(c) if n.name is not None]
    return []


def _names_a_thing(noun: Node) -> bool:
    """``its Photon Plus service``: what is joined before the noun may be a thing of its owner's."""
    joined = noun.all("compound", "nmod")
    return any(c.name is not None and c.name.entity is None for c in joined)


def _own(phrases: Phrases, noun: Node, avoid: list[Name]) -> list[Filler]:
    """``X faces a probe over its purchase of Y``: "its" is X's, where X is no authority."""
    owners = [n for n in noun.all("poss") if n.word in ("its", "their")]
    here = {n.name.name for n in phrases.parsed.nodes if n.name is not None}
    found = phrases.roles.parties(owners, "company", avoid)
    return [Filler(f.node, f.name, f.how, noun) for f in found if f.name.name in here]


def _told_before(phrases: Phrases, noun: Node) -> list[Filler]:
    """``the purchase``, ``the partnership``: whose it is; of an acquisition, the acquirer."""
    if not any(c.word in ("the", "this", "that") for c in noun.all("det")):
        return []
    told = phrases.roles.deal(noun.lemma)
    if told is None and noun.lemma in _BETWEEN_TWO:
        # "X put money into Y. The CMA is to review the partnership"
        told = phrases.roles.deal("investment")
    if told is None:
        return _told_here(phrases, noun)
    kind, subject, target = told
    ends = (subject,) if kind == "acquisition" else (subject, target)
    return [Filler(noun, name, "reference", noun) for name in ends]


def _told_here(phrases: Phrases, noun: Node) -> list[Filler]:
    """``after the deal between A and B, it opened an inquiry into that partnership``: A and B."""
    if noun.lemma not in _BETWEEN_TWO:
        return []
    for before in reversed(phrases.parsed.nodes[: noun.index]):
        if before.name is None and before.lemma in _BETWEEN_TWO:
            found = phrases.deal_parties(before, ())
            if len(found) > 1:
                return [Filler(noun, f.name, "reference", noun) for f in found]
    return []


_BETWEEN_TWO = frozenset(
    {"deal", "partnership", "agreement", "alliance", "tie-up", "collaboration", "arrangement"}
)


def _of_themselves(phrases: Phrases, nodes: list[Node], avoid: list[Name]) -> list[Filler]:
    """The companies that the nouns name; of a model that is blocked or looked into, whose it is."""
    want = "organisation" if any(map(is_model, nodes)) else "company"
    return phrases.roles.parties(nodes, want, avoid)


def is_model(node: Node) -> bool:
    return node.name is not None and node.name.kind is EntityKind.MODEL
