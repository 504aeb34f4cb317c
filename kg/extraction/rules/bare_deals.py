"""A word for a deal and two companies in one clause, where no frame says how they stand to it.

A clause that names two organisations and no third, and speaks of a pact, a licence or joint
work, mostly tells that the two have it, in whatever words. What speaks against it is looked
for instead: a takeover, a dispute, one of them as the one who reports or is only compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.fillers import Filler, allowed
from kg.extraction.rules.frames import Frame, frame_named
from kg.extraction.rules.gazetteer import Name, publishes
from kg.extraction.rules.language import is_word
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.model import EntityKind, Kind

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases

FRAME = "deal of the two named"


def left_over(phrases: Phrases, found: Sequence[Match]) -> list[Match]:
    """The deals that clauses tell of the only two organisations that they name, besides those found."""
    frame = frame_named(FRAME, Kind.PARTNERSHIP)
    told = {_pair(m.subject.name.name, m.object.name.name) for m in found if m.subject}
    spent = {m.trigger.index for m in found if m.frame.kind is Kind.PARTNERSHIP}
    matches: list[Match] = []
    for cue in phrases.parsed.nodes:
        if cue.index in spent or not _is_cue(cue, frame) or _of_software(phrases, cue):
            continue
        for one, other in _two_of(phrases, cue, found):
            if one.name.entity is None or other.name.entity is None:
                # where no frame reads it, a name that nobody knows is mostly none
                continue
            pair = _pair(one.name.name, other.name.name)
            if pair not in told and not _is_investment(phrases, cue, pair):
                told.add(pair)
                matches.append(Match(frame, cue, one, other))
    return matches


def _is_investment(phrases: Phrases, cue: Node, pair: frozenset[str]) -> bool:
    """``As part of the agreement``, where that is the investment or purchase told before."""
    money = phrases.roles.context.deals.money_between(set(pair))
    return money and cue.lemma in ("deal", "agreement", "arrangement")


def _pair(one: str, other: str) -> frozenset[str]:
    return frozenset({one, other})


def _is_cue(node: Node, frame: Frame) -> bool:
    if node.name is not None:
        return False
    if node.tag.startswith("VB"):
        return node.lemma in frame.verb and node.dep not in ("amod", "acomp", "oprd")
    return node.lemma in frame.noun and node.tag == "NN"


def _of_software(phrases: Phrases, cue: Node) -> bool:
    """``MIT-licensed``, ``keeps the BSD licence of its open source code``: terms for everybody."""
    nodes = phrases.parsed.nodes
    if not cue.lemma.startswith("licen"):
        return False
    return nodes[cue.index - 1].text == "-" or any(n.word == "source" for n in nodes)


def _two_of(phrases: Phrases, cue: Node, found: Sequence[Match]) -> Iterator[tuple[Filler, Filler]]:
    """The two whom the sentence of the cue names, or else its clause, if they are two and no more."""
    nodes = phrases.parsed.nodes
    if any(n.lemma in words("nouns", "of_takeovers") for n in nodes) or _of_another(phrases, cue):
        return
    whole = [] if found or any(n.text == ";" for n in nodes) else _only_two(phrases, nodes)
    two = whole or _only_two(phrases, list(_clause(cue)))
    if any(n.name is not None and _is_third(n.name, two) for n in _speakers(cue)):
        # "X said a deal with A was signed beside B's contract": either is with X
        return
    if two and not _judged_alone(two, cue):
        yield two[0], two[1]


def _speakers(cue: Node) -> Iterator[Node]:
    for above in (cue, *cue.ancestors()):
        yield from args.speakers(above)


def _is_third(name: Name, two: Sequence[Filler]) -> bool:
    company = name.is_organisation and not name.is_authority and not publishes(name)
    return company and all(f.name.name != name.name for f in two)


def _of_another(phrases: Phrases, cue: Node) -> bool:
    """Whether the deal is one told before, of a takeover, or of whom a word stands for."""
    if cue.lemma == "deal":
        told = phrases.roles.deal("deal")
        if told is not None and told[0] != "partnership":
            return True
        goods = words("nouns", "rights") | words("nouns", "supply") | {"licensing"}
        prep = cue.head
        under = cue.dep == "pobj" and prep is not None and prep.word in ("under", "of")
        lets = cue.dep == "nsubj" and prep is not None and prep.lemma in words("nouns", "granting")
        if (
            not under
            and not lets
            and not any(c.lemma in goods for c in cue.all("compound", "nmod"))
        ):
            return True
    verb = next((n for n in cue.ancestors() if n.tag.startswith("VB")), None)
    doers = verb.all("nsubj") if verb is not None else []
    return any(
        n.name is None
        and n is not cue
        and (n.word in ("it", "they") or n.lemma in words("nouns", "company"))
        and not any(
            m.name is not None for m in n.subtree() if m.dep in ("compound", "appos", "poss")
        )
        for n in doers
    )


def _only_two(phrases: Phrases, nodes: Sequence[Node]) -> list[Filler]:
    if any(n.lemma in words("nouns", "no_partnership") for n in nodes):
        return []
    named = [n for n in nodes if n.name is not None and _may_be_party(n)]
    first = {n.name.name: n for n in reversed(named) if n.name is not None}
    if len(first) != 2 or any(map(_beside_the_point, named)):
        return []
    two = phrases.roles.parties(sorted(first.values(), key=lambda n: n.index), "partner")
    return two if len({f.name.name for f in two}) == 2 else []


def _judged_alone(two: Sequence[Filler], cue: Node) -> bool:
    """Whether what is told is told of each: ``A and B get contracts``."""
    one, other = two
    listed = other.node.dep == "conj" and other.node.head is one.node
    if listed and cue.lemma in words("nouns", "of_one"):
        return True
    above = [n.node.head for n in two if n.node.dep == "pobj"]
    if len(above) == 2 and above[0] and above[1] and above[0].word == above[1].word:
        # "no deal with A, and a pact with B": each with a third
        return True
    # "X's Y": one and the same
    return not listed and (one.node.head is other.node or other.node.head is one.node)


def _clause(cue: Node) -> Iterator[Node]:
    """The words of the cue's clause, without clauses within it."""
    top = cue
    while top.head is not None and not _begins_clause(top):
        top = top.head
    yield from _within(top)
    if top.dep in ("relcl", "acl") and top.head is not None:
        yield top.head


