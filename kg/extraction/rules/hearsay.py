"""Which of the things that a sentence tells a word of hearsay is said of: ``in talks``, ``people familiar said``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.rules.lexicon import words
from kg.extraction.rules.passing import aside_of

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node, Parsed


def is_hedged_by(parsed: Parsed, trigger: Node, phrase: str, text: str) -> bool:
    """Whether the phrase's clause holds the trigger: no sentence-level semicolon between."""
    start, end = parsed.masked.start, parsed.masked.end
    at = text[start:end].lower().find(phrase) + start
    low, high = sorted((at, trigger.start))
    if any(not _holds(clause, at) for clause in _own_clauses(trigger, phrase)):
        return False
    return ";" not in text[low:high] and not _aside(parsed, at, trigger)


def _own_clauses(trigger: Node, phrase: str) -> Iterator[Node]:
    """The clauses around the trigger that no hedge from without reaches."""
    above = (trigger, *trigger.ancestors())
    if trigger.dep == "appos" and trigger.head is not None and trigger.head.name is not None:
        # "is said to court Y, its partner since May": the partnership is no hearsay
        yield trigger
    if phrase in words("modality", "negotiating_phrase"):
        # "X is in talks with Y and Z bought W": Z has
        yield from [n for n in above if stands_alone(n)][:1]
    passing = aside_of(trigger)
    if passing is not None:
        # "Y, backed by X, is said to": backed it is
        yield passing
    # "which bought Y in 2021, is in talks": the talks are not about Y
    yield from (n for n in [n for n in above if n.dep == "relcl"][:1] if n.tag == "VBD")


def _holds(clause: Node, at: int) -> bool:
    """Whether what stands at the place is within the clause."""
    inside = clause.subtree()
    return inside[0].start <= at <= inside[-1].end


def stands_alone(verb: Node) -> bool:
    """Whether it is joined to the verb before and has a doer or a tense of its own.

    ``will buy Y and has put money into Z``; not ``will buy Y and sell Z``.
    """
    if verb.dep == "advcl" and any(m.word in _BESIDE for m in verb.all("mark")):
        return verb.child("nsubj", "nsubjpass") is not None
    if verb.dep != "conj" or not (verb.tag.startswith("VB") or verb.pos == "AUX"):
        return False
    if verb.child("nsubj", "nsubjpass") is not None or verb.tag in ("VBZ", "VBP"):
        return True
    return bool(verb.all("aux")) or (verb.tag == "VBD" and _is_finite_before(verb))


_BESIDE = frozenset({"while", "whereas", "although", "though"})


def _is_finite_before(verb: Node) -> bool:
    """Whether what a verb of the past is joined to has no "have" that it may share."""
    first = verb.head
    return first is None or not any(a.lemma == "have" for a in first.all("aux")) or _negated(first)


def _negated(verb: Node) -> bool:
    return verb.child("neg") is not None


def _aside(parsed: Parsed, at: int, trigger: Node) -> bool:
    """Whether a relative clause holds what stands at the place, but not the trigger."""
    node = next((n for n in parsed.nodes if n.start <= at < n.end), None)
    if node is None:
        return False
    over = (node, *node.ancestors())
    clauses = [n for n in over if n.dep == "relcl"]
    # "bought Y, while Z is considering a bid": Z is
    clauses += [
        n
        for n in over
        if n.dep == "advcl" and any(s.name or s.tag == "PRP" for s in n.all("nsubj"))
    ]
    if node.word == "in":
        # "will buy Y, and has been in talks with Z": the talks are with Z
        clauses += [n for n in over if n.dep == "conj" and n.tag.startswith("VB")]
    above = (trigger, *trigger.ancestors())
    return any(all(clause is not n for n in above) for clause in clauses)
