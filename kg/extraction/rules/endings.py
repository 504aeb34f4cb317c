"""Deals called off: ``the merger collapsed``, ``the two called the deal off``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.rules import arguments as args
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.frames import Frame
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.phrasal import phrasal
from kg.extraction.rules.phrases import Phrases

_ALONE = frozenset(
    {
        "collapse",
        "abandon",
        "scrap",
        "terminate",
        "cancel",
        "ditch",
        "scuttle",
        "shelve",
        "end",
        "drop",
        "nix",
        "axe",
        "dissolve",
    }
)
_NEVER = frozenset({"happen", "materialise", "materialize", "close", "proceed"})


def ended(phrases: Phrases, frame: Frame, trigger: Node, told: Sequence[Match]) -> list[Match]:
    """The parties of a deal whose end the verb tells: one ``told`` in the sentence, or before it."""
    lemma = phrasal(trigger)
    never = lemma in _NEVER and any(c.word in ("never", "not", "n't") for c in trigger.children)
    if lemma not in _ALONE and "-" not in lemma and not never:
        return []
    nodes = [*args.objects(trigger), *args.of_preposition(trigger, "from", "of")]
    # "walked away from the deal", where the preposition hangs on the particle
    nodes += [n for c in trigger.all("advmod", "prt") for n in args.of_preposition(c, "from")]
    if not args.objects(trigger) and lemma != "drop":
        # "the deal ended", not "the deal ended months of talks"
        nodes += args.surface_subjects(trigger)
    for node in nodes:
        if node.name is not None or node.lemma not in words("nouns", "deal"):
            continue
        if phrases.deal_parties(node, ()):
            continue
        if not any(
            c.word in ("the", "its", "their", "that", "this") for c in node.all("det", "poss")
        ):
            continue
        here = next((m for m in reversed(told) if m.frame.kind is frame.kind), None)
        if here is not None and here.subject is not None:
            return [replace(here, frame=frame, trigger=trigger, ended=True)]
        deal = phrases.roles.deal(node.lemma)
        if deal is None or deal[0] != frame.kind.value:
            continue
        _, subject, target = deal
        return [
            Match(
                frame,
                trigger,
                Filler(node, subject, "reference"),
                Filler(node, target, "reference"),
                ended=True,
            )
        ]
    return []
