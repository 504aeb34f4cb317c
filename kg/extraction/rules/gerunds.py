"""Verbs that the parse has for nouns: ``is mulling investing in Y``, ``is close to partnering with Y``, ``is set to partner``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules.frames import by_trigger
from kg.extraction.rules.language import possible_lemmas

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node

_OF_NOUNS = ("det", "poss", "amod", "compound", "nmod", "nummod")
_BEHIND = ("in", "into", "with")


def mend_gerunds(nodes: Sequence[Node]) -> None:
    """Make verbs of them, below the word that they complete."""
    for node in nodes:
        if node.name is not None or node.money is not None:
            continue
        if node.word.endswith("ing") and node.dep in ("dobj", "pobj"):
            _as_gerund(node)
        elif node.tag == "NN" and node.dep in ("xcomp", "advcl", "ccomp"):
            _as_infinitive(node)


def _as_gerund(noun: Node) -> None:
    if noun.all(*_OF_NOUNS) or ("noun", noun.word) in by_trigger():
        return
    behind = [c for c in noun.children if c.index > noun.index]
    if not any(c.dep == "dobj" or (c.dep == "prep" and c.word in _BEHIND) for c in behind):
        return
    lemma = next((m for m in sorted(possible_lemmas(noun.word)) if ("verb", m) in by_trigger()), "")
    if not lemma:
        return
    noun.tag, noun.pos, noun.lemma = "VBG", "VERB", lemma
    noun.dep = "xcomp" if noun.dep == "dobj" else "pcomp"


def _as_infinitive(noun: Node) -> None:
    to = any(c.word == "to" and c.dep == "aux" for c in noun.children)
    if to and ("verb", noun.word) in by_trigger():
        noun.tag, noun.pos, noun.lemma = "VB", "VERB", noun.word
