"""What somebody invests by: ``funds managed by X``, ``X's family office``, ``the X family``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.lexicon import words

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node


def managers(noun: Node) -> list[Node]:
    """Who runs the funds or accounts that a noun means: X of ``accounts advised by X``; empty if none is told."""
    if noun.lemma not in words("funding", "vehicle"):
        return []
    run = [c for c in noun.all("acl") if is_run(c)]
    return [n for verb in run for n in args.of_preposition(verb, "by", "with")]


def is_run(verb: Node) -> bool:
    """Whether a participle tells by whom a fund is run: ``managed``, ``advised``."""
    return verb.tag in ("VBN", "VBD") and verb.lemma in words("funding", "run_by")


def of_family(noun: Node) -> bool:
    """Whether a noun stands for the person or the family before it: ``X's family office``."""
    if noun.lemma == "family":
        return any(n.name is not None for n in noun.all("compound", "nmod"))
    return noun.lemma == "office" and any(c.word == "family" for c in noun.all("compound"))
