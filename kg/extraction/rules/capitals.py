"""Stretches of words with capitals, where a name may be that the registry does not know."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.rules.casing import Casing, is_namely
from kg.extraction.rules.figures import is_currency
from kg.extraction.rules.gazetteer import Name, is_version
from kg.extraction.rules.language import FUNCTION_WORDS, is_word
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.name_starts import Taken, begins_name, follows_tight, is_within_name
from kg.extraction.rules.tokens import Piece
from kg.model import EntityKind

JOINERS = frozenset({"-", "&", ".", "+", "'", "’"})


def after_stretch(
    found: Sequence[Piece], index: int, taken: Taken, casing: Casing, titled: bool
) -> int:
    """Index after the stretch of name-like pieces that begins at ``index``; ``index`` where none does."""
    if not begins_name(found, index, taken, casing, titled):
        return index
    piece = found[index]
    after = index + 1
    while after < len(found):
        if after in taken:
            known = taken[after][0]
            if not titled and (
                _is_national(found, after, known) or _is_last_word(found, index, taken[after])
            ):
                after = taken[after][2]
                forms = words("names", "legal_form") | words("names", "firm_suffix")
                forms |= {"Enterprises", "Industries"}
                while after < len(found) and after not in taken and found[after].text in forms:
                    # "Acme Canada Ltd", "Bell Canada Enterprises"
                    after += 1
            break
        here, before = found[after], found[after - 1]
        gap = here.start - before.end
        if gap > 1 or (gap == 0 and here.glued):
            break
        if is_currency(here.text) and after + 1 < len(found) and found[after + 1].text[0].isdigit():
            break
        if here.text == "+" and gap == 0 and not follows_tight(found, after):
            # "Canal+"
            after += 1
            break
        if after == index + 1 and (end := _of_many(found, after)) > after:
            after = end
            continue
        if gap == 0 and after > index + 1 and _is_initial(found, after, taken):
            after += 2
            continue
        if here.text in JOINERS and gap <= 1 and after + 1 < len(found) and after + 1 not in taken:
            following = found[after + 1]
            tight = gap == 0 and following.start == here.end
            if here.text == "&" and is_namely(following, 1, casing, titled):
                after += 2
                continue
            if (
                tight
                and here.text in "-."
                and (
                    (
                        following.text[0].isupper()
                        and following.text not in words("names", "never")
                        and not _deal_ahead(found, after + 2)
                    )
                    or (here.text == "-" and len(before.text) == 1 and following.text.isalpha())
                    or (here.text == "." and following.text in words("names", "domain"))
                    or (here.text == "-" and following.text[0].isdigit())
                    or (
                        here.text == "."
                        and before.text[-1].isdigit()
                        and following.text[0].isdigit()
                    )
                )
            ):
                after += 2
                continue
            break
        if (
            here.text in ("of", "for")
            and found[after - 1].text in words("names", "authority_head")
            and after + 1 < len(found)
        ):
            following = found[after + 1]
            if (
                is_namely(following, 1, casing, titled)
                or following.text in table("names")["nationality"]
            ):
                after += 2
                continue
            if (
                following.text == "the"
                and after + 2 < len(found)
                and is_namely(found[after + 2], 1, casing, titled)
            ):
                after += 3
                continue
        if (
            here.text in ("and", "&", ",")
            and piece.text in words("names", "authority_head")
            and (end := _portfolio(found, index, after, taken)) > after
        ):
            after = end
            continue
        if here.text == "and" and piece.text in words("names", "authority_head"):
            # "House of Lords Communications and Digital Committee"
            end = after + 1
            while (
                end < len(found) and end not in taken and is_namely(found[end], 1, casing, titled)
            ):
                end += 1
            if end > after + 1 and found[end - 1].text in words("names", "authority_suffix"):
                after = end
                continue
        if here.text in words("names", "particle") and after + 1 < len(found):
            # "Piet van der Lund", "Khalid bin Omar"
            end = after + 1 + (found[after + 1].text in words("names", "particle"))
            if end < len(found) and end not in taken and is_namely(found[end], 1, casing, titled):
                after = end + 1
                continue
        if not titled and is_within_name(found, after) and after + 1 not in taken:
            if is_namely(found[after + 1], 1, casing, titled):
                after += 2
                continue
            break
        if is_namely(here, 1, casing, titled) or (titled and _ends_in_ai(found, after)):
            if here.text == "Commissioner" and before.text.lower() in words(
                "authorities", "watched"
            ):
                # "Privacy Commissioner"
                after += 1
                continue
            if here.text in words("names", "title"):
                break
            after += 1
            continue
        if (
            is_version(here.text)
            and here.text[0].isdigit()
            and gap == 1
            and not counts(found, after)
        ):
            after += 1
            continue
        break
    return after


def _is_initial(found: Sequence[Piece], index: int, taken: Taken) -> bool:
    """Whether the mark belongs to an initial within a name: ``Robert H. Barker``, not ``Series H. Barker``."""
    if found[index].text != "." or index + 1 >= len(found) or index + 1 in taken:
        return False
    letter, first, last = found[index - 1], found[index - 2], found[index + 1]
    return (
        len(letter.text) == 1
        and letter.text.isupper()
        and letter.start - first.end == 1
        and last.start - found[index].end == 1
        and first.text.istitle()
        and first.text not in _LETTERED
        and last.text.istitle()
        and last.text.lower() not in FUNCTION_WORDS
    )


_LETTERED = frozenset({"Series", "Class", "Plan", "Phase", "Type", "Vitamin", "Model", "Exhibit"})
"""Words after which a letter counts rather than standing for a name."""


def _is_last_word(found: Sequence[Piece], index: int, hit: tuple[Name, int, int]) -> bool:
    """``Jisc Advance``: no ``Advance`` that the registry knows; a word that nobody else has goes before."""
    name, begins, ends = hit
    before = found[begins - 1]
    return (
        ends - begins == 1
        and name.ambiguous
        and is_word(name.text)
        and begins - index == 1
        and not is_word(before.text)
        and before.text.istitle()
        and found[begins].start - before.end == 1
        and not _is_national(found, begins, name)
    )


def _is_national(found: Sequence[Piece], index: int, land: Name) -> bool:
    """``Bell Canada``: a company called after the country where it is, not a part of it as ``Northern Canada``."""
    before = found[index - 1]
    return (
        land.kind is EntityKind.GOVERNMENT
        and found[index].start - before.end == 1
        and before.text not in words("names", "part_of_land")
    )


def _of_many(found: Sequence[Piece], index: int) -> int:
    """Index after ``' Venture Growth`` of ``Teachers' Venture Growth``: a fund called after whose it is."""
    before, end = found[index - 1], index + 1
    if found[index].text not in ("'", "’") or found[index].start != before.end:
        return index
    if not (before.text.endswith("s") and is_word(before.text.lower())):
        return index
    while (
        end < len(found)
        and found[end].text.istitle()
        and found[end].start - found[end - 1].end == 1
    ):
        end += 1
    return end if found[end - 1].text in words("names", "investor_suffix") else index


def _portfolio(found: Sequence[Piece], index: int, joined: int, taken: Taken) -> int:
    """Where ``and Standards`` of ``Office for Product Safety and Standards`` ends; ``joined`` if it is none."""
    begun = [p.text for p in found[index:joined]]
    after = joined + 1
    if not {"of", "for"} & set(begun) or not _is_portfolio(begun[-1]):
        return joined
    while after < len(found) and after not in taken and _is_portfolio(found[after].text):
        after += 1
    return after if after > joined + 1 else joined


def _is_portfolio(word: str) -> bool:
    """``Pensions`` of ``Department for Work and Pensions``: what a department is for, an ordinary word."""
    return word in words("authorities", "portfolio") or (word.istitle() and is_word(word))


def _ends_in_ai(found: Sequence[Piece], index: int) -> bool:
    """``Quillot AI to Buy``, where "AI" belongs to the name rather than to what follows it."""
    if found[index].text != "AI":
        return False
    following = found[index + 1].text if index + 1 < len(found) else "."
    verbs = words("names", "headline")
    return (
        not following[0].isalnum() or following.lower() in FUNCTION_WORDS or following in verbs
    ) and following not in ("Co", "Co-Founder")


def _deal_ahead(found: Sequence[Piece], index: int) -> bool:
    """``Kroger-Albertsons deal``: the hyphen joins two parties, not one name."""
    return any(p.text.lower() in words("nouns", "deal") for p in found[index : index + 3])


def counts(found: Sequence[Piece], index: int) -> bool:
    """Whether a figure counts what follows or is money or a date, rather than being a version."""
    text = found[index].text
    if re.fullmatch(r"(?:19|20)\d\d", text):
        return True
    while (
        index + 2 < len(found)
        and found[index + 1].text in (".", ",")
        and found[index + 2].start == found[index].end + 1
        and found[index + 2].text.isdigit()
    ):
        # "2.6 billion"
        index += 2
    following = found[index + 1].text.lower() if index + 1 < len(found) else ""
    return following in (
        "%",
        "percent",
        "million",
        "billion",
        "m",
        "bn",
        "years",
        "people",
        "employees",
        "times",
        "of",
    )
