"""Stretches of words with capitals, where a name may be that the registry does not know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extraction.rules.figures import is_currency
from kg.extraction.rules.gazetteer import Name, is_version
from kg.extraction.rules.language import FUNCTION_WORDS, is_word, possible_lemmas
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.odd_starts import is_general_name, is_lettered, odd_start, opens_in_ai
from kg.extraction.rules.opening_names import opens_as_name
from kg.extraction.rules.tokens import Piece
from kg.model import EntityKind

JOINERS = frozenset({"-", "&", ".", "+", "'", "’"})


@dataclass(frozen=True, slots=True)
class Casing:
    """What an article's own spelling tells: words seen in small letters, words seen as names."""

    lower: frozenset[str]
    names: frozenset[str]


def _namey(piece: Piece, position: int, casing: Casing, titled: bool) -> bool:
    word = piece.text
    lowered = word.lower()
    if lowered == word or not (word[0].isalpha() and any(c.isupper() for c in word)):
        return False
    if position and lowered in table("headlines")["verbs"] and word not in casing.names:
        # "X to Acquire Y": a headline's verb
        return False
    if len(word) == 1 and word in "AI":
        return False
    bare = lowered.replace("’", "'").split("'")[0]
    if bare in FUNCTION_WORDS or word in ("Series", "SERIES"):
        return False
    if word in words("names", "month") or word in words("names", "day"):
        return False
    nations = table("names")["nationality"]
    if word in nations or (word.endswith("s") and word[:-1] in nations):
        # "Italian", "Italians", "Emiratis"
        return False
    if titled:
        return (not is_word(word) and not word.isupper()) or word in casing.names
    if position == 0:
        return word in casing.names or not (is_word(bare) or bare in casing.lower)
    return True


