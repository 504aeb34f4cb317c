"""Words that only describe the name after them, which the parser does better without: ``French AI startup``."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from kg.extraction.rules.frames import by_trigger
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.language import (
    FUNCTION_WORDS,
    is_adjective,
    is_adverb,
    is_noun,
    is_verb,
    possible_lemmas,
)
from kg.extraction.rules.lexicon import words as listed
from kg.extraction.rules.tokens import Piece

_OF_PRODUCTS = frozenset({"maker", "developer", "creator", "operator"})
"""Behind a name they tell whose product it is: ``ChatGPT developer OpenAI``."""
_FROM = frozenset({"spinout", "spinoff", "offshoot", "affiliate", "subsidiary", "owner", "parent"})
"""Behind a name and a hyphen they tell whence the company comes: ``Owkin-spinout Acme``."""
_OTHERS = frozenset({"co", "worth", "multi"})


def descriptors(found: Sequence[Piece], names: Sequence[Name]) -> frozenset[int]:
    """Indices of the words that only describe the name after them: ``French AI startup``."""
    starts = {n.start for n in names if n.is_organisation}
    by_end = {n.end: n for n in names}
    out: set[int] = set()
    for index, piece in enumerate(found):
        if piece.start not in starts:
            continue
        before = index - 1
        if (
            before < 0
            or not (
                _is_startup(found, before)
                or found[before].text.lower() in listed("funding", "describing")
            )
            or piece.start - found[before].end > 1
        ):
            continue
        here = {before}
        if (
            before >= 2
            and found[before].text.lower() in _OF_PRODUCTS | _FROM
            and found[before - 1].text == "-"
            and found[before - 2].end in by_end
        ):
            if found[before].text.lower() in _OF_PRODUCTS:
                # "ChatGPT-maker OpenAI": as "ChatGPT maker OpenAI"
                out.add(before - 1)
            continue
        if (
            before >= 2
            and found[before - 1].text == "-"
            and found[before - 2].text.lower() in ("start", "chip")
        ):
            here |= {before - 1, before - 2}
            before -= 2
        while (step := _modifier_before(found, before, by_end)) is not None:
            here |= set(range(step, before))
            before = step
        if (trade := _trade_before(found, before, by_end)) is not None:
            here.add(trade)
        here |= set(range(_plain_before(found, before, by_end), before))
        if (
            before >= 1
            and found[before - 1].end in by_end
            and found[index - 1].text.lower() in _OF_PRODUCTS
        ):
            continue
        if here == {index - 1} and found[index - 1].text == "fund":
            # "to fund Y", where "venture fund Y" would describe it
            continue
        if _has_own_clause(found, by_end, min(here), piece):
            # the parser sees the clause where one noun is left: "the security Google is buying"
            here = {index - 1}
        elif (
            (first := min(here))
            and found[first - 1].text.lower() == "the"
            and not found[index - 1].text.endswith("s")
        ):
            # "the AI company X": "the X" is half of a noun to the parser
            here.add(first - 1)
        out |= here
    out |= _rivals(found, starts)
    if _OTHERS.isdisjoint([p.text.lower() for p in found]):
        return frozenset(out)
    for index, piece in enumerate(found[:-2]):
        if (
            piece.text.lower() == "co"
            and found[index + 1].text == "-"
            and found[index + 2]
            .text.lower()
            .startswith(("le", "inv", "design", "develop", "creat"))
        ):
            out |= {index, index + 1}
    for index, piece in enumerate(found[:-1]):
        if piece.text.lower() == "worth" and found[index + 1].text.lower() == "of":
            out.add(index)
        if (
            piece.text.lower() == "multi"
            and index + 4 < len(found)
            and found[index + 1].text == "-"
            and found[index + 2].text.lower() in ("billion", "million")
        ):
            out |= set(range(index, index + 5))
    return frozenset(out)


_RIVALS = frozenset({"rival", "competitor"})
_CONJUNCTIONS = frozenset(
    {
        "after",
        "before",
        "that",
        "when",
        "since",
        "as",
        "while",
        "because",
        "until",
        "once",
        "and",
        "but",
    }
)


def _rivals(found: Sequence[Piece], starts: Container[int]) -> set[int]:
    """Indices of ``its rival`` in ``months after its rival X bought Y``: X acts there."""
    return {
        place
        for index in range(3, len(found) - 1)
        if found[index].start in starts
        and found[index - 1].text in _RIVALS
        and found[index - 2].text in ("its", "their")
        and found[index - 3].text in _CONJUNCTIONS
        and found[index + 1].text.islower()
        for place in (index - 2, index - 1)
    }


def _modifier_before(found: Sequence[Piece], first: int, by_end: Mapping[int, Name]) -> int | None:
    """Index of the modifier that ends before ``first``: ``AI``, ``e-commerce``, ``internet and``."""
    modifiers = listed("funding", "describing_modifier")
    if first < 1 or found[first - 1].end in by_end:
        return None
    if found[first - 1].text.lower() in modifiers:
        return first - 1
    doing = found[first - 1].text
    what = found[first - 2] if first > 1 and doing.islower() and doing.endswith("ing") else None
    if what is not None and what.text.lower() in modifiers and what.end not in by_end:
        # "AI voice cloning startup"
        return first - 1
    words = "".join(p.text.lower() for p in found[max(0, first - 3) : first])
    if first > 2 and words in modifiers and found[first - 2].text == "-":
        return first - 3
    # "internet and e-commerce group", but the parser reads "AI and energy company" well
    joined = first > 1 and found[first - 1].text.lower() == "and" and found[first + 1].text == "-"
    return first - 2 if joined and found[first - 2].text.lower() in modifiers else None


def _trade_before(found: Sequence[Piece], first: int, by_end: Mapping[int, Name]) -> int | None:
    """Index of the one word between an article and what describes: ``the shipping group X``."""
    if first < 2 or found[first - 1].end in by_end:
        return None
    word, article = found[first - 1].text, found[first - 2].text
    plain = word.isalpha() and word.islower() and word not in FUNCTION_WORDS
    return first - 1 if plain and article.lower() in ("the", "a", "an") else None


_BEFORE_NOUNS = frozenset(
    {"of", "by", "from", "with", "between", "through", "via", "against", "the", "a", "an"}
)
_JOINING = frozenset({"and", "or", ",", "(", ";", ":"})


def _plain_before(found: Sequence[Piece], before: int, by_end: Mapping[int, Name]) -> int:
    """Where the words begin that only describe: ``outsourcing`` of ``of outsourcing company X``.

    ``before`` where it is not clear that they do no more than that.
    """
    first = before
    while first and found[first - 1].end not in by_end:
        word = found[first - 1].text
        if first > 2 and found[first - 2].text == "-" and word.endswith("ed") and word.islower():
            # "state-owned bank X"
            if not found[first - 3].text.islower():
                return before
            first -= 3
        elif _may_describe(word):
            first -= 1
        else:
            break
    opening = found[first - 1].text.lower() if first else ""
    if opening in _BEFORE_NOUNS:
        return first
    told = [p.text for p in found[first:before]]
    compound = "-" in told or not any(is_verb(w) for w in told)
    return first if opening in _JOINING and compound else before


def _may_describe(word: str) -> bool:
    """Whether a word may be one of a noun's: no verb by which deals are told."""
    if not (word.islower() and word.isalpha() and len(word) > 2) or word in FUNCTION_WORDS:
        return False
    if word in listed("funding", "describing_modifier"):
        return True
    if not (is_noun(word) or is_adjective(word)) or is_adverb(word):
        return False
    return not any(("verb", lemma) in by_trigger() for lemma in possible_lemmas(word))


def _is_startup(found: Sequence[Piece], index: int) -> bool:
    """Whether the word is the end of ``start-up``, as two words with a hyphen."""
    told = [p.text.lower() for p in found[index - 2 : index + 1]] if index >= 2 else []
    return told[:2] == ["start", "-"] and told[2] in ("up", "ups")


def _has_own_clause(
    found: Sequence[Piece], by_end: Mapping[int, Name], first: int, name: Piece
) -> bool:
    """``X, the firm Google is buying``: the name begins a clause about the noun, and is not it."""
    apposed = (
        first >= 3
        and found[first - 1].text.lower() in ("the", "a", "an")
        and found[first - 2].text == ","
        and found[first - 3].end in by_end
    )
    after = next((p.text for p in found if p.start > name.start and p.text.islower()), "")
    return apposed and after in ("is", "has", "was", "had", "will", "would", "plans", "wants")
