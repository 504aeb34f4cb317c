"""Where a name that the registry does not know may begin: at a sentence's start capitals tell little."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.extraction.rules.casing import Casing, is_namely
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.language import FUNCTION_WORDS, is_word, possible_lemmas
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.odd_starts import is_general_name, is_lettered, odd_start, opens_in_ai
from kg.extraction.rules.opening_names import opens_as_name
from kg.extraction.rules.tokens import Piece

Taken = Mapping[int, tuple[Name, int, int]]
"""The known names of a sentence by each of their pieces, with the indices where they begin and end."""


def begins_name(
    found: Sequence[Piece], index: int, taken: Taken, casing: Casing, titled: bool
) -> bool:
    """Whether a name begins at ``index``; ``titled`` where the sentence is in Title Case."""
    piece = found[index]
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
    starts = is_namely(piece, position, casing, titled)
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
            and (not _is_inflected(word.lower()) or word in words("names", "firm_opener"))
            and (word in casing.names or word.lower() not in casing.lower)
            and index + 1 not in taken
            and not nationality
            and (word not in words("names", "title") or _heads_fund(found, index))
            and word not in words("names", "day")
            and word not in words("names", "month")
            and word.lower() not in words("names", "opener")
            and is_namely(following, 1, casing, titled)
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
            return False
        starts = True
    if not starts or _is_co_office(found, index):
        return False
    return word not in ("AI", "A.I.") or _is_fund(found, index)


def may_begin(found: Sequence[Piece], index: int) -> bool:
    """Whether a word within a sentence may begin a name: most have neither capital nor figure."""
    word = found[index].text
    if word != word.lower() or word[0].isdigit():
        return True
    return index + 2 < len(found) and (found[index + 1].text == "." or is_lettered(found, index))


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


def is_within_name(found: Sequence[Piece], index: int) -> bool:
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


def _opens_longer(found: Sequence[Piece], index: int, taken: Taken, casing: Casing) -> bool:
    """``Bank of Oslo``, ``Sun & Moon Capital``, ``Old Dutch Foods``, ``Canal+``: opens a sentence as a name."""
    word, rest = found[index], found[index + 1 : index + 3]
    if len(rest) < 2 or index + 1 in taken or word.text.lower() in words("names", "opener"):
        return False
    joiner, last = rest
    tight = joiner.start == word.end
    if joiner.text == "+" and tight:
        return not follows_tight(found, index + 1)
    if joiner.text == "&":
        return is_namely(last, 1, casing, titled=False)
    if word.text in words("names", "authority_head") and joiner.text in ("of", "for"):
        return last.text[0].isupper() and last.text.lower() not in FUNCTION_WORDS
    within = is_within_name(found, index + 1) and index + 2 not in taken and not tight
    return (
        within and not _is_inflected(word.text.lower()) and is_namely(last, 1, casing, titled=False)
    )


def _begins_small(found: Sequence[Piece], index: int, taken: Taken, casing: Casing) -> bool:
    """``the Just Energy Group``, ``Australian United Holdings``: a name by its capitals and its last word."""
    if not is_within_name(found, index) or (
        not index and found[index].text.lower() in FUNCTION_WORDS
    ):
        return False
    end = index + 1
    while (
        end < len(found)
        and end not in taken
        and found[end].start - found[end - 1].end == 1
        and is_namely(found[end], 1, casing, titled=False)
        and (end > index + 1 or is_word(found[end].text))
    ):
        end += 1
    firms = words("names", "firm_suffix") | words("names", "organisation_suffix")
    last = found[end - 1].text
    told = end > index + 2 and last in firms - words("names", "authority_suffix")
    plain = words("names", "title") | words("names", "never")
    return told and not any(p.text in plain for p in found[index:end])


def _is_fund(found: Sequence[Piece], index: int) -> bool:
    """``AI Capital``, ``AI Ventures``: funds called after what they invest in."""
    following = found[index + 1] if index + 1 < len(found) else None
    return (
        following is not None
        and following.text in ("Capital", "Ventures", "Partners", "Angels", "Fund", "Grant")
        and following.start - found[index].end == 1
    )


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


def follows_tight(found: Sequence[Piece], index: int) -> bool:
    return (
        index + 1 < len(found)
        and found[index + 1].start == found[index].end
        and found[index + 1].text[0].isalnum()
    )
