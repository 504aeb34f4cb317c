"""Whom a frame of pairs joins, and which of several with whom: ``between A and B, C and D, and E and F``."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.deals import of_a_takeover
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.frames import Frame, object_want
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.phrases import Phrases
from kg.extraction.rules.place_words import nodes_at
from kg.extraction.rules.support_verbs import support

Pairs = list[tuple[Filler, Filler]]


def _pairs_of(
    fillers: Sequence[Filler], listed: Sequence[Node], nodes: Sequence[Node], trigger: Node
) -> Pairs:
    """The pairs of parties, as the marks between the ``listed`` nouns tell; else each with each.

    ``deals between A and the start-ups B, C and D`` are of A with each of the others, ``deals
    between A and B, C and D`` are two.
    """
    by_name = {f.name.name: f for f in fillers}
    told = [n for n in listed if n.name is not None and n.name.name in by_name]
    told.sort(key=lambda n: n.index)
    if trigger.tag != "NNS" or len(told) <= _PAIR:
        return list(itertools.combinations(fillers, 2))
    segments = _segments(told, nodes)
    if len(segments) > 1 and all(len(s) >= _PAIR for s in segments):
        return [pair for s in segments for pair in _in_list(s, by_name, nodes)]
    return _in_list(told, by_name, nodes)


def _in_list(told: Sequence[Node], by_name: Mapping[str, Filler], nodes: Sequence[Node]) -> Pairs:
    """The pairs within one list of parties."""
    parties = [by_name[n.name.name] for n in told if n.name is not None]
    marks = [_mark(a, b, nodes) for a, b in itertools.pairwise(told)]
    if len(told) > _PAIR and marks:
        described = any(n.word == "the" for n in nodes[told[0].index + 1 : told[1].index])
        if len(told) % 2 == 0 and not described and _alternate(marks):
            return [(parties[i], parties[i + 1]) for i in range(0, len(told), 2)]
        if (two := _groups(told, marks)) is not None:
            return [(a, b) for a in parties[:two] for b in parties[two:]]
        if marks[0] == "and":
            return [(parties[0], b) for b in parties[1:]]
        if _is_list(marks) and _described(told, len(told) - 1):
            # "between A, B and the start-up C"
            return [(a, parties[-1]) for a in parties[:-1]]
        if len(told) > _FEW:
            # "deals between A, B, C and D": who has one with whom is not told
            return []
    return list(itertools.combinations(parties, 2))


def _segments(told: Sequence[Node], nodes: Sequence[Node]) -> list[list[Node]]:
    """``between A and B, between C and D``, ``between A and B, and C, D and E``: lists of their own."""
    segments = [[told[0]]]
    for before, here in itertools.pairwise(told):
        words = [n.word for n in nodes[before.index + 1 : here.index]]
        marks = [_mark(a, b, nodes) for a, b in itertools.pairwise(segments[-1])]
        closed = "and" in marks and "," in words and "and" in words
        if "between" in words or closed:
            segments.append([here])
        else:
            segments[-1].append(here)
    return segments


def _described(told: Sequence[Node], index: int) -> bool:
    """Whether words that describe a party stand before it, which the parse does without."""
    return told[index].start - told[index - 1].end > len(", and ")


def _groups(told: Sequence[Node], marks: Sequence[str]) -> int | None:
    """How many come before the second ``and`` of ``between A, B and C and the start-ups D and E``; None for one group.

    Each group is a list of its own; of several ways the one is taken in which words that
    describe the second group stand before it.
    """
    ways = [
        i + 1
        for i, mark in enumerate(marks)
        if mark == "and" and _is_list(marks[:i]) and _is_list(marks[i + 1 :])
    ]
    told_apart = [w for w in ways if _described(told, w)]
    if len(ways) == 1 and marks.count("and") > 1:
        return ways[0]
    return told_apart[0] if len(told_apart) == 1 and len(ways) > 1 else None


def _is_list(marks: Sequence[str]) -> bool:
    """``A``, ``A and B``, ``A, B and C``."""
    return not marks or (marks[-1] == "and" and all(m == "," for m in marks[:-1]))


def _mark(one: Node, other: Node, nodes: Sequence[Node]) -> str:
    between = [n.word for n in nodes[one.index + 1 : other.index]]
    if "," in between or ";" in between:
        return ","
    return "and" if "and" in between or "&" in between else ""


def _alternate(marks: Sequence[str]) -> bool:
    return all(m == ("," if i % 2 else "and") for i, m in enumerate(marks))


def paired(phrases: Phrases, frame: Frame, trigger: Node) -> list[Match]:
    """What a frame of pairs finds: each two parties that the trigger joins."""
    want = frame.object_is or object_want(frame)
    if frame.name == "partnership between" and (
        of_a_takeover(trigger) or _told_takeover(phrases, trigger)
    ):
        return []
    if frame.name in ("merge two", "both merge") and any(
        n.name is not None or n.all("poss") for n in args.of_preposition(trigger, "into")
    ):
        # "A and B will be merged into C"
        return []
    for place in frame.pair:
        fillers = phrases.fill(nodes_at(phrases.parsed, trigger, place), want, (), trigger)
        if place == "support" and (_with(trigger) or _means_each(trigger)):
            continue
        if trigger.lemma == "contract" and place in _TOLD_OF_BOTH and not _is_signed(trigger):
            continue
        if (
            place in ("poss", "within", "their")
            and len(nodes_at(phrases.parsed, trigger, "with")) > 0
        ):
            continue
        if place == "makers" and _made_with(trigger):
            continue
        if place == "subj" and frame.name == "build together" and _many(trigger):
            continue
        if place == "left":
            fillers = phrases.hyphenated(trigger, want)
        if trigger.lemma == "combination":
            # of many things; of companies only where both are known as such
            fillers = [f for f in fillers if f.how == "name" and f.name.entity is not None]
        if _of_many(trigger, len(fillers)):
            return []
        if len(fillers) >= 2 and not (place == "subj" and _with(trigger)):
            both = {f.name.name for f in fillers[:2]}
            if place == "within" and phrases.roles.context.deals.money_between(both):
                # "As part of the agreement, ...", which is the investment told before
                return []
            if trigger.lemma == "deal" and phrases.roles.buys([f.name for f in fillers[:2]]):
                # "a deal between A and B is far from certain", where A wants to buy B
                return []
            listed = [c for n in nodes_at(phrases.parsed, trigger, place) for c in conjuncts(n)]
            return [
                Match(frame, trigger, a, b, 1)
                for a, b in _pairs_of(fillers, listed, phrases.parsed.nodes, trigger)
                if a.name.name != b.name.name
            ][:6]
    return []


_OPEN = frozenset({"open", "joint", "public"})
_OF_MANY = frozenset({"accord", "pact", "compact", "letter", "understanding"})


def _of_many(trigger: Node, parties: int) -> bool:
    """``signed an open letter``, ``A, B and C signed an accord on elections``: what others may sign, too."""
    told = {c.word for c in trigger.children}
    return (trigger.lemma == "letter" and bool(told & _OPEN)) or (
        trigger.lemma in _OF_MANY and parties > _PAIR
    )


_PAIR = 2
_FEW = 3


def _told_takeover(phrases: Phrases, noun: Node) -> bool:
    """``the companies ended the deal``, where the deal told before is a takeover."""
    if not any(c.word in ("the", "that", "this", "their") for c in noun.all("det", "poss")):
        return False
    told = phrases.roles.deal(noun.lemma)
    return told is not None and told[0] == "acquisition"


_TOLD_OF_BOTH = frozenset({"poss", "support", "their", "makers"})
_SIGNED = frozenset(
    {"sign", "ink", "conclude", "initial", "agree", "strike", "clinch", "negotiate"}
)


def _is_signed(contract: Node) -> bool:
    """``A and B signed the contract``; that they won, hold or bid for it tells of a third who gave it."""
    verb = support(contract)
    told = [*([verb] if verb is not None else []), *contract.all("relcl")]
    return any(v.lemma in _SIGNED for v in told)


def _means_each(trigger: Node) -> bool:
    """Whether the two who sign do so with others: plural deals, or deals on something of each."""
    return trigger.tag == "NNS"


def _many(verb: Node) -> bool:
    """``companies like A and B build data centres``: each its own."""
    many = words("nouns", "many") | words("nouns", "company")
    return any(n.name is None and n.lemma in many for n in args.subjects(verb))


def _made_with(trigger: Node) -> bool:
    """``deals that A and B have struck with C``: of either with C."""
    made = trigger.all("relcl", "acl")
    return any(True for c in made for _ in args.of_preposition(c, "with"))


def _with(trigger: Node) -> bool:
    """``A and B signed a contract with C``, wherever the parse hangs "with"."""
    verb = support(trigger)
    signed = verb is not None and trigger in args.objects(verb)
    near = [trigger, *([verb] if verb is not None and signed else [])]
    return any(True for n in near for _ in args.of_preposition(n, "with"))