def _begins_clause(node: Node) -> bool:
    return node.dep in ("relcl", "advcl", "ccomp", "parataxis", "acl") and node.tag.startswith("VB")


def _within(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        if not _begins_clause(child):
            yield from _within(child)


def _may_be_party(node: Node) -> bool:
    name = node.name
    return name is not None and not (
        name.is_place or name.is_person or name.kind is EntityKind.GOVERNMENT
    )


def _beside_the_point(node: Node) -> bool:
    """Whether one named is only who tells, who advises, or with whom another is compared."""
    name = node.name
    if name is None or not (allowed(name, "partner") or name.owner):
        return True
    head = node.head
    if name.entity is None and (is_word(name.text) or not name.text[:1].isupper()):
        return True
    if head is None:
        return False
    tells = node.dep == "nsubj" and head.lemma in words("references", "saying")
    if publishes(name) and (tells or head.word == "by"):
        # "X says", "obtained by X"
        return True
    if head.lemma in _TELLING and node.dep in ("nsubj", "pobj", "dobj", "dative"):
        return True
    by = head.head if node.dep == "pobj" and head.word in ("by", "to") else None
    if by is not None and by.lemma in _SEEING | _TELLING:
        return True
    if node.dep == "pobj" and head.word in _COMPARING:
        return True
    return node.dep in ("compound", "poss", "nmod") and head.lemma in _TELLERS


_TELLING = frozenset({"report", "tell", "write"})
_SEEING = frozenset({"obtain", "see", "review", "view", "cite", "publish", "hear", "accord"})
_COMPARING = frozenset({"unlike", "like", "than", "against", "after"})
_TELLERS = frozenset({"analyst", "note", "survey", "report", "interview", "reporter"})
