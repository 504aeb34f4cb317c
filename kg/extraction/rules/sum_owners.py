"""Whose sum it is, where a sentence tells several deeds: that of the trigger nearest to it in the parse."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.rules.frames import frame_named
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.passing import aside_of
from kg.model import Kind


def belongs(
    parsed: Parsed,
    match: Match,
    matches: Sequence[Match],
    node: Node | None,
) -> bool:
    """Whether this match's trigger is the nearest one that may own the sum."""
    if node is None:
        return False
    low, high = sorted((node.index, match.trigger.index))
    if any(n.text == ";" for n in parsed.nodes[low:high]) or _of_others(node, match):
        return False
    if _has_its_own(match.object.node, node):
        return False
    aside = aside_of(match.trigger)
    if aside is not None and node not in aside.subtree():
        # "X-backed Y will spend $5bn"
        return False
    if _put_elsewhere(node, match.trigger):
        return False
    if _raised_by_another_verb(node, match) or _told_with_another_verb(parsed, node, match):
        return False
    if _in_another_clause(node, match.trigger) or _in_another_clause(match.trigger, node):
        return False
    own = _distance(node, match)
    rivals = [
        m
        for m in matches
        if m is not match
        and (m.frame.kind in (Kind.INVESTMENT, Kind.ACQUISITION, Kind.PARTNERSHIP, Kind.SCRUTINY))
        and m.trigger is not match.trigger
        and not _raised_by_another_verb(node, m)
        and (m.subject and m.subject.name.name, m.object.name.name)
        != (match.subject and match.subject.name.name, match.object.name.name)
    ]
    best = min((_distance(node, m) for m in rivals), default=99)
    if own > best:
        return False
    return own <= (7 if rivals else 9)


def _has_its_own(target: Node, money: Node) -> bool:
    """``$1 billion in X and two billion in Y``: of Y's sum the currency is not said."""
    if any(n.money is None and n.lemma in ("billion", "million") for n in target.all("nummod")):
        # "fined X 500 million euros and Y 200 million"
        return True
    prep = target.head
    above = prep.head if prep is not None and target.dep == "pobj" else None
    return above is not None and above is not money and above.lemma in ("billion", "million")


def _put_elsewhere(money: Node, trigger: Node) -> bool:
    """``has put $5 million into start-ups and acquired Y``: what was put in is not what was paid."""
    verb = money.head
    if money.dep != "dobj" or verb is None or trigger.head is not verb or trigger.dep != "conj":
        return False
    put = any(p.word in ("into", "in") and p.index > money.index for p in verb.all("prep"))
    return put and verb.lemma in _PUTTING_IN and trigger.tag in ("VBD", "VBN", "VBZ")


def _governing(node: Node) -> Node | None:
    return next((n for n in node.ancestors() if n.tag.startswith("VB")), None)


def _raised_by_another_verb(node: Node, match: Match) -> bool:
    """``after the company raised $300 million from Z, X will take a stake``: what it raised is not X's."""
    verb = _governing(node)
    if verb is None or verb.lemma != "raise" or verb is match.trigger:
        return False
    if any(n.head is verb and n.dep == "nsubj" for n in (node, *node.ancestors())):
        # "X's $5 billion investment raised eyebrows"
        return False
    return not (match.frame.raises or match.frame.name in _OF_ROUNDS)


_OF_ROUNDS = frozenset(
    {"lead a round", "take part", "raise money", "listed participant", "backer of"}
)


def _told_with_another_verb(parsed: Parsed, node: Node, match: Match) -> bool:
    """``offered $30bn for Z, though it has raised $1bn from Y``: where the trigger has a sum, other verbs' sums are not its."""
    trigger = match.trigger
    if not trigger.tag.startswith("VB") or trigger.child("nsubj", "nsubjpass") is None:
        return False
    own = [
        n
        for n in parsed.nodes
        # "the $70 million that it put in"
        if n.money is not None and (_governing(n) is trigger or trigger.head is n)
    ]
    verb = _governing(node)
    if not own or node in own or verb is None or verb is trigger:
        return False
    if verb.child("nsubj", "nsubjpass") is None:
        return False
    together = verb in _joined(trigger) or trigger in _joined(verb)
    return not together and verb.lemma not in _OF_THE_WHOLE


def _in_another_clause(node: Node, other: Node) -> bool:
    """``X, which makes chips for Y, will spend $5bn``: a clause about a party, and what is told beside it."""
    above = (other, *other.ancestors())
    for verb in (node, *node.ancestors()):
        if any(verb is a for a in above):
            return False
        if verb.dep != "relcl" or verb.head is None or not verb.tag.startswith("VB"):
            continue
        if verb.lemma in _OF_THE_WHOLE:
            return False
        # "Y, which will use the $5bn": what was told beside it
        again = any(d.word in ("the", "that") for d in node.all("det"))
        return (verb.head.name is not None or verb.head.lemma in _PARTIES) and not again
    return False


_OF_THE_WHOLE = frozenset({"value", "bring", "give", "put"})
"""``a round led by X, which values Y at $5bn``: the round does, whatever the parse hangs it on."""
_PARTIES = words("nouns", "company") | words("nouns", "investor") | words("nouns", "part")


def _joined(verb: Node) -> list[Node]:
    """The verb with those that it is told together with: ``agreed to invest``, ``is buying``."""
    near = [verb, *verb.all("xcomp", "conj", "pcomp", "acl")]
    return [*near, *(n for n in verb.all("prep") for n in n.all("pcomp"))]


def _of_others(node: Node, match: Match) -> bool:
    """``X backs Y, while Z has its own $8bn in it``: a sum in a clause about somebody else."""
    parties = {match.object.name.name, *([match.subject.name.name] if match.subject else [])}
    for verb in node.ancestors():
        if verb is match.trigger:
            return False
        if verb in match.trigger.ancestors():
            # "Z has committed $1 billion, while X is in talks to invest"
            doer = verb.child("nsubj")
            named = doer.name if doer is not None else None
            own = named is not None and named.is_organisation and named.name not in parties
            return own and verb.lemma in _PUTTING_IN and verb is _governing(node)
        whose = verb.head.name if verb.dep == "relcl" and verb.head is not None else None
        if whose is not None and whose.is_organisation and whose.name not in parties:
            # "A, B, which put in $2 billion, and C": B's
            return True
        subject = verb.child("nsubj") if verb.tag.startswith("VB") else None
        if subject is None:
            continue
        return (
            verb.dep in ("advcl", "conj")
            and subject.name is not None
            and subject.name.is_organisation
            and subject.name.name not in parties
        )
    return False


_PUTTING_IN = frozenset({"invest", *frame_named("invest money", Kind.INVESTMENT).verb})


def _distance(node: Node, match: Match) -> int:
    """Steps between the sum and the match's trigger in the parse; the objects' own sums are near."""
    targets = [match.trigger, match.object.node]
    if match.through is not None:
        targets.append(match.through)
    best = 99
    chain: dict[Node, int] = {node: 0}
    chain.update({above: step for step, above in enumerate(node.ancestors(), 1)})
    for penalty, target in enumerate(targets):
        steps = 0
        current: Node | None = target
        while current is not None:
            if current in chain:
                best = min(best, steps + chain[current] + (1 if penalty else 0))
                break
            current = current.head
            steps += 1
    return best
