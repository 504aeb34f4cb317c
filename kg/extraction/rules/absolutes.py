"""``with A buying B and C investing in D`` told as ``as A bought B while C invested in D``.

The small parser joins C to B. Where two doers stand so, each is given its verb.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from kg.extraction.rules.language import possible_lemmas
from kg.extraction.rules.lexicon import table


def absolutes(said: Sequence[str], is_name: Callable[[int], bool]) -> dict[int, str]:
    """Indices of the words to say otherwise, with what to say instead; empty where nothing is told so."""
    for at, word in enumerate(said[:-2]):
        if word.lower() != "with" or not is_name(at + 1) or _past(said[at + 2]) is None:
            continue
        joins = [
            i
            for i in range(at + 3, len(said) - 2)
            if said[i] in ("and", "while") and is_name(i + 1) and _past(said[i + 2]) is not None
        ]
        if joins:
            instead = {at: "as"} | dict.fromkeys(joins, "while")
            return instead | {i + 2: _past(said[i + 2]) or said[i + 2] for i in (at, *joins)}
    return {}


@lru_cache(maxsize=4096)
def _past(word: str) -> str | None:
    """``bought`` for ``buying``; None for a word that is no such form of a verb of headlines."""
    if not word.endswith("ing") or not word.islower():
        return None
    verbs = table("headlines")["verbs"]
    return next((verbs[v] for v in sorted(possible_lemmas(word)) if v in verbs), None)
