"""A stretch of capitals taken for a name: what kind of thing it names, if anything."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.rules.capitals import JOINERS
from kg.extraction.rules.figures import is_currency
from kg.extraction.rules.gazetteer import Gazetteer, Name
from kg.extraction.rules.language import is_word
from kg.extraction.rules.lexicon import first_names, table, words
from kg.extraction.rules.odd_starts import odd_start
from kg.extraction.rules.tokens import Piece
from kg.model import EntityKind

_ACRONYM_END = frozenset({"AI", "ML", "AG", "SA"})


def guess(
    text: str, found: Sequence[Piece], index: int, after: int, gazetteer: Gazetteer, titled: bool
) -> Name | None:
    """What the pieces ``index:after`` name; None where they name nothing."""
    while (
        after > index
        and found[after - 1].text in ("AI", "API", "APIs", "GPU", "GPUs", "CPU", "CPUs")
        and after - index == 1
    ):
        return None
    pieces = found[index:after]
    if odd_start(found, index) and found[index + 1].text == ".":
        after = index + 3
        pieces = found[index:after]
    start, end = pieces[0].start, pieces[-1].end
    surface = text[start:end]
    texts = [p.text for p in pieces]
    if is_currency(surface) and any(
        p.text[0].isdigit() or p.text in "$€£¥" for p in found[after : after + 1]
    ):
        # "a fine of GBP 7 million"
        return None
    sum_ = re.fullmatch(r"([A-Z][A-Za-z]*)\d[\d.,]*[a-z]{0,3}", surface)
    if sum_ is not None and is_currency(sum_[1]):
        # "EUR50m"
        return None
    the = f"The {surface}" if index and found[index - 1].text.lower() == "the" else surface
    paper = len(texts) > 1 and texts[-1] in words("names", "paper")
    if paper or surface in words("names", "publisher") or the in words("names", "publisher"):
        return Name(surface, start, end, surface, None, EntityKind.PRODUCT, owner="")
    if surface.replace("-", " ") in words("names", "place"):
        return Name(surface, start, end, surface, None, EntityKind.PLACE)
    if all(t in words("names", "never") or t in JOINERS or t.isdigit() for t in texts):
        return None
    if len(texts) == 1 and len(surface) == 1:
        return None
    if surface in words("names", "trade"):
        return None
    if len(texts) == 1 and the != surface and surface in words("names", "defined"):
        # "the Company", as contracts and statements write it
        return None
    if len(texts) == 1 and re.fullmatch(r"[A-Z]{2,}s", surface):
        # "ISAs", "SoCs": several of a kind are nobody's name
        return None
    following = found[after].text if after < len(found) else ""
    plain = all(is_word(t.lower()) or is_word(t.lower().removesuffix("s")) for t in texts)
    if following == ":" and index < 2 and the != surface and plain:
        # "The Backers: ...", "The Bottom Line: ..."
        return None
    if len(texts) > 1 and texts[-1] in words("names", "enactment"):
        return None
    if texts[-1] in ("Models", "LLMs") and len(texts) > 1 and all(is_word(t) for t in texts[:-1]):
        # "Foundation Models", "Large Language Models"
        return None
    kind, owner = _kind(surface, texts, gazetteer)
    owned = index and found[index - 1].text.lower() in _OWNERS
    if (
        kind is None
        and owned
        and len(texts) > 1
        and texts[-1] in ("Division", "Unit", "Subsidiary")
    ):
        return Name(surface, start, end, surface, None, EntityKind.ORGANISATION, None)
    if kind is None and owned and following.lower() not in _OF_COMPANIES:
        # "its Trainium chips", "our Fellows program"; not "its Acme stake"
        kind = EntityKind.PRODUCT
    return Name(surface, start, end, surface, None, kind, owner)


_VERSIONED = re.compile(r"[\s\d.-]")
_OF_COMPANIES = frozenset(
    {"stake", "stakes", "share", "shares", "holding", "holdings", "stock", "investment", "interest"}
    | {"investments", "position", "acquisition", "purchase", "takeover", "buyout", "merger", "bid"}
    | {"partnership", "alliance", "offer", "shareholding", "bet"}
)
"""What one has of another company, or has with it."""
_OWNERS = frozenset({"its", "their", "our", "his", "her", "my", "your"})


def _kind(
    surface: str, texts: Sequence[str], gazetteer: Gazetteer
) -> tuple[EntityKind | None, str | None]:
    for stem, developer in table("names")["model_family"].items():
        versioned = surface == stem or _VERSIONED.match(surface, len(stem))
        if versioned and surface.startswith(stem) and gazetteer.registry.get(developer):
            return EntityKind.MODEL, developer
    last = texts[-1]
    if texts[0] in words("names", "institute_head") and len(texts) > 2:
        return EntityKind.ORGANISATION, None
    if texts[-2:] == ["Post", "Office"]:
        return EntityKind.ORGANISATION, None
    if (
        (last == "Commissioner" and len(texts) > 1)
        or last in words("names", "authority_suffix")
        or (texts[0] in words("names", "authority_head") and len(texts) > 2)
    ):
        return EntityKind.AUTHORITY, None
    if last in words("names", "investor_suffix") and len(texts) > 1:
        return EntityKind.INVESTOR, None
    if last in words("names", "organisation_suffix") or last in _ACRONYM_END:
        return EntityKind.ORGANISATION if len(texts) > 1 else None, None
    if "&" in texts:
        # "John Wiley & Sons"
        return EntityKind.ORGANISATION, None
    if texts[0] in first_names() and 1 < len(texts) <= 4:
        return EntityKind.PERSON, None
    return None, None
