"""The platform called by one letter: ``X``, where the article tells that it means that one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.extraction.rules.gazetteer import Gazetteer, Name
from kg.extraction.rules.language import FUNCTION_WORDS
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.tokens import Piece

_TOLD = re.compile(
    r"\bX Corp\b"
    r"|\bX,? ?\(?,? ?(?:which was )?(?:formerly|previously|once) (?:known as |called )?Twitter"
    r"|\b(?:social (?:media|network\w*)|platform|microblogging)(?: \w+){0,3},? X\b"
    r"|\bX(?:,| is)? (?:the |an? |Elon Musk[’']s )?(?:popular )?(?:social|microblogging)"
    r"|\bMusk[’']s (?:\w+ ){0,3}X\b"
    r"|\bX[’']s (?:AI|Grok|chatbot|owner|parent)"
    r"|\b(?:Ofcom|Commission|EU|eSafety|[Rr]egulators?|[Ww]atchdog|DSA)\b[^.]{0,60}"
    r"\b(?:into|against|of|fin(?:ed|es|ing)|su(?:ed|es|ing)|investigat\w+|ask(?:ed|ing|s)|prob(?:ed|es|ing)|ordered|told) X\b"
    r"|\b(?:Grok|Musk|Twitter|xAI|Digital Services Act)\b|\bX (?:was|is being|has been) (?:fined|sued|probed|investigated)\b"
)
_NOT_AFTER = frozenset(
    {"on", "via", "model", "series", "factor", "project", "company", "generation", "-", "&", "/"}
)


@lru_cache(maxsize=8)
def _means_the_platform(text: str) -> bool:
    return _TOLD.search(text) is not None


def called_x(
    text: str, found: Sequence[Piece], gazetteer: Gazetteer
) -> list[tuple[Name, int, int]]:
    """The places of a sentence at which ``X`` names the platform, with their pieces.

    Not ``a post on X``, which only says where something was said.
    """
    places = [i for i, p in enumerate(found) if p.text == "X"]
    entity = gazetteer.registry.get("x-corp") if places else None
    if entity is None or not _means_the_platform(text):
        return []
    hits = []
    for i in places:
        piece = found[i]
        before = found[i - 1].text.lower() if i else ""
        after = found[i + 1] if i + 1 < len(found) else None
        joined = after is not None and after.start == piece.end and after.text in ("-", "&", "/")
        named = (
            after is not None
            and after.text[0].isupper()
            and after.start - piece.end == 1
            and after.text.lower() not in FUNCTION_WORDS
            and after.text not in words("names", "headline")
        )
        if before in _NOT_AFTER or joined or named:
            continue
        name = Name("X", piece.start, piece.end, entity.name, entity, entity.kind)
        hits.append((name, i, i + 1))
    return hits
