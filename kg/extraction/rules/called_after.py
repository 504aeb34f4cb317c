"""Firms called after what the registry knows: ``Heidelberg University``, ``Falcon Labs``, ``Musk Foundation``.

The longer name is another than that of the place, model or person that it begins with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extraction.rules.authorities import Hit
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.language import FUNCTION_WORDS, is_word
from kg.extraction.rules.lexicon import first_names, words
from kg.extraction.rules.tokens import Piece
from kg.model import EntityKind

_MOST = 4
"""Words after the known one at most."""


def called_after(
    text: str, found: Sequence[Piece], hit: Hit, taken: Mapping[int, Hit], titled: bool
) -> tuple[Name, int]:
    """The known name as it stands, or the firm that is called after it, and the index after either."""
    name, _, after = hit
    end = _capitals(found, after, taken)
    if end == after or (titled and not name.is_place):
        return name, after
    last = found[end - 1].text
    if name.kind is EntityKind.AUTHORITY or not (
        last in _suffixes(name)
        or (_is_where(name) and (last == "Re" or _is_name_of_town(found, hit, end, titled)))
    ):
        return name, after
    end = _with_field(found, end, taken)
    longer = text[name.start : found[end - 1].end]
    return Name(longer, name.start, name.start + len(longer), longer, None, _kind(last)), end


def _capitals(found: Sequence[Piece], after: int, taken: Mapping[int, Hit]) -> int:
    """Index after the words with capitals that follow without a mark between."""
    end = after
    while (
        end < len(found)
        and end not in taken
        and found[end].start - found[end - 1].end == 1
        and not found[end].glued
        and found[end].text[0].isupper()
        and found[end].text.lower() not in FUNCTION_WORDS
        and end - after < _MOST
    ):
        end += 1
    return end


def _is_where(name: Name) -> bool:
    return name.is_place or name.kind is EntityKind.GOVERNMENT


def _suffixes(name: Name) -> frozenset[str]:
    firms = words("names", "firm_suffix")
    if _is_where(name) or name.is_person:
        return firms | words("names", "organisation_suffix")
    return firms


def _is_name_of_town(found: Sequence[Piece], hit: Hit, end: int, titled: bool) -> bool:
    """``Frankfurt Foods``, ``Seattle Neurotech``: a town before a name, and not where or whose it is."""
    name, index, after = hit
    told = [p.text for p in found[after:end]]
    known = words("names", "title") | words("names", "never") | words("names", "month")
    if titled or known & {*told}:
        return False
    if name.kind is EntityKind.GOVERNMENT and is_word(told[-1]):
        return False
    if any(t in first_names() or t.lower() in words("names", "office") for t in told):
        return False
    if told[-1] in words("names", "enactment") | words("names", "authority_suffix"):
        return False
    opening = index and found[index - 1].text in ("In", "From", "At", "Near", "Outside")
    return not opening and not any(t.isupper() for t in told)


def _with_field(found: Sequence[Piece], end: int, taken: Mapping[int, Hit]) -> int:
    """Index after ``of Technology`` of ``Dublin Institute of Technology``."""
    if found[end - 1].text not in words("names", "authority_head") or end + 1 >= len(found):
        return end
    if found[end].text not in ("of", "for"):
        return end
    beyond = _capitals(found, end + 1, taken)
    return beyond if beyond > end + 1 else end


def _kind(last: str) -> EntityKind | None:
    if last in words("names", "authority_suffix"):
        return EntityKind.AUTHORITY
    if last in words("names", "investor_suffix"):
        return EntityKind.INVESTOR
    known = last in words("names", "organisation_suffix") or last == "Re"
    return EntityKind.ORGANISATION if known else None
