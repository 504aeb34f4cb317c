"""Verbs with their particles: ``call-off``."""

from __future__ import annotations

from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node

_PARTICLES = (
    "off",
    "out",
    "away",
    "through",
    "apart",
    "down",
    "up",
    "back",
    "against",
    "on",
    "short",
)

_LISTED = ("denied_verb", "terminated_verb", "before_it_verb", "agreeing_verb")


def phrasal(verb: Node) -> str:
    """``call`` with its particle: ``call-off``."""
    for child in verb.children:
        if child.word in _PARTICLES and child.dep in ("prt", "advmod", "prep"):
            joined = f"{verb.lemma}-{child.word}"
            if any(joined in words("modality", listed) for listed in _LISTED):
                return joined
    return verb.lemma
