"""Names that do not begin like others: in small letters, with a mark, with a word of every day or of office."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.rules.frames import by_trigger
from kg.extraction.rules.language import FUNCTION_WORDS, is_word, possible_lemmas
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.tokens import Piece


def odd_start(found: Sequence[Piece], index: int) -> bool:
    """``data.ai``, ``a16z``: names in small letters with a mark of their own."""
    word = found[index].text
    if index == 0 and len(word) > 3 and word.isalpha() and word.islower() and not is_word(word):
        # "deepset, a Berlin company": no other word in small letters begins a sentence
        return len(found) > 1 and found[1].text not in (".", "/", ":", "@", "_", "-")
    if is_lettered(found, index):
        return True
    if (
        index + 2 < len(found)
        and found[index + 1].text == "."
        and found[index + 2].text in words("names", "domain_of_small")
    ):
        tight = (
            found[index].end == found[index + 1].start
            and found[index + 1].end == found[index + 2].start
        )
        return tight and word.isalpha()
    return False


def is_lettered(found: Sequence[Piece], index: int) -> bool:
    """``d-Lattice``: a small letter with a hyphen before a capital."""
    letter, rest = found[index].text, found[index + 1 : index + 3]
    if len(letter) > 1 or not letter.islower() or letter in ("e", "x", "t"):
        return False
    if [p.text for p in rest[:1]] != ["-"] or len(rest) < 2:
        return False
    tight = found[index].end == rest[0].start and rest[0].end == rest[1].start
    alone = not index or found[index - 1].end < found[index].start
    return tight and alone and rest[1].text[0].isupper() and not rest[1].text.isupper()


def opens_in_ai(found: Sequence[Piece], index: int) -> bool:
    """``Tessera AI has bought``: a name that opens the sentence, no kind of AI as in ``Voice AI has``."""
    word, rest = found[index], [p.text for p in found[index + 1 : index + 3]]
    if rest[:1] != ["AI"] or len(rest) < 2 or found[index + 1].start - word.end != 1:
        return False
    if word.text.lower() in words("names", "kind_of_ai") or word.text.lower().endswith(
        ("ed", "ly")
    ):
        return False
    return rest[1] in ("'s", "’s", ",", "(") or rest[1] in FUNCTION_WORDS or _is_verb(rest[1])


def _is_verb(word: str) -> bool:
    return word.islower() and any(
        ("verb", lemma) in by_trigger() for lemma in possible_lemmas(word) - {"be"}
    )


def is_general_name(found: Sequence[Piece], index: int) -> bool:
    """``General Fusionworks``, not ``Attorney General Bonta``."""
    before = found[index - 1].text if index else ""
    following = found[index + 1].text if index + 1 < len(found) else ""
    office = before in words("names", "title") or before in ("Solicitor", "Inspector", "Major")
    return not office and following[:1].isupper() and following not in words("names", "title")