def after_stretch(
    found: Sequence[Piece],
    index: int,
    taken: dict[int, tuple[Name, int, int]],
    casing: Casing,
    titled: bool,
) -> int:
    """Index after the stretch of name-like pieces that begins at ``index``; ``index`` where none does."""
    piece = found[index]
    if index and not _may_begin(found, index):
        return index
    position = (
        0
        if index == 0
        or found[index - 1].text == ":"
        or (
            found[index - 1].text in ('"', "“", "‘", ":", "*", "-", "–", "—", "#", "(", "[")
            and index <= 2
        )
        else 1
    )
    word = piece.text
    starts = _namey(piece, position, casing, titled)
    if (
        not starts
        and position == 0
        and not titled
        and word[0].isupper()
        and word.lower() not in FUNCTION_WORDS
    ):
        # A sentence's first word counts if what follows is name-like too: "Crunchy Data said".
        following = found[index + 1] if index + 1 < len(found) else None
        nationality = word in table("names")["nationality"]
        starts = (
            following is not None
            and not _is_inflected(word.lower())
            and (word in casing.names or word.lower() not in casing.lower)
            and index + 1 not in taken
            and not nationality
            and (word not in words("names", "title") or _heads_fund(found, index))
            and word not in words("names", "day")
            and word not in words("names", "month")
            and word.lower() not in words("names", "opener")
            and _namey(following, 1, casing, titled)
            and following.text not in words("names", "never")
            and following.text not in words("names", "title")
            and following.start - piece.end == 1
        )
        starts = starts or opens_in_ai(found, index) or _opens_longer(found, index, taken, casing)
        starts = starts or (word.lower() not in casing.lower and opens_as_name(found, index))
    if not starts and not titled:
        starts = odd_start(found, index) or _begins_small(found, index, taken, casing)
    if not starts:
        starts = _numbered(found, index)
    if word == "General" and not titled:
        starts = is_general_name(found, index)
    elif word in words("names", "title"):
        if titled or not _heads_fund(found, index):
            return index
        starts = True
    if not starts or _is_co_office(found, index):
        return index
    if word in ("AI", "A.I.") and not _is_fund(found, index):
        return index
    after = index + 1
    while after < len(found):
        if after in taken:
            known = taken[after][0]
            if not titled and (
                _is_national(found, after, known) or _is_last_word(found, index, taken[after])
            ):
                after = taken[after][2]
            break
        here, before = found[after], found[after - 1]
        gap = here.start - before.end
        if gap > 1 or (gap == 0 and here.glued):
            break
        if is_currency(here.text) and after + 1 < len(found) and found[after + 1].text[0].isdigit():
            break
        if here.text == "+" and gap == 0 and not _follows_tight(found, after):
            # "Canal+"
            after += 1
            break
        if after == index + 1 and (end := _of_many(found, after)) > after:
            after = end
            continue
        if here.text in JOINERS and gap <= 1 and after + 1 < len(found) and after + 1 not in taken:
            following = found[after + 1]
            tight = gap == 0 and following.start == here.end
            if here.text == "&" and _namey(following, 1, casing, titled):
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
                    or (
                        here.text == "."
                        and following.text in ("ai", "com", "io", "co", "AI", "dev", "net", "org")
                    )
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
                _namey(following, 1, casing, titled)
                or following.text in table("names")["nationality"]
            ):
                after += 2
                continue
            if (
                following.text == "the"
                and after + 2 < len(found)
                and _namey(found[after + 2], 1, casing, titled)
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
            while end < len(found) and end not in taken and _namey(found[end], 1, casing, titled):
                end += 1
            if end > after + 1 and found[end - 1].text in words("names", "authority_suffix"):
                after = end
                continue
        if here.text in words("names", "particle") and after + 1 < len(found):
            # "Piet van der Lund", "Khalid bin Omar"
            end = after + 1 + (found[after + 1].text in words("names", "particle"))
            if end < len(found) and end not in taken and _namey(found[end], 1, casing, titled):
                after = end + 1
                continue
        if not titled and _is_within_name(found, after) and after + 1 not in taken:
            if _namey(found[after + 1], 1, casing, titled):
                after += 2
                continue
            break
        if _namey(here, 1, casing, titled) or (titled and _ends_in_ai(found, after)):
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


def _follows_tight(found: Sequence[Piece], index: int) -> bool:
    return (
        index + 1 < len(found)
        and found[index + 1].start == found[index].end
        and found[index + 1].text[0].isalnum()
    )


def _is_inflected(word: str) -> bool:
    """``buying``, ``acquired``, ``newly``: no part of the name that it stands before; ``king`` may be."""
    if not word.endswith(("ing", "ed", "ly")):
        return False
    if word.endswith("ly"):
        return True
    return any(len(stem) > 2 and is_word(stem) for stem in possible_lemmas(word) - {word})


def _heads_fund(found: Sequence[Piece], index: int) -> bool:
    """``Founder Collective``, ``Head Entertainment``, ``Vice Media``: firms called by an office."""
    if index + 1 >= len(found) or found[index + 1].start - found[index].end != 1:
        return False
    following = found[index + 1].text
    if index + 2 < len(found) and found[index + 2].text[0].isupper():
        following = "" if found[index + 2].start - found[index + 1].end == 1 else following
    suffixes = words("names", "organisation_suffix") - words("names", "authority_suffix")
    return following in suffixes | {"Collective"} and not found[index].text.isupper()


def _is_within_name(found: Sequence[Piece], index: int) -> bool:
    """``Am`` of ``Pan Am Systems``, ``Dutch`` of ``Old Dutch Cleanser``: words that are no names by themselves."""
    word = found[index]
    nations = table("names")["nationality"]
    return (
        word.text.istitle()
        and len(word.text) > 1
        and (word.text.lower() in FUNCTION_WORDS or word.text in nations)
        and word.text not in ("The", "An", "Inc")
        and index + 1 < len(found)
        and found[index + 1].start - word.end == 1
    )


def _opens_longer(
    found: Sequence[Piece], index: int, taken: dict[int, tuple[Name, int, int]], casing: Casing
) -> bool:
    """``Bank of Oslo``, ``Sun & Moon Capital``, ``Old Dutch Foods``, ``Canal+``: opens a sentence as a name."""
    word, rest = found[index], found[index + 1 : index + 3]
    if len(rest) < 2 or index + 1 in taken or word.text.lower() in words("names", "opener"):
        return False
    joiner, last = rest
    tight = joiner.start == word.end
    if joiner.text == "+" and tight:
        return not _follows_tight(found, index + 1)
    if joiner.text == "&":
        return _namey(last, 1, casing, titled=False)
    if word.text in words("names", "authority_head") and joiner.text in ("of", "for"):
        return last.text[0].isupper() and last.text.lower() not in FUNCTION_WORDS
    within = _is_within_name(found, index + 1) and index + 2 not in taken and not tight
    return within and not _is_inflected(word.text.lower()) and _namey(last, 1, casing, titled=False)


def _begins_small(
    found: Sequence[Piece], index: int, taken: dict[int, tuple[Name, int, int]], casing: Casing
) -> bool:
    """``the Just Energy Group``, ``Australian United Holdings``: a name by its capitals and its last word."""
    if not _is_within_name(found, index) or (
        not index and found[index].text.lower() in FUNCTION_WORDS
    ):
        return False
    end = index + 1
    while (
        end < len(found)
        and end not in taken
        and found[end].start - found[end - 1].end == 1
        and _namey(found[end], 1, casing, titled=False)
        and (end > index + 1 or is_word(found[end].text))
    ):
        end += 1
    firms = words("names", "firm_suffix") | words("names", "organisation_suffix")
    last = found[end - 1].text
    told = end > index + 2 and last in firms - words("names", "authority_suffix")
    plain = words("names", "title") | words("names", "never")
    return told and not any(p.text in plain for p in found[index:end])


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


def _may_begin(found: Sequence[Piece], index: int) -> bool:
    """Whether a word within a sentence may begin a name: most have neither capital nor figure."""
    word = found[index].text
    if word != word.lower() or word[0].isdigit():
        return True
    return index + 2 < len(found) and (found[index + 1].text == "." or is_lettered(found, index))


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


def _is_fund(found: Sequence[Piece], index: int) -> bool:
    """``AI Capital``, ``AI Ventures``: funds called after what they invest in."""
    following = found[index + 1] if index + 1 < len(found) else None
    return (
        following is not None
        and following.text in ("Capital", "Ventures", "Partners", "Angels")
        and following.start - found[index].end == 1
    )


def _portfolio(
    found: Sequence[Piece], index: int, joined: int, taken: dict[int, tuple[Name, int, int]]
) -> int:
    """Where ``and Standards`` of ``Office for Product Safety and Standards`` ends; ``joined`` if it is none."""
    begun = [p.text for p in found[index:joined]]
    after = joined + 1
    if not {"of", "for"} & set(begun) or begun[-1] not in words("authorities", "portfolio"):
        return joined
    while (
        after < len(found)
        and after not in taken
        and found[after].text in words("authorities", "portfolio")
    ):
        after += 1
    return after if after > joined + 1 else joined


def _ends_in_ai(found: Sequence[Piece], index: int) -> bool:
    """``Quillot AI to Buy``, where "AI" belongs to the name rather than to what follows it."""
    if found[index].text != "AI":
        return False
    following = found[index + 1].text if index + 1 < len(found) else "."
    verbs = words("names", "headline")
    return (
        not following[0].isalnum() or following.lower() in FUNCTION_WORDS or following in verbs
    ) and following not in ("Co", "Co-Founder")


_NUMBERED = re.compile(r"\d{1,4}[A-Z]{0,2}")
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")


def _numbered(found: Sequence[Piece], index: int) -> bool:
    """``5Y Capital``, ``1789 Capital``, ``500 Global``: funds whose names begin with a number."""
    if index + 2 < len(found) and _ORDINAL.fullmatch(found[index].text):
        # "20th Century Fox", not "the 4th Street"
        rest = found[index + 1 : index + 3]
        return all(p.text.istitle() for p in rest) and rest[1].start - rest[0].end == 1
    if index + 1 >= len(found) or not _NUMBERED.fullmatch(found[index].text):
        return False
    following = found[index + 1]
    suffixes = words("names", "investor_suffix") - {"Investments", "Investment", "Partners"}
    after = found[index + 2].text if index + 2 < len(found) else ""
    # "20 Capital One branches", "500 Global desks" count what they are before
    ends = not after[:1].isalpha() or after in FUNCTION_WORDS or after.endswith(("ed", "s"))
    gap = following.start - found[index].end
    return gap == 1 and following.text in suffixes | {"Global"} and ends and not after.istitle()


def _is_co_office(found: Sequence[Piece], index: int) -> bool:
    """``Co-Founder X``, ``Chief Financial Officer``: the office begins no name."""
    if index and index + 1 < len(found) and found[index - 1].text == "Chief":
        return found[index + 1].text == "Officer"
    return (
        found[index].text in ("Co", "CO")
        and index + 2 < len(found)
        and found[index + 1].text == "-"
        and found[index + 2].text.lower() in words("names", "office") | {"lead", "head"}
    )


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
